"""Finds columns of prose: runs of lines one under the other with an edge in common, that stand side by side.

Built from the lines up, because gutters of real pages are neither straight nor empty: pages are bent, pictures push
lines aside, captions stand across. Telling a column of prose from a column of a table is the heart of it: prose is
wide, and fills its lines.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.layout.boxes import Box

FEWEST = 3
"""Least number of lines in a column."""

NARROWEST = 7.0
"""Least median width of the lines of a column of prose, in line heights."""

FILLED = 0.6
"""The lines of a column of prose fill at least this share of its width on average."""

INDENT = 2.2
"""The left edges, or the right edges, of successive lines of a column differ by at most this many line heights."""

PITCH = 1.2
"""White between two lines of a column, in line heights, at most."""

ALIKE = 1.7
"""Heights of two lines of a column differ by this factor at most: a heading is no part of what it heads."""

SIDE_BY_SIDE = 2.5
"""Columns stand beside each other for at least this many line heights."""

FEWEST_BESIDE_NOTES, SMALLER = 6, 0.92
"""A column with notes in its margin has at least this many lines, and the notes are smaller than its print by this
factor."""

HEADLINE = 1.5
"""Headlines are more than this many times as high as the median line; headings of sections are smaller."""

OWN_EDGE = 0.1
"""Columns that share more than this part of the width of one are not beside each other."""

NARROWER, INSIDE = 0.7, 0.9
"""A chain that lies over two others is one of lines found as one across a gutter: each of the two is no wider than such
a part of it, and stands inside it with such a part of its own width."""

IN_LINE, LEVEL = 0.75, 0.25
"""Columns are those of a table if this share of their rows is aligned. The middles of aligned rows are no farther apart
than this many line heights."""

NEAREST = 0.3
"""The same in parts of the distance from one such place to the next, which counts where lines stand close."""

AS_MANY, AS_WIDE = 0.7, 0.8
"""Two columns as wide as this, with as many lines beside each other, are alike: prose in columns stands in line too."""

FULL, CLOSE = 0.85, 0.8
"""Half of the lines of prose fill this share of its width. The white between lines of prose is at most this many line
heights."""

SAME_ROW = 0.6
"""Lines below another count as equally near if they are within this many line heights of the nearest one."""

_OVERLAPS = 0.3
"""Part of the narrower of two lines that must be above or below the other."""

Chain = list[Box]
"""Lines one under the other."""


@dataclass(slots=True)
class Column:
    """Chains that stand above each other.

    Attributes:
        left: Where it begins.
        right: Where it ends.
        chains: What it is made of.
    """

    left: float
    right: float
    chains: list[Chain]

    def overlap(self, box: Box) -> float:
        """How much of a line is above, in or below the column, in pixels; negative where it is beside it."""
        return min(box.right, self.right) - max(box.left, self.left)

    @property
    def width(self) -> float:
        """In pixels."""
        return self.right - self.left

    @property
    def boxes(self) -> list[Box]:
        """Its lines."""
        return [box for chain in self.chains for box in chain]


def find_columns(chains: Sequence[Chain], height: float, *, prose: bool = True) -> list[Column]:
    """Columns that stand side by side, from the left; none where there are not at least two.

    Args:
        chains: The lines of a part of a page.
        height: The page's median height of a line.
        prose: Whether only columns of prose count.
    """
    prose_chains = [chain for chain in chains if _is_column(chain, height, prose) and not _is_headline(chain, height)]
    whole = [_without_heading(chain, prose_chains, height) for chain in prose_chains]
    beside = [one for one in whole if any(_are_beside(one, other, height) for other in whole if other is not one)]
    columns = joined_to_columns(beside)
    side_by_side = [(one, other) for one, other in pairwise(columns) if not lie_over_each_other(one, other)]
    if prose and any(are_table(one.boxes, other.boxes, height) for one, other in side_by_side):
        return []
    for chain in whole:
        if not any(chain is other for other in beside):  # above or below the others, or beside a picture
            left, right = _edges(chain)
            for column in columns:
                is_inside = column.left - height < left and right < column.right + height
                if is_inside and right - left >= FILLED * column.width:
                    column.chains.append(chain)
                    break
    return columns if len(columns) > 1 else []


def joined_to_columns(chains: Sequence[Chain]) -> list[Column]:
    """Chains that stand above each other, as columns from the left."""
    columns: list[Column] = []
    for chain in sorted(chains, key=len, reverse=True):
        left, right = _edges(chain)
        for column in columns:
            if min(right, column.right) - max(left, column.left) > min(right - left, column.width) / 2:
                column.chains.append(chain)
                column.left, column.right = min(left, column.left), max(right, column.right)
                break
        else:
            columns.append(Column(left, right, [chain]))
    return sorted(columns, key=lambda column: column.left)


def without_merged(chains: Sequence[Chain], height: float) -> list[Chain]:
    """Leaves out chains that lie over two others side by side, as lines do that were found as one across a gutter.

    Args:
        chains: The lines of a part of a page.
        height: The page's median height of a line.
    """
    columns = [joined_to_columns([chain])[0] for chain in chains if _is_column(chain, height, True)]
    merged = {id(column.chains[0]) for column in columns if _lies_over_two(column, columns, height)}
    return [chain for chain in chains if id(chain) not in merged]


def _lies_over_two(column: Column, others: Sequence[Column], height: float) -> bool:
    inside = [
        other.chains[0]
        for other in others
        if other.width < NARROWER * column.width
        and min(column.right, other.right) - max(column.left, other.left) > INSIDE * other.width
    ]
    return any(_are_beside(one, other, height) for one, other in combinations(inside, 2))


def lie_over_each_other(before: Column, after: Column) -> bool:
    """Whether a column begins before the one on its left ends: they stand above each other, not side by side."""
    return after.left < before.right - OWN_EDGE * before.width


def _edges(chain: Sequence[Box]) -> tuple[float, float]:
    return min(box.left for box in chain), max(box.right for box in chain)


def are_table(one: Sequence[Box], other: Sequence[Box], height: float) -> bool:
    """Whether lines side by side are cells: their rows stand in line, and they are neither prose nor alike.

    Args:
        one: The lines on one side.
        other: Those on the other.
        height: The page's median height of a line.
    """
    if in_line(one, other, height) < IN_LINE:
        return False
    are_close = all(_white(side) <= CLOSE * height for side in (one, other))
    counts = (_count_beside(one, other), _count_beside(other, one)) if are_close else (len(one), len(other))
    few, many = sorted(counts)
    narrow, wide = sorted(right - left for left, right in (_edges(one), _edges(other)))
    is_alike = few >= AS_MANY * many and narrow >= AS_WIDE * wide
    return not is_alike and not all(is_strongly_prose(side, height) for side in (one, other))


def _white(side: Sequence[Box]) -> float:
    """Between one line and the next, as usual."""
    by_top = sorted(side, key=lambda box: box.top)
    return median(lower.top - upper.bottom for upper, lower in pairwise(by_top)) if len(side) > 1 else 0.0


def _count_beside(one: Sequence[Box], other: Sequence[Box]) -> int:
    """How many lines stand beside others: one of two columns may end earlier."""
    first, last = min(box.top for box in other), max(box.bottom for box in other)
    return sum(first < box.middle < last for box in one)


def in_line(one: Sequence[Box], other: Sequence[Box], height: float) -> float:
    """Which part of the rows of the side that has fewer stands in line with a row, or between two, of the other.

    Args:
        one: The lines on one side.
        other: Those on the other.
        height: The page's median height of a line.
    """
    fewer, more = sorted((sorted(box.middle for box in side) for side in (one, other)), key=len)
    between = [(upper + lower) / 2 for upper, lower in pairwise(more) if lower - upper < (1 + PITCH) * height]
    places = sorted([*more, *between])

    # Where lines stand close, LEVEL alone would reach from each place to the next, and everything would be in line.
    steps = [lower - upper for upper, lower in pairwise(places) if lower - upper > LEVEL * height]
    near = min([LEVEL * height, *([NEAREST * median(steps)] if steps else [])])

    def is_near(middle: float) -> bool:
        number = bisect(places, middle)
        return any(abs(place - middle) < near for place in places[max(0, number - 1) : number + 1])

    return sum(map(is_near, fewer)) / len(fewer)


def is_strongly_prose(side: Sequence[Box], height: float) -> bool:
    """Whether lines mostly fill their width, stand close, and go on from one to the next."""
    left, right = _edges(side)
    filled = sum(box.width >= FULL * (right - left) for box in side)
    capitals = sum(box.line.text[:1].isupper() for box in side)
    return 2 * filled >= len(side) and _white(side) <= CLOSE * height and 2 * capitals <= len(side)


def _without_heading(chain: Chain, others: Sequence[Chain], height: float) -> Chain:
    """A chain without its first line if that one alone reaches over what stands beside the others."""
    below = chain[1:]
    if len(below) < FEWEST or max(box.right for box in below) >= chain[0].right:
        return chain
    is_hidden = any(
        _are_beside(below, other, height) and not _are_beside(chain, other, height)
        for other in others
        if other is not chain
    )
    return below if is_hidden else chain


def margin_notes(chains: Sequence[Chain], height: float) -> list[Box]:
    """What stands in smaller print beside the one column of prose, in two lines at least; a label in the margin is not.

    Args:
        chains: The lines of a part of a page without columns.
        height: The page's median height of a line.
    """
    column = max(chains, key=len, default=[])
    if len(column) < FEWEST_BESIDE_NOTES or not _is_column(column, height, True):
        return []
    left, right = min(box.left for box in column), max(box.right for box in column)
    size = SMALLER * median(box.height for box in column)
    notes: list[Box] = []
    for chain in chains:
        is_outside = max(box.right for box in chain) < left or min(box.left for box in chain) > right
        is_small = median(box.height for box in chain) < size and max(box.width for box in chain) < (right - left) / 2
        if is_outside and is_small and len(chain) > 1:
            notes += chain
    beside = sum(box.right < left or box.left > right for chain in chains for box in chain)
    return notes if len(notes) == beside and 2 * beside < sum(map(len, chains)) else []


def chains_of(boxes: Sequence[Box], height: float) -> list[Chain]:
    """Parts lines into runs in which each has the next one below it, and nothing else has."""
    by_top = sorted(boxes, key=lambda box: box.top)
    follows = _followers(by_top, height) if len(by_top) > 1 else {}
    chains = []
    for first in sorted(set(range(len(by_top))) - set(follows.values())):
        chain = [first]
        while chain[-1] in follows:
            chain.append(follows[chain[-1]])
        chains.append([by_top[number] for number in chain])
    return chains


def _followers(by_top: Sequence[Box], height: float) -> dict[int, int]:
    """Which line goes on with which one below it: each is the other's only nearest, and they go together."""
    left, top, right, bottom = np.array([(box.left, box.top, box.right, box.bottom) for box in by_top]).T
    middle, width, tall = (top + bottom) / 2, right - left, bottom - top
    upper, lower = pairs_up_to(np.searchsorted(top, bottom + PITCH * height, side="right"))
    overlap = np.minimum(right[upper], right[lower]) - np.maximum(left[upper], left[lower])
    is_below = middle[lower] >= middle[upper] + 0.4 * height
    is_pair = is_below & (overlap > _OVERLAPS * np.minimum(width[upper], width[lower]))
    upper, lower = upper[is_pair], lower[is_pair]
    nearest_below, nearest_above = np.full(len(top), np.inf), np.full(len(top), -np.inf)
    np.minimum.at(nearest_below, upper, middle[lower])
    np.maximum.at(nearest_above, lower, middle[upper])
    is_next = middle[lower] < nearest_below[upper] + SAME_ROW * height
    is_last = middle[upper] > nearest_above[lower] - SAME_ROW * height
    is_only_one = np.bincount(upper[is_next], minlength=len(top))[upper] == 1
    is_only_one &= np.bincount(lower[is_last], minlength=len(top))[lower] == 1
    edges = np.minimum(abs(left[upper] - left[lower]), abs(right[upper] - right[lower]))
    heights = tall[upper], tall[lower]
    is_alike = np.maximum(*heights) <= ALIKE * np.minimum(*heights)
    follows = is_next & is_last & is_only_one & is_alike & (edges <= INDENT * height)
    return dict(zip(upper[follows].tolist(), lower[follows].tolist(), strict=True))


def pairs_up_to(ends: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Numbers of pairs of lines: each with all of those after it, up to where it ends.

    Args:
        ends: The number after that of the last line to go with each.
    """
    counts = np.maximum(0, ends - np.arange(1, len(ends) + 1))
    one = np.repeat(np.arange(len(ends)), counts)
    return one, one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts)


def _is_column(chain: Chain, height: float, prose: bool) -> bool:
    if len(chain) < FEWEST or not prose:
        return len(chain) >= FEWEST
    widths = [box.width for box in chain]
    return median(widths) >= NARROWEST * height and sum(widths) >= FILLED * max(widths) * len(widths)


def _is_headline(chain: Chain, height: float) -> bool:
    return median(box.height for box in chain) > HEADLINE * height


def _are_beside(one: Chain, other: Chain, height: float) -> bool:
    together = min(one[-1].bottom, other[-1].bottom) - max(one[0].top, other[0].top)
    if together < SIDE_BY_SIDE * height:
        return False
    left, right = min(box.left for box in one), max(box.right for box in one)
    its_left, its_right = min(box.left for box in other), max(box.right for box in other)
    return min(right, its_right) - max(left, its_left) < 0.1 * min(right - left, its_right - its_left)
