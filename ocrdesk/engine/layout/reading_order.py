"""Lines in the order a person reads them: columns of prose one after the other, everything else row by row.

A recursive cut (after the XY-cut of Nagy and Seth, 1984) of the page into columns and bands, in which columns are found
from the lines up. Since the columns of a table or of a receipt are read across, only columns of prose are cut, unless
told otherwise.
"""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from ocrdesk.engine.document import Line, ReadingOrder, Rule
from ocrdesk.engine.geometry import is_standing
from ocrdesk.engine.layout.boxes import Box, Frame, frame_of
from ocrdesk.engine.layout.columns import (
    FEWEST,
    NARROWEST,
    Chain,
    Column,
    chains_of,
    find_columns,
    margin_notes,
    without_merged,
)
from ocrdesk.engine.layout.cuts import (
    around,
    at_band,
    at_change,
    at_free_gutters,
    at_gutter,
    at_headlines,
    at_line_across,
    at_parting,
    below_head,
    in_columns,
    is_plain,
    jumping,
    parted_at_gutters,
    without,
)
from ocrdesk.engine.layout.gutters import Gutter, parting_gutter
from ocrdesk.engine.layout.labels import beside_labels
from ocrdesk.engine.layout.repeats import repeated_list
from ocrdesk.engine.layout.rows import Row, joined_pieces, rows_of
from ocrdesk.engine.layout.ruled import parting_rule, ruled_bands
from ocrdesk.engine.layout.ruling import Ruling, ruling_of

TALLER = 1.2
"""Blocks that stand side by side for this many times the height of the columns are parted before columns are looked
for."""

FEWEST_WIDE = 4
"""Fewer lines than this that are as wide as those of prose make no two columns."""

Part = list[Row]
"""What is read without a jump: a column, or all of a page that has none."""


def parts_of(
    lines: Sequence[Line], order: ReadingOrder = ReadingOrder.AUTO, rules: Sequence[Rule] = ()
) -> tuple[list[Part], Frame]:
    """Cuts the lines of a page into parts in reading order, their rows from the top, and tells how the page lies.

    Args:
        lines: At least one.
        order: How they are to be read; not ``DETECTED``.
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
    ruling = ruling_of(rules, frame)
    return [
        [joined_pieces(row, frame, order) for row in part] for part in _parts(boxes, frame, order, ruling)
    ] + aside, frame


def _parts(boxes: list[Box], frame: Frame, order: ReadingOrder, ruling: Ruling) -> list[Part]:
    parts: list[Part] = [[]]
    waiting: list[list[Box] | None] = [boxes]
    while waiting:
        some = waiting.pop()
        if some is None:
            parts.append([])
        elif cut := _cut(some, frame, order, ruling):
            waiting.extend(reversed(cut))
        else:
            parts[-1].extend(rows_of(some, frame.height))
    return [part for part in parts if part]


def _cut(boxes: list[Box], frame: Frame, order: ReadingOrder, ruling: Ruling) -> list[list[Box] | None]:
    """Cuts a part of a page in two or more, in reading order, None where reading jumps; nothing where it is whole."""
    if order in (ReadingOrder.ROWS, ReadingOrder.SINGLE):
        return []
    if some := ruled_bands(boxes, ruling, frame):
        return list(some)
    if gutter := parting_rule(boxes, ruling, frame, with_cells=order is ReadingOrder.COLUMNS):
        return _beside(gutter)
    if len(boxes) < 2 or not _are_any_side_by_side(boxes):
        return []
    if order is ReadingOrder.AUTO and (gutter := repeated_list(boxes, frame.height)):
        return _beside(gutter)
    chains = chains_of(boxes, frame.height)
    if order is ReadingOrder.AUTO and (gutter := beside_labels(chains, frame.height)):
        return _beside(gutter)
    may_be_prose = order is ReadingOrder.COLUMNS or _has_lines_of_prose(boxes, frame.height)
    if may_be_prose and (whole := _with_merged_parted(boxes, chains, frame, order)):
        return [whole]
    columns = find_columns(chains, frame.height, prose=order is ReadingOrder.AUTO) if may_be_prose else []
    if articles := at_headlines(boxes, columns, frame.height):
        return articles
    taller_than = 0.0 if _are_any_between(chains, columns) else TALLER * _tall(columns)
    if gutter := parting_gutter(chains, frame.height, taller_than):
        return at_parting(gutter, chains, frame.height)
    if not may_be_prose:
        return []
    if columns:
        if other_columns := at_change(boxes, columns):
            return other_columns
        whole = parted_at_gutters(boxes, columns, frame)
        if len(whole) > len(boxes):
            return [whole]
        apart = partial(at_free_gutters, columns=columns, height=frame.height)
        head, foot = around(boxes, columns)
        plain_head, plain_foot = (some if is_plain(some, frame) else [] for some in (head, foot))
        return (
            without(boxes, plain_head, plain_foot)
            or (below_head(boxes, head, frame.height, apart) if head else [])
            or jumping(apart(boxes))
            or without(boxes, head, foot)
            or at_line_across(boxes, columns)
            or jumping(in_columns(boxes, columns))
        )
    if halves := at_gutter(boxes, frame, order):
        return jumping(halves)
    if notes := margin_notes(chains, frame.height) if order is ReadingOrder.AUTO else []:
        return jumping([[box for box in boxes if not any(box is note for note in notes)], notes])
    return at_band(boxes)


def _with_merged_parted(boxes: list[Box], chains: Sequence[Chain], frame: Frame, order: ReadingOrder) -> list[Box]:
    """All lines, of which those that were found as one across a gutter are parted; nothing where no chain is of such.

    Where many were, they hide the columns: they make a chain of their own, over those on both sides of the gutter.
    """
    own = without_merged(chains, frame.height)
    if len(own) == len(chains):
        return []
    whole = parted_at_gutters(boxes, find_columns(own, frame.height, prose=order is ReadingOrder.AUTO), frame)
    return whole if len(whole) > len(boxes) else []


def _beside(gutter: Gutter) -> list[list[Box] | None]:
    """What is above a gutter, on its left and on its right, and below it."""
    beside = jumping([gutter.left, gutter.right])
    return [*([gutter.above] if gutter.above else []), *beside, *([gutter.below] if gutter.below else [])]


def _are_any_between(chains: Sequence[Chain], columns: list[Column]) -> bool:
    """Whether lines that follow each other stand between two columns, as the first cells of a table do."""
    return any(
        before.right < min(box.left for box in chain) and max(box.right for box in chain) < after.left
        for before, after in pairwise(columns)
        for chain in chains
        if len(chain) >= FEWEST
    )


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


def _has_lines_of_prose(boxes: list[Box], height: float) -> bool:
    return len(boxes) >= 2 * FEWEST and sum(box.width >= NARROWEST * height for box in boxes) >= FEWEST_WIDE


def _are_any_side_by_side(boxes: list[Box]) -> bool:
    return any(_are_side_by_side(upper, lower) for upper, lower in pairwise(sorted(boxes, key=lambda box: box.middle)))


def _are_side_by_side(upper: Box, lower: Box) -> bool:
    together = min(upper.right, lower.right) - max(upper.left, lower.left)
    return together < min(upper.width, lower.width) / 2 and lower.top < upper.bottom
