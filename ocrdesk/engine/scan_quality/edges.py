"""Counts the lines of a page that its edges cut off."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Line
from ocrdesk.engine.recognition.opencv import cv2

NEAR = 0.6
"""How near to an edge a line ends that may go on beyond it, in its heights."""

RIM = 2
"""How many pixels at an edge are looked at: a letter that is cut reaches the outermost ones."""

HALF = 0.5
"""How dark they are then, at least, compared with the ink of the line."""

MOST, LEAST = 0.8, 0.04
"""How much of the edge beside a line its ink covers: more is the margin of a scan, less a speck."""

FAINTEST = 20
"""The least difference in grey levels between ink and paper."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """How many lines each edge cuts off."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


def lines_cut_off(page: Pixels, lines: Sequence[Line]) -> CutOff:
    """Counts the lines that go on beyond an edge: they reach it, and there is ink on it."""
    height, width = page.shape[:2]
    left = top = right = bottom = 0
    for line in lines:
        xs, ys = [x for x, _ in line.polygon], [y for _, y in line.polygon]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        high = min(x1 - x0, y1 - y0)
        near = NEAR * high
        if x0 > near and y0 > near / 2 and x1 < width - near and y1 < height - near / 2:
            continue
        box = page[max(0, int(y0)) : int(y1) + 1, max(0, int(x0)) : int(x1) + 1]
        if min(box.shape[:2]) < 3:
            continue
        grey = cv2.cvtColor(np.ascontiguousarray(box), cv2.COLOR_RGB2GRAY)
        paper, ink = float(np.percentile(grey, 75)), float(np.percentile(grey, 3))
        if (light := float(np.percentile(grey, 97))) - np.median(grey) > np.median(grey) - ink:
            paper, ink = float(np.percentile(grey, 25)), light
        if abs(paper - ink) < FAINTEST:
            continue
        rows, columns = slice(max(0, int(y0)), int(y1) + 1), slice(max(0, int(x0)), int(x1) + 1)
        left += x0 <= near and _is_inked(page[rows, :RIM], paper, ink, 1)
        right += x1 >= width - near and _is_inked(page[rows, -RIM:], paper, ink, 1)
        top += y0 <= near / 2 and _is_inked(page[:RIM, columns], paper, ink, 0)
        bottom += y1 >= height - near / 2 and _is_inked(page[-RIM:, columns], paper, ink, 0)
    return CutOff(left, top, right, bottom)


def _is_inked(rim: Pixels, paper: float, ink: float, across: int) -> bool:
    """Whether letters reach an edge: some of it is inked, and some is not."""
    grey: npt.NDArray[np.float64] = rim.mean(axis=2).mean(axis=across)
    inked = (paper - grey) / (paper - ink) >= HALF
    return LEAST <= float(inked.mean()) <= MOST
