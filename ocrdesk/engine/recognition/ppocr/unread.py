"""How much of a page looks like letters and was not read as any.

A reader leaves out the letters of a script that it does not know, or guesses at them. So ink of the size of letters
at which it gave none is measured, and lines whose letters are all unclear count whole.
"""

from collections.abc import Iterable
from math import dist

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Polygon
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.ctc import ReadLine, is_ideographic

MUCH = 0.25
"""The part of the length of its lines from which a page is told to be unread. Of 104 real pages that are read the worst
had 0.17; of 25 in scripts that are not, or half in one, the best had 0.36."""

LEAST = 6.0
"""Less than so much length, in heights of lines, is a stray mark, a logo or a pattern: some twelve letters. Parts of
photos and figures without text have 5 at most."""

FEW = 1.6
"""Letters for each height of a line's length: print that is read has more, so that only lines with fewer need a look at
their ink. An ideograph counts twice."""

GUESSED = 0.85
"""Letters whose mean clearness is below this are guesses: print that is read has 0.9 and more. Rows of dots or dashes,
which are unclear by nature, are none."""

SIDE = 48
"""Pixels to which a line's height is reduced for a look at its ink."""

LETTER = ((0.25, 0.94), (0.12, 12.0))
"""Height and width of a letter, or of several that touch, in heights of the line: what is lower is a dot, a rule or an
accent, what is higher a frame."""

TALLEST = 0.42
"""The tallest letter of a line fills at least so much of its height, in any script; where nothing does, it is dots of a
leader, which fill up to 0.35. In scripts that are not read the tallest fill 0.48 and more."""

DENSEST = 0.45
"""What fills more of a line is no print, of which a thousandth fills 0.41, but a pattern: noise fills half."""

BESIDE = 0.1
"""A letter that was read may stand so far beside its ink, in heights: the reader looks in steps of 0.2."""

REACH = 0.6
"""A letter that was read explains ink so far on both sides of its middle: wider ink is several that touch."""


def unread_part(crop: Pixels, line: ReadLine) -> float:
    """The part of a line that was not read, 0 to 1.

    Args:
        crop: An RGB picture of the line.
        line: What was read of it.
    """
    letters = len(line.text) - line.text.count(" ")
    if line.clearness < GUESSED and 2 * sum(map(str.isalnum, line.text)) > letters:
        return 1.0
    few = FEW * crop.shape[1] / crop.shape[0]
    if letters >= few or letters + sum(map(is_ideographic, line.text)) >= few:
        return 0.0
    return _unread_ink(crop, line.middles)


def unread_of_page(lines: Iterable[tuple[Polygon, ReadLine]]) -> float:
    """The part of the length of a page's lines that was not read, 0 where it is little."""
    lengths, unread = [], []
    for (a, b, _, d), line in lines:
        sides = max(1.0, dist(a, b)), max(1.0, dist(a, d))
        lengths.append(max(sides) / min(sides))
        unread.append(line.unread * lengths[-1])
    part = sum(unread) / max(1.0, sum(lengths))
    return part if part >= MUCH and sum(unread) >= LEAST else 0.0


def _unread_ink(crop: Pixels, middles: Iterable[float]) -> float:
    """The part of the letter-like ink of a line at which no letter was read, by its width."""
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
    """How much between two places lies out of reach of all letters there: everything, where there are none."""
    if not len(places):
        return right - left
    starts, ends = np.append(left, places + REACH), np.append(places - REACH, right)
    return float(np.maximum(0.0, ends - starts).sum())


def _letter_like(crop: Pixels) -> npt.NDArray[np.float64]:
    """Where ink of the size of letters begins and ends along a line, in heights of the line: n × 2."""
    height, width = crop.shape[:2]
    grey = cv2.cvtColor(np.ascontiguousarray(crop), cv2.COLOR_RGB2GRAY)
    if height > SIDE:
        grey = cv2.resize(grey, (max(1, round(width * SIDE / height)), SIDE), interpolation=cv2.INTER_AREA)
    _, ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if 2 * cv2.countNonZero(ink) > ink.size:  # light letters on a dark ground
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
