"""Computes the positions of lines and words for formats that contain them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

from ocrdesk.engine.document import Line
from ocrdesk.engine.geometry import Point, Polygon, is_standing

BELOW = 0.2
"""Share of a line's height below its baseline, where letters like g have descenders."""

SLANTED = 2.0
"""A line whose edges are off by more than this many pixels is written as a polygon, not just as a box."""

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in whole pixels."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word whose position in its line was measured.

    Attributes:
        text: Its text.
        confidence: How likely every letter of it is right, 0 to 1.
        polygon: Its part of its line, as high as that.
        box: The same, as high as its ink.
        is_apart: Whether there is a space between it and the previous word.
    """

    text: str
    confidence: float
    polygon: Polygon
    box: Polygon
    is_apart: bool


def words_of(line: Line) -> list[PlacedWord]:
    """Returns the words of a line; none if not all of them have a measured position."""
    words: list[PlacedWord] = []
    place = 0
    for word in line.words:
        start = line.text.find(word.text, place)
        between = line.text[place : max(start, place)]
        if start < 0 or between.strip():
            return []
        is_apart = bool(words) and bool(between)
        words.append(PlacedWord(word.text, word.confidence, word.polygon, line.box_of(word), is_apart))
        place = start + len(word.text)
    return [] if line.text[place:].strip() else words


def as_read(polygon: Polygon, standing: bool) -> Polygon:
    """Returns the corners clockwise from the upper left in reading direction: a vertical line is read downwards."""
    a, b, c, d = polygon
    return (b, c, d, a) if standing else polygon


def baseline_of(line: Line) -> tuple[Point, Point]:
    """Returns the baseline, from where the line begins to where it ends."""
    a, b, c, d = as_read(line.polygon, is_standing(line.polygon))
    return _between(d, a), _between(c, b)


def is_slanted(polygon: Polygon) -> bool:
    """Whether a polygon is not a rectangle parallel to the edges of the page."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = polygon
    return max(abs(ay - by), abs(dy - cy), abs(ax - dx), abs(bx - cx)) > SLANTED


def box_of(polygons: Iterable[Polygon], width: int | None, height: int | None) -> Box:
    """Returns the bounding box of polygons, limited to the page."""
    points = [within(point, width, height) for polygon in polygons for point in polygon]
    x, y = [x for x, _ in points], [y for _, y in points]
    return floor(min(x)), floor(min(y)), ceil(max(x)), ceil(max(y))


def within(point: Point, width: int | None, height: int | None) -> Point:
    """Returns a point moved onto the page, as far as the page's size is known."""
    x, y = max(0.0, point[0]), max(0.0, point[1])
    return min(x, width or x), min(y, height or y)


def points_of(points: Iterable[Point], width: int | None, height: int | None) -> str:
    """Returns points on the page as ``x,y x,y`` in whole pixels."""
    on_page = [within(point, width, height) for point in points]
    return " ".join(f"{round(x)},{round(y)}" for x, y in on_page)


def _between(bottom: Point, top: Point) -> Point:
    return bottom[0] + BELOW * (top[0] - bottom[0]), bottom[1] + BELOW * (top[1] - bottom[1])
