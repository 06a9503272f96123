"""Cells of a table that were found as one line, parted where the columns are."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ocrdesk.engine.layout.boxes import Box, Frame, parted

WIDE, WIDER = 0.35, 1.35
"""White between cells is at least this many line heights wide, and this many times as wide as the usual word gap of its
line."""

IN_LINE = 0.75
"""Each part begins, or ends, within this many line heights of where the cells of its column do."""


def parted_cells(box: Box, columns: Sequence[Sequence[Box]], frame: Frame) -> list[Box]:
    """The cells in a line that stands across columns; the line itself if they do not look like cells of these.

    Args:
        box: The line.
        columns: Cells of the columns that it stands in.
        frame: How the page lies.
    """
    spans = frame.word_spans(box.line)
    gaps = sorted(
        ((after[0] - before[1], (before[1] + after[0]) / 2) for before, after in pairwise(spans)), reverse=True
    )
    widest, others = gaps[: len(columns) - 1], gaps[len(columns) - 1 :]
    usual = WIDER * median(white for white, _ in others) if others else 0.0
    if len(widest) < len(columns) - 1 or widest[-1][0] < max(WIDE * frame.height, usual):
        return [box]
    pieces = parted(box, frame, sorted(place for _, place in widest))
    is_like = len(pieces) == len(columns) and all(map(_is_in_line, pieces, columns, [frame.height] * len(pieces)))
    return pieces if is_like else [box]


def _is_in_line(piece: Box, column: Sequence[Box], height: float) -> bool:
    if not column:
        return False
    slack = IN_LINE * height
    ends_there = abs(piece.right - median(box.right for box in column)) <= slack
    begins_in_it = piece.left >= min(box.left for box in column) - slack
    return abs(piece.left - median(box.left for box in column)) <= slack or (ends_there and begins_in_it)
