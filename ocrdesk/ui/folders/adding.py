"""Looks through dropped files and folders off the GUI thread."""

import logging
import threading
from collections.abc import Sequence
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Batch
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.intake.drops import Drop, drops_of, find_pages
from ocrdesk.engine.library import Library
from ocrdesk.ui.kit.background import Background

log = logging.getLogger(__name__)


class Adding(QObject):
    """Makes batches and pages of what was dropped; the library has them before a signal tells.

    Attributes:
        pages_added: More pages of a drop are in the library; carries the drop's number.
        finished: A drop was looked through to its end; carries its number.
        failed: A drop could not be kept; carries a sentence.
        ended: A drop was looked through, to its end or not; carries its number.
    """

    pages_added = Signal(int)
    finished = Signal(int)
    failed = Signal(str)
    ended = Signal(int)
    _ended = Signal(int, bool)

    def __init__(self, library: Library, decoder: Decoder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._decoder = decoder
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(1)
        self._stop = threading.Event()
        self._numbers = count(1)
        self._drops: dict[int, Drop] = {}
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def add(self, paths: Sequence[Path], batch_id: int | None = None) -> None:
        """Looks through files and folders: each folder is a batch, unless one is named that takes all."""
        for drop in drops_of(paths, batch_id):
            self._start(drop)

    def rescan(self, batch: Batch) -> None:
        """Adds what is new in the folder of a batch."""
        self._start(Drop([batch.origin], batch.id, only_new=True))

    def add_arrived(self, batch_id: int, files: Sequence[Path]) -> None:
        """Adds files that were found in the folder of a batch."""
        self._start(Drop(list(files), batch_id, arrived=True, only_new=True))

    def _start(self, drop: Drop) -> None:
        number = next(self._numbers)
        self._drops[number] = drop
        self._threads.start(Background(partial(self._walk, number, drop)))

    def drop(self, number: int) -> Drop:
        """What is known of a drop so far."""
        return self._drops[number]

    @property
    def is_busy(self) -> bool:
        """Whether something is still being looked through."""
        return bool(self._drops)

    def close(self) -> None:
        """Stops looking; what was found is kept."""
        self._stop.set()
        self._threads.clear()

    @property
    def has_ended(self) -> bool:
        """Whether nothing is being looked through."""
        return bool(self._threads.waitForDone(0))

    def _walk(self, number: int, drop: Drop) -> None:
        """In a thread of the pool."""
        complete = False
        try:
            find_pages(
                self._library,
                drop,
                self._decoder.count_pages,
                lambda _: self.pages_added.emit(number),
                self._stop.is_set,
                queued=True,
            )
            complete = True
        except OcrdeskError as error:
            log.exception("What was dropped could not be kept")
            self.failed.emit(str(error))
        except Exception:  # a bug must not leave the window waiting for ever
            log.exception("Looking through a folder ended unexpectedly")
            self.failed.emit("Looking through the folder stopped because of an error inside ocrdesk. Add it again.")
        finally:
            self._ended.emit(number, complete)

    @Slot(int, bool)
    def _on_ended(self, number: int, complete: bool) -> None:
        if complete:
            self.finished.emit(number)
        del self._drops[number]
        self.ended.emit(number)
