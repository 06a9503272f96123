"""Reads text lines cut out of a page with Tesseract, one language or two at a time.

Tesseract is only given single lines: on photographed pages its own search for lines loses most of the text.
"""

import math
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tesserocr

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.geometry import Across
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.read_line import ReadLine, ReadWord
from ocrdesk.engine.rivals import RivalLetter

BORDER = 0.1
"""A line gets a border of this many of its heights: Tesseract misreads letters that touch the edge."""

FAINTEST = 6
"""The least difference in grey levels between a line's ink and its background."""

CERTAINTY = 35.0
"""Tesseract's confidence of a letter is 100 plus this many times the logarithm of its probability."""

SURE = 0.95
"""A letter that is at least this likely is clear. Of the letters of a language that a page is in, 87 to 99 in 100 are
clear, of those that another language's model makes of it, 85 at most and mostly fewer than 60."""

GUESSED = 0.65
"""A line with a smaller share of clear letters is guessed: that is what models make of other scripts."""

NEAR = 0.02
"""A letter is a rival of the one that was read if it is at least this many times as likely."""

SUREST = 0.9887
"""How likely Tesseract says at most that a letter is right."""

MOST_SURE, HALF_SURE = 0.985, 0.8
"""The confidence of a word without any doubt, and the doubt that halves it. They are fitted to 6,000 words in twelve
languages, so that of the words with a confidence of 0.9, nine in ten are right."""

RAW = frozenset({"ara", "fas", "urd", "pus", "uig", "snd", "kur_ara", "syr"})
"""Languages in Arabic letters: Tesseract takes their dots and marks for noise unless it gets a line as it is."""

_OPENING = threading.Lock()
"""Held while a model is opened, because Tesseract sets variables of the whole process then."""


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    likely: float
    box: tuple[int, int, int, int]
    is_known: bool
    rival: tuple[str, float] | None


class TesseractLineReader:
    """Reads lines with one model, or with two together. Used by one thread at a time.

    Args:
        folder: Where the models are.
        languages: Names of the models, such as ``rus``.
    """

    def __init__(self, folder: Path, languages: Sequence[str]) -> None:
        mode = tesserocr.PSM.RAW_LINE if languages[0] in RAW else tesserocr.PSM.SINGLE_LINE
        with _OPENING:
            self._api = tesserocr.PyTessBaseAPI(
                path=f"{folder}/",
                lang="+".join(languages),
                oem=tesserocr.OEM.LSTM_ONLY,
                psm=mode,
                variables={"lstm_choice_mode": "2"},
            )

    def read(self, crops: Sequence[Pixels]) -> list[ReadLine]:
        """Reads RGB pictures of one line each."""
        return [self._read(crop) for crop in crops]

    def close(self) -> None:
        """Frees the models."""
        self._api.End()

    def _read(self, crop: Pixels) -> ReadLine:
        grey, border = _prepared(crop)
        if int(np.ptp(grey)) < FAINTEST:
            return ReadLine("", 0.0)  # of nothing, Tesseract makes letters
        height, width = grey.shape
        self._api.SetImageBytes(grey.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(300)
        self._api.Recognize()
        text = " ".join(self._api.GetUTF8Text().split())
        words = list(self._words()) if text else []
        self._api.Clear()
        return _line(text, words, (width, height), border)

    def _words(self) -> Iterator[list[_Letter]]:
        """Yields the letters of each word as Tesseract parts them, in the order of the text."""
        places = self._api.GetIterator()
        level = tesserocr.RIL.SYMBOL
        letters: list[_Letter] = []
        while places is not None:
            if places.IsAtBeginningOf(tesserocr.RIL.WORD) and letters:
                yield letters
                letters = []
            box = places.BoundingBox(level)
            if box is not None:
                text = places.GetUTF8Text(level)
                likely = math.exp(min(0.0, places.Confidence(level) - 100) / CERTAINTY)
                letters.append(_Letter(text, likely, box, places.WordIsFromDictionary(), _rival(places, text)))
            if not places.Next(level):
                break
        if letters:
            yield letters


def _prepared(crop: Pixels) -> tuple[npt.NDArray[np.uint8], int]:
    """Returns a line in grey with a border around it, and how wide that is."""
    grey = cv2.cvtColor(np.ascontiguousarray(crop), cv2.COLOR_RGB2GRAY)
    border = max(1, round(BORDER * grey.shape[0]))
    ground = int(np.median(grey))
    framed = cv2.copyMakeBorder(grey, border, border, border, border, cv2.BORDER_CONSTANT, value=ground)
    return framed.astype(np.uint8, copy=False), border


def _rival(places: tesserocr.PyResultIterator, text: str) -> tuple[str, float] | None:
    """Returns the letter that was nearly read instead, and how likely it is compared with that one."""
    likely = [(choice.GetUTF8Text(), choice.Confidence()) for choice in places.GetChoiceIterator()]
    own = max((sure for other, sure in likely if other == text), default=0.0)
    others = [(other, sure) for other, sure in likely if other != text and sure > 0]
    if not own or not others:
        return None
    other, sure = max(others, key=lambda it: it[1])
    ratio = min(1.0, math.exp((sure - own) / CERTAINTY))
    return (other.strip(), ratio) if ratio >= NEAR else None


def _line(text: str, words: list[list[_Letter]], size: tuple[int, int], border: int) -> ReadLine:
    letters = [letter for word in words for letter in word]
    if not letters:
        return ReadLine("", 0.0)
    length, height = size[0] - 2 * border, size[1] - 2 * border

    def along(x: float) -> float:
        return min(1.0, max(0.0, (x - border) / length))

    def across(box: Sequence[_Letter]) -> Across:
        top, bottom = min(it.box[1] for it in box), max(it.box[3] for it in box)
        return min(1.0, max(0.0, (top - border) / height)), min(1.0, max(0.0, (bottom - border) / height))

    read = []
    for token, own in _by_spaces(text, words):
        left, right = along(min(it.box[0] for it in own)), along(max(it.box[2] for it in own))
        if left < right:
            read.append(ReadWord(token, _sureness(own), left, right, tuple(_rivals(token, own)), across(own)))
    middles = sorted(along((letter.box[0] + letter.box[2]) / 2) for letter in letters)
    clearness = sum(letter.likely >= SURE for letter in letters) / len(letters)
    known = sum(letter.is_known for letter in letters) / len(letters)
    unread = float(clearness < GUESSED)
    return ReadLine(text, _sureness(letters), tuple(read), clearness, tuple(middles), unread, known, has_places=True)


def _by_spaces(text: str, words: list[list[_Letter]]) -> Iterator[tuple[str, list[_Letter]]]:
    """Yields what stands between spaces of a text, with the letters that Tesseract gives for it.

    Tesseract parts words also where there is no space, in Korean and Thai, and gives those from the right with their
    letters reversed; so their letters are only counted.
    """
    rest = [letter for word in words for letter in word]
    for token in text.split():
        own: list[_Letter] = []
        count = 0
        while rest and count < len(token):
            letter = rest.pop(0)
            own.append(letter)
            count += len(letter.text.replace(" ", ""))
        if own:
            yield token, own


def _rivals(token: str, letters: Sequence[_Letter]) -> Iterator[RivalLetter]:
    place = 0
    if "".join(letter.text for letter in letters) != token:
        return  # their order is not that of the text
    for letter in letters:
        if letter.rival is not None and (apart := _apart(letter.text, letter.rival[0])) is not None:
            begin, own, other = apart
            yield RivalLetter(place + begin, len(own), other, letter.rival[1])
        place += len(letter.text)


def _apart(read: str, rival: str) -> tuple[int, str, str] | None:
    """Returns where two letters differ and what each has there; None if that is more than a character of each.

    What Tesseract takes for a letter may be several characters, as a consonant of Hindi or Thai with its vowel.
    """
    begin = _same(read, rival)
    own, other = read[begin:], rival[begin:]
    same = _same(own[::-1], other[::-1])
    own, other = own[: len(own) - same], other[: len(other) - same]
    return (begin, own, other) if len(own) <= 1 and len(other) <= 1 else None


def _same(one: str, other: str) -> int:
    """Returns with how many of the same characters two texts begin."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def _sureness(letters: Sequence[_Letter]) -> float:
    """Returns how likely all letters are right."""
    doubt = -sum(math.log(min(1.0, letter.likely / SUREST)) for letter in letters)
    return MOST_SURE / (1 + doubt / HALF_SURE)
