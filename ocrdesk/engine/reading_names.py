"""The names that are stored with readings: of recognizers, as they read in a mode, and of embedded text."""

from ocrdesk.engine.document import Mode

OWN_TEXT = "PDF text"
"""The name stored with a reading that no recognizer made."""

_AND = f"{OWN_TEXT} and "
_FAST = " fast"


def mixed_name(recognizer: str) -> str:
    """Returns the name stored with a reading that is embedded text of a PDF and, for the rest, from a recognizer."""
    return _AND + recognizer


def name_in_mode(recognizer: str, mode: Mode) -> str:
    """Returns the name stored with the readings of a recognizer in a mode."""
    return recognizer + _FAST if mode is Mode.FAST else recognizer


def mode_of(recognizer: str | None) -> Mode | None:
    """Returns the mode in which a reading was made, given the name stored with it; None if no recognizer made it."""
    if recognizer is None or recognizer == OWN_TEXT:
        return None
    return Mode.FAST if recognizer.endswith(_FAST) else Mode.ACCURATE


def has_own_text(recognizer: str | None) -> bool:
    """Whether a reading contains embedded text of a PDF, given the name stored with it."""
    return recognizer is not None and (recognizer == OWN_TEXT or recognizer.startswith(_AND))
