"""What every recognizer can do, which ones there are, and the pool that lends them to workers."""

import importlib.util
import threading
from collections.abc import Callable
from typing import Protocol

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Reading
from ocrdesk.engine.errors import RecognizerBroken


class Recognizer(Protocol):
    """Reads pictures; used by one thread at a time.

    Attributes:
        name: Kept with each reading.
    """

    name: str

    def read(self, picture: Pixels) -> Reading:
        """Reads all text of an RGB picture.

        Raises:
            RecognizerBroken: Reading failed; a fresh recognizer may succeed.
        """
        ...


PPOCR_V6 = "PP-OCRv6"
PPOCR_V4 = "PP-OCRv4"


def available_recognizers() -> list[str]:
    """Names of the recognizers installed, the default first."""
    names = [PPOCR_V6]
    if importlib.util.find_spec("rapidocr_onnxruntime"):
        names.append(PPOCR_V4)
    return names


def make_recognizer(name: str, threads: int) -> Recognizer:
    """Loads a recognizer; takes about a second.

    Args:
        name: One of ``available_recognizers()``.
        threads: How many threads it may use for one picture.

    Raises:
        RecognizerBroken: It is not installed or cannot be loaded.
    """
    if name not in available_recognizers():
        raise RecognizerBroken(
            f"The text recognition “{name}” is not installed. Choose another one in the settings, "
            'or install it: pip install "ocrdesk[ppocrv4]".'
        )
    # Imported here: the recognition libraries take a second, and a window or a listing needs none.
    try:
        if name == PPOCR_V4:
            from ocrdesk.engine.recognition.ppocrv4 import PpOcrV4

            return PpOcrV4(threads)
        from ocrdesk.engine.recognition.ppocrv6 import PpOcrV6

        return PpOcrV6(threads)
    except Exception as error:  # ONNX Runtime's own errors derive from nothing narrower
        raise RecognizerBroken(
            f"The text recognition “{name}” cannot be loaded ({error}). Install ocrdesk again."
        ) from error


class RecognizerPool:
    """Lends recognizers to workers and keeps those given back warm for the next run.

    Thread-local storage would not do: it does not survive between runnables of a thread pool.
    """

    def __init__(self, make: Callable[[], Recognizer]) -> None:
        self._make = make
        self._idle: list[Recognizer] = []
        self._lock = threading.Lock()

    def take(self) -> Recognizer:
        """Lends an idle recognizer, or loads one.

        Raises:
            RecognizerBroken: It cannot be loaded.
        """
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._make()

    def give_back(self, recognizer: Recognizer) -> None:
        """Keeps a recognizer for the next worker. One that broke is not given back."""
        with self._lock:
            self._idle.append(recognizer)
