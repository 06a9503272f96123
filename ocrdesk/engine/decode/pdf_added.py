"""What was laid on the pages of a PDF, or in it beside them: fields, stamps and notes, units, embedded files."""

import logging
import mmap
from typing import BinaryIO

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ocrdesk.engine.facts import Fact
from ocrdesk.engine.steering import harmless

log = logging.getLogger(__name__)

_BECOME_TEXT = (pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP)
_ICONS = (pdfium_c.FPDF_ANNOT_TEXT, pdfium_c.FPDF_ANNOT_FILEATTACHMENT, pdfium_c.FPDF_ANNOT_SOUND)
"""Notes and attachments show a small picture that is to be clicked on, which would be read as a letter."""

LARGE = 30_000_000
"""Bytes; a larger file is taken apart at once, which does not read all of it as looking for a word would."""

NAMED = 3
"""So many embedded files are named."""

_DATA = (".xml", ".json", ".csv", ".xsd", ".css", ".js")


def remove_icons(page: pdfium.PdfPage) -> None:
    """Takes the icons of notes off a page, in memory; they belong to the reader, not to what is printed."""
    for index in reversed(range(pdfium_c.FPDFPage_GetAnnotCount(page))):
        if _kind(page, index) in _ICONS:
            pdfium_c.FPDFPage_RemoveAnnot(page, index)


def has_added_text(page: pdfium.PdfPage) -> bool:
    """Whether a form has fields, or a note or stamp was laid on the page: such words are not among its text."""
    return any(_kind(page, index) in _BECOME_TEXT for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)))


def make_part_of_page(page: pdfium.PdfPage) -> bool:
    """Makes what such words are drawn with part of the page, in memory; says whether it must be opened anew."""
    return bool(pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS)


def _kind(page: pdfium.PdfPage, index: int) -> int:
    added = pdfium_c.FPDFPage_GetAnnot(page, index)
    kind = int(pdfium_c.FPDFAnnot_GetSubtype(added))
    pdfium_c.FPDFPage_CloseAnnot(added)
    return kind


class UserUnits:
    """How many points a unit of each page of a file is.

    PDFium does not tell. Few files say anything but 1, so the file is only taken apart where it may: where the word
    stands in it, or where its objects are packed so that words cannot be seen.
    """

    def __init__(self, file: BinaryIO, password: str | None) -> None:
        self._units: dict[int, float] = {}
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            may_say = len(content) > LARGE or any(content.find(word) >= 0 for word in (b"/ObjStm", b"/UserUnit"))
        if may_say:
            self._take_apart(file.name, password)

    def _take_apart(self, path: str, password: str | None) -> None:
        try:
            with pikepdf.open(path, password=password or "") as pdf:
                for number, page in enumerate(pdf.pages):
                    if "/UserUnit" in page.obj:
                        self._units[number] = float(page.obj.UserUnit)
        except (pikepdf.PdfError, OSError, TypeError, ValueError) as error:
            log.info("The units of %s are taken for points", path, exc_info=error)

    def of(self, page: int) -> float:
        """Points that a unit of a page is, by its 0-based number."""
        unit = self._units.get(page, 1.0)
        return unit if unit > 0 else 1.0


def embedded_files(document: pdfium.PdfDocument) -> str | None:
    """What to say of the files that are embedded in a PDF, or None; data, as that of an invoice, needs no word."""
    names = [document.get_attachment(index).get_name() for index in range(document.count_attachments())]
    names = [harmless(name) for name in names if not name.lower().endswith(_DATA)]
    if not names:
        return None
    some = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
    return Fact.EMBEDDED_FILES(names=some)
