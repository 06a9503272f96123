"""Looks through dropped files and folders off the GUI thread."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Batch
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.intake.drops import Drop, drops_of, find_pages
from ocrdesk.engine.library import Library
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.tasks import Tasks, Tell


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

    def __init__(self, library: Library, decoder: Decoder, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._decoder = decoder
        self._lane = tasks.lane()
        self._numbers = count(1)
        self._drops: dict[int, Drop] = {}

    def add(
        self, paths: Sequence[Path], batch_id: int | None = None, then: Callable[[Drop], object] = lambda drop: None
    ) -> None:
        """Looks through files and folders: each folder is a batch, unless one is named that takes all.

        Args:
            paths: The files and folders.
            batch_id: The batch that takes all of them.
            then: Called with each batch's part once it was looked through to its end.
        """
        for drop in drops_of(paths, batch_id):
            self._start(drop, then)

    def rescan(self, batch: Batch) -> None:
        """Adds what is new in the folder of a batch."""
        self._start(Drop([batch.origin], batch.id, only_new=True))

    def add_arrived(self, batch_id: int, files: Sequence[Path]) -> None:
        """Adds files that were found in the folder of a batch."""
        self._start(Drop(list(files), batch_id, arrived=True, only_new=True))

    def _start(self, drop: Drop, then: Callable[[Drop], object] = lambda drop: None) -> None:
        number = next(self._numbers)
        self._drops[number] = drop
        done, failed = lambda _: self._on_finished(number, then), partial(self._on_failed, number)
        self._lane.run_telling(partial(self._walk, drop), done, failed, lambda: self.pages_added.emit(number))

    def drop(self, number: int) -> Drop:
        """What is known of a drop so far."""
        return self._drops[number]

    @property
    def is_busy(self) -> bool:
        """Whether something is still being looked through."""
        return bool(self._drops)

    def _walk(self, drop: Drop, tell: Tell) -> None:
        """In the lane's thread."""
        try:
            find_pages(
                self._library,
                drop,
                self._decoder.count_pages,
                lambda _: tell(),
                self._lane.stop.is_set,
                queued=True,
            )
        except OcrdeskError:
            raise
        except Exception as error:  # a bug must not leave the window waiting for ever
            raise OcrdeskError(
                _("Looking through the folder stopped because of an error inside ocrdesk. Add it again.")
            ) from error

    def _on_finished(self, number: int, then: Callable[[Drop], object]) -> None:
        drop = self._drops[number]
        self.finished.emit(number)
        self._end(number)
        then(drop)

    def _on_failed(self, number: int, error: OcrdeskError) -> None:
        self.failed.emit(str(error))
        self._end(number)

    def _end(self, number: int) -> None:
        del self._drops[number]
        self.ended.emit(number)
