"""What a person does to lines, as the corrections that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, dist, pi, sin

from ocrdesk.engine.corrections.pieces import in_mirror, pieces_of
from ocrdesk.engine.direction import runs_left
from ocrdesk.engine.document import Correction, Line
from ocrdesk.engine.geometry import Polygon, is_standing, slices_of


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be kept and what it stands for.

    Attributes:
        corrections: What is to be kept.
        instead_of: The numbers of earlier corrections that these replace.
    """

    corrections: tuple[Correction, ...]
    instead_of: tuple[int, ...] = ()


def corrected(line: Line, text: str | None, checked: Sequence[tuple[int, int]] | None = None) -> Change:
    """Gives a line another text.

    Args:
        line: The line, as it is shown.
        text: Its text; None: there is no text here.
        checked: The parts of the text that the person wrote or looked at; None: all of it.
    """
    spans = None if checked is None else tuple(checked)
    return Change((Correction(line.polygon, text, line.numbers, line.text, spans),), line.corrections)


def accepted(line: Line, spans: Sequence[tuple[int, int]] | None = None) -> Change:
    """Says that words of a line are right; None: all of it."""
    return corrected(line, line.text, None if spans is None else sorted({*checked_in(line), *spans}))


def replaced(line: Line, start: int, end: int, text: str) -> Change:
    """Gives a part of a line another text, which counts as checked; what a person checked elsewhere in it stays so.

    Args:
        line: The line, as it is shown.
        start: Where the part begins in its text.
        end: Where it ends there.
        text: What is written there instead, on one line; empty: there is no text there.
    """
    text = " ".join(text.split())
    before, after = line.text[:start], line.text[end:]
    if not text and (before.endswith(" ") or not before):
        after = after.removeprefix(" ")
    if not (before + after).strip() and not text:
        return corrected(line, None)
    by = len(before) + len(text) + len(after) - len(line.text)
    checked = [span for span in checked_in(line) if span[1] <= start]
    checked += [(start, start + len(text))] if text else []
    checked += [(a + by, b + by) for a, b in checked_in(line) if a >= end]
    whole = (before + text + after).rstrip()
    return corrected(line, whole, checked)


def new_line(polygon: Polygon, text: str) -> Change:
    """Adds a line where none was read."""
    return Change((Correction(polygon, text),))


def withdrawn(*found: Line | Correction) -> Change:
    """Puts lines back as they were read, or withdraws corrections, of which some are on no line."""
    ids = ((it.id,) if isinstance(it, Correction) else it.corrections for it in found)
    return Change((), tuple(number for some in ids for number in some))


def put_on(correction: Correction, line: Line) -> Change:
    """Gives a line the text of a correction whose own line was not found."""
    change = corrected(line, correction.after)
    return Change(change.corrections, (*change.instead_of, correction.id))


def merged(lines: Sequence[Line], between: str = " ") -> Change:
    """Makes one line of several, in their order."""
    text, checked = "", []
    for line in lines:
        text += between if text else ""
        checked += [(len(text) + start, len(text) + end) for start, end in checked_in(line)]
        text += line.text
    numbers = tuple(dict.fromkeys(number for line in lines for number in line.numbers))
    whole = Correction(_around([line.polygon for line in lines]), text, numbers, text, tuple(checked))
    return Change((whole,), withdrawn(*lines).instead_of)


def split(line: Line, place: int) -> Change:
    """Makes two lines of one.

    Args:
        line: The line.
        place: Where in its text the second one begins.
    """
    pieces = pieces_of(line, line.polygon)
    if is_leftwards := runs_left(line.text):
        pieces = in_mirror(pieces)
    before = [piece.right for piece in pieces if piece.end <= place]
    after = [piece.left for piece in pieces if piece.start >= place]
    cut = ((max(before) if before else place / len(line.text)) + (min(after) if after else place / len(line.text))) / 2
    halves = []
    ends = [(1 - cut, 1), (0, 1 - cut)] if is_leftwards else [(0, cut), (cut, 1)]
    for polygon, start, end in zip(slices_of(line.polygon, ends), (0, place), (place, len(line.text)), strict=True):
        text = line.text[start:end]
        start += len(text) - len(text.lstrip())
        spans = tuple((a - start, b - start) for a, b in checked_in(line) if start <= a and b <= end)
        halves.append(Correction(polygon, text.strip(), line.numbers, text, spans))
    return Change(tuple(halves), line.corrections)


def moved(line: Line, behind: Line | None) -> Change:
    """Moves a line in the reading order behind another one; None: it is the first of the page."""
    correction = Correction(
        line.polygon, line.text, line.numbers, line.text, checked_in(line), (behind.polygon,) if behind else ()
    )
    return Change((correction,), line.corrections)


def checked_in(line: Line) -> tuple[tuple[int, int], ...]:
    """Returns the parts of a line that a person has checked."""
    if not line.is_corrected:
        return ()
    if not line.words:
        return ((0, len(line.text)),) if line.confidence == 1 else ()
    return tuple((piece.start, piece.end) for piece in pieces_of(line, line.polygon) if piece.word.confidence == 1)


def _around(polygons: Sequence[Polygon]) -> Polygon:
    """Returns the smallest polygon around lines that is as slanted as the longest of them."""
    a, b, c, d = max(polygons, key=lambda polygon: max(dist(polygon[0], polygon[1]), dist(polygon[0], polygon[3])))
    slope = atan2(c[1] - d[1] + b[1] - a[1], c[0] - d[0] + b[0] - a[0])
    if is_standing((a, b, c, d)):
        slope = atan2(d[1] - a[1] + c[1] - b[1], d[0] - a[0] + c[0] - b[0]) - pi / 2
    sine, cosine = sin(slope), cos(slope)
    straight = [(x * cosine + y * sine, y * cosine - x * sine) for polygon in polygons for x, y in polygon]
    xs, ys = zip(*straight, strict=True)
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    one, two, three, four = (
        (x * cosine - y * sine, x * sine + y * cosine)
        for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))
    )
    return one, two, three, four
