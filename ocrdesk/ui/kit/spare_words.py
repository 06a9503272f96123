"""Buttons whose words go where a row has no room for them; their symbols stay."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QToolButton

_BESIDE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_ALONE = Qt.ToolButtonStyle.ToolButtonIconOnly
_GAP = 4
"""What Qt leaves between symbol and words, beside two blanks, in device-independent pixels."""


class SpareWords:
    """Some buttons of a row, which all have words or none."""

    def __init__(self, row: QLayout, buttons: Sequence[QToolButton]) -> None:
        self._row = row
        self._buttons = buttons

    def fit(self, room: int) -> None:
        """Shows the words if the row has room for all of them; ``room`` is the width that it has."""
        style = _BESIDE if self.narrowest() + self._words() <= room else _ALONE
        for button in self._buttons:
            button.setToolButtonStyle(style)

    def narrowest(self) -> int:
        """The least width of the row, which is that without the words."""
        # The row itself is not asked: it learns only afterwards that a button in it has become another size.
        items = [self._row.itemAt(number) for number in range(self._row.count())]
        widths = [item.minimumSize().width() for item in items if item is not None and not item.isEmpty()]
        are_there = self._buttons[0].toolButtonStyle() == _BESIDE
        return sum(widths) + (len(widths) - 1) * self._row.spacing() - (self._words() if are_there else 0)

    def _words(self) -> int:
        """The width of the words."""
        return sum(_width_of_words(button) for button in self._buttons if not button.isHidden())


def _width_of_words(button: QToolButton) -> int:
    return int(button.fontMetrics().horizontalAdvance(button.text() + "  ")) + _GAP
