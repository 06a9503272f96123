"""Finds out which words readers already find on a PDF page, so that none is added twice."""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from math import hypot

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import ShownLetter

Corners = npt.NDArray[np.float64]
"""Four points of the PDF page, clockwise from the upper left in reading direction."""

_SAME_WORD = 0.5
"""Likeness from which two words in the same place are the same one; the recognizer may have misread part of it."""

_SAME_LINE = 0.7
"""Likeness of two lines from which words in the same place are the same, however little they look alike."""

_BESIDE = 0.3
"""How far outside a word the centres of its letters may be, in line heights."""


class TextThere:
    """The letters that readers find on a page."""

    def __init__(self, letters: Sequence[ShownLetter]) -> None:
        self._texts = [letter.text for letter in letters]
        self._places = np.array([(letter.x, letter.y) for letter in letters], np.float64).reshape(-1, 2)

    def lacking(self, words: Sequence[tuple[str, Corners]]) -> list[bool]:
        """Says which words of a line are missing."""
        if not self._texts:
            return [True] * len(words)
        found = [self._within(corners) for _, corners in words]
        whole = "".join(_plain(text) for text, _ in words)
        is_same_line = _likeness(whole, "".join(found)) >= _SAME_LINE
        return [
            not (there and (is_same_line or _likeness(_plain(text), there) >= _SAME_WORD))
            for (text, _), there in zip(words, found, strict=True)
        ]

    def differ_from(self, words: Iterable[tuple[str, Corners]]) -> bool:
        """Whether there are other letters in the place of one of these words."""
        if not self._texts:
            return False
        found = ((text, self._within(corners)) for text, corners in words)
        return any(there and _plain(text) not in there and _plain(text)[::-1] not in there for text, there in found)

    def still_says(self, before: str, after: str, corners: Corners) -> bool:
        """Whether the letters in a place are those that were read there before, and not those of another text now."""
        was, now = _plain(before), _plain(after)
        if not self._texts or not was or was == now:
            return False
        there = self._within(corners)
        return bool(there) and there not in (now, now[::-1]) and _likeness(there, was) >= _SAME_LINE

    def _within(self, corners: Corners) -> str:
        """Returns the letters in the place of a word, from its beginning to its end."""
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
    """Returns a text without whitespace, ligatures and differences between upper and lower case."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _likeness(one: str, other: str) -> float:
    """Returns how alike two texts are, 0 to 1, in either direction, because some scripts run from right to left."""
    return max(
        SequenceMatcher(None, one, other, autojunk=False).ratio(),
        SequenceMatcher(None, one, other[::-1], autojunk=False).ratio(),
    )
