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

from ocrdesk.engine.layout.bands import Band, Row, band_of, bands_of
from ocrdesk.engine.layout.boxes import Box, Frame
from ocrdesk.engine.layout.columns import INDENT, NARROWEST
from ocrdesk.engine.layout.merged_cells import parted_cells
from ocrdesk.engine.layout.page_text import Cell, Table

FAR = 3.0
"""White between two rows, in line heights, that ends a table."""

ACROSS_AT_MOST = 1
"""So many lines one after the other may stand across columns within a table: headings. More are text between two."""

OUTSIDE = 1.5
"""A line that begins, or ends, so many line heights outside of a table is no part of it."""

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

FARTHER = 1.35
"""A heading of columns stands no farther above them, in distances of rows."""

BESIDE = 0.3
"""A line may reach so many line heights into the next column without taking it up."""

APART, PIECES = 1.0, 1.5
"""White of so many line heights parts columns even if it does so in one row; lines of one column with less of it
between them are pieces of one cell."""


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


def tables_in(rows: Sequence[Row], frame: Frame) -> list[Found]:
    """Finds the tables among rows that are read without a jump.

    Args:
        rows: From the top.
        frame: How the page lies.
    """
    height = frame.height
    if sum(len(row) > 1 for row in rows) < FEWEST_ROWS:
        return []
    bands = bands_of(rows, height)
    found: list[Found] = []
    waiting = list(reversed(_runs(bands, height)))
    while waiting:
        first, end = waiting.pop()
        grid = _Grid(_cuts(bands[first:end], height), height)
        parted = _with_parted_lines(bands[first:end], grid, frame)
        if parted != bands[first:end]:
            bands[first:end] = parted
            grid = _Grid(_cuts(parted, height), height)
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

    def __init__(self, cuts: Sequence[float], height: float) -> None:
        self.cuts = cuts
        self._reach, self._near = BESIDE * height, PIECES * height

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

    def spans(self, row: Row) -> list[tuple[int, int]]:
        """First and last column that each line of a row takes up: none reaches into that of the next one."""
        spans = [self.span(box) for box in row]
        for number, (this, after) in enumerate(pairwise(spans)):
            spans[number] = this[0], max(this[0], min(this[1], after[0] - 1))
        return spans

    def filled(self, band: Band) -> set[int]:
        """The numbers of the columns in which something stands."""
        spans = (span for row in band.rows for span in self.spans(row))
        return {number for first, last in spans for number in range(first, last + 1)}

    def columns(self, bands: Sequence[Band]) -> list[list[Box]]:
        """The lines of each column, without those that take up several."""
        columns: list[list[Box]] = [[] for _ in range(len(self.cuts) + 1)]
        for band in bands:
            for box in band.boxes:
                if not self.is_across(box):
                    columns[self.span(box)[0]].append(box)
        return columns

    def fits(self, band: Band) -> bool:
        """Whether lines side by side stand in columns of their own, or are pieces of one cell."""
        pairs = [pair for row in band.rows for pair in pairwise(box for box in row if not _is_sign(box))]
        return all(
            self.span(before)[0] < self.span(after)[0] or after.left - before.right < self._near
            for before, after in pairs
        )


def _runs(bands: Sequence[Band], height: float) -> list[tuple[int, int]]:
    """Stretches that begin and end with several cells, without much white or text across between them."""
    runs: list[tuple[int, int]] = []
    first: int | None = None
    last = across = 0
    for number, band in enumerate(bands):
        if first is not None:
            across += len(band.boxes) == 1 and _covers_gap(band.boxes[0], bands[last])
            is_far = band.top - bands[number - 1].bottom > FAR * height
            if is_far or across > ACROSS_AT_MOST or _is_outside(band, bands[first : last + 1], height):
                runs.append((first, last + 1))
                first = None
        if len(band.spans) > 1:
            first, last, across = number if first is None else first, number, 0
    return [*runs, (first, last + 1)] if first is not None else runs


def _is_outside(band: Band, run: Sequence[Band], height: float) -> bool:
    """Whether a single line begins before all columns, or ends behind them."""
    left, right = min(other.spans[0][0] for other in run), max(other.spans[-1][1] for other in run)
    beyond = max(left - band.spans[0][0], band.spans[-1][1] - right)
    return len(band.spans) == 1 and beyond > OUTSIDE * height


def _covers_gap(box: Box, band: Band) -> bool:
    """Whether a line reaches from one cell of a row above it to the next."""
    return any(box.left < before[1] and box.right > after[0] for before, after in pairwise(band.spans))


def _cuts(bands: Sequence[Band], height: float) -> list[float]:
    """Places between columns, from the left; rows with few cells beside others with many have no say."""
    most = max(len(band.spans) for band in bands)
    bands = [band for band in bands if len(band.spans) == 1 or 2 * len(band.spans) >= most]
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
    return _without_empty(_needed(cuts, gaps, APART * height), bands, height)


def _gaps(band: Band) -> list[tuple[float, float]]:
    """White between the cells of a row; a currency stands in the cell of its number, however far from it."""
    signs = [(box.left, box.right) for box in band.boxes if _is_sign(box)]
    return [(before[1], after[0]) for before, after in pairwise(band.spans) if before not in signs]


def _is_sign(box: Box) -> bool:
    return len(box.line.text) <= MARK and not any(letter.isalnum() for letter in box.line.text)


def _needed(
    cuts: Sequence[tuple[int, float]], gaps: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", wide: float
) -> list[tuple[int, float]]:
    """Those of places between columns without which cells of several rows, or cells far apart, would be one."""
    places, widths = np.array([place for _, place in cuts]), gaps[:, 1] - gaps[:, 0]
    inside = (gaps[:, :1] < places) & (gaps[:, 1:] > places)
    kept = np.ones(len(cuts), dtype=bool)
    for number in sorted(range(len(cuts)), key=lambda one: cuts[one]):
        alone = inside[:, number] & ((inside & kept).sum(axis=1) == 1)
        kept[number] = alone.sum() >= FEWEST_GAPS or (widths[alone] >= wide).any()
    return [cut for cut, is_kept in zip(cuts, kept, strict=True) if is_kept]


def _without_empty(cuts: list[tuple[int, float]], bands: Sequence[Band], height: float) -> list[float]:
    """Places between columns none of which is empty; of the two beside an empty one the clearer one stays."""
    while True:
        places = [place for _, place in cuts]
        columns = _Grid(places, height).columns(bands)
        empty = next((number for number, column in enumerate(columns) if not column), None)
        if empty is None or not cuts:
            return places
        cuts.remove(min(cuts[max(0, empty - 1) : empty + 1]))


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


def _with_parted_lines(bands: Sequence[Band], grid: _Grid, frame: Frame) -> list[Band]:
    """The rows with cells that were found as one line parted where the columns are."""
    columns = grid.columns([band for band in bands if len(band.spans) > 1])

    def cells_in(box: Box) -> list[Box]:
        first, last = grid.span(box)
        if first == last:
            return [box]
        return parted_cells(box, columns[first : last + 1], frame)

    return [
        band_of(band.first, [[cell for box in row for cell in cells_in(box)] for row in band.rows])
        if any(map(grid.is_across, band.boxes))
        else band
        for band in bands
    ]


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
    if first and _is_head(bands[first - 1], bands[first:end], grid, height):
        first -= 1
    return first, end


def _is_head(band: Band, below: Sequence[Band], grid: _Grid, height: float) -> bool:
    """Whether a single line heads columns of a table: it stands close above them, and not above the first one."""
    usual = median(lower.middle - upper.middle for upper, lower in pairwise(below))
    is_close = below[0].middle - band.middle <= FARTHER * usual and len(band.boxes) == 1
    is_over_others = len(grid.cuts) > 1 and band.spans[0][0] > grid.cuts[0]
    return is_close and is_over_others and not _is_outside(band, below, height)


def _cells(rows: Sequence[Row], grid: _Grid) -> tuple[Cell, ...]:
    """The cells of a row: lines that take up a column in common are in one."""
    taken: list[tuple[int, int, list[tuple[int, Box]]]] = []
    placed = [
        (*span, number, box) for number, row in enumerate(rows) for span, box in zip(grid.spans(row), row, strict=True)
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
        inside = sorted(boxes, key=lambda one: (one[0], one[1].left))
        cells.append(Cell(tuple(box.line for _, box in inside), last - first + 1))
        place = last + 1
    return (*cells, *[Cell()] * (len(grid.cuts) + 1 - place))
