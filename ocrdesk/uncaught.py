"""Handles uncaught errors, whatever thread they are raised in."""

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Uncaught(QObject):
    """Reports uncaught errors in the GUI thread, because only that may change the window or end the event loop."""

    _raised = Signal(object)

    def __init__(self, tell: Callable[[BaseException], object]) -> None:
        """Must be called in the GUI thread.

        Args:
            tell: Called in the GUI thread with each error.
        """
        super().__init__()
        self._tell = tell
        self._raised.connect(self._on_raised, Qt.ConnectionType.QueuedConnection)

    def __enter__(self) -> Self:
        """Replaces Python's hooks until the block ends."""
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook, threading.excepthook = self._hook, self._thread_hook
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.excepthook, threading.excepthook = self._hooks

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Called in the thread that raised the error."""
        self._raised.emit(error)

    def _thread_hook(self, failed: threading.ExceptHookArgs) -> None:
        """Called in a thread that Python started."""
        if failed.exc_value is not None:
            self._raised.emit(failed.exc_value)

    @Slot(object)
    def _on_raised(self, error: BaseException) -> None:
        self._tell(error)
