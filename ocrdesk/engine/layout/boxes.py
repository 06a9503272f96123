"""Lines as upright rectangles on a page laid straight: what all rules of the layout look at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ocrdesk.engine.document import Line
from ocrdesk.engine.geometry import Point, Polygon, is_standing
from ocrdesk.engine.layout.slopes import Fall, fall_of, sides

MOSTLY = 0.6
"""A page is written downwards if this share of the length of its lines runs downwards."""


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
        fall: By how much its lines fall to the right.
        is_downwards: Whether it is written from top to bottom and from right to left.
        height: Median height of its lines in pixels, the measure of everything.
    """

    fall: Fall
    is_downwards: bool
    height: float

    def box(self, line: Line) -> Box:
        """Where a line stands."""
        return Box(*self.bounds(line.polygon), line)

    def bounds(self, polygon: Polygon) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the page laid straight and flat."""
        xs, ys = zip(*self.fall.laid_straight(polygon), strict=True)
        if self.is_downwards:
            return min(ys), -max(xs), max(ys), -min(xs)
        return min(xs), min(ys), max(xs), max(ys)

    def point(self, point: Point) -> Point:
        """Where a point of the page is on the page laid straight, in the direction of reading."""
        ((x, y),) = self.fall.laid_straight([point])
        return (y, -x) if self.is_downwards else (x, y)


def frame_of(lines: Sequence[Line]) -> Frame:
    """Tells how a page with at least one line lies."""
    lying = [not is_standing(line.polygon) for line in lines]
    short, long = sides(np.array([line.polygon for line in lines]))
    is_downwards = float(long[lying].sum()) < (1 - MOSTLY) * float(long.sum())
    fall = Fall() if is_downwards else fall_of([line for line, lies in zip(lines, lying, strict=True) if lies])
    return Frame(fall, is_downwards, max(1.0, float(np.median(short))))


def parted(box: Box, frame: Frame, places: Sequence[float]) -> list[Box]:
    """A line cut between words where gaps of the page run through it; whole where its words were not measured.

    Args:
        box: The line.
        frame: How its page lies.
        places: Where it may be cut, from left to right. Words left of a place and right of it are parted.
    """
    words = [(frame.bounds(word.polygon), word) for word in box.line.words]
    pieces: list[Box] = []
    first, start = 0, 0
    for place in places:
        count = sum((bounds[0] + bounds[2]) / 2 < place for bounds, _ in words)
        if first < count < len(words):
            end = start
            for _, word in words[first:count]:  # one after the other: a short word is found inside others as well
                end = max(end, box.line.text.find(word.text, end) + len(word.text))
            pieces.append(_piece(box, frame, first, count, box.line.text[start:end]))
            first, start = count, end
    return [*pieces, _piece(box, frame, first, len(words), box.line.text[start:])] if pieces else [box]


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
    line = replace(
        box.line, text=text.strip(), confidence=max(confidence, box.line.confidence), polygon=corners, words=words
    )
    return frame.box(line)


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
        numbers=tuple(dict.fromkeys(number for box in boxes for number in box.line.numbers)),
        is_corrected=any(box.line.is_corrected for box in boxes),
        corrections=tuple(dict.fromkeys(number for box in boxes for number in box.line.corrections)),
    )
    return Box(boxes[0].left, min(box.top for box in boxes), boxes[-1].right, max(box.bottom for box in boxes), line)
