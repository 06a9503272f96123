"""Lines in the order a person reads them: columns of prose one after the other, everything else row by row.

A recursive cut (after the XY-cut of Nagy and Seth, 1984) of the page into columns and bands, in which columns are found
from the lines up. Since the columns of a table or of a receipt are read across, only columns of prose are cut, unless
told otherwise.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ocrdesk.engine.document import Line, Rule, is_standing
from ocrdesk.engine.layout.boxes import Box, Frame, frame_of, joined, parted
from ocrdesk.engine.layout.columns import (
    ALIKE,
    AS_MANY,
    FEWEST,
    NARROWEST,
    PITCH,
    Column,
    are_table,
    chains_of,
    find_columns,
    margin_notes,
)
from ocrdesk.engine.layout.gutters import GUTTER, Gutter, parting_gutter
from ocrdesk.engine.layout.ruled import parting_rule, ruled_bands
from ocrdesk.engine.layout.ruling import Ruling, ruling_of
from ocrdesk.engine.layout.ways import Way

PLAIN = 1.3
"""Headers and footers of a page are at most so many times as high as its usual line."""

ACROSS = 0.45
"""A line that covers so much of the width of each of two columns stands across them."""

OWN = 0.6
"""A line that has less of its width in a column is no part of it."""

ONE_LINE = 0.3
"""Pieces of a line whose boxes are no farther apart, in line heights, were cut by the detector."""

WIDER = 1.35
"""White between two words that is so many times as wide as usual in its line may be that between two columns."""

TALLER = 1.2
"""Blocks that stand side by side so many times as far as columns do are parted before columns are looked for."""

TALL = 3.0
"""A box so many times as high as the usual line stands beside several rows."""

FEWEST_WIDE = 4
"""Fewer lines than this that are as wide as those of prose make no two columns."""

Row = list[Box]
Part = list[Row]
"""What is read without a jump: a column, or all of a page that has none."""


def parts_of(lines: Sequence[Line], way: Way = Way.AUTO, rules: Sequence[Rule] = ()) -> tuple[list[Part], Frame]:
    """Cuts the lines of a page into parts in reading order, their rows from the top, and tells how the page lies.

    Args:
        lines: At least one.
        way: How they are to be read; not ``DETECTED``.
        rules: Those seen on the page.
    """
    frame = frame_of(lines)
    boxes: list[Box] = []
    aside: list[Part] = []  # in the margin, across the lines of the page
    for line in lines:
        box = frame.box(line)
        is_across = is_standing(line.polygon) != frame.is_downwards and max(box.width, box.height) > 3 * frame.height
        if is_across:
            aside.append([[box]])
        else:
            boxes.append(box)
    return [
        [_whole(row, frame, way) for row in part] for part in _parts(boxes, frame, way, ruling_of(rules, frame))
    ] + aside, frame


def _parts(boxes: list[Box], frame: Frame, way: Way, ruling: Ruling) -> list[Part]:
    parts: list[Part] = [[]]
    waiting: list[list[Box] | None] = [boxes]
    while waiting:
        some = waiting.pop()
        if some is None:
            parts.append([])
        elif cut := _cut(some, frame, way, ruling):
            waiting.extend(reversed(cut))
        else:
            parts[-1].extend(_rows(some, frame.height))
    return [part for part in parts if part]


def _cut(boxes: list[Box], frame: Frame, way: Way, ruling: Ruling) -> list[list[Box] | None]:
    """Cuts a part of a page in two or more, in reading order, None where reading jumps; nothing where it is whole."""
    if way in (Way.ROWS, Way.SINGLE):
        return []
    if some := ruled_bands(boxes, ruling, frame):
        return list(some)
    if gutter := parting_rule(boxes, ruling, frame, with_cells=way is Way.COLUMNS):
        return _beside(gutter)
    if not _may_have_columns(boxes, frame, way):
        return []
    chains = chains_of(boxes, frame.height)
    columns = find_columns(chains, frame.height, prose=way is Way.AUTO)
    if gutter := parting_gutter(chains, frame.height, TALLER * _tall(columns)):
        return _beside(gutter)
    if columns:
        whole = _parted_at_gutters(boxes, columns, frame)
        if len(whole) > len(boxes):
            return [whole]
        head, foot = _around(boxes, columns)
        plain_head, plain_foot = (some if _is_plain(some, frame) else [] for some in (head, foot))
        return (
            _without(boxes, plain_head, plain_foot)
            or _above_line_across(boxes, columns)
            or _jumping(_at_free_gutters(boxes, columns))
            or _without(boxes, head, foot)
            or _at_line_across(boxes, columns)
            or _jumping(_in_columns(boxes, columns))
        )
    if halves := _at_gutter(boxes, frame, way):
        return _jumping(halves)
    if notes := margin_notes(chains, frame.height) if way is Way.AUTO else []:
        return _jumping([[box for box in boxes if not any(box is note for note in notes)], notes])
    return _at_band(boxes)


def _beside(gutter: Gutter) -> list[list[Box] | None]:
    """What is above a gutter, on its left and on its right, and below it."""
    beside = _jumping([gutter.left, gutter.right])
    return [*([gutter.above] if gutter.above else []), *beside, *([gutter.below] if gutter.below else [])]


def _tall(columns: list[Column]) -> float:
    """How far two columns stand beside each other, in pixels, as far as their lines go on without a break."""
    return max(
        (
            sum(
                max(0.0, min(a[-1].bottom, b[-1].bottom) - max(a[0].top, b[0].top))
                for a in one.chains
                for b in other.chains
            )
            for one, other in pairwise(columns)
        ),
        default=0.0,
    )


def _jumping(parts: Sequence[list[Box]]) -> list[list[Box] | None]:
    """Parts between which reading jumps; nothing where there is one part at most."""
    if sum(map(bool, parts)) < 2:
        return []
    cut: list[list[Box] | None] = [None]
    for part in parts:
        if part:
            cut += [part, None]
    return cut


def _may_have_columns(boxes: list[Box], frame: Frame, way: Way) -> bool:
    if len(boxes) < 2 * FEWEST and way is Way.AUTO:
        return False
    if way is Way.AUTO and sum(box.width >= NARROWEST * frame.height for box in boxes) < FEWEST_WIDE:
        return False
    by_top = sorted(boxes, key=lambda box: box.middle)
    return any(_are_side_by_side(upper, lower) for upper, lower in pairwise(by_top))


def _are_side_by_side(upper: Box, lower: Box) -> bool:
    together = min(upper.right, lower.right) - max(upper.left, lower.left)
    return together < min(upper.width, lower.width) / 2 and lower.top < upper.bottom


def _parted_at_gutters(boxes: list[Box], columns: list[Column], frame: Frame) -> list[Box]:
    """Parts lines that were found as one across two columns, though each half goes on a chain of one."""
    whole: list[Box] = []
    inside = {id(box) for column in columns for chain in column.chains for box in chain}
    for box in boxes:
        over = [column for column in columns if column.overlap(box) > ACROSS * column.width]
        starts_with_one = bool(over) and abs(box.left - over[0].left) < 2 * frame.height
        if id(box) in inside or len(over) < 2 or not starts_with_one or box.height > 1.4 * frame.height:
            whole.append(box)
            continue
        gutters = [(before.right + after.left) / 2 for before, after in pairwise(over)]
        goes_on = all(_has_beside(column, box, frame.height) for column in over)
        whole += parted(box, frame, gutters) if goes_on and _has_gaps(box, frame, gutters) else [box]
    return whole


def _has_beside(column: Column, box: Box, height: float) -> bool:
    """Whether a chain of a column passes a line, or ends or begins next to it."""
    reach = PITCH * height
    return any(chain[0].top - reach < box.middle < chain[-1].bottom + reach for chain in column.chains)


def _has_gaps(box: Box, frame: Frame, gutters: Sequence[float]) -> bool:
    """Whether there is more white between the words of a line near each gutter than elsewhere in it."""
    spans = [frame.bounds(word.polygon) for word in box.line.words]
    gaps = [(max(0.0, after[0] - before[2]), (before[2] + after[0]) / 2) for before, after in pairwise(spans)]
    if not gaps:
        return False
    usual = WIDER * median(white for white, _ in gaps)
    return all(
        any(abs(middle - gutter) < frame.height and white > usual for white, middle in gaps) for gutter in gutters
    )


def _around(boxes: list[Box], columns: list[Column]) -> tuple[list[Box], list[Box]]:
    """What stands above and below all columns: headings, headers, footers."""
    inside = {id(box) for column in columns for chain in column.chains for box in chain}
    first = min(chain[0].top for column in columns for chain in column.chains)
    last = max(chain[-1].bottom for column in columns for chain in column.chains)
    head = _clear([box for box in boxes if id(box) not in inside and box.bottom <= first], boxes, 1)
    foot = _clear([box for box in boxes if id(box) not in inside and box.top >= last], boxes, -1)
    return head, foot


def _is_plain(some: list[Box], frame: Frame) -> bool:
    """Whether lines are one row in the size of the text, as headers and footers of a page are; headlines are larger."""
    is_row = bool(some) and len(_rows(some, frame.height)) == 1
    return is_row and max(box.height for box in some) <= PLAIN * frame.height


def _without(boxes: list[Box], head: list[Box], foot: list[Box]) -> list[list[Box] | None]:
    """Head, all others, and foot; nothing where there are neither."""
    outside = {id(box) for box in (*head, *foot)}
    middle = [box for box in boxes if id(box) not in outside]
    return [part for part in (head, middle, foot) if part] if outside else []


def _above_line_across(boxes: list[Box], columns: list[Column]) -> list[list[Box] | None]:
    """Cuts above the first line across columns that no column passes: it heads what is below it."""
    chains = [chain for column in columns for chain in column.chains]
    for box in _across(boxes, columns):
        is_passed = any(chain[0].middle < box.middle < chain[-1].middle for chain in chains)
        above = [other for other in boxes if other.middle < box.top]
        if above and not is_passed:
            higher = {id(other) for other in above}
            return [above, [other for other in boxes if id(other) not in higher]]
    return []


def _across(boxes: list[Box], columns: list[Column]) -> list[Box]:
    """Lines that stand across columns, from the top."""
    inside = {id(box) for column in columns for chain in column.chains for box in chain}
    return [
        box
        for box in sorted(boxes, key=lambda box: box.top)
        if id(box) not in inside and sum(column.overlap(box) > ACROSS * column.width for column in columns) > 1
    ]


def _at_free_gutters(boxes: list[Box], columns: list[Column]) -> list[list[Box]]:
    """Cuts between columns where no line crosses: articles side by side, each with its headline."""
    gutters = [(before.right + after.left) / 2 for before, after in pairwise(columns)]
    free = [gutter for gutter in gutters if not any(box.left < gutter < box.right for box in boxes)]
    parts: list[list[Box]] = [[] for _ in range(len(free) + 1)]
    for box in boxes:
        parts[sum(gutter <= box.left for gutter in free)].append(box)
    return parts if free else []


def _clear(some: list[Box], boxes: list[Box], direction: int) -> list[Box]:
    """Those with white between them and all others, across the whole part."""
    while some:
        outside = {id(box) for box in some}
        others = [box for box in boxes if id(box) not in outside]
        edge = min(box.top for box in others) if direction > 0 else max(box.bottom for box in others)
        kept = [box for box in some if (box.bottom <= edge if direction > 0 else box.top >= edge)]
        if len(kept) == len(some):
            break
        some = kept
    return some


def _at_line_across(boxes: list[Box], columns: list[Column]) -> list[list[Box] | None]:
    """Cuts above and below the first line across columns."""
    for box in _across(boxes, columns):
        above = [other for other in boxes if other is not box and other.middle < box.middle]
        below = [other for other in boxes if other is not box and other.middle >= box.middle]
        return [part for part in (above, [box], below) if part]
    return []


def _in_columns(boxes: list[Box], columns: list[Column]) -> list[list[Box]]:
    """The lines of each column, and what stands between columns: captions."""
    parts: list[list[Box]] = [[] for _ in columns]
    between: list[Box] = []
    inside = {id(box): number for number, column in enumerate(columns) for chain in column.chains for box in chain}
    for box in boxes:
        overlaps = [column.overlap(box) for column in columns]
        number = inside.get(id(box), overlaps.index(max(overlaps)))
        is_between = id(box) not in inside and 0 < overlaps[number] < OWN * box.width
        (between if is_between else parts[number]).append(box)
    return [*parts, between]


def _at_gutter(boxes: list[Box], frame: Frame, way: Way) -> list[list[Box]]:
    """Left and right of the widest gutter through the whole part that has prose on both sides, or anything."""
    best: tuple[float, int] | None = None
    by_left = sorted(boxes, key=lambda box: box.left)
    reach = by_left[0].right
    for number, box in enumerate(by_left[1:], start=1):
        gutter = box.left - reach
        is_better = best is None or gutter > best[0]
        if gutter >= GUTTER * frame.height and is_better and _both_columns(by_left, number, frame, way):
            best = (gutter, number)
        reach = max(reach, box.right)
    return [by_left[: best[1]], by_left[best[1] :]] if best else []


def _both_columns(by_left: list[Box], number: int, frame: Frame, way: Way) -> bool:
    if way is Way.COLUMNS:
        return True
    sides = by_left[:number], by_left[number:]
    if not all(_is_like_prose(side, frame.height) for side in sides):
        return False
    few, many = sorted(map(len, sides))
    return few < AS_MANY * many or not are_table(*sides, frame.height)


def _is_like_prose(side: list[Box], height: float) -> bool:
    """Whether lines are as wide as those of prose, and most of them close to each other: labels in a margin are not."""
    if len(side) < FEWEST or median(box.width for box in side) < NARROWEST * height:
        return False
    by_top = sorted(side, key=lambda box: box.top)
    return median(lower.top - upper.bottom for upper, lower in pairwise(by_top)) <= PITCH * height


def _at_band(boxes: list[Box]) -> list[list[Box] | None]:
    """Above and below the tallest white band that runs across all lines."""
    best: tuple[float, int] | None = None
    by_top = sorted(boxes, key=lambda box: box.top)
    reach = by_top[0].bottom
    for number, box in enumerate(by_top[1:], start=1):
        gap = box.top - reach
        if gap > 0 and (best is None or gap > best[0]):
            best = (gap, number)
        reach = max(reach, box.bottom)
    return [by_top[: best[1]], by_top[best[1] :]] if best else []


def _rows(boxes: list[Box], height: float) -> list[Row]:
    """Rows from the top, each from the left; a row is what stands half beside its first line.

    What is as tall as several lines, a watermark, a logo or a large initial, says nothing of where rows end.
    """
    rows: list[Row] = []
    rest = sorted(boxes, key=lambda box: box.middle)
    start = 0
    while start < len(rest):
        near = [box for box in rest[start : start + 40] if box.top <= rest[start].bottom]
        first = min([box for box in near if box.height <= TALL * height] or near, key=lambda box: box.top)
        end = start + 1
        reach = first.middle + first.height / 2
        while end < len(rest) and rest[end].middle < reach:
            end += 1
        rows.append(sorted(rest[start:end], key=lambda box: box.left))
        start = end
    return rows


def _whole(row: Row, frame: Frame, way: Way) -> Row:
    """A row with pieces of one line joined."""
    cells: list[list[Box]] = []
    for box in row:
        if cells and (way is Way.SINGLE or _goes_on(cells[-1][-1], box, frame.height)):
            cells[-1].append(box)
        else:
            cells.append([box])
    return [joined(pieces, frame) for pieces in cells]


def _goes_on(before: Box, box: Box, height: float) -> bool:
    """Whether a box is the next piece of a line: near, but not one over the other, and as high."""
    gap = box.left - before.right
    is_near = -min(before.width, box.width) / 2 < gap < ONE_LINE * height
    return is_near and max(before.height, box.height) <= ALIKE * min(before.height, box.height)
