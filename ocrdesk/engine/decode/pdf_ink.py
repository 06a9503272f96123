"""Which letters of a PDF page are seen on it, and what else is: found by drawing it with and without its own text."""

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
"""At which pages are drawn to look at their ink: small print has letters, and a page takes milliseconds."""

MOST_LOOKED_AT = 4_000_000
"""Pixels of such a drawing; of a poster it is coarser."""

FAINTEST = 10
"""Levels of grey by which a letter changes its page at least; a watermark is fainter than any other text."""

CORE = 0.1
"""Share of a letter's box left out above and below, where neighbouring lines may have ink."""

DEEPEST = 15
"""Forms within forms; PDFium draws no deeper."""


def look_scale(width: float, height: float) -> float:
    """Pixels for each point of a page of ``width`` × ``height`` points when its ink is looked at."""
    return min(LOOK_DPI / 72, math.sqrt(MOST_LOOKED_AT / (width * height)))


def draw_grey(page: pdfium.PdfPage, scale: float) -> Grey:
    """Draws a page in grey, at so many pixels for each of its units."""
    with closing(page.render(scale=scale, grayscale=True)) as bitmap:
        grey: Grey = np.ascontiguousarray(bitmap.to_numpy().reshape(bitmap.height, bitmap.width))
    return grey


class TextParts:
    """The objects of a page that draw text, those of forms too.

    Attributes:
        addresses: What tells them apart.
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
        """Has the page drawn without some of them as long as it is open; the file stays as it is."""
        self._set(addresses, False)

    @contextmanager
    def hidden(self, addresses: Iterable[int]) -> Iterator[None]:
        """Has the page drawn without some of them inside the block."""
        self._set(addresses, False)
        try:
            yield
        finally:
            self._set(addresses, True)

    def _set(self, addresses: Iterable[int], is_active: bool) -> None:
        for address in addresses:
            pdfium_c.FPDFPageObj_SetIsActive(self._parts[address], is_active)


def seen_letters(letters: Sequence[Letter], with_text: Grey, without: Grey, share: float) -> list[Letter]:
    """The letters that change the page: not white on white, not covered, not in a layer that is off.

    White letters over a scan change it where they lie on its ink, and are not seen beside it: all in all, the letters
    of a line must differ more from the ground around them than what was there before.

    Args:
        letters: In the order of their file, white among them.
        with_text: The page as it is drawn.
        without: The page drawn without any text.
        share: How large these drawings are, compared with that on which the letters have their boxes.
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
    """One letter that cannot be made out among others is one all the same: a dot may be as small as dust."""
    marks = [place for place, letter in enumerate(line) if letter.is_mark]
    if _has_even_ground([line[place].box for place in marks], without, share):  # as on most pages, which saves time
        most_of = [int(changed[_place_of(line[place], share)].max(initial=0)) for place in marks]
        stands_out = any(most_of)
    else:
        changes = [_change(line[place], with_text, without, changed, share) for place in marks]
        most_of = [most for most, _ in changes]
        stands_out = sum(gain for _, gain in changes) > 0
    # What this computer cannot draw is on the page as others see it.
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
    """What the text changes in a letter's box, in levels of grey.

    Returns:
        The most that a pixel changes, and how much farther all of them are from their ground than before.
    """
    place = _place_of(letter, share)
    most = int(changed[place].max(initial=0))
    if not most:
        return 0, 0
    before = without[place]
    after, ground = with_text[place].astype(np.int16), np.int16(np.median(before))
    return most, int((abs(after - ground) - abs(before.astype(np.int16) - ground)).sum())


def _has_even_ground(boxes: Sequence[Box], without: Grey, share: float) -> bool:
    """Whether letters stand on one shade, where whatever changes stands out."""
    if not boxes:
        return True
    left, top, right, bottom = (side * share for side in bounds_of(boxes))
    ground = without[max(0, int(top)) : math.ceil(bottom) + 1, max(0, int(left)) : math.ceil(right) + 1]
    return not ground.size or bool(ground.min() == ground.max())


def _place_of(letter: Letter, share: float) -> tuple[slice, slice]:
    """Rows and columns of a letter's box, without the edges at which there may be its neighbours of other lines."""
    left, top, right, bottom = (side * share for side in letter.box)
    margin = CORE * (bottom - top) if letter.turn in (0, 180) else 0.0
    beside = CORE * (right - left) if letter.turn in (90, 270) else 0.0
    rows = slice(max(0, int(top + margin)), math.ceil(bottom - margin) + 1)
    columns = slice(max(0, int(left + beside)), math.ceil(right - beside) + 1)
    return rows, columns
