"""Tells the language of a page from the words that are frequent in each language."""

import json
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

FEWEST, SHARE, LEAD = 5, 0.12, 1.25
"""So many words of a page, and this share of them, must be frequent ones of a language, and so many times as many as of
any other language. Running text has a third to a half of such words."""


def language_of(words: Iterable[str], folder: Path) -> str | None:
    """Returns the language of words, such as ``en``; None if they are too few or are of none of those known.

    Args:
        words: In lower case, without punctuation around them.
        folder: Where the lists of words are.
    """
    times = Counter(word for word in words if word.isalpha())
    found: Counter[str] = Counter()
    for word, languages in _telling(folder).items():
        if word in times:
            # A word that many languages have tells less.
            for language in languages:
                found[language] += times[word] / len(languages)  # type: ignore[assignment]
    (first, most), (_, second) = (*found.most_common(2), ("", 0), ("", 0))[:2]
    is_clear = most >= max(FEWEST, SHARE * times.total()) and most >= LEAD * second
    return first if is_clear else None


@lru_cache(maxsize=1)
def _telling(folder: Path) -> dict[str, list[str]]:
    """Returns frequent words with the languages in which they are frequent."""
    common: dict[str, str] = json.loads((folder / "common.json").read_text(encoding="utf-8"))
    telling: dict[str, list[str]] = {}
    for language, words in common.items():
        for word in words.split():
            telling.setdefault(word, []).append(language)
    return telling
