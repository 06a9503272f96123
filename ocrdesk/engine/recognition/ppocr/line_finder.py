"""Finds the lines of a page: at the scale its letters need, a large page in tiles."""

from collections.abc import Callable

import numpy as np

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.ink import Ink, ink_of
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.lines import Boxes, as_input, ordered_corners
from ocrdesk.engine.recognition.ppocr.sessions import Floats
from ocrdesk.engine.recognition.ppocr.text_height import letter_height
from ocrdesk.engine.recognition.ppocr.tiles import join_tiles, tiles_of

EDGES = (640, 960, 1280)
"""Longest edges at which a page is looked at. Few, because the detector is prepared for each size that occurs."""

LARGEST = EDGES[-1]

SHORTER = {640: (640,), 960: (640, 960), 1280: (640, 960, 1280)}
"""Shorter edges that go with them."""

SQUEEZE = 0.97
"""A picture a little too large for a size is reduced to it rather than padded to the next."""

SMALL_ENOUGH = 0.88
"""Letters may be lower than wanted by so much before a page is looked at larger."""

TILED_FROM = 1.7
"""A page whose letters ask for so many times the largest edge is looked at in tiles."""

CLOSER = 1.3
"""A page in tiles is one with small print: its letters are made so many times as high as wanted."""

OVERLAP = 120
"""Tiles share so many pixels with their neighbours, as seen by the detector: four lines."""

MOST_TILES = 32
"""A page that would need more tiles is looked at smaller."""

MOST_ENLARGED = 2.0
"""Tiny pictures are enlarged so far at most."""

INK = 0.3
"""Probability above which a pixel belongs to the core of a line."""

SURE = 0.5
"""Mean probability of a line's core below which it is none."""

GROWTH = 1.4
"""The detector marks the core of a line; it grows on each side by this × area ÷ perimeter (Liao et al. 2020, DB)."""

THINNEST = 3
"""Cores thinner than so many pixels are specks."""

MOST_LINES = 3000
"""Of one tile."""


class LineFinder:
    """Finds lines with the detector of one worker.

    Args:
        detect: The model.
        letters: So many pixels high the smallest letters of a page should be for the detector to find every line.
    """

    def __init__(self, detect: Callable[[Floats], Floats], letters: float) -> None:
        self._detect = detect
        self._letters = letters

    def find(self, picture: Pixels, ink: Ink | None = None) -> Boxes:
        """The lines of an RGB picture: n × 4 × 2, in its pixels, clockwise from the top-left corner.

        Args:
            picture: RGB.
            ink: Its ink, where that was measured already.
        """
        height, width = picture.shape[:2]
        scale = scale_for(width, height, letter_height(ink or ink_of(picture)), self._letters)
        tiles = tiles_of(width, height, LARGEST / scale, OVERLAP / scale)
        found = []
        for left, top, right, bottom in tiles:
            boxes = self._find_in(picture[top:bottom, left:right], scale)
            found.append(boxes + np.array([left, top], np.float32))
        boxes = found[0] if len(tiles) == 1 else join_tiles(tiles, found)
        return boxes.clip(0, (width, height)).astype(np.float32)

    def _find_in(self, tile: Pixels, scale: float) -> Boxes:
        height, width = tile.shape[:2]
        wide, high = canvas_for(width * scale, height * scale)
        size = max(1, min(wide, round(width * scale))), max(1, min(high, round(height * scale)))
        if size != (width, height):
            how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
            tile = cv2.resize(tile, size, interpolation=how).astype(np.uint8)
        padding = (0, high - size[1], 0, wide - size[0])
        tile = cv2.copyMakeBorder(tile, *padding, cv2.BORDER_REPLICATE).astype(np.uint8)
        boxes = boxes_of(self._detect(as_input([tile], high, wide)))
        is_inside = (boxes.min(axis=1) < np.array(size) - 1).all(axis=1)  # others lie in the padding alone
        found: Boxes = boxes[is_inside] * np.array([width / size[0], height / size[1]], np.float32)
        return found


def scale_for(width: int, height: int, letters: float | None, wanted: float) -> float:
    """By how much a page is scaled for the detector, so that letters so high in it become as high as wanted.

    Within ``LARGEST`` pixels a side one look is enough. A page that would need many more is left so large that its
    letters can be told, and is looked at in tiles.
    """
    longest = max(width, height)
    at_once = LARGEST / longest
    if letters is None:
        return min(1.0, at_once)
    wished = min(wanted / letters, 1.0 if at_once < 1 else MOST_ENLARGED)
    if wished > TILED_FROM * at_once:
        scale = max(at_once, min(CLOSER * wished, 1.0))
        while len(tiles_of(width, height, LARGEST / scale, OVERLAP / scale)) > MOST_TILES:
            scale *= 0.95
        return scale
    edge = next((edge for edge in EDGES if edge >= SMALL_ENOUGH * wished * longest), LARGEST)
    return min(edge / longest, 1.0 if wished <= 1 else MOST_ENLARGED)


def canvas_for(width: float, height: float) -> tuple[int, int]:
    """Width and height of the picture given to the detector for one of so many pixels: one of few sizes."""
    longer, shorter = max(width, height), min(width, height)
    edge = next((edge for edge in EDGES if edge >= SQUEEZE * longer), LARGEST)
    other = next((edge for edge in SHORTER[edge] if edge >= SQUEEZE * shorter), edge)
    return (edge, other) if width >= height else (other, edge)


def boxes_of(likely: Floats) -> Boxes:
    """Lines out of the detector's answer: n × 4 × 2, in its pixels.

    Args:
        likely: How likely each pixel belongs to the core of a line, height × width.
    """
    cores = cv2.dilate((likely > INK).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(cores, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [box for contour in contours[:MOST_LINES] if (box := _line(contour, likely)) is not None]
    return np.array(boxes, np.float32).reshape(-1, 4, 2)


def _line(contour: "cv2.typing.MatLike", likely: Floats) -> Boxes | None:
    middle, (wide, high), angle = core = cv2.minAreaRect(contour)
    if min(wide, high) < THINNEST or _sureness(cv2.boxPoints(core), likely) < SURE:
        return None
    growth = GROWTH * wide * high / (wide + high)
    if min(wide, high) + growth < THINNEST + 2:
        return None
    return ordered_corners(cv2.boxPoints((middle, (wide + growth, high + growth), angle)))


def _sureness(corners: "cv2.typing.MatLike", likely: Floats) -> float:
    """Mean probability inside a box."""
    height, width = likely.shape
    left, top = np.floor(corners.min(axis=0)).astype(int).clip(0, (width - 1, height - 1))
    right, bottom = np.ceil(corners.max(axis=0)).astype(int).clip(0, (width - 1, height - 1)) + 1
    mask = np.zeros((bottom - top, right - left), np.uint8)
    cv2.fillPoly(mask, [(corners - (left, top)).astype(np.int32)], 1)
    return float(cv2.mean(likely[top:bottom, left:right], mask)[0])
