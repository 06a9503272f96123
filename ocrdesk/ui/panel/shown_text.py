"""The text of a page as it is shown, and where each letter of its lines stands in it."""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from ocrdesk.engine.direction import runs_left
from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.geometry import Polygon, is_standing
from ocrdesk.engine.layout.page_text import PageText, Table
from ocrdesk.engine.written import HYPHENS

Span = tuple[int, int]
"""Begin and end; in a text that is shown, as Qt counts, for which rare characters are two."""


@dataclass(frozen=True, slots=True)
class MarkedWord:
    """A word to be marked.

    Attributes:
        line: The number of its line.
        span: Where it stands in the text of its line.
        polygon: Where it stands on the page.
        is_standing: Whether its line is read from top to bottom.
    """

    line: int
    span: Span
    polygon: Polygon
    is_standing: bool


class ShownText:
    """A page's text as it is printed, or as it is meant: then lines go on, and broken words are whole.

    Attributes:
        text: The text.
        lines: The lines that it is made of.
        is_as_printed: Whether each of its rows is one of the page.
        runs_left: Whether most of the page is read from right to left.
        opened_row: The row that a line has to itself because it is being edited, None if none is.
    """

    def __init__(self, page: PageText, *, as_printed: bool) -> None:
        blocks = [] if as_printed else page.flowing_blocks
        self.text = page.text if as_printed else "\n\n".join(blocks)
        self.lines = page.lines
        self.is_as_printed = as_printed
        self.runs_left = page.runs_left
        self.opened_row: int | None = None
        self._tables: list[tuple[range, Table]] = []
        self._prose: set[int] = set()
        self._leftwards: set[int] = set()
        row = 0
        for number, block in enumerate(page.blocks):
            rows = range(row, row + (len(block.rows) if as_printed else blocks[number].count("\n") + 1))
            if isinstance(block, Table):
                self._tables.append((rows, block))
            elif block.is_prose:
                self._prose.update(rows)
            if block.runs_left:
                self._leftwards.update(rows)
            row = rows.stop + 1
        self._letters = _places(self.text, [line.text for line in self.lines])

    def opened(self, number: int) -> "ShownText":
        """The same text in which a line has a row to itself, with what stood before and after it above and below."""
        begin, end = self.span(number)
        before, line, after = self._parts(begin, end)
        kept_before, kept_after = before.rstrip(" \t"), after.lstrip(" \t")
        if kept_after[:1] not in ("", "\n"):  # further cells of a row stay under each other
            kept_after = "\t" * before.rsplit("\n", 1)[-1].count("\t") + after.lstrip(" ")
        is_cut_before = kept_before[-1:] not in ("", "\n")
        is_cut_after = kept_after[:1] not in ("", "\n")
        shown = copy(self)
        shown.text = "".join((kept_before, "\n" * is_cut_before, line, "\n" * is_cut_after, kept_after))
        row, more = before.count("\n"), is_cut_before + is_cut_after
        text = "".join((kept_before, "\n" * is_cut_before, line, "\n" * is_cut_after, kept_after))
        return self._with_rows(text, row, more, row + is_cut_before)

    def with_room(self, behind: int | None) -> "ShownText":
        """The same text with an empty row for a line that is to be added.

        Args:
            behind: The line below whose row it is; None: it is the first row.
        """
        if behind is None:
            return self._with_rows("\n" + self.text, -1, 1, 0)
        before, _, _ = self._parts(self.span(behind)[1], self.span(behind)[1])
        row, end = before.count("\n"), self.text.find("\n", len(before))
        end = end if end >= 0 else len(self.text)
        return self._with_rows(self.text[:end] + "\n" + self.text[end:], row, 1, row + 1)

    def _parts(self, begin: int, end: int) -> tuple[str, str, str]:
        """The text before a place, from there to another one, and after that."""
        text = self.text.encode("utf-16-le")
        before, within, after = text[: 2 * begin], text[2 * begin : 2 * end], text[2 * end :]
        return before.decode("utf-16-le"), within.decode("utf-16-le"), after.decode("utf-16-le")

    def _with_rows(self, text: str, row: int, more: int, opened: int) -> "ShownText":
        """The same lines in a text that has some more rows behind one, of which one is opened."""
        shown = copy(self)
        shown.text, shown.opened_row = text, opened

        def moved(other: int) -> int:
            return other + more * (other > row)

        shown._tables = [(range(moved(rows.start), moved(rows.stop)), table) for rows, table in self._tables]

        def widened(rows: set[int]) -> set[int]:
            return {moved(other) for other in rows} | (set(range(row, row + more + 1)) if row in rows else set())

        shown._prose, shown._leftwards = widened(self._prose), widened(self._leftwards)
        shown._letters = _places(text, [line.text for line in self.lines])
        return shown

    def span(self, number: int, within: Span | None = None) -> Span:
        """Where a line stands, or a part of it."""
        begin, end = within or (0, len(self.lines[number].text))
        letters = self._letters[number][begin:end] or [(0, 0)]
        return letters[0][0], letters[-1][1]

    def line_at(self, place: int) -> int | None:
        """The line that stands at a place, None between paragraphs."""
        for number in range(len(self.lines)):
            begin, end = self.span(number)
            if begin <= place <= end:
                return number
        return None

    def place_in(self, number: int, place: int) -> int:
        """Which letter of a line stands at a place, or behind which of them it is."""
        letters = self._letters[number]
        return next((at for at, (_, end) in enumerate(letters) if place < end), len(letters))

    def is_prose(self, row: int) -> bool:
        """Whether a row of the text belongs to prose, and not to a list, a table or an address."""
        return row in self._prose

    def is_leftwards(self, row: int, text: str) -> bool:
        """Whether a row of the text, which says this, is read from right to left: its cells, or its letters."""
        is_left = row in self._leftwards
        return is_left if "\t" in text else runs_left(text, is_left)

    def stands_right(self, row: int, text: str) -> bool:
        """Whether a row stands at the right: also one without letters, such as the number of the page."""
        return self.is_leftwards(row, text) or (self.runs_left and not any(map(str.isalpha, text)))

    def table_at(self, row: int) -> Table | None:
        """The table to which a row of the text belongs, if it does to one."""
        return next((table for rows, table in self._tables if row in rows), None)

    def of_lines(self, numbers: Sequence[int]) -> str:
        """The text of some lines: those that follow each other as they are shown."""
        text = self.text.encode("utf-16-le")
        parts: list[Span] = []
        before: int | None = None
        for number in sorted(numbers):
            begin, end = self.span(number)
            if before is not None and number == before + 1 and begin >= parts[-1][0]:
                parts[-1] = (parts[-1][0], end)
            else:
                parts.append((begin, end))
            before = number
        return "\n".join(text[2 * begin : 2 * end].decode("utf-16-le") for begin, end in parts)


def marked_words(lines: Sequence[Line], is_marked: Callable[[Word | Line], bool]) -> Iterator[MarkedWord]:
    """The words of lines that are to be marked; a line whose words were not measured as a whole."""
    for number, line in enumerate(lines):
        if not line.words:
            if is_marked(line):
                yield MarkedWord(number, (0, len(line.text)), line.polygon, is_standing(line.polygon))
            continue
        end = 0
        for word in line.words:
            begin = line.text.find(word.text, end)  # one after the other: a short word is found inside others as well
            if begin >= 0:
                end = begin + len(word.text)
                if is_marked(word):
                    yield MarkedWord(number, (begin, end), line.mark_of(word), is_standing(line.polygon))


def _places(text: str, lines: Sequence[str]) -> list[list[Span]]:
    """Where each letter of lines stands in a text that is made of them; what has gone from it has no width there.

    Only white and hyphens are lost or won when lines are put together, so that the letters between keep their order.
    """
    found: list[list[Span]] = []
    place = shown = 0  # the latter as Qt counts
    for line in lines:
        letters: list[Span] = []
        while text[place : place + 1].isspace():
            place += 1
            shown += 1
        stem = line.rstrip(HYPHENS)
        if text.startswith(stem, place) and max(stem, default="") <= "\uffff":  # mostly so, and soon told
            letters += zip(range(shown, shown + len(stem)), range(shown + 1, shown + len(stem) + 1), strict=True)
            place += len(stem)
            shown += len(stem)
        for letter in line[len(letters) :]:
            if letter in HYPHENS:
                is_there = text[place : place + 1] in (*HYPHENS, letter)
            elif letter.isspace():
                is_there = text[place : place + 1].isspace()
            else:
                while place < len(text) and text[place] != letter and (text[place].isspace() or text[place] in HYPHENS):
                    place += 1
                    shown += 1
                is_there = text[place : place + 1] == letter
            if is_there and place < len(text):
                width = 2 if ord(text[place]) > 0xFFFF else 1
                letters.append((shown, shown + width))
                place += 1
                shown += width
            else:
                letters.append((shown, shown))
        found.append(letters)
    return found
