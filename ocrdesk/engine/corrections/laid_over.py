"""Lays corrections over the lines that were read: the one place in which the two come together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from ocrdesk.engine.corrections.aligned import placed_words, with_checked
from ocrdesk.engine.corrections.pieces import Piece, ReadThere, differences, in_mirror, letters_of, pieces_of
from ocrdesk.engine.direction import runs_left
from ocrdesk.engine.document import Correction, Line
from ocrdesk.engine.geometry import Polygon


def laid_over(lines: Iterable[Line], corrections: Sequence[Correction]) -> tuple[Line, ...]:
    """Returns the lines of a page with its corrections.

    What a line has beside the places of its corrections stays: a recognizer may have joined the corrected line with
    another one. Corrections whose line was not found are left out.

    Args:
        lines: As they are stored, each with its number.
        corrections: Of the page.
    """
    read = list(lines)
    if not corrections:
        return tuple(read)
    by_number = {number: line for line in read for number in line.numbers}
    first: dict[int, list[Correction]] = {}  # by the line in whose place each of them comes
    shared: dict[int, list[Correction]] = {}
    new = []
    for correction in corrections:
        numbers = [number for number in correction.numbers if number in by_number]
        for number in numbers:
            shared.setdefault(number, []).append(correction)
        if numbers:
            first.setdefault(numbers[0], []).append(correction)
        elif not correction.before:
            new.append(correction)
    laid: list[Line] = []
    for line in read:
        number = line.numbers[0] if line.numbers else -1
        if number not in shared:
            laid.append(line)
            continue
        own_place = len(shared[number]) == 1 and _is_same(shared[number][0].polygon, line.polygon)
        parts = [] if own_place else [*_rest(line, shared[number])]
        for correction in first.get(number, ()):
            own = [by_number[number] for number in correction.numbers if number in by_number]
            parts += _corrected(correction, own)
        laid += parts if len(parts) < 2 else sorted(parts, key=lambda part: _start(part, line))
    return (*laid, *(line for correction in new for line in _corrected(correction, ())))


def _corrected(correction: Correction, own: Sequence[Line]) -> list[Line]:
    """Returns a correction as a line; none if there is no text in its place."""
    if correction.after is None or not correction.after.strip():
        return []
    text, checked = correction.after, correction.checked
    there = ReadThere(own, correction.polygon)
    if checked is not None and own:
        text, checked = with_checked(text, checked, correction.before, there.text)
    words, confidence = placed_words(text, checked, there)
    return [
        Line(
            text,
            confidence,
            correction.polygon,
            words,
            tuple(number for line in own for number in line.numbers),
            is_corrected=checked is None or bool(checked),
            corrections=(correction.id,),
        )
    ]


def _rest(line: Line, corrections: Sequence[Correction]) -> Iterator[Line]:
    """Returns what a line has beside the places of its corrections, as one line for each run of words.

    A word that is written in a correction is no rest of the line, though it may stand a bit aside.
    """
    written = " ".join(correction.after or correction.before for correction in corrections)
    letters, places = letters_of(line.text)
    parts = differences(letters, letters_of(written)[0])
    found = {places[place] for is_same, start, end, _, _ in parts if is_same for place in range(start, end)}
    along = [pieces_of(line, correction.polygon) for correction in corrections]
    run: list[int] = []
    own = pieces_of(line, line.polygon)
    for number, piece in enumerate(own):
        is_written = 2 * sum(place in found for place in range(piece.start, piece.end)) > piece.end - piece.start
        if is_written or any(pieces[number].is_inside for pieces in along):
            yield from _run(line, own, run)
            run = []
        else:
            run.append(number)
    yield from _run(line, own, run)


def _run(line: Line, own: Sequence[Piece], run: Sequence[int]) -> Iterator[Line]:
    if not run:
        return
    pieces = [own[number] for number in run]
    begin, end = min(pieces, key=_left).word.polygon, max(pieces, key=_right).word.polygon
    yield replace(
        line,
        text=line.text[pieces[0].start : pieces[-1].end],
        polygon=(begin[0], end[1], end[2], begin[3]),
        words=tuple(piece.word for piece in pieces) if line.words else (),
    )


def _is_same(one: Polygon, other: Polygon) -> bool:
    """Whether two places differ by no more than rounding."""
    pairs = zip(one, other, strict=True)
    return all(abs(x - other_x) < 0.02 and abs(y - other_y) < 0.02 for (x, y), (other_x, other_y) in pairs)


def _start(part: Line, line: Line) -> float:
    """Returns where a part of a line begins along it, in the direction in which it is read."""
    pieces = pieces_of(part, line.polygon)
    return min((piece.left for piece in (in_mirror(pieces) if runs_left(line.text) else pieces)), default=0.0)


_left, _right = attrgetter("left"), attrgetter("right")
