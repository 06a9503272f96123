"""The names that are stored with readings: of recognizers, as they read in a mode, and of embedded text."""

from collections.abc import Sequence

from ocrdesk.engine.document import Mode

OWN_TEXT = "PDF text"
"""The name stored with a reading that no recognizer made."""

_AND = f"{OWN_TEXT} and "
_FAST = "fast"
_FAST_BEFORE = " fast"
"""How the names that earlier versions stored end."""

AUTO = "auto"
"""Stands for the languages where the recognizer chooses them."""


def mixed_name(recognizer: str) -> str:
    """Returns the name stored with a reading that is embedded text of a PDF and, for the rest, from a recognizer."""
    return _AND + recognizer


def reading_name(recognizer: str, languages: Sequence[str] | None, mode: Mode) -> str:
    """Returns the name stored with the readings of a recognizer, such as ``PP-OCRv6/rus+eng/fast``.

    Args:
        recognizer: Its own name.
        languages: The languages that the user chose; empty: it chooses; None: it can read no others than its own.
        mode: The mode in which it reads.
    """
    chosen = [] if languages is None else ["+".join(languages) or AUTO]
    return "/".join([recognizer, *chosen, *([_FAST] if mode is Mode.FAST else [])])


def reads_other_languages(recognizer: str) -> bool:
    """Whether a recognizer could read other languages than its own, given the name that it stores with readings."""
    return any(part != _FAST for part in recognizer.split("/")[1:])


def mode_of(recognizer: str | None) -> Mode | None:
    """Returns the mode in which a reading was made, given the name stored with it; None if no recognizer made it."""
    if recognizer is None or recognizer == OWN_TEXT:
        return None
    return Mode.FAST if recognizer.endswith((f"/{_FAST}", _FAST_BEFORE)) else Mode.ACCURATE


def has_own_text(recognizer: str | None) -> bool:
    """Whether a reading contains embedded text of a PDF, given the name stored with it."""
    return recognizer is not None and (recognizer == OWN_TEXT or recognizer.startswith(_AND))
