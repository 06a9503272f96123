"""Measures how well a page was scanned, on small parts of its lines, in a few milliseconds.

Where there is no text nothing is measured: a photo may be as soft and dark as it likes.
"""

from collections.abc import Sequence
from itertools import cycle
from math import atan2, degrees, dist
from statistics import median

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode.picture import Pixels, Resolution
from ocrdesk.engine.document import Line
from ocrdesk.engine.geometry import is_standing, slices_of
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.scan_quality.edges import lines_cut_off
from ocrdesk.engine.scan_quality.letters import Grey, letters_in
from ocrdesk.engine.scan_quality.lighting import share_covered, share_shaded
from ocrdesk.engine.scan_quality.measures import Measures

Corners = npt.NDArray[np.float32]
"""x and y of points, n × 2."""

FEWEST_LINES, FEWEST_LETTERS = 2, 10
"""A page with fewer lines or letters is no page of text."""

SAMPLES = 9
"""How many lines are looked at closely, spread over the page."""

PIECE = 5.0
"""How long a part of a line is looked at, in heights of the line: some eight letters."""

PLACES = (0.5, 0.1, 0.9)
"""Where along a line its part is looked at, in turn: not all shadows lie in the middle."""

STRAIGHT = 0.3
"""Parts that are slanted by less than this, in heights of the line, are taken as they are."""

LONG = 2.5
"""How many times as long as high a line is, at least, that tells how the page is slanted."""

LOWEST, HIGHEST = 4.0, 400.0
"""Lines that are less or more high than this, in pixels, are not looked at closely."""


def measured(page: Pixels, lines: Sequence[Line], resolution: Resolution) -> Measures | None:
    """Measures the scan of a page.

    Args:
        page: The upright page, RGB.
        lines: What was read on it.
        resolution: How densely its pixels lie.

    Returns:
        What was measured; None if there is too little text.
    """
    text = [line for line in lines if len(line.text) > 1]
    if len(text) < FEWEST_LINES or sum(len(line.text) for line in text) < FEWEST_LETTERS:
        return None
    parts = (_part_of(page, line, place) for line, place in zip(_spread(text), cycle(PLACES), strict=False))
    found = [letters for part in parts if part is not None and (letters := letters_in(part)) is not None]
    if not found:
        return None
    letter = float(median(it.height for it in found))
    cut = lines_cut_off(page, text)
    return Measures(
        letter=letter / resolution.enlarged,
        edge=float(median(it.edge for it in found)),
        detail=float(median(it.detail for it in found)),
        contrast=float(median(it.contrast for it in found)),
        light=float(median(it.light for it in found)),
        left=cut.left,
        top=cut.top,
        right=cut.right,
        bottom=cut.bottom,
        lines=len(text),
        shaded=share_shaded([it.paper for it in found if it.is_dark_on_light]),
        covered=share_covered(page, text),
        slant=_slant(text),
        dpi=resolution.dpi or 0.0,
        enlarged=resolution.enlarged,
    )


def _spread(lines: Sequence[Line]) -> list[Line]:
    """Returns some of the lines, from all over the page."""
    if len(lines) <= SAMPLES:
        return list(lines)
    return [lines[int(place)] for place in np.linspace(0, len(lines) - 1, SAMPLES)]


def _part_of(page: Pixels, line: Line, place: float) -> Grey | None:
    """Returns a part of a line in grey, laid straight; None if it is too small or too large.

    Args:
        page: The page.
        line: The line.
        place: Where along the line, from 0 to 1.
    """
    a, b, c, d = line.polygon if not is_standing(line.polygon) else (*line.polygon[1:], line.polygon[0])
    across, down = (dist(a, b) + dist(d, c)) / 2, (dist(a, d) + dist(b, c)) / 2
    if not LOWEST <= down <= HIGHEST or across < down:
        return None
    part = min(1.0, PIECE * down / across)
    begin = place * (1 - part)
    p, q, _, s = slices_of((a, b, c, d), [(begin, begin + part)])[0]
    if max(abs(p[1] - q[1]), abs(p[0] - s[0])) < STRAIGHT * down:
        cut = page[_from_to(p[1], s[1]), _from_to(p[0], q[0])]
    else:
        width, height = round(PIECE * down if part < 1 else across), round(down)
        there = np.array(((0, 0), (width, 0), (0, height)), np.float32)
        cut = _straightened(page, np.array((p, q, s), np.float32), there, (width, height))
    if min(cut.shape[:2]) < LOWEST:
        return None
    return cv2.cvtColor(np.ascontiguousarray(cut), cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)


def _from_to(begin: float, end: float) -> slice:
    return slice(max(0, int(begin)), max(0, int(end) + 1))


def _straightened(page: Pixels, corners: Corners, there: Corners, size: tuple[int, int]) -> Pixels:
    """Returns a slanted part of a page, given where three of its corners are and where they go."""
    left, top = np.maximum(corners.min(axis=0) - size[1], 0).astype(int)
    right, bottom = (corners.max(axis=0) + size[1]).astype(int) + 1
    around = np.ascontiguousarray(page[top:bottom, left:right])
    if not around.size:
        return around
    turn = cv2.getAffineTransform((corners - (left, top)).astype(np.float32), there)
    return cv2.warpAffine(around, turn, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)


def _slant(lines: Sequence[Line]) -> float:
    """Returns by how many degrees most lines are slanted."""
    angles = []
    for line in lines:
        a, b, c, d = line.polygon
        if dist(a, b) > LONG * dist(a, d):
            angles.append(degrees(atan2(b[1] + c[1] - a[1] - d[1], b[0] + c[0] - a[0] - d[0])))
    return float(abs(median(angles))) if angles else 0.0
