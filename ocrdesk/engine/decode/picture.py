"""What comes out of a file: pixels, or text that the file itself has; and how much of it is let in."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.document import Reading

Pixels = npt.NDArray[np.uint8]
"""RGB, height × width × 3."""

MOST_PIXELS = 64_000_000
"""A larger page is scaled down to this while it is decoded: a sheet of 34 × 34 cm at 600 dpi."""

MOST_BYTES = 720_000_000
"""A picture that would take more memory to decode is refused before anything is allocated."""

SQUARE, MOST_STRETCHED = 1.1, 4.0
"""Pixels longer than wide, or wider than long, by less than the first factor count as square; above the second, nobody
scans so."""

HEAVY_BYTES = 160_000_000
"""Of pictures that take more than this, one is decoded at a time."""

Permit = Callable[[int], None]
"""Called with a number of bytes before they are allocated; returns when there is room for them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded page.

    Attributes:
        pixels: RGB, uint8, height × width × 3.
        rotation: Degrees clockwise by which the stored picture was turned to become this one.
        remark: What a person should know of how it came about, or None.
    """

    pixels: Pixels
    rotation: int = 0
    remark: str | None = None


Density = tuple[float, float]
"""Dots per inch across and down."""


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A compressed picture.

    Attributes:
        content: A whole JPEG file, or rows of pixels as PNG compresses them.
        is_jpeg: Which of the two.
        width: In pixels, as it is stored.
        height: In pixels, as it is stored.
        colours: ``L``, ``RGB`` or ``CMYK``, or ``P`` where pixels are numbers of a palette.
        depth: Bits of each part of a pixel.
        palette: Three bytes a colour.
        profile: The ICC profile that describes the colours, or None.
        orientation: How it is to be mirrored and turned to be upright, by EXIF's numbers.
        density: What its file says, or None.
        is_inverted: Whether it holds the opposite of every ink, as Adobe's programs write it.
        is_plain_rgb: Whether a JPEG holds red, green and blue as such, and not brightness and hue.
    """

    content: bytes
    is_jpeg: bool
    width: int
    height: int
    colours: str
    depth: int = 8
    palette: bytes = b""
    profile: bytes | None = None
    orientation: int = 1
    density: Density | None = None
    is_inverted: bool = False
    is_plain_rgb: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """A piece of a line that a file has itself, and what its page shows there.

    Attributes:
        text: What the file says.
        font: The number of its font.
        pixels: What is drawn, upright.
    """

    text: str
    font: int
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class OwnText:
    """The text that a file has of a page.

    Attributes:
        reading: The lines with their places; in pixels of the picture that would have been made of the page.
        rotation: Degrees clockwise by which the file itself turns the stored page.
        fonts: The number of the font of each line.
        samples: Some pieces of it, to find out whether it is true.
        rest: The page drawn small, in grey and upright, without this text; None if nothing is left then.
        remark: What a person should know of it, or None.
    """

    reading: Reading
    rotation: int = 0
    fonts: tuple[int, ...] = ()
    samples: tuple[Sample, ...] = ()
    rest: npt.NDArray[np.uint8] | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter and its middle, in points of the PDF page as it is stored."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PageCount:
    """How many pages a file has.

    Attributes:
        pages: As many as are read.
        left_out: How many more there are at least.
    """

    pages: int
    left_out: int = 0


class PageFile(Protocol):
    """An open file with one or more pages."""

    @property
    def may_stay_open(self) -> bool:
        """Whether it is worth keeping open for another page."""
        ...

    def count(self) -> PageCount:
        """Counts the pages."""
        ...

    def load(self, frame: int, longest_edge: int | None) -> Picture:
        """Makes a page's picture; reduced to ``longest_edge`` pixels a side if that is given."""
        ...

    def own_text(self, frame: int) -> OwnText | None:
        """The text that the file has of a page; without lines where it has a remark on a text that is of no use."""
        ...

    def close(self) -> None:
        """Closes the file."""
        ...


def turn_pixels(pixels: Pixels, turn: int) -> Pixels:
    """Turns a picture clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -turn // 90)) if turn % 360 else pixels


def stretch_of(density: Density | None) -> tuple[float, float]:
    """By which factors across and down a picture is stretched to make its pixels square; those of faxes are not."""
    across, down = density or (1.0, 1.0)
    if min(across, down) <= 0 or not SQUARE < max(across, down) / min(across, down) <= MOST_STRETCHED:
        return 1.0, 1.0
    return max(1.0, down / across), max(1.0, across / down)


def scale_within(width: float, height: float, longest_edge: int | None) -> float:
    """By how much (at most 1) a picture is scaled to keep to ``MOST_PIXELS`` and to ``longest_edge``."""
    scale = min(1.0, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))
    return min(scale, longest_edge / max(width, height, 1.0)) if longest_edge is not None else scale
