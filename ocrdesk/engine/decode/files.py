"""Opens a file in the format that its content shows."""

import logging
import stat
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path

import pi_heif

from ocrdesk.engine.decode.formats import HEAD_BYTES, PDF, format_of, why_unknown
from ocrdesk.engine.decode.pdf import PdfFile
from ocrdesk.engine.decode.picture import PageFile, Permit, Picture, StoredPicture
from ocrdesk.engine.decode.raster import RasterFile
from ocrdesk.engine.decode.stored import stored_pixels
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.facts import Fact

log = logging.getLogger(__name__)

pi_heif.register_heif_opener()


def at_once(need: int) -> None:
    """A permit that never waits, for callers that have enough memory."""


def open_file(path: Path, password: str | None = None, permit: Permit = at_once) -> PageFile:
    """Opens a picture or PDF.

    Args:
        path: The file.
        password: The password of a protected PDF.
        permit: Called before much memory is allocated.

    Raises:
        PageUnreadable: The file is missing, no picture, damaged or too large.
        PasswordNeeded: The file is a protected PDF, and the password is missing or wrong.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise PageUnreadable(Fact.IS_A_FOLDER())
    if not stat.S_ISREG(status.st_mode):
        raise PageUnreadable(Fact.NO_ORDINARY_FILE())
    if status.st_size == 0:
        raise PageUnreadable(Fact.FILE_EMPTY())
    with ExitStack() as opened:
        file = opened.enter_context(path.open("rb"))
        head = file.read(HEAD_BYTES)
        file.seek(0)
        page_format = format_of(head, path.suffix)
        if page_format is None:
            raise PageUnreadable(why_unknown(head))
        page_file: PageFile
        if page_format == PDF:
            page_file = PdfFile(file, password, permit)
        else:
            page_file = RasterFile(file, page_format, path.suffix, permit)
        opened.pop_all()  # from here on, the page file closes it
        return page_file


def stored_page(file: PageFile, frame: int) -> StoredPicture:
    """Returns a page's picture to go into a document: as stored in the file if possible, else as decoded.

    Args:
        file: The open file.
        frame: 0-based number of the page in it.

    Raises:
        PageUnreadable: The picture cannot be decoded.
    """
    if isinstance(file, RasterFile):
        try:
            if (stored := file.stored(frame)) is not None:
                return stored
        except EOFError:
            raise
        except Exception as error:  # decoding accepts a picture that is damaged near its end
            log.info("The picture is stored as it is decoded", exc_info=error)
            file.open_anew()
    return stored_pixels(file.load(frame, None).pixels)


def loaded_page(file: PageFile, frame: int, longest_edge: int | None) -> Picture:
    """Returns a page's picture; a reduced one is to be looked at, and shows what is there of one that is cut off.

    Args:
        file: The open file.
        frame: 0-based number of the page in it.
        longest_edge: The most pixels a side to reduce it to, or None.

    Raises:
        PageUnreadable: The page cannot be decoded.
    """
    if longest_edge is not None and isinstance(file, RasterFile):
        return file.load_part(frame, longest_edge)
    return file.load(frame, longest_edge)


def rest_of_page(file: PageFile, frame: int, distrusted: Collection[int]) -> Picture:
    """Returns a page drawn without its embedded text, or the whole page if the file is no longer a PDF.

    Args:
        file: The open file.
        frame: 0-based number of the page in it.
        distrusted: The numbers of fonts whose text is drawn nevertheless.

    Raises:
        PageUnreadable: The page cannot be drawn.
    """
    return file.load_rest(frame, distrusted) if isinstance(file, PdfFile) else file.load(frame, None)
