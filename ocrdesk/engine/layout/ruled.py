"""Cuts a part of a page where rules part it: bands one under the other, and what stands side by side.

A rule that stands parts columns of a page, but it also stands between the columns of a table, which is read across.
Rows of a table stand in line, and on one side at least they are single cells, or have no words of their own.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from ocrdesk.engine.layout.boxes import Box, Frame, parted
from ocrdesk.engine.layout.columns import FEWEST, IN_LINE, NARROWEST, Chain, chains_of, in_line, is_strongly_prose
from ocrdesk.engine.layout.gutters import FEWEST_ROWS, Gutter
from ocrdesk.engine.layout.ruling import Ruling, StraightRule

NEAR = 0.5
"""A line may reach over a rule by this many line heights, since its box is larger than its letters."""

ACROSS = 0.9
"""A rule parts everything above and below it if it runs along this share of their width."""

APART = 1.2
"""Lines on both sides of a rule are at least this many times as far apart as successive lines of a column."""

LEVEL = 0.5
"""Lines whose middles are no farther apart, in line heights, stand in one row."""

CLOSE, DOUBLE = 0.3, 1.5
"""Rules that stand so far from each other, in line heights, are sides of two boxes; closer ones are the same rule."""

STACKED = 2.0
"""Boxes that stand one below the other are no farther apart, in line heights."""

MOSTLY = 0.6
"""Rows count as single cells, or as having words of their own, if this share of them is or has."""


def ruled_bands(boxes: Sequence[Box], ruling: Ruling, frame: Frame) -> list[list[Box]]:
    """What is above, between and below rules that run across all of a part; nothing where there is no such rule."""
    if not ruling.lying or not boxes:
        return []
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    first, last = min(box.middle for box in boxes), max(box.middle for box in boxes)
    rules = [
        rule
        for rule in ruling.lying
        if first < rule.middle < last and min(rule.end, right) - max(rule.begin, left) >= ACROSS * (right - left)
    ]
    if not rules:
        return []
    centre, top, middle, bottom = np.array([(_centre(box), box.top, box.middle, box.bottom) for box in boxes]).T
    chains = chains_of(boxes, frame.height)
    above = np.zeros(len(boxes), np.intp)
    for rule in rules:
        place, reach = rule.at(centre), NEAR / 2 * frame.height
        runs_through = bool(((top + reach < place) & (place < bottom - reach)).any())
        if not runs_through and (_meets_one(rule, ruling, frame) or not _is_in_prose(rule, chains)):
            above += place < middle
    bands: dict[int, list[Box]] = defaultdict(list)
    for box, number in zip(boxes, above.tolist(), strict=True):
        bands[number].append(box)
    return [bands[number] for number in sorted(bands)] if len(bands) > 1 else []


def _meets_one(rule: StraightRule, ruling: Ruling, frame: Frame) -> bool:
    """Whether a rule that lies is part of a table or a frame."""
    reach = NEAR * frame.height
    return any(
        other.begin - reach <= rule.at(other.middle) <= other.end + reach
        and rule.begin - reach <= other.middle <= rule.end + reach
        for other in ruling.standing
    )


def _is_in_prose(rule: StraightRule, chains: Sequence[Chain]) -> bool:
    """Whether lines go on over a rule as if it was not there: it is a fold of the paper, or a streak of the scanner."""
    for chain in chains:
        steps = [(upper, lower, lower.middle - upper.middle) for upper, lower in pairwise(chain)]
        over = [step for upper, lower, step in steps if upper.middle < rule.at(_centre(upper)) < lower.middle]
        if len(steps) >= FEWEST and over and over[0] < APART * median(step for _, _, step in steps):
            return True
    return False


def _centre(box: Box) -> float:
    return (box.left + box.right) / 2


def parting_rule(boxes: Sequence[Box], ruling: Ruling, frame: Frame, *, with_cells: bool = False) -> Gutter | None:
    """The tallest piece of a rule that parts what stands on both sides of it, and the lines around it.

    Args:
        boxes: The lines of a part of a page.
        ruling: The rules of the page.
        frame: How the page lies.
        with_cells: Whether the columns of a table are parted as well.
    """
    if not ruling.standing or len(boxes) < 2 * FEWEST_ROWS:
        return None
    left, right = min(box.right for box in boxes), max(box.left for box in boxes)
    first, last = min(box.top for box in boxes), max(box.bottom for box in boxes)
    least = FEWEST_ROWS * frame.height
    pieces = [
        (lower - upper, rule, upper, lower)
        for rule in _stacked(ruling.standing, frame.height)
        if min(rule.end, last) - max(rule.begin, first) >= least and left < rule.middle < right
        for upper, lower in _free_pieces(rule, boxes, ruling, frame)
        if lower - upper >= least
    ]
    chains = chains_of(boxes, frame.height) if pieces else []
    for _, rule, upper, lower in sorted(pieces, key=lambda piece: piece[0], reverse=True):
        parts = _parted(boxes, rule, upper, lower, frame)
        ends = [end for end in (upper, lower) if end in (rule.begin, rule.end)]
        if not any(_is_passed(end, rule, chains, ruling, frame) for end in ends) and _are_columns(
            parts, rule, ruling, frame, with_cells or _are_sides(rule, ruling, frame.height)
        ):
            return parts
    return None


def _stacked(rules: Sequence[StraightRule], height: float) -> list[StraightRule]:
    """Rules of which those that go on below each other, as the sides of boxes in one column do, are one."""
    whole: list[StraightRule] = []
    for rule in sorted(rules, key=lambda rule: rule.begin):
        for number, upper in enumerate(whole):
            is_next = -NEAR * height < rule.begin - upper.end < STACKED * height
            if is_next and abs(rule.at_begin - upper.at_end) < NEAR * height:
                whole[number] = StraightRule(upper.begin, rule.end, upper.at_begin, rule.at_end)
                break
        else:
            whole.append(rule)
    return whole


def _free_pieces(rule: StraightRule, boxes: Sequence[Box], ruling: Ruling, frame: Frame) -> list[tuple[float, float]]:
    """Upper and lower ends of the pieces of a rule that no other rule crosses, and no line."""
    lying = [] if _are_sides(rule, ruling, frame.height) else ruling.lying
    crossed = [level.at(rule.middle) for level in lying if _reaches_over(level, rule, NEAR * frame.height)]
    for box in boxes:
        if (
            rule.begin < box.middle < rule.end
            and _side(box, rule, frame) is None
            and len(_halves(box, rule, frame)) < 2
        ):
            crossed += [box.top, box.bottom]
    inside = sorted(place for place in crossed if rule.begin < place < rule.end)
    return list(pairwise([rule.begin, *inside, rule.end]))


def _are_sides(rule: StraightRule, ruling: Ruling, height: float) -> bool:
    """Whether a rule and another close beside it are sides of boxes that stand beside each other.

    Level rules end at one of the two. Some may still run across both, where the white between the boxes was not seen.
    """
    for other in ruling.standing:
        apart = abs(other.middle - rule.middle)
        together = min(other.end, rule.end) - max(other.begin, rule.begin)
        if CLOSE * height < apart < DOUBLE * height and together > ACROSS * min(rule.length, other.length):
            ends = [end for level in ruling.lying for end in (level.begin, level.end)]
            if sum(min(abs(end - rule.middle), abs(end - other.middle)) < apart / 2 for end in ends) >= FEWEST_ROWS:
                return True
    return False


def _reaches_over(level: StraightRule, rule: StraightRule, reach: float) -> bool:
    return level.begin + reach < rule.middle < level.end - reach


def _side(box: Box, rule: StraightRule, frame: Frame) -> int | None:
    """On which side of a rule a line stands, 0 or 1; None where it stands on both."""
    place, reach = rule.at(box.middle), NEAR * frame.height
    is_left, is_right = box.right <= place + reach, box.left >= place - reach
    if is_left and is_right:
        return int(_centre(box) > place)
    return int(is_right) if is_left or is_right else None


def _halves(box: Box, rule: StraightRule, frame: Frame) -> list[Box]:
    """A line that was found as one over a rule, cut there; whole where a word stands on the rule."""
    halves = parted(box, frame, [rule.at(box.middle)])
    return halves if len(halves) == 2 and all(_side(half, rule, frame) is not None for half in halves) else [box]


def _parted(boxes: Sequence[Box], rule: StraightRule, upper: float, lower: float, frame: Frame) -> Gutter:
    parts = Gutter([], [], [], [])
    for box in boxes:
        if box.middle < upper or box.middle > lower:
            (parts.above if box.middle < upper else parts.below).append(box)
            continue
        for half in [box] if _side(box, rule, frame) is not None else _halves(box, rule, frame):
            (parts.right if _centre(half) > rule.at(half.middle) else parts.left).append(half)
    return parts


def _is_passed(end: float, rule: StraightRule, chains: Sequence[Chain], ruling: Ruling, frame: Frame) -> bool:
    """Whether a column goes on beyond an end of a rule, with no other rule there to end it; a heading does not."""
    reach = NEAR * frame.height
    if any(
        abs(level.at(rule.middle) - end) <= 2 * reach and _reaches_over(level, rule, reach) for level in ruling.lying
    ):
        return False
    beyond = [[box.middle < end for box in chain] for chain in chains]
    return any(min(sum(above), len(above) - sum(above)) >= FEWEST for above in beyond)


def _are_columns(parts: Gutter, rule: StraightRule, ruling: Ruling, frame: Frame, with_cells: bool) -> bool:
    """Whether what stands beside a rule, as far as the next ones, are wide rows on both sides, and no cells."""
    height = frame.height
    sides = [
        [box for box in side if not _is_beyond(box, rule, ruling, NEAR * height)] for side in (parts.left, parts.right)
    ]
    rows = [_rows(side, height) for side in sides]
    if min(map(len, rows)) < FEWEST_ROWS:
        return False
    if any(median(row[-1].right - row[0].left for row in its) < NARROWEST * height for its in rows):
        return False
    if with_cells or in_line(sides[0], sides[1], height) < IN_LINE:
        return True
    return not any(
        _are_cells(its) and not is_strongly_prose(side, height) for its, side in zip(rows, sides, strict=True)
    )


def _is_beyond(box: Box, rule: StraightRule, ruling: Ruling, reach: float) -> bool:
    """Whether another rule stands between a line and a rule."""
    place, centre = rule.at(box.middle), _centre(box)
    for other in ruling.standing:
        there = other.at(box.middle)
        is_beside = other.begin <= box.middle <= other.end and abs(there - place) > 2 * reach
        if is_beside and min(place, centre) < there < max(place, centre):
            return True
    return False


def _are_cells(rows: Sequence[Sequence[Box]]) -> bool:
    """Whether rows are one cell each, or figures without the words that say what they are."""
    single = sum(len(row) == 1 for row in rows)
    worded = sum(row[0].line.text[:1].isalpha() for row in rows)
    return single > MOSTLY * len(rows) or worded < MOSTLY * len(rows)


def _rows(boxes: Sequence[Box], height: float) -> list[list[Box]]:
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box.middle):
        if rows and box.middle - rows[-1][0].middle < LEVEL * height:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]
