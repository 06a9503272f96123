"""The only bridge between the engine and Qt: starts workers in a thread pool and tells the window what they do."""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto

from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, Signal, Slot

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.library import Library
from ocrdesk.engine.machine import cores
from ocrdesk.engine.pace import Pace
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.recognition.recognizer import Recognizer
from ocrdesk.engine.words import _, plural
from ocrdesk.engine.worker import Suspects, Worker

log = logging.getLogger(__name__)


MOST_WORKERS = 64
"""The most workers, whatever is asked for."""

NICENESS = 10
"""The niceness of threads that work in the background, on Linux: other programs go first."""


class RunState(Enum):
    """What the runner is doing with its current batch."""

    IDLE = auto()
    RUNNING = auto()
    PAUSING = auto()
    PAUSED = auto()
    CANCELLING = auto()


class BatchRunner(QObject):
    """Reads one batch after another. All methods are for the GUI thread; signals carry numbers, never data.

    Attributes:
        page_started: A page is being read.
        page_finished: A page's checkpoint is on disk.
        state_changed: ``state``, ``batch_id`` or the waiting batches have changed.
        run_finished: The run of a batch ended, complete or not.
        stopped: A run was stopped by an error; carries a sentence.
        left: A run ended but left pages for the next one; carries a sentence.
        noticed: Emitted by factories of recognizers, in a worker's thread, with a sentence that is no error.
    """

    page_started = Signal(int)
    page_finished = Signal(int)
    state_changed = Signal()
    run_finished = Signal(int)
    stopped = Signal(str)
    left = Signal(str)
    noticed = Signal(str)
    _worker_ended = Signal(object, str)

    def __init__(
        self,
        library: Library,
        decoder: Decoder,
        make_recognizer: Callable[[], Recognizer],
        workers: int = 0,
        *,
        quiet: bool = False,
    ) -> None:
        """Makes an idle runner.

        Args:
            library: Where pages come from and checkpoints go.
            decoder: Opens the files.
            make_recognizer: Makes a recognizer, in the thread of its worker. It must be picklable, because suspects are
                read by a recognizer that is made in another process.
            workers: How many pages are read at once, at most ``MOST_WORKERS``; 0 means one per core.
            quiet: Whether one core is left free and other programs go first.
        """
        super().__init__()
        self.state = RunState.IDLE
        self.batch_id: int | None = None
        self.pace = Pace(time.monotonic())
        self._library = library
        self._decoder = decoder
        self._fingerprints = Fingerprints()
        self._cancel = threading.Event()
        self._suspects = Suspects()
        self._working: dict[Worker, _Crew] = {}
        self._waiting: list[int] = []
        self._error = ""
        self._closing = False
        self._crew = _Crew(make_recognizer, workers, quiet)
        self._worker_ended.connect(self._on_worker_ended)
        self.page_finished.connect(self._on_page_finished)

    def configure(self, make_recognizer: Callable[[], Recognizer], workers: int, *, quiet: bool = False) -> None:
        """Sets how pages are read from now on, even during a run; takes the same arguments as the constructor."""
        before, self._crew = self._crew, _Crew(make_recognizer, workers, quiet)
        for worker in self._working:
            worker.leave()
        self._dismiss(before)
        if self.state is RunState.RUNNING:
            self._fill_up()

    @property
    def recognizers(self) -> RecognizerPool:
        """Those that pages are read with at present, for whoever reads something else."""
        return self._crew.recognizers

    @property
    def pages_in_flight(self) -> int:
        """An upper bound for the number of pages being read now."""
        return len(self._working)

    @property
    def waiting(self) -> tuple[int, ...]:
        """The batches whose runs follow the current one, in order."""
        return tuple(self._waiting)

    def is_busy_with(self, batch_id: int) -> bool:
        """Whether a batch is being read, paused, or waiting for its run."""
        return batch_id == self.batch_id or batch_id in self._waiting

    def put_in_order(self, batch_ids: Sequence[int]) -> None:
        """Lets the batches that wait for their runs follow in this order; those not in it follow last."""
        places = {batch_id: place for place, batch_id in enumerate(batch_ids)}
        self._waiting.sort(key=lambda batch_id: places.get(batch_id, len(places)))

    def start(self, batch_id: int, page_ids: Iterable[int] | None = None) -> None:
        """Reads waiting pages of a batch, all or only some, after the batches before it.

        Raises:
            LibraryError: The pages could not be queued.
        """
        self._library.runs.queue(batch_id, page_ids)
        self._want(batch_id)

    def start_queued(self, batch_id: int, ahead_of: Sequence[int] = ()) -> None:
        """Reads pages that are already queued, after the batches before theirs: those of ``ahead_of`` come later."""
        self._want(batch_id, ahead_of)

    def retry(self, batch_id: int, page_ids: Iterable[int]) -> None:
        """Drops the checkpoints of some pages of a batch and reads just those again.

        Raises:
            LibraryError: The pages could not be queued.
        """
        self._library.runs.drop_checkpoints(page_ids)
        self._want(batch_id)

    def cancel(self, batch_id: int) -> None:
        """Ends the run of a batch: pages being read are finished and stored, the others wait until started again.

        Raises:
            LibraryError: The pages could not be taken out of the queue; the run ends nevertheless.
        """
        self.end(batch_id)
        self._library.runs.unqueue(batch_id)

    def end(self, batch_id: int) -> None:
        """Ends the run of a batch like ``cancel``, but its pages stay queued: the caller must unqueue them."""
        if batch_id in self._waiting:
            self._waiting.remove(batch_id)
        if batch_id == self.batch_id:
            self._cancel.set()
            self._set_state(RunState.CANCELLING)
            if not self._working:
                self._end_run()
        self.state_changed.emit()

    def pause(self) -> None:
        """Pauses the current run after the pages being read; the batches after it wait, too."""
        if self.state is RunState.RUNNING:
            self._cancel.set()
            self._set_state(RunState.PAUSING)

    def resume(self) -> None:
        """Continues a paused run."""
        if self.state is RunState.PAUSING:
            self._cancel.clear()
            self._set_state(RunState.RUNNING)
            self._fill_up()
        elif self.state is RunState.PAUSED and self.batch_id is not None:
            self._begin_run(self.batch_id)

    def begin_close(self) -> None:
        """Makes workers end after the pages being read, without waiting for them."""
        self._closing = True
        self._waiting.clear()
        self._cancel.set()
        if self._working:
            self._set_state(RunState.CANCELLING)  # otherwise the end of the last worker would start the rest

    @property
    def has_ended(self) -> bool:
        """Whether no page is being read and no thread of a worker is left."""
        return all(crew.has_ended(0) for crew in {self._crew, *self._working.values()})

    def give_up(self) -> None:
        """Leaves the pages being read for the next run, when the program ends without them; for any thread.

        They do not become suspects, because the end was intended.

        Raises:
            LibraryError: This could not be stored.
        """
        self._cancel.set()
        if (batch_id := self.batch_id) is not None:
            self._library.runs.requeue_running(batch_id)

    def close(self, seconds: float) -> bool:
        """Ends all runs before the program ends; unread pages stay queued, so that the next start can offer to resume.

        Args:
            seconds: How long to wait for the pages being read.

        Returns:
            Whether all workers have ended.
        """
        self.begin_close()
        end = time.monotonic() + seconds
        return all(crew.has_ended(end - time.monotonic()) for crew in {self._crew, *self._working.values()})

    def _want(self, batch_id: int, ahead_of: Sequence[int] = ()) -> None:
        before = self.state, self.batch_id
        if batch_id == self.batch_id and self.state is RunState.RUNNING:
            self._fill_up()
        elif batch_id == self.batch_id and self.state in (RunState.PAUSING, RunState.PAUSED):
            self.resume()
        elif batch_id not in self._waiting:
            places = [self._waiting.index(other) for other in ahead_of if other in self._waiting]
            self._waiting.insert(min(places, default=len(self._waiting)), batch_id)
            self._begin_next()
        if (self.state, self.batch_id) == before:  # else it is told already
            self.state_changed.emit()

    def _begin_next(self) -> None:
        if self.state is RunState.IDLE and self._waiting and not self._closing:
            self._begin_run(self._waiting.pop(0))

    def _begin_run(self, batch_id: int) -> None:
        self._cancel.clear()
        self._suspects = Suspects()
        self._error = ""
        self.batch_id = batch_id
        self.pace = Pace(time.monotonic())
        try:
            self._library.runs.requeue_running(batch_id)
        except OcrdeskError as error:
            log.warning("The run cannot begin", exc_info=error)
            self._error = str(error)
            self._end_run()
            return
        self._set_state(RunState.RUNNING)
        self._fill_up()

    def _fill_up(self) -> None:
        """Starts workers up to the wanted number; one that finds no page ends at once."""
        while len(self._working) < self._crew.size:
            assert self.batch_id is not None
            worker = Worker(
                self._library,
                self._decoder,
                self._fingerprints,
                self._crew.recognizers,
                self.batch_id,
                self._cancel,
                self._suspects,
                self.page_started.emit,
                self.page_finished.emit,
            )
            self._working[worker] = self._crew
            self._crew.threads.start(_WorkerRunnable(worker, self._worker_ended.emit, self._crew.quiet))

    @Slot(int)
    def _on_page_finished(self, page_id: int) -> None:
        self.pace.page_finished(time.monotonic())

    @Slot(object, str)
    def _on_worker_ended(self, worker: Worker, error: str) -> None:
        self._dismiss(self._working.pop(worker))
        if error:
            self._error = self._error or error
            self._cancel.set()
        if worker.is_leaving and not self._cancel.is_set():
            self._fill_up()  # another one takes its place
        if self._working:
            self.state_changed.emit()
        elif self.state is RunState.PAUSING and not self._error:
            self._set_state(RunState.PAUSED)
        else:
            self._end_run()

    def _dismiss(self, crew: "_Crew") -> None:
        """Ends the threads of a former crew whose last worker has ended."""
        if crew is not self._crew and crew not in self._working.values():
            crew.has_ended(seconds=1)  # when destroyed, it must not wait for a thread that needs the interpreter

    def _end_run(self) -> None:
        batch_id, error, goes_on, left = self.batch_id, self._error, False, 0
        if batch_id is not None and self.state is RunState.RUNNING and not error:
            try:
                wanted = set(self._library.runs.wanted(batch_id))
                goes_on = bool(wanted - self._suspects.set_aside)  # they were queued while the last worker was ending
                left = len(wanted & self._suspects.set_aside)
            except OcrdeskError as problem:
                log.exception("What is left of the run cannot be told")
                error = str(problem)
        try:
            self.batch_id = None
            self._set_state(RunState.IDLE)
            if error:
                self._waiting.clear()
                self.stopped.emit(error)
            if goes_on and batch_id is not None:
                self._waiting.insert(0, batch_id)
            elif batch_id is not None:
                if left:
                    self.left.emit(_why_left(left))
                self.run_finished.emit(batch_id)
        finally:
            self._cancel.clear()
            self._error = ""
        self._begin_next()

    def _set_state(self, state: RunState) -> None:
        self.state = state
        self.state_changed.emit()


def _why_left(pages: int) -> str:
    return plural(
        "{count} page is left, because the process that read it was ended by another program or for lack of memory. "
        "Resume to read it.",
        "{count:,} pages are left, because the processes that read them were ended by another program or for lack of "
        "memory. Resume to read them.",
        pages,
    )


class _Crew:
    """What workers with the same settings share: recognizers and threads. Other settings need another crew.

    A crew has threads of its own because, on Linux, a thread whose priority was lowered cannot get it back.
    """

    def __init__(self, make_recognizer: Callable[[], Recognizer], workers: int, quiet: bool) -> None:
        as_usual = max(1, cores() - quiet)
        self.size = max(1, min(workers or as_usual, as_usual if quiet else MOST_WORKERS))
        self.quiet = quiet
        self.recognizers = RecognizerPool(make_recognizer)
        self.threads = QThreadPool()
        self.threads.setExpiryTimeout(-1)
        self.threads.setMaxThreadCount(self.size)
        if quiet:
            self.threads.setThreadPriority(QThread.Priority.LowestPriority)

    def has_ended(self, seconds: float) -> bool:
        """Whether all its workers, and so its threads, end within this many seconds."""
        return self.threads.waitForDone(max(0, int(seconds * 1000)))


class _WorkerRunnable(QRunnable):
    """Runs a worker in a thread of its crew. It keeps a bound signal and not the runner, which it must not own."""

    def __init__(self, worker: Worker, ended: Callable[[Worker, str], None], quiet: bool) -> None:
        super().__init__()
        self._worker = worker
        self._ended = ended
        self._quiet = quiet

    def run(self) -> None:
        error = ""
        try:
            if self._quiet:
                _give_way()
            self._worker.run()
        except OcrdeskError as problem:
            log.warning("The run was stopped", exc_info=problem)
            error = str(problem)
        except Exception:  # whatever happened, the run must end and report it
            log.exception("A worker ended unexpectedly")
            error = _("Reading stopped because of an error inside ocrdesk. Resume the batch; Help shows the log.")
        finally:
            self._ended(self._worker, error)


def _give_way() -> None:
    """Lowers the priority of this thread, and so of those that recognition libraries start from it."""
    if sys.platform == "linux":  # which ignores the priorities that Qt gives to ordinary threads
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
