"""Says whether a small drawing shows something that looks like text, without any model, in a few milliseconds."""

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.recognition.opencv import cv2

Grey = npt.NDArray[np.uint8]

NEIGHBOURHOOD = 31
"""Side, in pixels, of the square around a pixel whose mean is taken for the background."""

FAINTEST = 25
"""The least difference in grey levels between ink and its background."""

LIGHTEST_GROUND = 190
"""Grey level of the lightest background that light letters can stand on."""

LOWEST, TALLEST = 5, 250
"""Least and greatest height of a letter, in pixels: anything lower is a dot or a rule."""

WIDEST = 12
"""Greatest width of a spot, in its heights: the small letters of a word run together in a small drawing."""

FULLEST, EMPTIEST = 0.9, 0.08
"""Greatest and least share of its bounding box that a letter inks: a bar inks all of it, a frame next to nothing."""

SAME_HEIGHT = 0.5
"""Least height of a letter, compared with the letter beside it."""

BESIDE = 1.5
"""Greatest gap between a letter and the next one, in heights."""

ALIKE = 0.12
"""Two spots that differ by at most this fraction in width, height and ink have the same shape, as tick boxes do."""

FEWEST = 4
"""Least number of letters side by side that look like text, if half of them differ from their neighbours."""

MANY = 6_000
"""More spots than this are a halftone or noise. Finding neighbours among them takes too long: reading decides then."""

LEFT, TOP, WIDTH, HEIGHT, AREA = range(5)


def letters_in_rows(grey: Grey, known: npt.NDArray[np.float64]) -> int:
    """Returns how many spots of a drawing look like letters that stand in rows.

    Args:
        grey: The drawing.
        known: Boxes whose text is already known, n × 4: left, top, right, bottom. Shadows of that text do not count.
    """
    return sum(_letters(_spots(grey if is_dark else 255 - grey, is_dark), known) for is_dark in (True, False))


def _letters(spots: npt.NDArray[np.int32], known: npt.NDArray[np.float64]) -> int:
    if len(spots) > MANY:
        return len(spots)
    if len(known):
        x, y = spots[:, LEFT] + spots[:, WIDTH] / 2, spots[:, TOP] + spots[:, HEIGHT] / 2
        left, top, right, bottom = known.T[..., None]
        spots = spots[~((x >= left) & (x <= right) & (y >= top) & (y <= bottom)).any(axis=0)]
    return max(_in_rows(spots), _in_rows(spots[:, [TOP, LEFT, HEIGHT, WIDTH, AREA]]))  # text on its side counts, too


def _spots(grey: Grey, is_dark: bool) -> npt.NDArray[np.int32]:
    """Returns connected ink, darker than its background, in the shape of a letter or of a few that touch.

    Args:
        grey: The drawing, inverted to find light ink.
        is_dark: False if it is inverted. Light ink must have a dark background, or the cells of a table would be spots.
    """
    ground = cv2.blur(grey, (NEIGHBOURHOOD, NEIGHBOURHOOD))
    ink = cv2.threshold(cv2.subtract(ground, grey), FAINTEST, 1, cv2.THRESH_BINARY)[1]
    if not is_dark:
        ink[ground < 255 - LIGHTEST_GROUND] = 0
    if not ink.any():
        return np.empty((0, AREA + 1), np.int32)
    found = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    width, height = found[:, WIDTH], found[:, HEIGHT]
    share = found[:, AREA] / np.maximum(width * height, 1)
    fits = (height >= LOWEST) & (height <= TALLEST) & (width >= 2) & (width <= WIDEST * height)
    spots: npt.NDArray[np.int32] = found[fits & (share >= EMPTIEST) & (share <= FULLEST)].astype(np.int32)
    return spots


def _in_rows(spots: npt.NDArray[np.int32]) -> int:
    """Returns how many spots stand in rows whose spots are not all alike."""
    if len(spots) < FEWEST:
        return 0
    spots = spots[np.argsort(spots[:, LEFT], kind="stable")]
    left, top, right, bottom = _sides(spots)
    height = bottom - top
    length = np.ones(len(spots), np.int64)  # of the row that ends with each spot
    changes = np.zeros(len(spots), np.int64)  # how often a spot differs from the one before it in that row
    before = np.full(len(spots), -1)
    for place in range(len(spots)):
        begin = int(np.searchsorted(left, left[place] - (BESIDE + WIDEST) * height[place] / SAME_HEIGHT))
        others = np.arange(begin, place)
        taller, lower = np.maximum(height[others], height[place]), np.minimum(height[others], height[place])
        shared = np.minimum(bottom[others], bottom[place]) - np.maximum(top[others], top[place])
        gap = left[place] - right[others]
        fits = (lower >= SAME_HEIGHT * taller) & (2 * shared >= taller)
        fits &= (gap <= BESIDE * taller) & (2 * gap >= -taller)
        if fits.any():
            others = others[fits]
            differs = ~_is_alike(spots[others], spots[place])
            best = int(np.argmax(length[others] + changes[others] + differs))
            before[place], length[place] = others[best], length[others[best]] + 1
            changes[place] = changes[others[best]] + differs[best]
    counted = np.zeros(len(spots), bool)
    for place in range(len(spots) - 1, -1, -1):
        if length[place] >= FEWEST and 2 * changes[place] >= length[place] - 1:
            counted[place] = True
        if counted[place] and before[place] >= 0:
            counted[before[place]] = True
    return int(counted.sum())


def _is_alike(spots: npt.NDArray[np.int32], other: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Says which spots have the same shape as another one, as tick boxes, cells, bars and marks in a diagram do."""
    alike = np.ones(len(spots), bool)
    for part in (WIDTH, HEIGHT, AREA):
        alike &= abs(spots[:, part] - other[part]) <= np.maximum(2 if part == AREA else 1, ALIKE * other[part])
    return alike


def _sides(spots: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int32], ...]:
    left, top = spots[:, LEFT], spots[:, TOP]
    return left, top, left + spots[:, WIDTH], top + spots[:, HEIGHT]
