"""Writes the text of a page as invisible text over its words."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from math import hypot

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.direction import has_leftward, mostly_runs_left
from ocrdesk.engine.document import Correction, Line, Page
from ocrdesk.engine.export.pdf_font import ADVANCE, BELOW, InvisibleFont
from ocrdesk.engine.export.pdf_leftwards import MARKS, bare, from_left
from ocrdesk.engine.export.pdf_there import TextThere
from ocrdesk.engine.export.placed import as_read, words_of
from ocrdesk.engine.export.xml_text import xml_text
from ocrdesk.engine.geometry import Polygon, is_standing

FONT_NAME = "/OcrText"

Placement = npt.NDArray[np.float64]
"""A 3 × 3 matrix that moves a point (x, y, 1) by which it is multiplied; several are applied from left to right."""

_QUARTER: Placement = np.array([[0, 1, 0], [-1, 0, 0], [1, 0, 1]], np.float64)
"""A quarter turn clockwise of points given as fractions of the page, from its top-left corner."""

_NARROW = "0.01"
"""How far a mark is stretched, in percent: less than a hundredth of a point in any size of print."""

_LEAST = 0.01
"""Least size of a letter, in points, because nothing can be stretched to zero width."""


def turned(degrees: int) -> Placement:
    """Returns a clockwise turn of points given as fractions of the page."""
    return np.linalg.matrix_power(_QUARTER, degrees // 90 % 4)


def to_fractions(page: Page) -> Placement:
    """Returns the conversion from pixels of the upright page to fractions of it."""
    return np.diag((1 / max(page.width or 1, 1), 1 / max(page.height or 1, 1), 1.0))


def text_layer(
    lines: Iterable[Line],
    placement: Placement,
    font: InvisibleFont,
    name: str = FONT_NAME,
    there: TextThere | None = None,
) -> bytes:
    """Returns operators that put lines on a page, in order; none if there is nothing to put on it.

    Args:
        lines: The lines in reading order.
        placement: Converts pixels of the upright page to points of the PDF page.
        font: The font, which assigns codes to the letters.
        name: The name of the font in the page's resources.
        there: The text that readers already find on the page; words in it are left out.
    """
    lines = list(lines)
    way = mostly_runs_left(line.text for line in lines)
    shown = [text for line in lines if (text := "".join(_shown(line, way, placement, font, name, there)))]
    return f"q\n{''.join(shown)}Q\n".encode("ascii") if shown else b""


def differs(lines: Iterable[Line], corrections: Iterable[Correction], placement: Placement, there: TextThere) -> bool:
    """Whether readers find something else on a page than what a person corrected, or what a person removed.

    Args:
        lines: The lines of the page.
        corrections: Its corrections.
        placement: Converts pixels of the upright page to points of the PDF page.
        there: The text that readers already find on the page.
    """
    corrected = [line for line in lines if line.is_corrected]
    return any(
        there.differ_from(
            [(text, _corners(polygon, is_standing(line.polygon), placement)) for text, polygon, _ in _words(line)]
        )
        for line in corrected
    ) or any(
        there.still_says(it.before, it.after or "", _corners(it.polygon, is_standing(it.polygon), placement))
        for it in corrections
        if not it.is_lost
    )


def _words(line: Line) -> list[tuple[str, Polygon, bool]]:
    """Returns the words of a line, or all of it as one if their places were not measured."""
    words = [(xml_text(word.text), word.polygon, word.is_apart) for word in words_of(line)]
    return words or [(" ".join(xml_text(line.text).split()), line.polygon, False)]


def _shown(
    line: Line, page_runs_left: bool, placement: Placement, font: InvisibleFont, name: str, there: TextThere | None
) -> Iterator[str]:
    standing = is_standing(line.polygon)
    words = _words(line)
    if not standing and has_leftward(line.text):
        words = from_left(words, page_runs_left=page_runs_left)
    placed = [(bare(text), _corners(polygon, standing, placement)) for text, polygon, _ in words]
    lacks = [True] * len(words) if there is None else there.lacking(placed)
    if not any(lacks):
        return
    a, b, c, d = _corners(line.polygon, standing, placement)
    along = (b - a + c - d) / 2
    length = max(_LEAST, hypot(*along))
    x, y = along / length if hypot(*along) >= _LEAST else np.array((1.0, 0.0))
    up = (a - d + b - c) / 2
    size = max(_LEAST, abs(x * up[1] - y * up[0]))
    base = d + BELOW * (a - d)
    places = [_extent(polygon, standing, placement, d, np.array((x, y))) for _, polygon, _ in words]
    yield f"BT 3 Tr {name} {size:.2f} Tf\n"
    for number, (text, _, _) in enumerate(words):
        begin, end = places[number]
        is_last = number + 1 == len(words)
        gap = 0.0 if is_last else places[number + 1][0] - end
        if not is_last and not words[number + 1][2]:
            # Words without a space between them must touch, or readers would insert one.
            end, gap = max(places[number + 1][0], begin), 0.0
        left, bottom = base + begin * np.array((x, y))
        if not lacks[number]:
            continue
        if text:
            yield f"{x:.5f} {y:.5f} {-y:.5f} {x:.5f} {left:.2f} {bottom:.2f} Tm "
            yield from _strings(text, end - begin, size, font)
        if not is_last and words[number + 1][2] and lacks[number + 1]:
            yield f"{_stretch(gap, size, 1):.2f} Tz <{font.coded(' ')}> Tj\n"
    yield "ET\n"


def _strings(text: str, width: float, size: float, font: InvisibleFont) -> Iterator[str]:
    """Returns a word, stretched over its place, with marks so narrow that only those readers see them that need them.

    PDFium leaves out text that is narrower than a hundredth of a point, and would take a mark for a part of a phrase.
    """
    stretch = f"{_stretch(width, size, max(1, len(bare(text)))):.2f}"
    for is_mark, letters in groupby(text, MARKS.__contains__):
        yield f"{_NARROW if is_mark else stretch} Tz <{font.coded(''.join(letters))}> Tj\n"


def _corners(polygon: Polygon, standing: bool, placement: Placement) -> npt.NDArray[np.float64]:
    points = np.array([(x, y, 1.0) for x, y in as_read(polygon, standing)])
    return (points @ placement)[:, :2]


def _extent(
    polygon: Polygon,
    standing: bool,
    placement: Placement,
    origin: npt.NDArray[np.float64],
    along: npt.NDArray[np.float64],
) -> tuple[float, float]:
    """Returns where a word begins and ends along its line."""
    a, b, c, d = ((corner - origin) @ along for corner in _corners(polygon, standing, placement))
    return float(a + d) / 2, float(b + c) / 2


def _stretch(width: float, size: float, letters: int) -> float:
    """Returns the percentage to which letters are stretched to fill a width."""
    return 100 * max(_LEAST, width) / (letters * ADVANCE * size)
