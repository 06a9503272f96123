"""A list that goes on beside itself: the same columns, words and figures, once more at the right.

Price lists, contents and directories are set so to fill the width of a page. Their rows may stand in line, and yet they
are read one after the other.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import median

from ocrdesk.engine.layout.bands import Band, bands_of
from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.gutters import Gutter
from ocrdesk.engine.layout.rows import rows_of
from ocrdesk.engine.layout.table_columns import BESIDE, Columns, columns_of

FEWEST_ROWS = 6
"""A list of fewer rows had no need to go on beside itself."""

MOST_LISTS = 4

ALIKE = 1.5
"""Columns that are the same stand as far from the beginning of their list, to this many line heights."""

MOSTLY = 0.7
"""A column is one of figures, or one of words, if this share of its cells is."""

FILLED = 0.25
"""Each column has a cell in this share of the rows of its list."""

LONGEST_FIGURE = 20
"""Letters: a figure with its currency, a date, a telephone number."""

HEADING = 2.0
"""The heading of a list stands closer above it than this many line heights, and begins as close to where it does."""


def repeated_list(boxes: list[Box], height: float) -> Gutter | None:
    """The first of several lists side by side that have the same columns, what follows at its right, and the rest.

    Args:
        boxes: The lines of a part of a page.
        height: The page's median height of a line.
    """
    if sum(map(is_figure, boxes)) < 2 * FEWEST_ROWS:
        return None
    bands = bands_of(rows_of(boxes, height), height)
    several = [number for number, band in enumerate(bands) if len(band.spans) > 1]
    if len(several) < FEWEST_ROWS:
        return None
    first, end = several[0], several[-1] + 1
    columns = _columns(bands[first:end], height)
    cells = columns.cells(bands[first:end])
    for count in range(2, MOST_LISTS + 1):
        wide = len(cells) // count
        lists = [cells[number * wide : (number + 1) * wide] for number in range(count)]
        if count * wide == len(cells) and _are_the_same(lists, height):
            lefts = [min(box.left for box in columns[0]) for columns in lists[:2]]
            while first and _are_headings(bands[first - 1], bands[first], lefts, height):
                first -= 1
            return _parted_at(columns.cuts[wide - 1], bands, first, end, height)
    return None


def _columns(bands: Sequence[Band], height: float) -> Columns:
    """The columns of rows, also those between which is white only where no row is in line with another."""
    cuts = columns_of(bands, height).cuts
    boxes = sorted((box for band in bands for box in band.boxes), key=lambda box: box.left)
    reached = accumulate((box.right for box in boxes), max)
    white = [(right, after.left) for right, (_, after) in zip(reached, pairwise(boxes), strict=False)]
    unseen = [(a + b) / 2 for a, b in white if b - a > height and not any(a <= cut <= b for cut in cuts)]
    return Columns(sorted([*cuts, *unseen]), height)


def _are_the_same(lists: Sequence[Sequence[Sequence[Box]]], height: float) -> bool:
    """Whether columns are of words and of figures in the same turn, as far apart, and under the same heads."""
    shares = [[sum(map(is_figure, column)) / max(1, len(column)) for column in columns] for columns in lists]
    if any(1 - MOSTLY <= share <= MOSTLY for its in shares for share in its):
        return False
    of_figures = [[share > MOSTLY for share in its] for its in shares]
    if of_figures.count(of_figures[0]) < len(lists) or len(set(of_figures[0])) < 2:
        return False
    counts = [list(map(len, columns)) for columns in lists]
    if any(min(its) < max(FEWEST_ROWS, FILLED * max(its)) for its in counts):
        return False
    heads = [_heads(columns, are_figures) for columns, are_figures in zip(lists, of_figures, strict=True)]
    if any(one != other for one, other in pairwise(heads) if one and other):
        return False
    edges = [_edges(columns) for columns in lists]
    return all(
        min(abs(here - there) for here, there in zip(one, other, strict=True)) <= ALIKE * height
        for its in edges[1:]
        for one, other in zip(its, edges[0], strict=True)
    )


def is_figure(box: Box) -> bool:
    """Whether a line is short, and has more digits than letters."""
    text = box.line.text
    return len(text) <= LONGEST_FIGURE and sum(map(str.isdigit, text)) > sum(map(str.isalpha, text))


def _heads(columns: Sequence[Sequence[Box]], are_figures: Sequence[bool]) -> list[str]:
    """The words over columns of figures: a table with the quantity of one thing and the price of another is no list."""
    tops = [min(column, key=lambda box: box.top) for column, its in zip(columns, are_figures, strict=True) if its]
    return [box.line.text for box in tops if not is_figure(box)]


def _edges(columns: Sequence[Sequence[Box]]) -> list[tuple[float, float]]:
    """Where the cells of each column begin and end, as usual, from the beginning of their list."""
    begin = median(box.left for box in columns[0])
    return [(median(box.left for box in its) - begin, median(box.right for box in its) - begin) for its in columns]


def _are_headings(band: Band, below: Band, lefts: Sequence[float], height: float) -> bool:
    """Whether lines close above lists each head one of them: there they begin."""
    is_close = below.top - band.bottom < HEADING * height and len(band.spans) > 1
    return is_close and all(any(abs(box.left - left) < HEADING * height for box in band.boxes) for left in lefts)


def _parted_at(place: float, bands: Sequence[Band], first: int, end: int, height: float) -> Gutter | None:
    """All lines, parted at a place between two lists; nothing where a line crosses it."""
    reach = BESIDE * height
    parts = Gutter([], [], [], [])
    for number, band in enumerate(bands):
        for box in band.boxes:
            if number < first:
                parts.above.append(box)
            elif number >= end:
                parts.below.append(box)
            elif box.left + reach < place < box.right - reach:
                return None
            else:
                (parts.left if (box.left + box.right) / 2 < place else parts.right).append(box)
    return parts
