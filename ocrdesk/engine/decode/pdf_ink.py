"""Finds the visible letters of a PDF page by drawing it with and without its embedded text."""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import groupby

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ocrdesk.engine.decode.pdf_letters import SOFT_HYPHEN, Box, Letter, address_of, bounds_of

Grey = npt.NDArray[np.uint8]
"""Height × width."""

LOOK_DPI = 150
"""The resolution at which pages are drawn to measure their ink: small print has distinct letters, and it is quick."""

MOST_LOOKED_AT = 4_000_000
"""Most pixels of such a drawing; a poster is drawn at a lower resolution."""

FAINTEST = 10
"""The least number of grey levels by which a letter must change its page. Watermarks are the faintest text."""

CORE = 0.1
"""Share of a letter's box that is left out above and below, where neighbouring lines may have ink."""

DEEPEST = 15
"""Most levels of forms within forms; PDFium draws no deeper ones."""


def look_scale(width: float, height: float) -> float:
    """Returns the pixels per point at which a page of ``width`` × ``height`` points is drawn to measure its ink."""
    return min(LOOK_DPI / 72, math.sqrt(MOST_LOOKED_AT / (width * height)))


def draw_grey(page: pdfium.PdfPage, scale: float) -> Grey:
    """Draws a page in grey, with ``scale`` pixels for each of its units."""
    with closing(page.render(scale=scale, grayscale=True)) as bitmap:
        grey: Grey = np.ascontiguousarray(bitmap.to_numpy().reshape(bitmap.height, bitmap.width))
    return grey


class TextParts:
    """The objects of a page that draw text, including those in forms.

    Attributes:
        addresses: The addresses that identify them.
    """

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._parts: dict[int, object] = {}
        for place in range(pdfium_c.FPDFPage_CountObjects(page)):
            self._take(pdfium_c.FPDFPage_GetObject(page, place), 0)
        self.addresses = tuple(self._parts)

    def _take(self, part: object, depth: int) -> None:
        kind = pdfium_c.FPDFPageObj_GetType(part)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            self._parts[address_of(part)] = part
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            for place in range(pdfium_c.FPDFFormObj_CountObjects(part)):
                self._take(pdfium_c.FPDFFormObj_GetObject(part, place), depth + 1)

    def hide(self, addresses: Iterable[int]) -> None:
        """Leaves some of them out of every drawing of the page while it is open; the file is not changed."""
        self._set(addresses, False)

    @contextmanager
    def hidden(self, addresses: Iterable[int]) -> Iterator[None]:
        """Leaves some of them out of drawings of the page inside the block."""
        self._set(addresses, False)
        try:
            yield
        finally:
            self._set(addresses, True)

    def _set(self, addresses: Iterable[int], is_active: bool) -> None:
        for address in addresses:
            pdfium_c.FPDFPageObj_SetIsActive(self._parts[address], is_active)


def seen_letters(letters: Sequence[Letter], with_text: Grey, without: Grey, share: float) -> list[Letter]:
    """Returns the letters that change the page: not white on white, not covered, not on a hidden layer.

    White letters over a scan change it where they lie on its ink, but are invisible beside it. So the letters of a
    line, taken together, must differ more from the background than what was there without them.

    Args:
        letters: In the order of the file, including whitespace.
        with_text: The page as it is drawn.
        without: The page drawn without any text.
        share: The scale of these drawings, compared with the one to which the boxes of the letters refer.
    """
    seen: list[Letter] = []
    changed = abs(with_text.astype(np.int16) - without)
    for is_end, group in groupby(letters, key=lambda letter: letter.text == "\n"):
        line = list(group)
        seen += line if is_end else _seen_of_line(line, with_text, without, changed, share)
    return seen


def _seen_of_line(
    line: list[Letter], with_text: Grey, without: Grey, changed: npt.NDArray[np.int16], share: float
) -> Iterator[Letter]:
    """Yields the visible letters of a line; a single one without ink counts if others stand around it, as a dot may."""
    marks = [place for place, letter in enumerate(line) if letter.is_mark]
    if _has_even_ground([line[place].box for place in marks], without, share):  # as on most pages, which saves time
        most_of = [int(changed[_place_of(line[place], share)].max(initial=0)) for place in marks]
        stands_out = any(most_of)
    else:
        changes = [_change(line[place], with_text, without, changed, share) for place in marks]
        most_of = [most for most, _ in changes]
        stands_out = sum(gain for _, gain in changes) > 0
    # Other computers may show what this one has no font for.
    has_ink = [
        (stands_out and most >= FAINTEST) or not line[place].has_look
        for place, most in zip(marks, most_of, strict=True)
    ]
    lost: set[int] = set()
    start = 0
    for is_inked, group in groupby(has_ink):
        count = len(list(group))
        if not is_inked and (count > 1 or len(marks) == 1):
            lost.update(range(marks[start], marks[start + count - 1] + 1))
        start += count
    inked = {place for place, is_inked in zip(marks, has_ink, strict=True) if is_inked}
    for place, letter in enumerate(line):
        if letter.text == SOFT_HYPHEN:
            if place in inked:
                yield replace(letter, text="-")
        elif place not in lost:
            yield letter


def _change(
    letter: Letter, with_text: Grey, without: Grey, changed: npt.NDArray[np.int16], share: float
) -> tuple[int, int]:
    """Measures what the text changes in a letter's box, in grey levels.

    Returns:
        The greatest change of a pixel, and how much more all pixels differ from the background than without the text.
    """
    place = _place_of(letter, share)
    most = int(changed[place].max(initial=0))
    if not most:
        return 0, 0
    before = without[place]
    after, ground = with_text[place].astype(np.int16), np.int16(np.median(before))
    return most, int((abs(after - ground) - abs(before.astype(np.int16) - ground)).sum())


def _has_even_ground(boxes: Sequence[Box], without: Grey, share: float) -> bool:
    """Whether letters have a background of a single shade, on which any change is visible."""
    if not boxes:
        return True
    left, top, right, bottom = (side * share for side in bounds_of(boxes))
    ground = without[max(0, int(top)) : math.ceil(bottom) + 1, max(0, int(left)) : math.ceil(right) + 1]
    return not ground.size or bool(ground.min() == ground.max())


def _place_of(letter: Letter, share: float) -> tuple[slice, slice]:
    """Returns the rows and columns of a letter's box without its edges, where letters of other lines may be."""
    left, top, right, bottom = (side * share for side in letter.box)
    margin = CORE * (bottom - top) if letter.turn in (0, 180) else 0.0
    beside = CORE * (right - left) if letter.turn in (90, 270) else 0.0
    rows = slice(max(0, int(top + margin)), math.ceil(bottom - margin) + 1)
    columns = slice(max(0, int(left + beside)), math.ceil(right - beside) + 1)
    return rows, columns
