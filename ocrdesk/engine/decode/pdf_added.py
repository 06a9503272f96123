"""What a PDF has besides the content of its pages: form fields, stamps and notes, user units, embedded files."""

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
"""Notes and attachments show a small picture to click on, which would be read as a letter."""

LARGE = 30_000_000
"""A file of more bytes than this is parsed at once, which does not read all of it, as searching for a word would."""

NAMED = 3
"""How many embedded files are named at most."""

_DATA = (".xml", ".json", ".csv", ".xsd", ".css", ".js")


def remove_icons(page: pdfium.PdfPage) -> None:
    """Removes the icons of notes from a page, in memory: PDF readers show them, but they are not printed."""
    for index in reversed(range(pdfium_c.FPDFPage_GetAnnotCount(page))):
        if _kind(page, index) in _ICONS:
            pdfium_c.FPDFPage_RemoveAnnot(page, index)


def has_added_text(page: pdfium.PdfPage) -> bool:
    """Whether the page has form fields, notes or stamps, whose words are not part of its text."""
    return any(_kind(page, index) in _BECOME_TEXT for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)))


def make_part_of_page(page: pdfium.PdfPage) -> bool:
    """Makes form fields, notes and stamps part of the page, in memory.

    Returns:
        Whether the page must be opened anew.
    """
    return bool(pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS)


def _kind(page: pdfium.PdfPage, index: int) -> int:
    added = pdfium_c.FPDFPage_GetAnnot(page, index)
    kind = int(pdfium_c.FPDFAnnot_GetSubtype(added))
    pdfium_c.FPDFPage_CloseAnnot(added)
    return kind


class UserUnits:
    """How many points one unit is on each page of a file, which PDFium does not say.

    Few files have anything but 1. So a file is only parsed if it contains the word for it, or if its objects are
    compressed so that words cannot be found.
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
        """Returns how many points one unit is on a page, given by its 0-based number."""
        unit = self._units.get(page, 1.0)
        return unit if unit > 0 else 1.0


def embedded_files(document: pdfium.PdfDocument) -> str | None:
    """Returns a remark on the files embedded in a PDF, or None; data files, such as an invoice has, need no remark."""
    names = [document.get_attachment(index).get_name() for index in range(document.count_attachments())]
    names = [harmless(name) for name in names if not name.lower().endswith(_DATA)]
    if not names:
        return None
    some = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
    return Fact.EMBEDDED_FILES(names=some)
