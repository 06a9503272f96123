"""Lines as upright rectangles on a page laid straight: what all rules of the layout look at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, dist, inf
from statistics import median

from ocrdesk.engine.document import Line, Point, Polygon, is_standing

STRAIGHT, STEEPEST = 0.005, 0.4
"""Slopes between these are those of a page that was laid askew: a third of a degree, and twenty."""

FAR = 4.0
"""Where a page is so many times as wide as its usual line, the slope of single lines is too rough for it."""

_ROUGH = 0.3
"""By so much of its height a line may seem to fall from its beginning to its end, and is straight."""

_GATHERED, _AS_GOOD = 0.8, 1.1
"""Lines gather in rows at another slope if they then take so much less of the page's height; slopes at which they take
up to so much more than at the best one are as good."""

_MOST_SLOPES = 100

MOSTLY = 0.6
"""A page is written downwards if so much of the length of its lines stands."""


@dataclass(frozen=True, slots=True)
class Box:
    """A line and where it stands, in the direction of reading: a line begins left, and the next one is below.

    On a page written downwards, ``left`` is therefore what is the top on the picture, and ``top`` the right.
    """

    left: float
    top: float
    right: float
    bottom: float
    line: Line

    @property
    def middle(self) -> float:
        """Between top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """In pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """In pixels."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page lies.

    Attributes:
        slope: By how much its lines fall to the right, in pixels a pixel.
        is_downwards: Whether it is written from top to bottom and from right to left.
        height: Median height of its lines in pixels, the measure of everything.
    """

    slope: float
    is_downwards: bool
    height: float

    def box(self, line: Line) -> Box:
        """Where a line stands."""
        return Box(*self.bounds(line.polygon), line)

    def bounds(self, polygon: Polygon) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the page laid straight: turned about its corner, by an angle that is small."""
        xs = [x + self.slope * y for x, y in polygon]
        ys = [y - self.slope * x for x, y in polygon]
        if self.is_downwards:
            return min(ys), -max(xs), max(ys), -min(xs)
        return min(xs), min(ys), max(xs), max(ys)

    def point(self, point: Point) -> Point:
        """Where a point of the page is on the page laid straight, in the direction of reading."""
        x, y = point[0] + self.slope * point[1], point[1] - self.slope * point[0]
        return (y, -x) if self.is_downwards else (x, y)


def frame_of(lines: Sequence[Line]) -> Frame:
    """Tells how a page with at least one line lies."""
    standing = [line for line in lines if is_standing(line.polygon)]
    is_downwards = sum(map(_length, standing)) > MOSTLY * sum(map(_length, lines))
    height = max(1.0, median(map(_thickness, lines)))
    return Frame(0.0 if is_downwards else _slope(lines), is_downwards, height)


def parted(box: Box, frame: Frame, places: Sequence[float]) -> list[Box]:
    """A line cut between words where gaps of the page run through it; whole where its words were not measured.

    Args:
        box: The line.
        frame: How its page lies.
        places: Where it may be cut, from left to right. Words left of a place and right of it are parted.
    """
    words = [(frame.bounds(word.polygon), word) for word in box.line.words]
    pieces: list[Box] = []
    first, text = 0, box.line.text
    for place in places:
        count = sum((bounds[0] + bounds[2]) / 2 < place for bounds, _ in words)
        if first < count < len(words):
            end = text.find(words[count][1].text, len(words[count - 1][1].text))
            pieces.append(_piece(box, frame, first, count, text[:end]))
            first, text = count, text[end:]
    return [*pieces, _piece(box, frame, first, len(words), text)] if pieces else [box]


def _piece(box: Box, frame: Frame, first: int, last: int, text: str) -> Box:
    words = box.line.words[first:last]
    a, b, c, d = box.line.polygon
    begin, end = words[0].polygon, words[-1].polygon
    if frame.is_downwards:
        corners = (a, b, end[2], end[3]) if not first else (begin[0], begin[1], c, d)
    elif not first:
        corners = (a, end[1], end[2], d)
    else:
        corners = (begin[0], b, c, begin[3])
    if first and last < len(box.line.words):
        corners = (begin[0], begin[1], end[2], end[3]) if frame.is_downwards else (begin[0], end[1], end[2], begin[3])
    confidence = min(word.confidence for word in words)
    return frame.box(Line(text.strip(), max(confidence, box.line.confidence), corners, words))


def joined(boxes: Sequence[Box], frame: Frame, between: str = " ") -> Box:
    """Pieces of one line, from left to right, as one; it is as sure as the least sure of them."""
    if len(boxes) == 1:
        return boxes[0]
    first, last = boxes[0].line.polygon, boxes[-1].line.polygon
    corners = (first[0], first[1], last[2], last[3]) if frame.is_downwards else (first[0], last[1], last[2], first[3])
    line = replace(
        boxes[0].line,
        text=between.join(box.line.text for box in boxes),
        confidence=min(box.line.confidence for box in boxes),
        polygon=corners,
        words=tuple(word for box in boxes for word in box.line.words) if all(box.line.words for box in boxes) else (),
    )
    return Box(boxes[0].left, min(box.top for box in boxes), boxes[-1].right, max(box.bottom for box in boxes), line)


def _slope(lines: Sequence[Line]) -> float:
    lying = [line for line in lines if not is_standing(line.polygon)]
    if not lying:
        return 0.0
    slope = median(_own_slope(line) for line in lying)
    far = _extent(lying) / max(1.0, median(map(_length, lying)))
    slope = slope if STRAIGHT < abs(slope) < STEEPEST else 0.0
    return _slope_of_rows(lying, slope) if far > FAR else slope


def _own_slope(line: Line) -> float:
    (left, top), (right, bottom) = line.polygon[0], line.polygon[1]
    return (bottom - top) / max(1.0, right - left)


def _extent(lines: Sequence[Line]) -> float:
    xs = [x for line in lines for x, _ in line.polygon]
    return max(xs) - min(xs)


def _slope_of_rows(lines: Sequence[Line], slope: float) -> float:
    """The slope at which lines that are far from each other gather in rows; as it was where that changes little.

    A word's box leans to where its high letters are. In a line of prose that is nothing, but from one end of a row of
    single words to the other it makes more than the height of a line.
    """
    places = [(*_centre(line.polygon), max(1.0, _thickness(line)) / 2) for line in lines]
    rough = _ROUGH * median(
        2 * half / max(1.0, _length(line)) for line, (_, _, half) in zip(lines, places, strict=True)
    )
    step = max(median(half for _, _, half in places) / 2 / _extent(lines), 2 * rough / _MOST_SLOPES)
    count = ceil(rough / step)
    slopes = [slope + step * number for number in range(-count, count + 1)]
    taken = {one: _taken(places, one) for one in (slope, 0.0, *slopes) if abs(one) < STEEPEST}
    least = min(taken.values())
    if least > _GATHERED * taken[slope]:
        return slope
    best = [one for one, height in taken.items() if height <= _AS_GOOD * least]
    return 0.0 if 0.0 in best else median(best)


def _taken(places: Sequence[tuple[float, float, float]], slope: float) -> float:
    """How much of the height of a page lines take, those that stand in one row once."""
    taken, reach = 0.0, -inf
    for top, bottom in sorted((y - slope * x - half, y - slope * x + half) for x, y, half in places):
        taken += max(0.0, bottom - max(top, reach))
        reach = max(reach, bottom)
    return taken


def _centre(polygon: Polygon) -> tuple[float, float]:
    return sum(x for x, _ in polygon) / len(polygon), sum(y for _, y in polygon) / len(polygon)


def _thickness(line: Line) -> float:
    return min(_sides(line))


def _length(line: Line) -> float:
    return max(_sides(line))


def _sides(line: Line) -> tuple[float, float]:
    a, b, c, d = line.polygon
    return max(dist(a, b), dist(d, c)), max(dist(a, d), dist(b, c))
