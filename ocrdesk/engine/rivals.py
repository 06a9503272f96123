"""What else a word may say: made from the letters that the reader nearly read instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, product
from math import prod

MOST = 5
"""How many alternatives a word has at most, and of how many letters they are made."""


@dataclass(frozen=True, slots=True)
class RivalLetter:
    """What may stand at one place of a word.

    Attributes:
        place: Index into the word's text.
        length: 1 if it replaces the letter at that place; 0 if it stands before it, where no letter was read.
        letter: The letter; empty if the one that was read may not be there at all.
        ratio: How likely it is compared with what was read, 0 to 1.
    """

    place: int
    length: int
    letter: str
    ratio: float


def alternatives(text: str, letters: Sequence[RivalLetter]) -> tuple[str, ...]:
    """Returns what else a word may say, likeliest first: each rival letter alone, and several together.

    How likely several are together is the product of how likely each is.
    """
    likeliest = sorted(letters, key=lambda letter: -letter.ratio)[:MOST]
    likeliest.sort(key=lambda letter: (letter.place, letter.length))
    found: dict[str, float] = {}
    for taken in product((False, True), repeat=len(likeliest)):
        some = list(compress(likeliest, taken))
        other = _replaced(text, some)
        if other and other != text:
            found[other] = max(found.get(other, 0.0), prod(letter.ratio for letter in some))
    return tuple(sorted(found, key=lambda other: -found[other])[:MOST])


def _replaced(text: str, letters: Sequence[RivalLetter]) -> str:
    for letter in reversed(letters):
        text = text[: letter.place] + letter.letter + text[letter.place + letter.length :]
    return text.strip()
