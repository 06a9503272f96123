"""The letters that readers of PDF find on a page, with those of its forms, notes and stamps."""

from contextlib import closing

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ocrdesk.engine.decode.picture import ShownLetter


def shown_letters(content: bytes) -> tuple[ShownLetter, ...]:
    """All letters of the first page of a PDF, in the order of its content; white is left out.

    Args:
        content: The file.

    Raises:
        PdfiumError: It cannot be opened.
    """
    with closing(pdfium.PdfDocument(content)) as document:
        document.init_forms()  # which also draws fields that nothing was drawn for yet
        with closing(document[0]) as page:
            # Notes and fields become part of the page, in memory only; it must be opened anew to be seen so.
            pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
        with closing(document[0]) as page, closing(page.get_textpage()) as text:
            return tuple(letter for index in range(text.count_chars()) if (letter := _letter(text, index)))


def _letter(text: pdfium.PdfTextPage, index: int) -> ShownLetter | None:
    code = pdfium_c.FPDFText_GetUnicode(text, index)
    box = pdfium_c.FS_RECTF()
    if code <= 32 or code > 0x10FFFF or not pdfium_c.FPDFText_GetLooseCharBox(text, index, box):
        return None
    return ShownLetter(chr(code), (box.left + box.right) / 2, (box.bottom + box.top) / 2)
