"""Lines in the order a person reads them: columns of prose one after the other, everything else row by row.

A recursive XY-cut (Nagy and Seth, 1984) whose vertical cuts are allowed between columns of prose only, because the
columns of a table or of a receipt are read across.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ocrdesk.engine.document import Line, is_standing

MIN_COLUMN_LINES = 3
MIN_GUTTER = 0.7
"""Least width of the white between two columns, in line heights."""

STRAIGHT, STEEPEST = 0.005, 0.4
"""Slopes between these are those of a page that was laid askew: a third of a degree, and twenty."""

MIN_PROSE_WIDTH = 7.0
"""Least median width of the lines of a column of prose, in line heights."""


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float
    line: Line

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Sorts the lines of a page; every line appears exactly once."""
    if not lines:
        return []
    slope = _slope(lines)
    boxes = [_box(line, slope) for line in lines]
    height = max(1.0, median(_thickness(line) for line in lines))
    return [box.line for box in _ordered(boxes, height)]


def _ordered(boxes: list[_Box], height: float) -> list[_Box]:
    found: list[_Box] = []
    waiting = [boxes]
    while waiting:
        part = waiting.pop()
        if columns := _columns(part, height):
            waiting.extend(reversed(columns))
        elif bands := _bands(part):
            waiting.extend(reversed(bands))
        else:
            found.extend(_rows(part))
    return found


def _columns(boxes: list[_Box], height: float) -> list[list[_Box]] | None:
    """Left and right of the widest gutter that has prose on both sides."""
    best: tuple[float, int] | None = None
    by_left = sorted(boxes, key=lambda box: box.left)
    reach = by_left[0].right
    for number, box in enumerate(by_left[1:], start=1):
        gutter = box.left - reach
        is_better = best is None or gutter > best[0]
        if gutter >= MIN_GUTTER * height and is_better and _both_prose(by_left, number, height):
            best = (gutter, number)
        reach = max(reach, box.right)
    return [by_left[: best[1]], by_left[best[1] :]] if best else None


def _both_prose(by_left: list[_Box], number: int, height: float) -> bool:
    return all(
        len(side) >= MIN_COLUMN_LINES and median(box.right - box.left for box in side) >= MIN_PROSE_WIDTH * height
        for side in (by_left[:number], by_left[number:])
    )


def _bands(boxes: list[_Box]) -> list[list[_Box]] | None:
    """Above and below the tallest white band that runs across all lines."""
    best: tuple[float, int] | None = None
    by_top = sorted(boxes, key=lambda box: box.top)
    reach = by_top[0].bottom
    for number, box in enumerate(by_top[1:], start=1):
        gap = box.top - reach
        if gap > 0 and (best is None or gap > best[0]):
            best = (gap, number)
        reach = max(reach, box.bottom)
    return [by_top[: best[1]], by_top[best[1] :]] if best else None


def _rows(boxes: list[_Box]) -> list[_Box]:
    """Row by row from the top, each from the left; a row is what stands half beside its first line."""
    ordered: list[_Box] = []
    rest = sorted(boxes, key=lambda box: box.middle)
    while rest:
        first = min(rest, key=lambda box: box.top)
        reach = first.middle + (first.bottom - first.top) / 2
        row = [box for box in rest if box is first or box.middle < reach]
        ordered.extend(sorted(row, key=lambda box: box.left))
        rest = [box for box in rest if not (box is first or box.middle < reach)]
    return ordered


def _slope(lines: Sequence[Line]) -> float:
    """By how much the lines of a page fall to the right, in pixels a pixel: 0 on a page that was laid straight."""
    slopes = []
    for line in lines:
        if not is_standing(line.polygon):
            (left, top), (right, bottom) = line.polygon[0], line.polygon[1]
            slopes.append((bottom - top) / max(1.0, right - left))
    slope = median(slopes) if slopes else 0.0
    return slope if STRAIGHT < abs(slope) < STEEPEST else 0.0


def _box(line: Line, slope: float) -> _Box:
    """The bounds of a line on the page laid straight: turned back about its corner, by an angle that is small."""
    xs, ys = zip(*((x + slope * y, y - slope * x) for x, y in line.polygon), strict=True)
    return _Box(min(xs), min(ys), max(xs), max(ys), line)


def _thickness(line: Line) -> float:
    xs, ys = zip(*line.polygon, strict=True)
    return min(max(xs) - min(xs), max(ys) - min(ys))
