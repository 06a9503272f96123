"""The text in an area of a page: the words whose middle lies in it, in the order in which the page is read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ocrdesk.engine.direction import along
from ocrdesk.engine.document import Line
from ocrdesk.engine.geometry import Polygon, slices_of
from ocrdesk.engine.layout.page_text import Cell, PageText, Paragraph, Row, Table

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, in pixels of the upright page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, polygon: Polygon) -> bool:
        """Whether the middle of a word lies in it."""
        x, y = sum(x for x, _ in polygon) / 4, sum(y for _, y in polygon) / 4
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def text_in(text: PageText, area: Area) -> PageText:
    """Returns what lies in an area of the text of a page; without blocks, rows and columns of which nothing does.

    A single column of a table is read line by line.
    """
    return PageText(tuple(_blocks(text.blocks, area)))


def count_rows(text: PageText) -> int:
    """Returns how many lines a person sees, one under the other."""
    count = 0
    for block in text.blocks:
        if isinstance(block, Paragraph):
            count += len(block.rows)
        else:
            count += sum(max(len(cell.rows) for cell in row) for row in block.rows)
    return count


def _blocks(blocks: Iterable[Paragraph | Table], area: Area) -> Iterator[Paragraph | Table]:
    for block in blocks:
        if isinstance(block, Paragraph):
            if rows := _rows(block.rows, area):
                yield replace(block, rows=rows)
        else:
            cells = [tuple(replace(cell, rows=_rows(cell.rows, area)) for cell in row) for row in block.rows]
            filled = [row for row in cells if any(cell.rows for cell in row)]
            if filled and all(sum(bool(cell.rows) for cell in row) == 1 for row in filled):
                rows = tuple(printed for row in filled for cell in row for printed in cell.rows)
                yield Paragraph(rows, False, block.runs_left)
            elif filled:
                before = min(map(_empty_columns, filled))
                yield replace(block, rows=tuple(_without_columns(row, before) for row in filled))


def _rows(rows: Iterable[Row], area: Area) -> tuple[Row, ...]:
    inside = (tuple(part for line in row if (part := _part(line, area)) is not None) for row in rows)
    return tuple(row for row in inside if row)


def _part(line: Line, area: Area) -> Line | None:
    """A line from the first of its words that lies in an area to the last."""
    places = [(start, end) for start, end, polygon in _words(line) if area.holds(polygon)]
    if not places:
        return None
    return replace(line, text=line.text[places[0][0] : places[-1][1]], words=())


def _words(line: Line) -> Iterator[tuple[int, int, Polygon]]:
    """Where each word stands in a line’s text and on the page; if need be, as if all letters were equally wide."""
    if line.words:
        end = 0
        for word in line.words:
            start = line.text.find(word.text, end)
            if start >= 0:
                end = start + len(word.text)
                yield start, end, word.polygon
    else:
        spans = [found.span() for found in _WORD.finditer(line.text)]
        polygons = slices_of(line.polygon, along(line.text, spans))
        for (start, end), polygon in zip(spans, polygons, strict=True):
            yield start, end, polygon


def _empty_columns(row: tuple[Cell, ...]) -> int:
    """How many columns at the beginning of a row have nothing in them."""
    columns = 0
    for cell in row:
        if cell.rows:
            break
        columns += cell.columns
    return columns


def _without_columns(row: tuple[Cell, ...], count: int) -> tuple[Cell, ...]:
    """A row without so many columns at its beginning, in which nothing stands."""
    kept = []
    for cell in row:
        gone = min(count, cell.columns)
        count -= gone
        if gone < cell.columns:
            kept.append(replace(cell, columns=cell.columns - gone))
    return tuple(kept)
