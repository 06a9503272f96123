"""Writes PDFs of pictures and of pages of other PDFs, with a text layer; PDF/A-2b if the pages allow it."""

import logging
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from ocrdesk import __version__
from ocrdesk.engine.decode import StoredPicture
from ocrdesk.engine.decode.formats import PDF
from ocrdesk.engine.decode.picture import Density, stretch_of
from ocrdesk.engine.document import Brought, Page
from ocrdesk.engine.errors import NoProcess, OcrdeskError, PageUnreadable
from ocrdesk.engine.export.pages import ExportedPage
from ocrdesk.engine.export.pdf_font import InvisibleFont
from ocrdesk.engine.export.pdf_picture import embed, is_archival
from ocrdesk.engine.export.pdf_source import PdfSource, begin_plain_labels, take_pages
from ocrdesk.engine.export.pdf_text import FONT_NAME, Placement, text_layer, to_fractions, turned
from ocrdesk.engine.export.xml_text import xml_text
from ocrdesk.engine.ordinary_files import open_ordinary, page_format_of
from ocrdesk.engine.products import MARK, new_mark
from ocrdesk.engine.whole_files import set_aside
from ocrdesk.engine.words import N_, _

log = logging.getLogger(__name__)

PART_PAGES, PART_BYTES = 200, 64_000_000
"""A longer document is assembled from parts on disk, so that it needs no more memory than one of them."""

SANE_DPI = (50.0, 1200.0)
DEFAULT_DPI = 150.0
_SCREEN_DPI, _SCREEN_LONGEST = (72.0, 96.0), 1684.0
"""Densities that programs write by default; ignored if they make a page longer than A2, given in points."""

_PRODUCER = f"ocrdesk {__version__}"
_ARCHIVAL = "{http://www.aiim.org/pdfa/ns/id/}"
_DAMAGED = N_("The page of the PDF is damaged. Copy or make the PDF again, then retry.")

_A4_LONGEST = 842.0
_POINTS_PER_INCH = 72.0

# These apply to points given as fractions of the page, from its top-left corner.
_MIRROR: Placement = np.array([[-1, 0, 0], [0, 1, 0], [1, 0, 1]], np.float64)
_UPWARDS: Placement = np.array([[1, 0, 0], [0, -1, 0], [0, 1, 1]], np.float64)
_MIRRORED = {2, 4, 5, 7}
_QUARTERS = {1: 0, 2: 0, 3: 2, 4: 2, 5: 3, 6: 1, 7: 1, 8: 3}
"""Quarter turns clockwise for each EXIF orientation, after mirroring."""


def write_pdf(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    """Writes a document; a page that cannot be put into it is left out, and the reason is reported.

    Args:
        pages: The pages, taken one by one.
        file: A seekable file open for writing.

    Raises:
        PageUnreadable: None of the pages can be put into it.
    """
    pages = iter(pages)
    first = next(pages, None)
    if first is None:
        return
    pages = chain([first], pages)
    if first.is_of_whole_file and (source := _opened(first)) is not None:
        with closing(source):
            _write_whole(source, pages, file)
            return
    taken, is_archival, failure = 0, True, None
    sources = set[Path]()
    part, parts = _Part(), list[str]()
    with ExitStack() as opened:
        try:
            for page in pages:
                if part.is_full and not part.goes_on_with(page):
                    parts.append(_on_disk(part, file, opened))
                    part.close()
                    part = _Part()
                try:
                    part.add(page)
                    sources.add(page.page.path)
                    taken += 1
                except PageUnreadable as error:
                    log.warning("%s is left out of the PDF: %s", page.page.path, error)
                    page.tell(_("“{page}” was skipped: {why}").format(page=page.page.name, why=error))
                    failure = error
                is_archival &= part.is_archival
            if failure is not None and not taken:
                raise failure
            if parts:
                parts.append(_on_disk(part, file, opened))
                whole = opened.enter_context(_put_together(parts, opened))
            else:
                whole = part.finished()
            _describe(whole, first, taken, is_archival, part.about if len(sources) == 1 else {})
            whole.trailer[MARK] = pikepdf.String(new_mark())
            whole.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        finally:
            part.close()


class _Part:
    """Some consecutive pages as a PDF in memory.

    Attributes:
        is_archival: Whether PDF/A allows all of them.
        about: The metadata of the last PDF from which pages were taken.
    """

    def __init__(self) -> None:
        self.is_archival = True
        self.about: dict[str, object] = {}
        self._pdf = pikepdf.new()
        self._font = InvisibleFont(self._pdf)
        self._source: PdfSource | None = None
        self._opened = ExitStack()
        self._bytes = 0

    def close(self) -> None:
        """Closes it and the files from which its pages were taken."""
        self._pdf.close()
        self._opened.close()

    @property
    def is_full(self) -> bool:
        """Whether the next page should go into another part."""
        return len(self._pdf.pages) >= PART_PAGES or self._bytes >= PART_BYTES

    def goes_on_with(self, page: ExportedPage) -> bool:
        """Whether a page is in the PDF whose pages are being taken, so that what they share stays together."""
        return self._source is not None and self._source.path == page.page.path

    def finished(self) -> pikepdf.Pdf:
        """Returns the PDF with all that its pages need."""
        self._take_source()
        self._font.finish()
        return self._pdf

    def add(self, page: ExportedPage) -> None:
        """Adds a page.

        Raises:
            PageUnreadable: The page cannot be added; the document is unchanged.
        """
        if _is_pdf(page.page):
            try:
                self._add_own(page)
                return
            except Exception as error:  # a damaged file may raise anything; its picture can still be used
                log.warning("The page of %s is put in as a picture", page.page.path, exc_info=error)
        self._take_source()
        before = len(self._pdf.pages)
        try:
            self._add_picture(page)
        except OcrdeskError:
            raise
        except Exception as error:  # whatever is wrong with this page, the others must be written
            del self._pdf.pages[before:]
            raise PageUnreadable(
                _("It cannot be put into a PDF ({error}). Save it in another format, then retry.").format(
                    error=error or type(error).__name__
                )
            ) from error

    def _add_own(self, page: ExportedPage) -> None:
        """Adds a page of a PDF with its own content and a text layer."""
        _try_out(page)
        if not self.goes_on_with(page):
            self._take_source()
            self._source = PdfSource(page.page.path)
            self._opened.callback(self._source.close)
            self.about = self._source.about()
        assert self._source is not None
        self._source.add(page)
        self.is_archival = False  # its content is not checked

    def _take_source(self) -> None:
        """Takes the wanted pages of a PDF over, all at once, because they may share objects."""
        source, self._source = self._source, None
        if source is None or not source.wanted:
            return
        source.finish()
        before = len(self._pdf.pages)
        try:
            take_pages(self._pdf, source.pdf, list(source.wanted))
        except Exception as error:  # a damaged file may raise anything
            log.warning("The pages of %s are taken without what belongs to them", source.path, exc_info=error)
            del self._pdf.pages[before:]
            for frame, page in source.wanted.items():
                try:
                    self._pdf.pages.append(source.pdf.pages[frame])
                except Exception as why:
                    log.warning("Page %s of %s is left out", frame, source.path, exc_info=why)
                    page.tell(_("“{page}” was skipped: {why}").format(page=page.page.name, why=_(_DAMAGED)))

    def _add_picture(self, page: ExportedPage) -> None:
        known = page.page
        picture = page.picture()
        embedded = embed(self._pdf, picture)
        self.is_archival &= is_archival(picture)
        self._bytes += len(picture.content)
        to_upright = _upright(picture, known)
        lies_on_side = bool(abs(to_upright[0, 1]) > 0.5)
        width, height = page_size(picture.width, picture.height, picture.density)
        if lies_on_side:
            width, height = height, width
        to_points: Placement = np.array([[width, 0, 0], [0, -height, 0], [0, height, 1]], np.float64)
        numbers = " ".join(f"{number:.4f}" for number in (_UPWARDS @ to_upright @ to_points)[:, :2].ravel())
        added = pikepdf.Page(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
                Resources=Dictionary(XObject=Dictionary(Picture=embedded)),
                Contents=self._pdf.make_stream(f"q {numbers} cm /Picture Do Q\n".encode("ascii")),
            )
        )
        begin_plain_labels(self._pdf)
        self._pdf.pages.append(added)
        if page.text.lines:
            self._add_text(self._pdf.pages[-1], page, to_points)

    def _add_text(self, added: pikepdf.Page, page: ExportedPage, to_points: Placement) -> None:
        added.add_resource(self._font.reference, Name.Font, Name(FONT_NAME))
        content = text_layer(page.text.lines, to_fractions(page.page) @ to_points, self._font)
        added.contents_add(self._pdf.make_stream(content), prepend=True)


def page_size(width: int, height: int, density: Density | None) -> tuple[float, float]:
    """Returns the width and height of a page in points.

    Args:
        width: Width of its picture, in pixels.
        height: Height of its picture, in pixels.
        density: The density that the picture's file states; ignored if it makes no sense.
    """
    if density is not None and all(SANE_DPI[0] <= dots <= SANE_DPI[1] for dots in density):
        size = (width * _POINTS_PER_INCH / density[0], height * _POINTS_PER_INCH / density[1])
        if not (max(size) > _SCREEN_LONGEST and round(density[0]) in _SCREEN_DPI):
            return size
    across, down = stretch_of(density)
    width, height = round(width * across), round(height * down)
    dots = max(DEFAULT_DPI, max(width, height) * _POINTS_PER_INCH / _A4_LONGEST)
    return width * _POINTS_PER_INCH / dots, height * _POINTS_PER_INCH / dots


def _upright(picture: StoredPicture, page: Page) -> Placement:
    mirrored = _MIRROR if picture.orientation in _MIRRORED else np.eye(3)
    return mirrored @ turned(90 * _QUARTERS.get(picture.orientation, 0) + page.turn)


def _try_out(page: ExportedPage) -> None:
    """Lets a decoding process open a page that came in a batch file before this process parses it.

    Raises:
        PageUnreadable: The page crashes that process, or cannot be opened.
    """
    if page.page.brought is not Brought.NO:
        page.picture()


def _is_pdf(page: Page) -> bool:
    try:
        with open_ordinary(page.path) as file:
            return page_format_of(file, page.path) == PDF
    except OSError:
        return False


def _on_disk(part: _Part, target: BinaryIO, opened: ExitStack) -> str:
    """Writes a part to a temporary file beside the target, on a disk with room; ``opened`` removes it."""
    file = opened.enter_context(set_aside(target))
    part.finished().save(file)
    file.flush()
    return file.name


def _put_together(parts: list[str], opened: ExitStack) -> pikepdf.Pdf:
    whole = opened.enter_context(pikepdf.new())
    for name in parts:
        part = opened.enter_context(pikepdf.open(name))
        take_pages(whole, part, list(range(len(part.pages))))
    return whole


def _opened(page: ExportedPage) -> PdfSource | None:
    """Opens the file of a page if it is a PDF that can be taken over as a whole; else returns None."""
    if not _is_pdf(page.page):
        return None
    try:
        _try_out(page)
        return PdfSource(page.page.path)
    except NoProcess:
        raise
    except Exception as error:  # it is damaged or protected; its pictures can still be used
        log.warning("The pages of %s are put in as pictures", page.page.path, exc_info=error)
        return None


def _write_whole(source: PdfSource, pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    """Writes a whole PDF with a text layer on its pages; everything else in it stays as it is."""
    for page in pages:
        try:
            _try_out(page)
            source.add(page)
        except NoProcess:
            raise
        except Exception as error:  # a damaged page may raise anything; the others must get their text
            log.warning("No text could be laid on a page of %s", source.path, exc_info=error)
            page.tell(_("“{page}” is there without its text. {why}").format(page=page.page.name, why=_(_DAMAGED)))
    source.finish()
    now = datetime.now(UTC)
    source.pdf.docinfo.Producer = _PRODUCER
    source.pdf.docinfo.ModDate = now.strftime("D:%Y%m%d%H%M%S+00'00'")
    if "/Metadata" in source.pdf.Root:
        with source.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            about["pdf:Producer"], about["xmp:ModifyDate"] = _PRODUCER, now.isoformat(timespec="seconds")
            for name in [name for name in about if name.startswith(_ARCHIVAL)]:
                del about[name]  # whether that is still true is not checked
    source.pdf.trailer[MARK] = pikepdf.String(new_mark())
    # If a file has lost its cross-reference table, the one that qpdf writes can only be opened if it is a plain table.
    modes = pikepdf.ObjectStreamMode
    source.pdf.save(file, object_stream_mode=modes.generate if "/Size" in source.pdf.trailer else modes.disable)


def _describe(pdf: pikepdf.Pdf, first: ExportedPage, pages: int, is_archival: bool, kept: Mapping[str, object]) -> None:
    """Writes the metadata of the file and the colour profile of its output."""
    title = first.batch if pages > 1 and not first.is_of_whole_file else first.path.name
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with pdf.open_metadata(set_pikepdf_as_editor=False) as about:
        about["dc:title"] = xml_text(title) or "OCR"
        for name, value in kept.items():
            about[name] = value
        about["xmp:CreatorTool"] = about["pdf:Producer"] = _PRODUCER
        about["xmp:CreateDate"] = about["xmp:ModifyDate"] = now
        if is_archival:
            about["pdfaid:part"], about["pdfaid:conformance"] = "2", "B"
    if is_archival:
        profile = pikepdf.Stream(pdf, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        profile.N = 3
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=pikepdf.String("sRGB"),
            Info=pikepdf.String("sRGB IEC61966-2.1"),
            DestOutputProfile=pdf.make_indirect(profile),
        )
        pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
