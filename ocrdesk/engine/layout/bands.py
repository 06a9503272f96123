"""Rows of lines that reach into each other, as where one cell has two lines and its neighbour one."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.rows import Row

INTO, OVER = 0.35, 0.1
"""Rows of lines reach into each other if they overlap by this many line heights; lines one over the other overlap
less."""

MOST = 5
"""More rows than this that reach into each other are columns whose lines do not stand in line, and no row of cells."""


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of lines that stand side by side.

    Attributes:
        first: Number of the first of them.
        rows: From the top, each from the left.
        boxes: All their lines, from the left.
        spans: What they cover from left to right, as beginnings and ends; white lies between.
        top: Where they begin.
        bottom: Where they end.
        middle: Where most of them stand.
    """

    first: int
    rows: tuple[Row, ...]
    boxes: tuple[Box, ...]
    spans: tuple[tuple[float, float], ...]
    top: float
    bottom: float
    middle: float

    @property
    def end(self) -> int:
        """Number of the row after the last one."""
        return self.first + len(self.rows)


def bands_of(rows: Sequence[Row], height: float) -> list[Band]:
    """Puts rows together that reach into each other.

    Args:
        rows: From the top, each from the left.
        height: The page's median height of a line.
    """
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _reach_into_each_other(groups[-1], row, height):
            groups[-1].append(row)
        else:
            groups.append([row])
    bands: list[Band] = []
    for group in groups:
        for some in [group] if len(group) <= MOST else [[row] for row in group]:
            bands.append(band_of(bands[-1].end if bands else 0, some))
    return bands


def _reach_into_each_other(group: list[Row], row: Row, height: float) -> bool:
    """Whether a row begins before the one above it ends, beside the lines there and not over them."""
    near = [box for above in group[-2:] for box in above]
    if max(box.bottom for box in group[-1]) - min(box.top for box in row) <= INTO * height:
        return False
    return not any(
        min(box.right, other.right) > max(box.left, other.left) and other.bottom - box.top > OVER * height
        for box in row
        for other in near
    )


def band_of(first: int, rows: Sequence[Row]) -> Band:
    """Rows as one.

    Args:
        first: Number of the first of them.
        rows: From the top.
    """
    boxes = tuple(sorted((box for row in rows for box in row), key=lambda box: box.left))
    spans: list[tuple[float, float]] = []
    for box in boxes:
        if spans and box.left <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], box.right)
        else:
            spans.append((box.left, box.right))
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    return Band(first, tuple(rows), boxes, tuple(spans), top, bottom, median(box.middle for box in boxes))
