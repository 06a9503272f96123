"""How likely each word of a page is right, from what the reader saw and from what the words around it say."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ocrdesk.engine.document import Line
from ocrdesk.engine.doubt.figures import is_odd_figure
from ocrdesk.engine.doubt.languages import language_of
from ocrdesk.engine.doubt.scripts import WIDE, is_foreign, own_script
from ocrdesk.engine.doubt.word_lists import WordList, word_list
from ocrdesk.engine.written import bare


class Reason(StrEnum):
    """Why a word may be wrong."""

    LETTERS = "letters"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"
    RIVAL = "rival"
    FIGURE = "figure"
    SIGN = "sign"
    CASE = "case"


WEIGHTS = {
    "one": 0.0,
    "letters": 1.0,
    "page": 0.0,
    "line": 0.0,
    "known": 0.0,
    "unknown": 0.0,
    "unknown_name": 0.0,
    "foreign": 0.0,
    "figure": 0.0,
    "sign": 0.0,
    "case": 0.0,
    "rival": 0.0,
    "better": 0.0,
}

_PART = re.compile(r"[^\W\d_]+")
_ODD_CASE = re.compile(r"[^\W\d_]*(?:[a-zà-ÿ][A-ZÀ-Þ]|[A-ZÀ-Þ]{2}[a-zà-ÿ]{2})")
_SURE = 0.985


def log_odds(confidence: float) -> float:
    """Returns the logarithm of the odds that a word is wrong, from how sure its letters are."""
    wrong = min(1 - 1e-3, max(1e-3, 1 - confidence / _SURE * (1 - 1e-3)))
    return math.log(wrong / (1 - wrong))


@dataclass(frozen=True, slots=True)
class Around:
    """What a page says of its words.

    Attributes:
        language: Its language, or None.
        words: The list of that language, or None.
        known: The share of its words that are in the list, 0 to 1.
        doubt: The mean of the log odds of its words.
    """

    language: str | None
    words: WordList | None
    known: float
    doubt: float


def around(lines: Sequence[Line], folder: Path) -> Around:
    """Returns what a page says of its words."""
    texts = [bare(word.text) for line in lines for word in line.words]
    language = language_of(texts, folder)
    words = word_list(folder, language) if language else None
    plain = {text for text in texts if len(text) > 2 and text.isalpha()}
    known = sum(text in words for text in plain) / len(plain) if words is not None and plain else 0.0
    odds = [log_odds(word.confidence) for line in lines for word in line.words]
    return Around(language, words, known, sum(odds) / max(1, len(odds)))


def signs_of(line: Line, number: int, page: Around, before: str = "") -> dict[str, float]:
    """Returns what is to be said of a word: the values of ``WEIGHTS``."""
    word = line.words[number]
    text = word.text
    odds = log_odds(word.confidence)
    signs = {"one": 1.0, "letters": odds, "page": page.doubt}
    others = [log_odds(other.confidence) for place, other in enumerate(line.words) if place != number]
    signs["line"] = sum(others) / len(others) - page.doubt if others else 0.0
    script = own_script(text, line.text)
    if any(is_foreign(letter, script) for letter in text):
        signs["foreign"] = 1.0
    parts = _PART.findall(text)
    if not parts:
        if not any(letter.isdecimal() for letter in text):
            signs["sign"] = 1.0
    elif page.words is not None and script != WIDE and "foreign" not in signs:
        is_cut = (text.endswith("-") and number == len(line.words) - 1) or (number == 0 and before.endswith("-"))
        if not is_cut and not any(letter.isdecimal() for letter in text):
            missing = [part for part in parts if len(part) > 1 and part.casefold() not in page.words]
            if not missing:
                signs["known"] = page.known
            elif any(part[0].islower() for part in missing):
                signs["unknown"] = page.known
            else:
                signs["unknown_name"] = page.known
            if missing and any(_is_known(other, page.words) for other in word.rivals):
                signs["better"] = 1.0
    if is_odd_figure(text):
        signs["figure"] = 1.0
    if _ODD_CASE.match(text):
        signs["case"] = 1.0
    signs["rival"] = max((rival.ratio for rival in word.rival_letters), default=0.0)
    return signs


def _is_known(text: str, words: WordList) -> bool:
    parts = _PART.findall(text)
    return bool(parts) and all(len(part) == 1 or part.casefold() in words for part in parts)


def right(signs: dict[str, float]) -> float:
    """Returns how likely a word is right."""
    return 1 / (1 + math.exp(sum(WEIGHTS[name] * value for name, value in signs.items())))
