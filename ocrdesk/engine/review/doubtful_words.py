"""The doubtful words of pages, and what becomes of them when a person has looked at them."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import dist

from ocrdesk.engine.corrections.changes import Change, accepted
from ocrdesk.engine.corrections.pieces import Piece, pieces_of
from ocrdesk.engine.corrections.replacing import Place
from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.quality import is_word_doubtful

_ASTRAY = 0.5
"""How far a word may have moved, in heights of its line, and still be the same."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedWord:
    """A word and where it is.

    Attributes:
        page_id: Its page.
        line: Its line, as it is shown.
        start: Where the word begins in the text of the line.
        word: The word.
    """

    page_id: int
    line: Line
    start: int
    word: Word

    @property
    def end(self) -> int:
        """Where it ends in the text of its line."""
        return self.start + len(self.word.text)

    @property
    def key(self) -> tuple[int, str, int, int]:
        """What it is known by, even after other words of its line were corrected."""
        x, y = middle_of(self.word.polygon)
        return self.page_id, self.word.text, round(x), round(y)


def words_of(page_id: int, lines: Iterable[Line]) -> Iterator[PlacedWord]:
    """Yields the words of a page whose places were measured."""
    for line in lines:
        if line.words:
            for piece in pieces_of(line, line.polygon):
                yield PlacedWord(page_id, line, piece.start, piece.word)


def doubtful_words(page_id: int, lines: Iterable[Line], known: Container[str] = ()) -> list[PlacedWord]:
    """Returns the words of a page that are worth a look.

    Args:
        page_id: The page.
        lines: Its lines in reading order.
        known: The words that a person has accepted, as ``bare`` makes them.
    """
    return [found for found in words_of(page_id, lines) if is_word_doubtful(found.word, known)]


def acceptances(lines: Sequence[Line], words: Iterable[PlacedWord]) -> list[Change]:
    """Returns what says that words of a page are right; those that are no longer there are left out.

    Args:
        lines: Those of the page as they are now, perhaps corrected or read again since the words were found.
        words: The words.
    """
    return [accepted(line, [(piece.start, piece.end) for piece, _ in pieces]) for line, pieces in _found(lines, words)]


def rewritings(lines: Sequence[Line], texts: Mapping[PlacedWord, str]) -> list[Change]:
    """Returns what gives words of a page other texts; those that are no longer there are left out.

    Args:
        lines: Those of the page as they are now.
        texts: The words, each with its new text.
    """
    changes = []
    for line, pieces in _found(lines, texts):
        after, end, written = "", 0, []
        in_order = sorted(pieces, key=lambda each: each[0].start)
        for piece, placed in in_order:
            after += line.text[end : piece.start]
            written.append((len(after), len(after) + len(texts[placed])))
            after += texts[placed]
            end = piece.end
        found = tuple((piece.start, piece.end) for piece, _ in in_order)
        page_id = pieces[0][1].page_id
        changes.append(Place(page_id, line, found, after + line.text[end:], tuple(written)).change)
    return changes


def _found(lines: Sequence[Line], words: Iterable[PlacedWord]) -> list[tuple[Line, list[tuple[Piece, PlacedWord]]]]:
    """Returns the lines in which words are now, each with their pieces."""
    by_text: dict[str, list[tuple[int, Piece]]] = {}
    for number, line in enumerate(lines):
        for piece in pieces_of(line, line.polygon):
            by_text.setdefault(piece.word.text, []).append((number, piece))
    found: dict[int, list[tuple[Piece, PlacedWord]]] = {}
    for placed in words:
        here = middle_of(placed.word.polygon)
        near = [
            (dist(here, middle_of(piece.word.polygon)), number, piece)
            for number, piece in by_text.get(placed.word.text, ())
        ]
        if not near:
            continue
        far, number, piece = min(near, key=lambda each: each[0])
        a, _, _, d = placed.word.polygon
        if far <= _ASTRAY * max(1.0, dist(a, d)):
            found.setdefault(number, []).append((piece, placed))
    return [(lines[number], pieces) for number, pieces in found.items()]


def middle_of(polygon: Polygon) -> tuple[float, float]:
    """Returns the middle of a polygon, in pixels of the upright page."""
    return sum(x for x, _ in polygon) / 4, sum(y for _, y in polygon) / 4
