"""Claims the pages of a batch one after another, reads each and keeps its checkpoint."""

import logging
import threading
import time
from collections.abc import Callable

from ocrdesk.engine.decode import Decoder, OwnText, Pixels
from ocrdesk.engine.document import Page, Reading
from ocrdesk.engine.errors import FolderUnreachable, OcrdeskError, PageUnreadable, PasswordNeeded
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.library import Library
from ocrdesk.engine.memory import give_back_memory
from ocrdesk.engine.recognition.recognizer import Recognizer, RecognizerPool

log = logging.getLogger(__name__)

OWN_TEXT = "PDF text"
"""The name kept with a reading that no recognizer made."""


class Worker:
    """Reads pages until none is left or the run is cancelled; several may read one batch side by side.

    Attributes:
        is_leaving: It was told to leave.
    """

    def __init__(
        self,
        library: Library,
        decoder: Decoder,
        fingerprints: Fingerprints,
        pool: RecognizerPool,
        batch_id: int,
        cancel: threading.Event,
        page_started: Callable[[int], None],
        page_finished: Callable[[int], None],
    ) -> None:
        self._library = library
        self._decoder = decoder
        self._fingerprints = fingerprints
        self._pool = pool
        self._batch_id = batch_id
        self._cancel = cancel
        self._page_started = page_started
        self._page_finished = page_finished
        self._recognizer: Recognizer | None = None
        self.is_leaving = False

    def leave(self) -> None:
        """Lets this worker end after the page in flight; the others go on."""
        self.is_leaving = True

    def run(self) -> None:
        """Works. The page in flight when the event is set is finished and kept.

        Raises:
            LibraryError: A checkpoint could not be kept; nothing more can be read.
            FolderUnreachable: The folder of the batch is gone; its pages wait.
            RecognizerBroken: No recognizer can be loaded.
        """
        try:
            # The event is looked at again only when the checkpoint of the page before is on disk.
            while not self._is_to_end() and (page := self._library.runs.claim_next(self._batch_id)):
                self._page_started(page.id)
                self._read_claimed(page)
                give_back_memory()
                self._page_finished(page.id)
        finally:
            if self._recognizer is not None:
                self._pool.give_back(self._recognizer)
                self._recognizer = None

    def _is_to_end(self) -> bool:
        return self.is_leaving or self._cancel.is_set()

    def _read_claimed(self, page: Page) -> None:
        finished = False
        try:
            self._read(page)
            finished = True
        finally:
            if not finished:
                self._release(page)

    def _read(self, page: Page) -> None:
        start = time.perf_counter()
        content = self._fingerprints.of(page.path)
        try:
            if content is not None and self._take_known(page, content):
                return
            opened = self._decoder.load_page(page.path, page.frame, as_picture=page.as_picture)
            if isinstance(opened, OwnText) and page.turn_wanted is not None:
                self._library.files.read_as_picture([page.id], True)  # the text of a PDF cannot be turned
                opened = self._decoder.load_page(page.path, page.frame, as_picture=True)
            if isinstance(opened, OwnText):
                reading, name, remark = opened.reading, OWN_TEXT, None
            else:
                reading, name = self._recognize(opened.pixels, page.turn_wanted)
                remark = opened.remark
        except PageUnreadable as error:
            log.info("Page %s (%s) failed: %s", page.id, page.path, error, exc_info=error)
            self._wait_for_folder(page)
            locked = isinstance(error, PasswordNeeded)
            self._library.checkpoint_failure(page.id, str(error), content=content, locked=locked)
            return
        self._library.checkpoint(
            page.id,
            reading,
            seconds=time.perf_counter() - start,
            rotation=(opened.rotation + reading.turn) % 360,
            recognizer=name,
            content=content,
            remark=remark,
        )

    def _take_known(self, page: Page, content: bytes) -> bool:
        """Takes the reading of the same bytes where there is one; not for a page that is to be read once more."""
        if page.content is None and page.seconds is not None:
            return False
        twin = self._library.files.twin(page, content)
        if twin is None or (twin.recognizer != OWN_TEXT and twin.recognizer != self._take_recognizer().name):
            return False
        return self._library.checkpoint_twin(page.id, twin, content)

    def _wait_for_folder(self, page: Page) -> None:
        """Stops the run where not a file but its whole folder is gone: an unplugged drive is no fault of the pages."""
        batch = self._library.batch(self._batch_id)
        if batch is not None and page.path.is_relative_to(batch.origin) and not batch.origin.exists():
            raise FolderUnreachable(
                f"The folder “{batch.origin}” cannot be reached. Connect its drive, or choose “Locate…” if it was "
                "moved; then resume."
            )

    def _take_recognizer(self) -> Recognizer:
        self._recognizer = self._recognizer or self._pool.take()
        return self._recognizer

    def _recognize(self, picture: Pixels, turn: int | None) -> tuple[Reading, str]:
        """Reads a picture; a recognizer that breaks is replaced once and the picture tried again."""
        first = True
        while True:
            recognizer = self._take_recognizer()
            try:
                return recognizer.read(picture, turn), recognizer.name
            except Exception as error:  # a recognition library may raise anything; the page must end in a state
                self._recognizer = None
                log.warning("The recognizer broke", exc_info=error)
                if not first:
                    raise PageUnreadable(_why(error)) from error
                first = False

    def _release(self, page: Page) -> None:
        try:
            self._library.runs.release(page.id)
        except OcrdeskError as error:
            # The library failed already and that is being reported; the next run takes the page up again.
            log.warning("Page %s could not be released", page.id, exc_info=error)


def _why(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "Reading this picture needs more memory than there is. Save it smaller, then retry."
    return "The text recognition failed on this picture twice. Save it in another format or size, then retry."
