"""The columns of a table, found by what parts them.

A column is not looked for by its cells, which may be empty, but by what parts it from the next one: a place that the
gaps of many rows have in common, and that few lines cross. Headings over several columns do cross such places, and so
does a long label that runs into an empty cell; they take up several columns.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby, pairwise
from unicodedata import category

import numpy as np

from ocrdesk.engine.layout.bands import Band
from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.rows import Row

FEWEST_GAPS, SHARE_OF_GAPS = 2, 0.2
"""Two columns are separated by gaps in at least this many rows, and in this share of the rows that have gaps."""

CROSSED = 0.5
"""Lines that cross the place between two columns are at most this share of the gaps there."""

BESIDE = 0.3
"""A line may reach this many line heights into the next column without occupying it."""

APART, PIECES = 1.0, 1.5
"""White of this many line heights separates columns even if only one row has it. Lines of one column with less white
than the second number between them are pieces of one cell."""

SIGN = 4
"""A currency has no more letters than this."""


class Columns:
    """The columns of a table, as the places between them.

    Attributes:
        cuts: These, from the left.
    """

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

    def cells(self, bands: Sequence[Band]) -> list[list[Box]]:
        """The lines of each column, without those that take up several."""
        cells: list[list[Box]] = [[] for _ in range(len(self.cuts) + 1)]
        for box in (box for band in bands for box in band.boxes):
            first, last = self.span(box)
            if first == last:
                cells[first].append(box)
        return cells

    def fits(self, band: Band) -> bool:
        """Whether lines side by side stand in columns of their own, or are pieces of one cell."""
        pairs = [pair for row in band.rows for pair in pairwise(box for box in row if not _is_sign(box))]
        return all(
            self.span(before)[0] < self.span(after)[0] or after.left - before.right < self._near
            for before, after in pairs
        )


def columns_of(bands: Sequence[Band], height: float) -> Columns:
    """The columns of rows; those with few cells beside others with many have no say.

    Args:
        bands: The rows.
        height: The page's median height of a line.
    """
    most = max(len(band.spans) for band in bands)
    bands = [band for band in bands if len(band.spans) == 1 or 2 * len(band.spans) >= most]
    gaps = np.array([gap for band in bands for gap in _gaps(band)])
    if not len(gaps):
        return Columns([], height)
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
    """Whether a line is a currency alone, as $ or US$."""
    text = box.line.text
    has_sign, has_digit = any(category(letter) == "Sc" for letter in text), any(map(str.isdigit, text))
    return len(text) <= SIGN and has_sign and not has_digit


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


def _without_empty(cuts: list[tuple[int, float]], bands: Sequence[Band], height: float) -> Columns:
    """Columns none of which is empty: of the places beside an empty one the clearer one stays."""
    while True:
        columns = Columns([place for _, place in cuts], height)
        empty = next((number for number, cells in enumerate(columns.cells(bands)) if not cells), None)
        if empty is None or not cuts:
            return columns
        cuts.remove(min(cuts[max(0, empty - 1) : empty + 1]))
