"""How tall the letters of a page are, measured on its pixels before any model sees it. A few milliseconds."""

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.opencv import cv2

LOOK_EDGE, LOOK_SCALE = 960, 0.3
"""Letters are measured on the page reduced to so many pixels, but not to less than so much of its size."""

NEIGHBOURHOOD = 31
"""Side of the square whose mean is the ground around a pixel."""

FAINTEST = 12
"""Levels of grey by which ink differs from its ground at least."""

FEWEST = 8
"""Fewer spots than this are no text."""

SMALL_PRINT = (0.4, 0.65)
"""Letters so tall, compared with the usual ones, are a smaller print, if they stand among their like: commas and
quotation marks are as low, and stand among others."""

CELL, THEIR_LIKE = (2, 12), 0.7
"""Height and width, in letters, of the part of a page that is looked at for that, and which share must be small."""

HEIGHT = 2
"""Where a spot's height stands."""

SMALL_PRINT_COUNT, SMALL_PRINT_SHARE = 40, 0.03
"""How many letters, and which part of all, make a smaller print that has to be seen too."""


def letter_height(picture: Pixels) -> float | None:
    """Height of the smallest print's letters of an RGB picture in its own pixels, None where too few are seen.

    What is darker, or lighter, than its neighbourhood by half the contrast of the page is ink; connected ink of a
    letter's shape is a letter. Noise is taken for small letters, so an error leads to a closer look, not to a loss.
    """
    height, width = picture.shape[:2]
    scale = min(1.0, max(LOOK_EDGE / max(height, width), LOOK_SCALE))
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    ground = cv2.blur(grey, (NEIGHBOURHOOD, NEIGHBOURHOOD))
    inks = (cv2.subtract(ground, grey), cv2.subtract(grey, ground))
    spots = max((_spots(ink.astype(np.uint8)) for ink in inks), key=len)
    if len(spots) < FEWEST:
        return None
    usual = float(np.median(spots[:, HEIGHT]))
    small = _small_print(spots, usual)
    if len(small) >= max(SMALL_PRINT_COUNT, SMALL_PRINT_SHARE * len(spots)):
        usual = float(np.median(small))
    return float(usual / scale)


def _spots(ink: npt.NDArray[np.uint8]) -> npt.NDArray[np.int32]:
    """Letter-like spots of a picture that tells how far each pixel stands out from its ground: left, top, height."""
    strongest = float(np.percentile(ink[::3, ::3], 99))
    marked = cv2.threshold(ink, max(FAINTEST, strongest / 2), 1, cv2.THRESH_BINARY)[1]
    _, _, found, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    left, top, wide, high, area = found[1:].T
    fits = (high >= 3) & (high <= 80) & (wide >= 2) & (wide <= 4 * high) & (area >= 6)
    letters: npt.NDArray[np.int32] = np.stack([left, top, high], axis=1)[fits].astype(np.int32)
    return letters


def _small_print(spots: npt.NDArray[np.int32], usual: float) -> npt.NDArray[np.int32]:
    """Heights of the letters of a smaller print."""
    heights = spots[:, HEIGHT]
    letters, heights = spots[heights > SMALL_PRINT[0] * usual], heights[heights > SMALL_PRINT[0] * usual]
    is_small = heights < SMALL_PRINT[1] * usual
    rows, columns = (
        (letters[:, axis] / (size * usual)).astype(np.int64) for axis, size in ((1, CELL[0]), (0, CELL[1]))
    )
    _, cell, count = np.unique(rows * 100_000 + columns, return_inverse=True, return_counts=True)
    share = np.bincount(cell, weights=is_small, minlength=len(count)) / count
    found: npt.NDArray[np.int32] = heights[is_small & (share[cell] >= THEIR_LIKE) & (count[cell] >= CELL[1] // 3)]
    return found
