"""Above the pages: what is shown of them and how, in one row, or in two where one has no room."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ocrdesk.ui.kit.theme import SPACE


class FilterRow(QWidget):
    """The row. It asks for the width of its longer half only, so that the window can be made small."""

    def __init__(
        self, chips: Sequence[QWidget], search: QWidget, looks: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        """Lays out widgets that are there.

        Args:
            chips: What is shown, and what else can be done with it.
            search: Grows with the row.
            looks: How it is shown.
            parent: The pane.
        """
        super().__init__(parent)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self._first.setSpacing(SPACE)
        for chip in chips:
            self._first.addWidget(chip)
        self._first.addStretch(1)
        self._second.setSpacing(SPACE // 2)
        self._second.addWidget(search, 10)
        self._second.addStretch(1)
        self._second.addSpacing(SPACE)
        for look in looks:
            self._second.addWidget(look)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE + 2)
        self._halves.setSpacing(SPACE)
        self._halves.addLayout(self._first)
        self._halves.addLayout(self._second, 1)

    def minimumSizeHint(self) -> QSize:
        longer = max(half.minimumSize().width() for half in (self._first, self._second))
        return QSize(longer + self._sides(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # the chips have other numbers
            self._arrange()
        return bool(super().event(event))

    def _arrange(self) -> None:
        """Puts the halves beside or under each other."""
        both = self._first.sizeHint().width() + SPACE + self._second.minimumSize().width()
        fits = both + self._sides() <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction != self._halves.direction():
            self._halves.setDirection(direction)

    def _sides(self) -> int:
        margins = self._halves.contentsMargins()
        return int(margins.left() + margins.right())
