"""Points and polygons on a page, and places along a line."""

from collections.abc import Iterable
from math import dist

Point = tuple[float, float]
"""x and y, in pixels of the upright page, with the origin at the top left."""

Polygon = tuple[Point, Point, Point, Point]
"""Four points, clockwise from the top-left corner."""

Across = tuple[float, float]
"""Where something begins and ends across a line, from its top to its bottom, as fractions of its height."""

ALL_ACROSS: Across = (0.0, 1.0)

STANDING = 1.5
"""A line at least this many times as tall as wide is read from top to bottom, or is on its side."""


def slices_of(polygon: Polygon, places: Iterable[tuple[float, float]]) -> list[Polygon]:
    """Returns the parts of a line between pairs of places along it, given as fractions of its length.

    A vertical line is taken to run downwards.
    """
    (ax, ay), b, (cx, cy), d = polygon
    standing = is_standing(polygon)
    (bx, by), (dx, dy) = (d, b) if standing else (b, d)
    across, down, beside, below = bx - ax, by - ay, cx - dx, cy - dy
    parts: list[Polygon] = []
    for begin, end in places:
        first, last = (ax + begin * across, ay + begin * down), (ax + end * across, ay + end * down)
        under_first, under_last = (dx + begin * beside, dy + begin * below), (dx + end * beside, dy + end * below)
        parts.append((first, under_first, under_last, last) if standing else (first, last, under_last, under_first))
    return parts


def ends_along(polygon: Polygon, parts: Iterable[Polygon]) -> list[tuple[float, float]]:
    """Returns where parts of a line begin and end, as fractions of the line's length: what ``slices_of`` cuts at."""
    a, b, c, d = (0, 3, 2, 1) if is_standing(polygon) else (0, 1, 2, 3)  # it begins between a and d
    from_x, from_y = polygon[a][0] + polygon[d][0], polygon[a][1] + polygon[d][1]
    across, down = polygon[b][0] + polygon[c][0] - from_x, polygon[b][1] + polygon[c][1] - from_y
    length = across * across + down * down or 1.0
    return [
        (
            ((part[a][0] + part[d][0] - from_x) * across + (part[a][1] + part[d][1] - from_y) * down) / length,
            ((part[b][0] + part[c][0] - from_x) * across + (part[b][1] + part[c][1] - from_y) * down) / length,
        )
        for part in parts
    ]


def trimmed(polygon: Polygon, across: Across, *, standing: bool) -> Polygon:
    """Returns the part of a word's polygon from one place across its line to another.

    Args:
        polygon: A part of a line, as ``slices_of`` makes it.
        across: From where to where.
        standing: Whether the line stands; then its top is at the right.
    """
    if across == ALL_ACROSS:
        return polygon
    a, b, c, d = polygon
    above, below, under_above, under_below = (b, a, c, d) if standing else (a, d, b, c)
    (first, last), (under_first, under_last) = (
        tuple((x + part * (to_x - x), y + part * (to_y - y)) for part in across)
        for (x, y), (to_x, to_y) in ((above, below), (under_above, under_below))
    )
    return (last, first, under_first, under_last) if standing else (first, under_first, under_last, last)


def in_steps(part: float) -> float:
    """Returns a fraction as one of those that are kept, which are whole 255ths."""
    return round(255 * min(1.0, max(0.0, part))) / 255


def is_standing(polygon: Polygon) -> bool:
    """Whether a line is much taller than wide, so that it is read from top to bottom."""
    a, b, c, d = polygon
    return max(dist(a, d), dist(b, c)) >= STANDING * max(dist(a, b), dist(c, d))
