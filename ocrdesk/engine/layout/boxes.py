"""Lines as upright rectangles on a page laid straight: what all rules of the layout look at."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ocrdesk.engine.direction import has_leftward, in_turns, mostly_runs_left
from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.geometry import Point, Polygon, is_standing
from ocrdesk.engine.layout.slopes import Fall, fall_of, sides

MOSTLY = 0.6
"""A page is written downwards if this share of the length of its lines runs downwards."""


@dataclass(frozen=True, slots=True)
class Box:
    """A line and where it stands, in the direction of reading: a line begins left, and the next one is below.

    On a page written downwards, ``left`` is therefore what is the top on the picture, and ``top`` the right. On one
    that is read from right to left, it is as in a mirror: ``left`` is what is the right on the picture.
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
        is_leftwards: Whether it is written from right to left. All rules of the layout look at it in a mirror, in which
            it is as any other page; only the texts of pieces that are put together need to know.
        has_leftward: Whether any of its letters are read from right to left.
    """

    fall: Fall
    is_downwards: bool
    height: float
    is_leftwards: bool = False
    has_leftward: bool = False

    def box(self, line: Line) -> Box:
        """Where a line stands."""
        return Box(*self.bounds(line.polygon), line)

    def bounds(self, polygon: Polygon) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the page laid straight and flat."""
        xs, ys = zip(*self.fall.laid_straight(polygon), strict=True)
        if self.is_downwards:
            return min(ys), -max(xs), max(ys), -min(xs)
        if self.is_leftwards:
            return -max(xs), min(ys), -min(xs), max(ys)
        return min(xs), min(ys), max(xs), max(ys)

    def point(self, point: Point) -> Point:
        """Where a point of the page is on the page laid straight, in the direction of reading."""
        ((x, y),) = self.fall.laid_straight([point])
        return (y, -x) if self.is_downwards else (-x if self.is_leftwards else x, y)

    def facing(self, lines: Iterable[Line]) -> "Frame":
        """The same page as it lies for somebody who reads some lines of it."""
        if self.is_downwards or not self.has_leftward:
            return self
        is_leftwards = mostly_runs_left(line.text for line in lines)
        return self if is_leftwards == self.is_leftwards else replace(self, is_leftwards=is_leftwards)

    def word_spans(self, line: Line) -> list[tuple[float, float]]:
        """Where the words of a line begin and end, in the direction of reading; words of another script run back."""
        spans = [(left, right) for left, _, right, _ in (self.bounds(word.polygon) for word in line.words)]
        return sorted(spans) if has_leftward(line.text) else spans


def frame_of(lines: Sequence[Line]) -> Frame:
    """Tells how a page with at least one line lies."""
    lying = [not is_standing(line.polygon) for line in lines]
    short, long = sides(np.array([line.polygon for line in lines]))
    is_downwards = float(long[lying].sum()) < (1 - MOSTLY) * float(long.sum())
    fall = Fall() if is_downwards else fall_of([line for line, lies in zip(lines, lying, strict=True) if lies])
    has_any = any(has_leftward(line.text) for line in lines)
    return Frame(fall, is_downwards, max(1.0, float(np.median(short))), has_leftward=has_any).facing(lines)


def parted(box: Box, frame: Frame, places: Sequence[float]) -> list[Box]:
    """A line cut between words where gaps of the page run through it; whole where its words were not measured.

    Args:
        box: The line.
        frame: How its page lies.
        places: Where it may be cut, from left to right. Words left of a place and right of it are parted.
    """
    if has_leftward(box.line.text):
        return _parted_by_place(box, frame, places)
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


def _parted_by_place(box: Box, frame: Frame, places: Sequence[float]) -> list[Box]:
    """The same for a line whose words do not all stand in the order in which they are read."""
    line, end = box.line, 0
    groups: list[list[tuple[int, int, int, Word]]] = [[] for _ in range(len(places) + 1)]
    for number, word in enumerate(line.words):
        left, _, right, _ = frame.bounds(word.polygon)
        start = line.text.find(word.text, end)
        end = max(end, start + len(word.text))
        groups[bisect_left(places, (left + right) / 2)].append((number, start, end, word))
    filled = [group for group in groups if group]
    pieces = []
    for group in filled if len(filled) > 1 else []:
        words = tuple(word for *_, word in group)
        follow_each_other = group[-1][0] - group[0][0] == len(group) - 1 and group[0][1] >= 0
        text = line.text[group[0][1] : group[-1][2]] if follow_each_other else " ".join(word.text for word in words)
        confidence = max(line.confidence, min(word.confidence for word in words))
        polygon = _around([word.polygon for word in words])
        pieces.append(frame.box(replace(line, text=text, confidence=confidence, polygon=polygon, words=words)))
    return pieces or [box]


def _around(polygons: Sequence[Polygon]) -> Polygon:
    """From the beginning of the leftmost piece of a line to the end of the rightmost one."""
    first, last = min(polygons, key=lambda its: its[0][0]), max(polygons, key=lambda its: its[1][0])
    return first[0], last[1], last[2], first[3]


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
    left, right = boxes[0].left, boxes[-1].right
    first, last = boxes[0].line.polygon, boxes[-1].line.polygon
    corners = (first[0], first[1], last[2], last[3]) if frame.is_downwards else (first[0], last[1], last[2], first[3])
    if frame.is_leftwards:
        corners = _around([first, last])
    boxes = _as_read(boxes, frame)
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
    return Box(left, min(box.top for box in boxes), right, max(box.bottom for box in boxes), line)


def _as_read(boxes: Sequence[Box], frame: Frame) -> list[Box]:
    """Pieces of one line in the order in which they are read."""
    if not frame.has_leftward:
        return list(boxes)
    return [boxes[place] for place in in_turns([box.line.text for box in boxes], leftwards=frame.is_leftwards)]
