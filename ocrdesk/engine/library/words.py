"""The stored form of words: small, and without repeating what their line says."""

import struct
from collections.abc import Iterator, Sequence

from ocrdesk.engine.document import Word
from ocrdesk.engine.geometry import ALL_ACROSS, Polygon, ends_along, slices_of
from ocrdesk.engine.later_words import LaterWords
from ocrdesk.engine.rivals import RivalLetter
from ocrdesk.engine.steering import harmless

WORD = struct.Struct("<2I3f")
"""Start and end in the line's text, left and right along the line from 0 to 1, and confidence. The highest eight bits
of the start say how much of the line's height is above the ink of the word, those of the end how much is below it, in
255ths: 0 if that was not measured."""

LETTERS = 1 << 24
"""Words that begin or end from this index into a line's text on are not kept."""

FARTHEST = 1 << 16
"""Rival letters from this index into a line's text on are not kept."""

_RIVAL = struct.Struct("<HI")
"""The place of a rival letter in its line's text; and its code point (21 bits, 0 for none), how many letters it
replaces (1 bit) and its ratio (10 bits)."""

_LENGTH, _RATIO, _MOST = 21, 22, 1023
_WHITE, _STEPS = 24, 255


def pack_words(text: str, polygon: Polygon, words: Sequence[Word]) -> tuple[bytes, bytes]:
    """Returns the words of a line and their rival letters in their stored form.

    A word that is not in the line's text is left out.
    """
    packed, rivals, place = [], [], 0
    for word, ends in zip(words, ends_along(polygon, [word.polygon for word in words]), strict=True):
        start = text.find(word.text, place)
        if start < 0:
            continue
        place = start + len(word.text)
        if place >= LETTERS:
            break
        left, right = (min(1.0, max(0.0, along)) for along in ends)
        above, below = (round(_STEPS * part) for part in (word.across[0], 1 - word.across[1]))
        packed.append(pack_word(start, place, left, right, word.confidence, (above, below)))
        rivals += [
            pack_rival(start + its.place, its.length, its.letter, its.ratio)
            for its in word.rival_letters
            if start + its.place < FARTHEST
        ]
    return b"".join(packed), b"".join(rivals)


def pack_word(
    start: int, end: int, left: float, right: float, confidence: float, white: tuple[int, int] = (0, 0)
) -> bytes:
    """Returns a word in its stored form.

    Args:
        start: Where it begins in the text of its line, below ``LETTERS``.
        end: Where it ends there.
        left: Where it begins along the line, 0 to 1.
        right: Where it ends.
        confidence: How likely it is right, 0 to 1.
        white: How much of the line's height is above and below its ink, in 255ths.
    """
    above, below = white
    return WORD.pack(start | above << _WHITE, end | below << _WHITE, left, right, confidence)


def unpack_words(packed: bytes) -> Iterator[tuple[int, int, float, float, float, tuple[int, int]]]:
    """Yields the words of a line, each as ``pack_word`` takes it."""
    for start, end, left, right, confidence in WORD.iter_unpack(packed):
        yield start % LETTERS, end % LETTERS, left, right, confidence, (start >> _WHITE, end >> _WHITE)


def pack_rival(place: int, length: int, letter: str, ratio: float) -> bytes:
    """Returns a rival letter in its stored form; its place, below ``FARTHEST``, is that in the text of the line."""
    code = ord(letter) if letter else 0
    return _RIVAL.pack(place, code | length << _LENGTH | round(ratio * _MOST) << _RATIO)


def unpack_rivals(packed: bytes) -> Iterator[tuple[int, int, str, float]]:
    """Yields the place, the length, the letter and the ratio of each rival letter of a line."""
    for place, rest in _RIVAL.iter_unpack(packed):
        code = rest & ((1 << _LENGTH) - 1)
        yield place, rest >> _LENGTH & 1, chr(code) if code else "", round((rest >> _RATIO) / _MOST, 4)


class KeptWords(LaterWords):
    """The stored words of a line, which get the height and the slant of the line."""

    def __init__(self, text: str, polygon: Polygon, packed: bytes, rivals: bytes = b"") -> None:
        super().__init__()
        self._text, self._polygon, self._packed, self._rivals = text, polygon, packed, rivals

    def __len__(self) -> int:
        return len(self._packed) // WORD.size

    def _made(self) -> tuple[Word, ...]:
        kept = list(unpack_words(self._packed))
        polygons = slices_of(self._polygon, [(left, right) for _, _, left, right, _, _ in kept])
        rivals = _rivals_of(self._rivals, [(start, end) for start, end, *_ in kept])
        return tuple(
            Word(
                self._text[start:end], confidence, polygon, tuple(rivals.get(start, ())),
                (above / _STEPS, (_STEPS - below) / _STEPS) if above or below else ALL_ACROSS,
            )
            for (start, end, _, _, confidence, (above, below)), polygon in zip(kept, polygons, strict=True)
        )  # fmt: skip


def _rivals_of(packed: bytes, spans: Sequence[tuple[int, int]]) -> dict[int, list[RivalLetter]]:
    """Returns the rival letters of words by the places where these begin.

    What may stand where one word ends and another begins belongs to the one that begins.
    """
    found: dict[int, list[RivalLetter]] = {}
    for place, length, letter, ratio in unpack_rivals(packed):
        holding = [start for start, end in spans if start <= place and place + length <= end]
        if holding:
            rival = RivalLetter(place - holding[-1], length, harmless(letter), ratio)
            found.setdefault(holding[-1], []).append(rival)
    return found
