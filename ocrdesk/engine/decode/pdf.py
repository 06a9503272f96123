"""Opens PDF files, draws their pages and extracts their embedded text."""

from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cached_property
from math import ceil
from typing import BinaryIO

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ocrdesk.engine.decode.pdf_added import (
    UserUnits,
    embedded_files,
    has_added_text,
    make_part_of_page,
    remove_icons,
)
from ocrdesk.engine.decode.pdf_ink import look_scale
from ocrdesk.engine.decode.pdf_letters import Placement
from ocrdesk.engine.decode.pdf_own import PageText
from ocrdesk.engine.decode.picture import (
    HEAVY_BYTES,
    OwnText,
    PageCount,
    Permit,
    Picture,
    Resolution,
    scale_within,
)
from ocrdesk.engine.errors import PageUnreadable, PasswordNeeded, PasswordWrong
from ocrdesk.engine.facts import Fact, together

DPI = 300
"""The resolution at which pages are drawn."""

MOST_PDF_PAGES = 20_000
LONGEST_EDGE = 30_000
"""Longest edge of a drawn page, in pixels: a file may claim that a page is kilometres long."""

HUGE_PICTURE = 300_000_000
"""Pixels of a picture in a PDF so large that PDFium may leave it out without an error."""

WHOLE = 0.5
"""The share of a page that a picture covers, at least, if the page is a scan."""

_POINTS_PER_INCH = 72


class PdfFile:
    """An open PDF."""

    def __init__(self, file: BinaryIO, password: str | None, permit: Permit) -> None:
        """Reads the file's structure.

        Raises:
            PasswordNeeded: The file is protected, and the password is missing or wrong.
            PageUnreadable: The file is damaged.
        """
        self._file = file
        self._permit = permit
        self._password = password
        try:
            self._document = pdfium.PdfDocument(file, password=password)
        except pdfium.PdfiumError as error:
            raise _refusal(error, password) from error
        if not len(self._document):
            raise PageUnreadable(Fact.PDF_EMPTY())
        self._document.init_forms()

    def close(self) -> None:
        """Closes the file."""
        self._document.close()
        self._file.close()

    @property
    def may_stay_open(self) -> bool:
        """Always true, because finding a page of a long document anew is slow."""
        return True

    def count(self) -> PageCount:
        """Counts the pages, of which ``MOST_PDF_PAGES`` are read at most."""
        pages = len(self._document)
        return PageCount(min(pages, MOST_PDF_PAGES), max(0, pages - MOST_PDF_PAGES))

    def load(self, frame: int, longest_edge: int | None) -> Picture:
        """Draws a page at 300 dpi, or at less if it would be too large."""
        with self._page(frame) as page:
            return self._draw(page, frame, longest_edge)

    def load_rest(self, frame: int, distrusted: Collection[int]) -> Picture:
        """Draws a page without its embedded text.

        Args:
            frame: 0-based number of the page.
            distrusted: The numbers of fonts whose text is drawn nevertheless, because it differs from what is shown.
        """
        with self._page(frame) as page:
            self._text_of(page, frame).hide(distrusted)
            return self._draw(page, frame, None)

    def own_text(self, frame: int) -> OwnText | None:
        """Returns the visible embedded text of a page, with what is needed to check that it is right and complete."""
        with self._page(frame) as page:
            own = self._text_of(page, frame).own_text(page.get_rotation())
        if own is None:
            return None
        return replace(own, remark=together(self._remark(frame), own.remark))

    def _text_of(self, page: pdfium.PdfPage, frame: int) -> PageText:
        unit = self._units.of(frame)
        placement = Placement(page, *_size(page, self._scale(page, frame, None)))
        return PageText(page, placement, unit * look_scale(page.get_width() * unit, page.get_height() * unit))

    def _draw(self, page: pdfium.PdfPage, frame: int, longest_edge: int | None) -> Picture:
        scale = self._scale(page, frame, longest_edge)
        width, height = _size(page, scale)
        if 4 * width * height > HEAVY_BYTES:
            self._permit(4 * width * height)
        with closing(page.render(scale=scale, rev_byteorder=True)) as bitmap:
            pixels = np.ascontiguousarray(bitmap.to_numpy()[..., :3])
        if int(np.ptp(pixels[::7, ::7])) == 0 and _has_huge_picture(page):
            raise PageUnreadable(Fact.PDF_PICTURE_TOO_LARGE())
        dpi = round(scale / self._units.of(frame) * _POINTS_PER_INCH)
        is_small = longest_edge is None and dpi < DPI - 1
        remark = Fact.DRAWN_SMALL(dpi=max(dpi, 1)) if is_small else None
        resolution = Resolution(dpi, _enlarged(page, scale)) if longest_edge is None else Resolution()
        return Picture(pixels, page.get_rotation(), together(self._remark(frame), remark), resolution)

    def _scale(self, page: pdfium.PdfPage, frame: int, longest_edge: int | None) -> float:
        """Returns how many pixels a unit of a page becomes."""
        unit = self._units.of(frame)
        width, height = (side * unit * DPI / _POINTS_PER_INCH for side in page.get_size())
        if not (width > 0 and height > 0):
            raise PageUnreadable(Fact.PDF_PAGE_WITHOUT_SIZE())
        within = scale_within(width, height, min(longest_edge or LONGEST_EDGE, LONGEST_EDGE))
        return within * unit * DPI / _POINTS_PER_INCH * (1 - 1e-9)  # keeps 2,000 pixels from being rounded up to 2,001

    def _remark(self, frame: int) -> str | None:
        return self._embedded if frame == 0 else None

    @cached_property
    def _embedded(self) -> str | None:
        return embedded_files(self._document)

    @cached_property
    def _units(self) -> UserUnits:
        return UserUnits(self._file, self._password)

    @contextmanager
    def _page(self, frame: int) -> Iterator[pdfium.PdfPage]:
        """Opens a page with its form fields, stamps and notes made part of it, but without icons for PDF readers."""
        with closing(self._bare_page(frame)) as page:
            remove_icons(page)
            if not has_added_text(page) or not make_part_of_page(page):
                yield page
                return
        with closing(self._bare_page(frame)) as page:
            yield page

    def _bare_page(self, frame: int) -> pdfium.PdfPage:
        if frame >= len(self._document):
            raise EOFError
        try:
            return self._document[frame]
        except pdfium.PdfiumError as error:
            raise PageUnreadable(Fact.PDF_PAGE_DAMAGED()) from error


def _refusal(error: pdfium.PdfiumError, password: str | None) -> PageUnreadable:
    if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
        if password is not None:
            return PasswordWrong(Fact.PDF_WRONG_PASSWORD())
        return PasswordNeeded(Fact.PDF_LOCKED())
    if error.err_code == pdfium_c.FPDF_ERR_SECURITY:
        return PageUnreadable(Fact.PDF_PROTECTED())
    return PageUnreadable(Fact.PDF_DAMAGED())


def _size(page: pdfium.PdfPage, scale: float) -> tuple[int, int]:
    """Returns the width and height of a drawn page in pixels."""
    return ceil(page.get_width() * scale), ceil(page.get_height() * scale)


def _enlarged(page: pdfium.PdfPage, scale: float) -> float:
    """Returns how many times larger a page is drawn than the scan it consists of; 1 if it is none."""
    for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        width, height = picture.get_px_size()
        area = (right - left) * (top - bottom)
        if area >= WHOLE * page.get_width() * page.get_height() and width * height:
            return float(max(1.0, scale * (area / (width * height)) ** 0.5))
    return 1.0


def _has_huge_picture(page: pdfium.PdfPage) -> bool:
    """Whether the page has a picture so large that PDFium may leave it out without an error."""
    sizes = [picture.get_px_size() for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    return any(width * height > HUGE_PICTURE for width, height in sizes)
