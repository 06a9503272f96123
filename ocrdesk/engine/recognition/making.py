"""What makes the recognizers, which share the models they load."""

import threading
from collections.abc import Callable
from pathlib import Path

from ocrdesk.engine.errors import RecognizerBroken
from ocrdesk.engine.recognition.ppocr.devices import AUTO, open_models
from ocrdesk.engine.recognition.ppocr.models import available_recognizers, model_files
from ocrdesk.engine.recognition.recognizer import Recognizer


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
        from ocrdesk.engine.recognition.ppocr.page_reader import ACCURATE, FAST, PageReader

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
