"""Finds the lines of corrections in another reading of their page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ocrdesk.engine.corrections.overlap import Sheet, area_of, common_area
from ocrdesk.engine.corrections.pieces import ReadThere, differences, letters_of
from ocrdesk.engine.document import Correction, Line
from ocrdesk.engine.geometry import Polygon, ends_along

SHARED = 0.5
"""A line may belong to a correction if they share this much of the smaller of the two."""

SAME = 0.5
"""… and is in the same place if they share this much of both together, whatever its text."""

INSIDE = 0.8
"""A line of which this much is inside the place of a correction is a part of it, however it was misread."""

ALIKE = 0.5
"""Texts are alike if at least this share of their letters is the same, in the same order."""


def found_again(
    corrections: Iterable[Correction],
    lines: Sequence[Line],
    was: Sheet,
    now: Sheet,
    *,
    is_other_file: bool = False,
) -> list[Correction]:
    """Returns corrections with the lines of another reading that are in their places; some may have none.

    A line belongs to a correction if it lies in its place and has about the text that was read there or that the person
    wrote. Where one line lies in just that place, its text does not matter: what was corrected was misread, and may be
    misread differently.

    Args:
        corrections: Of one page.
        lines: What is read on the page now.
        was: How the page lay before.
        now: How it lies now.
        is_other_file: Whether the page is of another file now, so that the place says nothing without the text.
    """
    found = []
    for correction in corrections:
        polygon = correction.polygon if was == now else was.place_on(now, correction.polygon)
        own = _lines_of(correction, polygon, lines, is_other_file)
        follows = correction.follows and (
            correction.follows[0] if was == now else was.place_on(now, correction.follows[0]),
        )
        numbers = tuple(number for line in _in_order(own, polygon) for number in line.numbers)
        found.append(replace(correction, polygon=polygon, follows=follows, numbers=numbers))
    return found


def _lines_of(correction: Correction, polygon: Polygon, lines: Sequence[Line], is_other_file: bool) -> list[Line]:
    area = abs(area_of(polygon))
    near: list[tuple[Line, float]] = []
    same: list[Line] = []
    for line in lines:
        common = common_area(polygon, line.polygon)
        if not common:
            continue
        its_area = abs(area_of(line.polygon))
        if common < SHARED * min(area, its_area):
            continue
        near.append((line, common / its_area))
        if common >= SAME * (area + its_area - common):
            same.append(line)
    texts = [text for text in (correction.before, correction.after) if text]
    own = [
        line
        for line, inside in near
        if inside >= INSIDE or _likeness(ReadThere([line], polygon).text, texts)[1] >= ALIKE
    ]
    if own and _likeness(ReadThere(own, polygon).text, texts)[0] >= ALIKE:
        return own
    return [] if is_other_file else same


def _in_order(lines: list[Line], polygon: Polygon) -> list[Line]:
    """Returns lines in the order they are read in within a place: along it, or from the top if they are stacked."""
    ends = ends_along(polygon, [line.polygon for line in lines])
    if any((left + right) / 2 > other_left for (left, right), (other_left, _) in pairwise(sorted(ends))):
        return sorted(lines, key=lambda line: sum(y for _, y in line.polygon))
    return [line for _, line in sorted(zip(ends, lines, strict=True), key=lambda found: found[0])]


def _likeness(text: str, others: Iterable[str]) -> tuple[float, float]:
    """Returns how alike a text is to the most alike of others, and how much of it is there, both 0 to 1."""
    letters = letters_of(text)[0]
    whole = part = 0.0
    for other in others:
        its = letters_of(other)[0]
        same = sum(end - start for is_same, start, end, _, _ in differences(letters, its) if is_same)
        whole = max(whole, 2 * same / max(1, len(letters) + len(its)))
        part = max(part, same / max(1, len(letters)))
    return whole, part
