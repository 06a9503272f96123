"""Replaces a word or a phrase wherever it was read: what a person does to many lines at once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ocrdesk.engine.corrections.changes import Change, checked_in, corrected
from ocrdesk.engine.corrections.pieces import spans_of
from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.page_text import PageText, Paragraph
from ocrdesk.engine.written import HYPHENS, WORD_BEGINS, WORD_ENDS

Spans = tuple[tuple[int, int], ...]

FEWEST_LETTERS = 2
"""Of a word that is broken at the end of a line, at least this many letters stand in each of the two lines."""


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
        """A pattern for SQL's ``LIKE`` that fits all lines in which all of this is found."""
        return f"%{like(self.text)}%"

    @property
    def breaks(self) -> list[tuple[str, str, bool]]:
        """Where it may go on in the next line: what stands before and after, and whether a hyphen is set between."""
        words = self.text.split()
        found = [(" ".join(words[:count]), " ".join(words[count:]), False) for count in range(1, len(words))]
        for number, word in enumerate(words):
            before, after = " ".join([*words[:number], ""]), " ".join(["", *words[number + 1 :]])
            for place in range(FEWEST_LETTERS, len(word) - FEWEST_LETTERS + 1):
                has_hyphen = word[place - 1] in HYPHENS
                found.append((before + word[:place], word[place:] + after, not has_hyphen))
        return found

    def may_run_over(self, lines: Iterable[Line]) -> bool:
        """Whether one of some lines may begin with the rest of what another one ends with."""
        texts = [line.text.casefold() for line in lines]
        return any(
            any(text.startswith(after.casefold()) for text in texts)
            and any((text[:-1] if is_broken else text).endswith(before.casefold()) for text in texts)
            for before, after, is_broken in self.breaks
        )

    def found_in(self, text: str) -> list[tuple[int, int]]:
        """Returns where it stands in a text: beginnings and ends.

        Args:
            text: That of a line; or those of lines that follow each other, one a row.
        """
        words = r"\s+".join(map(_broken if "\n" in text else re.escape, self.text.split()))
        if self.whole_words:
            words = f"{WORD_BEGINS}{words}{WORD_ENDS}"
        return [found.span() for found in re.finditer(words, text, 0 if self.match_case else re.IGNORECASE)]


def like(text: str) -> str:
    """Returns a pattern for SQL's ``LIKE``, with a backslash as its escape, that fits a text in any case.

    ``LIKE`` knows the case of English letters alone, so that any letter may stand for one of another language.
    """
    rough = re.sub(r"([\\%_])", r"\\\1", " ".join(text.split()))
    return "".join("%" if letter.isspace() else letter if letter.isascii() else "_" for letter in rough)


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
        goes_on: The next line, if what was found last goes on there.
    """

    page_id: int
    line: Line
    found: Spans
    after: str
    written: Spans
    page_name: str = ""
    goes_on: "Place | None" = None

    @property
    def lines(self) -> list["Place"]:
        """This one, and all that it goes on in."""
        return [self, *(self.goes_on.lines if self.goes_on is not None else ())]

    @property
    def count(self) -> int:
        """How often what was looked for stands in it."""
        return sum(len(place.found) for place in self.lines) - len(self.lines) + 1

    @property
    def key(self) -> int:
        """What tells its lines from others of the page, as long as these have the same texts in the same places."""
        return hash(tuple((place.line.text, place.line.polygon) for place in self.lines))

    @property
    def change(self) -> Change:
        """What is to be kept of its first line: words that were replaced are checked, as are those that were before."""
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


def runs_of(lines: Iterable[Line], text: PageText) -> list[list[Line]]:
    """Returns lines in runs, within each of which one line follows the other: the rows of a paragraph or of a cell.

    A line that is shown otherwise, cut or joined with others, is a run of its own.

    Args:
        lines: Those of a page.
        text: They as they are read.
    """
    by_place = {(line.text, line.polygon): line for line in lines}
    runs: list[list[Line]] = []
    for block in text.blocks:
        for part in [block] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]:
            run: list[Line] = []
            for row in part.rows:
                line = by_place.pop((row[0].text, row[0].polygon), None) if len(row) == 1 else None
                if line is not None:
                    run.append(line)
                elif run:
                    runs.append(run)
                    run = []
            runs += [run] if run else []
    return runs + [[line] for line in by_place.values()]


def places_in(page_id: int, runs: Iterable[Sequence[Line]], sought: Sought, page_name: str = "") -> Iterator[Place]:
    """Returns where something is to be replaced on a page, if the text is another one with it.

    Args:
        page_id: The page.
        runs: Its lines; those of one run follow each other.
        sought: What is to be replaced.
        page_name: The name of the page.
    """
    for run in runs:
        cuts, joined = _cuts_in([line.text for line in run], sought)
        places: list[Place] = []
        for number in reversed(range(len(run))):
            if cuts[number]:
                after, written = _replaced(run[number].text, cuts[number])
                found = tuple((start, end) for start, end, _ in cuts[number])
                goes_on = places.pop() if number in joined else None
                places.append(Place(page_id, run[number], found, after, written, page_name, goes_on))
        yield from (place for place in reversed(places) if any(part.after != part.line.text for part in place.lines))


_Cuts = list[tuple[int, int, str]]
"""Where something is found in a line, begin and end, and what is written there instead."""


def _cuts_in(texts: Sequence[str], sought: Sought) -> tuple[list[_Cuts], set[int]]:
    """Returns where something is found in each of several lines, and which of them go on in the next one."""
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    cuts: list[_Cuts] = [[] for _ in texts]
    joined: set[int] = set()
    for begin, end in sought.found_in("\n".join(texts)):
        numbers = [number for number, (first, last) in enumerate(pairwise(starts)) if first < end and begin < last - 1]
        spans = [(max(begin - starts[number], 0), min(end - starts[number], len(texts[number]))) for number in numbers]
        parts = [texts[number][first:last] for number, (first, last) in zip(numbers, spans, strict=True)]
        for number, (first, last), instead in zip(numbers, spans, _spread(sought.instead, parts), strict=True):
            if len(numbers) > 1 and not instead:  # nor is the white beside it left at the edge of the line
                first = len(texts[number][:first].rstrip()) if last == len(texts[number]) else first
                last = len(texts[number]) - len(texts[number][last:].lstrip()) if first == 0 else last
            cuts[number].append((first, last, instead))
        joined.update(numbers[:-1])
    return cuts, joined


def _spread(instead: str, parts: Sequence[str]) -> list[str]:
    """Returns what is written in each of the lines over which something runs: as many words as stand there now.

    A word that is broken there stays so if it begins or ends with the same letters; else it is written in one line.

    Args:
        instead: What is written in its place.
        parts: What is found in each line.
    """
    if len(parts) == 1:
        return [instead]
    here, words, now = parts[0].split(), instead.split(), []
    is_broken = here[-1][-1] in HYPHENS and len(here[-1]) > 1
    count = len(here) - is_broken
    now, words = words[:count], words[count:]
    if is_broken and words:
        word, start, rest = words[0], here[-1][:-1], parts[1].split()[0]
        cut = len(start) if word.startswith(start) else len(word) - len(rest) if word.endswith(rest) else len(word)
        left = word[cut:].lstrip(HYPHENS)
        now.append(word[:cut] + here[-1][-1] if 0 < cut < len(word) else word)
        words = [left, *words[1:]] if 0 < cut < len(word) else words[1:]
    return [" ".join(now), *_spread(" ".join(words), parts[1:])]


def _broken(word: str) -> str:
    """Returns a pattern for a word that may be broken at the end of a line."""
    letters = [re.escape(word[0])]
    for before, letter in pairwise(word):
        letters.append((r"\n?" if before in HYPHENS else rf"(?:[{HYPHENS}]\n)?") + re.escape(letter))
    return "".join(letters)


def _replaced(text: str, cuts: _Cuts) -> tuple[str, Spans]:
    after, end, written = "", 0, []
    for start, stop, instead in cuts:
        after += text[end:start]
        written.append((len(after), len(after) + len(instead)))
        after += instead
        end = stop
    return after + text[end:], tuple(written)
