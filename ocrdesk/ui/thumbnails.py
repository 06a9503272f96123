"""Small pictures of pages: loaded off the GUI thread, those looked at last first, kept on disk."""

import hashlib
import logging
import os
import threading
from collections import OrderedDict
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QObject, Qt, QThread, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from ocrdesk.engine.decode import Decoder, Pixels
from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.ui.background import Background

log = logging.getLogger(__name__)

EDGE = 320
"""Longest edge of a thumbnail in device pixels."""

MOST_KEPT = 400
MOST_WANTED = 300
"""Older wishes are dropped: who scrolls past a page does not wait for it."""

_Key = tuple[int, int]
"""Page and turn: a page that is turned has another thumbnail."""


def to_image(pixels: Pixels) -> QImage:
    """Qt's picture of an RGB array; a copy, so the array may go."""
    height, width = pixels.shape[:2]
    data = pixels.tobytes()  # held until the copy is made: the first picture only points at it
    return QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


class Thumbnails(QObject):
    """Gives thumbnails that are at hand and loads the others.

    Attributes:
        ready: The thumbnail of a page can be had now.
    """

    ready = Signal(int)
    _loaded = Signal(int, int)

    def __init__(self, folder: Path, decoder: Decoder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._decoder = decoder
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(2)
        self._threads.setThreadPriority(QThread.Priority.LowPriority)
        self._lock = threading.Lock()
        self._wanted: OrderedDict[_Key, Page] = OrderedDict()
        self._images: dict[_Key, QImage | None] = {}
        self._loading: set[_Key] = set()
        self._named: set[_Key] = set()
        self._pixmaps: OrderedDict[_Key, QPixmap | None] = OrderedDict()
        self._loaded.connect(self._on_loaded, Qt.ConnectionType.QueuedConnection)

    def get(self, page: Page) -> QPixmap | None:
        """The thumbnail of a page, or None while it is being loaded or if it has none."""
        key = (page.id, page.turn)
        if key in self._pixmaps:
            self._pixmaps.move_to_end(key)
            if page.content is not None and key not in self._named:  # it was loaded before the page was read
                self._named.add(key)
                self._threads.start(Background(partial(_kept_file, self._folder, page)))
            return self._pixmaps[key]
        self._want(key, page)
        return None

    def has_none(self, page: Page) -> bool:
        """Whether the page cannot be shown, as opposed to not yet."""
        key = (page.id, page.turn)
        return key in self._pixmaps and self._pixmaps[key] is None

    def forget(self, page_ids: list[int]) -> None:
        """Loads thumbnails anew next time, because the files may have changed."""
        gone = set(page_ids)
        for key in [key for key in self._pixmaps if key[0] in gone]:
            del self._pixmaps[key]

    def forget_missing(self, page_ids: list[int]) -> None:
        """Tries those anew that could not be loaded, because the files may have been mended."""
        missing = {key[0] for key, pixmap in self._pixmaps.items() if pixmap is None}
        self.forget([page_id for page_id in page_ids if page_id in missing])

    def close(self) -> None:
        """Stops loading."""
        with self._lock:
            self._wanted.clear()
        self._threads.waitForDone()

    def _want(self, key: _Key, page: Page) -> None:
        with self._lock:
            if key in self._loading or key in self._images:
                return
            is_new = key not in self._wanted
            self._wanted[key] = page
            self._wanted.move_to_end(key)
            if len(self._wanted) > MOST_WANTED:
                self._wanted.popitem(last=False)
        if is_new:
            self._threads.start(Background(self._load_newest))

    def _load_newest(self) -> None:
        """In a thread of the pool: loads what was asked for last."""
        with self._lock:
            if not self._wanted:
                return
            key, page = self._wanted.popitem(last=True)
            self._loading.add(key)
        image = _thumbnail(self._folder, self._decoder, page)
        with self._lock:
            self._images[key] = image
            self._loading.discard(key)
        self._loaded.emit(*key)

    @Slot(int, int)
    def _on_loaded(self, page_id: int, turn: int) -> None:
        key = (page_id, turn)
        with self._lock:
            image = self._images.pop(key, None)
        self._pixmaps[key] = QPixmap.fromImage(image) if image is not None else None
        while len(self._pixmaps) > MOST_KEPT:
            self._pixmaps.popitem(last=False)
        self.ready.emit(page_id)


def _thumbnail(folder: Path, decoder: Decoder, page: Page) -> QImage | None:
    """Read and written by Pillow: Qt's readers and writers are not used off the GUI thread."""
    kept = _kept_file(folder, page)
    if kept is not None and kept.exists():
        with suppress(OSError), Image.open(kept, formats=["JPEG"]) as image:  # cut off, by a full disk say: made anew
            return to_image(np.asarray(image.convert("RGB")))
    try:
        pixels = decoder.load_small(page.path, page.frame, page.turn, EDGE).pixels
    except PageUnreadable as error:
        log.debug("No thumbnail of %s: %s", page.path, error)
        return None
    if kept is not None:
        _keep(kept, pixels)
    return to_image(pixels)


def _kept_file(folder: Path, page: Page) -> Path | None:
    """Where the thumbnail is kept: by the file's place and state; by its content where it cannot be reached."""
    by_content = _named_for(folder, page, page.content) if page.content is not None else None
    try:
        status = page.path.stat()
    except OSError:
        return by_content
    state = f"{status.st_size} {status.st_mtime_ns}".encode()
    by_place = _named_for(folder, page, os.fsencode(page.path) + b"\0" + state)
    if by_content is not None and page.status is PageStatus.DONE and by_place.exists() and not by_content.exists():
        with suppress(OSError):  # so that it is found when the file was moved, or its drive is not connected
            by_content.parent.mkdir(parents=True, exist_ok=True)
            os.link(by_place, by_content)
    return by_place


def _named_for(folder: Path, page: Page, what: bytes) -> Path:
    name = hashlib.sha256(what + f"\0{page.frame} {page.turn} {EDGE}".encode()).hexdigest()
    return folder / name[:2] / f"{name[2:34]}.jpg"


def _keep(file: Path, pixels: Pixels) -> None:
    new = file.with_suffix(f".{threading.get_ident()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(new, "JPEG", quality=85)
        new.replace(file)
    except OSError as error:
        log.debug("The thumbnail of a page cannot be kept", exc_info=error)
