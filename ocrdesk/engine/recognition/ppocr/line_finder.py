"""Finds the text lines of a page, at the scale its letters need; a large page is split into tiles."""

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
"""Lengths, in pixels, of the longer edge of pictures for the detector. Few, because it is compiled for each size."""

LARGEST = EDGES[-1]

SHORTER = {640: (640,), 960: (640, 960), 1280: (640, 960, 1280)}
"""The shorter edges that go with each of the longer ones."""

SQUEEZE = 0.97
"""A picture that must be reduced to no less than this to fit a size is reduced rather than padded to the next size."""

SMALL_ENOUGH = 0.88
"""The next larger edge is only used if letters would have less than this share of their wanted height."""

TILED_FROM = 1.7
"""A page is split into tiles if its letters need more than this many times the largest edge."""

CLOSER = 1.3
"""A page split into tiles has small print, so its letters are made this many times as high as usually wanted."""

OVERLAP = 120
"""Overlap of neighbouring tiles, in pixels as the detector sees them: about four text lines."""

MOST_TILES = 32
"""A page that would need more tiles than this is reduced."""

MOST_ENLARGED = 2.0
"""The largest factor by which tiny pictures are enlarged."""

INK = 0.3
"""Probability above which a pixel belongs to the core of a text line."""

SURE = 0.5
"""A core whose mean probability is below this is no text line."""

GROWTH = 1.4
"""The detector only marks the core of a line, which is grown on each side by this × area ÷ perimeter (DB, Liao et al.
2020)."""

THINNEST = 3
"""Cores thinner than this many pixels are specks."""

MOST_LINES = 3000
"""Most lines taken from one tile."""


class LineFinder:
    """Finds text lines with the detector of one worker.

    Args:
        detect: The model.
        letters: How many pixels high the smallest letters of a page should be for the detector to find every line.
    """

    def __init__(self, detect: Callable[[Floats], Floats], letters: float) -> None:
        self._detect = detect
        self._letters = letters

    def find(self, picture: Pixels, ink: Ink | None = None) -> Boxes:
        """Returns the text lines of a picture: n × 4 × 2, in its pixels, clockwise from the top-left corner.

        Args:
            picture: RGB.
            ink: Its ink, if it has already been measured.
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
        is_inside = (boxes.min(axis=1) < np.array(size) - 1).all(axis=1)  # the others lie in the padding
        found: Boxes = boxes[is_inside] * np.array([width / size[0], height / size[1]], np.float32)
        return found


def scale_for(width: int, height: int, letters: float | None, wanted: float) -> float:
    """Returns the factor that scales a page for the detector, so that its letters become as high as wanted.

    A page that fits into ``LARGEST`` pixels a side is searched at once. One that would need many more is left large
    enough for its letters to be recognized, and is split into tiles.
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
    """Returns the size that a picture of this width and height is padded to: one of a few sizes."""
    longer, shorter = max(width, height), min(width, height)
    edge = next((edge for edge in EDGES if edge >= SQUEEZE * longer), LARGEST)
    other = next((edge for edge in SHORTER[edge] if edge >= SQUEEZE * shorter), edge)
    return (edge, other) if width >= height else (other, edge)


def boxes_of(likely: Floats) -> Boxes:
    """Returns the text lines in the detector's output: n × 4 × 2, in its pixels.

    Args:
        likely: The probability that each pixel belongs to the core of a line, height × width.
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
    """Returns the mean probability inside a box."""
    height, width = likely.shape
    left, top = np.floor(corners.min(axis=0)).astype(int).clip(0, (width - 1, height - 1))
    right, bottom = np.ceil(corners.max(axis=0)).astype(int).clip(0, (width - 1, height - 1)) + 1
    mask = np.zeros((bottom - top, right - left), np.uint8)
    cv2.fillPoly(mask, [(corners - (left, top)).astype(np.int32)], 1)
    return float(cv2.mean(likely[top:bottom, left:right], mask)[0])
