"""Handles requests to end the program: Ctrl+C, a closed terminal, the end of the session."""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import NoReturn, Self

LAST_SECONDS = 60.0
"""How long the program may take to finish its current work when it is asked to end; then it ends anyway."""

INTERRUPTED = 130
"""Exit status of an interrupted program, as in shells."""

_TIDY_SECONDS = 2.0
_NUMBERS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]


class Interrupted(Exception):
    """The program was interrupted before it had begun, or nobody reads its output any more."""


def _nothing() -> None:
    pass


class Interrupts:
    """Handles signals in a thread of its own, even while the main thread is busy or blocked.

    Python runs signal handlers in the main thread, between any two of its instructions: a handler that takes a lock may
    wait for ever, because that same thread may hold it. So the handler does nothing; for each signal, Python writes its
    number to a socket, and the thread that reads from it acts.

    The first signal asks the program to end after its current work; another request from the user ends it at once.

    Attributes:
        wanted: Set at the first signal; long work checks it.
    """

    def __init__(self) -> None:
        self.wanted = threading.Event()
        self._lock = threading.Lock()
        self._first: int | None = None
        self._interrupt: Callable[[], object] = _nothing
        self._tidy: Callable[[], object] = _nothing

    def __enter__(self) -> Self:
        """Listens until the block ends. Only the main thread may do this."""
        self._reading, self._writing = socket.socketpair()
        self._writing.setblocking(False)
        self._before = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, _note) for number in _NUMBERS if not _stays_ignored(number)}
        self._thread = threading.Thread(target=self._listen, name="interrupts", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before)
        self._writing.close()  # the thread reads the end of the stream and ends
        self._thread.join()
        self._reading.close()

    @contextmanager
    def told(self, interrupt: Callable[[], object], tidy: Callable[[], object] = _nothing) -> Iterator[None]:
        """Calls these functions, in another thread, while the block runs.

        Args:
            interrupt: Called at the first signal, or immediately if there already was one.
            tidy: Called before the program is ended at once; it has at most two seconds.
        """
        with self._lock:
            self._interrupt, self._tidy = interrupt, tidy
            if self.wanted.is_set():
                interrupt()
        try:
            yield
        finally:
            with self._lock:
                self._interrupt = self._tidy = _nothing

    def check(self) -> None:
        """Checks whether there was a signal.

        Raises:
            Interrupted: There was a signal.
        """
        if self.wanted.is_set():
            raise Interrupted

    def leave(self, status: int = INTERRUPTED) -> NoReturn:
        """Ends the program at once, whatever its threads are doing."""
        tidying = threading.Thread(target=self._tidy, daemon=True)  # it may have to wait for a thread that hangs
        tidying.start()
        tidying.join(_TIDY_SECONDS)
        os._exit(status)

    def _listen(self) -> None:
        while True:
            try:
                numbers = self._reading.recv(64)
            except TimeoutError:
                self.leave()
            if not numbers:
                return
            for number in numbers:
                if number in _NUMBERS:
                    self._hear(number)

    def _hear(self, number: int) -> None:
        if self._first is None:
            self._first = number
            self._reading.settimeout(LAST_SECONDS)
            with self._lock:
                self.wanted.set()
                self._interrupt()
        elif number == signal.SIGINT or number == self._first == signal.SIGTERM:
            self.leave()
        # Otherwise it is the same request: a closed terminal and the end of a session send several signals.


def _note(number: int, frame: FrameType | None) -> None:
    """The signal handler, which does nothing: when Python calls it, the signal is already in the socket."""


def _stays_ignored(number: int) -> bool:
    """Whether the program was started to outlive its terminal, as by ``nohup``."""
    return number == getattr(signal, "SIGHUP", None) and signal.getsignal(number) == signal.SIG_IGN
