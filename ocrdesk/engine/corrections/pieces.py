"""The words of lines in a certain place, and the texts in which corrections and readings are compared."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ocrdesk.engine.document import Line, Polygon, Word, ends_along, slices_of
from ocrdesk.engine.written import is_ideographic

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a line.

    Attributes:
        start: Where it begins in the text of its line.
        end: Where it ends there.
        left: Where it begins along a polygon, as a fraction of its length; outside that if it is below 0 or above 1.
        right: Where it ends, likewise.
        word: The word.
    """

    start: int
    end: int
    left: float
    right: float
    word: Word

    @property
    def is_inside(self) -> bool:
        """Whether its middle lies between the ends of the polygon."""
        return 0 <= (self.left + self.right) / 2 <= 1


def pieces_of(line: Line, polygon: Polygon) -> list[Piece]:
    """Returns the words of a line and where they are along a polygon.

    Words whose places were not measured are taken to have letters of equal width.
    """
    pieces = []
    for start, end, word in _words(line):
        left, right = ends_along(polygon, word.polygon)
        pieces.append(Piece(start, end, left, right, word))
    return pieces


def text_in(lines: Iterable[Line], polygon: Polygon) -> str:
    """Returns the text of lines as far as it lies between the ends of a polygon; all of it if no word does."""
    found = list(lines)
    inside = []
    for line in found:
        pieces = [piece for piece in pieces_of(line, polygon) if piece.is_inside]
        if pieces:
            inside.append(line.text[pieces[0].start : pieces[-1].end])
    return " ".join(inside) or " ".join(line.text for line in found)


def spans_of(text: str) -> list[tuple[int, int]]:
    """Returns where the words of a text begin and end; each Chinese or Japanese character is one."""
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
    spans, letters = spans_of(line.text), len(line.text)
    polygons = slices_of(line.polygon, [(start / letters, end / letters) for start, end in spans])
    for (start, end), polygon in zip(spans, polygons, strict=True):
        yield start, end, Word(line.text[start:end], line.confidence, polygon)


def letters_of(text: str) -> tuple[str, Sequence[int]]:
    """Returns a text without spaces, and where each of its characters is in the text."""
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    return "".join(text[place] for place in places), places
