"""Finds tables among the rows of a page: rows whose cells stand in columns."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

import numpy as np

from ocrdesk.engine.layout.bands import Band, band_of, bands_of
from ocrdesk.engine.layout.boxes import Box, Frame
from ocrdesk.engine.layout.columns import NARROWEST
from ocrdesk.engine.layout.grid import Grid
from ocrdesk.engine.layout.merged_cells import parted_cells
from ocrdesk.engine.layout.rows import Row
from ocrdesk.engine.layout.ruled_tables import ruled_table
from ocrdesk.engine.layout.table_columns import Columns, columns_of
from ocrdesk.engine.layout.table_rows import Found, table_of, tight_below, with_loose_ends

FAR = 3.0
"""White between two rows, in line heights, that ends a table."""

ACROSS_AT_MOST = 1
"""At most this many successive lines may stand across the columns of a table, as headings do. More are text between two
tables."""

OUTSIDE = 1.5
"""A line that begins or ends this many line heights outside a table is not part of it."""

FEWEST_ROWS_OF_TWO, FEWEST_ROWS = 3, 2
"""Least number of rows with several cells, in a table of two columns and in one of more."""

IN_LINE, MOSTLY = 0.75, 0.6
"""Edges no farther apart than this many line heights count as the same; this share of the cells of a column must have
one in common."""

UNALIGNED = 3
"""One in this many columns may have no edge in common."""

SOME_PROSE = 3
"""One in this many columns may hold remarks of several lines, which look like prose."""

FULL, SMALL = 0.4, 1 / 3
"""Of prose, this share of the lines fill its width, and this share begin with a small letter."""

MARK = 4
"""Labels of a list (“12.”, “(a)”, “•”) have no more letters than this."""

FARTHER = 1.35
"""A heading of columns stands no farther above them, in distances of rows."""


def tables_in(rows: Sequence[Row], frame: Frame, grids: Sequence[Grid] = ()) -> list[Found]:
    """Finds the tables among rows that are read without a jump: ruled ones first, which are believed.

    Args:
        rows: From the top.
        frame: How the page lies.
        grids: Ruled cells in which nothing stands but what is in these rows.
    """
    ruled = [table for grid in grids if (table := ruled_table(rows, grid, frame)) is not None]
    found: list[Found] = []
    place = 0
    for table in [*ruled, None]:
        end = table.first if table is not None else len(rows)
        found += [Found(its.first + place, its.end + place, its.table) for its in _unruled(rows[place:end], frame)]
        if table is not None and table.first >= place:
            found.append(table)
            place = table.end
    return found


def _unruled(rows: Sequence[Row], frame: Frame) -> list[Found]:
    """The tables that can be told from where lines stand."""
    height = frame.height
    if sum(len(row) > 1 for row in rows) < FEWEST_ROWS:
        return []
    bands = bands_of(rows, height)
    found: list[Found] = []
    after = 0  # the last table
    waiting = list(reversed(_runs(bands, height)))
    while waiting:
        first, end = waiting.pop()
        columns = columns_of(bands[first:end], height)
        parted = _with_parted_lines(bands[first:end], columns, frame)
        if parted != bands[first:end]:
            bands[first:end] = parted
            columns = columns_of(parted, height)
        inner = _stretches(bands, first, end, columns) if columns.cuts else []
        if inner != [(first, end)]:
            waiting.extend(reversed(inner))
        elif _is_table(bands[first:end], columns, height):
            limit = tight_below(bands[first:end], columns, height)
            first, end = with_loose_ends(bands, first, end, columns, limit, height, after)
            if first > after and _is_head(bands[first - 1], bands[first:end], columns, height):
                first -= 1
            table = table_of(bands[first:end], columns, limit, height)
            found.append(Found(bands[first].first, bands[end - 1].end, table))
            after = end
    return found


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


def _stretches(bands: Sequence[Band], first: int, end: int, columns: Columns) -> list[tuple[int, int]]:
    """The parts of a run that lie between rows which are no part of a table with such columns."""
    across = [len(band.boxes) == 1 and columns.is_across(band.boxes[0]) for band in bands[first:end]]
    is_out = [not columns.fits(band) for band in bands[first:end]]
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


def _with_parted_lines(bands: Sequence[Band], columns: Columns, frame: Frame) -> list[Band]:
    """The rows with cells that were found as one line parted where the columns are."""
    cells = columns.cells([band for band in bands if len(band.spans) > 1])

    def cells_in(box: Box) -> list[Box]:
        first, last = columns.span(box)
        if first == last:
            return [box]
        return parted_cells(box, cells[first : last + 1], frame)

    return [
        band_of(band.first, [[cell for box in row for cell in cells_in(box)] for row in band.rows])
        if any(map(columns.is_across, band.boxes))
        else band
        for band in bands
    ]


# Whether it is one


def _is_table(bands: Sequence[Band], columns: Columns, height: float) -> bool:
    several = [band for band in bands if len(band.spans) > 1]
    if len(several) < (FEWEST_ROWS_OF_TWO if len(columns.cuts) == 1 else FEWEST_ROWS):
        return False
    cells = columns.cells(several)
    if not all(cells) or sum(not _is_aligned(some, height) for some in cells) > len(cells) // UNALIGNED:
        return False
    prose = sum(_is_prose(some, height) for some in columns.cells(bands))
    return not _is_list(cells, height) and prose <= len(cells) // SOME_PROSE


def _is_aligned(column: Sequence[Box], height: float) -> bool:
    """Whether most cells of a column have an edge, or their middle, in common."""
    edges = np.array([(box.left, box.right, (box.left + box.right) / 2) for box in column])
    in_line = np.abs(edges - np.median(edges, axis=0)) <= IN_LINE * height
    return bool(in_line.mean(axis=0).max() >= MOSTLY)


def _is_prose(column: Sequence[Box], height: float) -> bool:
    """Whether lines fill their width, and begin small, as often as those of prose do."""
    width = max(box.right for box in column) - min(box.left for box in column)
    filled = sum(box.width >= 0.85 * width for box in column)
    small = sum(box.line.text[:1].islower() for box in column)
    is_wide = len(column) > FEWEST_ROWS_OF_TWO and width >= NARROWEST * height
    return is_wide and filled >= FULL * len(column) and small >= SMALL * len(column)


def _is_list(columns: Sequence[Sequence[Box]], height: float) -> bool:
    """Whether it is but a list, or text with numbers beside it."""
    labels, *others = columns
    is_labelled = len(others) == 1 and all(len(box.line.text) <= MARK for box in labels)
    return is_labelled and median(box.width for box in others[0]) >= NARROWEST * height


def _is_head(band: Band, below: Sequence[Band], columns: Columns, height: float) -> bool:
    """Whether a single line heads columns of a table: it stands close above them, and not above the first one."""
    usual = median(lower.middle - upper.middle for upper, lower in pairwise(below))
    is_close = below[0].middle - band.middle <= FARTHER * usual and len(band.boxes) == 1
    is_over_others = len(columns.cuts) > 1 and band.spans[0][0] > columns.cuts[0]
    return is_close and is_over_others and not _is_outside(band, below, height)
