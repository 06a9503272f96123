"""How the lines of a page fall to the right, or bend: a page was laid askew, or photographed while it was not flat."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.document import Line
from ocrdesk.engine.geometry import Point

STRAIGHT, STEEPEST = 0.005, 0.4
"""Slopes between these are those of a page that was laid askew: a third of a degree, and twenty."""

FAR = 4.0
"""Where a page is this many times as wide as its median line, the slope of single lines is too rough for it."""

SAG = 0.2
"""A page whose rows sag or rise by less of a line's height in their middle is as good as flat."""

FEWEST, TOLD = 8, 0.6
"""A page counts as bent if it has at least this many lines, and their places explain this share of how much their
slopes differ."""

_ROUGH = 0.3
"""A straight line may seem to fall by this share of its height from its beginning to its end."""

_GATHERED, _AS_GOOD = 0.8, 1.1
"""Lines gather in rows at another slope if they then cover less than the first share of the height they cover now.
Slopes at which they cover up to the second factor more than at the best one are equally good."""

_MOST_SLOPES = 100

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fall:
    """By how much lines fall to the right.

    Attributes:
        slope: In pixels a pixel, at the middle of the page.
        bend: By how much half of the slope grows from one pixel to the next.
        middle: Of the page, from its left.
    """

    slope: float = 0.0
    bend: float = 0.0
    middle: float = 0.0

    def laid_straight(self, polygon: Sequence[Point]) -> list[Point]:
        """A line or a word on the page laid straight and flat: it keeps its form, for it has one slope of its own."""
        turned = [(x + self.slope * y, y - self.slope * x) for x, y in polygon]
        if not self.bend:
            return turned
        left, right = min(x for x, _ in polygon), max(x for x, _ in polygon)
        centre = (left + right) / 2
        away = centre - self.middle
        sunk = self.bend * (away**2 + (right - left) ** 2 / 12)  # in the mean over its length
        return [
            (tx, ty - sunk - 2 * self.bend * away * (x - centre))
            for (tx, ty), (x, _) in zip(turned, polygon, strict=True)
        ]


def fall_of(lines: Sequence[Line]) -> Fall:
    """How lines fall.

    Args:
        lines: Those of a page that lie.
    """
    if not lines:
        return Fall()
    corners = np.array([line.polygon for line in lines])
    short, long = sides(corners)
    places = np.column_stack([corners.mean(axis=1), np.maximum(1.0, short) / 2, long])
    along = corners[:, 1] - corners[:, 0]
    slopes = along[:, 1] / np.maximum(1.0, along[:, 0])
    first, last = float(corners[..., 0].min()), float(corners[..., 0].max())
    extent, middle = last - first, (first + last) / 2
    usual = _usual(slopes, long)  # the boxes of short words lie level on any page
    usual = usual if STRAIGHT < abs(usual) < STEEPEST else 0.0
    bent = _bent(places, slopes, middle) if len(lines) >= FEWEST else None
    if bent and abs(bent.bend) * extent**2 / 4 >= SAG * 2 * float(np.median(places[:, 2])):
        return bent
    is_wide = extent > FAR * max(1.0, float(np.median(places[:, 3])))
    return Fall(_slope_of_rows(places, extent, usual) if is_wide else usual)


def _usual(values: Floats, long: Floats) -> float:
    """The median of what was measured on each line, in which long lines count for more."""
    order = np.argsort(values)
    weights = np.cumsum(long[order] ** 2)
    return float(values[order][np.searchsorted(weights, weights[-1] / 2)])


def _bent(places: Floats, slopes: Floats, middle: float) -> Fall | None:
    """The parabola whose slopes are nearest to those of the lines, if it tells of them; long lines tell more."""
    weights = places[:, 3]
    unknown = np.stack([np.ones(len(places)), 2 * (places[:, 0] - middle)], axis=1)
    (slope, bend), *_ = np.linalg.lstsq(unknown * weights[:, None], slopes * weights, rcond=None)
    left = float(((slopes - unknown @ (slope, bend)) ** 2 * weights**2).sum())
    all_of_it = float(((slopes - np.average(slopes, weights=weights**2)) ** 2 * weights**2).sum())
    return Fall(float(slope), float(bend), middle) if left < (1 - TOLD) * all_of_it else None


def _slope_of_rows(places: Floats, extent: float, slope: float) -> float:
    """The slope at which lines that are far from each other gather in rows; as it was where that changes little.

    A word's box leans to where its high letters are. In a line of prose that is nothing, but from one end of a row of
    single words to the other it makes more than the height of a line.
    """
    halves, lengths = places[:, 2], np.maximum(1.0, places[:, 3])
    rough = _ROUGH * _usual(2 * halves / lengths, lengths)
    step = max(float(np.median(halves)) / 2 / extent, 2 * rough / _MOST_SLOPES)
    count = ceil(rough / step)
    tried = [slope, 0.0, *(slope + step * number for number in range(-count, count + 1))]
    tried = [one for one in tried if abs(one) < STEEPEST]
    taken = _taken(places, tried)
    least = float(taken.min())
    if least > _GATHERED * taken[0]:
        return slope
    best = [one for one, height in zip(tried, taken, strict=True) if height <= _AS_GOOD * least]
    return 0.0 if 0.0 in best else float(np.median(best))


def _taken(places: Floats, slopes: Sequence[float]) -> Floats:
    """How much of the height of a page lines take at each slope, those that stand in one row once."""
    middles = places[:, 1] - np.array(slopes)[:, None] * places[:, 0]
    order = np.argsort(middles - places[:, 2], axis=1)
    middles, halves = np.take_along_axis(middles, order, axis=1), places[:, 2][order]
    tops, bottoms = middles - halves, middles + halves
    reach = np.maximum.accumulate(bottoms, axis=1)
    covered = np.maximum(tops[:, 1:], reach[:, :-1])
    taken: Floats = bottoms[:, 0] - tops[:, 0] + np.maximum(0.0, bottoms[:, 1:] - covered).sum(axis=1)
    return taken


def sides(corners: Floats) -> tuple[Floats, Floats]:
    """The shorter and the longer side of each line.

    Args:
        corners: Lines × four points × x and y.
    """
    edges = np.hypot(*np.moveaxis(corners - np.roll(corners, -1, axis=1), 2, 0))
    across, down = np.maximum(edges[:, 0], edges[:, 2]), np.maximum(edges[:, 1], edges[:, 3])
    return np.minimum(across, down), np.maximum(across, down)
