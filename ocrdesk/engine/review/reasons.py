"""Why a word is to be checked, in the words of a person."""

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.doubt.doubt import Sign, in_own_script, why
from ocrdesk.engine.words import N_, _

_SIGNS = {
    Sign.FOREIGN: N_("a letter is of another script"),
    Sign.FIGURE: N_("the number looks odd"),
    Sign.BETTER: N_("the word is in no list"),
    Sign.UNKNOWN: N_("the word is in no list"),
    Sign.UNKNOWN_NAME: N_("the word is in no list"),
    Sign.CASE: N_("capital and small letters are mixed"),
}
"""What is said for each sign; what the letters alone say is said more exactly."""


def reasons_of(word: Word, line: Line, language: str | None) -> list[str]:
    """Returns why a word is to be checked, the most telling reason first; at least one.

    Args:
        word: The word.
        line: Its line.
        language: The language of its page, such as ``en``; None if it was not told.
    """
    reasons = [_unsure_letters(word)]
    sign = why(word, line, language)[0]
    if sign in _SIGNS:
        reasons.append(_(_SIGNS[sign]))
    return [reason for reason in reasons if reason] or [_("some letters are unsure")]


def alternatives_of(word: Word, line: Line) -> tuple[str, ...]:
    """Returns what a word may say instead; one with a letter of another script in its own script first."""
    own = in_own_script(word, line)
    return tuple(dict.fromkeys([*([own] if own is not None else []), *word.rivals]))


def _unsure_letters(word: Word) -> str:
    """Which letter may be another one; empty if none is told."""
    places = {rival.place for rival in word.rival_letters if rival.length}
    if len(word.text) == 1:
        return _("the character is unsure")
    if len(places) != 1:
        return _("some letters are unsure") if places else ""
    (place,) = places
    unit = word.text[place : place + 1]
    is_figure = unit.isdecimal()
    if place == 0:
        return _("the first digit is unsure") if is_figure else _("the first letter is unsure")
    if place >= len(word.text) - 1:
        return _("the last digit is unsure") if is_figure else _("the last letter is unsure")
    return _("“{letter}” is unsure").format(letter=unit)
