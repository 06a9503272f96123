"""The panes beside each other, with a bar between two by which they are made wider."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter

BATCHES, PANEL = 232, 0.36
"""Widths of the list of batches, and of the page panel as a part of the window."""


class Panes(QSplitter):
    """Batches, pages and the page panel. The list of batches stays as it is; the panel keeps its share of the width.

    Qt alone would let the panel grow more than the window does, since it shares out what is won between two panes only.
    """

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("mainSplitter")
        self._batches, self._share = BATCHES, PANEL
        self.splitterMoved.connect(self._note_widths)

    def lay_out_first(self, width: int) -> None:
        """Gives the panes their first widths.

        Args:
            width: Of all of them.
        """
        self._batches, self._share = BATCHES, PANEL
        panel = round(PANEL * width)
        self.setSizes([BATCHES, width - BATCHES - panel, panel])

    def restoreState(self, state: QByteArray) -> bool:  # type: ignore[override]
        is_restored = super().restoreState(state)
        self._note_widths()
        return is_restored

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        panel = self.widget(2)
        if panel is not None and panel.isVisibleTo(self):
            wanted = min(max(round(self._share * self.width()), panel.minimumWidth()), panel.maximumWidth())
            self.setSizes([self._batches, max(0, self.width() - self._batches - wanted), wanted])

    def _note_widths(self) -> None:
        self._batches, *_, panel = sizes = self.sizes()
        if panel:  # else it is hidden
            self._share = panel / sum(sizes)
