"""Loads the models of a generation of PP-OCR, which all workers share."""

from collections.abc import Callable

from ocrdesk.engine.document import Mode
from ocrdesk.engine.errors import RecognizerBroken
from ocrdesk.engine.recognition.ppocr.devices import open_models
from ocrdesk.engine.recognition.ppocr.models import model_files
from ocrdesk.engine.recognition.recognizer import HowToRead, Recognizer
from ocrdesk.engine.words import _


def load(name: str, how: HowToRead) -> Callable[[], Recognizer]:
    """Loads the models and returns a factory that makes one recognizer per worker.

    Raises:
        RecognizerBroken: The models cannot be loaded. The factory raises it, too.
    """
    # Imported here because the recognition libraries load slowly, and showing a window or a list needs none of them.
    try:
        from ocrdesk.engine.recognition.ppocr.page_reader import PageReader

        files = model_files(name)
        open_sessions = open_models(files, how.device, how.say, how.kept)
    except RecognizerBroken:
        raise
    except Exception as error:  # the libraries' own errors derive from nothing narrower
        raise _not_loaded(name, error) from error
    mode = Mode.FAST if how.fast else Mode.ACCURATE

    def open_reader() -> Recognizer:
        try:
            languages = how.open_languages() if how.open_languages is not None else None
            return PageReader(name, open_sessions(), files.characters, mode, languages)
        except Exception as error:  # likewise
            raise _not_loaded(name, error) from error

    return open_reader


def _not_loaded(name: str, error: Exception) -> RecognizerBroken:
    return RecognizerBroken(
        _("The text recognition “{name}” cannot be loaded ({error}). Install ocrdesk again.").format(
            name=name, error=error
        )
    )
