"""Tells the likely script of lines that nobody could read, by the directions of their outlines at each height.

Arabic runs along a line, Hindi hangs from one, Thai has marks far above, Hebrew is square, Korean has circles: so the
outlines at each height of a line run in other directions in each script, whatever is written.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.words import N_
from ocrdesk.resources import models_folder

Floats = npt.NDArray[np.float64]

SCRIPTS = {
    "Arabic": N_("Arabic"),
    "Cyrillic": N_("Cyrillic (as in Russian)"),
    "Devanagari": N_("Devanagari (as in Hindi)"),
    "Greek": N_("Greek"),
    "Hebrew": N_("Hebrew"),
    "Korean": N_("Korean"),
    "Thai": N_("Thai"),
}
"""The scripts that are told, and how they are shown. The model knows others, too, so that these are not taken for one
of them, and lines that are upside down as a script of their own."""

MODEL = "scripts.npz"
"""Its file in the folder of models: how lines of each script look. ``resources/make_script_model.py`` makes it."""

LINES = 8
"""How many lines decide, the longest."""

LONGEST = 20
"""A line is cut off at this many times its height."""

LEAST_ONE, LEAST_TWO = 0.5, 0.65
"""How likely a script must be to be told, or else two together. Of single lines in fonts that the model has not seen,
89 in 100 are told right; of 25 other pages, of which all lines are taken together, 24, and none is told wrong."""

SIDE, TALL = 48, 32
"""Heights, in pixels, to which a line is reduced, and then the part of it that has ink."""

MARGIN = 0.005
"""The part of its ink that may lie above and below that: stains, and tails of the neighbouring lines."""

BANDS, DIRECTIONS = 8, 16
"""Heights of a line, and directions, that are told apart."""


def likely_scripts(crops: Sequence[Pixels]) -> tuple[str, ...]:
    """Returns how the likely script of lines is shown, or two if it may be either; none if it is not clear.

    Args:
        crops: RGB pictures of the lines, all upright or all upside down.
    """
    weights, bias, names = _loaded(models_folder() / MODEL)
    longest = sorted(crops, key=lambda crop: -crop.shape[1] / crop.shape[0])[:LINES]
    best = np.zeros(len(SCRIPTS))
    for way in (1, -1):
        looks = [look for crop in longest if (look := outlines(crop[::way, ::way])) is not None]
        if looks:
            odds = np.mean(looks, axis=0) @ weights + bias
            likely = np.exp(odds - odds.max())
            likely /= likely.sum()
            own = np.array([likely[names.index(script)] for script in SCRIPTS])
            best = max(best, own, key=lambda its: float(its.max()))
    (other, second), (script, first) = sorted(zip(SCRIPTS.values(), best.tolist(), strict=True), key=lambda it: it[1])[
        -2:
    ]
    if first >= LEAST_ONE:
        return (script,)
    return (script, other) if first + second >= LEAST_TWO else ()


def outlines(crop: Pixels) -> Floats | None:
    """Returns how much of a line's outlines runs in each direction at each height; None if it has no ink."""
    height = crop.shape[0]
    crop = np.ascontiguousarray(crop[:, : LONGEST * height])
    size = max(1, round(crop.shape[1] * SIDE / height)), SIDE
    grey = cv2.resize(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), size, interpolation=cv2.INTER_AREA)
    _, ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if 2 * cv2.countNonZero(ink) > ink.size:  # light letters on a dark background
        grey, ink = 255 - grey, 1 - ink
    share = np.cumsum(ink.sum(axis=1, dtype=np.float64))
    if not share[-1]:
        return None
    top, bottom = np.searchsorted(share / share[-1], (MARGIN, 1 - MARGIN)).tolist()
    part = cv2.resize(grey[top : bottom + 1], (max(1, round(size[0] * TALL / (bottom + 1 - top))), TALL))
    ground = int(np.percentile(part, 90))
    part = cv2.copyMakeBorder(part, 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=ground)
    across, down = cv2.Sobel(part, cv2.CV_64F, 1, 0), cv2.Sobel(part, cv2.CV_64F, 0, 1)
    steep = np.hypot(across, down)
    turn = np.arctan2(down, across) / (2 * np.pi) * DIRECTIONS % DIRECTIONS
    low = np.floor(turn).astype(np.int64)
    band = (np.arange(part.shape[0]) * BANDS // part.shape[0])[:, None] * DIRECTIONS
    found = np.zeros(BANDS * DIRECTIONS)
    for direction, weight in ((low, low + 1 - turn), (low + 1, turn - low)):
        where = (band + direction % DIRECTIONS).ravel()
        found += np.bincount(where, (steep * weight).ravel(), len(found))
    shares: Floats = np.sqrt(found / max(1e-9, found.sum()))
    return shares


@lru_cache(maxsize=1)
def _loaded(model: Path) -> tuple[Floats, Floats, list[str]]:
    with np.load(model) as kept:
        return kept["weights"].astype(np.float64), kept["bias"].astype(np.float64), kept["names"].tolist()
