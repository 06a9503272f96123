"""Where the cards of a grid lie, and the headings of folders between them: computed, and never laid out one by one."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ocrdesk.engine.document import FolderOfPages

FOOT = 112
"""Room below the last cards, in pixels, so that a message never hides them for good."""


@dataclass(frozen=True, slots=True)
class Section:
    """The cards of one folder.

    Attributes:
        name: The folder; empty where the pages are parted into none.
        first: The row of its first page.
        count: How many pages it has.
        top: Where its heading begins, in pixels from the top of the whole grid.
        body: Where its cards begin.
        end: Where it ends.
        is_closed: Whether its cards are folded away.
    """

    name: str
    first: int
    count: int
    top: int
    body: int
    end: int
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class GridSizes:
    """What the places in a grid depend on, in pixels.

    Attributes:
        width: The width there is, which the cards share.
        card: Least width of a card, with the room around it.
        line: Height of a card, likewise.
        heading: Height of a heading. The first section has none: it is shown above the grid.
    """

    width: int
    card: int
    line: int
    heading: int


class GridPlaces:
    """Places in a grid of cards of one size, in pixels from its top left.

    Args:
        rows: How many pages there are.
        folders: The folders they lie in, in the order of the rows; where they do not fit the rows, or hardly part
            them, there is one section without a heading.
        closed: Names of folders that are folded away.
        sizes: What they depend on.
    """

    def __init__(
        self,
        rows: int,
        folders: Sequence[FolderOfPages],
        closed: Collection[str],
        sizes: GridSizes,
    ) -> None:
        self.card_height = sizes.line
        self.columns = max(1, sizes.width // sizes.card)
        self.card_width = max(sizes.card, sizes.width // self.columns)
        if not is_parted(rows, folders):
            folders, closed = [FolderOfPages("", rows)], ()
        self.is_parted = len(folders) > 1
        self.sections: list[Section] = []
        top = 0
        firsts = [0, *accumulate(folder.count for folder in folders)]
        for folder, first in zip(folders, firsts, strict=False):
            is_closed = folder.name in closed
            body = top + (sizes.heading if first else 0)
            end = body + (0 if is_closed else -(-folder.count // self.columns) * self.card_height)
            self.sections.append(Section(folder.name, first, folder.count, top, body, end, is_closed))
            top = end
        self._firsts = [section.first for section in self.sections]
        self._tops = [section.top for section in self.sections]
        self._bodies = [section.body for section in self.sections]
        self.height = top + FOOT

    def section_of(self, row: int) -> Section:
        """Returns the section that a page belongs to."""
        return self.sections[bisect_right(self._firsts, row) - 1]

    def section_at(self, y: int) -> Section:
        """Returns the section at a height."""
        return self.sections[max(0, bisect_right(self._tops, y) - 1)]

    def headings_above(self, y: int) -> tuple[Section, Section | None, int]:
        """Returns what is seen in a strip as high as a heading, above a view of the grid that begins at a height.

        That is the section whose pages are seen at the top of the view; while the heading of the next one moves into
        the strip, also that section, and how far it has come.
        """
        number = max(0, bisect_right(self._bodies, y) - 1)
        following = self.sections[number + 1] if number + 1 < len(self.sections) else None
        if following is None or following.top >= y:
            return self.sections[number], None, 0
        return self.sections[number], following, y - following.top

    def is_hidden(self, row: int) -> bool:
        """Returns whether the card of a page is folded away."""
        return self.section_of(row).is_closed

    def place(self, row: int) -> tuple[int, int]:
        """Returns the left and the top of a card; of one that is folded away those of its heading."""
        section = self.section_of(row)
        if section.is_closed:
            return 0, section.top
        line, column = divmod(row - section.first, self.columns)
        return column * self.card_width, section.body + line * self.card_height

    def seen_end(self, row: int, height: int) -> int:
        """Returns how far down a view must reach to show a card: in the last line, with the room below it.

        Args:
            row: The page.
            height: How much is seen at a time; where that is less, the top of the card counts.
        """
        _, top = self.place(row)
        end = top + self.card_height
        if end == self.sections[-1].end and self.height - top <= height:
            end = self.height
        return min(end, top + height)

    def row_at(self, x: int, y: int) -> int | None:
        """Returns the page whose card is at a point, or None."""
        section = self.section_at(y)
        column = x // self.card_width
        if not section.body <= y < section.end or not 0 <= column < self.columns:
            return None
        number = (y - section.body) // self.card_height * self.columns + column
        return section.first + number if number < section.count else None

    def rows_within(self, left: int, top: int, right: int, bottom: int) -> Iterator[range]:
        """Yields the pages whose cards touch a rectangle, in runs of rows that follow each other."""
        first, last = max(0, left // self.card_width), min(self.columns - 1, right // self.card_width)
        if first > last:
            return
        for section in self._sections_within(top, bottom):
            lines = -(-section.count // self.columns)
            upper = max(0, (top - section.body) // self.card_height)
            lower = min(lines - 1, (bottom - section.body) // self.card_height)
            if first == 0 and last == self.columns - 1 and upper <= lower:
                start, end = upper * self.columns, (lower + 1) * self.columns
                yield range(section.first + start, section.first + min(end, section.count))
                continue
            for line in range(upper, lower + 1):
                start, end = line * self.columns + first, line * self.columns + last + 1
                if start < section.count:
                    yield range(section.first + start, section.first + min(end, section.count))

    def headings_within(self, top: int, bottom: int) -> Iterator[Section]:
        """Yields the sections whose headings touch a strip of the grid."""
        for section in self.sections[max(0, bisect_right(self._tops, top) - 1) :]:
            if section.top > bottom:
                return
            if section.first and section.body > top:
                yield section

    def visible_runs(self, first: int, last: int) -> Iterator[range]:
        """Yields the rows from one to another whose cards are not folded away."""
        for section in self.sections[bisect_right(self._firsts, first) - 1 :]:
            if section.first > last:
                return
            if not section.is_closed:
                yield range(max(first, section.first), min(last + 1, section.first + section.count))

    def beside(self, row: int, step: int) -> int:
        """Returns the next page after (1) or before (-1) one that is not folded away; the same one if there is none."""
        section = self.section_of(row)
        if not section.is_closed and section.first <= row + step < section.first + section.count:
            return row + step
        number = self.sections.index(section) + step
        while 0 <= number < len(self.sections):
            if not (other := self.sections[number]).is_closed and other.count:
                return other.first if step > 0 else other.first + other.count - 1
            number += step
        return row

    def below(self, row: int, lines: int) -> int:
        """Returns the page some lines of cards further down (up, where negative), in the same column if it can."""
        x, _ = self.place(row)
        for _ in range(abs(lines)):
            row = self._line_below(row, x, 1 if lines > 0 else -1)
        return row

    def _line_below(self, row: int, x: int, step: int) -> int:
        section = self.section_of(row)
        line, column = (row - section.first) // self.columns, x // self.card_width
        last_line = (section.count - 1) // self.columns
        if not section.is_closed and 0 <= line + step <= last_line:
            return section.first + min((line + step) * self.columns + column, section.count - 1)
        edge = section.first + section.count - 1 if step > 0 else section.first
        other = self.beside(edge, step)
        if other == edge:
            return row
        section = self.section_of(other)
        line = 0 if step > 0 else (section.count - 1) // self.columns
        return section.first + min(line * self.columns + column, section.count - 1)

    def _sections_within(self, top: int, bottom: int) -> Iterator[Section]:
        for section in self.sections[max(0, bisect_right(self._tops, top) - 1) :]:
            if section.top > bottom:
                return
            if not section.is_closed:
                yield section


def is_parted(rows: int, folders: Sequence[FolderOfPages]) -> bool:
    """Returns whether headings of folders help: there are several, and most hold more than a page."""
    return 1 < len(folders) <= rows // 2 and sum(folder.count for folder in folders) == rows
