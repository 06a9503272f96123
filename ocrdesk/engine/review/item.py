"""A word to check, with all that a person has to know of it."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from ocrdesk.engine.corrections.changes import Change, accepted, replaced
from ocrdesk.engine.corrections.pieces import pieces_of
from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.geometry import Point
from ocrdesk.engine.library.doubts import Doubt
from ocrdesk.engine.quality import is_line_doubtful, is_word_doubtful


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A word to check, as it is shown now.

    Attributes:
        doubt: Where it comes in the queue.
        line: Its line, as it is arranged and corrected.
        number: Which line of its page that is, from 1 on.
        start: Where the word begins in the text of the line.
        end: Where it ends there.
        word: The word; the whole line if its words were not measured.
    """

    doubt: Doubt
    line: Line
    number: int
    start: int
    end: int
    word: Word

    @property
    def text(self) -> str:
        """What it says."""
        return self.line.text[self.start : self.end]

    def is_doubtful(self, known: Container[str]) -> bool:
        """Whether it is worth a look, given the words that a person accepted."""
        return is_word_doubtful(self.word, known) if self.line.words else is_line_doubtful(self.line)

    def changed_to(self, text: str) -> Change:
        """Returns what is to be kept when a person found that it says something; empty: there is no text."""
        if " ".join(text.split()) == self.text:
            return accepted(self.line, [(self.start, self.end)])
        return replaced(self.line, self.start, self.end, text)


def item_of(lines: Sequence[Line], doubt: Doubt, known: Container[str], said: str | None = None) -> ReviewItem | None:
    """Returns a word to check, or None if it is not there any more or nothing is doubtful about it by now.

    Args:
        lines: The lines of its page, as they are shown.
        doubt: Where it was when the queue was made.
        known: The words that a person accepted.
        said: What a person wrote or accepted there just now, perhaps several words; then it need not be doubtful.
    """
    found = [
        ReviewItem(doubt, line, number, start, end, word)
        for number, line in enumerate(lines, start=1)
        if holds(line.polygon, (doubt.x, doubt.y))
        for start, end, word in _words(line)
        if holds(word.polygon, (doubt.x, doubt.y))
    ]
    if said is None:
        found = [item for item in found if item.is_doubtful(known)]
    item = min(found, key=lambda item: _distance(item.word, doubt), default=None)
    return _widened(item, said) if item is not None and said else item


def _widened(item: ReviewItem, said: str) -> ReviewItem:
    """Returns the item with all that a person wrote in the place of the word."""
    start = item.line.text.find(said, max(0, item.end - len(said)))
    if not 0 <= start <= item.start:
        return item
    return replace(item, start=start, end=start + len(said), word=replace(item.word, text=said))


def _words(line: Line) -> Iterator[tuple[int, int, Word]]:
    if line.words:
        for piece in pieces_of(line, line.polygon):
            yield piece.start, piece.end, piece.word
    else:
        yield 0, len(line.text), Word(line.text, line.confidence, line.polygon)


def holds(polygon: Sequence[Point], point: Point) -> bool:
    """Whether a point lies in the upright rectangle round a polygon, or a pixel beside it."""
    xs, ys = [x for x, _ in polygon], [y for _, y in polygon]
    return min(xs) - 1 <= point[0] <= max(xs) + 1 and min(ys) - 1 <= point[1] <= max(ys) + 1


def _distance(word: Word, doubt: Doubt) -> float:
    x, y = word.middle
    return (x - doubt.x) ** 2 + (y - doubt.y) ** 2
