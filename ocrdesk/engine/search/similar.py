"""Words that may be others misread: O for 0, rn for m, or a letter off."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol

_ALIKE = """
    0 o, 0 d, 0 q, 1 l, 1 i, l i, i j, l t, 2 z, 4 a, 5 s, 6 b, 6 g, 8 b, 9 g, 9 q, g q,
    a e, a o, b h, c e, c o, e o, f t, n u, s z, u v, v y,
    rn m, nn m, in m, ni m, cl d, ol d, vv w, ii u, li h, ri n, ae a, ae e, oe e, oe o, ue u, ss b
"""
"""Letters that are taken for each other, folded: ß is ss."""

MISREAD, OFF = 0.4, 1.0
"""What a letter taken for a similar one counts, and any other letter that is wrong, missing, too many or exchanged."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_LATIN = re.compile(f"[{_LETTERS}]{{1,40}}")

MOST_MISREADINGS = 300
"""How many words with letters taken for similar ones are looked up."""

STEM = 5
"""From this many letters on, few words of a library begin with the same ones."""

_LONG = 8
"""From how many letters on a word is long: two of its letters may be off."""

SHORTEST_BEGINNING = 4
"""From how many letters on it is worth while to look for what is similar to a word that is still being typed."""

MOST_SIMILAR = 40
"""How many words are looked for instead of one, the most similar ones."""


class Vocabulary(Protocol):
    """The words of a library."""

    def known(self, words: Iterable[str], *, as_beginnings: bool) -> set[str]:
        """Returns those of some words that occur, or with which others begin."""

    def beginning_with(self, letters: str) -> Iterable[str]:
        """Returns the words that begin with these letters."""


def _alike() -> dict[str, tuple[str, ...]]:
    alike: dict[str, tuple[str, ...]] = {}
    for pair in _ALIKE.split(","):
        one, other = pair.split()
        alike[one] = (*alike.get(one, ()), other)
        alike[other] = (*alike.get(other, ()), one)
    return alike


ALIKE = _alike()


def similar_words(
    word: str, vocabulary: Vocabulary, is_real: Callable[[str], bool], *, is_beginning: bool = False
) -> list[str]:
    """Returns words that may be misreadings of another one, the most similar first.

    Args:
        word: What is looked for, folded.
        vocabulary: Among which words they are.
        is_real: Whether a word is one of a language, so that it was hardly misread.
        is_beginning: Whether the word may go on.
    """
    if not can_be_misread(word) or (is_beginning and len(word) < SHORTEST_BEGINNING):
        return []
    most = limit(word)
    found = vocabulary.known(set(_candidates(word, most)), as_beginnings=is_beginning)
    if len(word) >= _LONG and not is_beginning and not word.isdigit():
        found.update(vocabulary.beginning_with(word[:STEM]))
    found.discard(word)
    near = sorted((off, other) for other in found if (off := distance(word, other)) <= most)
    return [other for _, other in near if not is_real(other)][:MOST_SIMILAR]


def can_be_misread(word: str) -> bool:
    """Whether a word is made of Latin letters and digits, and no longer than words are."""
    return _LATIN.fullmatch(word) is not None


def limit(word: str) -> float:
    """Returns how far off a misreading of a word may be: a letter more makes another word of a short one."""
    if len(word) < 5 or word.isdigit():  # a number with another digit is another number
        return MISREAD * max(1, min(len(word) - 2, 3))
    return OFF if len(word) < _LONG else 2 * OFF


def distance(word: str, other: str) -> float:
    """Returns how far a word is from another one."""
    before: list[float] = []
    last = [OFF * place for place in range(len(other) + 1)]
    for i, letter in enumerate(word, start=1):
        row = [OFF * i]
        pair = word[i - 2 : i] if i > 1 else ""
        for j, its in enumerate(other, start=1):
            if letter == its:
                cost = last[j - 1]
            else:
                cost = last[j - 1] + (MISREAD if its in ALIKE.get(letter, ()) else OFF)
                cost = min(cost, last[j] + OFF, row[j - 1] + OFF)
            if pair and its in ALIKE.get(pair, ()):
                cost = min(cost, before[j - 1] + MISREAD)
            if j > 1:
                its_pair = other[j - 2 : j]
                if its_pair in ALIKE.get(letter, ()):
                    cost = min(cost, last[j - 2] + MISREAD)
                if pair == its_pair[::-1] != its_pair:
                    cost = min(cost, before[j - 2] + OFF)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _candidates(word: str, most: float) -> Iterator[str]:
    yield from islice(_misread(word, int(most / MISREAD)), MOST_MISREADINGS)
    if most >= OFF and not word.isdigit():
        yield from _one_off(word)


def _misread(word: str, times: int) -> Iterator[str]:
    """Yields a word with letters taken for similar ones: first with one, then with two, and so on."""
    some = {word: 0}
    for _ in range(times):
        more: dict[str, int] = {}
        for known, start in some.items():
            for place in range(start, len(known)):
                for length in (1, 2):
                    for other in ALIKE.get(known[place : place + length], ()) if place + length <= len(known) else ():
                        misread = known[:place] + other + known[place + length :]
                        more.setdefault(misread, place + len(other))
        yield from more
        some = more


def _one_off(word: str) -> Iterator[str]:
    """Yields a word with a letter off; not behind the stem of a long one, whose words are all looked at."""
    last = len(word) if len(word) < _LONG else STEM
    for place in range(last + 1):
        before, rest = word[:place], word[place:]
        yield from (before + letter + rest for letter in _LETTERS)
        if rest:
            yield before + rest[1:]
            yield from (before + letter + rest[1:] for letter in _LETTERS)
        if len(rest) > 1:
            yield before + rest[1] + rest[0] + rest[2:]
