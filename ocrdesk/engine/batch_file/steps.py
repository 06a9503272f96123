"""Reports the progress of saving or opening a batch, and ends it when it is cancelled."""

import threading
from collections.abc import Callable

BYTES_OF_A_STEP = 100_000
"""Copying this many bytes takes about as long as saving a page without its picture."""


class Cancelled(Exception):
    """The work was cancelled; nothing was made."""


class Steps:
    """Counts steps, reports how many of how many are done, and ends the work when it is cancelled."""

    def __init__(self, cancel: threading.Event, progress: Callable[[int, int], None], total: int) -> None:
        self._cancel = cancel
        self._progress = progress
        self._total = max(1, total)
        self._done = 0
        self._bytes = 0

    def check(self) -> None:
        """Checks whether the work was cancelled.

        Raises:
            Cancelled: It was cancelled.
        """
        if self._cancel.is_set():
            raise Cancelled

    def step(self) -> None:
        """Counts a step; raises the same as ``check``."""
        self.check()
        self._done = min(self._done + 1, self._total)
        self._progress(self._done, self._total)

    def copied(self, count: int) -> None:
        """Counts copied bytes; raises the same as ``check``."""
        self.check()
        self._bytes += count
        while self._bytes >= BYTES_OF_A_STEP:
            self._bytes -= BYTES_OF_A_STEP
            self.step()
