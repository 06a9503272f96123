"""Pictures of words and letters as they are looked at side by side: laid straight, of one size, black on white."""

from dataclasses import dataclass
from math import ceil, dist, hypot

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.direction import runs_left
from ocrdesk.engine.document import Line
from ocrdesk.engine.geometry import Polygon, is_standing
from ocrdesk.engine.review.letter_places import STEPS, are_of_one_width, cuts_in
from ocrdesk.engine.written import is_ideographic

Grey = npt.NDArray[np.uint8]
"""Grey levels, height × width; paper is 255."""

_Levels = npt.NDArray[np.float32]

VEILED = 0.82
"""How much of what is around the part to be looked at is taken away."""

PAPER, INK = 80, 1.0
"""Percentiles of the grey levels of a line that become white and black: most of a line is paper."""

FAINTEST = 12
"""A line whose ink and paper differ by fewer grey levels is not stretched further: it would be noise."""

AROUND = 0.08
"""How far outside a part it is still seen unveiled, in heights of its line."""

FRINGE = 0.2
"""How far the lines above and below reach into a line at most, in its heights."""

EMPTY = 0.15
"""A row with less ink than this share of the darkest one is white between two lines."""

BETWEEN = 0.03
"""The same beside a letter, so that a small error of its place does not matter."""

_RIM = 0.1
"""This much of a line's height at its top and bottom may show the lines above and below."""

_COARSE = 16
"""Pixels that are enough for the height of a line to tell ink from paper."""

_MOST_SAMPLES = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """How large a crop is, in pixels.

    Attributes:
        width: Of the crop.
        height: Of the crop.
        line: How high the line is in it; less where the word would not fit.
    """

    width: int
    height: int
    line: int


@dataclass(frozen=True, slots=True)
class _Laid:
    """A word laid straight.

    Attributes:
        middle: Its middle on the page.
        along: The direction of its line, of length 1.
        length: How long it is.
        high: How high its line is.
    """

    middle: tuple[float, float]
    along: tuple[float, float]
    length: float
    high: float


def crop_of(pixels: Pixels, scale: tuple[float, float], polygon: Polygon, text: str, part: tuple[int, int],
            frame: Frame, *, is_typed: bool = False) -> Grey:  # fmt: skip
    """Cuts a part of a word out of its page; what is around the part is veiled.

    Args:
        pixels: The page, perhaps reduced.
        scale: How many of these pixels one pixel of the upright page is, across and down.
        polygon: The word, in pixels of the upright page.
        text: What was read there.
        part: Where the part begins and ends in the text.
        frame: How large the crop is to be.
        is_typed: Whether letters are all of one width there.
    """
    text, part = _from_left(text, part)
    laid = _laid(polygon, text)
    is_light = _is_light_on_dark(pixels, scale, laid)
    is_whole = part == (0, len(text))
    begin, end = 0.0, 1.0
    if not is_whole:
        cuts = cuts_in(text, _ink_along(pixels, scale, laid, len(text), is_light=is_light), is_typed=is_typed)
        begin, end = cuts[part[0]], cuts[part[1]]
    middle = (begin + end) / 2 - 0.5
    x = laid.middle[0] + middle * laid.length * laid.along[0]
    y = laid.middle[1] + middle * laid.length * laid.along[1]
    zoom = frame.line / laid.high
    if is_whole:
        zoom = min(zoom, frame.width / (laid.length + 2 * AROUND * laid.high + 1))
    grey = _sampled(pixels, scale, (x, y), laid.along, zoom, frame)
    top, bottom = _within(frame.height / 2 + np.array([-0.5, 0.5]) * zoom * laid.high, frame.height)
    from_middle = zoom * laid.length * np.array([-0.5 - middle, 0.5 - middle])  # where the word begins and ends
    first, last = _within(frame.width / 2 + from_middle, frame.width)
    stretched = _stretched(grey, grey[top:bottom, first:last], is_light=is_light)
    half, around, between = (
        zoom * laid.length * (end - begin) / 2,
        AROUND * zoom * laid.high,
        BETWEEN * zoom * laid.high,
    )
    left = frame.width / 2 - half - (around if part[0] == 0 else between)
    right = frame.width / 2 + half + (around if part[1] == len(text) else between)
    first, last = _within(np.array([left, right]), frame.width)
    ink = (255 - stretched[:, first:last]).sum(axis=1)
    upper = _beginning(ink, top, bottom, around)
    lower = frame.height - _beginning(ink[::-1], frame.height - bottom, frame.height - top, around)
    return _veiled(stretched, left, right, upper, lower)


def _from_left(text: str, part: tuple[int, int]) -> tuple[str, tuple[int, int]]:
    """Returns a word as it stands from left to right, and where a part of it begins and ends there."""
    return (text[::-1], (len(text) - part[1], len(text) - part[0])) if runs_left(text) else (text, part)


def straightened(
    pixels: Pixels,
    scale: tuple[float, float],
    polygon: Polygon,
    text: str,
    part: tuple[int, int],
    size: tuple[int, int],
    *,
    is_typed: bool = False,
) -> _Levels:
    """Returns a part of a word as grey levels with white paper, of one size however large it is.

    Args:
        pixels: As for ``crop_of``.
        scale: Likewise.
        polygon: Likewise.
        text: Likewise.
        part: Likewise.
        size: Width and height, in pixels; the height is that of the line.
        is_typed: As for ``crop_of``.
    """
    text, part = _from_left(text, part)
    laid = _laid(polygon, text)
    is_light = _is_light_on_dark(pixels, scale, laid)
    is_whole = part == (0, len(text))
    begin, end = 0.0, 1.0
    if not is_whole:
        cuts = cuts_in(text, _ink_along(pixels, scale, laid, len(text), is_light=is_light), is_typed=is_typed)
        begin, end = cuts[part[0]], cuts[part[1]]
    along = (begin + end) / 2 - 0.5
    middle = (
        laid.middle[0] + along * laid.length * laid.along[0],
        laid.middle[1] + along * laid.length * laid.along[1],
    )
    zoom = size[1] / laid.high
    wide = max(2, round(zoom * laid.length * (end - begin)))
    grey = _sampled(pixels, scale, middle, laid.along, zoom, Frame(wide, size[1], size[1]))
    grey = _stretched(grey, grey, is_light=is_light)
    places = np.linspace(0, wide - 1, size[0])
    left = np.minimum(places.astype(np.int32), wide - 2)
    over = (places - left).astype(np.float32)
    levels: _Levels = grey[:, left] * (1 - over) + grey[:, left + 1] * over
    return levels


def is_line_typed(line: Line) -> bool:
    """Whether letters are all of one width in a line, as on a typewriter."""
    return are_of_one_width((word.text, _laid(word.polygon, word.text).length) for word in line.words)


def _ink_along(pixels: Pixels, scale: tuple[float, float], laid: _Laid, letters: int, *, is_light: bool) -> _Levels:
    """Returns how much ink each column of a word has; those beside its line, above and below, are left out."""
    columns = STEPS * letters
    zoom = columns / laid.length
    frame = Frame(columns, max(4, round(zoom * laid.high * (1 - 2 * _RIM))), 0)
    grey = _sampled(pixels, scale, laid.middle, laid.along, zoom, frame)
    along: _Levels = (255 - _stretched(grey, grey, is_light=is_light)).sum(axis=0, dtype=np.float32)
    return along


def _laid(polygon: Polygon, text: str) -> _Laid:
    a, b, c, d = polygon
    across = (b[0] - a[0] + c[0] - d[0]) / 2, (b[1] - a[1] + c[1] - d[1]) / 2
    length, high = hypot(*across), (dist(a, d) + dist(b, c)) / 2
    middle = sum(x for x, _ in polygon) / 4, sum(y for _, y in polygon) / 4
    along = (across[0] / length, across[1] / length) if length else (1.0, 0.0)
    if len(text) == 1 and is_ideographic(text):
        high = max(length, high)  # in a line that runs downwards it is as high as its share of that
    elif is_standing(polygon) and len(text) > 2:
        high = max(high / 3, length)  # on its side: all of it is shown as it stands
    return _Laid(middle, along, max(length, 1.0), max(high, 1.0))


def _sampled(pixels: Pixels, scale: tuple[float, float], middle: tuple[float, float], along: tuple[float, float],
             zoom: float, frame: Frame) -> _Levels:  # fmt: skip
    """Returns the grey levels around a place, between four pixels each; where a pixel shows several, their mean."""
    finer = min(_MOST_SAMPLES, max(1, ceil(max(scale) / zoom)))
    xs = ((np.arange(frame.width * finer) + 0.5) / finer - frame.width / 2) / zoom
    ys = ((np.arange(frame.height * finer) + 0.5) / finer - frame.height / 2) / zoom
    cosine, sine = along
    across = (middle[0] + xs[None, :] * cosine - ys[:, None] * sine) * scale[0] - 0.5
    down = (middle[1] + xs[None, :] * sine + ys[:, None] * cosine) * scale[1] - 0.5
    high, wide = pixels.shape[:2]
    left = int(max(0, min(wide - 2, np.floor(across.min()))))
    top = int(max(0, min(high - 2, np.floor(down.min()))))
    right, bottom = int(min(wide, max(left + 2, across.max() + 3))), int(min(high, max(top + 2, down.max() + 3)))
    part = pixels[top:bottom, left:right].astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    across = np.clip(across - left, 0, part.shape[1] - 1.001).astype(np.float32)
    down = np.clip(down - top, 0, part.shape[0] - 1.001).astype(np.float32)
    x, y = across.astype(np.int32), down.astype(np.int32)
    over_x, over_y = across - x, down - y
    beside, below = np.minimum(x + 1, part.shape[1] - 1), np.minimum(y + 1, part.shape[0] - 1)
    upper = part[y, x] * (1 - over_x) + part[y, beside] * over_x
    lower = part[below, x] * (1 - over_x) + part[below, beside] * over_x
    fine = upper * (1 - over_y) + lower * over_y
    levels: _Levels = fine.reshape(frame.height, finer, frame.width, finer).mean(axis=(1, 3))
    return levels


def _beginning(ink: _Levels, top: int, bottom: int, around: float) -> int:
    """Returns the first row that belongs to a line.

    Ink that comes in from above and ends soon is the line above; where it goes on, a letter reaches out of its line.

    Args:
        ink: How much of it each row has.
        top: Where the line begins, as it was found.
        bottom: Where it ends.
        around: By how many rows a letter may reach out.
    """
    is_empty = ink <= EMPTY * ink[top:bottom].max()
    row = top
    if not is_empty[row]:
        end = top + round(FRINGE * (bottom - top))
        row = next((each for each in range(top, end) if is_empty[each]), top)
    if row == top and not is_empty[row]:
        row = next((each for each in range(top, -1, -1) if is_empty[each]), 0)
        row = max(row, round(top - around))
    return row


def _within(ends: npt.NDArray[np.float64], most: int) -> tuple[int, int]:
    """Returns the ends of a stretch as far as it is in sight, at least one pixel of it."""
    first = int(np.clip(round(ends[0]), 0, most - 1))
    return first, int(np.clip(round(ends[1]), first + 1, most))


def _is_light_on_dark(pixels: Pixels, scale: tuple[float, float], laid: _Laid) -> bool:
    """Whether a word is lighter than its paper, of which there is more than of ink in and around it."""
    zoom = _COARSE / laid.high
    frame = Frame(round(zoom * (laid.length + laid.high)), round(zoom * 1.5 * laid.high), _COARSE)
    around = _sampled(pixels, scale, laid.middle, laid.along, zoom, frame)
    darkest, lightest = np.percentile(around, [INK, 100 - INK])
    return bool(np.median(around) < (darkest + lightest) / 2)


def _stretched(grey: _Levels, word: _Levels, *, is_light: bool) -> _Levels:
    """Makes the paper of a word white and its ink black, whichever of them is darker."""
    if is_light:
        grey, word = 255 - grey, 255 - word
    ink, paper = np.percentile(word, [INK, PAPER])
    light = word[word > (ink + paper) / 2]
    if light.size:
        paper = max((ink + paper) / 2, float(light.mean() - light.std()))  # paper is rough, and yet white
    levels: _Levels = 255 - np.clip((paper - grey) * (255 / max(FAINTEST, paper - ink)), 0, 255)
    return levels


def _veiled(grey: _Levels, left: float, right: float, top: float, bottom: float) -> Grey:
    seen = np.zeros(grey.shape, np.bool_)
    seen[max(0, round(top)) : max(0, round(bottom)), max(0, round(left)) : max(0, round(right))] = True
    return np.where(seen, grey, 255 - (255 - grey) * (1 - VEILED)).round().astype(np.uint8)
