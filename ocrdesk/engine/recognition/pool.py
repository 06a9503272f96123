"""The pool that lends recognizers to workers."""

import threading
from collections.abc import Callable

from ocrdesk.engine.recognition.helper import Helper
from ocrdesk.engine.recognition.recognizer import Recognizer


class RecognizerPool:
    """Lends recognizers to workers and keeps the returned ones loaded for the next run.

    Thread-local storage would not do: it does not survive from one runnable of a thread pool to the next.
    """

    def __init__(self, make: Callable[[], Recognizer]) -> None:
        self._make = make
        self._idle: list[Recognizer] = []
        self._lock = threading.Lock()

    def lend(self) -> Recognizer:
        """Lends an idle recognizer, or loads one.

        Raises:
            RecognizerBroken: It cannot be loaded.
        """
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._make()

    def start_helper(self) -> Helper:
        """Starts a process that reads pages one at a time, for suspects.

        Raises:
            RecognizerBroken: Its recognizer cannot be loaded.
            NoProcess: The system cannot start another process.
        """
        return Helper(self._make)

    def give_back(self, recognizer: Recognizer) -> None:
        """Keeps a recognizer for the next worker. Do not give back one that raised an error."""
        with self._lock:
            self._idle.append(recognizer)
