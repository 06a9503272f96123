"""The text of a page: its lines in the order a person reads them, in paragraphs and tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from ocrdesk.engine.direction import mostly_runs_left
from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.flow import flowing_text

Row = tuple[Line, ...]
"""What stands side by side and is read across: one line of prose, or a few words with a gap between them."""

Pieces = Iterator[tuple[str, Line]]
"""Lines in reading order, each with what parts it from the line before."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Rows that belong together.

    Attributes:
        rows: One under the other.
        is_prose: Whether its rows go on from one to the next; those of addresses and lists stand for themselves.
        runs_left: Whether it is written from right to left.
    """

    rows: tuple[Row, ...]
    is_prose: bool
    runs_left: bool = False

    @property
    def lines(self) -> list[Line]:
        """All its lines in reading order."""
        return [line for row in self.rows for line in row]

    def pieces(self) -> Pieces:
        """Its lines, those of a row parted by tabs."""
        for row_number, row in enumerate(self.rows):
            for number, line in enumerate(row):
                yield "\t" if number else "\n" if row_number else "", line

    def flowing(self, known: str) -> str:
        """Its text as it is meant; ``known`` is all text of the page."""
        rows = ["\t".join(line.text for line in row) for row in self.rows]
        return flowing_text(rows, known) if self.is_prose else "\n".join(rows)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table.

    Attributes:
        rows: One under the other, of mostly one line each; none where the place is empty.
        columns: How many columns it takes up: more than one where a heading stands over several.
    """

    rows: tuple[Row, ...] = ()
    columns: int = 1

    @property
    def lines(self) -> list[Line]:
        """All its lines in reading order."""
        return [line for row in self.rows for line in row]

    @property
    def texts(self) -> list[str]:
        """The text of each of its rows."""
        return [" ".join(line.text for line in row) for row in self.rows]

    def flowing(self, known: str) -> str:
        """Its rows as one text, a single one as it is printed; ``known`` is all text of the page."""
        return flowing_text(self.texts, known) if len(self.rows) > 1 else "".join(self.texts)


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in a grid.

    Attributes:
        rows: From the top; the cells of each take up as many columns as those of any other.
        runs_left: Whether its first column is the one at the right.
    """

    rows: tuple[tuple[Cell, ...], ...]
    runs_left: bool = False

    @property
    def width(self) -> int:
        """How many columns it has."""
        return sum(cell.columns for cell in self.rows[0])

    @property
    def lines(self) -> list[Line]:
        """All its lines in reading order, cell by cell."""
        return [line for row in self.rows for cell in row for line in cell.lines]

    def pieces(self) -> Pieces:
        """Its lines: cells parted by as many tabs as there are columns between them, lines of one cell by spaces."""
        for row_number, row in enumerate(self.rows):
            before = "\n" if row_number else ""
            for cell in row:
                for number, line in enumerate(cell.lines):
                    yield " " if number else before, line
                before = "\t" * cell.columns if cell.rows else before + "\t" * cell.columns

    def texts(self, known: str) -> list[list[str]]:
        """The text of every place, rows equally long; a cell that takes up several is followed by empty ones.

        Args:
            known: All text of the page.
        """
        return [
            [text for cell in row for text in (cell.flowing(known), *[""] * (cell.columns - 1))] for row in self.rows
        ]

    def flowing(self, known: str) -> str:
        """Its rows, cells parted by tabs; ``known`` is all text of the page."""
        return "\n".join("\t".join(texts).rstrip("\t") for texts in self.texts(known))


@dataclass(frozen=True, slots=True)
class PageText:
    """All text of a page.

    Attributes:
        blocks: Its paragraphs and tables in reading order.
    """

    blocks: tuple[Paragraph | Table, ...]

    @property
    def tables(self) -> list[Table]:
        """Its tables in reading order."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def runs_left(self) -> bool:
        """Whether most of it is written from right to left."""
        return mostly_runs_left(line.text for line in self.lines)

    @property
    def lines(self) -> list[Line]:
        """All lines in reading order: pieces that were joined are one, and one that spans two columns is two."""
        return [line for block in self.blocks for line in block.lines]

    @property
    def text(self) -> str:
        """As it is printed: a row each line, tabs between cells, an empty line between paragraphs."""
        return "".join(before + line.text for before, line in self._pieces())

    @property
    def known(self) -> str:
        """All its words, by which it is told how a word that was broken is written."""
        return " ".join(line.text for line in self.lines)

    @property
    def flowing(self) -> str:
        """As it is meant: a paragraph each line, words that were broken at the end of a line put together again."""
        return "\n\n".join(self.flowing_blocks)

    @property
    def flowing_blocks(self) -> list[str]:
        """The parts of ``flowing``: one for each of ``blocks``."""
        known = self.known
        return [block.flowing(known) for block in self.blocks]

    def _pieces(self) -> Pieces:
        for number, block in enumerate(self.blocks):
            pieces = block.pieces()
            if number:
                before, line = next(pieces)
                yield "\n\n" + before, line
            yield from pieces
