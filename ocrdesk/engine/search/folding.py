"""The form in which texts are compared: without case, accents and the other ways of writing the same word."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ocrdesk.engine.written import JOINERS, UNSEEN, is_ideographic

BARRIER = "\ue000"
"""A word that nobody can look for: it stands between parts of an indexed text that do not follow each other."""

TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
"""How FTS5 must part indexed texts so that it finds the same words as ``words_of``: at spaces alone."""

_SPECIAL = str.maketrans(
    {
        "æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l", "ŋ": "n",
        "œ": "oe", "ŧ": "t", "ƒ": "f", "ə": "e", "ɨ": "i", "ʉ": "u", "ƶ": "z", "ƀ": "b", "ɓ": "b", "ɗ": "d",
    }
)  # fmt: skip
"""Letters that Unicode does not take for one with a mark, though they are looked for without it."""

_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]")
"""Marks that are left out when people type: accents, and the vowels of Hebrew and Arabic."""

_UNSEEN = re.compile(f"[{UNSEEN}{JOINERS}]")

_BELONGING = "\u0300-\u036f\u3099\u309a\uff9e\uff9f\u1160-\u11ff"
_CLUSTER = re.compile(f"[^{_BELONGING}][{_BELONGING}]+")
"""A letter and what belongs to it, where these are characters of their own."""

_WITHOUT_SPACES = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"))
"""Scripts written without spaces, besides Chinese and Japanese: Thai and Lao, Burmese, Khmer."""

_ENGLISH = re.compile("[a-z0-9]+")

_HYPHENS = "-\u00ac\u00ad\u2010\u2011"
_BROKEN = re.compile(rf"\w*[^\W\d_][{_HYPHENS}]\s*$")
"""A line whose last word goes on in the next one."""

_REST = re.compile(r"\s*([^\W\d_]\w*)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a line.

    Attributes:
        line: The place of the line among those of its page.
        start: Where the part begins in the text of the line.
        end: Where it ends there.
    """

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoldedWord:
    """A word as it is compared.

    Attributes:
        text: Its letters.
        marks: Where it stands: in two lines or more if it was broken.
    """

    text: str
    marks: tuple[Mark, ...]


def indexed(lines: Iterable[str]) -> str:
    """Returns a text in the form in which it is given to FTS5.

    Args:
        lines: The lines of a page, in reading order; or the name of a page or a folder, as the only one.
    """
    return f" {BARRIER} ".join(" ".join(word.text for word in run) for run in runs_of(lines))


def runs_of(lines: Iterable[str]) -> list[list[FoldedWord]]:
    """Returns the words of a page in runs that follow each other.

    The first has all lines, with words that were broken at the end of a line put together. Each of the others has a
    broken word as it stands, with the lines on which it does: it may be one that is written with that hyphen.
    """
    whole: list[FoldedWord] = []
    others: list[list[FoldedWord]] = []
    before: list[FoldedWord] = []
    is_broken = False
    ends_in_capital = False
    for number, line in enumerate(lines):
        words = [FoldedWord(text, (Mark(number, start, end),)) for text, start, end in words_of(line)]
        if not words:
            continue
        rest = _REST.match(line) if is_broken else None
        if rest and (rest[1][0].islower() or (ends_in_capital and rest[1][0].isupper())):
            others.append([*before, *words])
            first = whole.pop()
            whole.append(FoldedWord(first.text + words[0].text, first.marks + words[0].marks))
            whole += words[1:]
        else:
            whole += words
        before = words
        broken = _BROKEN.search(line)
        is_broken = broken is not None and not is_apart(words[-1].text)
        ends_in_capital = broken is not None and broken[0].rstrip()[:-1].isupper()
    return [whole, *others]


def words_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Yields the words of a text as they are compared, and where each begins and ends in it.

    Each character of a script that is written without spaces is a word.
    """
    if text.isascii():
        for found in _ENGLISH.finditer(text.lower()):
            yield found[0], found.start(), found.end()
        return
    word, start, end = "", 0, 0
    for piece, first, last in _pieces(text):
        for letter in folded(piece):
            is_mark = unicodedata.category(letter)[0] == "M"
            if letter == " " or (not is_mark and (is_apart(letter) or (word and is_apart(word[0])))):
                if word:
                    yield word, start, end
                word = ""
            if letter != " " and (word or not is_mark):
                start, end = start if word else first, last
                word += letter
    if word:
        yield word, start, end


def is_apart(word: str) -> bool:
    """Whether a word is of a script that is written without spaces, so that it is but a character."""
    letter = word[0]
    return letter > "\u0dff" and (
        is_ideographic(letter) or any(first <= letter <= last for first, last in _WITHOUT_SPACES)
    )


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yields the characters of a text with what belongs to each, and where they begin and end."""
    place = 0
    for cluster in _CLUSTER.finditer(text):
        yield from ((text[here], here, here + 1) for here in range(place, cluster.start()))
        yield cluster[0], cluster.start(), cluster.end()
        place = cluster.end()
    yield from ((text[here], here, here + 1) for here in range(place, len(text)))


class _Folded(dict[str, str]):
    """What was folded before."""

    def __missing__(self, piece: str) -> str:
        letters = _fold(piece)
        if len(piece) == 1:
            self[piece] = letters
        return letters


_known = _Folded()


def folded(letter: str) -> str:
    """Returns a character, and what belongs to it, as letters that are compared, with spaces for what parts words."""
    return _known[letter]


def _fold(piece: str) -> str:
    if _UNSEEN.fullmatch(piece):
        return ""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", piece).casefold()).translate(_SPECIAL)
    letters = unicodedata.normalize("NFC", _MARKS.sub("", letters))
    return "".join(letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in letters)
