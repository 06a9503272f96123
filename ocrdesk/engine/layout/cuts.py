"""The ways in which a part of a page is cut, once it is known which columns stand in it.

Each gives parts in reading order, with None where reading jumps from one to the next, or nothing where it does not
apply; ``reading_order`` knows which one goes before which.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from ocrdesk.engine.document import ReadingOrder
from ocrdesk.engine.layout.boxes import Box, Frame, parted
from ocrdesk.engine.layout.columns import (
    AS_MANY,
    FEWEST,
    HEADLINE,
    IN_LINE,
    NARROWEST,
    PITCH,
    Chain,
    Column,
    are_table,
    in_line,
    joined_to_columns,
    lie_over_each_other,
)
from ocrdesk.engine.layout.gutters import GUTTER, Gutter
from ocrdesk.engine.layout.rows import rows_of

PLAIN = 1.3
"""Headers and footers of a page are at most this many times as high as its median line."""

ACROSS = 0.45
"""A line that covers this share of the width of each of two columns stands across them."""

OWN = 0.6
"""A line that has less of its width in a column is no part of it."""

LEVEL_TOPS = 2.0
"""The first lines of columns that begin at the same height are no farther apart than this many line heights."""

DENSE = 0.75
"""Rows of prose fill at least this share of the width, even in several columns."""

WIDER = 1.35
"""White between two words that is this many times as wide as usual in its line may be the gutter between two
columns."""


def parted_at_gutters(boxes: list[Box], columns: list[Column], frame: Frame) -> list[Box]:
    """Parts lines that were found as one across two columns, though each half goes on a chain of one.

    Lines that a person merged stay one.
    """
    whole: list[Box] = []
    inside = {id(box) for column in columns for chain in column.chains for box in chain}
    for box in boxes:
        over = [] if id(box) in inside else [its for its in columns if its.overlap(box) > ACROSS * its.width]
        starts_with_one = len(over) > 1 and abs(box.left - over[0].left) < 2 * frame.height
        is_merged = len(box.line.numbers) > 1
        if not starts_with_one or box.height > 1.4 * frame.height or is_merged:
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
    spans = frame.word_spans(box.line)
    gaps = [(max(0.0, after[0] - before[1]), (before[1] + after[0]) / 2) for before, after in pairwise(spans)]
    if not gaps:
        return False
    usual = WIDER * median(white for white, _ in gaps)
    return all(
        any(abs(middle - gutter) < frame.height and white > usual for white, middle in gaps) for gutter in gutters
    )


def around(boxes: list[Box], columns: list[Column]) -> tuple[list[Box], list[Box]]:
    """What stands above and below all columns: headings, headers, footers."""
    inside = {id(box) for column in columns for chain in column.chains for box in chain}
    first = min(chain[0].top for column in columns for chain in column.chains)
    last = max(chain[-1].bottom for column in columns for chain in column.chains)
    head = _clear([box for box in boxes if id(box) not in inside and box.bottom <= first], boxes, 1)
    foot = _clear([box for box in boxes if id(box) not in inside and box.top >= last], boxes, -1)
    return head, foot


def is_plain(some: list[Box], frame: Frame) -> bool:
    """Whether lines are one row in the size of the text, as headers and footers of a page are; headlines are larger."""
    is_row = bool(some) and len(rows_of(some, frame.height)) == 1
    return is_row and max(box.height for box in some) <= PLAIN * frame.height


def without(boxes: list[Box], head: list[Box], foot: list[Box]) -> list[list[Box] | None]:
    """Head, all others, and foot; nothing where there are neither."""
    outside = {id(box) for box in (*head, *foot)}
    middle = [box for box in boxes if id(box) not in outside]
    return [part for part in (head, middle, foot) if part] if outside else []


def _across(boxes: list[Box], columns: list[Column]) -> list[Box]:
    """Lines that stand across columns, from the top."""
    inside = {id(box) for column in columns for chain in column.chains for box in chain}
    return [
        box
        for box in sorted(boxes, key=lambda box: box.top)
        if id(box) not in inside and sum(column.overlap(box) > ACROSS * column.width for column in columns) > 1
    ]


def at_parting(gutter: Gutter, chains: Sequence[Chain], height: float) -> list[list[Box] | None]:
    """Cuts at a gutter between blocks that have nothing to do with each other, below what heads both."""
    blocks = [gutter.left, gutter.right]
    columns = []
    for block in blocks:
        inside = {id(box) for box in block}
        own = [chain for chain in chains if len(chain) >= FEWEST and id(chain[0]) in inside]
        own = own or [[box for box in block if box.height <= PLAIN * height] or block]
        columns.append(Column(min(box.left for box in block), max(box.right for box in block), own))
    head, _ = around([*gutter.left, *gutter.right], columns)
    beside = below_head(
        [*gutter.left, *gutter.right],
        head,
        height,
        lambda some: [[box for box in block if any(box is one for one in some)] for block in blocks],
    )
    return [*([gutter.above] if gutter.above else []), *beside, *([gutter.below] if gutter.below else [])]


def below_head(
    boxes: list[Box], head: list[Box], height: float, apart: Callable[[list[Box]], list[list[Box]]]
) -> list[list[Box] | None]:
    """Cuts off as few rows of a head as leave a gutter that nothing crosses, and cuts there.

    What is left of the head are the headings of what stands below each of them: articles, boxes, figures. So there is
    one over each part, unless that begins farther down than the others.

    Args:
        boxes: Those of the part.
        head: What stands above all columns.
        height: The page's median height of a line.
        apart: Parts some of the boxes at gutters; nothing where none is free.
    """
    rows = rows_of(head, height)
    for count in range(len(rows) + 1):
        above = [box for row in rows[:count] for box in row]
        taken = {id(box) for box in above}
        parts = apart([box for box in boxes if id(box) not in taken])
        headings = [box for row in rows[count:] for box in row]
        if parts and (not headings or _are_all_headed(parts, headings, height)):
            return [*([above] if above else []), *jumping(parts)]
    return []


def _are_all_headed(parts: list[list[Box]], headings: list[Box], height: float) -> bool:
    """Whether headings stand close over each part that does not begin farther down than others."""
    are_headings = {id(box) for box in headings}
    tops = [min((box.top for box in part if id(box) not in are_headings), default=inf) for part in parts]
    begins = [min(box.top for box in part) for part in parts if any(id(box) in are_headings for box in part)]
    if max(begins) > min(begins) + LEVEL_TOPS * height:
        return False  # one stands far over the others
    for top, part in zip(tops, parts, strict=True):
        lowest = max((box for box in part if id(box) in are_headings), key=lambda box: box.bottom, default=None)
        is_level = top <= min(tops) + LEVEL_TOPS * height
        if is_level and (lowest is None or top - lowest.bottom > PITCH * max(height, lowest.height)):
            return False
    return True


def at_headlines(boxes: list[Box], columns: list[Column], height: float) -> list[list[Box] | None]:
    """Cuts at the first white band below which a headline stands in every column: there other articles begin."""
    by_top = sorted(boxes, key=lambda box: box.top)
    has_headlines = any(box.height > HEADLINE * height for box in boxes)
    for _, number in _bands(by_top) if columns and has_headlines else ():
        first = [next((box for box in by_top[number:] if its.overlap(box) > 0), None) for its in columns]
        if all(box and box.height > HEADLINE * height and box.top < by_top[number].bottom for box in first):
            return [by_top[:number], by_top[number:]]
    return []


def at_free_gutters(boxes: list[Box], columns: list[Column], height: float) -> list[list[Box]]:
    """Cuts between columns where no line crosses: articles side by side, each with its headline."""
    free = [
        gutter for gutter in gutters_between(boxes, columns) if not any(box.left < gutter < box.right for box in boxes)
    ]
    parts: list[list[Box]] = [[] for _ in range(len(free) + 1)]
    for box in boxes:
        parts[sum(gutter <= box.left for gutter in free)].append(box)
    apart = parts[:1]
    for part in parts[1:]:
        if apart[-1] and part and _are_rows_of_cells(apart[-1], part, height):
            apart[-1] = apart[-1] + part
        else:
            apart.append(part)
    return apart if len(apart) > 1 else []


def _are_rows_of_cells(one: list[Box], other: list[Box], height: float) -> bool:
    """Whether rows side by side stand in line, and those of one side are mostly white, as rows of a table are."""
    return any(_are_mostly_white(side, height) for side in (one, other)) and in_line(one, other, height) >= IN_LINE


def _are_mostly_white(side: list[Box], height: float) -> bool:
    wide = max(box.right for box in side) - min(box.left for box in side)
    if median(box.width for box in side) >= DENSE * wide:
        return False  # one column: no need to look at its rows
    return median(map(_filled, rows_of(side, height))) < DENSE


def _filled(row: list[Box]) -> float:
    """Which part of the width of a row is filled by what stands in it."""
    return sum(box.width for box in row) / max(1.0, max(box.right for box in row) - row[0].left)


def gutters_between(boxes: list[Box], columns: list[Column]) -> list[float]:
    """The middle of the widest white between each two columns: a label or a number stands at the column it is of."""
    gutters = []
    for before, after in pairwise(columns):
        begin, end = (before.left + before.right) / 2, (after.left + after.right) / 2
        spans = [
            (box.left, box.right)
            for box in boxes
            if before.left <= box.left and box.right <= after.right and not box.left < begin < end < box.right
        ]
        widest, place, reach = 0.0, (before.right + after.left) / 2, before.left
        for left, right in sorted(spans):
            middle = (reach + left) / 2
            if left - reach > widest and begin < middle < end:
                widest, place = left - reach, middle
            reach = max(reach, right)
        gutters.append(place)
    return gutters


def jumping(parts: Sequence[list[Box]]) -> list[list[Box] | None]:
    """Parts between which reading jumps; nothing where there is one part at most."""
    if sum(map(bool, parts)) < 2:
        return []
    cut: list[list[Box] | None] = [None]
    for part in parts:
        if part:
            cut += [part, None]
    return cut


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


def at_line_across(boxes: list[Box], columns: list[Column]) -> list[list[Box] | None]:
    """Cuts above and below the first line across columns."""
    for box in _across(boxes, columns):
        above = [other for other in boxes if other is not box and other.middle < box.middle]
        below = [other for other in boxes if other is not box and other.middle >= box.middle]
        return [part for part in (above, [box], below) if part]
    return []


def in_columns(boxes: list[Box], columns: list[Column]) -> list[list[Box]]:
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


def at_gutter(boxes: list[Box], frame: Frame, order: ReadingOrder) -> list[list[Box]]:
    """Left and right of the widest gutter through the whole part that has prose on both sides, or anything."""
    best: tuple[float, int] | None = None
    by_left = sorted(boxes, key=lambda box: box.left)
    reach = by_left[0].right
    for number, box in enumerate(by_left[1:], start=1):
        gutter = box.left - reach
        is_better = best is None or gutter > best[0]
        if gutter >= GUTTER * frame.height and is_better and _both_columns(by_left, number, frame, order):
            best = (gutter, number)
        reach = max(reach, box.right)
    return [by_left[: best[1]], by_left[best[1] :]] if best else []


def _both_columns(by_left: list[Box], number: int, frame: Frame, order: ReadingOrder) -> bool:
    if order is ReadingOrder.COLUMNS:
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


def at_band(boxes: list[Box]) -> list[list[Box] | None]:
    """Above and below the tallest white band that runs across all lines."""
    by_top = sorted(boxes, key=lambda box: box.top)
    _, number = max(_bands(by_top), default=(0.0, 0))
    return [by_top[:number], by_top[number:]] if number else []


def at_change(boxes: list[Box], columns: list[Column]) -> list[list[Box] | None]:
    """Where columns lie over each other: above and below the tallest band on each side of which none do."""
    if not _lie_over_each_other(columns):
        return []
    chains = [chain for column in columns for chain in column.chains]
    by_top = sorted(boxes, key=lambda box: box.top)
    for _, number in sorted(_bands(by_top), reverse=True):
        edge = by_top[number].top
        above = [chain for chain in chains if chain[0].top < edge]
        if any(chain[-1].top >= edge for chain in above):
            continue  # what goes on below a band does not change there
        upper = joined_to_columns(above)
        lower = joined_to_columns([chain for chain in chains if chain[0].top >= edge])
        if upper and lower and not _lie_over_each_other(upper) and not _lie_over_each_other(lower):
            return [by_top[:number], by_top[number:]]
    return []


def _lie_over_each_other(columns: Sequence[Column]) -> bool:
    return any(lie_over_each_other(before, after) for before, after in pairwise(columns))


def _bands(by_top: Sequence[Box]) -> Iterator[tuple[float, int]]:
    """White bands that run across all lines: how tall each is, and the number of the first line below it."""
    reach = by_top[0].bottom
    for number, box in enumerate(by_top):
        if box.top > reach:
            yield box.top - reach, number
        reach = max(reach, box.bottom)
