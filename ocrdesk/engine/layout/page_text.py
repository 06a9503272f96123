"""The text of a page: its lines in the order a person reads them, in rows and paragraphs."""

from collections.abc import Iterator
from dataclasses import dataclass

from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.flow import flowing_text

Row = tuple[Line, ...]
"""What stands side by side and is read across: one line of prose, or the cells of a row of a table."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Rows that belong together.

    Attributes:
        rows: One under the other.
        is_prose: Whether its rows go on from one to the next; those of tables and receipts stand for themselves.
    """

    rows: tuple[Row, ...]
    is_prose: bool

    @property
    def text(self) -> str:
        """A row each line, cells parted by tabs."""
        return "\n".join(map(_row_text, self.rows))


@dataclass(frozen=True, slots=True)
class PageText:
    """All text of a page.

    Attributes:
        paragraphs: In reading order.
    """

    paragraphs: tuple[Paragraph, ...]

    @property
    def lines(self) -> list[Line]:
        """All lines in reading order: pieces that were joined are one, and one that spans two columns is two."""
        return [line for paragraph in self.paragraphs for row in paragraph.rows for line in row]

    @property
    def text(self) -> str:
        """As it is printed: a row each line, an empty line between paragraphs."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def flowing(self) -> str:
        """As it is meant: a paragraph each line, words that were broken at the end of a line put together again."""
        return "\n\n".join(self.flowing_paragraphs)

    @property
    def flowing_paragraphs(self) -> list[str]:
        """The parts of ``flowing``: one for each of ``paragraphs``."""
        known = " ".join(line.text for line in self.lines)
        return [
            flowing_text([_row_text(row) for row in paragraph.rows], known) if paragraph.is_prose else paragraph.text
            for paragraph in self.paragraphs
        ]

    def places(self) -> Iterator[tuple[int, int]]:
        """Where each of ``lines`` stands in ``text``: start and end."""
        place = 0
        for paragraph in self.paragraphs:
            for row in paragraph.rows:
                for line in row:
                    yield place, place + len(line.text)
                    place += len(line.text) + 1  # a tab or the end of the row
            place += 1


def _row_text(row: Row) -> str:
    return "\t".join(line.text for line in row)
