"""How far two places on a page are the same, and where a place is once the page was turned."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocrdesk.engine.geometry import Point, Polygon


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a page lay when it was read, which says what its coordinates mean.

    Attributes:
        width: Of the upright page, in pixels.
        height: Of the upright page, in pixels.
        turn: Degrees clockwise by which the picture was turned to be upright.
    """

    width: int
    height: int
    turn: int

    def place_on(self, other: "Sheet", polygon: Polygon) -> Polygon:
        """Returns where a place is on the page when it lies otherwise, its corners again from the top left."""
        width, height = self.width, self.height
        points: Sequence[Point] = polygon
        for _ in range((other.turn - self.turn) // 90 % 4):
            last = points[-1:]  # the lower left corner becomes the upper left one
            points = [(height - y, x) for x, y in (*last, *points[:-1])]
            width, height = height, width
        across, down = other.width / max(1, width), other.height / max(1, height)
        a, b, c, d = ((x * across, y * down) for x, y in points)
        return a, b, c, d


def area_of(points: Sequence[Point]) -> float:
    """Returns the area of a polygon; positive if its corners are clockwise on a page."""
    ends = [*points, *points[:1]]
    return sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairwise(ends)) / 2


def common_area(one: Polygon, other: Polygon) -> float:
    """Returns the area that two polygons have in common, by the algorithm of Sutherland and Hodgman (1974)."""
    if not _may_meet(one, other) or not area_of(one) or not area_of(other):
        return 0.0
    points: list[Point] = list(one)
    edges = list(other) if area_of(other) >= 0 else list(reversed(other))
    for (ax, ay), (bx, by) in pairwise([*edges, edges[0]]):
        inside = [((bx - ax) * (y - ay) - (by - ay) * (x - ax)) for x, y in points]
        kept: list[Point] = []
        for number, ((x, y), side) in enumerate(zip(points, inside, strict=True)):
            (former_x, former_y), former = points[number - 1], inside[number - 1]
            if (side >= 0) != (former >= 0):
                part = former / (former - side)
                kept.append((former_x + part * (x - former_x), former_y + part * (y - former_y)))
            if side >= 0:
                kept.append((x, y))
        points = kept
        if not points:
            return 0.0
    return abs(area_of(points))


def _may_meet(one: Polygon, other: Polygon) -> bool:
    """Whether the upright rectangles around two polygons meet, which is quick to see."""
    return all(
        min(point[axis] for point in one) < max(point[axis] for point in other)
        and min(point[axis] for point in other) < max(point[axis] for point in one)
        for axis in (0, 1)
    )
