"""Which words readers find on a PDF page already, so that none is there twice."""

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from math import hypot

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import ShownLetter

Corners = npt.NDArray[np.float64]
"""Four points of the PDF page, clockwise from the upper left as one reads."""

_SAME_WORD = 0.5
"""Two words at one place that are so alike are the same one; the recognizer may have misread some of it."""

_SAME_LINE = 0.7
"""In two lines that are so alike, words at one place are the same, however little they look like it."""

_BESIDE = 0.3
"""In heights of a line; so far outside of a word the middle of its letters may lie."""


class TextThere:
    """The letters of a page."""

    def __init__(self, letters: Sequence[ShownLetter]) -> None:
        self._texts = [letter.text for letter in letters]
        self._places = np.array([(letter.x, letter.y) for letter in letters], np.float64).reshape(-1, 2)

    def lacking(self, words: Sequence[tuple[str, Corners]]) -> list[bool]:
        """Which of the words of a line are not there."""
        if not self._texts:
            return [True] * len(words)
        found = [self._within(corners) for _, corners in words]
        whole = "".join(_plain(text) for text, _ in words)
        is_same_line = _likeness(whole, "".join(found)) >= _SAME_LINE
        return [
            not (there and (is_same_line or _likeness(_plain(text), there) >= _SAME_WORD))
            for (text, _), there in zip(words, found, strict=True)
        ]

    def _within(self, corners: Corners) -> str:
        """The letters in a word's place, from its beginning to its end."""
        a, b, c, d = corners
        along, up = (b - a + c - d) / 2, (a - d + b - c) / 2
        length, height = max(hypot(*along), 1e-6), max(hypot(*up), 1e-6)
        from_start = (self._places - d) @ (along / length)
        above = (self._places - d) @ (up / height)
        margin = min(_BESIDE * height, length / 4)
        is_in = (from_start > -margin) & (from_start < length + margin)
        is_in &= (above > -_BESIDE * height) & (above < (1 + _BESIDE) * height)
        order = sorted(np.flatnonzero(is_in), key=lambda place: from_start[place])
        return _plain("".join(self._texts[place] for place in order))


def _plain(text: str) -> str:
    """Letters without white, without the difference between upper and lower case, and without joined letters."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1; the letters of some scripts run from right to left."""
    return max(
        SequenceMatcher(None, one, other, autojunk=False).ratio(),
        SequenceMatcher(None, one, other[::-1], autojunk=False).ratio(),
    )
