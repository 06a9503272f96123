"""Why a word is to be checked, in the words of a person."""

import re

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.doubt.figures import is_odd_figure
from ocrdesk.engine.doubt.scripts import WIDE, is_foreign, own_script
from ocrdesk.engine.doubt.word_lists import word_list
from ocrdesk.engine.words import _
from ocrdesk.resources import words_folder

_PART = re.compile(r"[^\W\d_]{2,}")


def reasons_of(word: Word, line: Line, language: str | None) -> list[str]:
    """Returns why a word is to be checked, the most telling reason first; at least one.

    Args:
        word: The word.
        line: Its line.
        language: The language of its page, such as ``en``; None if it was not told.
    """
    reasons = [_unsure_letters(word)]
    script = own_script(word.text, line.text)
    if any(is_foreign(letter, script) for letter in word.text):
        reasons.append(_("a letter is of another script"))
    elif is_odd_figure(word.text):
        reasons.append(_("the number looks odd"))
    elif script != WIDE and _is_unknown(word.text, language):
        reasons.append(_("the word is in no list"))
    return [reason for reason in reasons if reason] or [_("some letters are unsure")]


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


def _is_unknown(text: str, language: str | None) -> bool:
    words = word_list(words_folder(), language) if language else None
    if words is None or any(letter.isdecimal() for letter in text):
        return False
    return any(part.casefold() not in words for part in _PART.findall(text))
