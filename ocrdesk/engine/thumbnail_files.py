"""Stores thumbnails of pages as JPEG files, named by what they show, so that they are found even if the page is moved.

Together they take about ``MOST_BYTES`` at most; their exact size is not checked each time.
"""

import hashlib
import io
import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
from PIL import Image

from ocrdesk.engine import private
from ocrdesk.engine.decode import Decoder, Pixels
from ocrdesk.engine.document import Brought, Page, PageStatus
from ocrdesk.engine.errors import PageUnreadable

log = logging.getLogger(__name__)

EDGE = 320
"""Longest edge of a thumbnail, in device pixels."""

MOST_BYTES = 500_000_000
"""Most bytes of all thumbnails, enough for 20,000 to 40,000 scanned pages, several batches of ordinary size. Others are
made anew when they are shown, which takes a fraction of a second per page."""

_STAYS = 0.9
"""The share of ``MOST_BYTES`` that is kept when there is too much, so that making room is rarely needed."""

_DAY = 86_400
"""Seconds; the last use of a thumbnail is recorded only once in this time."""

_HOUR = 3_600
"""Seconds after which no running program can still be writing an unfinished thumbnail."""


class ThumbnailFiles:
    """Keeps thumbnails in a folder, which may be deleted at any time. It can be used from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._room = int(MOST_BYTES * (1 - _STAYS))
        """Bytes that may be added before the total size must be checked."""

    def of(self, page: Page) -> Path | None:
        """Returns the path of a thumbnail, named by its file's path and state, or by content if the file is gone."""
        by_content = self._by_content(page)
        try:
            status = page.path.stat()
        except OSError:
            return by_content
        state = f"{status.st_size} {status.st_mtime_ns}".encode()
        by_place = self._named_for(page, os.fsencode(page.path) + b"\0" + state)
        is_read = page.status is PageStatus.DONE and page.brought is not Brought.ALONE
        if by_content is not None and is_read and by_place.exists() and not by_content.exists():
            with suppress(OSError):  # so that it is found if the file is moved or its drive is not connected
                private.make_folder(by_content.parent)
                os.link(by_place, by_content)
        return by_place

    def load(self, decoder: Decoder, page: Page) -> Pixels | None:
        """Returns the thumbnail of a page, stored or new; None if the page cannot be shown.

        Of a picture that is cut off it shows what is there.
        """
        kept = self.of(page)
        if kept is not None and kept == self._brought(page):
            _note_use(kept)
            return self._small(decoder, kept, 0, 0)  # it may be from anybody, so it is decoded like any other file
        if kept is not None and kept.exists():
            # Pillow, because Qt's readers are not used outside the GUI thread. If the file is cut off, it is made anew.
            with suppress(OSError), Image.open(kept, formats=["JPEG"]) as image:
                pixels = np.asarray(image.convert("RGB"))
                _note_use(kept)
                return pixels
        small = self._small(decoder, page.path, page.frame, page.turn)
        if kept is not None and small is not None:
            self._keep(kept, _jpeg(small))
        return small

    def _small(self, decoder: Decoder, path: Path, frame: int, turn: int) -> Pixels | None:
        try:
            return decoder.load_small(path, frame, turn, EDGE).pixels
        except PageUnreadable as error:
            log.debug("No thumbnail of %s: %s", path, error)
            return None

    def jpeg(self, decoder: Decoder, page: Page) -> bytes | None:
        """Returns the thumbnail of a page as a JPEG file, otherwise like ``load``."""
        kept = self.of(page)
        if kept is not None:
            with suppress(OSError):
                return kept.read_bytes()
        if not page.path.is_file():
            return None
        pixels = self.load(decoder, page)
        return _jpeg(pixels) if pixels is not None else None

    def keep(self, page: Page, jpeg: bytes) -> None:
        """Stores a thumbnail that came with a page whose picture did not, unless it is invalid."""
        try:
            with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as image:  # reads its header only
                is_small = max(image.size) <= EDGE
        except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            log.info("A thumbnail that came with a page is none", exc_info=error)
            return
        kept = self._brought(page)
        if is_small and kept is not None and kept == self.of(page):
            self._keep(kept, jpeg)

    def make_room(self, stop: threading.Event | None = None) -> None:
        """Removes the least recently used thumbnails if all together take too much room.

        It examines each file in the folder, which takes a second for 100,000 of them, more on a slow disk. Other
        programs may add and remove thumbnails meanwhile.

        Args:
            stop: Set to end this early.
        """
        if not self._lock.acquire(blocking=False):
            return  # another thread is doing it
        try:
            found = list(self._kept(stop or threading.Event()))
            total = sum(size for _, size, _ in found)
            if total > MOST_BYTES:
                for _, size, name in sorted(found):
                    with suppress(OSError):  # another program removed it first
                        Path(name).unlink()
                    total -= size
                    if total <= MOST_BYTES * _STAYS or (stop is not None and stop.is_set()):
                        break
            self._room = MOST_BYTES - total
        finally:
            self._lock.release()

    def _kept(self, stop: threading.Event) -> Iterator[tuple[float, int, str]]:
        """Yields for each thumbnail when it was last used, its size in bytes, and its name."""
        long_ago = time.time() - _HOUR
        for folder in _entries(self._folder):
            if stop.is_set() or not folder.is_dir(follow_symlinks=False):
                continue
            for file in _entries(Path(folder.path)):
                with suppress(OSError):
                    status = file.stat(follow_symlinks=False)
                    if file.name.endswith(".jpg"):
                        yield status.st_mtime, status.st_size // max(1, status.st_nlink), file.path
                    elif file.name.endswith(".new") and status.st_mtime < long_ago:
                        Path(file.path).unlink()

    def _keep(self, file: Path, jpeg: bytes) -> None:
        new = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}.new")
        try:
            private.make_folder(file.parent)
            new.unlink(missing_ok=True)  # a killed program may have left one
            with private.create(new) as opened:
                opened.write(jpeg)
            new.replace(file)
        except OSError as error:
            log.debug("The thumbnail of a page cannot be kept", exc_info=error)
            with suppress(OSError):  # on a full disk, half of it may be there
                new.unlink()
            return
        self._room -= len(jpeg)
        if self._room < 0:
            self.make_room()

    def _by_content(self, page: Page) -> Path | None:
        """Returns the path for a page whose file is gone: the same for all pages known to have the same content."""
        if page.brought is Brought.ALONE:
            return self._brought(page)
        return self._named_for(page, page.content) if page.content is not None else None

    def _brought(self, page: Page) -> Path | None:
        """Returns the path of a thumbnail that came with a page: not shared, because it may not show what it claims."""
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


def _note_use(file: Path) -> None:
    """Records that a thumbnail was used, for its hard link as well."""
    with suppress(OSError):
        if time.time() - file.stat().st_mtime > _DAY:
            os.utime(file)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as entries:
        yield from entries
