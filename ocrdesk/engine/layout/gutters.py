"""Finds white that runs down between two blocks which have nothing to do with each other.

The rows of a table stand in line across its columns. Where rows on both sides of a white strip do not, a table stands
beside text, or an article beside a box: each is read by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.columns import Chain, pairs_up_to

GUTTER = 0.7
"""Least width of the white between two columns, in line heights."""

FEWEST_ROWS = 4
"""Fewer rows than this on one side are no block."""

IN_LINE = 0.2
"""Two rows stand in line if their middles are no farther apart, in line heights."""

SLIP = 0.35
"""All rows of one side may be higher or lower by this many line heights: receipts are bent."""

MOSTLY_IN_LINE = 0.65
"""From this share of rows that stand in line with one opposite, what stands side by side belongs together."""

FARTHEST, IN_STEP = 1.0, 0.75
"""The same for a larger shift, up to this many line heights: the names and prices of some receipts alternate."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gutter:
    """A white strip, and the lines beside it.

    Attributes:
        above: The lines above its upper end.
        left: Those on its left.
        right: Those on its right.
        below: Those below its lower end.
    """

    above: list[Box]
    left: list[Box]
    right: list[Box]
    below: list[Box]


def parting_gutter(chains: Sequence[Chain], height: float, taller_than: float = 0.0) -> Gutter | None:
    """The tallest gutter between two blocks whose rows do not stand in line.

    Args:
        chains: The lines of a part of a page.
        height: The page's median height of a line.
        taller_than: Gutters with rows on both sides for no more than this many pixels do not count.
    """
    boxes = [box for chain in chains for box in chain]
    if len(boxes) < 2 * FEWEST_ROWS:
        return None
    left, top, right, bottom = np.array([(box.left, box.top, box.right, box.bottom) for box in boxes]).T
    if bottom.max() - top.min() <= max(taller_than, FEWEST_ROWS * height):
        return None  # no room for a gutter, as in a single row of a ruled table
    middle, wide = (top + bottom) / 2, GUTTER * height
    strips: list[tuple[float, float, float, float]] = []
    for place in np.unique(np.ceil(2 * right / wide)) * (wide / 2):  # each gutter begins where a line ends
        if (right <= place).sum() >= FEWEST_ROWS and (left >= place + wide).sum() >= FEWEST_ROWS:
            crosses = (left < place + wide) & (right > place)
            free = _free(top[crosses], bottom[crosses], float(top.min()), float(bottom.max()))
            strips += [(lower - upper, place, upper, lower) for upper, lower in free]
    best: Gutter | None = None
    known = set()
    for tall, place, upper, lower in sorted(strips, reverse=True):
        if tall <= max(taller_than, FEWEST_ROWS * height):
            break  # all others are lower still
        beside = (middle > upper) & (middle < lower)
        on_left, on_right = beside & (right <= place), beside & (left >= place + wide)
        parting = (upper, lower, int(on_left.sum()))
        if parting in known:
            continue  # another strip of the same gutter
        known.add(parting)
        if min(on_left.sum(), on_right.sum()) < FEWEST_ROWS:
            continue
        ours = middle[_facing(on_left, top, bottom, -right)]
        theirs = middle[_facing(on_right, top, bottom, left)]
        together = _common(ours, theirs)
        if together > taller_than and _are_apart(ours, theirs, height) and not _is_passed(chains, upper, lower):
            taller_than, best = together, _parted(boxes, place, upper, lower)
    return best


def _is_passed(chains: Sequence[Chain], upper: float, lower: float) -> bool:
    """Whether lines that follow each other go on above or below a gutter."""
    return any(chain[0].middle < end < chain[-1].middle for end in (upper, lower) for chain in chains)


def _parted(boxes: Sequence[Box], place: float, upper: float, lower: float) -> Gutter:
    parts: tuple[list[Box], ...] = [], [], [], []
    for box in boxes:
        parts[0 if box.middle < upper else 3 if box.middle > lower else 1 if box.right <= place else 2].append(box)
    return Gutter(*parts)


def _free(tops: Floats, bottoms: Floats, first: float, last: float) -> list[tuple[float, float]]:
    """Upper and lower ends of the white between lines that cross a strip."""
    order = np.argsort(tops)
    ends = np.maximum.accumulate(np.concatenate([[first], bottoms[order]]))
    begins = np.concatenate([tops[order], [last]])
    return [(float(end), float(begin)) for end, begin in zip(ends, begins, strict=True) if begin > end]


def _facing(some: npt.NDArray[np.bool_], top: Floats, bottom: Floats, far: Floats) -> npt.NDArray[np.int64]:
    """Those lines with no other between them and the strip; ``far`` tells how far away each is."""
    numbers = np.flatnonzero(some)
    numbers = numbers[np.argsort(top[numbers], kind="stable")]
    tops, bottoms, away = top[numbers], bottom[numbers], far[numbers]
    one, other = pairs_up_to(np.searchsorted(tops, bottoms))  # all others stand above or below
    shared = np.minimum(bottoms[one], bottoms[other]) - tops[other]
    is_beside = shared > np.minimum((bottoms - tops)[one], (bottoms - tops)[other]) / 2
    hidden = np.zeros(len(numbers), dtype=bool)
    hidden[one[is_beside & (away[one] > away[other])]] = True
    hidden[other[is_beside & (away[other] > away[one])]] = True
    return numbers[~hidden]


def _common(ours: Floats, theirs: Floats) -> float:
    if len(ours) < FEWEST_ROWS or len(theirs) < FEWEST_ROWS:
        return 0.0
    return float(min(ours.max(), theirs.max()) - max(ours.min(), theirs.min()))


def _are_apart(ours: Floats, theirs: Floats, height: float) -> bool:
    """Whether rows of two blocks do not stand in line, as far as they stand beside each other."""
    upper, lower = max(ours.min(), theirs.min()) - height, min(ours.max(), theirs.max()) + height
    ours, theirs = (rows[(rows >= upper) & (rows <= lower)] for rows in (ours, theirs))
    if min(len(ours), len(theirs)) < FEWEST_ROWS:
        return False
    offsets = (ours[:, None] - theirs[None]) / height
    slips = np.arange(-FARTHEST, FARTHEST, IN_LINE / 2)
    is_in_line = abs(offsets[None] - slips[:, None, None]) < IN_LINE
    share = np.maximum(is_in_line.any(axis=1).mean(axis=1), is_in_line.any(axis=2).mean(axis=1))
    return bool((share < np.where(abs(slips) <= SLIP, MOSTLY_IN_LINE, IN_STEP)).all())
