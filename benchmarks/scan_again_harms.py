"""Harms drawn pages in known ways, as bad scans do; for ``scan_again.py``."""

import math
from collections.abc import Callable
from random import Random

import cv2
import numpy as np
import numpy.typing as npt
from scan_again_pages import X_HEIGHT, Drawn, Pixels

Harm = Callable[[Random, Drawn], Pixels]


def as_scanned(random: Random, page: Drawn) -> Pixels:
    """What no scan is without: a little blur, noise, slant and compression, and paper that is not quite white."""
    pixels = _slanted(page.pixels, random.uniform(-1.5, 1.5))
    pixels = _blurred(pixels, random.uniform(0.0, 0.06) * X_HEIGHT * page.size)
    light, noise = random.uniform(0.75, 1.0), random.uniform(0, 5)
    return _packed(_noisy(random, pixels * light, noise), random.randrange(60, 96))


def gaussian(random: Random, page: Drawn) -> Pixels:
    """Out of focus."""
    return as_scanned(
        random, Drawn(_blurred(page.pixels, random.uniform(0.17, 0.26) * X_HEIGHT * page.size), page.size)
    )


def moved(random: Random, page: Drawn) -> Pixels:
    """The sheet or the camera moved sideways or upwards."""
    length = max(3, round(random.uniform(0.6, 0.9) * X_HEIGHT * page.size))
    kernel = np.ones((1, length) if random.random() < 0.5 else (length, 1), np.float32) / length
    return as_scanned(random, Drawn(cv2.filter2D(page.pixels, -1, kernel), page.size))


def dark(random: Random, page: Drawn) -> Pixels:
    """Far too little light."""
    pixels = as_scanned(random, page).astype(np.float32) * random.uniform(0.08, 0.16)
    return _packed(_noisy(random, pixels, random.uniform(2, 4)), 90)


def faint(random: Random, page: Drawn) -> Pixels:
    """Ink that is nearly as light as its paper, as on old thermal paper."""
    pixels = page.pixels.astype(np.float32)
    paper = np.median(pixels, axis=(0, 1))
    return as_scanned(
        random, Drawn((paper + (pixels - paper) * random.uniform(0.08, 0.14)).clip(0, 255).astype(np.uint8), page.size)
    )


def coarse(random: Random, page: Drawn) -> Pixels:
    """Scanned at a resolution at which letters are four to five pixels high."""
    scale = random.uniform(3.8, 5.0) / (page.letter * page.size)
    return _packed(cv2.resize(as_scanned(random, page), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), 88)


def enlarged(random: Random, page: Drawn) -> Pixels:
    """The same, made larger again afterwards."""
    height, width = page.pixels.shape[:2]
    return cv2.resize(coarse(random, page), (width, height), interpolation=cv2.INTER_CUBIC).astype(np.uint8)


def cut_beside(random: Random, page: Drawn) -> Pixels:
    """A side of the text lies outside the picture."""
    pixels = as_scanned(random, page)
    rows = _rows_of_text(page)
    text = np.flatnonzero(rows >= rows.max() / 3)  # where a third of the lines are: not between columns
    least, most = round(0.06 * len(text)), round(0.3 * len(text))
    part = random.randrange(least, most)
    return pixels[:, text[part] :] if random.random() < 0.5 else pixels[:, : text[-part]]


def shaded(random: Random, page: Drawn) -> Pixels:
    """The shadow of whoever took the picture lies over part of it."""
    pixels = as_scanned(random, page)
    _height, width = pixels.shape[:2]
    edge = random.uniform(0.4, 0.6) * width
    light = 1 / (1 + np.exp((np.arange(width) - edge) / (0.02 * width)))
    return _packed(_noisy(random, pixels * (random.uniform(0.1, 0.16) + 0.85 * light)[None, :, None], 3), 85)


def slanted(random: Random, page: Drawn) -> Pixels:
    """Laid on the glass far from straight."""
    return as_scanned(random, Drawn(_slanted(page.pixels, random.choice((-1, 1)) * random.uniform(33, 42)), page.size))


def defocused(random: Random, page: Drawn) -> Pixels:
    """Out of focus as a lens is: each point becomes a disc."""
    radius = random.uniform(0.36, 0.52) * X_HEIGHT * page.size
    reach = math.ceil(radius)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return as_scanned(random, Drawn(cv2.filter2D(page.pixels, -1, disc / disc.sum()), page.size))


def shaken(random: Random, page: Drawn) -> Pixels:
    """The hand shook: a short crooked way."""
    reach = math.ceil(1.4 * X_HEIGHT * page.size)
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    angle, x, y = random.uniform(0, 2 * math.pi), float(reach), float(reach)
    for _ in range(round(4 * random.uniform(0.7, 1.0) * X_HEIGHT * page.size)):
        kernel[round(y) % len(kernel), round(x) % len(kernel)] += 1
        angle += random.uniform(-0.12, 0.12)
        x, y = x + math.cos(angle) / 4, y + math.sin(angle) / 4
    return as_scanned(random, Drawn(cv2.filter2D(page.pixels, -1, kernel / kernel.sum()), page.size))


def at_night(random: Random, page: Drawn) -> Pixels:
    """Photographed by weak light that reaches only the middle, and brightened by nobody."""
    pixels = as_scanned(random, page).astype(np.float32) / 255
    height, width = pixels.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    light = random.uniform(0.012, 0.025) * (1 - 0.35 * (x * x + y * y) / 2)
    return _packed(_noisy(random, 255 * (pixels**2.2 * light[..., None]) ** (1 / 2.2), 3), 90)


def bleached(random: Random, page: Drawn) -> Pixels:
    """Overexposed until letters all but vanish, with the noise that this leaves."""
    pixels = page.pixels.astype(np.float32)
    weak = np.where(
        pixels.mean() > 127, 255 - (255 - pixels) * random.uniform(0.09, 0.15), pixels * random.uniform(0.1, 0.16)
    )
    return _packed(_noisy(random, weak, 2), 85)


def enlarged_sharply(random: Random, page: Drawn) -> Pixels:
    """The same, by a filter that keeps edges crisp."""
    height, width = page.pixels.shape[:2]
    return cv2.resize(coarse(random, page), (width, height), interpolation=cv2.INTER_LANCZOS4).astype(np.uint8)


def cut_through(random: Random, page: Drawn) -> Pixels:
    """Upper lines lie outside the picture, the first of the rest is cut through lengthwise, and so is a side."""
    pixels = cut_beside(random, page)
    rows = np.flatnonzero((_ink(page) > 60).sum(axis=1) > 4)
    return pixels[rows[len(rows) // random.choice((4, 5))] :]


def fingered(random: Random, page: Drawn) -> Pixels:
    """A finger lies on the page."""
    pixels = as_scanned(random, page)
    height, width = pixels.shape[:2]
    thick = round(0.13 * width)
    y = round(random.uniform(0.3, 0.7) * height)
    mask = np.zeros((height, width), np.uint8)
    cv2.ellipse(mask, (width, y), (round(0.33 * width), thick // 2), random.uniform(-15, 15), 0, 360, 255, cv2.FILLED)
    mask = cv2.GaussianBlur(mask, (0, 0), 2).astype(np.float32)[..., None] / 255
    skin = np.array(random.choice(((224, 172, 138), (198, 134, 102), (141, 85, 60))), np.float32)
    shade = np.linspace(0.8, 1.05, height)[:, None, None]
    return _packed(_noisy(random, pixels * (1 - mask) + skin * shade * mask, 3), 88)


def _ink(page: Drawn) -> npt.NDArray[np.int64]:
    """Returns how much each pixel differs from most of its page."""
    return abs(page.pixels.astype(int) - np.median(page.pixels, axis=(0, 1)).astype(int)).max(axis=2)


def _rows_of_text(page: Drawn) -> npt.NDArray[np.int64]:
    """Returns how much text there is at each place across a page: sharp edges, which pictures and bars have not."""
    sharp = abs(np.diff(page.pixels[..., 1].astype(int), axis=1, append=0)) > 80
    return cv2.blur(sharp.sum(axis=0).astype(np.float32), (round(page.size), 1)).ravel().astype(np.int64)


def _slanted(pixels: Pixels, degrees: float) -> Pixels:
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    wide = math.ceil(abs(math.sin(math.radians(degrees))) * height + abs(math.cos(math.radians(degrees))) * width)
    high = math.ceil(abs(math.sin(math.radians(degrees))) * width + abs(math.cos(math.radians(degrees))) * height)
    turn[:, 2] += ((wide - width) / 2, (high - height) / 2)
    paper = [float(level) for level in np.median(pixels[:: height - 1], axis=(0, 1))]
    return cv2.warpAffine(pixels, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=paper).astype(np.uint8)


def _blurred(pixels: Pixels, sigma: float) -> Pixels:
    return cv2.GaussianBlur(pixels, (0, 0), sigma).astype(np.uint8) if sigma > 0.1 else pixels


def _noisy(random: Random, pixels: npt.NDArray[np.floating], sigma: float) -> Pixels:
    noise = np.random.default_rng(random.randrange(1 << 30)).normal(0, max(sigma, 1e-6), (*pixels.shape[:2], 1))
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


def _packed(pixels: Pixels, quality: int) -> Pixels:
    """Compresses a picture as JPEG, and opens it again."""
    _, packed = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(packed, cv2.IMREAD_COLOR)[..., ::-1].astype(np.uint8)


BLURRED, COARSE, CUT = frozenset({"BLURRED"}), frozenset({"COARSE", "SMALL", "BLURRED"}), frozenset({"LEFT", "RIGHT"})
TUNED = {
    gaussian: BLURRED, moved: BLURRED, dark: frozenset({"DARK"}), faint: frozenset({"FAINT"}), coarse: COARSE,
    enlarged: COARSE, cut_beside: CUT,
}  # fmt: skip
"""The ways of harm that the limits were chosen with, and the reasons that are right for each."""

ASIDE = {
    defocused: BLURRED, shaken: BLURRED, at_night: frozenset({"DARK"}), bleached: frozenset({"FAINT", "DARK"}),
    enlarged_sharply: COARSE, cut_through: CUT,
}  # fmt: skip
"""Those that were kept aside."""

BESIDES = {
    shaded: frozenset({"SHADED", "DARK"}), fingered: frozenset({"COVERED"}), slanted: frozenset({"SLANTED"}),
}  # fmt: skip
"""Further ones."""
