"""Above the pages: what is shown of them and how, in one row, or in two where one has no room."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayoutItem, QWidget

from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.pages.filter_chips import FilterChips
from ocrdesk.ui.pages.review_button import ReviewButton


class FilterRow(QWidget):
    """The row. It asks for the width of its longer half only, so that the window can be made small."""

    def __init__(self, chips: FilterChips, review: ReviewButton, looks: Sequence[QWidget]) -> None:
        """Lays out widgets that are there.

        Args:
            chips: What is shown.
            review: Says less where the chips have no room beside it.
            looks: How it is shown.
        """
        super().__init__()
        self._chips, self._review = chips, review
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self._first.setSpacing(SPACE)
        self._first.addWidget(chips)
        self._first.addWidget(review)
        self._first.addStretch(1)
        self._second.setSpacing(SPACE // 2)
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
        first = _least(self._first) + self._review.wider_than_it_is(says_all=False)
        return QSize(max(first, _least(self._second)) + self._sides(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # the chips have other numbers
            self._arrange()
        return bool(super().event(event))

    def _arrange(self) -> None:
        """Puts the halves beside or under each other; only where a row of its own is too short, words go."""
        room = self.width() - self._sides()
        words = self._review.wider_than_it_is(says_all=True)
        fits = _wanted(self._first) + words + SPACE + _least(self._second) <= room
        spare = max(0, self._chips.comfortable_width() - self._chips.minimumSizeHint().width())
        self._review.say(all_of_it=_least(self._first) + spare + words <= room)
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction != self._halves.direction():
            self._halves.setDirection(direction)

    def _sides(self) -> int:
        margins = self._halves.contentsMargins()
        return int(margins.left() + margins.right())


def _least(half: QHBoxLayout) -> int:
    """The least width of a half, of which the half itself learns only afterwards that it is another."""
    return _together(half, [item.minimumSize().width() for item in _seen(half)])


def _wanted(half: QHBoxLayout) -> int:
    """The width of a half in which nothing of it is missing, likewise."""
    return _together(half, [item.sizeHint().width() for item in _seen(half)])


def _seen(half: QHBoxLayout) -> list[QLayoutItem]:
    items = [item for number in range(half.count()) if (item := half.itemAt(number)) is not None]
    return [item for item in items if not item.isEmpty()]


def _together(half: QHBoxLayout, widths: Sequence[int]) -> int:
    return sum(widths) + max(0, len(widths) - 1) * half.spacing()
