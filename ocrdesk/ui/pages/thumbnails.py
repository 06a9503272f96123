"""Small pictures of pages: loaded off the GUI thread, those looked at last first, kept on disk."""

import logging
import threading
from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Page
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.thumbnail_files import ThumbnailFiles
from ocrdesk.ui.kit.images import to_image
from ocrdesk.ui.kit.tasks import Tasks

log = logging.getLogger(__name__)

MOST_KEPT = 400
MOST_WANTED = 300
"""Older wishes are dropped: who scrolls past a page does not wait for it."""

_Key = tuple[int, int]
"""Page and turn: a page that is turned has another thumbnail."""


class Thumbnails(QObject):
    """Gives thumbnails that are at hand and loads the others.

    Attributes:
        ready: The thumbnail of a page can be had now.
    """

    ready = Signal(int)

    def __init__(self, files: ThumbnailFiles, decoder: Decoder, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._decoder = decoder
        self._lane = tasks.lane(threads=2)
        self._lock = threading.Lock()
        self._wanted: OrderedDict[_Key, Page] = OrderedDict()
        self._loading: set[_Key] = set()
        self._named: set[_Key] = set()
        self._pixmaps: OrderedDict[_Key, QPixmap | None] = OrderedDict()

    def get(self, page: Page) -> QPixmap | None:
        """The thumbnail of a page, or None while it is being loaded or if it has none."""
        key = (page.id, page.turn)
        if key in self._pixmaps:
            self._pixmaps.move_to_end(key)
            if page.content is not None and key not in self._named:  # it was loaded before the page was read
                self._named.add(key)
                self._lane.run(partial(self._files.of, page), lambda _: None, _let_be)
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

    def _want(self, key: _Key, page: Page) -> None:
        with self._lock:
            if key in self._loading:
                return
            is_new = key not in self._wanted
            self._wanted[key] = page
            self._wanted.move_to_end(key)
            if len(self._wanted) > MOST_WANTED:
                self._wanted.popitem(last=False)
        if is_new:
            self._lane.run(self._load_newest, self._on_loaded, _let_be)

    def _load_newest(self) -> tuple[_Key, QImage | None] | None:
        """In a thread: loads what was asked for last."""
        with self._lock:
            if not self._wanted:
                return None
            key, page = self._wanted.popitem(last=True)
            self._loading.add(key)
        image = None
        try:
            pixels = self._files.load(self._decoder, page)
            image = to_image(pixels) if pixels is not None else None
        except Exception:  # whatever happened, the page must not wait for its picture for ever
            log.exception("The thumbnail of %s cannot be had", page.path)
        return key, image

    def _on_loaded(self, loaded: tuple[_Key, QImage | None] | None) -> None:
        if loaded is None:  # it was forgotten before its turn came
            return
        key, image = loaded
        with self._lock:
            self._loading.discard(key)
        self._pixmaps[key] = QPixmap.fromImage(image) if image is not None else None
        while len(self._pixmaps) > MOST_KEPT:
            self._pixmaps.popitem(last=False)
        self.ready.emit(key[0])


def _let_be(error: OcrdeskError) -> None:
    """A thumbnail that cannot be kept is made again next time; the log tells why."""
