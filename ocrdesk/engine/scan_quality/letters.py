"""Measures the letters in a part of a line: how high, how sharp and how dark they are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.recognition.opencv import cv2

Grey = npt.NDArray[np.uint8]

GAMMA = 2.2
"""How grey levels follow from light, as in sRGB."""

SMOOTH = 0.4
"""How far a part is blurred before its slopes are looked at, in pixels, against noise."""

STEEPEST = 0.02
"""The share of a part that its edges are at least: the middles of these are its steepest slopes."""

SLOPE = 8
"""What an operator of Sobel gives where a picture rises by one level a pixel."""

OWN = 1.8
"""How wide the sharpest edge appears, in pixels, because slopes are those between every other pixel. Widths add up as
those of blurs do, by their squares."""

CORE, PAPER = 0.2, 0.6
"""Where among the levels of ink, darkest first, the core of strokes is, and among those of paper clean paper is; the
rest are the slopes in between."""

FEW_DOTS = 6.0
"""How many dots high letters are in a scan that is barely legible, at a Quality Index of 3 (``flaws.py``)."""

NEIGHBOURS = np.ones((3, 3), np.uint8)
"""The pixels around each."""

FAINTEST = 6
"""The least difference in grey levels between ink and paper."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What was measured.

    Attributes:
        height: How high small letters are, or capital ones and digits where there are no others, in pixels.
        edge: How wide an edge is, in these heights: its contrast over its steepest slope.
        detail: How much finer detail they have than letters of ``FEW_DOTS``: what these would lack, in contrasts.
        contrast: How much of the light of the lighter one the darker of ink and paper lacks, 0 to 1.
        light: How much light the lighter of ink and paper gives back, 0 to 1.
        paper: How much light the paper gives back, 0 to 1.
        is_dark_on_light: Whether the ink is darker than the paper.
    """

    height: float
    edge: float
    detail: float
    contrast: float
    light: float
    paper: float
    is_dark_on_light: bool


def letters_in(part: Grey) -> Letters | None:
    """Measures the letters in a part of a line; None if there is no ink in it."""
    counts = np.bincount(part.ravel(), minlength=256)
    level = int(cv2.threshold(part, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0])
    is_dark = 2 * int(counts[: level + 1].sum()) <= part.size  # less of a line is ink than paper
    darker, lighter = counts[: level + 1], counts[level + 1 :]
    if not darker.sum() or not lighter.sum():
        return None
    low = _level(darker, CORE if is_dark else 1 - PAPER)
    high = level + 1 + _level(lighter, PAPER if is_dark else 1 - CORE)
    if high - low < FAINTEST:
        return None
    core, ground = (low, high) if is_dark else (high, low)
    height = _height(part, ground)
    lit, dim = (high / 255) ** GAMMA, (low / 255) ** GAMMA
    edge = (max(0.0, ((high - low) / _steepest(part)) ** 2 - OWN**2)) ** 0.5
    return Letters(
        height,
        edge / height,
        _detail(part, FEW_DOTS / height, level) / (high - low),
        (lit - dim) / lit,
        lit,
        (ground / 255) ** GAMMA,
        core < ground,
    )


def _level(counts: npt.NDArray[np.int64], share: float) -> int:
    """Returns the level below which this share of the pixels lies."""
    return int(np.searchsorted(counts.cumsum(), share * counts.sum()))


def _height(part: Grey, ground: int) -> float:
    """Returns how many rows have at least half the ink of the fullest rows: those of small letters."""
    ink = cv2.absdiff(part, np.full_like(part, ground)).mean(axis=1 if part.shape[1] >= part.shape[0] else 0)
    full = np.sort(ink)[-max(1, len(ink) // 8)]
    return float(max(1.0, np.clip(2 * ink / max(full, 1e-6) - 0.5, 0, 1).sum()))


def _detail(part: Grey, scale: float, level: int) -> float:
    """Returns by how many levels a part differs from what is left of it once it was reduced, where ink meets paper.

    Elsewhere nothing is looked at: a bold stroke has no more edge than a thin one, for all its ink, and what noise and
    compression lose is no detail of a letter.

    Args:
        part: The part.
        scale: By which it is reduced.
        level: The level that divides ink and paper.
    """
    height, width = part.shape
    if scale >= 1:
        return 0.0
    small = cv2.resize(
        part, (max(1, round(width * scale)), max(1, round(height * scale))), interpolation=cv2.INTER_AREA
    )
    lost = cv2.absdiff(part, cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC))
    dark = cv2.threshold(part, level, 255, cv2.THRESH_BINARY_INV)[1]
    meeting = cv2.morphologyEx(dark, cv2.MORPH_GRADIENT, NEIGHBOURS)
    return float(cv2.mean(lost, meeting)[0])


def _steepest(part: Grey) -> float:
    """Returns the steepest slopes of a part in levels a pixel: those across lines or along them, whichever are less.

    A hand that shakes, or a sheet that slips, blurs in one direction only.
    """
    smooth = cv2.GaussianBlur(part, (3, 3), SMOOTH)
    most = max(1, round(STEEPEST * part.size))
    slopes = []
    for order in ((1, 0), (0, 1)):
        slope = abs(cv2.Sobel(smooth, cv2.CV_16S, *order, ksize=3)).ravel()
        steep = np.partition(slope, slope.size - most)[-most:]
        slopes.append(float(np.median(steep)) / SLOPE)
    return max(min(slopes), 0.1)
