"""Finds ink in rows, as letters stand, that no text line covers; without any model, in a few milliseconds a page."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.recognition.ink import AREA, HEIGHT, LEFT, TOP, WIDTH, Ink, Spots
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.lines import Boxes, grown, ordered_corners, sizes_of

FEWEST = 3
"""Fewest spots in a row: fewer than that side by side are found wherever there is dirt."""

REACH = 0.2
"""A line also covers this much of its height around its box, where parts of letters such as dots may stick out."""

TALL = 7.0
"""Letters inside the box of a line that is this many times as high as they are do not belong to that line."""

LOWEST, LOWEST_INSIDE = 3, 5
"""Spots lower than this many pixels are specks; inside the box of a taller line, they may be the dots of a leader."""

LOWEST_USUAL = 4
"""Rows whose median letter height is less than this many pixels are dashes, dots or letters too small to be read."""

LONGEST = 12
"""A spot more than this many times as wide as high is a rule; up to that, it may be several letters that touch."""

THINNEST = 8
"""A spot more than this many times as high as wide is a rule, too."""

LARGE = 3.0
"""Letters more than this many times as high as the median stand in rows of their own."""

NEXT = 1.1
"""Letters stand in one row if the gap between them is no more than this fraction of the sum of their heights."""

LEAST_FILL, MOST_FILL = 0.1, 0.88
"""Share of a row that its ink covers: less is scattered specks, more is blocks. The dense characters of small print
merge into nearly full squares on the reduced page."""

FULL_HEIGHT, EVEN = 0.45, 0.5
"""In a row of text, letters with at least the first fraction of the row's height make up at least the second fraction
of all."""

ROUGHEST = 2.5
"""A row is at most this many times as high as its median letter, because of ascenders and descenders."""

USUAL_WIDTH = 0.8
"""Usual width of a letter with the space after it, compared with its height."""

MOST_PARTINGS, STRAY = 2, 0.75
"""How often letters that make no row are split, because a note in the margin or a stroke of a pen may touch a line. The
first to be split off are letters whose centre is this much of a letter's height off the others'."""

MOST_ROWS = 60
"""Only this many groups of letters, the largest, are examined: the grain of a picture has hundreds."""

MOST_COVERED = 0.4
"""Greatest share of the middle of a row that text lines may cover."""

HUGE = 60
"""Letters at least this many pixels high on the reduced page may be found in pieces by the detector."""

LOUDEST = 1.5
"""Greatest amount of ink in a row and one letter height around it, compared with the row alone: noise and the grain of
pictures do not end at the row."""

MARK = 1.5
"""Greatest distance of dashes and full stops from their row, in letter heights."""

NARROWEST = 1.5
"""A row is at most this many times as high as wide, as in “iii”."""

SLANTED_FROM = 8
"""The slant is only measured on rows that are at least this many times as long as their letters are high."""

FAINTEST = 12
"""The least difference in grey levels between the letters of a row and what is between them."""


@dataclass(frozen=True, slots=True)
class InkRow:
    """A row of what looks like letters.

    Attributes:
        box: Its corners, close around its ink: 4 × 2, in pixels of the page, clockwise from the top-left one.
        height: The median height of its letters, in pixels of the page.
        width: Their median width, likewise; letters that touch each other count as one.
        letters: How many letters there seem to be.
        is_light: Whether they are lighter than their background.
    """

    box: Boxes
    height: float
    width: float
    letters: int
    is_light: bool


def uncovered_ink(ink: Ink, boxes: Boxes, fewest: int = FEWEST) -> list[InkRow]:
    """Returns rows of letter-shaped ink that none of a page's lines covers, from top to bottom.

    Args:
        ink: The ink of the upright page.
        boxes: The lines found on it, n × 4 × 2.
        fewest: The least number of letters in a row.
    """
    covered = _covered(ink.grey.shape, boxes * np.float32(ink.scale))
    rows = _each_once([row for is_light in (False, True) for row in _rows(ink, covered, is_light, fewest)])
    rows = [row for row in rows if row.letters >= fewest and _is_free(row, covered, ink.scale)]
    return sorted(rows, key=lambda row: float(row.box[0, 1]))


def large_rows(ink: Ink) -> list[InkRow]:
    """Returns rows of letters so large that the detector may find them in pieces, whether lines cover them or not."""
    rows = []
    for is_light, spots in enumerate((ink.dark, ink.light)):
        letters = _letters(spots[spots[:, HEIGHT] >= HUGE])
        groups = [group for group in _groups(letters, ink.grey.shape) if len(group) > 1]
        rows += [row for group in groups if (row := _row(ink, group, letters, bool(is_light))) is not None]
    return _each_once(rows)


def _covered(shape: tuple[int, ...], boxes: Boxes) -> npt.NDArray[np.uint16]:
    """Returns, for each pixel, the height of the lowest line that covers it, or 0 if none does."""
    covered = np.zeros(shape, np.uint16)
    heights = sizes_of(boxes).min(axis=1)
    corners = np.round(grown(boxes, REACH * heights)).astype(np.int32)
    for number in np.argsort(-heights):
        cv2.fillConvexPoly(covered, corners[number], max(1, round(float(heights[number]))))
    return covered


def _is_free(row: InkRow, covered: npt.NDArray[np.uint16], scale: float) -> bool:
    """Whether a row is complete and is not just the paper around lines that were found."""
    (left, top), (right, bottom) = (
        (side * scale).astype(np.int64) for side in (row.box.min(axis=0), row.box.max(axis=0))
    )
    if top <= 0 or bottom >= covered.shape[0]:  # cut off by the edge of the page
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
    """Returns the spots that may be letters."""
    wide, high = spots[:, WIDTH], spots[:, HEIGHT]
    is_letter = (high >= LOWEST) & (wide <= LONGEST * high) & (high <= THINNEST * wide) & (spots[:, AREA] > LOWEST)
    letters: Spots = spots[is_letter]
    return letters


def _rows_of(ink: Ink, letters: Spots, spots: Spots, is_light: bool, partings: int = MOST_PARTINGS) -> list[InkRow]:
    """Returns the row that letters make, or the rows that they make once they are split."""
    if (row := _row(ink, letters, spots, is_light)) is not None:
        return [row]
    if not partings or len(letters) < 2 * FEWEST:
        return []
    parts = [part for part in _parted(letters) if len(part) >= FEWEST]
    return [row for part in parts for row in _rows_of(ink, part, spots, is_light, partings - 1)]


def _parted(letters: Spots) -> tuple[Spots, Spots]:
    """Splits letters into those of one line and those off it; if none is off, at the widest gap."""
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
    """Splits letters into groups that stand side by side."""
    if not len(letters):
        return []
    _, groups = cv2.connectedComponents(_drawn_together(letters, shape), connectivity=4)
    x, y = _middles(letters)
    own = groups[y // 2, x // 2]
    order = np.argsort(own, kind="stable")
    return np.split(letters[order], np.flatnonzero(np.diff(own[order])) + 1)


def _each_once(rows: list[InkRow]) -> list[InkRow]:
    """Drops rows inside longer ones: the paper in and between the letters of a row looks like a row, too."""
    kept: list[InkRow] = []
    for row in sorted(rows, key=lambda row: -row.letters):
        x, y = row.box.mean(axis=0).tolist()
        if not any(cv2.pointPolygonTest(other.box, (x, y), measureDist=False) > 0 for other in kept):
            kept.append(row)
    return kept


def _middles(spots: Spots) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    return spots[:, LEFT] + spots[:, WIDTH] // 2, spots[:, TOP] + spots[:, HEIGHT] // 2


def _drawn_together(letters: Spots, shape: tuple[int, ...]) -> npt.NDArray[np.uint8]:
    """Returns a mask at half the size of letters widened so that those of a row touch, but those of two rows do not."""
    drawn = np.zeros((shape[0] // 2 + 1, shape[1] // 2 + 1), np.uint8)
    reach, trim = np.ceil(NEXT * letters[:, HEIGHT]).astype(np.int32), letters[:, HEIGHT] // 4
    left, right = letters[:, LEFT] - reach, letters[:, LEFT] + letters[:, WIDTH] + reach
    top, bottom = letters[:, TOP] + trim, letters[:, TOP] + letters[:, HEIGHT] - 1 - trim
    for x1, y1, x2, y2 in (np.stack([left, top, right, bottom], axis=1) // 2).tolist():
        cv2.rectangle(drawn, (x1, y1), (x2, y2), 1, cv2.FILLED)
    return drawn


def _row(ink: Ink, letters: Spots, spots: Spots, is_light: bool) -> InkRow | None:
    """Returns the row that letters make, or None if they are not shaped like one.

    Args:
        ink: The ink of the page.
        letters: Letters that stand side by side.
        spots: All spots that no line covers.
        is_light: Whether they are lighter than their background.
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
    if contrast < FAINTEST and usual < HUGE:  # the gaps between letters; huge letters fill more than half of a row
        return None
    own = _ink_in(spots, left, top, right, bottom, usual)
    if _ink_in(spots, left - usual, top - usual, right + usual, bottom + usual, usual) > LOUDEST * own:
        return None
    width = float(np.sort(widths)[len(widths) // 2])
    scale = np.float32(ink.scale)
    return InkRow(box / scale, usual / ink.scale, width / ink.scale, _count(widths, usual), is_light)


def _marks_beside(spots: Spots, left: int, top: int, right: int, bottom: int, reach: float) -> Spots:
    """Returns the spots before and after a row that are no letters: dashes, full stops."""
    x, y = _middles(spots)
    is_beside = ((left - reach <= x) & (x < left)) | ((right < x) & (x <= right + reach))
    is_small = (spots[:, WIDTH] <= reach) & (spots[:, HEIGHT] <= bottom - top) & (spots[:, AREA] > 1)
    marks: Spots = spots[is_beside & is_small & (top <= y) & (y <= bottom)]
    return marks


def _corners(letters: Spots) -> npt.NDArray[np.float32]:
    """Returns the corners of all letters: n × 2."""
    first = letters[:, :2]
    last = first + letters[:, 2:4]
    corners = [first, last, np.stack([first[:, 0], last[:, 1]], axis=1), np.stack([last[:, 0], first[:, 1]], axis=1)]
    return np.concatenate(corners).astype(np.float32)


def _ink_in(spots: Spots, left: float, top: float, right: float, bottom: float, usual: float) -> float:
    """Returns how much ink a part of a page has; a spot larger than a letter of the usual height counts as one."""
    x, y = _middles(spots)
    is_in = (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
    return float(np.minimum(spots[is_in, AREA], usual * usual).sum())


def _sizes(letters: Spots) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Returns the widths and heights of the letters of a row; parts of a letter above each other count as one."""
    letters = letters[np.argsort(letters[:, LEFT], kind="stable")]
    rights = np.maximum.accumulate(letters[:, LEFT] + letters[:, WIDTH])
    starts = np.flatnonzero(np.concatenate([[True], letters[1:, LEFT] >= rights[:-1]]))
    tops = np.minimum.reduceat(letters[:, TOP], starts)
    bottoms = np.maximum.reduceat(letters[:, TOP] + letters[:, HEIGHT], starts)
    ends = np.concatenate([starts[1:] - 1, [len(letters) - 1]])
    return rights[ends] - letters[starts, LEFT], bottoms - tops


def _count(widths: npt.NDArray[np.int32], high: npt.NDArray[np.int32] | float) -> int:
    """Returns how many letters spots of these widths and heights hold: letters that touch each other are one spot."""
    return int(np.maximum(1, widths // (np.maximum(high, 1) * USUAL_WIDTH)).sum())
