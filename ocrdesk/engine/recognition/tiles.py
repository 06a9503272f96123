"""Cuts a page too large for one look into overlapping tiles, and joins the lines found in them."""

from collections.abc import Sequence

import numpy as np

from ocrdesk.engine.recognition.lines import Boxes, ordered_corners
from ocrdesk.engine.recognition.opencv import cv2

Tile = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels of the page."""

SAME = 0.5
"""Two boxes of neighbouring tiles that share so much of the smaller one are one line."""

SAME_ROW = 0.6
"""Two boxes that share so much of the lower one's height stand in one row."""


def tiles_of(width: int, height: int, most: float, overlap: float) -> list[Tile]:
    """Cuts a page into tiles of at most ``most`` pixels a side that share ``overlap`` pixels with their neighbours."""
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
    """All lines of a page, once each: seen twice where tiles overlap, or cut by an edge, they become one.

    Args:
        tiles: The tiles.
        found: The boxes of each, n × 4 × 2, in pixels of the page.
    """
    boxes = list(np.concatenate(list(found)))
    owners = [{number} for number, part in enumerate(found) for _ in part]
    bounds = [_bounds(box) for box in boxes]
    kept: list[int] = []
    for number in range(len(boxes)):
        for other in kept:
            both = owners[number] | owners[other]
            is_new = owners[number].isdisjoint(owners[other])
            if is_new and _is_one(bounds[number], bounds[other], [tiles[owner] for owner in both]):
                boxes[other] = _hull(boxes[number], boxes[other])
                bounds[other] = _bounds(boxes[other])
                owners[other] = both
                break
        else:
            kept.append(number)
    return np.array([boxes[number] for number in kept], np.float32).reshape(-1, 4, 2)


def _is_one(a: Boxes, b: Boxes, tiles: Sequence[Tile]) -> bool:
    """Whether two boxes, given by their bounds, are one line; ``tiles`` are those in which they were found."""
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return False
    if wide * high >= SAME * min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1])):
        return True
    if high < SAME_ROW * min(a[3] - a[1], b[3] - b[1]):
        return False
    # A line longer than a tile: its left part ends where one tile does, its right part begins where the other does.
    left, right = (a, b) if a[0] < b[0] else (b, a)
    ends = any(abs(left[2] - tile[2]) < high for tile in tiles)
    begins = any(abs(right[0] - tile[0]) < high for tile in tiles)
    return ends or begins


def _bounds(box: Boxes) -> Boxes:
    return np.concatenate([box.min(axis=0), box.max(axis=0)])


def _hull(a: Boxes, b: Boxes) -> Boxes:
    return ordered_corners(cv2.boxPoints(cv2.minAreaRect(np.concatenate([a, b]))))
