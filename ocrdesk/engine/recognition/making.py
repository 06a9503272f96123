"""Makes recognizers that share the models they load."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from ocrdesk.engine.errors import RecognizerBroken
from ocrdesk.engine.recognition.catalogue import RECOGNIZERS
from ocrdesk.engine.recognition.opening_languages import open_languages
from ocrdesk.engine.recognition.ppocr.devices import AUTO
from ocrdesk.engine.recognition.recognizer import HowToRead, Recognizer
from ocrdesk.engine.words import _


def _tell_nobody(words: str) -> None:
    pass


def recognizer_maker(
    name: str,
    *,
    fast: bool = False,
    device: str = AUTO,
    say: Callable[[str], None] = _tell_nobody,
    kept: Path | None = None,
    packs: Path | None = None,
) -> Callable[[], Recognizer]:
    """Returns a factory that makes recognizers for workers that read in parallel, each in a thread of its own.

    The models are loaded when the first recognizer is made, which takes about half a second; all of them share what can
    be shared. The factory raises ``RecognizerBroken`` when the recognizer is not installed or cannot be loaded.

    The factory can be sent to another process, where it loads the models again and does not report what they run on.

    Args:
        name: One of ``available_recognizers()``.
        fast: Whether speed matters more than avoiding the last few errors.
        device: What the models run on, one of ``available_devices()``.
        say: Called with a sentence, from a worker's thread, when the models cannot run on ``device`` and run on the
            processor instead.
        kept: Folder in which models that took time to prepare are cached for the next start, or None.
        packs: The user's folder of language packs, or None.
    """
    return _Maker(name, HowToRead(fast, device, say, kept, partial(open_languages, packs)))


class _Maker:
    def __init__(self, name: str, how: HowToRead) -> None:
        self._name = name
        self._how = how
        self._lock = threading.Lock()
        self._open_reader: Callable[[], Recognizer] | None = None

    def __call__(self) -> Recognizer:
        with self._lock:
            if self._open_reader is None:
                self._open_reader = _load(self._name, self._how)
        return self._open_reader()

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return _Maker, (self._name, replace(self._how, say=_tell_nobody))


def _load(name: str, how: HowToRead) -> Callable[[], Recognizer]:
    known = RECOGNIZERS.get(name)
    if known is None or not known.is_installed():
        raise RecognizerBroken(
            _(
                "The text recognition “{name}” is not installed. Choose another one in the settings, or "
                'install it: pip install "ocrdesk[ppocrv4]".'
            ).format(name=name)
        )
    return known.load(how)
