"""Finds ruled grids: cells that rules bound on all sides, or that lie open at the edge of their grid."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.ruling import Ruling, StraightRule

TOUCH = 0.6
"""Rules touch if they end so near each other, in line heights; and nearer than this, two side by side are one."""

WALL = 0.6
"""Part of the side of a cell along which a rule runs that bounds it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid, and where it stands on the page laid straight.

    Attributes:
        row: 0-based number of its first row.
        column: 0-based number of its first column.
        rows: How many rows of the grid it spans.
        columns: How many columns.
        left: In pixels, as the bounds of a ``Box``.
        top: Likewise.
        right: Likewise.
        bottom: Likewise.
    """

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, box: Box) -> bool:
        """Whether the middle of a line stands in it."""
        return self.left <= (box.left + box.right) / 2 < self.right and self.top <= box.middle < self.bottom


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells that lie without a gap in at least two rows and two columns.

    Attributes:
        columns: Where the columns begin, from the left, and where the last one ends.
        rows: Where the rows begin, from the top, and where the last one ends.
        cells: From the top, those of one row from the left.
    """

    columns: Sequence[float]
    rows: Sequence[float]
    cells: Sequence[Cell]

    def holds(self, box: Box) -> bool:
        """Whether the middle of a line stands in it."""
        across = self.columns[0] <= (box.left + box.right) / 2 < self.columns[-1]
        return across and self.rows[0] <= box.middle < self.rows[-1]


def grids_of(ruling: Ruling, height: float) -> list[Grid]:
    """The ruled grids of a page, from the top.

    Args:
        ruling: The rules of the page.
        height: The page's median height of a line.
    """
    near = TOUCH * height
    grids = [_grid(standing, lying, near) for standing, lying in _meeting(ruling, near)]
    return sorted((grid for grid in grids if grid is not None), key=lambda grid: grid.rows[0])


def _meeting(ruling: Ruling, near: float) -> list[tuple[list[StraightRule], list[StraightRule]]]:
    """Rules that meet, directly or by others, those that stand and those that lie."""
    group = list(range(len(ruling.standing) + len(ruling.lying)))
    for one, upright in enumerate(ruling.standing):
        for other, level in enumerate(ruling.lying, len(ruling.standing)):
            if _meet(upright, level, near) and group[one] != group[other]:
                kept, gone = group[one], group[other]
                group = [kept if number == gone else number for number in group]
    groups: dict[int, tuple[list[StraightRule], list[StraightRule]]] = defaultdict(lambda: ([], []))
    for number, rule in enumerate((*ruling.standing, *ruling.lying)):
        groups[group[number]][number >= len(ruling.standing)].append(rule)
    return list(groups.values())


def _meet(upright: StraightRule, level: StraightRule, near: float) -> bool:
    if not (level.begin - near <= upright.middle <= level.end + near):
        return False
    return upright.begin - near <= level.at(upright.middle) <= upright.end + near


def _grid(standing: Sequence[StraightRule], lying: Sequence[StraightRule], near: float) -> Grid | None:
    if not standing or not lying:
        return None
    columns = _places(
        [rule.middle for rule in standing], [end for rule in lying for end in (rule.begin, rule.end)], near
    )
    rows = _places([rule.middle for rule in lying], [end for rule in standing for end in (rule.begin, rule.end)], near)
    if len(columns) < 3 or len(rows) < 3:
        return None
    right_walls = {
        (row, column)
        for row, column in product(range(len(rows) - 1), range(1, len(columns) - 1))
        if _is_wall(standing, columns[column], rows[row], rows[row + 1], near)
    }
    lower_walls = {
        (row, column)
        for row, column in product(range(1, len(rows) - 1), range(len(columns) - 1))
        if _is_wall(lying, rows[row], columns[column], columns[column + 1], near)
    }
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, column in product(range(len(rows) - 1), range(len(columns) - 1)):
        if (row, column) in taken:
            continue
        wide = 1
        while column + wide < len(columns) - 1 and (row, column + wide) not in right_walls | taken:
            wide += 1
        tall = 1
        while row + tall < len(rows) - 1 and all(
            (row + tall, it) not in lower_walls | taken and (it == column or (row + tall, it) not in right_walls)
            for it in range(column, column + wide)
        ):
            tall += 1
        taken.update(product(range(row, row + tall), range(column, column + wide)))
        bounds = columns[column], rows[row], columns[column + wide], rows[row + tall]
        cells.append(Cell(row, column, tall, wide, *bounds))
    return Grid(columns, rows, cells)


def _places(middles: Sequence[float], ends: Sequence[float], near: float) -> list[float]:
    """Where rules stand, those close together once; and where a grid ends that has no rule there."""
    places: list[float] = []
    for middle in sorted(middles):
        if places and middle - places[-1] <= near:
            continue
        places.append(middle)
    if min(ends) < places[0] - near:
        places.insert(0, min(ends))
    if max(ends) > places[-1] + near:
        places.append(max(ends))
    return places


def _is_wall(rules: Sequence[StraightRule], place: float, begin: float, end: float, near: float) -> bool:
    along = sum(
        max(0.0, min(rule.end, end) - max(rule.begin, begin)) for rule in rules if abs(rule.middle - place) <= near
    )
    return along >= WALL * (end - begin)
