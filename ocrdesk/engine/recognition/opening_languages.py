"""Opens the reader of a language, whatever kind of model it has."""

import logging
from pathlib import Path

from ocrdesk.engine.recognition.language_readers import LanguageReaders, Reader
from ocrdesk.engine.recognition.languages import ENGLISH, Language, available_languages
from ocrdesk.engine.recognition.pack_files import TESSERACT

log = logging.getLogger(__name__)


def open_languages(own: Path | None) -> LanguageReaders:
    """Returns the readers of one worker.

    Args:
        own: The user's folder of language packs, or None.
    """
    return LanguageReaders(lambda: available_languages(own).values(), open_reader)


def open_reader(language: Language, with_english: bool) -> Reader | None:
    """Opens the reader of a language.

    Args:
        language: The language.
        with_english: Whether it reads English besides, whose model must lie in the same folder.

    Returns:
        None if it cannot be opened, which the log says.
    """
    # Imported here because the libraries load slowly, and most pages need neither.
    try:
        if language.path.suffix == TESSERACT:
            from ocrdesk.engine.recognition.tesseract.line_reader import TesseractLineReader

            if not with_english:
                return TesseractLineReader(language.path.parent, [language.key])
            if (language.path.parent / f"{ENGLISH}{TESSERACT}").exists():
                return TesseractLineReader(language.path.parent, [language.key, ENGLISH])
            return None
        from ocrdesk.engine.recognition.ppocr.packs import Pack

        return None if with_english else Pack(language.path)
    except Exception as error:  # the libraries' own errors derive from nothing narrower; the page is read without it
        log.warning("The language pack %s cannot be opened", language.path, exc_info=error)
        return None
