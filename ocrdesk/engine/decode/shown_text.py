"""Finds the letters of a PDF page as readers show it, including those of forms, notes and stamps."""

from contextlib import closing

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ocrdesk.engine.decode.picture import ShownLetter


def shown_letters(content: bytes) -> tuple[ShownLetter, ...]:
    """Returns all letters of the first page of a PDF in the order of its content, without whitespace.

    Args:
        content: The PDF file.

    Raises:
        PdfiumError: The file cannot be opened.
    """
    with closing(pdfium.PdfDocument(content)) as document:
        document.init_forms()  # this also draws form fields that have no appearance yet
        with closing(document[0]) as page:
            # Makes notes and fields part of the page, in memory only; the page must be opened anew to show them.
            pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
        with closing(document[0]) as page, closing(page.get_textpage()) as text:
            return tuple(letter for index in range(text.count_chars()) if (letter := _letter(text, index)))


def _letter(text: pdfium.PdfTextPage, index: int) -> ShownLetter | None:
    code = pdfium_c.FPDFText_GetUnicode(text, index)
    box = pdfium_c.FS_RECTF()
    if code <= 32 or code > 0x10FFFF or not pdfium_c.FPDFText_GetLooseCharBox(text, index, box):
        return None
    return ShownLetter(chr(code), (box.left + box.right) / 2, (box.bottom + box.top) / 2)
