"""The labels printed beside the values of receipts and invoices, as they are kept in ``labels.txt``."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from ocrdesk.engine.written import is_ideographic

_LONG = 6
"""A label of at least this many letters may be followed by others without a space, since spaces are easily lost."""

_MISREAD = 7
"""One letter of a label of at least this many may be wrong, missing or too many."""

_LONGEST = 24
"""Longer labels are only looked for as they are."""

_PLAIN = str.maketrans({"ß": "ss", "ł": "l", "Ł": "l", "ø": "o", "đ": "d", "№": "n", "º": "o"})
_LIKE_LETTERS = str.maketrans("0158", "olsb")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text.

    Attributes:
        kind: The section of ``labels.txt`` it stands in.
        start: Where it begins in the text.
        end: Where it ends.
        languages: The languages in which it means this.
    """

    kind: str
    start: int
    end: int
    languages: frozenset[str]


def squeezed(text: str) -> tuple[str, list[int], set[int]]:
    """Returns the letters and digits of a text, where each stands in it, and which of them begin words."""
    letters: list[str] = []
    places: list[int] = []
    starts: set[int] = set()
    inside = False
    for place, letter in enumerate(text):
        if letter.isascii():
            if letter.isalnum() or letter == "#":
                if not inside:
                    starts.add(len(letters))
                letters.append(letter.lower())
                places.append(place)
            inside = letter.isalnum() or letter == "#"
            continue
        for plain in unicodedata.normalize("NFKD", letter.translate(_PLAIN)).casefold():
            if unicodedata.combining(plain) and not is_ideographic(letter):
                continue
            if plain.isalnum() or plain == "#":
                if not inside or is_ideographic(letter):
                    starts.add(len(letters))
                letters.append(plain)
                places.append(place)
                inside = True
            else:
                inside = False
    return "".join(letters), places, starts


@lru_cache(maxsize=8192)
def labels_in(text: str) -> tuple[Label, ...]:
    """Returns the labels in a text from left to right, of each section the longest that begin in a place."""
    plain, places, starts = squeezed(text)
    readings = {plain, plain.translate(_LIKE_LETTERS)}
    known, first = _labels()
    found: dict[tuple[str, int], Label] = {}
    for start in sorted(starts):
        for reading in readings:
            for label in first.get(reading[start : start + 2], ()):
                if not reading.startswith(label, start) or not _ends(label, start + len(label), starts, reading):
                    continue
                end = places[start + len(label) - 1] + 1
                for kind, languages in known[label].items():
                    other = found.get((kind, start))
                    if other is None or other.end < end:
                        found[kind, start] = Label(kind, places[start], end, languages)
    for start in sorted(starts - {label_start for _kind, label_start in found}):
        for end in sorted({*starts, len(plain)}):
            if end - start >= _MISREAD - 1 and (near := _nearly(plain[start:end])):
                for kind, languages in known[near].items():
                    found[kind, start] = Label(kind, places[start], places[end - 1] + 1, languages)
    return tuple(sorted(found.values(), key=lambda label: (label.start, -label.end)))


def _ends(label: str, end: int, starts: set[int], reading: str) -> bool:
    """Whether a label that was found ends where a word does."""
    if end >= len(reading) or end in starts or is_ideographic(label[-1]):
        return True
    return len(label) >= _LONG or (len(label) > 2 and reading[end].isdigit())


def _nearly(text: str) -> str | None:
    """Returns the label that a text is but for one letter."""
    without = _without_a_letter()
    if text in without:
        return without[text]
    if len(text) > _LONGEST + 1:
        return None
    for place in range(len(text)):
        if (label := without.get(text[:place] + text[place + 1 :])) and abs(len(label) - len(text)) <= 1:
            return label
    return None


@cache
def _without_a_letter() -> dict[str, str]:
    """Returns all long labels of Latin letters, by themselves and by what is left without any one of their letters."""
    long = [label for label in _labels()[0] if _MISREAD <= len(label) <= _LONGEST and label.isascii()]
    return {label[:place] + label[place + 1 :]: label for label in long for place in range(len(label))} | {
        label: label for label in long
    }


@cache
def _labels() -> tuple[dict[str, dict[str, frozenset[str]]], dict[str, list[str]]]:
    """Returns all labels but currencies, squeezed, by section; and the same by their first two letters."""
    known: dict[str, dict[str, frozenset[str]]] = {}
    for kind, lines in _sections().items():
        if kind == "currency":
            continue
        for language, labels in lines:
            for label in labels:
                sections = known.setdefault(squeezed(label)[0], {})
                sections[kind] = sections.get(kind, frozenset()) | {language}
    first: dict[str, list[str]] = {}
    for label in known:
        first.setdefault(label[:2], []).append(label)
        if len(label) == 1:
            raise ValueError(f"The label “{label}” is too short to be told from other text.")
    return known, first


@cache
def currencies() -> dict[str, tuple[str, ...]]:
    """Returns the signs and words for money, each with the codes of the currencies it may stand for."""
    signs: dict[str, tuple[str, ...]] = {}
    for code, labels in _sections()["currency"]:
        for sign in labels:
            signs[sign.casefold()] = (*signs.get(sign.casefold(), ()), code)
    return signs


@cache
def _sections() -> dict[str, list[tuple[str, list[str]]]]:
    sections: dict[str, list[tuple[str, list[str]]]] = {}
    text = resources.files(__package__).joinpath("labels.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            sections[line[1 : line.index("]")]] = lines = []
        elif line and not line.startswith("#"):
            name, _, labels = line.partition(":")
            lines.append((name, [label.strip() for label in labels.split(",")]))
    return sections
