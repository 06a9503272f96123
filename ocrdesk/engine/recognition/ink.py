"""What stands out from a page's background, measured once on its pixels before any model sees it, in milliseconds."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.opencv import cv2

LOOK_EDGE, LOOK_SCALE = 960, 0.3
"""Ink is measured on the page with its longest edge reduced to this many pixels, but never below this scale."""

NEIGHBOURHOOD = 31
"""Side, in pixels, of the square around a pixel whose mean is taken for the background."""

FAINTEST = 12
"""The least difference in grey levels between ink and its background."""

LEFT, TOP, WIDTH, HEIGHT, AREA = range(5)
"""The columns of ``Spots``."""

Spots = npt.NDArray[np.int32]
"""Connected components of ink: n × 5, in pixels of the reduced page."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The ink of a page.

    Attributes:
        scale: The factor by which the page was reduced before its ink was measured.
        grey: The reduced page.
        dark: Spots darker than the background around them.
        light: Spots lighter than the background around them.
    """

    scale: float
    grey: npt.NDArray[np.uint8]
    dark: Spots
    light: Spots


def ink_of(picture: Pixels) -> Ink:
    """Returns the ink of an RGB picture: what differs from its surroundings by half the contrast of the page."""
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
    """Returns the spots, given how much each pixel stands out from the background."""
    strongest = float(np.percentile(ink[::3, ::3], 99))
    marked = cv2.threshold(ink, max(FAINTEST, strongest / 2), 1, cv2.THRESH_BINARY)[1]
    _, _, found, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    return found[1:].astype(np.int32)
