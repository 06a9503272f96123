"""Where on a page it stands what was looked for."""

from collections.abc import Iterator, Sequence

from ocrdesk.engine.corrections.pieces import pieces_of
from ocrdesk.engine.document import Line
from ocrdesk.engine.geometry import Polygon, slices_of
from ocrdesk.engine.layout.page_text import PageText
from ocrdesk.engine.search.folding import FoldedWord, runs_of
from ocrdesk.engine.search.found import Hit
from ocrdesk.engine.search.query import Query, Term

Span = tuple[int, int]


def hits_on(page_id: int, text: PageText, query: Query) -> list[Hit]:
    """Returns the lines of a page in which a query is found, in reading order; none if it was found by its name alone.

    Args:
        page_id: The page.
        text: Its text as arranged, with its corrections.
        query: What is looked for.
    """
    lines = text.lines
    spans: dict[int, set[Span]] = {}
    for run in runs_of(line.text for line in lines):
        for word in _found_in(run, query.in_text):
            for mark in word.marks:
                spans.setdefault(mark.line, set()).add((mark.start, mark.end))
    return [_hit(page_id, number, lines[number], sorted(spans[number])) for number in sorted(spans)]


def _found_in(run: Sequence[FoldedWord], terms: Sequence[Term]) -> Iterator[FoldedWord]:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(run):
        places.setdefault(word.text, []).append(place)
    for term in terms:
        for way in term.ways:
            last = len(way) - 1
            if last or not term.is_prefix:
                starts = places.get(way[0], [])
            else:
                starts = [place for text in places if text.startswith(way[0]) for place in places[text]]
            for start in starts:
                there = run[start : start + len(way)]
                if len(there) == len(way) and all(
                    word.text == wanted or (term.is_prefix and number == last and word.text.startswith(wanted))
                    for number, (word, wanted) in enumerate(zip(there, way, strict=True))
                ):
                    yield from there


def _hit(page_id: int, number: int, line: Line, spans: Sequence[Span]) -> Hit:
    polygons = tuple(_polygon(line, span) for span in spans)
    return Hit(page_id, number, line.text, tuple(spans), polygons, line.polygon)


def _polygon(line: Line, span: Span) -> Polygon:
    """Returns where a part of a line is on the page."""
    start, end = span
    pieces = [piece for piece in pieces_of(line, line.polygon) if piece.start < end and start < piece.end]
    if not pieces:
        return line.polygon
    begins, ends = zip(*(piece.part(start, end) for piece in pieces), strict=True)
    return slices_of(line.polygon, [(min(begins), max(ends))])[0]
