"""Claims the pages of a batch one after another, has each read, and stores its checkpoint."""

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Page
from ocrdesk.engine.errors import (
    FolderUnreachable,
    OcrdeskError,
    PageUnreadable,
    ReadingInterrupted,
    RecognizerCrashed,
)
from ocrdesk.engine.facts import Fact, Told
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.library import Library
from ocrdesk.engine.machine import give_back_memory
from ocrdesk.engine.read_page import PageToRead, UnreadPage, read_page
from ocrdesk.engine.reading_names import OWN_TEXT, mixed_name
from ocrdesk.engine.recognition.helper import Helper
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.recognition.recognizer import Recognizer
from ocrdesk.engine.words import _

log = logging.getLogger(__name__)

T = TypeVar("T")


class Suspects:
    """What the workers of one run share about its suspects.

    Attributes:
        reading: Held by the only worker that reads suspects, because the helper loads models of its own.
        failed_once: Pages on which one helper failed. If a second one fails, the page is to blame.
        set_aside: Pages that wait for the next run, because something external ended the process that read them.
    """

    def __init__(self) -> None:
        self.reading = threading.Lock()
        self.failed_once: set[int] = set()
        self.set_aside: set[int] = set()


class Worker:
    """Reads pages until none is left or the run is cancelled; several workers may read one batch in parallel.

    Attributes:
        is_leaving: Whether it was told to leave.
    """

    def __init__(
        self,
        library: Library,
        decoder: Decoder,
        fingerprints: Fingerprints,
        pool: RecognizerPool,
        batch_id: int,
        cancel: threading.Event,
        suspects: Suspects,
        page_started: Callable[[int], None],
        page_finished: Callable[[int], None],
    ) -> None:
        self._library = library
        self._decoder = decoder
        self._fingerprints = fingerprints
        self._pool = pool
        self._batch_id = batch_id
        self._cancel = cancel
        self._suspects = suspects
        self._page_started = page_started
        self._page_finished = page_finished
        self._recognizer: Recognizer | None = None
        self._helper: Helper | None = None
        self._reads_suspects = False
        self.is_leaving = False

    def leave(self) -> None:
        """Makes this worker end after its current page; the others go on."""
        self.is_leaving = True

    def run(self) -> None:
        """Reads pages. The current page is finished and stored even after the cancel event is set.

        Raises:
            LibraryError: A checkpoint could not be stored, so nothing more can be read.
            FolderUnreachable: The folder of the batch is missing; its pages wait.
            RecognizerBroken: No recognizer can be loaded.
        """
        try:
            # The event is checked only once the checkpoint of the previous page is on disk.
            while not self._is_to_end() and (page := self._claim()):
                self._page_started(page.id)
                self._read_claimed(page)
                give_back_memory()
                self._page_finished(page.id)
        finally:
            if self._recognizer is not None:
                self._pool.give_back(self._recognizer)
                self._recognizer = None
            self._leave_suspects()

    def _is_to_end(self) -> bool:
        return self.is_leaving or self._cancel.is_set()

    def _claim(self) -> Page | None:
        """Claims the next page; suspects come after all others, one at a time.

        A suspect only becomes RUNNING once a helper is ready for it. So if the helper crashes from then on, that page
        is to blame, while a crash during the loading of the models is blamed on no page.
        """
        page = self._library.runs.claim_next(self._batch_id)
        if page is not None:
            return page
        if not self._reads_suspects:
            self._reads_suspects = self._suspects.reading.acquire(blocking=False)
        if not self._reads_suspects:
            return None
        for page_id in self._library.runs.wanted(self._batch_id):
            if page_id not in self._suspects.set_aside:
                if self._helper is None or not self._helper.is_alive:
                    self._end_helper()
                    self._helper = self._pool.start_helper()
                return None if self._is_to_end() else self._library.runs.claim(page_id)
        return None

    def _end_helper(self) -> None:
        if self._helper is not None:
            self._helper.end()
            self._helper = None

    def _leave_suspects(self) -> None:
        self._end_helper()
        if self._reads_suspects:
            self._suspects.reading.release()
            self._reads_suspects = False

    def _read_claimed(self, page: Page) -> None:
        finished = False
        try:
            self._read(page)
            finished = True
        except (_OnceMore, ReadingInterrupted) as error:
            log.warning("Page %s (%s) waits as a suspect", page.id, page.path, exc_info=error)
            if isinstance(error, ReadingInterrupted):
                self._suspects.set_aside.add(page.id)
            self._library.runs.suspect(page.id)
            finished = True
        finally:
            if not finished:
                self._release(page)

    def _read(self, page: Page) -> None:
        read = read_page(
            PageToRead.of(page),
            self._decoder,
            self._fingerprints,
            partial(self._recognize, page),
            partial(self._take_known, page),
        )
        if read is None:
            return
        if read.as_picture:
            self._library.files.read_as_picture([page.id], True)
        if isinstance(read, UnreadPage):
            self._wait_for_folder(page)
            self._library.checkpoints.keep_failure(page.id, read.why, content=read.content, locked=read.is_locked)
            return
        self._library.checkpoints.keep(
            page.id,
            read.reading,
            seconds=read.seconds,
            rotation=read.rotation,
            recognizer=read.recognizer,
            content=read.content,
            remark=read.remark,
            scan=read.scan,
        )

    def _take_known(self, page: Page, content: bytes) -> bool:
        """Uses an existing reading of the same content if there is one; not for a page that is to be read again."""
        if page.content is None and page.seconds is not None:
            return False
        twin = self._library.files.twin(page, content)
        if twin is None:
            return False
        if twin.recognizer != OWN_TEXT:
            name = self._reader_of(page).name
            if twin.recognizer not in (name, mixed_name(name)):
                return False
        return self._library.checkpoints.keep_twin(page.id, twin, content)

    def _wait_for_folder(self, page: Page) -> None:
        """Stops the run if the batch's whole folder is missing: the pages are not to blame for an unplugged drive."""
        batch = self._library.batch(self._batch_id)
        if batch is not None and page.path.is_relative_to(batch.origin) and not batch.origin.exists():
            raise FolderUnreachable(
                _(
                    "The folder “{origin}” cannot be reached. Connect its drive, or choose “Locate…” if it was "
                    "moved; then resume."
                ).format(origin=batch.origin)
            )

    def _reader_of(self, page: Page) -> Recognizer:
        if page.suspect:
            assert self._helper is not None
            return self._helper.as_wanted(page.mode_wanted, self._library.reading_languages.to_read(page))
        self._recognizer = self._recognizer or self._pool.lend()
        return self._recognizer.as_wanted(page.mode_wanted, self._library.reading_languages.to_read(page))

    def _recognize(self, page: Page, read: Callable[[Recognizer], T]) -> T:
        """Calls ``read`` with a recognizer; if that fails, tries once more with a new one."""
        if page.suspect:
            return self._recognize_alone(page, read)
        first = True
        while True:
            recognizer = self._reader_of(page)
            try:
                return read(recognizer)
            except Exception as error:  # a recognition library may raise anything; the page must end in a state
                self._recognizer = None
                log.warning("The recognizer broke", exc_info=error)
                if not first:
                    raise PageUnreadable(_why(error)) from error
                first = False

    def _recognize_alone(self, page: Page, read: Callable[[Recognizer], T]) -> T:
        """Lets the helper read a suspect; if that fails, the page waits until another helper is ready for it."""
        assert self._helper is not None
        try:
            return read(self._reader_of(page))
        except ReadingInterrupted:
            self._end_helper()
            raise
        except Exception as error:  # likewise
            self._end_helper()
            if page.id in self._suspects.failed_once:
                self._suspects.failed_once.discard(page.id)
                raise PageUnreadable(_why(error)) from error
            self._suspects.failed_once.add(page.id)
            raise _OnceMore from error

    def _release(self, page: Page) -> None:
        try:
            self._library.runs.release(page.id)
        except OcrdeskError as error:
            # The library has failed, which is being reported; the next run will read the page.
            log.warning("Page %s could not be released", page.id, exc_info=error)


class _OnceMore(Exception):
    """A suspect must be read by another helper."""


def _why(error: Exception) -> Told:
    if isinstance(error, RecognizerCrashed):
        return Fact.CRASHES_RECOGNITION()
    if isinstance(error, MemoryError):
        return Fact.MEMORY_TO_READ()
    return Fact.RECOGNITION_FAILED()
