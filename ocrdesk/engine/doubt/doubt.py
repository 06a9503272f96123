"""How likely each word of a page is right, from what the reader saw and from what the words around it say."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from pathlib import Path

from ocrdesk.engine.document import Line, Reading, Word
from ocrdesk.engine.doubt.figures import is_odd_figure
from ocrdesk.engine.doubt.languages import language_of
from ocrdesk.engine.doubt.scripts import WIDE, is_foreign, own_script
from ocrdesk.engine.doubt.word_lists import WordList, word_list
from ocrdesk.engine.written import bare
from ocrdesk.resources import words_folder


class Sign(StrEnum):
    """What says that a word may be wrong, or that it is right; each has a value, mostly 0 or 1."""

    LETTERS = "letters"
    """The logarithm of the odds that a letter is wrong, as the reader sees it."""

    LINE = "line"
    """By how much the other words of its line are less certain than those of the whole page, likewise."""

    RIVAL = "rival"
    """How likely the best of its rival letters is, compared with the one that was read."""

    KNOWN = "known"
    """It is in the word list of the page's language."""

    UNKNOWN = "unknown"
    """It is not. The value is the share of the page's words that are: a poor list, or an old text, says little."""

    UNKNOWN_NAME = "unknown_name"
    """The same for a word with a capital letter, which may be a name."""

    BETTER = "better"
    """It is not in the list, and what the reader nearly read is."""

    FOREIGN = "foreign"
    """A letter is of another script than its word, or its line."""

    FIGURE = "figure"
    """An amount, a date or a time cannot be as it is written, or a letter stands among digits."""

    CASE = "case"
    """Small and capital letters stand as in no word."""


BASE = -0.9
WEIGHTS: Mapping[Sign, float] = {
    Sign.LETTERS: 0.6,
    Sign.LINE: 0.3,
    Sign.RIVAL: 0.8,
    Sign.KNOWN: -0.7,
    Sign.UNKNOWN: 2.8,
    Sign.UNKNOWN_NAME: 1.3,
    Sign.BETTER: 2.3,
    Sign.FOREIGN: 1.2,
    Sign.FIGURE: 2.0,
    Sign.CASE: 1.2,
}
"""How much each sign adds to the logarithm of the odds that a word is wrong, fitted to the words of 100 real pages
(books, receipts, typescripts, tables, forms) and the text printed there: see docs/review.md."""

_WHY = (Sign.FOREIGN, Sign.FIGURE, Sign.BETTER, Sign.UNKNOWN, Sign.UNKNOWN_NAME, Sign.CASE)
"""What can be said to a person, the most telling first."""

AT_MOST = 0.5
"""How likely at most a word with a foreign letter is right, or a figure that cannot be as it is, whatever its letters
say: of the few on real pages, most are wrong."""

MOST_SURE, SUREST = 0.985, 1e-3
"""The confidence of a reader without any doubt, and how likely it is then that the word is wrong all the same."""

_PART = re.compile(r"[^\W\d_]+")
_ODD_CASE = re.compile(r"\W*(?:[^\W\d_]*[a-zß-ÿ][A-ZÀ-Þ]|[A-ZÀ-Þ]{2,}[a-zß-ÿ]{2})")


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a page says of each of its words.

    Attributes:
        language: Its language, such as ``en``; None if it was not told.
        words: The word list of that language, or None.
        known: The share of its words that are in the list, 0 to 1.
        odds: The mean of its words' log odds.
    """

    language: str | None
    words: WordList | None
    known: float
    odds: float


def page_words(lines: Sequence[Line], folder: Path) -> PageWords:
    """Returns what the lines of a page say of its words.

    Args:
        lines: Its lines.
        folder: Where the word lists are.
    """
    texts = [bare(text) for line in lines for text in line.text.split()]
    language = language_of(texts, folder)
    words = word_list(folder, language) if language else None
    plain = {text for text in texts if len(text) > 2 and text.isalpha()}
    known = sum(text in words for text in plain) / len(plain) if words is not None and plain else 0.0
    odds = [_log_odds(word) for line in lines for word in line.words]
    return PageWords(language, words, known, sum(odds) / len(odds) if odds else 0.0)


def judged(reading: Reading) -> Reading:
    """Returns a reading with its language, and with words whose confidence is how likely they are right.

    Words that are certain, such as the embedded text of a PDF, stay as they are; so do lines whose words were not
    measured. The order of the lines is that of the recognizer, so that what a hyphen cuts is mostly found again.
    """
    page = page_words(reading.lines, words_folder())
    before = chain([""], (line.text for line in reading.lines))
    lines = tuple(_judged_line(line, page, text) for line, text in zip(reading.lines, before, strict=False))
    return replace(reading, lines=lines, language=reading.language or page.language)


def _judged_line(line: Line, page: PageWords, before: str) -> Line:
    if not line.words or all(word.confidence == 1 for word in line.words):
        return line
    words = (
        word if word.confidence == 1 else replace(word, confidence=_right(signs))
        for word, signs in zip(line.words, signs_of(line, page, before), strict=True)
    )
    return replace(line, words=tuple(words))


def _right(signs: Mapping[Sign, float]) -> float:
    right = 1 / (1 + math.exp(BASE + sum(WEIGHTS[sign] * value for sign, value in signs.items())))
    return min(right, AT_MOST) if signs.keys() & {Sign.FOREIGN, Sign.FIGURE} else right


def signs_of(line: Line, page: PageWords, before: str = "") -> Iterator[dict[Sign, float]]:
    """Yields the signs of each word of a line as it was read, without those that are 0.

    Args:
        line: The line.
        page: What its page says.
        before: The text of the line before it.
    """
    odds = [_log_odds(word) for word in line.words]
    total, last = sum(odds), len(odds) - 1
    for number, word in enumerate(line.words):
        signs = {Sign.LETTERS: odds[number]}
        if last:
            signs[Sign.LINE] = (total - odds[number]) / last - page.odds
        if word.rival_letters:
            signs[Sign.RIVAL] = max(rival.ratio for rival in word.rival_letters)
        is_cut = (number == last and word.text.endswith("-")) or (number == 0 and before.endswith("-"))
        signs |= dict.fromkeys(_spelling(word, line, None if is_cut else page.words), 1.0)
        for unknown in (Sign.UNKNOWN, Sign.UNKNOWN_NAME):
            if unknown in signs:
                signs[unknown] = page.known
        yield signs


def _spelling(word: Word, line: Line, words: WordList | None) -> Iterator[Sign]:
    """Yields what the letters of a word alone say; ``words`` is None where it cannot be looked up."""
    text, script = word.text, own_script(word.text, line.text)
    if any(is_foreign(letter, script) for letter in text):
        yield Sign.FOREIGN
    elif words is not None and script != WIDE and not any(map(str.isdecimal, text)):
        missing = [part for part in _parts(text) if part.casefold() not in words]
        if missing:
            yield Sign.UNKNOWN if any(part[0].islower() for part in missing) else Sign.UNKNOWN_NAME
            if any(_is_known(rival, words) for rival in word.rivals):
                yield Sign.BETTER
        elif _parts(text):
            yield Sign.KNOWN
    if is_odd_figure(text):
        yield Sign.FIGURE
    if _ODD_CASE.match(text):
        yield Sign.CASE


def _parts(text: str) -> list[str]:
    """Returns the words in a text between its signs; single letters are in no list."""
    return [part for part in _PART.findall(text) if len(part) > 1]


def _is_known(text: str, words: WordList) -> bool:
    parts = _parts(text)
    return bool(parts) and all(part.casefold() in words for part in parts)


def _log_odds(word: Word) -> float:
    """Returns the logarithm of the odds that a word is wrong, from the reader's confidence."""
    wrong = min(1 - SUREST, max(SUREST, 1 - word.confidence / MOST_SURE * (1 - SUREST)))
    return math.log(wrong / (1 - wrong))


def why(word: Word, line: Line, language: str | None) -> tuple[Sign, ...]:
    """Returns why a word that was judged is doubtful, the most telling reason first; at least its letters.

    Args:
        word: One of the words of ``line``.
        line: Its line.
        language: The language of its page.
    """
    words = word_list(words_folder(), language) if language else None
    found = set(_spelling(word, line, words))
    return tuple(sign for sign in _WHY if sign in found) or (Sign.LETTERS,)


def in_own_script(word: Word, line: Line) -> str | None:
    """Returns what a word with a letter of another script may say in its own, or None if nothing is offered."""
    script = own_script(word.text, line.text)
    if not any(is_foreign(letter, script) for letter in word.text):
        return None
    return next((text for text in word.rivals if not any(is_foreign(letter, script) for letter in text)), None)
