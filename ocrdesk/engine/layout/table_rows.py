"""The rows and cells of a table whose columns are known: lines that stand close under each other are of one cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ocrdesk.engine.layout.bands import Band
from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.columns import INDENT
from ocrdesk.engine.layout.page_text import Cell, Table
from ocrdesk.engine.layout.rows import Row
from ocrdesk.engine.layout.table_columns import Columns

TIGHTER, MOST_FIT = 1.25, 0.75
"""Lines of one cell are this many times closer to each other than rows are. At least this share of the lines that are
so close must be able to belong together, or else each is a row."""

IN_LINE = 0.75
"""Edges no farther apart than this many line heights count as the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A table among rows.

    Attributes:
        first: Number of its first row.
        end: Number of the row after its last one.
        table: Its cells.
    """

    first: int
    end: int
    table: Table


def table_of(bands: Sequence[Band], columns: Columns, limit: float, height: float) -> Table:
    """Puts lines into rows and cells.

    Args:
        bands: All that is in the table, from the top.
        columns: Its columns.
        limit: Lines of one cell are closer to each other than this, as ``tight_below`` says.
        height: The page's median height of a line.
    """
    groups: list[list[Band]] = []
    for number, band in enumerate(bands):
        before = bands[number - 1]
        is_tight = number > 0 and band.middle - before.middle < limit
        is_in_row = is_tight and all(_completes(band, other, columns, height) for other in groups[-1])
        if is_in_row or (number and _goes_on(band, before, columns)):
            groups[-1].append(band)
        else:
            groups.append([band])
    return Table(tuple(_cells([row for band in group for row in band.rows], columns) for group in groups))


def tight_below(bands: Sequence[Band], columns: Columns, height: float) -> float:
    """The distance below which rows of lines are lines of the same cells: clearly less than that of most rows."""
    steps = [lower.middle - upper.middle for upper, lower in pairwise(bands)]
    jumps = [(after / max(before, 1.0), after) for before, after in pairwise(sorted(steps))]
    pairs = list(zip(pairwise(bands), steps, strict=True))
    for clear, limit in sorted(jumps, reverse=True):
        if clear < TIGHTER:
            break
        close = [pair for pair, step in pairs if step < limit]
        if sum(_completes(upper, lower, columns, height) for upper, lower in close) >= MOST_FIT * len(close):
            return limit
    return 0.0


def _completes(one: Band, other: Band, columns: Columns, height: float) -> bool:
    """Whether two rows of lines can make up a row of cells: one has half of the other's at most, or none of them."""
    few, many = sorted((columns.filled(one), columns.filled(other)), key=len)
    if few & many and not (few <= many and 2 * len(few) <= len(many)):
        return False
    return all(
        _are_one_cell(box, its, height)
        for box in one.boxes
        for its in other.boxes
        if columns.span(box) == columns.span(its)
    )


def _are_one_cell(box: Box, other: Box, height: float) -> bool:
    """Whether lines one over the other begin, end or have their middle in common: a heading between rows has not."""
    left, right = box.left - other.left, box.right - other.right
    return abs(left) <= INDENT * height or min(abs(right), abs(left + right) / 2) <= IN_LINE * height


def _goes_on(band: Band, above: Band, columns: Columns) -> bool:
    """Whether a row without a first cell goes on, in lower case, in a cell of the row above, and in no other."""
    ours, theirs = columns.filled(band), columns.filled(above)
    begins_small = band.boxes[0].line.text[:1].islower()
    return begins_small and 0 not in ours and len(ours & theirs) == 1 and min(ours) in theirs


def with_loose_ends(
    bands: Sequence[Band], first: int, end: int, columns: Columns, limit: float, height: float, after: int
) -> tuple[int, int]:
    """A table with lines of its first and last cells that stand alone above and below.

    Args:
        bands: Those of the page.
        first: The first of the table.
        end: The one after its last.
        columns: Its columns.
        limit: As ``table_of`` is given it.
        height: The page's median height of a line.
        after: The first band that may belong to it.
    """

    def is_part(band: Band, other: Band) -> bool:
        is_one = len(columns.filled(band)) == 1 and abs(band.middle - other.middle) < limit
        return is_one and _completes(band, other, columns, height)

    while end < len(bands) and is_part(bands[end], bands[end - 1]):
        end += 1
    while first > after and is_part(bands[first - 1], bands[first]):
        first -= 1
    return first, end


def _cells(rows: Sequence[Row], columns: Columns) -> tuple[Cell, ...]:
    """The cells of a row: lines that take up a column in common are in one."""
    taken: list[tuple[int, int, list[tuple[int, Box]]]] = []
    placed = [
        (*span, number, box)
        for number, row in enumerate(rows)
        for span, box in zip(columns.spans(row), row, strict=True)
    ]
    for first, last, number, box in sorted(placed, key=lambda one: one[:2]):
        if taken and first <= taken[-1][1]:
            begin, end, boxes = taken.pop()
            taken.append((begin, max(end, last), [*boxes, (number, box)]))
        else:
            taken.append((first, last, [(number, box)]))
    cells: list[Cell] = []
    place = 0
    for first, last, boxes in taken:
        cells += [Cell()] * (first - place)
        inside = groupby(sorted(boxes, key=lambda one: (one[0], one[1].left)), key=lambda one: one[0])
        cells.append(Cell(tuple(tuple(box.line for _, box in some) for _, some in inside), last - first + 1))
        place = last + 1
    return (*cells, *[Cell()] * (len(columns.cuts) + 1 - place))
