"""What is loaded from a file, pixels or embedded text, and the limits on its size."""

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
"""A page with more pixels is reduced to this many while it is decoded: a sheet of 34 × 34 cm at 600 dpi."""

MOST_BYTES = 720_000_000
"""A picture that would take more memory than this to decode is refused before anything is allocated."""

SQUARE, MOST_STRETCHED = 1.1, 4.0
"""Pixels whose sides differ by no more than the first factor count as square; beyond the second factor, the stated
density is wrong."""

HEAVY_BYTES = 160_000_000
"""Pictures that take more memory than this are decoded one at a time."""

Permit = Callable[[int], None]
"""Called with a number of bytes before they are allocated; returns when there is enough memory."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """How densely the pixels of a decoded page lie.

    Attributes:
        dpi: How many of them an inch of the page has; None if that is unknown.
        enlarged: How many times larger the page was drawn than the scan of it in its file.
    """

    dpi: float | None = None
    enlarged: float = 1.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded page.

    Attributes:
        pixels: RGB, uint8, height × width × 3.
        rotation: Degrees clockwise by which the stored picture was turned to become this one.
        remark: What the user should know about how it was decoded, or None.
        resolution: How densely its pixels lie.
    """

    pixels: Pixels
    rotation: int = 0
    remark: str | None = None
    resolution: Resolution = Resolution()


Density = tuple[float, float]
"""Dots per inch across and down."""


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A compressed picture.

    Attributes:
        content: A whole JPEG file, or rows of pixels compressed as in PNG.
        is_jpeg: Which of the two it is.
        width: In pixels, as stored.
        height: In pixels, as stored.
        colours: ``L``, ``RGB`` or ``CMYK``, or ``P`` if pixels are indices into a palette.
        depth: Bits per sample.
        palette: Three bytes per colour.
        profile: The ICC profile that describes the colours, or None.
        orientation: How it must be mirrored and turned to be upright, as an EXIF orientation.
        density: The density that its file states, or None.
        is_inverted: Whether its CMYK values are inverted, as Adobe's programs write them.
        is_plain_rgb: Whether a JPEG stores red, green and blue and not luma and chroma.
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
    """A piece of a line of embedded text, and what the page shows there.

    Attributes:
        text: The text in the file.
        font: The number of its font.
        pixels: What is drawn there, upright.
    """

    text: str
    font: int
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class OwnText:
    """The text of a page that is embedded in its file.

    Attributes:
        reading: The lines with their positions, in pixels of the picture that would have been drawn of the page.
        rotation: Degrees clockwise by which the file itself turns the stored page.
        fonts: The number of the font of each line.
        samples: Some pieces of it, to check that the text is right.
        rest: The page without this text, drawn small, in grey and upright; None if nothing is left.
        remark: What the user should know about it, or None.
    """

    reading: Reading
    rotation: int = 0
    fonts: tuple[int, ...] = ()
    samples: tuple[Sample, ...] = ()
    rest: npt.NDArray[np.uint8] | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter and its centre, in points of the PDF page as stored."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PageCount:
    """How many pages a file has.

    Attributes:
        pages: The number of pages that are read.
        left_out: How many more it has at least.
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
        """Returns a page's picture, reduced to at most ``longest_edge`` pixels a side if that is given."""
        ...

    def own_text(self, frame: int) -> OwnText | None:
        """Returns the embedded text of a page; without lines if there only is a remark on text of no use."""
        ...

    def close(self) -> None:
        """Closes the file."""
        ...


def turn_pixels(pixels: Pixels, turn: int) -> Pixels:
    """Turns a picture clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -turn // 90)) if turn % 360 else pixels


def stretch_of(density: Density | None) -> tuple[float, float]:
    """Returns the factors, across and down, that make a picture's pixels square; those of faxes are not."""
    across, down = density or (1.0, 1.0)
    if min(across, down) <= 0 or not SQUARE < max(across, down) / min(across, down) <= MOST_STRETCHED:
        return 1.0, 1.0
    return max(1.0, down / across), max(1.0, across / down)


def scale_within(width: float, height: float, longest_edge: int | None) -> float:
    """Returns the factor, at most 1, that scales a picture to within ``MOST_PIXELS`` and ``longest_edge``."""
    scale = min(1.0, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))
    return min(scale, longest_edge / max(width, height, 1.0)) if longest_edge is not None else scale
