"""Small pictures of pages as JPEG files: named by what they show, so that they are found wherever the page is now."""

import hashlib
import io
import logging
import os
import threading
from contextlib import suppress
from pathlib import Path

import numpy as np
from PIL import Image

from ocrdesk.engine.decode import Decoder, Pixels
from ocrdesk.engine.document import Brought, Page, PageStatus
from ocrdesk.engine.errors import PageUnreadable

log = logging.getLogger(__name__)

EDGE = 320
"""Longest edge of a thumbnail in device pixels."""


class ThumbnailFiles:
    """Keeps thumbnails in a folder, which may be deleted at any time. Usable from every thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, page: Page) -> Path | None:
        """Where the thumbnail is kept: by the file's place and state; by its content where it cannot be reached."""
        by_content = self._by_content(page)
        try:
            status = page.path.stat()
        except OSError:
            return by_content
        state = f"{status.st_size} {status.st_mtime_ns}".encode()
        by_place = self._named_for(page, os.fsencode(page.path) + b"\0" + state)
        is_read = page.status is PageStatus.DONE and page.brought is not Brought.ALONE
        if by_content is not None and is_read and by_place.exists() and not by_content.exists():
            with suppress(OSError):  # so that it is found when the file was moved, or its drive is not connected
                by_content.parent.mkdir(parents=True, exist_ok=True)
                os.link(by_place, by_content)
        return by_place

    def load(self, decoder: Decoder, page: Page) -> Pixels | None:
        """The thumbnail of a page: the one that is kept, else a new one; None if the page cannot be shown."""
        kept = self.of(page)
        if kept is not None and kept == self._brought(page):
            return self._small(decoder, kept, 0, 0)  # anybody's: decoded as any other file
        if kept is not None and kept.exists():
            # By Pillow: Qt's readers are not used off the GUI thread. Cut off, by a full disk say: made anew.
            with suppress(OSError), Image.open(kept, formats=["JPEG"]) as image:
                return np.asarray(image.convert("RGB"))
        pixels = self._small(decoder, page.path, page.frame, page.turn)
        if kept is not None and pixels is not None:
            _keep(kept, _jpeg(pixels))
        return pixels

    def _small(self, decoder: Decoder, path: Path, frame: int, turn: int) -> Pixels | None:
        try:
            return decoder.load_small(path, frame, turn, EDGE).pixels
        except PageUnreadable as error:
            log.debug("No thumbnail of %s: %s", path, error)
            return None

    def jpeg(self, decoder: Decoder, page: Page) -> bytes | None:
        """The thumbnail of a page as a file, as ``load`` gives it."""
        kept = self.of(page)
        if kept is not None:
            with suppress(OSError):
                return kept.read_bytes()
        if not page.path.is_file():
            return None
        pixels = self.load(decoder, page)
        return _jpeg(pixels) if pixels is not None else None

    def take(self, page: Page, jpeg: bytes) -> None:
        """Keeps a thumbnail that came with a page whose picture did not; one that is none is not kept."""
        try:
            with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as image:  # looks at its head only
                is_small = max(image.size) <= EDGE
        except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            log.info("A thumbnail that came with a page is none", exc_info=error)
            return
        kept = self._brought(page)
        if is_small and kept is not None and kept == self.of(page):
            _keep(kept, jpeg)

    def _by_content(self, page: Page) -> Path | None:
        """Its name where the file cannot be reached: the same for all pages that are known to have these bytes."""
        if page.brought is Brought.ALONE:
            return self._brought(page)
        return self._named_for(page, page.content) if page.content is not None else None

    def _brought(self, page: Page) -> Path | None:
        """The name of a thumbnail that came with a page: its own, for what it shows need not be what it claims."""
        if page.brought is not Brought.ALONE or page.content is None:
            return None
        return self._named_for(page, os.fsencode(page.path) + b"\0brought\0" + page.content)

    def _named_for(self, page: Page, what: bytes) -> Path:
        name = hashlib.sha256(what + f"\0{page.frame} {page.turn} {EDGE}".encode()).hexdigest()
        return self._folder / name[:2] / f"{name[2:34]}.jpg"


def _jpeg(pixels: Pixels) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=85)
    return file.getvalue()


def _keep(file: Path, jpeg: bytes) -> None:
    new = file.with_suffix(f".{threading.get_ident()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(jpeg)
        new.replace(file)
    except OSError as error:
        log.debug("The thumbnail of a page cannot be kept", exc_info=error)
        with suppress(OSError):  # on a full disk half of it is there
            new.unlink()
