"""Where the letters of a text stand: tab stops of its cells, and the frame of a part of it."""

from collections.abc import Sequence
from itertools import accumulate, groupby
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainterPath, QTextDocument, QTextLine

from ocrdesk.ui.panel.shown_text import Span

WIDEST_CELL = 26
"""A cell wider than this many letters pushes what follows it to a later tab stop, but not that of all other rows."""

_LAST_CELL = 0.8
"""Of the width of the text: a cell that begins beyond that would be broken letter by letter."""

_SHORT_CELL = 12
"""So many letters are not worth being broken between words: a row of such cells, as of figures, stays whole instead."""


def tab_stops(text: str, metrics: QFontMetricsF) -> list[float]:
    """Where the cells of rows begin, so that they stand under each other."""
    gap, widest = metrics.horizontalAdvance("00"), metrics.horizontalAdvance("n") * WIDEST_CELL
    widths: list[float] = []
    for row in text.split("\n"):
        *cells, _ = row.split("\t")
        widths += [0.0] * (len(cells) - len(widths))
        for number, cell in enumerate(cells):
            widths[number] = max(widths[number], min(metrics.horizontalAdvance(cell), widest) + gap)
    return list(accumulate(widths))


def whole_rows(text: str, stops: Sequence[float], width: float) -> set[int]:
    """The rows of cells that are not broken where a text is narrow.

    Where the short cells of a row, as those of figures, would be broken letter by letter, it stays whole, and with it
    all rows of its table, so that its cells stand under each other.

    Args:
        text: The text; its tables are parted by empty rows.
        stops: Where the cells of its rows begin.
        width: The width there is.
    """
    rows, found = text.split("\n"), set[int]()

    def must_be_whole(row: str) -> bool:
        _first, *others = row.split("\t")
        return stops[len(others) - 1] > _LAST_CELL * width and max(map(len, others)) <= _SHORT_CELL

    for _is_there, numbers in groupby(range(len(rows)), lambda number: bool(rows[number])):
        with_cells = [number for number in numbers if "\t" in rows[number]]
        if any(must_be_whole(rows[number]) for number in with_cells):
            found.update(with_cells)
    return found


def widest_row(text: str, metrics: QFontMetricsF) -> float:
    """How wide the widest row is where none is broken."""
    stops, widest = tab_stops(text, metrics), 0.0
    for row in text.split("\n"):
        first, *cells = row.split("\t")
        width = metrics.horizontalAdvance(first)
        for cell in cells:
            width = next((stop for stop in stops if stop > width), width) + metrics.horizontalAdvance(cell)
        widest = max(widest, width)
    return widest


def outline(document: QTextDocument, span: Span) -> QPainterPath:
    """The frame of what stands somewhere, which may begin in one row and end in the next."""
    path = QPainterPath()
    block = document.findBlock(span[0])
    layout, top = block.layout(), document.documentLayout().blockBoundingRect(block).topLeft()
    begin, end = span[0] - block.position(), span[1] - block.position()
    for number in range(layout.lineCount()):
        row = layout.lineAt(number)
        first, last = row.textStart(), row.textStart() + row.textLength()
        if first < end and begin < last:
            left, right = sorted(_x_of(row, place) for place in (max(begin, first), min(end, last)))
            rect = QRectF(left, row.y(), right - left, row.height()).translated(top).adjusted(-3.5, 0.5, 3.5, -0.5)
            part = QPainterPath()
            part.addRoundedRect(rect, 3, 3)
            path = path.united(part)
    return path


def _x_of(row: QTextLine, place: int) -> float:
    x: Any = row.cursorToX(place)
    return float(x[0] if isinstance(x, tuple) else x)  # with the place, which Qt may have to move
