"""Words of lines in the order in which their page is read.

A reader sees one line at a time. Of one that has words in Hebrew and in Latin letters, it can only guess whether it is
read from the right as a whole; the page tells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ocrdesk.engine.direction import has_leftward, in_turns, mostly_runs_left, order_on_paper, runs_left
from ocrdesk.engine.document import Line
from ocrdesk.engine.geometry import is_standing


def as_their_page_is_read(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Returns the lines of a page, of which those with letters of both kinds are read as the page is.

    A line whose words stand where its text says stays as it is, and so does one whose words were not measured.
    """
    all_lines = tuple(lines)
    if not any(has_leftward(line.text) for line in all_lines):
        return all_lines
    page_runs_left = mostly_runs_left(line.text for line in all_lines)
    return tuple(_as_read(line, leftwards=runs_left(line.text, page_runs_left)) for line in all_lines)


def _as_read(line: Line, *, leftwards: bool) -> Line:
    spans = _spans(line)
    if len(spans) < 2 or is_standing(line.polygon) or not has_leftward(line.text):
        return line
    at = {place: number for number, place in enumerate(order_on_paper(line.text, leftwards=leftwards))}
    as_told = sorted(range(len(spans)), key=lambda number: min(at[place] for place in spans[number]))
    as_seen = sorted(range(len(spans)), key=lambda number: line.words[number].middle[0])
    if as_told == as_seen:
        return line
    seen = as_seen[::-1] if leftwards else as_seen
    order = [seen[place] for place in in_turns([line.words[number].text for number in seen], leftwards=leftwards)]
    text = line.words[order[0]].text
    for before, number in pairwise(order):
        touches = number == before + 1 and spans[before].stop == spans[number].start
        text += ("" if touches else " ") + line.words[number].text
    return replace(line, text=text, words=tuple(line.words[number] for number in order))


def _spans(line: Line) -> Sequence[range]:
    """Where the words of a line stand in its text; nothing if they are not all of it."""
    spans: list[range] = []
    end = 0
    for word in line.words:
        start = line.text.find(word.text, end)
        if start < 0 or line.text[end:start].strip():
            return ()
        end = start + len(word.text)
        spans.append(range(start, end))
    return spans if not line.text[end:].strip() else ()
