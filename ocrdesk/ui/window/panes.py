"""The panes beside each other, with a bar between two by which they are made wider."""

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.batches.batches_pane import RAIL, WIDE, BatchesPane
from ocrdesk.ui.kit.fields import name_dividers

PANEL = 0.36
"""Width of the page panel as a part of the window."""

RAIL_BELOW = 1100
"""In a window that is narrower, there is room for first pages of batches alone."""


_PAGES = 480
"""Where the pages would have less than this, there is no panel beside them, whatever is seen of them at present."""


class Panes(QSplitter):
    """Batches, pages and the page panel. The list of batches stays as it is; the panel keeps its share of the width.

    Qt alone would let the panel grow more than the window does, since it shares out what is won between two panes only.

    Attributes:
        panel_fits: Whether there is room for the panel, told whenever that changes.
    """

    panel_fits = Signal(bool)

    _batches: BatchesPane
    _pages: QWidget
    _panel: QWidget

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("mainSplitter")
        self._share = PANEL
        self._fits = True

    def hold(self, batches: BatchesPane, pages: QWidget, panel: QWidget) -> None:
        """Takes the panes."""
        self._batches, self._pages, self._panel = batches, pages, panel
        for pane in (batches, pages, panel):
            self.addWidget(pane)
        for number in range(3):
            self.setCollapsible(number, number == 2)
        name_dividers(self, [_("Width of the list of batches"), _("Width of the page panel")])
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._note_widths)

    def lay_out_first(self, width: int) -> None:
        """Gives the panes their first widths.

        Args:
            width: Of all of them.
        """
        self._batches.wide, self._share = WIDE, PANEL
        panel = round(PANEL * width)
        self.setSizes([WIDE, width - WIDE - panel, panel])

    def restoreState(self, state: QByteArray) -> bool:  # type: ignore[override]
        is_restored = super().restoreState(state)
        self._note_widths()
        return is_restored

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.count():
            return
        is_rail = self.width() < RAIL_BELOW
        if is_rail != self._batches.is_rail:
            self._batches.set_rail(is_rail)
        here, panel = RAIL if is_rail else self._batches.wide, self._panel
        there, fits = 0, self._has_room_for_panel()
        if fits != self._fits:
            self._fits = fits
            self.panel_fits.emit(fits)
        if fits:  # even while it is hidden: without a width it would not come back
            there = min(max(round(self._share * self.width()), panel.minimumWidth()), panel.maximumWidth())
        taken = here + (there if panel.isVisibleTo(self) else 0)
        self.setSizes([here, max(0, self.width() - taken), there])

    def minimumSizeHint(self) -> QSize:
        """As small as with first pages of batches alone, and without the panel, for which there is no room then."""
        least = super().minimumSizeHint()
        return QSize(self._beside_panel(), least.height()) if self.count() else least

    def _beside_panel(self, pages: int = 0) -> int:
        return RAIL + max(pages, self._pages.minimumSizeHint().width()) + 2 * self.handleWidth()

    def _has_room_for_panel(self) -> bool:
        return self.width() >= self._beside_panel(_PAGES) + self._panel.minimumWidth()

    def _note_widths(self) -> None:
        here, *_, panel = sizes = self.sizes()
        if not self._batches.is_rail:
            self._batches.wide = here
        if panel:  # else it is hidden
            self._share = panel / sum(sizes)
