"""Measures how tall the letters of a page are, on its pixels, before any model sees it, in a few milliseconds."""

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.recognition.ink import HEIGHT, LEFT, TOP, Ink, Spots

FEWEST = 8
"""Fewer spots than this are no text."""

SMALL_PRINT = (0.4, 0.65)
"""Letters between these heights, compared with the median, are small print if most of their neighbours are, too: commas
and quotation marks are as low, but stand among larger letters."""

CELL, THEIR_LIKE = (2, 12), 0.7
"""Height and width, in letter heights, of the cells of a page whose letters are taken for neighbours, and which share
of them must be small."""

SMALL_PRINT_COUNT, SMALL_PRINT_SHARE = 40, 0.03
"""How many letters, and which share of all, must be small for the page to be scaled for its small print."""


def letter_height(ink: Ink) -> float | None:
    """Returns the letter height of a page's smallest print, in pixels of the page, or None if it has too few letters.

    Connected ink in the shape of a letter counts as a letter. Noise counts as small letters, so an error makes the page
    look larger to the detector, and loses nothing.
    """
    letters = max((_letters(spots) for spots in (ink.dark, ink.light)), key=len)
    if len(letters) < FEWEST:
        return None
    usual = float(np.median(letters[:, HEIGHT]))
    small = _small_print(letters, usual)
    if len(small) >= max(SMALL_PRINT_COUNT, SMALL_PRINT_SHARE * len(letters)):
        usual = float(np.median(small))
    return float(usual / ink.scale)


def _letters(spots: Spots) -> Spots:
    """The spots that may be letters."""
    _, _, wide, high, area = spots.T
    letters: Spots = spots[(high >= 3) & (high <= 80) & (wide >= 2) & (wide <= 4 * high) & (area >= 6)]
    return letters


def _small_print(letters: Spots, usual: float) -> npt.NDArray[np.int32]:
    """Returns the heights of the letters in small print."""
    letters = letters[letters[:, HEIGHT] > SMALL_PRINT[0] * usual]
    heights = letters[:, HEIGHT]
    is_small = heights < SMALL_PRINT[1] * usual
    rows, columns = (
        (letters[:, axis] / (size * usual)).astype(np.int64) for axis, size in ((TOP, CELL[0]), (LEFT, CELL[1]))
    )
    _, cell, count = np.unique(rows * 100_000 + columns, return_inverse=True, return_counts=True)
    share = np.bincount(cell, weights=is_small, minlength=len(count)) / count
    found: npt.NDArray[np.int32] = heights[is_small & (share[cell] >= THEIR_LIKE) & (count[cell] >= CELL[1] // 3)]
    return found
