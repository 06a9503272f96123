"""Replaces a word wherever it was read: what a person does to many lines at once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ocrdesk.engine.corrections.changes import Change, checked_in, corrected
from ocrdesk.engine.corrections.pieces import spans_of
from ocrdesk.engine.document import Line

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is to be replaced.

    Attributes:
        text: What is looked for; not empty. Any white space matches any other.
        instead: What is written in its place.
        match_case: Whether capital and small letters differ.
        whole_words: Whether it is found as a word or words only, and not within longer ones.
    """

    text: str
    instead: str
    match_case: bool = False
    whole_words: bool = False

    @property
    def like(self) -> str:
        """A pattern for SQL's ``LIKE``, with a backslash as its escape, that fits all lines in which this is found.

        ``LIKE`` knows the case of English letters alone, so that any letter may stand for one of another language.
        """
        rough = re.sub(r"([\\%_])", r"\\\1", " ".join(self.text.split()))
        return "%" + "".join("%" if letter.isspace() else letter if letter.isascii() else "_" for letter in rough) + "%"

    def found_in(self, text: str) -> list[tuple[int, int]]:
        """Returns where it stands in a text: beginnings and ends."""
        words = r"\s+".join(re.escape(word) for word in self.text.split())
        if self.whole_words:
            words = rf"(?<!\w){words}(?!\w)"
        return [found.span() for found in re.finditer(words, text, 0 if self.match_case else re.IGNORECASE)]


@dataclass(frozen=True, slots=True)
class Place:
    """A line in which something is to be replaced.

    Attributes:
        page_id: Its page.
        line: The line as it is.
        found: Where what was looked for stands in it.
        after: The text that it is to have; may be empty.
        written: Where in that what was written instead stands.
        page_name: The name of its page.
    """

    page_id: int
    line: Line
    found: Spans
    after: str
    written: Spans
    page_name: str = ""

    @property
    def key(self) -> int:
        """What tells its line from others of the page, as long as that has the same text in the same place."""
        return hash((self.line.text, self.line.polygon))

    @property
    def change(self) -> Change:
        """What is to be kept: words that were replaced are checked, as are those that were before."""
        if not self.after.strip():
            return corrected(self.line, None)
        moved = [(self._moved(start), self._moved(end)) for start, end in checked_in(self.line)]
        words = [
            span
            for span in spans_of(self.after)
            if any(start < span[1] and span[0] < max(end, start + 1) for start, end in self.written)
        ]
        return corrected(self.line, self.after, sorted({*moved, *words}))

    def _moved(self, place: int) -> int:
        """Where a place of the line is in its new text."""
        by = 0
        for (start, end), (first, last) in zip(self.found, self.written, strict=True):
            if place <= start:
                break
            by = (last - first) - (end - start) + by if place >= end else by
        return max(0, min(len(self.after), place + by))


def places_in(page_id: int, lines: Iterable[Line], sought: Sought, page_name: str = "") -> Iterator[Place]:
    """Returns the lines of a page in which something is to be replaced and that are other than before with it."""
    for line in lines:
        if found := sought.found_in(line.text):
            after, written = _replaced(line.text, found, sought.instead)
            if after != line.text:
                yield Place(page_id, line, tuple(found), after, written, page_name)


def _replaced(text: str, found: Sequence[tuple[int, int]], instead: str) -> tuple[str, Spans]:
    after, end, written = "", 0, []
    for start, stop in found:
        after += text[end:start]
        written.append((len(after), len(after) + len(instead)))
        after += instead
        end = stop
    return after + text[end:], tuple(written)
