"""Groups of doubtful words that were read as the same, so that the odd one out is seen at a glance."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial

from ocrdesk.engine.review.doubtful_words import PlacedWord
from ocrdesk.engine.written import is_ideographic

LEAST_ALIKE = 2
"""A group has at least so many members; what stands alone is looked at word by word."""

LEAST_WORDS = 3
"""The same for whole words: two of them are read as soon as one by one."""

_DATE = re.compile(r"\W*\d{1,4}[./\-]\d{1,2}[./\-]\d{1,4}\W*")
_PRICE = re.compile(r"[^\w\s]*(?:[^\W\d_]{1,3}\.?)?[+\-–]?\d[\d.,'’]*[.,]\d{2}(?!\d)[^\w\s]*(?:[^\W\d_]{1,3})?\W*")
_NUMBER = re.compile(r"[^\w\s]*\d[\d.,:/'’\-]*[^\w\s]*")


class Kind(IntEnum):
    """What the members of a group have in common."""

    CHARACTER = 0
    """One Chinese or Japanese character."""
    LETTERS = 1
    """One unsure letter, and what it may be instead."""
    LETTER = 2
    """One unsure letter."""
    WORD = 3
    """The whole word."""
    DATES = 4
    PRICES = 5
    NUMBERS = 6


@dataclass(frozen=True, slots=True)
class Member:
    """A doubtful word and the part of it that is to be compared.

    Attributes:
        placed: The word.
        start: Where the part begins in the text of the word.
        end: Where it ends.
    """

    placed: PlacedWord
    start: int
    end: int

    @property
    def reading(self) -> str:
        """What the part was read as."""
        return self.placed.word.text[self.start : self.end]

    def with_part(self, text: str) -> str:
        """Returns the word with another text in the place of the part."""
        word = self.placed.word.text
        return word[: self.start] + text + word[self.end :]

    @property
    def is_whole(self) -> bool:
        """Whether all of the word is to be compared."""
        return self.start == 0 and self.end == len(self.placed.word.text)


@dataclass(frozen=True, slots=True)
class Group:
    """Doubtful words that are checked together.

    Attributes:
        kind: What they have in common.
        texts: The letters or the word that they were read as, or may be; empty for dates, prices and numbers.
        members: Those read as the same follow each other, the most frequent reading first, in the order of the pages.
    """

    kind: Kind
    texts: tuple[str, ...]
    members: tuple[Member, ...]

    def screens(self, size: int) -> list[tuple[Member, ...]]:
        """Returns the members in parts of at most ``size``, each of them read as one thing where all have one."""
        parts: list[tuple[Member, ...]] = []
        for reading in dict.fromkeys(self._sort_of(member) for member in self.members):
            alike = [member for member in self.members if self._sort_of(member) == reading]
            parts += [tuple(alike[begin : begin + size]) for begin in range(0, len(alike), size)]
        return parts

    def is_like(self, other: "Group") -> bool:
        """Whether another group is of the same words, perhaps of more or fewer of them."""
        return (self.kind, self.texts) == (other.kind, other.texts)

    def other_than(self, reading: str) -> str | None:
        """Returns what may stand in the place of a reading; None if that is not one thing."""
        others = [text for text in self.texts if text != reading]
        return others[0] if self.kind is Kind.LETTERS and len(others) == 1 else None

    def beginning_with(self, keys: Container[object]) -> "Group":
        """Returns the group with words of some keys before all others."""
        in_order = sorted(self.members, key=lambda member: member.placed.key not in keys)
        return Group(self.kind, self.texts, tuple(in_order))

    def without(self, keys: Container[object]) -> "Group":
        """Returns the group without words of some keys."""
        rest = tuple(member for member in self.members if member.placed.key not in keys)
        return Group(self.kind, self.texts, rest)

    def _sort_of(self, member: Member) -> str:
        return member.reading if self.texts else ""


_Key = tuple[Kind, tuple[str, ...]]


def groups_of(words: Iterable[PlacedWord]) -> list[Group]:
    """Puts doubtful words into groups, the largest first; each is in one at most.

    The rules are tried in this order, and whatever would be alone goes on to the next one. A character stands for
    itself. A letter comes before the word and its shape, because it says where to look. It is only taken where it is
    all that is unsure: who looks at one letter of a word does not see what else may be wrong.

    Args:
        words: Those worth a look, in the order of the pages.
    """
    rest = list(words)
    found: list[Group] = []
    rules: Sequence[tuple[Callable[[PlacedWord], tuple[_Key, Member] | None], int]] = (
        (_by_character, LEAST_ALIKE),
        (partial(_by_letter, with_rival=True), LEAST_ALIKE),
        (partial(_by_letter, with_rival=False), LEAST_ALIKE),
        (_by_word, LEAST_WORDS),
        (_by_shape, LEAST_ALIKE),
    )
    for rule, least in rules:
        by_key: dict[_Key, list[Member]] = {}
        left = []
        for placed in rest:
            if (fitting := rule(placed)) is not None:
                by_key.setdefault(fitting[0], []).append(fitting[1])
            else:
                left.append(placed)
        for key, members in by_key.items():
            if len(members) >= least:
                found.append(_group(key, members))
            else:
                left += [member.placed for member in members]
        rest = left
    return sorted(found, key=lambda group: (-len(group.members), group.kind, group.texts))


def _group(key: _Key, members: Sequence[Member]) -> Group:
    kind, texts = key
    if not texts:
        return Group(kind, texts, tuple(members))
    times = Counter(member.reading for member in members)
    in_order = sorted(members, key=lambda member: (-times[member.reading], member.reading))
    return Group(kind, tuple(sorted(texts, key=lambda text: (not text, text))), tuple(in_order))


def _by_character(placed: PlacedWord) -> tuple[_Key, Member] | None:
    text = placed.word.text
    if len(text) == 1 and is_ideographic(text):
        return (Kind.CHARACTER, (text,)), Member(placed, 0, 1)
    return None


def _by_letter(placed: PlacedWord, *, with_rival: bool) -> tuple[_Key, Member] | None:
    """The letter that alone is unsure, by itself or with what may stand in its place."""
    rivals = placed.word.rival_letters
    if len({rival.place for rival in rivals}) != 1 or any(rival.length != 1 for rival in rivals):
        return None
    rival = max(rivals, key=lambda each: each.ratio)
    text, place = placed.word.text, rival.place
    if not place < len(text):
        return None
    member = Member(placed, place, place + 1)
    if with_rival:
        return (Kind.LETTERS, tuple(sorted((text[place], rival.letter)))), member
    return (Kind.LETTER, (text[place],)), member


def _by_word(placed: PlacedWord) -> tuple[_Key, Member] | None:
    text = placed.word.text
    return (Kind.WORD, (text,)), Member(placed, 0, len(text))


def _by_shape(placed: PlacedWord) -> tuple[_Key, Member] | None:
    text = placed.word.text
    for kind, shape in ((Kind.DATES, _DATE), (Kind.PRICES, _PRICE), (Kind.NUMBERS, _NUMBER)):
        if shape.fullmatch(text):
            return (kind, ()), Member(placed, 0, len(text))
    return None
