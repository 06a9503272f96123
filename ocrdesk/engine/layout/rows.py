"""Lines that stand side by side: the rows of a part of a page."""

from ocrdesk.engine.document import Line, ReadingOrder
from ocrdesk.engine.layout.boxes import Box, Frame, joined
from ocrdesk.engine.layout.columns import ALIKE

ONE_LINE = 0.3
"""Pieces of a line whose boxes are no farther apart, in line heights, were cut by the detector."""

TALL = 2.0
"""A box that is this many times as high as the median line stands beside several rows."""

INITIAL = 1.6
"""A letter that is this many times as high as the median line begins the text of several rows."""

Row = list[Box]


def rows_of(boxes: list[Box], height: float) -> list[Row]:
    """Rows from the top, each from the left; a row is what stands half beside its first line.

    What is as tall as several lines, a watermark, a logo or a large initial, says nothing of where rows end.
    """
    rows: list[Row] = []
    rest = sorted(boxes, key=lambda box: _middle(box, height))
    middles = [_middle(box, height) for box in rest]
    start = 0
    while start < len(rest):
        near = [rest[start]]
        for number in range(start + 1, len(rest)):
            if middles[number] > rest[start].bottom + TALL * height / 2:
                break  # and whatever comes after it begins below, or is tall
            if rest[number].top <= rest[start].bottom:
                near.append(rest[number])
        first = min([box for box in near if box.height <= TALL * height] or near, key=lambda box: box.top)
        end = start + 1
        reach = first.middle + first.height / 2
        while end < len(rest) and middles[end] < reach:
            end += 1
        rows.append(sorted(rest[start:end], key=lambda box: box.left))
        start = end
    return rows


def _middle(box: Box, height: float) -> float:
    """The middle of what stands in a row; of a large initial, that of the first row beside it."""
    is_initial = len(box.line.text) == 1 and box.height > INITIAL * height
    return box.top + height / 2 if is_initial else box.middle


def joined_pieces(row: Row, frame: Frame, order: ReadingOrder) -> Row:
    """A row with pieces of one line joined."""
    cells: list[list[Box]] = []
    for box in row:
        goes_on = cells and (order is ReadingOrder.SINGLE or _goes_on(cells[-1][-1], box, frame.height))
        if goes_on and not _were_split(cells[-1][-1].line, box.line):
            cells[-1].append(box)
        else:
            cells.append([box])
    return [joined(pieces, frame) for pieces in cells]


def _were_split(line: Line, other: Line) -> bool:
    """Whether two lines are one that a person split."""
    return bool(line.corrections and other.corrections and set(line.numbers) & set(other.numbers))


def _goes_on(before: Box, box: Box, height: float) -> bool:
    """Whether a box is the next piece of a line: near, but not one over the other, and as high.

    Halves of a line that a person split are none.
    """
    if before.line.corrections and box.line.corrections and set(before.line.numbers) & set(box.line.numbers):
        return False
    gap = box.left - before.right
    is_near = -min(before.width, box.width) / 2 < gap < ONE_LINE * height
    return is_near and max(before.height, box.height) <= ALIKE * min(before.height, box.height)
