"""All work of the window that is done in other threads, but for reading pages: walking folders, exporting, pictures."""

import logging
import threading
import time
from collections.abc import Callable
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThread, QThreadPool, QTimer, Signal, Slot

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.words import _

log = logging.getLogger(__name__)

MOMENT = 0.008
"""Seconds for which the window may wait for tasks: what is done by then is seen at once, and nothing flickers."""

TELLS = 0.3
"""Seconds between two words on how far a task is."""

PIECE = 0.004
"""Seconds of work that says how far it is, until it lets the window go first: Python runs one thread at a time, and
leaves one that only computes for others no sooner than after 5 ms, each time that these want to go on."""

LONGEST_ACT = 0.1
"""Seconds for which it waits at most until the window has done what it is doing."""

_Result = TypeVar("_Result")
Tell = Callable[..., None]
"""Given to work that says how far it is."""


class Tasks(QObject):
    """Knows every lane in which something is done, and so what must have ended when the window closes.

    Attributes:
        stop: Set when the window closes; long work looks at it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stop = threading.Event()
        self._lanes: list[Lane] = []
        self._waited = 0.0
        self._renewal = QTimer(self, interval=0, singleShot=True)
        self._renewal.timeout.connect(self._renew)

    def lane(self, *, threads: int = 1, of_files: bool = False) -> "Lane":
        """Makes a lane: its tasks are done one after another, and wait for those of no other lane.

        Args:
            threads: How many are done at a time; several only where their order means nothing, at low priority.
            of_files: Whether files are written in it that a person asked for, which are finished at the end.
        """
        lane = Lane(self, threads)
        lane.is_of_files = of_files
        self._lanes.append(lane)
        return lane

    def close(self) -> None:
        """Drops what has not begun, and tells the rest to stop."""
        for lane in self._lanes:
            lane.close()
        self.stop.set()

    def wait(self, seconds: float) -> bool:
        """Waits until nothing is being done, but no longer than this; tells whether it is so."""
        until = time.monotonic() + seconds
        return all(lane.wait(max(0.0, until - time.monotonic())) for lane in self._lanes)

    def wait_a_moment(self, ended: threading.Event) -> bool:
        """Waits for a task; tells whether it has ended.

        However many tasks are waited for before the window does something else, it is one moment for all of them.
        """
        begun = time.monotonic()
        has_ended = ended.wait(max(0.0, MOMENT - self._waited))
        self._waited += time.monotonic() - begun
        self._renewal.start()
        return has_ended

    def _renew(self) -> None:
        self._waited = 0.0

    @property
    def has_ended(self) -> bool:
        """Whether nothing is being done."""
        return self.wait(0)

    @property
    def has_finished_files(self) -> bool:
        """Whether no file is being written that a person asked for."""
        return all(lane.has_ended for lane in self._lanes if lane.is_of_files)


class Lane(QObject):
    """Does one thing after another in a thread of its own, and goes on in the GUI thread with what came of it.

    Attributes:
        stop: Set when the window closes; long work looks at it.
        is_of_files: Whether files are written in it that a person asked for.
    """

    def __init__(self, tasks: Tasks, threads: int) -> None:
        super().__init__(tasks)
        self.stop = tasks.stop
        self._wait_a_moment = tasks.wait_a_moment
        self.is_of_files = False
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(threads)
        if threads > 1:
            self._threads.setThreadPriority(QThread.Priority.LowPriority)
        self._numbers = count(1)
        self._tasks: dict[int, _Task] = {}
        self._bell = _Bell()
        self._bell.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._bell.told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], _Result],
        done: Callable[[_Result], Any],
        failed: Callable[[OcrdeskError], Any],
        *,
        at_once: bool = False,
    ) -> None:
        """Does something.

        Args:
            work: Called in the thread.
            done: Called with its result.
            failed: Called with its error, whose text is for a person.
            at_once: Whether to wait a moment for it, because it is mostly done by then. ``done`` or ``failed`` is
                called before this returns, if it was.
        """
        self._start(_Task(work, done, failed), at_once=at_once)

    def run_telling(
        self,
        work: Callable[[Tell], _Result],
        done: Callable[[_Result], Any],
        failed: Callable[[OcrdeskError], Any],
        told: Callable[..., Any],
        *,
        at_once: bool = False,
    ) -> None:
        """Does something that says how far it is.

        Whenever it says so, the window goes first if it is doing something.

        Args:
            work: Called in the thread, with what it says that to: often, and never while others wait for what it has.
            done: As in ``run``.
            failed: As in ``run``.
            told: Called in the GUI thread a few times a second with what was said last, and not after the end.
            at_once: As in ``run``.
        """
        number = next(self._numbers)
        task, bell, stop = _Task(work, done, failed, told), self._bell, self.stop
        task.ring = lambda: bell.told.emit(number)

        def let_window_go_first() -> None:
            if not stop.is_set():  # else it waits for the end of this
                bell.wait_for_window()

        task.let_window_go_first = let_window_go_first
        self._start(task, number, at_once=at_once)

    def close(self) -> None:
        """Drops what has not begun."""
        self._threads.clear()

    def wait(self, seconds: float) -> bool:
        """Waits until nothing is being done, but no longer than this; tells whether it is so."""
        return bool(self._threads.waitForDone(int(1000 * seconds)))

    @property
    def has_ended(self) -> bool:
        """Whether nothing is being done."""
        return self.wait(0)

    def _start(self, task: "_Task", number: int | None = None, *, at_once: bool = False) -> None:
        if self.stop.is_set():
            return
        number, ended = number or next(self._numbers), threading.Event()
        self._tasks[number] = task
        del task  # the thread must not be the last to know of whom it tells
        tasks, bell = self._tasks, self._bell  # and not this object, which may be gone when the work is done

        def do() -> None:
            tasks[number].do()
            bell.ended.emit(number)
            ended.set()

        self._threads.start(_Runnable(do))
        if at_once and self._wait_a_moment(ended):
            for earlier in sorted(self._tasks):  # in the order in which they were asked for
                if earlier <= number:
                    self._on_ended(earlier)

    @Slot(int)
    def _on_ended(self, number: int) -> None:
        task = self._tasks.pop(number, None)  # None: the window waited for it
        if task is not None and not self.stop.is_set():
            task.end()

    @Slot(int)
    def _on_told(self, number: int) -> None:
        task = self._tasks.get(number)
        if task is None or self.stop.is_set():
            return
        rest = task.seconds_until_told()
        if rest <= 0:
            task.pass_on()
        else:
            QTimer.singleShot(round(1000 * rest), self, lambda: self._on_told(number))


class _Bell(QObject):
    """Rings in the GUI thread. The thread keeps it, so that it is there whatever became of who asked."""

    ended = Signal(int)
    told = Signal(int)
    _asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def wait_for_window(self) -> None:
        """In the thread: waits until the window has done what it is doing."""
        has_done = threading.Event()
        self._asked.emit(has_done)
        has_done.wait(LONGEST_ACT)

    @Slot(object)
    def _answer(self, has_done: threading.Event) -> None:
        has_done.set()


class _Runnable(QRunnable):
    """Calls a function in a thread of a pool."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


class _Task:
    """Something to be done, how far it is, and what came of it.

    The GUI thread keeps it, and the thread that does it lets go of it before it says so: whoever is to be told may be a
    dialog that is gone by then, and the last one to know of a dialog destroys it, which only the GUI thread may do.

    Attributes:
        ring: Called in the thread when something was said.
        let_window_go_first: Called in the thread after each piece of the work.
    """

    def __init__(
        self,
        work: Callable[..., Any],
        done: Callable[[Any], Any],
        failed: Callable[[OcrdeskError], Any],
        told: Callable[..., Any] | None = None,
    ) -> None:
        self._work = work
        self._done = done
        self._failed = failed
        self._told = told
        self._told_at = 0.0
        self._lock = threading.Lock()
        self._said: tuple[object, ...] | None = None
        self._result: object = None
        self._problem: OcrdeskError | None = None
        self.ring: Callable[[], object] = lambda: None
        self.let_window_go_first: Callable[[], object] = lambda: None
        self._piece_begun = 0.0

    def do(self) -> None:
        """In the thread: works."""
        self._piece_begun = time.monotonic()
        try:
            self._result = self._work() if self._told is None else self._work(self.tell)
        except OcrdeskError as error:
            log.info("A task failed: %s", error, exc_info=error)
            self._problem = error.with_traceback(None)  # which knows of this task
        except Exception:  # a bug must not leave the window waiting for ever
            log.exception("A task ended unexpectedly")
            self._problem = OcrdeskError(_("Something went wrong inside ocrdesk. Try again."))

    def tell(self, *said: object) -> None:
        """In the thread: says how far the work is."""
        with self._lock:
            is_first, self._said = self._said is None, said
        if is_first:
            self.ring()
        if time.monotonic() - self._piece_begun >= PIECE:
            self.let_window_go_first()
            self._piece_begun = time.monotonic()

    def seconds_until_told(self) -> float:
        """How long what was said has to wait, so that nobody is told too often."""
        return self._told_at + TELLS - time.monotonic()

    def pass_on(self) -> None:
        """In the GUI thread: tells what was said last."""
        with self._lock:
            said, self._said = self._said, None
        if said is not None and self._told is not None:
            self._told_at = time.monotonic()
            self._told(*said)

    def end(self) -> None:
        """In the GUI thread: goes on with what came of it."""
        if self._problem is not None:
            self._failed(self._problem)
        else:
            self._done(self._result)
