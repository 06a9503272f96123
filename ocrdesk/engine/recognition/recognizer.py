"""What every recognizer can do, which ones there are, and the pool that lends them to workers."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Reading
from ocrdesk.engine.errors import RecognizerBroken
from ocrdesk.engine.recognition.helper import Helper
from ocrdesk.engine.recognition.models import available_recognizers, model_files
from ocrdesk.engine.recognition.sessions import AUTO, open_models


class Recognizer(Protocol):
    """Reads pictures; used by one thread at a time.

    Attributes:
        name: Kept with each reading.
    """

    name: str

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        """Reads all text of an RGB picture.

        Args:
            picture: The page as it was decoded.
            turn: Degrees clockwise (0, 90, 180, 270) by which it is to be turned first; None: as its lines say.

        Raises:
            RecognizerBroken: Reading failed; a fresh recognizer may succeed.
        """
        ...

    def read_lines(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        """Reads RGB pictures of one upright line each: what stands there, and how likely every letter is right.

        Raises:
            RecognizerBroken: As ``read``.
        """
        ...


def _tell_nobody(words: str) -> None:
    pass


def recognizer_maker(
    name: str,
    *,
    fast: bool = False,
    device: str = AUTO,
    say: Callable[[str], None] = _tell_nobody,
    kept: Path | None = None,
) -> Callable[[], Recognizer]:
    """Gives what makes recognizers for workers that read side by side, each with one thread of its own.

    The models are loaded when the first is made, which takes about half a second; what can be shared, all share. What
    it gives raises ``RecognizerBroken`` when the recognizer is not installed or cannot be loaded.

    It can be sent to another process, where it loads the models anew and tells nobody what they run on.

    Args:
        name: One of ``available_recognizers()``.
        fast: Whether speed counts more than the last errors.
        device: What the models run on, one of ``available_devices()``.
        say: Told in a sentence when the models cannot run on ``device`` and run on the processor instead; called
            from a worker's thread.
        kept: Folder where models that took time to prepare are kept for the next start, or None.
    """
    return _Maker(name, fast, device, say, kept)


class _Maker:
    def __init__(self, name: str, fast: bool, device: str, say: Callable[[str], None], kept: Path | None) -> None:
        self._how = name, fast, device
        self._say = say
        self._kept = kept
        self._lock = threading.Lock()
        self._open_reader: Callable[[], Recognizer] | None = None

    def __call__(self) -> Recognizer:
        with self._lock:
            if self._open_reader is None:
                self._open_reader = _load(*self._how, self._say, self._kept)
        return self._open_reader()

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return _Maker, (*self._how, _tell_nobody, self._kept)


def _load(
    name: str, fast: bool, device: str, say: Callable[[str], None], kept: Path | None
) -> Callable[[], Recognizer]:
    if name not in available_recognizers():
        raise RecognizerBroken(
            f"The text recognition “{name}” is not installed. Choose another one in the settings, "
            'or install it: pip install "ocrdesk[ppocrv4]".'
        )
    # Imported here: the recognition libraries take their time, and a window or a listing needs none.
    try:
        from ocrdesk.engine.recognition.page_reader import ACCURATE, FAST, PageReader

        files = model_files(name)
        open_sessions = open_models(files, device, say, kept)
    except RecognizerBroken:
        raise
    except Exception as error:  # the libraries' own errors derive from nothing narrower
        raise _not_loaded(name, error) from error
    label, care = (f"{name} fast", FAST) if fast else (name, ACCURATE)

    def open_reader() -> Recognizer:
        try:
            return PageReader(label, open_sessions(), files.characters, care)
        except Exception as error:  # likewise
            raise _not_loaded(name, error) from error

    return open_reader


def _not_loaded(name: str, error: Exception) -> RecognizerBroken:
    return RecognizerBroken(f"The text recognition “{name}” cannot be loaded ({error}). Install ocrdesk again.")


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

    def start_helper(self) -> Helper:
        """Starts a process that reads pages one at a time, for suspects.

        Raises:
            RecognizerBroken: Its recognizer cannot be loaded.
            NoProcess: The system has no process left.
        """
        return Helper(self._make)

    def give_back(self, recognizer: Recognizer) -> None:
        """Keeps a recognizer for the next worker. One that broke is not given back."""
        with self._lock:
            self._idle.append(recognizer)
