"""Splits a page that is too large for the detector into overlapping tiles, and joins the text lines found in them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.lines import Boxes, bounds_of, laid_straight, ordered_corners

Tile = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels of the page."""

SAME = 0.5
"""Two boxes from neighbouring tiles are one line if they share this much of the smaller one's area."""

SAME_ROW = 0.6
"""Two boxes are in one row if they share this much of the height of the lower one."""


def tiles_of(width: int, height: int, most: float, overlap: float) -> list[Tile]:
    """Splits a page into tiles of at most ``most`` pixels a side that overlap by ``overlap`` pixels."""
    return [
        (left, top, right, bottom)
        for top, bottom in _spans(height, most, overlap)
        for left, right in _spans(width, most, overlap)
    ]


def _spans(length: int, most: float, overlap: float) -> list[tuple[int, int]]:
    if length <= most:
        return [(0, length)]
    count = int(np.ceil((length - overlap) / (most - overlap)))
    starts = np.linspace(0, length - most, count)
    return [(int(start), min(length, int(np.ceil(start + most)))) for start in starts]


def join_tiles(tiles: Sequence[Tile], found: Sequence[Boxes]) -> Boxes:
    """Returns each line of a page once, joining lines that were seen twice where tiles overlap or cut by an edge.

    Args:
        tiles: The tiles.
        found: The boxes of each, n × 4 × 2, in pixels of the page.
    """
    boxes = np.concatenate(list(found))
    if not len(boxes):
        return boxes
    owners = np.repeat(np.arange(len(tiles)), [len(part) for part in found])
    seen = np.array(tiles, np.float32)[owners]
    bounds, straight = bounds_of(boxes), bounds_of(laid_straight(boxes))
    groups = list(range(len(boxes)))
    for number in range(1, len(boxes)):
        before = np.flatnonzero(owners[:number] != owners[number])
        for other in before[_are_one(number, before, straight, bounds, seen)]:
            joined, into = groups[number], groups[other]
            groups = [into if group == joined else group for group in groups]
    return np.array([_hull(boxes[[own == group for own in groups]]) for group in dict.fromkeys(groups)], np.float32)


def _are_one(
    number: int, others: npt.NDArray[np.int64], straight: Boxes, bounds: Boxes, seen: Boxes
) -> npt.NDArray[np.bool_]:
    """Says which of some boxes, each found in another tile, belong to the same line as a given box.

    Args:
        number: The number of the given box.
        others: The numbers of the other boxes.
        straight: Left, top, right and bottom of each box on the deskewed page.
        bounds: The same on the page as it is.
        seen: The tile in which each box was found.
    """
    one, two = straight[number], straight[others]
    wide = np.minimum(one[2], two[:, 2]) - np.maximum(one[0], two[:, 0])
    high = np.minimum(one[3], two[:, 3]) - np.maximum(one[1], two[:, 1])
    areas = [(box[..., 2] - box[..., 0]) * (box[..., 3] - box[..., 1]) for box in (one, two)]
    lower = np.minimum(one[3] - one[1], two[:, 3] - two[:, 1])
    is_same = wide * high >= SAME * np.minimum(*areas)
    # Of a line longer than a tile, the left part ends where one tile ends, and the right part begins where one begins.
    one, two = bounds[number], bounds[others]
    is_left = one[0] < two[:, 0]
    ends = np.where(is_left, seen[number, 2] - one[2], seen[others, 2] - two[:, 2])
    begins = np.where(is_left, two[:, 0] - seen[others, 0], one[0] - seen[number, 0])
    is_cut = (high >= SAME_ROW * lower) & ((abs(ends) < lower) | (abs(begins) < lower))
    are_one: npt.NDArray[np.bool_] = (wide > 0) & (high > 0) & (is_same | is_cut)
    return are_one


def _hull(boxes: Boxes) -> Boxes:
    return boxes[0] if len(boxes) == 1 else ordered_corners(cv2.boxPoints(cv2.minAreaRect(np.concatenate(boxes))))
