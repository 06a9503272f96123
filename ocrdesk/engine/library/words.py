"""The stored form of words: small, and without repeating what their line says."""

import struct
from collections.abc import Iterator, Sequence
from typing import overload

from ocrdesk.engine.document import Polygon, Word, ends_along, slices_of

WORD = struct.Struct("<2I3f")
"""Start and end in the line's text, left and right along the line from 0 to 1, and confidence."""


def pack_words(text: str, polygon: Polygon, words: Sequence[Word]) -> bytes:
    """Returns the words of a line in their stored form. A word that is not in the line's text is left out."""
    packed, place = [], 0
    for word, ends in zip(words, ends_along(polygon, [word.polygon for word in words]), strict=True):
        start = text.find(word.text, place)
        if start < 0:
            continue
        place = start + len(word.text)
        left, right = (min(1.0, max(0.0, along)) for along in ends)
        packed.append(WORD.pack(start, place, left, right, word.confidence))
    return b"".join(packed)


class KeptWords(Sequence[Word]):
    """The stored words of a line, which get the height and the slant of the line.

    They are only unpacked when they are used: ordering and exporting lines needs few of them, and unpacking all would
    double the time.
    """

    def __init__(self, text: str, polygon: Polygon, packed: bytes) -> None:
        self._text, self._polygon, self._packed = text, polygon, packed
        self._words: tuple[Word, ...] | None = None

    def __len__(self) -> int:
        return len(self._packed) // WORD.size

    @overload
    def __getitem__(self, place: int) -> Word: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Word, ...]: ...
    def __getitem__(self, place: int | slice) -> Word | tuple[Word, ...]:
        return self._all()[place]

    def __iter__(self) -> Iterator[Word]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | KeptWords) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def _all(self) -> tuple[Word, ...]:
        if self._words is None:
            kept = list(WORD.iter_unpack(self._packed))
            polygons = slices_of(self._polygon, [(left, right) for _, _, left, right, _ in kept])
            self._words = tuple(
                Word(self._text[start:end], confidence, polygon)
                for (start, end, _, _, confidence), polygon in zip(kept, polygons, strict=True)
            )
        return self._words
