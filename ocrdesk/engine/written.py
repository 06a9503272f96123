"""Classifies characters: scripts written without spaces, and characters that are invisible."""

import re
import unicodedata

IDEOGRAPHIC = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Characters of scripts written without spaces, for a regular expression's character class: Chinese, Japanese."""

_IS_IDEOGRAPHIC = re.compile(f"[{IDEOGRAPHIC}]")


def is_ideographic(letter: str) -> bool:
    """Whether a character belongs to a script written without spaces: Chinese, Japanese."""
    return _IS_IDEOGRAPHIC.match(letter) is not None


HYPHENS = "-\u00ac\u00ad\u2010"
"""What a word may end with that goes on in the next line."""


def is_full_width(letter: str) -> bool:
    """Whether a character is full-width: Chinese, Japanese, or one of their punctuation marks."""
    return is_ideographic(letter) or "\u3001" <= letter <= "\u303f" or "\uff01" <= letter <= "\uff60"


JOINERS = "\u200c\u200d"
"""Characters that say whether letters are joined. In Arabic, Indian scripts and emoji they are part of the spelling."""

UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\ufeff"
"""Zero-width characters, for a regular expression's character class: no search finds a word that contains one."""

_JOINED_SCRIPTS = (
    "\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc"  # Arabic, Syriac
    "\u0900-\u0dff\u0f00-\u109f\u1780-\u18af"  # India and its neighbours
    "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"  # emoji
)
_UNSEEN = re.compile(f"[{UNSEEN}]")
_STRAY_JOINER = re.compile(f"(?<![{_JOINED_SCRIPTS}])[{JOINERS}]+|[{JOINERS}]+(?![{_JOINED_SCRIPTS}])")


def searchable(text: str) -> str:
    """Returns the text without invisible characters, except those that the spelling of some scripts needs."""
    return _STRAY_JOINER.sub("", _UNSEEN.sub("", text))


def is_seen(letter: str) -> bool:
    """Whether a character is visible, which whitespace and zero-width characters are not."""
    if letter.isascii():
        return not letter.isspace()
    return not letter.isspace() and letter not in JOINERS and _UNSEEN.match(letter) is None


_MARKS = "".join(chr(code) for code in range(0x300, 0x1B00) if unicodedata.category(chr(code))[0] == "M")

WORD_BEGINS = rf"(?<![\w{_MARKS}׳])(?<![א-ת][״\"])"
WORD_ENDS = rf"(?![\w{_MARKS}׳])(?![״\"][א-ת])"
"""Patterns for where words begin and end: vowels that are written as marks belong to them, and so do the marks of
Hebrew abbreviations, which ``\\b`` takes for ends of words."""

_AROUND = re.compile(r"^[\W_]+|[\W_]+$")


def bare(word: str) -> str:
    """Returns a word in lower case and without the punctuation around it, as lists of words have it."""
    return _AROUND.sub("", word).replace("’", "'").casefold()
