"""A page as the rules for receipts look at it: rows of pieces, each with its labels, days and amounts."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from ocrdesk.engine.direction import along, has_leftward
from ocrdesk.engine.document import Line, ReadingOrder
from ocrdesk.engine.fields.amounts import Amount, amounts_in
from ocrdesk.engine.fields.dates import Written, dates_in, times_in
from ocrdesk.engine.fields.found import Doubt, Found, certainty
from ocrdesk.engine.fields.labels import Label, labels_in
from ocrdesk.engine.geometry import Polygon, slices_of
from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.reading_order import parts_of
from ocrdesk.engine.quality import is_line_doubtful, is_word_doubtful

_FIGURE = re.compile(r"\d")


class Piece:
    """What stands together in a row.

    Attributes:
        box: Where it stands on the page laid straight.
        row: The number of its row, from the top.
    """

    def __init__(self, box: Box, row: int) -> None:
        self.box = box
        self.row = row

    @property
    def text(self) -> str:
        """Its text."""
        return self.box.line.text

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """The labels in it, from left to right."""
        return labels_in(self.text)

    @cached_property
    def has_figures(self) -> bool:
        """Whether it may have days, times and amounts at all; most pieces do not."""
        return _FIGURE.search(self.text) is not None

    @cached_property
    def dates(self) -> list[Written]:
        """The days in it."""
        return dates_in(self.text) if self.has_figures else []

    @cached_property
    def times(self) -> list[tuple[int, int]]:
        """Where times of day stand in it."""
        return times_in(self.text) if self.has_figures else []

    @cached_property
    def amounts(self) -> list[Amount]:
        """The amounts in it, and figures that may be none."""
        if not self.has_figures:
            return []
        return amounts_in(self.text, [*((day.start, day.end) for day in self.dates), *self.times])

    @cached_property
    def money(self) -> list[Amount]:
        """The amounts in it that are surely money."""
        return [amount for amount in self.amounts if amount.is_money]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Of which kinds the labels in it are."""
        return frozenset(label.kind for label in self.labels)

    def kinds_in(self, start: int = 0, end: int | None = None) -> frozenset[str]:
        """Returns of which kinds the labels in a part of it are."""
        last = len(self.text) if end is None else end
        return frozenset(label.kind for label in self.labels if start <= label.start and label.end <= last)

    def found(self, value: str, start: int, end: int, doubts: Sequence[Doubt] = (), *, is_sure: bool = False) -> Found:
        """Returns a value that stands in a part of it.

        Args:
            value: The value as it is kept.
            start: Where it begins in the text.
            end: Where it ends.
            doubts: What speaks against it.
            is_sure: Whether what the page says otherwise shows that its letters are right.
        """
        polygon, confidence, is_doubtful = _place(self.box.line, start, end)
        every = [*doubts, Doubt.MISREAD] if is_doubtful and not is_sure else [*doubts]
        sure = max(confidence, 0.9) if is_sure else confidence
        return Found(value, self.box.line, polygon, sure * certainty(every), tuple(dict.fromkeys(every)))


def _place(line: Line, start: int, end: int) -> tuple[Polygon, float, bool]:
    """Returns where a part of a line stands, how sure its letters are, and whether they are to be checked."""
    if line.is_corrected and line.confidence == 1:
        return slices_of(line.polygon, along(line.text, [(start, end)]))[0], 1.0, False
    words, behind = [], 0
    for word in line.words:
        at = line.text.find(word.text, behind)
        if at < 0:
            continue
        behind = at + len(word.text)
        if at < end and behind > start:
            words.append(word)
    if not words:
        place = slices_of(line.polygon, along(line.text, [(start, end)]))[0]
        return place, line.confidence, is_line_doubtful(line)
    first, last = words[0].polygon, words[-1].polygon
    if has_leftward(line.text):
        first, last = min(word.polygon for word in words), max(word.polygon for word in words)
    corners = (first[0], last[1], last[2], first[3])
    return corners, min(word.confidence for word in words), any(map(is_word_doubtful, words))


class Sheet:
    """A page as rows of pieces.

    Attributes:
        rows: Its rows from the top, their pieces from the left.
        height: Median height of its lines in pixels.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.rows: list[list[Piece]] = []
        self.height = 1.0
        if lines:
            parts, frame = parts_of(lines, ReadingOrder.ROWS)
            self.height = frame.height
            for part in parts:
                for row in part:
                    self.rows.append([Piece(box, len(self.rows)) for box in row])

    @property
    def pieces(self) -> Iterator[Piece]:
        """All pieces in reading order."""
        return (piece for row in self.rows for piece in row)

    @cached_property
    def text(self) -> str:
        """All its text."""
        return "\n".join(piece.text for piece in self.pieces)

    @cached_property
    def languages(self) -> dict[str, int]:
        """How many labels of the page belong to each language alone, or to few."""
        found: dict[str, int] = {}
        for piece in self.pieces:
            for label in piece.labels:
                for language in label.languages if len(label.languages) == 1 else ():
                    found[language] = found.get(language, 0) + 1
        return found

    def above(self, piece: Piece) -> Piece | None:
        """Returns what stands over a piece in the row before its own, if that is one piece."""
        row = self.rows[piece.row - 1] if piece.row else []
        near = [other for other in row if other.box.left < piece.box.right and other.box.right > piece.box.left]
        return near[0] if len(near) == 1 else None
