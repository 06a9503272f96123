"""How rows of the text of a page are set: their height, their cells, and from which side they are read."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlockFormat, QTextOption

from ocrdesk.ui.panel.shown_text import ShownText
from ocrdesk.ui.panel.text_shapes import tab_stops, whole_rows

_LINE_HEIGHT = 1.5
_WHITE_LINE = 0.75
"""Of lines, and of the white between paragraphs, in heights of a letter."""

_FURTHEST = 0.5
"""Of the width of the text: what is broken of a row of cells is not moved in further, so that there is room for it."""


class RowForms:
    """The forms of all rows of a text.

    As it is printed, no row is broken; in paragraphs all are but those of some tables, and what is broken of a list or
    a table hangs.
    """

    def __init__(self, shown: ShownText, font: QFont, pixels: int, width: float) -> None:
        """Sets a text.

        Args:
            shown: The text.
            font: Of its letters.
            pixels: How high these are.
            width: How wide rows may be.
        """
        metrics = QFontMetricsF(font)
        self._shown, self._pixels, self._width = shown, pixels, width
        self._stops = tab_stops(shown.text, metrics)
        self._whole = whole_rows(shown.text, self._stops, width)
        self._indent = metrics.horizontalAdvance("00")
        # In rows that are read from the right, Qt takes the right side of a cell for its left one.
        self._tabs, self._tabs_from_right = (
            [QTextOption.Tab(stop, side) for stop in self._stops]
            for side in (QTextOption.TabType.LeftTab, QTextOption.TabType.RightTab)
        )

    def of(self, row: int, text: str) -> QTextBlockFormat:
        """Returns the form of a row, which says this."""
        form = QTextBlockFormat()
        height = self._pixels * (_LINE_HEIGHT if text else _WHITE_LINE)
        form.setLineHeight(round(height + 0.01), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        is_left = self._shown.is_leftwards(row, text)
        if is_left:
            form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        elif self._shown.stands_right(row, text):
            form.setAlignment(Qt.AlignmentFlag.AlignRight)
        form.setTabPositions(self._tabs_from_right if is_left else self._tabs)
        cells, stops = text.count("\t"), self._stops
        form.setNonBreakableLines(self._shown.is_as_printed or row in self._whole)
        hangs = not self._shown.is_as_printed and (cells or not self._shown.is_prose(row))
        if hangs and not is_left:  # at the right, Qt would take the text for wider than its room
            hang = min(stops[cells - 1], _FURTHEST * self._width) if cells else self._indent
            form.setLeftMargin(hang)
            form.setTextIndent(-hang)
        return form
