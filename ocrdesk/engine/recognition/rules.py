"""Finds the rules of a page: the printed lines that separate columns, cells and articles.

A rule is ink that runs in one direction without a break, thin and even, with background on both sides. The edges of
pictures and the margins of scans have no background on one side, rows of letters alternate between dark and light, and
what lies within a text line is part of its letters. The search takes a few milliseconds, because it uses the page that
was reduced to measure its ink.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.document import Rule
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.recognition.ink import NEIGHBOURHOOD
from ocrdesk.engine.recognition.opencv import cv2

FAINTEST = 12
"""How many grey levels a rule is darker than its background, at least: what is left of a faint rule, one pixel wide in
the scan, once the page is reduced."""

PIECE = 20
"""Least length of an unbroken piece of a rule, in pixels: few letters are this wide or high."""

THICKEST = 6
"""Greatest thickness of a rule, in pixels: what is thicker is a bar, a picture or the margin of a scan."""

SLIM = 12
"""A piece of a rule is at least this many times as long as it is thick; strokes of headlines are not."""

EVEN = 0.5
"""Nine tenths of a piece are at least this dark, compared with its median darkness."""

CLEAR = 0.5
"""The median darkness of the background on either side of a piece is at most this fraction of the piece's own."""

BESIDE = 2
"""Pixels from the edge of a piece to where its background is measured; nearer to it, the edge is blurred."""

WIDEST_GAP = 12
"""Greatest gap between two pieces of one rule, in pixels: a break in the print. A wider gap must be mostly inked."""

INKED = 0.8
"""Least fraction of a wider gap that has ink, because letters or other rules touch the rule there."""

ASIDE = 2.0
"""How many pixels a piece may be off the straight continuation of another one."""

SHORTEST = 40
"""Least length of a rule, in pixels: a shorter one separates nothing."""

MOST = 250
"""Most pieces considered in one direction; of more, as a photo may have, only the longest count."""

WITHIN, EDGE, SAMPLES = 0.5, 0.1, 9
"""A rule with at least the first fraction of its length inside one text line, judged by this many points along it, is
a stroke of its letters or a row of dots. The second fraction of the line's height, at its top and bottom edges, does
not count as inside: a rule there may underline the text."""

Grey = npt.NDArray[np.uint8]
"""Height × width."""

Dark = npt.NDArray[np.uint8]
"""How many grey levels each pixel is darker than the background around it."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A horizontal piece of ink, from its left end to its right end."""

    left: float
    y_left: float
    right: float
    y_right: float

    @property
    def length(self) -> float:
        return self.right - self.left

    def y_at(self, x: float) -> float:
        return self.y_left + (x - self.left) * (self.y_right - self.y_left) / max(1.0, self.length)


def find_rules(grey: Grey, scale: float, text: Sequence[Polygon]) -> tuple[Rule, ...]:
    """Returns the rules of a page, in pixels of the page.

    Args:
        grey: The page, reduced to measure its ink.
        scale: The factor by which it was reduced.
        text: The polygons of its text lines.
    """
    dark = cv2.subtract(cv2.blur(grey, (NEIGHBOURHOOD, NEIGHBOURHOOD)), grey).astype(np.uint8, copy=False)
    lying, standing = _lying(dark), _lying(cv2.transpose(dark).astype(np.uint8, copy=False))
    ends = [((it.left, it.y_left), (it.right, it.y_right)) for it in lying]
    ends += [((it.y_left, it.left), (it.y_right, it.right)) for it in standing]
    size = 1 / scale
    rules = [Rule((a * size, b * size), (c * size, d * size)) for (a, b), (c, d) in ends]
    quads = np.array(text, np.float64).reshape(-1, 4, 2)
    return tuple(rule for rule in rules if _within(rule, quads) < WITHIN)


def rules_of_drawing(drawing: Grey, scale: float, text: Sequence[Polygon]) -> tuple[Rule, ...]:
    """Returns the rules of a page rendered at about 150 dpi; they are looked for at half that resolution."""
    even = drawing[: len(drawing) // 2 * 2, : drawing.shape[1] // 2 * 2]  # halving even sizes is quick
    if not even.size:
        return ()
    half = cv2.resize(even, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    return find_rules(half, scale / 2, text)


def _lying(dark: Dark) -> list[_Piece]:
    """Returns the horizontal rules of a picture."""
    marked = cv2.threshold(dark, FAINTEST - 1, 1, cv2.THRESH_BINARY)[1].astype(np.uint8, copy=False)
    runs = cv2.morphologyEx(marked, cv2.MORPH_OPEN, np.ones((1, PIECE), np.uint8))
    if not cv2.countNonZero(runs):
        return []
    thick = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((THICKEST + 1, 1), np.uint8))
    # Contours, because labelling the connected components of a page takes as long as all the rest.
    outlines, _ = cv2.findContours(cv2.subtract(runs, thick), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    spread = cv2.blur(dark, (1, 3)).astype(np.uint8, copy=False)  # a thin skewed rule is spread over two rows
    ground = cv2.subtract(spread, 255 * runs).astype(np.uint8, copy=False)  # leaves out the other half of a double rule
    pieces = [piece for outline in outlines if (piece := _piece(spread, ground, outline)) is not None]
    return [rule for rule in _joined(pieces, marked) if rule.length >= SHORTEST]


def _piece(spread: Dark, ground: Dark, outline: cv2.typing.MatLike) -> _Piece | None:
    """Returns a spot of ink as a piece of a rule, or None if it is something else."""
    left, top, width, height = cv2.boundingRect(outline)
    thickness = 1 + cv2.contourArea(outline) / max(1, width - 1)  # an outline runs through the centres of its pixels
    if width < SLIM * thickness:
        return None
    own = cv2.drawContours(np.zeros((height, width), np.uint8), [outline], 0, 1, cv2.FILLED, offset=(-left, -top))
    columns = np.arange(left, left + width)
    middles = top + np.arange(height) @ own / own.sum(axis=0)
    along = np.sort(spread[np.rint(middles).astype(np.intp), columns])
    usual = float(along[width // 2])
    if along[width // 10] < EVEN * usual:
        return None
    beside = thickness / 2 + BESIDE
    for aside in (-beside, beside):
        rows = np.rint(middles + aside).astype(np.intp).clip(0, len(ground) - 1)
        if np.sort(ground[rows, columns])[width // 2] > CLEAR * usual:
            return None
    from_centre = np.arange(width) - (width - 1) / 2
    slope = float(from_centre @ middles / (from_centre @ from_centre))
    y_left = float(middles.sum()) / width + 0.5 - slope * width / 2
    return _Piece(left, y_left, left + width, y_left + slope * width)


def _joined(pieces: Sequence[_Piece], marked: Dark) -> list[_Piece]:
    """Returns the longest pieces, with those that continue each other joined into one."""
    rules: list[_Piece] = []
    longest = sorted(pieces, key=lambda piece: -piece.length)[:MOST]
    for piece in sorted(longest, key=lambda piece: piece.left):
        for number, rule in enumerate(rules):
            if _goes_on(rule, piece, marked):
                rules[number] = _Piece(rule.left, rule.y_left, piece.right, piece.y_right)
                break
        else:
            rules.append(piece)
    return rules


def _goes_on(rule: _Piece, piece: _Piece, marked: Dark) -> bool:
    """Whether a piece continues a rule: it is near, or there is ink in the gap, as where letters stand on the rule."""
    gap, middle = piece.left - rule.right, (piece.left + rule.right) / 2
    if piece.right <= rule.right or abs(rule.y_at(middle) - piece.y_at(middle)) > ASIDE:
        return False
    if gap <= WIDEST_GAP:
        return True
    xs = np.arange(int(rule.right), int(piece.left))
    ys = rule.y_right + (piece.y_left - rule.y_right) * (xs - rule.right) / gap
    return bool(marked[ys.astype(np.intp).clip(0, len(marked) - 1), xs].mean() >= INKED)


def _within(rule: Rule, quads: npt.NDArray[np.float64]) -> float:
    """Returns the largest fraction of a rule that lies inside one text line; at its edge, the rule may underline it."""
    begin, end = np.array((rule.begin, rule.end))
    across, down = (quads[:, 1] - quads[:, 0]).T, (quads[:, 3] - quads[:, 0]).T
    x, y = np.moveaxis(begin + np.linspace(0, 1, SAMPLES)[:, None, None] * (end - begin) - quads[:, 0], 2, 0)
    area = np.maximum(1e-9, across[0] * down[1] - across[1] * down[0])
    along, below = (x * down[1] - y * down[0]) / area, (across[0] * y - across[1] * x) / area
    stands = np.hypot(*down) > np.hypot(*across)
    along, below = np.where(stands, below, along), np.where(stands, along, below)
    inside = (along >= 0) & (along <= 1) & (below >= EDGE) & (below <= 1 - EDGE)
    return float(inside.mean(axis=0).max(initial=0.0))
