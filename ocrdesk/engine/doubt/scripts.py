"""Which script a character belongs to, as far as a reader takes one for the other."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from ocrdesk.engine.written import is_full_width

LATIN, WIDE = "LATIN", "WIDE"
"""The scripts of Europe and of China and Japan; the others are called as Unicode calls them."""


@lru_cache(maxsize=4096)
def script_of(letter: str) -> str | None:
    """Returns the script of a character; None for digits, signs and marks, which are in many."""
    if letter.isascii():
        return LATIN if letter.isalpha() else None
    if is_full_width(letter):
        return WIDE
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else None


def main_script(texts: Iterable[str]) -> str | None:
    """Returns the script of most letters of texts, or None."""
    found = Counter(script for text in texts for letter in text if (script := script_of(letter)))
    return found.most_common(1)[0][0] if found else None


def own_script(word: str, line: str) -> str | None:
    """Returns the script that a word should be in: that of most of its letters, or of its line.

    Several Chinese characters side by side are Chinese in any line; one alone is mostly something else misread.
    """
    scripts = {script for letter in word if (script := script_of(letter))}
    if not scripts:
        return None
    if scripts == {WIDE} and any(word in run for run in _runs(line)):
        return WIDE
    return main_script([word, line] if len(scripts) > 1 else [line])


def _runs(line: str) -> list[str]:
    """Returns the runs of several full-width letters in a line."""
    runs = ("".join(run) for is_wide, run in groupby(line, lambda letter: script_of(letter) == WIDE) if is_wide)
    return [run for run in runs if len(run) > 1]


def is_foreign(letter: str, script: str | None) -> bool:
    """Whether a letter belongs to another script than the one given. Chinese text has Latin words."""
    own = script_of(letter)
    return script is not None and own is not None and own != script and script != WIDE
