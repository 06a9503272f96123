"""Finds tables among the rows of a page: rows whose cells stand in columns.

A column is not looked for by its cells, which may be empty, but by what parts it from the next one: a place that the
gaps of many rows have in common, and that few lines cross. Headings over several columns do cross such places, and so
does a long label that runs into an empty cell; they take up several columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

import numpy as np

from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.columns import NARROWEST
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

MARK = 4
"""Labels of a list (“12.”, “(a)”, “•”) have no more letters than this."""

TIGHTER = 1.25
"""Lines of one cell are so many times closer to each other than rows are."""

MOST_FIT = 0.75
"""This share of the rows of lines that are so close must be able to belong together, else all are rows."""

BESIDE = 0.3
"""A line may reach so many line heights into the next column without taking it up."""

Row = list[Box]


@dataclass(frozen=True, slots=True)
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
    found: list[Found] = []
    waiting = list(reversed(_runs(rows, height)))
    while waiting:
        first, end = waiting.pop()
        cuts = _cuts(rows[first:end], height)
        if not cuts:
            continue
        inner = _stretches(rows, first, end, cuts, height)
        if inner != [(first, end)]:
            waiting.extend(reversed(inner))
        elif _is_table(rows[first:end], cuts, height):
            found.append(Found(first, end, _table(rows[first:end], cuts, height)))
    return found


def _runs(rows: Sequence[Row], height: float) -> list[tuple[int, int]]:
    """Stretches of rows that begin and end with several cells, without much white or text across between them."""
    runs: list[tuple[int, int]] = []
    first: int | None = None
    last = across = 0
    for number, row in enumerate(rows):
        is_far = number > 0 and _top(row) - _bottom(rows[number - 1]) > FAR * height
        is_across = first is not None and len(row) == 1 and _covers_gap(row[0], rows[last])
        across = across + 1 if is_across else 0
        if first is not None and (is_far or across > ACROSS_AT_MOST):
            runs.append((first, last + 1))
            first = None
        if len(row) > 1:
            first, last = number if first is None else first, number
    return [*runs, (first, last + 1)] if first is not None else runs


def _covers_gap(box: Box, row: Row) -> bool:
    """Whether a line reaches from one cell of a row above or below it to the next."""
    return any(box.left < before.right and box.right > after.left for before, after in pairwise(row))


def _stretches(
    rows: Sequence[Row], first: int, end: int, cuts: Sequence[float], height: float
) -> list[tuple[int, int]]:
    """The parts of a run that lie between rows which are no part of a table with such columns."""
    keeps = [_fits(rows[number], cuts, height) for number in range(first, end)]
    across = [
        len(rows[number]) == 1 and _span(rows[number][0], cuts, height)[1] > _span(rows[number][0], cuts, height)[0]
        for number in range(first, end)
    ]
    is_out = [not keeps[number] for number in range(end - first)]
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
        if not out:
            wide = [number for number in range(place, place + count) if len(rows[number]) > 1]
            if len(wide) > 1:
                stretches.append((wide[0], wide[-1] + 1))
        place += count
    return stretches


def _cuts(rows: Sequence[Row], height: float) -> list[float]:
    """Places between columns, from the left."""
    several = [row for row in rows if len(row) > 1]
    gaps = np.array([gap for row in several for gap in _gaps(row)])
    if not len(gaps):
        return []
    edges = np.unique(gaps)
    places, reach = (edges[1:] + edges[:-1]) / 2, BESIDE * height
    left, right = np.array([(box.left, box.right) for row in rows for box in row]).T
    votes = ((gaps[:, 0] < places[:, None]) & (gaps[:, 1] > places[:, None])).sum(axis=1)
    crossed = ((left < places[:, None] - reach) & (right > places[:, None] + reach)).sum(axis=1)
    parts = (votes >= max(FEWEST_GAPS, SHARE_OF_GAPS * len(several))) & (crossed <= CROSSED * votes)
    worth = np.where(parts, votes - crossed, 0).tolist()
    cuts: list[tuple[int, float]] = []
    place = before = 0
    for its, some in groupby(worth):
        count = len(list(some))
        after = worth[place + count] if place + count < len(worth) else 0
        if its > max(before, after):
            cuts.append((its, float(edges[place] + edges[place + count]) / 2))
        place, before = place + count, its
    return _needed(cuts, gaps.tolist())


def _gaps(row: Row) -> list[tuple[float, float]]:
    """White between the cells of a row; a currency stands in the cell of its number, however far from it."""
    return [
        (before.right, after.left)
        for before, after in pairwise(row)
        if after.left > before.right and not _is_sign(before)
    ]


def _is_sign(box: Box) -> bool:
    return len(box.line.text) <= MARK and not any(letter.isalnum() for letter in box.line.text)


def _needed(cuts: list[tuple[int, float]], gaps: Sequence[Sequence[float]]) -> list[float]:
    """Those of places between columns without which two cells of a row would be one, the clearest ones first."""
    kept = list(cuts)
    for cut in sorted(cuts):
        others = [place for _, place in kept if place != cut[1]]
        mine = [gap for gap in gaps if gap[0] < cut[1] < gap[1]]
        if all(any(left < place < right for place in others) for left, right in mine):
            kept.remove(cut)
    return [place for _, place in kept]


def _span(box: Box, cuts: Sequence[float], height: float) -> tuple[int, int]:
    """First and last column that a line takes up."""
    reach = BESIDE * height
    first = sum(cut <= box.left + reach for cut in cuts)
    last = sum(cut < box.right - reach for cut in cuts)
    middle = sum(cut < (box.left + box.right) / 2 for cut in cuts)
    return min(first, middle), max(last, middle)


def _fits(row: Row, cuts: Sequence[float], height: float) -> bool:
    """Whether the lines of a row stand in columns of their own, or there is but one."""
    if len(row) == 1:
        return True
    spans = [_span(box, cuts, height) for box in row if not _is_sign(box)]
    return all(before[1] < after[0] for before, after in pairwise(spans))


def _columns(rows: Sequence[Row], cuts: Sequence[float], height: float) -> list[list[Box]]:
    """The lines of each column, without those that take up several."""
    columns: list[list[Box]] = [[] for _ in range(len(cuts) + 1)]
    for row in rows:
        for box in row:
            first, last = _span(box, cuts, height)
            if first == last:
                columns[first].append(box)
    return columns


def _is_table(rows: Sequence[Row], cuts: Sequence[float], height: float) -> bool:
    several = sum(len(row) > 1 for row in rows)
    if several < (FEWEST_ROWS_OF_TWO if len(cuts) == 1 else FEWEST_ROWS):
        return False
    columns = _columns(rows, cuts, height)
    if not all(columns):
        return False
    if sum(not _is_aligned(column, height) for column in columns) > len(columns) // 3:
        return False
    return not any(_is_prose(column, height) for column in columns) and not _is_list(columns, height)


def _is_aligned(column: Sequence[Box], height: float) -> bool:
    """Whether most cells of a column have an edge, or their middle, in common."""
    edges = (
        [box.left for box in column],
        [box.right for box in column],
        [(box.left + box.right) / 2 for box in column],
    )
    return any(_share_at_median(places, height) >= MOSTLY for places in edges)


def _share_at_median(places: Sequence[float], height: float) -> float:
    middle = median(places)
    return sum(abs(place - middle) <= IN_LINE * height for place in places) / len(places)


def _is_prose(column: Sequence[Box], height: float) -> bool:
    """Whether lines go on from one to the next as prose does: most fill the width and begin small."""
    if len(column) < 4:
        return False
    width = max(box.right for box in column) - min(box.left for box in column)
    filled = sum(box.width >= 0.85 * width for box in column)
    small = sum(box.line.text[:1].islower() for box in column)
    return width >= NARROWEST * height and 2 * filled >= len(column) and 3 * small >= len(column)


def _is_list(columns: Sequence[Sequence[Box]], height: float) -> bool:
    """Whether it is but a list or text with numbers beside it."""
    labels, *others = columns
    return (
        len(others) == 1
        and all(len(box.line.text) <= MARK for box in labels)
        and median(box.width for box in others[0]) >= NARROWEST * height
    )


# Rows and cells


def _table(rows: Sequence[Row], cuts: Sequence[float], height: float) -> Table:
    filled = [_filled(row, cuts, height) for row in rows]
    tight = _tight(rows, filled)
    groups: list[list[Row]] = []
    fullest: set[int] = set()
    for number, row in enumerate(rows):
        is_in_row = number in tight and _completes(filled[number], fullest)
        if is_in_row or (number and _goes_on(rows[number - 1], row, filled[number - 1], filled[number])):
            groups[-1].append(row)
            fullest = max(fullest, filled[number], key=len)
        else:
            groups.append([row])
            fullest = filled[number]
    return Table(tuple(_cells(group, cuts, height) for group in groups))


def _filled(row: Row, cuts: Sequence[float], height: float) -> set[int]:
    """The numbers of the columns in which a row has something."""
    spans = (_span(box, cuts, height) for box in row)
    return {number for first, last in spans for number in range(first, last + 1)}


def _completes(one: set[int], other: set[int]) -> bool:
    """Whether two rows of lines can make up a row of cells: one fills half of the other's at most, or none."""
    few, many = sorted((one, other), key=len)
    return not few & many or (few <= many and 2 * len(few) <= len(many))


def _tight(rows: Sequence[Row], filled: Sequence[set[int]]) -> set[int]:
    """Numbers of rows of lines that stand clearly closer under another one than most rows do."""
    steps = [_middle(lower) - _middle(upper) for upper, lower in pairwise(rows)]
    ordered = sorted(steps)
    jumps = [(after / max(before, 1.0), after) for before, after in pairwise(ordered)]
    clearest, limit = max(jumps, default=(0.0, 0.0))
    if clearest < TIGHTER:
        return set()
    tight = {number for number, step in enumerate(steps, start=1) if step < limit}
    fitting = sum(_completes(filled[number], filled[number - 1]) for number in tight)
    return tight if fitting >= MOST_FIT * len(tight) else set()


def _goes_on(above: Row, row: Row, ours: set[int], theirs: set[int]) -> bool:
    """Whether a row without a first cell goes on, in lower case, in a cell of the row above, and in no other."""
    begins_small = row[0].line.text[:1].islower()
    return begins_small and 0 not in theirs and len(ours & theirs) == 1 and min(theirs) in ours


def _cells(group: Sequence[Row], cuts: Sequence[float], height: float) -> tuple[Cell, ...]:
    """The cells of a row: lines that take up a column in common are in one."""
    spans = sorted(
        (*_span(box, cuts, height), number, box.left, box) for number, row in enumerate(group) for box in row
    )
    taken: list[tuple[int, int, list[tuple[int, float, Box]]]] = []
    for first, last, number, left, box in spans:
        if taken and first <= taken[-1][1]:
            before = taken.pop()
            taken.append((before[0], max(before[1], last), [*before[2], (number, left, box)]))
        else:
            taken.append((first, last, [(number, left, box)]))
    cells: list[Cell] = []
    place = 0
    for first, last, boxes in taken:
        cells += [Cell()] * (first - place)
        cells.append(Cell(tuple(box.line for _, _, box in sorted(boxes, key=lambda one: one[:2])), last - first + 1))
        place = last + 1
    return (*cells, *[Cell()] * (len(cuts) + 1 - place))


def _top(row: Row) -> float:
    return min(box.top for box in row)


def _bottom(row: Row) -> float:
    return max(box.bottom for box in row)


def _middle(row: Row) -> float:
    return median(box.middle for box in row)
