"""Work off the GUI thread that is no reading of pages: walking folders, loading pictures."""

import logging
import threading
from collections.abc import Callable
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.words import _

log = logging.getLogger(__name__)

MOMENT = 0.03
"""Seconds for which the window may wait for an errand: what is done by then is seen at once, and nothing flickers."""

_Result = TypeVar("_Result")


class Background(QRunnable):
    """Calls a function in a thread of a pool."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


class _Bell(QObject):
    """Rings when an errand has ended. The errand keeps it, so that it is there whatever became of who asked for it."""

    rung = Signal(int)


class _Errand:
    """Something to be done, and what came of it.

    The GUI thread keeps it, and the thread that does it lets go of it before it says so: whoever is to be told may be a
    dialog that is gone by then, and the last one to know of a dialog destroys it, which only the GUI thread may do.
    """

    def __init__(
        self, work: Callable[[], Any], done: Callable[[Any], Any], failed: Callable[[OcrdeskError], Any]
    ) -> None:
        self._work = work
        self._done = done
        self._failed = failed
        self._result: object = None
        self._problem: OcrdeskError | None = None

    def do(self) -> None:
        """In the thread: works."""
        try:
            self._result = self._work()
        except OcrdeskError as error:
            log.info("An errand failed: %s", error, exc_info=error)
            self._problem = error.with_traceback(None)  # which knows of this errand
        except Exception:  # a bug must not leave the window waiting for ever
            log.exception("An errand ended unexpectedly")
            self._problem = OcrdeskError(_("Something went wrong inside ocrdesk. Try again."))

    def tell(self) -> None:
        """In the GUI thread: goes on with what came of it."""
        if self._problem is not None:
            self._failed(self._problem)
        else:
            self._done(self._result)


class Errands(QObject):
    """Does one thing after another in a thread of its own, and goes on in the GUI thread with what came of it.

    Attributes:
        stop: Set when the window closes; long work looks at it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stop = threading.Event()
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(1)
        self._numbers = count(1)
        self._errands: dict[int, _Errand] = {}
        self._bell = _Bell()
        self._bell.rung.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

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
        if self.stop.is_set():
            return
        number, ended = next(self._numbers), threading.Event()
        self._errands[number] = _Errand(work, done, failed)
        errands, bell = self._errands, self._bell  # and not this object, which may be gone when the work is done

        def do() -> None:
            errands[number].do()
            bell.rung.emit(number)
            ended.set()

        self._threads.start(Background(do))
        if at_once and ended.wait(MOMENT):
            for earlier in sorted(self._errands):  # in the order in which they were asked for
                if earlier <= number:
                    self._on_ended(earlier)

    def close(self) -> None:
        """Drops what has not begun, and tells the rest to stop."""
        self._threads.clear()
        self.stop.set()

    @property
    def has_ended(self) -> bool:
        """Whether nothing is being done."""
        return bool(self._threads.waitForDone(0))

    @Slot(int)
    def _on_ended(self, number: int) -> None:
        errand = self._errands.pop(number, None)  # None: the window waited for it
        if errand is not None and not self.stop.is_set():
            errand.tell()
