"""Computes the widths of texts in a PDF, so that one can be removed without moving what follows it."""

from contextlib import closing, suppress
from ctypes import byref, c_float
from functools import cache

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pikepdf import Name

_SPACE = 32
_STANDARD = ("Times", "Helvetica", "Courier")
_ALSO_STANDARD = {"Arial": "Helvetica", "TimesNewRoman": "Times", "CourierNew": "Courier"}


def width_of(font: pikepdf.Object, text: bytes) -> tuple[float, int, int] | None:
    """Returns the width of a string, in thousandths of its font size, and its numbers of letters and spaces.

    Returns None if the font does not say, or is for vertical writing.
    """
    kind = font.get("/Subtype")
    if kind == Name.Type0:
        return _width_of_two_bytes(font, text)
    scale = 1.0
    if kind == Name.Type3:
        scale = 1000 * float(font.FontMatrix[0])
    widths = font.get("/Widths")
    if widths is None:
        standard = _standard_widths(str(font.get("/BaseFont", "")))
        if standard is None:
            return None
        return sum(standard[code] for code in text), len(text), text.count(_SPACE)
    first = int(font.get("/FirstChar", 0))
    missing = float(font.get("/FontDescriptor", pikepdf.Dictionary()).get("/MissingWidth", 0))
    known = [float(width) for width in widths]
    inside = (known[code - first] if 0 <= code - first < len(known) else missing for code in text)
    return scale * sum(inside), len(text), text.count(_SPACE)


def _width_of_two_bytes(font: pikepdf.Object, text: bytes) -> tuple[float, int, int] | None:
    if font.get("/Encoding") != Name("/Identity-H"):
        return None
    letters = font.DescendantFonts[0]
    usual, known = float(letters.get("/DW", 1000)), dict[int, float]()
    parts = list(letters.get("/W", pikepdf.Array()))
    while len(parts) >= 2:
        first, second = int(parts[0]), parts[1]
        if isinstance(second, pikepdf.Array):
            known.update((first + place, float(width)) for place, width in enumerate(second))
            parts = parts[2:]
        else:
            known.update((code, float(parts[2])) for code in range(first, min(int(second), 0xFFFF) + 1))
            parts = parts[3:]
    codes = [int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text), 2)]
    return sum(known.get(code, usual) for code in codes), len(codes), 0


@cache
def _standard_widths(name: str) -> tuple[float, ...] | None:
    """Returns the widths of a standard font, which every reader has, by code; None for any other font."""
    plain = name.lstrip("/").partition("+")[2] or name.lstrip("/")
    family, _, style = plain.replace(",", "-").partition("-")
    family = _ALSO_STANDARD.get(family.removesuffix("MT").removesuffix("PS"), family)
    if family not in _STANDARD:
        return None
    bold, slanted = "Bold" in style, "Italic" in style or "Oblique" in style
    ending = ("Bold" if bold else "") + (("Italic" if family == "Times" else "Oblique") if slanted else "")
    full = f"{family}-{ending}" if ending else ("Times-Roman" if family == "Times" else family)
    with closing(pdfium.PdfDocument.new()) as document:
        font = pdfium_c.FPDFText_LoadStandardFont(document.raw, full.encode("ascii"))
        try:
            return tuple(_glyph_width(font, code) for code in range(256))
        finally:
            pdfium_c.FPDFFont_Close(font)


def _glyph_width(font: object, code: int) -> float:
    width = c_float()
    with suppress(TypeError):
        pdfium_c.FPDFFont_GetGlyphWidth(font, code, 1000.0, byref(width))
    return width.value
