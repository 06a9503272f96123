"""Errors that nobody caught, from whatever thread."""

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Uncaught(QObject):
    """Tells of them in the GUI thread, which alone may change what is on the screen or end the loop."""

    _raised = Signal(object)

    def __init__(self, tell: Callable[[BaseException], object]) -> None:
        """Makes it in the GUI thread.

        Args:
            tell: Called there with each error.
        """
        super().__init__()
        self._tell = tell
        self._raised.connect(self._on_raised, Qt.ConnectionType.QueuedConnection)

    def __enter__(self) -> Self:
        """Takes the place of the hooks of Python until the block ends."""
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook, threading.excepthook = self._hook, self._thread_hook
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.excepthook, threading.excepthook = self._hooks

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """In the thread that raised it."""
        self._raised.emit(error)

    def _thread_hook(self, failed: threading.ExceptHookArgs) -> None:
        """In a thread of Python's own."""
        if failed.exc_value is not None:
            self._raised.emit(failed.exc_value)

    @Slot(object)
    def _on_raised(self, error: BaseException) -> None:
        self._tell(error)
