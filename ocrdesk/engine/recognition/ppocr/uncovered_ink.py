"""Ink that stands in rows as letters do and that no line found covers. No model is asked; a few milliseconds a page."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.recognition.ink import AREA, HEIGHT, LEFT, TOP, WIDTH, Ink, Spots
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.lines import Boxes, grown, ordered_corners, sizes_of

FEWEST = 3
"""Fewer spots side by side are found wherever there is dirt."""

REACH = 0.2
"""A line covers so much of its height around it, too: what sticks out of its box, such as the dots of a letter."""

TALL = 7.0
"""Inside the box of a line, letters so many times lower than the box are none of that line's."""

LOWEST, LOWEST_INSIDE = 3, 5
"""Spots lower than so many pixels are specks; those inside a taller line's box may be the dots of a leader."""

LOWEST_USUAL = 4
"""Rows whose usual letter is lower than so many pixels are dashes, dots or letters too small to be read."""

LONGEST = 12
"""A spot so many times wider than high is a rule; several letters may touch each other."""

THINNEST = 8
"""A spot so many times higher than wide is a rule, too."""

LARGE = 3.0
"""Letters so many times higher than the usual ones stand in rows of their own."""

NEXT = 1.1
"""Letters stand in one row if they are apart by no more than so much of both their heights."""

LEAST_FILL, MOST_FILL = 0.1, 0.88
"""Which part of its row ink covers: less are scattered specks, more are blocks. Dense characters of small
print run into nearly full squares where the page is reduced."""

FULL_HEIGHT, EVEN = 0.45, 0.5
"""Of a row of letters so many are so high, compared with the row, at least."""

ROUGHEST = 2.5
"""A row is so many times higher than its usual letter at most: there are ascenders and descenders."""

USUAL_WIDTH = 0.8
"""Of a letter, compared with its height, with what parts it from the next."""

MOST_PARTINGS, STRAY = 2, 0.75
"""So many times letters that make no row are parted, because a note in the margin or a stroke of a pen touches a line:
first from those whose middle is off by so much of a letter's height."""

MOST_ROWS = 60
"""No more groups of letters, those with most, are looked at: in the grain of a picture there are hundreds."""

MOST_COVERED = 0.4
"""Lines that were found cover so much of the middle of a row at most."""

HUGE = 60
"""Letters so many pixels high at least, where the page is reduced, may be found in pieces."""

LOUDEST = 1.5
"""There is so much ink at most in a row and a letter's height around it, compared with the row alone: noise and the
grain of pictures go on everywhere."""

MARK = 1.5
"""So many letters' heights from a row its dashes and full stops stand."""

NARROWEST = 1.5
"""A row is no more than so many times higher than wide: iii."""

SLANTED_FROM = 8
"""Only a row so many times longer than high tells its own slant."""

FAINTEST = 12
"""Levels of grey by which the letters of a row differ from what is between them, at least."""


@dataclass(frozen=True, slots=True)
class InkRow:
    """A row of what looks like letters.

    Attributes:
        box: Its corners, close around its ink: 4 × 2, in pixels of the page, clockwise from the top-left one.
        height: Of a usual letter, in pixels of the page.
        width: Likewise; letters that touch each other count as one.
        letters: How many there seem to be.
        is_light: Whether they are lighter than their ground.
    """

    box: Boxes
    height: float
    width: float
    letters: int
    is_light: bool


def uncovered_ink(ink: Ink, boxes: Boxes, fewest: int = FEWEST) -> list[InkRow]:
    """Rows of ink in the shape of letters that none of a page's lines covers, from its top.

    Args:
        ink: Of the upright page.
        boxes: The lines found on it, n × 4 × 2.
        fewest: How many letters make a row.
    """
    covered = _covered(ink.grey.shape, boxes * np.float32(ink.scale))
    rows = _each_once([row for is_light in (False, True) for row in _rows(ink, covered, is_light, fewest)])
    rows = [row for row in rows if row.letters >= fewest and _is_free(row, covered, ink.scale)]
    return sorted(rows, key=lambda row: float(row.box[0, 1]))


def large_rows(ink: Ink) -> list[InkRow]:
    """Rows of letters so large that the detector sees them in pieces, whatever lines were found there."""
    rows = []
    for is_light, spots in enumerate((ink.dark, ink.light)):
        letters = _letters(spots[spots[:, HEIGHT] >= HUGE])
        groups = [group for group in _groups(letters, ink.grey.shape) if len(group) > 1]
        rows += [row for group in groups if (row := _row(ink, group, letters, bool(is_light))) is not None]
    return _each_once(rows)


def _covered(shape: tuple[int, ...], boxes: Boxes) -> npt.NDArray[np.uint16]:
    """How high the lowest line is that covers each pixel, 0 where none does."""
    covered = np.zeros(shape, np.uint16)
    heights = sizes_of(boxes).min(axis=1)
    corners = np.round(grown(boxes, REACH * heights)).astype(np.int32)
    for number in np.argsort(-heights):
        cv2.fillConvexPoly(covered, corners[number], max(1, round(float(heights[number]))))
    return covered


def _is_free(row: InkRow, covered: npt.NDArray[np.uint16], scale: float) -> bool:
    """Whether a row is whole and is not, rather, the paper around lines that were found."""
    (left, top), (right, bottom) = (
        (side * scale).astype(np.int64) for side in (row.box.min(axis=0), row.box.max(axis=0))
    )
    if top <= 0 or bottom >= covered.shape[0]:  # cut through by the edge of the page
        return False
    middle = covered[top + (bottom - top) // 4 : bottom - (bottom - top) // 4, max(0, left) : right]
    is_covered = (middle > 0) & (middle < TALL * row.height * scale)
    return bool(np.count_nonzero(is_covered) <= MOST_COVERED * middle.size)


def _rows(ink: Ink, covered: npt.NDArray[np.uint16], is_light: bool, fewest: int) -> list[InkRow]:
    spots = ink.light if is_light else ink.dark
    x, y = _middles(spots)
    line, high = covered[y, x], spots[:, HEIGHT]
    spots = spots[(line == 0) | ((line > TALL * high) & (high >= LOWEST_INSIDE))]
    letters = _letters(spots)
    is_large = letters[:, HEIGHT] > LARGE * np.median(letters[:, HEIGHT]) if len(letters) else np.zeros(0, np.bool_)
    groups = [group for part in (letters[~is_large], letters[is_large]) for group in _groups(part, covered.shape)]
    longest = sorted(groups, key=len, reverse=True)[:MOST_ROWS]
    large_enough = [group for group in longest if _count(group[:, WIDTH], group[:, HEIGHT]) >= fewest]
    return [row for group in large_enough for row in _rows_of(ink, group, spots, is_light)]


def _letters(spots: Spots) -> Spots:
    """The spots that may be letters."""
    wide, high = spots[:, WIDTH], spots[:, HEIGHT]
    is_letter = (high >= LOWEST) & (wide <= LONGEST * high) & (high <= THINNEST * wide) & (spots[:, AREA] > LOWEST)
    letters: Spots = spots[is_letter]
    return letters


def _rows_of(ink: Ink, letters: Spots, spots: Spots, is_light: bool, partings: int = MOST_PARTINGS) -> list[InkRow]:
    """The row that letters make, or those that they make once they are parted."""
    if (row := _row(ink, letters, spots, is_light)) is not None:
        return [row]
    if not partings or len(letters) < 2 * FEWEST:
        return []
    parts = [part for part in _parted(letters) if len(part) >= FEWEST]
    return [row for part in parts for row in _rows_of(ink, part, spots, is_light, partings - 1)]


def _parted(letters: Spots) -> tuple[Spots, Spots]:
    """Letters of one line, and what strays from it; or both sides of the widest gap where nothing does."""
    letters = letters[np.argsort(letters[:, LEFT], kind="stable")]
    left, high = letters[:, LEFT], letters[:, HEIGHT]
    x, y = left + letters[:, WIDTH] / 2, letters[:, TOP] + high / 2
    usual, half = np.median(high), len(letters) // 2
    slope = np.median((y[-half:] - y[:half]) / np.maximum(x[-half:] - x[:half], 1))
    off = y - slope * x
    strays = (abs(off - np.median(off)) > STRAY * usual) | (high > LARGE * usual)
    if strays.any():
        return letters[~strays], letters[strays]
    first = int(np.argmax(left[1:] - np.maximum.accumulate(left + letters[:, WIDTH])[:-1])) + 1
    return letters[:first], letters[first:]


def _groups(letters: Spots, shape: tuple[int, ...]) -> list[Spots]:
    """Letters that stand side by side."""
    if not len(letters):
        return []
    _, groups = cv2.connectedComponents(_drawn_together(letters, shape), connectivity=4)
    x, y = _middles(letters)
    own = groups[y // 2, x // 2]
    order = np.argsort(own, kind="stable")
    return np.split(letters[order], np.flatnonzero(np.diff(own[order])) + 1)


def _each_once(rows: list[InkRow]) -> list[InkRow]:
    """Rows without those that lie in a longer one: the paper inside and between its letters looks like a row, too."""
    kept: list[InkRow] = []
    for row in sorted(rows, key=lambda row: -row.letters):
        x, y = row.box.mean(axis=0).tolist()
        if not any(cv2.pointPolygonTest(other.box, (x, y), measureDist=False) > 0 for other in kept):
            kept.append(row)
    return kept


def _middles(spots: Spots) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    return spots[:, LEFT] + spots[:, WIDTH] // 2, spots[:, TOP] + spots[:, HEIGHT] // 2


def _drawn_together(letters: Spots, shape: tuple[int, ...]) -> npt.NDArray[np.uint8]:
    """A mask at half the size: letters so wide that those of a row touch, and so low that those of two rows do not."""
    drawn = np.zeros((shape[0] // 2 + 1, shape[1] // 2 + 1), np.uint8)
    reach, trim = np.ceil(NEXT * letters[:, HEIGHT]).astype(np.int32), letters[:, HEIGHT] // 4
    left, right = letters[:, LEFT] - reach, letters[:, LEFT] + letters[:, WIDTH] + reach
    top, bottom = letters[:, TOP] + trim, letters[:, TOP] + letters[:, HEIGHT] - 1 - trim
    for x1, y1, x2, y2 in (np.stack([left, top, right, bottom], axis=1) // 2).tolist():
        cv2.rectangle(drawn, (x1, y1), (x2, y2), 1, cv2.FILLED)
    return drawn


def _row(ink: Ink, letters: Spots, spots: Spots, is_light: bool) -> InkRow | None:
    """The row that letters make, or None if it has not the shape of one.

    Args:
        ink: Of the page.
        letters: Those that stand side by side.
        spots: All that no line covers.
        is_light: Whether they are lighter than their ground.
    """
    widths, heights = _sizes(letters)
    usual = float(np.sort(heights)[len(heights) // 2])
    left, top = letters[:, :2].min(axis=0).tolist()
    right, bottom = (letters[:, :2] + letters[:, 2:4]).max(axis=0).tolist()
    is_high = len(letters) > 1 and bottom - top > NARROWEST * (right - left)
    if usual < LOWEST_USUAL or is_high:
        return None
    marks = _marks_beside(spots, left, top, right, bottom, MARK * usual)
    own_width = right - left
    if len(marks):
        left, right = min(left, int(marks[:, LEFT].min())), max(right, int((marks[:, LEFT] + marks[:, WIDTH]).max()))
    box = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    wide, high = float(right - left), float(bottom - top)
    if wide >= SLANTED_FROM * usual:
        middle, (one, other), angle = cv2.minAreaRect(_corners(np.concatenate([letters, marks])))
        box = ordered_corners(cv2.boxPoints((middle, (one, other), angle)))
        wide, high = max(one, other), min(one, other)
    is_even = np.count_nonzero(heights >= FULL_HEIGHT * high) >= EVEN * len(heights)
    fill = letters[:, AREA].sum() / ((wide - (right - left - own_width)) * high)  # dashes fill next to nothing
    if high > ROUGHEST * usual or not is_even or not LEAST_FILL <= fill <= MOST_FILL:
        return None
    levels = np.sort(ink.grey[max(0, top - 1) : bottom + 2, max(0, left - 1) : right + 2], axis=None)
    darkest, ground, lightest = (int(levels[int(len(levels) * part)]) for part in (0.05, 0.5, 0.95))
    contrast = lightest - ground if is_light else ground - darkest
    if contrast < FAINTEST and usual < HUGE:  # it is what is between letters; huge ones take more than half of a row
        return None
    own = _ink_in(spots, left, top, right, bottom, usual)
    if _ink_in(spots, left - usual, top - usual, right + usual, bottom + usual, usual) > LOUDEST * own:
        return None
    width = float(np.sort(widths)[len(widths) // 2])
    scale = np.float32(ink.scale)
    return InkRow(box / scale, usual / ink.scale, width / ink.scale, _count(widths, usual), is_light)


def _marks_beside(spots: Spots, left: int, top: int, right: int, bottom: int, reach: float) -> Spots:
    """What stands before and after a row and is no letter: dashes, full stops."""
    x, y = _middles(spots)
    is_beside = ((left - reach <= x) & (x < left)) | ((right < x) & (x <= right + reach))
    is_small = (spots[:, WIDTH] <= reach) & (spots[:, HEIGHT] <= bottom - top) & (spots[:, AREA] > 1)
    marks: Spots = spots[is_beside & is_small & (top <= y) & (y <= bottom)]
    return marks


def _corners(letters: Spots) -> npt.NDArray[np.float32]:
    """The corners of all letters: n × 2."""
    first = letters[:, :2]
    last = first + letters[:, 2:4]
    corners = [first, last, np.stack([first[:, 0], last[:, 1]], axis=1), np.stack([last[:, 0], first[:, 1]], axis=1)]
    return np.concatenate(corners).astype(np.float32)


def _ink_in(spots: Spots, left: float, top: float, right: float, bottom: float, usual: float) -> float:
    """How much ink there is in a part of a page; what is larger than a letter so high counts as one."""
    x, y = _middles(spots)
    is_in = (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
    return float(np.minimum(spots[is_in, AREA], usual * usual).sum())


def _sizes(letters: Spots) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Widths and heights of the letters of a row, parts of one that stand over each other taken together."""
    letters = letters[np.argsort(letters[:, LEFT], kind="stable")]
    rights = np.maximum.accumulate(letters[:, LEFT] + letters[:, WIDTH])
    starts = np.flatnonzero(np.concatenate([[True], letters[1:, LEFT] >= rights[:-1]]))
    tops = np.minimum.reduceat(letters[:, TOP], starts)
    bottoms = np.maximum.reduceat(letters[:, TOP] + letters[:, HEIGHT], starts)
    ends = np.concatenate([starts[1:] - 1, [len(letters) - 1]])
    return rights[ends] - letters[starts, LEFT], bottoms - tops


def _count(widths: npt.NDArray[np.int32], high: npt.NDArray[np.int32] | float) -> int:
    """How many letters there are in ink so wide and high: those that touch each other are one spot."""
    return int(np.maximum(1, widths // (np.maximum(high, 1) * USUAL_WIDTH)).sum())
