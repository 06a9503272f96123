"""What stands out from the ground of a page, measured once on its pixels before any model sees it, in milliseconds."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.opencv import cv2

LOOK_EDGE, LOOK_SCALE = 960, 0.3
"""Ink is looked at on the page reduced to this many pixels, but not to less than so much of its size."""

NEIGHBOURHOOD = 31
"""Side of the square whose mean is the ground around a pixel."""

FAINTEST = 12
"""Levels of grey by which ink differs from its ground at least."""

LEFT, TOP, WIDTH, HEIGHT, AREA = range(5)
"""What the columns of spots are."""

Spots = npt.NDArray[np.int32]
"""Connected ink: n × 5, in pixels of the reduced page."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The ink of a page.

    Attributes:
        scale: By how much the page was reduced to look for it.
        grey: The page, so reduced.
        dark: Spots darker than the ground around them.
        light: Spots lighter than it.
    """

    scale: float
    grey: npt.NDArray[np.uint8]
    dark: Spots
    light: Spots


def ink_of(picture: Pixels) -> Ink:
    """The ink of an RGB picture: what differs from its neighbourhood by half the contrast of the page."""
    height, width = picture.shape[:2]
    scale = min(1.0, max(LOOK_EDGE / max(height, width), LOOK_SCALE))
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    ground = cv2.blur(grey, (NEIGHBOURHOOD, NEIGHBOURHOOD))
    dark, light = cv2.subtract(ground, grey), cv2.subtract(grey, ground)
    return Ink(scale, grey, _spots(dark.astype(np.uint8)), _spots(light.astype(np.uint8)))


def _spots(ink: npt.NDArray[np.uint8]) -> Spots:
    """The spots of a picture that tells how far each pixel stands out from its ground."""
    strongest = float(np.percentile(ink[::3, ::3], 99))
    marked = cv2.threshold(ink, max(FAINTEST, strongest / 2), 1, cv2.THRESH_BINARY)[1]
    _, _, found, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    return found[1:].astype(np.int32)
