"""PDF files: pages are drawn, or give the text that they have themselves."""

import ctypes
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from math import ceil
from typing import BinaryIO

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ocrdesk.engine.decode.picture import HEAVY_BYTES, OwnText, PageCount, Permit, Picture, scale_within
from ocrdesk.engine.document import Line, Polygon, Reading
from ocrdesk.engine.errors import PageUnreadable, PasswordNeeded, PasswordWrong

DPI = 300
"""At which pages are drawn."""

MOST_PDF_PAGES = 20_000
LONGEST_EDGE = 30_000
"""Pixels; a page said to be kilometres long is drawn no larger."""

LEAST_TEXT = 20
"""A page with fewer letters of its own, a page number say, is read from its picture."""

LEAST_TEXT_ON_PICTURE = 200
"""The same for a page that mostly is a picture: a stamp on a scan is not the text of the scan."""

MOSTLY_PICTURE = 0.4
MOST_UNKNOWN = 0.1
"""Share of letters of which the file does not tell what they mean, from which its text is not to be trusted."""

HUGE_PICTURE = 300_000_000
"""Pixels of a picture in a PDF, of which it is asked whether it was drawn at all."""

_POINTS_PER_INCH = 72
_INVISIBLE, _CLIPPED = 3, 7
_WIDE_GAP = 2.0
"""In heights of a letter; text so far apart stands in different columns."""


class PdfFile:
    """An open PDF."""

    def __init__(self, file: BinaryIO, password: str | None, permit: Permit) -> None:
        """Reads the file's structure.

        Raises:
            PasswordNeeded: It is protected, and no password or a wrong one was given.
            PageUnreadable: It is damaged.
        """
        self._file = file
        self._permit = permit
        try:
            self._document = pdfium.PdfDocument(file, password=password)
        except pdfium.PdfiumError as error:
            raise _refusal(error, password) from error
        if not len(self._document):
            raise PageUnreadable("The PDF has no pages. Make it again with the program it comes from.")
        self._document.init_forms()

    def close(self) -> None:
        """Closes the file."""
        self._document.close()
        self._file.close()

    @property
    def may_stay_open(self) -> bool:
        """Always: finding a page of a long document again is slow."""
        return True

    def count(self) -> PageCount:
        """Counts the pages, as far as ``MOST_PDF_PAGES``."""
        pages = len(self._document)
        return PageCount(min(pages, MOST_PDF_PAGES), max(0, pages - MOST_PDF_PAGES))

    def load(self, frame: int, longest_edge: int | None) -> Picture:
        """Draws a page at 300 dpi, or smaller where it would be too large."""
        with self._page(frame) as page:
            scale = _scale(page, longest_edge)
            width, height = _size(page, scale)
            if 4 * width * height > HEAVY_BYTES:
                self._permit(4 * width * height)
            with closing(page.render(scale=scale, rev_byteorder=True)) as bitmap:
                pixels = np.ascontiguousarray(bitmap.to_numpy()[..., :3])
            if int(np.ptp(pixels[::7, ::7])) == 0 and _has_huge_picture(page):
                raise PageUnreadable("The picture on this page is too large to be drawn. Save it smaller, then retry.")
            dpi = round(scale * _POINTS_PER_INCH)
            is_small = longest_edge is None and dpi < DPI - 1
            remark = f"A very large page, drawn at {max(dpi, 1)} dpi." if is_small else None
            return Picture(pixels, page.get_rotation(), remark)

    def own_text(self, frame: int) -> OwnText | None:
        """The text of a page, unless it has too little, or text of which the file does not tell the meaning."""
        with self._page(frame) as page, closing(page.get_textpage()) as text:
            letters = list(_letters(page, text))
            marks = [letter for letter in letters if not letter.text.isspace()]
            least = LEAST_TEXT_ON_PICTURE if _picture_share(page) > MOSTLY_PICTURE else LEAST_TEXT
            if len(marks) < least or sum(letter.is_unknown for letter in marks) > MOST_UNKNOWN * len(marks):
                return None
            if _is_byte_swapped(marks) or _has_added_text(page):
                return None
            width, height = _size(page, _scale(page, None))
            turn = Counter(letter.turn for letter in marks).most_common(1)[0][0]
            lines = [line for letter_run in _runs(letters, turn, width, height) if (line := _line(letter_run))]
            if turn in (90, 270):
                width, height = height, width
            return OwnText(Reading(tuple(lines), width, height, turn), page.get_rotation())

    @contextmanager
    def _page(self, frame: int) -> Iterator[pdfium.PdfPage]:
        if frame >= len(self._document):
            raise EOFError
        try:
            page = self._document[frame]
        except pdfium.PdfiumError as error:
            raise PageUnreadable("This page of the PDF is damaged. Copy or make the PDF again, then retry.") from error
        with closing(page):
            yield page


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character with its box in pixels of the page as drawn: left, top, right, bottom."""

    text: str
    box: tuple[float, float, float, float]
    turn: int
    is_unknown: bool


def _refusal(error: pdfium.PdfiumError, password: str | None) -> PageUnreadable:
    if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
        if password is not None:
            return PasswordWrong("This is not the password of the PDF. Check capital letters and try again.")
        return PasswordNeeded("This PDF is protected by a password. Choose “Enter password…” in the window to read it.")
    if error.err_code == pdfium_c.FPDF_ERR_SECURITY:
        return PageUnreadable("This PDF is protected in a way that cannot be read. Save it without protection.")
    return PageUnreadable("The PDF is damaged or cut off. Copy it or make it again, then retry.")


def _scale(page: pdfium.PdfPage, longest_edge: int | None) -> float:
    """How many pixels a point becomes."""
    width, height = (side * DPI / _POINTS_PER_INCH for side in page.get_size())
    if not (width > 0 and height > 0):
        raise PageUnreadable("This page of the PDF has no size. Make the PDF again.")
    within = scale_within(width, height, min(longest_edge or LONGEST_EDGE, LONGEST_EDGE))
    return within * DPI / _POINTS_PER_INCH * (1 - 1e-9)  # or 2,000 pixels become 2,001 in rounding up


def _size(page: pdfium.PdfPage, scale: float) -> tuple[int, int]:
    """Width and height in pixels of a page as drawn."""
    return ceil(page.get_width() * scale), ceil(page.get_height() * scale)


def _picture_share(page: pdfium.PdfPage) -> float:
    """How much of a page its pictures cover, 0 to 1; scans may be stored in strips, or as parts of a form."""
    covered = 0.0
    for part in page.get_objects(max_depth=1):
        is_form = part.type == pdfium_c.FPDF_PAGEOBJ_FORM
        if part.type == pdfium_c.FPDF_PAGEOBJ_IMAGE or (is_form and _has_picture(page, part)):
            left, bottom, right, top = part.get_bounds()
            covered += (right - left) * (top - bottom)
    return min(1.0, float(covered / (page.get_width() * page.get_height())))


def _has_picture(page: pdfium.PdfPage, form: pdfium.PdfObject) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], form=form, level=1))


def _has_added_text(page: pdfium.PdfPage) -> bool:
    """Whether a form was filled in, or a note or stamp laid on the page: such words are not among its text."""
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        added = pdfium_c.FPDFPage_GetAnnot(page, index)
        kind = pdfium_c.FPDFAnnot_GetSubtype(added)
        pdfium_c.FPDFPage_CloseAnnot(added)
        if kind in (pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP):
            return True
    return False


def _has_huge_picture(page: pdfium.PdfPage) -> bool:
    """Whether there is a picture of the size that is left out of a drawing without a word."""
    sizes = [picture.get_px_size() for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    return any(width * height > HUGE_PICTURE for width, height in sizes)


def _letters(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> Iterator[_Letter]:
    """The visible characters of a page in the order of its file; line ends come as line feeds."""
    width, height = _size(page, _scale(page, None))
    page_turn = page.get_rotation()
    rectangle = pdfium_c.FS_RECTF()
    visible: dict[int, bool] = {}
    box = (0.0, 0.0, 0.0, 0.0)
    for index in range(text.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        if code in (10, 13):
            yield _Letter("\n", box, 0, False)
            continue
        part = pdfium_c.FPDFText_GetTextObject(text, index)
        if part:
            address = ctypes.cast(part, ctypes.c_void_p).value or 0
            if address not in visible:
                visible[address] = pdfium_c.FPDFTextObj_GetTextRenderMode(part) not in (_INVISIBLE, _CLIPPED)
            if not visible[address]:
                continue
        if not pdfium_c.FPDFText_GetLooseCharBox(text, index, rectangle):
            continue
        box = _on_picture(page, width, height, rectangle)
        if not (0 <= box[0] + box[2] <= 2 * width and 0 <= box[1] + box[3] <= 2 * height):
            continue  # beside the page, where nobody sees it
        angle = pdfium_c.FPDFText_GetCharAngle(text, index)
        turn = -round(np.degrees(max(angle, 0.0)) / 90) * 90 - page_turn  # pdfium's angle is clockwise, −1 if unknown
        is_unknown = pdfium_c.FPDFText_HasUnicodeMapError(text, index) == 1 or code == 0xFFFD or 0xE000 <= code < 0xF900
        yield _Letter(_character(code), box, turn % 360, is_unknown)


def _on_picture(
    page: pdfium.PdfPage, width: int, height: int, rectangle: "pdfium_c.FS_RECTF"
) -> tuple[float, float, float, float]:
    corners = []
    across, down = ctypes.c_int(), ctypes.c_int()
    for x, y in ((rectangle.left, rectangle.top), (rectangle.right, rectangle.bottom)):
        pdfium_c.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
        corners.append((float(across.value), float(down.value)))
    (x1, y1), (x2, y2) = corners
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _character(code: int) -> str:
    if code in (0x02, 0xAD):  # a hyphen at a line's end
        return "-"
    return chr(code) if code >= 32 and code not in (0xFFFE, 0xFFFF) else " "


def _is_byte_swapped(marks: list[_Letter]) -> bool:
    """Whether Latin letters come as Chinese ones: some programs write the bytes of their tables the wrong way round."""
    foreign = [ord(letter.text[0]) for letter in marks if ord(letter.text[0]) > 0xFF]
    return 2 * len(foreign) > len(marks) and 2 * sum(code & 0xFF == 0 for code in foreign) > len(foreign)


def _runs(letters: list[_Letter], turn: int, width: int, height: int) -> Iterator[list[_Letter]]:
    """Letters that stand in one line, with boxes on the upright page."""
    run: list[_Letter] = []
    end = (0.0, 0.0, 0.0, 0.0)
    for letter in letters:
        if letter.text == "\n":
            yield run
            run = []
            continue
        box = _turned(letter.box, turn, width, height)
        tall = max(box[3] - box[1], 1.0)
        apart = run and (box[0] - end[2] > _WIDE_GAP * tall or abs((box[1] + box[3]) - (end[1] + end[3])) > 1.4 * tall)
        if apart and not letter.text.isspace():
            yield run
            run = []
        if run or not letter.text.isspace():
            run.append(_Letter(letter.text, box, letter.turn, letter.is_unknown))
        if not letter.text.isspace():
            end = box
    yield run


def _turned(
    box: tuple[float, float, float, float], turn: int, width: int, height: int
) -> tuple[float, float, float, float]:
    """A box on a page of ``width`` × ``height`` that is turned clockwise."""
    left, top, right, bottom = box
    match turn:
        case 90:
            return height - bottom, left, height - top, right
        case 180:
            return width - right, height - bottom, width - left, height - top
        case 270:
            return top, width - right, bottom, width - left
    return box


def _line(run: list[_Letter]) -> Line | None:
    joined = "".join(letter.text for letter in run)
    whole = joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = " ".join(whole.split())
    boxes = [letter.box for letter in run if not letter.text.isspace()]
    if not text or not boxes:
        return None
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    polygon: Polygon = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Line(text, 1.0, polygon)
