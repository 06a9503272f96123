"""Tables whose rows are parted by rules, and whose columns are not: what stands between two rules is one row."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ocrdesk.engine.layout.bands import bands_of
from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.grid import Cell, Grid
from ocrdesk.engine.layout.repeats import is_figure
from ocrdesk.engine.layout.rows import rows_of
from ocrdesk.engine.layout.ruling import Ruling, StraightRule
from ocrdesk.engine.layout.table_columns import Columns, columns_of

FEWEST_RULES = 4
"""Fewer rules below each other are those above, below and under the head of a table."""

AS_LONG = 1.0
"""Rules of one table begin, and end, no farther apart than this many line heights."""

FULL, MOSTLY, FEW = 0.6, 0.8, 0.1
"""Lines fill this part of the widest line of their column, and this share of them does; this share of the cells may be
of figures below each other."""

FEWEST_FILLED = 2
"""In most rows there are cells side by side."""


def open_grids(ruling: Ruling, boxes: Sequence[Box], height: float) -> list[Grid]:
    """The cells of tables without standing rules, from the top.

    Args:
        ruling: The rules of the page.
        boxes: Its lines.
        height: Its median height of a line.
    """
    grids = [_grid(stack, boxes, height) for stack in _stacks(ruling, height) if len(stack) >= FEWEST_RULES]
    return [grid for grid in grids if grid is not None]


def _stacks(ruling: Ruling, height: float) -> Iterable[list[StraightRule]]:
    """Level rules below each other that are as long as each other, with none that stands between them."""
    stacks: list[list[StraightRule]] = []
    for rule in sorted(ruling.lying, key=lambda rule: rule.middle):
        for stack in stacks:
            if max(abs(rule.begin - stack[-1].begin), abs(rule.end - stack[-1].end)) <= AS_LONG * height:
                if rule.middle - stack[-1].middle > height / 2:  # or it is the same rule, drawn double
                    stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [stack for stack in stacks if not any(_stands_in(rule, stack) for rule in ruling.standing)]


def _stands_in(rule: StraightRule, stack: Sequence[StraightRule]) -> bool:
    is_beside = stack[0].begin < rule.middle < stack[0].end
    return is_beside and min(rule.end, stack[-1].middle) > max(rule.begin, stack[0].middle)


def _grid(stack: Sequence[StraightRule], boxes: Sequence[Box], height: float) -> Grid | None:
    rows = [[box for box in boxes if _is_between(box, upper, lower)] for upper, lower in pairwise(stack)]
    inside = [box for row in rows for box in row]
    if not all(rows):
        return None
    columns = columns_of(bands_of(rows_of(inside, height), height), height)
    filled = sum(len({columns.span(box) for box in row}) >= FEWEST_FILLED for row in rows)
    if not columns.cuts or 2 * filled <= len(rows) or not _are_texts(rows, columns):
        return None
    lefts = [min(stack[0].begin, *(box.left for box in inside)), *columns.cuts]
    lefts.append(max(stack[0].end, *(box.right for box in inside)) + 1)
    tops = [rule.middle for rule in stack]
    return Grid(
        lefts, tops, [cell for number, row in enumerate(rows) for cell in _cells(number, row, columns, lefts, tops)]
    )


def _is_between(box: Box, upper: StraightRule, lower: StraightRule) -> bool:
    centre = (box.left + box.right) / 2
    return upper.begin <= centre <= upper.end and upper.at(centre) < box.middle < lower.at(centre)


def _are_texts(rows: Sequence[Sequence[Box]], columns: Columns) -> bool:
    """Whether cells of several lines are texts, whose lines fill their column but for the last, and no rows of a group.

    Figures below each other are such rows.
    """
    cells = [_by_column(row, columns) for row in rows]
    widest = {span: max(box.width for its in cells for box in its.get(span, [])) for its in cells for span in its}
    of_several = [(span, sorted(its, key=lambda box: box.middle)) for row in cells for span, its in row.items()]
    of_several = [(span, its) for span, its in of_several if len(its) > 1]
    figures = sum(sum(map(is_figure, its)) > 1 for _, its in of_several)
    filled = [box.width >= FULL * widest[span] for span, its in of_several for box in its[:-1]]
    return bool(filled) and figures <= FEW * len(of_several) and sum(filled) >= MOSTLY * len(filled)


def _by_column(row: Sequence[Box], columns: Columns) -> dict[tuple[int, int], list[Box]]:
    cells: dict[tuple[int, int], list[Box]] = {}
    for box in row:
        cells.setdefault(columns.span(box), []).append(box)
    return cells


def _cells(
    number: int, row: Sequence[Box], columns: Columns, lefts: Sequence[float], tops: Sequence[float]
) -> Iterable[Cell]:
    """The cells of a row, from the left: one where a line stands across several columns."""
    across = [columns.span(box) for box in row]
    first = 0
    for column in range(len(columns.cuts) + 1):
        if not any(begin <= column < end for begin, end in across):
            yield Cell(
                number, first, 1, column + 1 - first, lefts[first], tops[number], lefts[column + 1], tops[number + 1]
            )
            first = column + 1
