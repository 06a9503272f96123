"""Finds tables among the rows of a page: rows whose cells stand in columns.

A column is not looked for by its cells, which may be empty, but by what parts it from the next one: a place that the
gaps of many rows have in common, and that few lines cross. Headings over several columns do cross such places, and so
does a long label that runs into an empty cell; they take up several columns.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

import numpy as np

from ocrdesk.engine.layout.bands import Band, Row, bands_of
from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.columns import INDENT, NARROWEST
from ocrdesk.engine.layout.page_text import Cell, Table

FAR = 3.0
"""White between two rows, in line heights, that ends a table."""

ACROSS_AT_MOST = 1
"""So many lines one after the other may stand across columns within a table: headings. More are text between two."""

FEWEST_GAPS, SHARE_OF_GAPS = 2, 0.2
"""Two columns are parted by the gaps of so many rows at least, and of this share of the rows that have gaps."""

CROSSED = 0.5
"""Lines that cross the place between two columns are at most this share of the gaps there."""

FEWEST_ROWS_OF_TWO, FEWEST_ROWS = 3, 2
"""Least number of rows with several cells, in a table of two columns and in one of more."""

IN_LINE, MOSTLY = 0.75, 0.6
"""Edges no farther apart than so many line heights are one, and this share of the cells of a column must have it."""

FULL, SMALL = 0.4, 1 / 3
"""Of prose, this share of the lines fill its width, and this share begin with a small letter."""

MARK = 4
"""Labels of a list (“12.”, “(a)”, “•”) have no more letters than this."""

TIGHTER, MOST_FIT = 1.25, 0.75
"""Lines of one cell are so many times closer to each other than rows are, and of the lines that are so close this share
must be able to belong together, else all are rows."""

BESIDE = 0.3
"""A line may reach so many line heights into the next column without taking it up."""


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


def tables_in(rows: Sequence[Row], height: float) -> list[Found]:
    """Finds the tables among rows that are read without a jump.

    Args:
        rows: From the top.
        height: The page's median height of a line.
    """
    if sum(len(row) > 1 for row in rows) < FEWEST_ROWS:
        return []
    bands = bands_of(rows, height)
    found: list[Found] = []
    waiting = list(reversed(_runs(bands, height)))
    while waiting:
        first, end = waiting.pop()
        grid = _Grid(_cuts(bands[first:end], height), BESIDE * height)
        inner = _stretches(bands, first, end, grid) if grid.cuts else []
        if inner != [(first, end)]:
            waiting.extend(reversed(inner))
        elif _is_table(bands[first:end], grid, height):
            limit = _tight_below(bands[first:end], grid, height)
            first, end = _with_loose_ends(bands, first, end, grid, limit, height)
            found.append(Found(bands[first].first, bands[end - 1].end, _table(bands[first:end], grid, limit, height)))
    return found


class _Grid:
    """Places between columns."""

    def __init__(self, cuts: Sequence[float], reach: float) -> None:
        self.cuts = cuts
        self._reach = reach

    def span(self, box: Box) -> tuple[int, int]:
        """First and last column that a line takes up."""
        middle = bisect_left(self.cuts, (box.left + box.right) / 2)
        first = bisect_right(self.cuts, box.left + self._reach)
        last = bisect_left(self.cuts, box.right - self._reach)
        return min(first, middle), max(last, middle)

    def is_across(self, box: Box) -> bool:
        """Whether a line takes up several columns."""
        first, last = self.span(box)
        return first < last

    def filled(self, band: Band) -> set[int]:
        """The numbers of the columns in which something stands."""
        return {number for box in band.boxes for number in range(self.span(box)[0], self.span(box)[1] + 1)}

    def columns(self, bands: Sequence[Band]) -> list[list[Box]]:
        """The lines of each column, without those that take up several."""
        columns: list[list[Box]] = [[] for _ in range(len(self.cuts) + 1)]
        for band in bands:
            for box in band.boxes:
                if not self.is_across(box):
                    columns[self.span(box)[0]].append(box)
        return columns

    def fits(self, band: Band) -> bool:
        """Whether lines side by side stand in columns of their own."""
        for row in band.rows:
            spans = [self.span(box) for box in row if not _is_sign(box)]
            if any(before[1] >= after[0] for before, after in pairwise(spans)):
                return False
        return True


def _runs(bands: Sequence[Band], height: float) -> list[tuple[int, int]]:
    """Stretches that begin and end with several cells, without much white or text across between them."""
    runs: list[tuple[int, int]] = []
    first: int | None = None
    last = across = 0
    for number, band in enumerate(bands):
        is_far = number > 0 and band.top - bands[number - 1].bottom > FAR * height
        is_across = first is not None and len(band.boxes) == 1 and _covers_gap(band.boxes[0], bands[last])
        across = across + 1 if is_across else 0
        if first is not None and (is_far or across > ACROSS_AT_MOST):
            runs.append((first, last + 1))
            first = None
        if len(band.spans) > 1:
            first, last = number if first is None else first, number
    return [*runs, (first, last + 1)] if first is not None else runs


def _covers_gap(box: Box, band: Band) -> bool:
    """Whether a line reaches from one cell of a row above it to the next."""
    return any(box.left < before[1] and box.right > after[0] for before, after in pairwise(band.spans))


def _cuts(bands: Sequence[Band], height: float) -> list[float]:
    """Places between columns, from the left."""
    gaps = np.array([gap for band in bands for gap in _gaps(band)])
    if not len(gaps):
        return []
    edges = np.unique(gaps)
    places, reach = (edges[1:] + edges[:-1]) / 2, BESIDE * height
    left, right = np.array([(box.left, box.right) for band in bands for box in band.boxes]).T
    votes = ((gaps[:, 0] < places[:, None]) & (gaps[:, 1] > places[:, None])).sum(axis=1)
    crossed = ((left < places[:, None] - reach) & (right > places[:, None] + reach)).sum(axis=1)
    several = sum(len(band.spans) > 1 for band in bands)
    parts = (votes >= max(FEWEST_GAPS, SHARE_OF_GAPS * several)) & (crossed <= CROSSED * votes)
    worth = np.where(parts, votes - crossed, 0).tolist()
    cuts: list[tuple[int, float]] = []
    place = before = 0
    for its, some in groupby(worth):
        count = len(list(some))
        after = worth[place + count] if place + count < len(worth) else 0
        if its > max(before, after):
            cuts.append((its, float(edges[place] + edges[place + count]) / 2))
        place, before = place + count, its
    return _needed(cuts, gaps)


def _gaps(band: Band) -> list[tuple[float, float]]:
    """White between the cells of a row; a currency stands in the cell of its number, however far from it."""
    signs = [(box.left, box.right) for box in band.boxes if _is_sign(box)]
    return [(before[1], after[0]) for before, after in pairwise(band.spans) if before not in signs]


def _is_sign(box: Box) -> bool:
    return len(box.line.text) <= MARK and not any(letter.isalnum() for letter in box.line.text)


def _needed(
    cuts: Sequence[tuple[int, float]], gaps: "np.ndarray[tuple[int, int], np.dtype[np.float64]]"
) -> list[float]:
    """Those of places between columns without which two cells of a row would be one, the clearest ones first."""
    places = np.array([place for _, place in cuts])
    inside = (gaps[:, :1] < places) & (gaps[:, 1:] > places)
    kept = np.ones(len(cuts), dtype=bool)
    for number in sorted(range(len(cuts)), key=lambda one: cuts[one]):
        alone = inside[:, number] & ((inside & kept).sum(axis=1) == 1)
        kept[number] = alone.any()
    return [float(place) for place in places[kept]]


def _stretches(bands: Sequence[Band], first: int, end: int, grid: _Grid) -> list[tuple[int, int]]:
    """The parts of a run that lie between rows which are no part of a table with such columns."""
    across = [len(band.boxes) == 1 and grid.is_across(band.boxes[0]) for band in bands[first:end]]
    is_out = [not grid.fits(band) for band in bands[first:end]]
    place = 0
    for is_across, some in groupby(across):
        count = len(list(some))
        if is_across and count > ACROSS_AT_MOST:
            is_out[place : place + count] = [True] * count
        place += count
    stretches: list[tuple[int, int]] = []
    place = first
    for out, some in groupby(is_out):
        count = len(list(some))
        several = [number for number in range(place, place + count) if len(bands[number].spans) > 1]
        if not out and len(several) > 1:
            stretches.append((several[0], several[-1] + 1))
        place += count
    return stretches


# Whether it is one


def _is_table(bands: Sequence[Band], grid: _Grid, height: float) -> bool:
    several = [band for band in bands if len(band.spans) > 1]
    if len(several) < (FEWEST_ROWS_OF_TWO if len(grid.cuts) == 1 else FEWEST_ROWS):
        return False
    columns = grid.columns(several)
    if not all(columns) or sum(not _is_aligned(column, height) for column in columns) > len(columns) // 3:
        return False
    if _is_list(columns, height) or any(_is_prose(column, column, height) for column in grid.columns(bands)):
        return False
    alone = grid.columns([band for band in bands if len(band.boxes) == 1])
    are_labels = any(map(_is_prose, grid.columns(bands), alone, [height] * len(alone)))
    return not (are_labels and len(columns) == 2)


def _is_aligned(column: Sequence[Box], height: float) -> bool:
    """Whether most cells of a column have an edge, or their middle, in common."""
    edges = np.array([(box.left, box.right, (box.left + box.right) / 2) for box in column])
    in_line = np.abs(edges - np.median(edges, axis=0)) <= IN_LINE * height
    return bool(in_line.mean(axis=0).max() >= MOSTLY)


def _is_prose(column: Sequence[Box], going_on: Sequence[Box], height: float) -> bool:
    """Whether lines fill their width, and those that can go on from the one above begin small, as in prose."""
    width = max(box.right for box in column) - min(box.left for box in column)
    filled = sum(box.width >= 0.85 * width for box in column)
    small = sum(box.line.text[:1].islower() for box in going_on)
    is_wide = len(column) > FEWEST_ROWS_OF_TWO and width >= NARROWEST * height
    return is_wide and filled >= FULL * len(column) and small >= SMALL * len(column)


def _is_list(columns: Sequence[Sequence[Box]], height: float) -> bool:
    """Whether it is but a list, or text with numbers beside it."""
    labels, *others = columns
    is_labelled = len(others) == 1 and all(len(box.line.text) <= MARK for box in labels)
    return is_labelled and median(box.width for box in others[0]) >= NARROWEST * height


# Its rows and cells


def _table(bands: Sequence[Band], grid: _Grid, limit: float, height: float) -> Table:
    groups: list[list[Band]] = []
    for number, band in enumerate(bands):
        before = bands[number - 1]
        is_tight = number > 0 and band.middle - before.middle < limit
        is_in_row = is_tight and all(_completes(band, other, grid, height) for other in groups[-1])
        if is_in_row or (number and _goes_on(band, before, grid)):
            groups[-1].append(band)
        else:
            groups.append([band])
    return Table(tuple(_cells([row for band in group for row in band.rows], grid) for group in groups))


def _tight_below(bands: Sequence[Band], grid: _Grid, height: float) -> float:
    """The distance below which rows of lines are lines of the same cells: clearly less than that of most rows."""
    steps = [lower.middle - upper.middle for upper, lower in pairwise(bands)]
    jumps = [(after / max(before, 1.0), after) for before, after in pairwise(sorted(steps))]
    clearest, limit = max(jumps, default=(0.0, 0.0))
    pairs = [pair for pair, step in zip(pairwise(bands), steps, strict=True) if step < limit]
    fitting = sum(_completes(upper, lower, grid, height) for upper, lower in pairs)
    return limit if clearest >= TIGHTER and fitting >= MOST_FIT * len(pairs) else 0.0


def _completes(one: Band, other: Band, grid: _Grid, height: float) -> bool:
    """Whether two rows of lines can make up a row of cells: one has half of the other's at most, or none of them."""
    few, many = sorted((grid.filled(one), grid.filled(other)), key=len)
    if few & many and not (few <= many and 2 * len(few) <= len(many)):
        return False
    return all(
        _are_one_cell(box, its, height) for box in one.boxes for its in other.boxes if grid.span(box) == grid.span(its)
    )


def _are_one_cell(box: Box, other: Box, height: float) -> bool:
    """Whether lines one over the other begin, end or have their middle in common: a heading between rows has not."""
    left, right = box.left - other.left, box.right - other.right
    return abs(left) <= INDENT * height or min(abs(right), abs(left + right) / 2) <= IN_LINE * height


def _goes_on(band: Band, above: Band, grid: _Grid) -> bool:
    """Whether a row without a first cell goes on, in lower case, in a cell of the row above, and in no other."""
    ours, theirs = grid.filled(band), grid.filled(above)
    begins_small = band.boxes[0].line.text[:1].islower()
    return begins_small and 0 not in ours and len(ours & theirs) == 1 and min(ours) in theirs


def _with_loose_ends(
    bands: Sequence[Band], first: int, end: int, grid: _Grid, limit: float, height: float
) -> tuple[int, int]:
    """A table with lines of its first and last cells that stand alone above and below."""

    def is_part(band: Band, other: Band) -> bool:
        is_one = len(grid.filled(band)) == 1 and abs(band.middle - other.middle) < limit
        return is_one and _completes(band, other, grid, height)

    while end < len(bands) and is_part(bands[end], bands[end - 1]):
        end += 1
    while first and is_part(bands[first - 1], bands[first]):
        first -= 1
    return first, end


def _cells(rows: Sequence[Row], grid: _Grid) -> tuple[Cell, ...]:
    """The cells of a row: lines that take up a column in common are in one."""
    taken: list[tuple[int, int, list[tuple[int, Box]]]] = []
    placed = [(*grid.span(box), number, box) for number, row in enumerate(rows) for box in row]
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
        inside = sorted(boxes, key=lambda one: (one[0], one[1].left))
        cells.append(Cell(tuple(box.line for _, box in inside), last - first + 1))
        place = last + 1
    return (*cells, *[Cell()] * (len(grid.cuts) + 1 - place))
