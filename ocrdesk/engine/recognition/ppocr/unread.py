"""Measures how much of a page looks like letters but was not read.

A reader skips the letters of a script that it does not know, or guesses them. So letter-sized ink where it read no
letter is measured, and lines whose letters are all unclear count as unread.
"""

from collections.abc import Iterable
from math import dist

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.read_line import ReadLine
from ocrdesk.engine.written import is_ideographic

MUCH = 0.25
"""A page is reported if at least this share of the length of its lines is unread. Of 104 real pages in scripts that can
be read, the worst had 0.17; of 25 wholly or half in other scripts, the best had 0.36."""

LEAST = 6.0
"""Least unread length, in line heights, some twelve letters: less is a stray mark, a logo or a pattern. Parts of photos
and figures without text have 5 at most."""

FEW = 1.6
"""Letters per line height of a line's length: well-read print has more, so only the ink of lines with fewer is
measured. An ideograph counts twice."""

GUESSED = 0.85
"""Letters whose mean clearness is below this are guesses: well-read print has 0.9 and more. Rows of dots or dashes,
which are always unclear, do not count."""

SIDE = 48
"""Height, in pixels, to which a line is reduced before its ink is measured."""

LETTER = ((0.25, 0.94), (0.12, 12.0))
"""Least and greatest height, then width, of a letter or of several that touch, in line heights: what is lower is a dot,
a rule or an accent, what is higher is a frame."""

TALLEST = 0.42
"""The tallest letter of a line fills at least this much of its height in any script. If nothing does, the line is the
dots of a leader, which fill up to 0.35. In scripts that cannot be read, the tallest letters fill 0.48 and more."""

DENSEST = 0.45
"""Ink that fills more of a line than this is a pattern: only one line of print in a thousand fills 0.41, noise half."""

BESIDE = 0.1
"""How far, in line heights, a letter that was read may be from its ink: the reader has steps of 0.2."""

REACH = 0.6
"""How far, in line heights, a letter that was read explains ink on either side of its centre: wider ink is several
letters that touch."""


def unread_part(crop: Pixels, line: ReadLine) -> float:
    """Returns the fraction of a line that was not read, 0 to 1.

    Args:
        crop: An RGB picture of the line.
        line: What was read of it.
    """
    if line.has_places:
        return line.unread  # its reader knows
    letters = len(line.text) - line.text.count(" ")
    if line.clearness < GUESSED and 2 * sum(map(str.isalnum, line.text)) > letters:
        return 1.0
    few = FEW * crop.shape[1] / crop.shape[0]
    if letters >= few or letters + sum(map(is_ideographic, line.text)) >= few:
        return 0.0
    return _unread_ink(crop, line.middles)


def unread_of_page(lines: Iterable[tuple[Polygon, ReadLine]]) -> float:
    """Returns the unread fraction of the length of a page's lines, or 0 if that is little."""
    lengths, unread = [], []
    for (a, b, _, d), line in lines:
        sides = max(1.0, dist(a, b)), max(1.0, dist(a, d))
        lengths.append(max(sides) / min(sides))
        unread.append(line.unread * lengths[-1])
    part = sum(unread) / max(1.0, sum(lengths))
    return part if part >= MUCH and sum(unread) >= LEAST else 0.0


def _unread_ink(crop: Pixels, middles: Iterable[float]) -> float:
    """Returns the fraction of a line's letter-like ink, by its width, where no letter was read."""
    spots = _letter_like(crop)
    if not len(spots):
        return 0.0
    places = np.array(list(middles)) * crop.shape[1] / crop.shape[0]
    total = unread = 0.0
    for left, right in spots:
        begin, end = np.searchsorted(places, (left - BESIDE, right + BESIDE))
        total += right - left
        unread += _gaps(left, right, places[begin:end])
    return float(unread / total)


def _gaps(left: float, right: float, places: npt.NDArray[np.float64]) -> float:
    """Returns how much between two places is out of reach of the letters there: everything, if there are none."""
    if not len(places):
        return right - left
    starts, ends = np.append(left, places + REACH), np.append(places - REACH, right)
    return float(np.maximum(0.0, ends - starts).sum())


def _letter_like(crop: Pixels) -> npt.NDArray[np.float64]:
    """Returns where letter-sized ink begins and ends along a line, in line heights: n × 2."""
    height, width = crop.shape[:2]
    grey = cv2.cvtColor(np.ascontiguousarray(crop), cv2.COLOR_RGB2GRAY)
    if height > SIDE:
        grey = cv2.resize(grey, (max(1, round(width * SIDE / height)), SIDE), interpolation=cv2.INTER_AREA)
    _, ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if 2 * cv2.countNonZero(ink) > ink.size:  # light letters on a dark background
        ink = 1 - ink
    if cv2.countNonZero(ink) > DENSEST * ink.size:
        return np.empty((0, 2))
    _, _, spots, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    side, (left, _, wide, high, _) = grey.shape[0], spots[1:].T
    (lowest, highest), (narrowest, widest) = LETTER
    fits = (high >= lowest * side) & (high <= highest * side) & (wide >= narrowest * side) & (wide <= widest * side)
    if not len(high[fits]) or high[fits].max() < TALLEST * side:
        return np.empty((0, 2))
    found: npt.NDArray[np.float64] = np.stack([left, left + wide], axis=1)[fits] / side
    return found
