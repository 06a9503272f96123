"""The words of lines in a certain place, and the texts in which corrections and readings are compared."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from ocrdesk.engine.direction import along
from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.geometry import Polygon, ends_along, slices_of
from ocrdesk.engine.written import is_ideographic

_WORD = re.compile(r"\S+")

MOST_COMPARED = 400_000
"""The product of the lengths of two texts up to which they are compared letter by letter."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a line.

    Attributes:
        start: Where it begins in the text of its line.
        end: Where it ends there.
        left: Where its left end is along a polygon, as a fraction of its length; outside that if it is below 0 or
            above 1.
        right: Where its right end is, likewise.
        word: The word.
    """

    start: int
    end: int
    left: float
    right: float
    word: Word

    def part(self, start: int, end: int) -> tuple[float, float]:
        """Returns from where to where some of its letters reach, given by their places in the text of the line."""
        ((begin, stop),) = along(self.word.text, [(max(0, start - self.start), min(end, self.end) - self.start)])
        wide = self.right - self.left
        return self.left + begin * wide, self.left + stop * wide

    @property
    def is_inside(self) -> bool:
        """Whether its middle lies between the ends of the polygon."""
        return 0 <= (self.left + self.right) / 2 <= 1


def pieces_of(line: Line, polygon: Polygon) -> list[Piece]:
    """Returns the words of a line and where they are along a polygon.

    Words whose places were not measured are taken to have letters of equal width.
    """
    words = list(_words(line))
    ends = ends_along(polygon, [word.polygon for _, _, word in words])
    return [Piece(start, end, *along, word) for (start, end, word), along in zip(words, ends, strict=True)]


def in_mirror(pieces: Iterable[Piece]) -> list[Piece]:
    """Returns words as they stand in a mirror, in which those of a line that is read from the right begin left."""
    return [replace(piece, left=1 - piece.right, right=1 - piece.left) for piece in pieces]


class ReadThere:
    """What was read in a place.

    Attributes:
        lines: The lines of which some words lie there.
        polygon: The place.
    """

    def __init__(self, lines: Sequence[Line], polygon: Polygon) -> None:
        self.lines = lines
        self.polygon = polygon

    @cached_property
    def pieces(self) -> list[list[Piece]]:
        """The words of each line that lie between the ends of the polygon."""
        return [[piece for piece in pieces_of(line, self.polygon) if piece.is_inside] for line in self.lines]

    @property
    def text(self) -> str:
        """The text of the lines as far as it lies there; all of it if no word does."""
        found = zip(self.lines, self.pieces, strict=True)
        inside = [line.text[pieces[0].start : pieces[-1].end] for line, pieces in found if pieces]
        return " ".join(inside) or " ".join(line.text for line in self.lines)


def spans_of(text: str) -> list[tuple[int, int]]:
    """Returns where the words of a text begin and end; each Chinese or Japanese character is one."""
    if text.isascii():
        return [found.span() for found in _WORD.finditer(text)]
    spans: list[tuple[int, int]] = []
    for found in _WORD.finditer(text):
        start = found.start()
        for place in range(found.start(), found.end()):
            if is_ideographic(text[place]):
                if start < place:
                    spans.append((start, place))
                spans.append((place, place + 1))
                start = place + 1
        if start < found.end():
            spans.append((start, found.end()))
    return spans


def _words(line: Line) -> Iterator[tuple[int, int, Word]]:
    if line.words:
        end = 0
        for word in line.words:
            start = line.text.find(word.text, end)
            if start >= 0:
                end = start + len(word.text)
                yield start, end, word
        return
    spans = spans_of(line.text)
    polygons = slices_of(line.polygon, along(line.text, spans))
    for (start, end), polygon in zip(spans, polygons, strict=True):
        yield start, end, Word(line.text[start:end], line.confidence, polygon)


def differences(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[bool, int, int, int, int]]:
    """Returns how two texts differ, as whether a part is the same, and its start and end in one and in the other.

    What lies between an equal beginning and an equal end is not compared if it is very long: that could take minutes.
    """
    most = min(len(one), len(other))
    begin = next((place for place in range(most) if one[place] != other[place]), most)
    most -= begin
    end = next((place for place in range(most) if one[-1 - place] != other[-1 - place]), most)
    first, second = one[begin : len(one) - end], other[begin : len(other) - end]
    if len(first) * len(second) > MOST_COMPARED:
        between = [(False, 0, len(first), 0, len(second))]
    else:
        found = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
        between = [(tag == "equal", a, b, c, d) for tag, a, b, c, d in found]
    parts = [(is_same, a + begin, b + begin, c + begin, d + begin) for is_same, a, b, c, d in between]
    before = [(True, 0, begin, 0, begin)] if begin else []
    after = [(True, len(one) - end, len(one), len(other) - end, len(other))] if end else []
    return [*before, *parts, *after]


def letters_of(text: str) -> tuple[str, Sequence[int]]:
    """Returns a text without spaces, and where each of its characters is in the text."""
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    return "".join(text[place] for place in places), places
