"""The form in which texts are compared: without case, accents and the other ways of writing the same word."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ocrdesk.engine.written import HYPHENS, IDEOGRAPHIC, JOINERS, UNSEEN

BARRIER = "\ue000"
"""A word that nobody can look for: it stands between parts of an indexed text that do not follow each other."""

TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
"""How FTS5 must part indexed texts so that it finds the same words as ``words_of``: at spaces alone."""

EDITION = 2
"""Grows when texts are folded otherwise, so that libraries index theirs again."""

_SPECIAL = str.maketrans(
    {
        "æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l", "ŋ": "n",
        "œ": "oe", "ŧ": "t", "ƒ": "f", "ə": "e", "ɨ": "i", "ʉ": "u", "ƶ": "z", "ƀ": "b", "ɓ": "b", "ɗ": "d",
        # As searches in Arabic and Persian usually do (Lucene has the same): many people write final yeh without its
        # dots and teh marbuta as heh, and keyboards differ in their yeh and kaf.
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ە": "ه",
        **{chr(first + digit): str(digit) for first in (0x0660, 0x06F0) for digit in range(10)},
    }
)  # fmt: skip
"""Letters that Unicode does not take for one with a mark, though they are looked for without it."""

_LEFT_OUT = (
    "\u0300-\u036f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points, and not the hyphen among them
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
)
"""Marks that are left out when people type: accents, and the vowels of Hebrew and Arabic. Those of hamza are among
them, so that أ, إ and آ are the same as ا; and so is the stroke that makes words longer."""

_MARKS = re.compile(f"[{_LEFT_OUT}]")

_ABBREVIATED = re.compile("(?<=[\u05d0-\u05ea])[\"'’”“„״׳](?=[\u05d0-\u05ea])")
"""A quotation mark within a Hebrew word shortens it, as in צה״ל, or changes a letter: it parts no words (UAX #29)."""

_UNSEEN_MARK = "\u00ad"

_UNSEEN = re.compile(f"[{UNSEEN}{JOINERS}]")

_BELONGING = f"{_LEFT_OUT}\u3099\u309a\uff9e\uff9f\u1160-\u11ff"
_CLUSTER = re.compile(f"[^{_BELONGING}][{_BELONGING}]+|.", re.DOTALL)
"""A letter and what belongs to it, where these are characters of their own."""

_WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Scripts written without spaces, besides Chinese and Japanese: Thai and Lao, Burmese, Khmer."""

_APART = f"{_WITHOUT_SPACES}{IDEOGRAPHIC}"
_VOWELS = "\u3099\u309a" + "".join(
    chr(code) for code in range(0x0E00, 0x1800) if unicodedata.category(chr(code))[0] == "M"
)
"""Marks that belong to the letter before them, among those of scripts without spaces."""

_IS_APART = re.compile(f"[{_APART}]")
_WORDS = re.compile(f"[{_APART}][{_VOWELS}]*|[^ {_APART}]+")

_ENGLISH = re.compile("[a-z0-9]+")

_BROKEN = re.compile(rf"[^\W\d_][{HYPHENS}]\s*$")
"""A line whose last word goes on in the next one."""

_REST = re.compile(r"\s*[^\W\d_]")


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
    for number, line in enumerate(lines):
        words = [FoldedWord(text, (Mark(number, start, end),)) for text, start, end in words_of(line)]
        if not words:
            continue
        if is_broken and _REST.match(line):
            others.append([*before, *words])
            first = whole.pop()
            whole.append(FoldedWord(first.text + words[0].text, first.marks + words[0].marks))
            whole += words[1:]
        else:
            whole += words
        before = words
        is_broken = _BROKEN.search(line) is not None and not is_apart(words[-1].text)
    return [whole, *others]


def words_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Yields the words of a text as they are compared, and where each begins and ends in it.

    Each character of a script that is written without spaces is a word.
    """
    if text.isascii():
        for found in _ENGLISH.finditer(text.lower()):
            yield found[0], found.start(), found.end()
        return
    pieces = [(found[0], *found.span()) for found in _CLUSTER.finditer(joined_abbreviations(text))]
    letters = [_known[piece] for piece, _, _ in pieces]
    places = [place for place, piece in zip(pieces, letters, strict=True) for _ in piece]
    for found in _WORDS.finditer("".join(letters)):
        yield found[0], places[found.start()][1], places[found.end() - 1][2]


def joined_abbreviations(text: str) -> str:
    """Returns a text of the same length in which nothing within Hebrew abbreviations looks like a quotation mark."""
    return _ABBREVIATED.sub(_UNSEEN_MARK, text)


def is_apart(word: str) -> bool:
    """Whether a word is of a script that is written without spaces, so that it is but a character."""
    return _IS_APART.match(word) is not None


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
