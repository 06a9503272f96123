"""Finds ruled grids: cells that rules bound on all sides, or that lie open at the edge of their grid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.ruling import Ruling, StraightRule

TOUCH = 0.6
"""Rules touch if they end so near each other, in line heights; and nearer than this, two side by side are one."""

WALL = 0.6
"""Part of the side of a cell along which a rule runs that bounds it."""


MOST_CELLS = 5_000
"""Rules that make more cells are the edges in a photo."""


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

    def in_mirror(self) -> "Grid":
        """The same as somebody sees it who reads it in the other direction."""
        last = len(self.columns) - 1
        cells = [
            replace(cell, column=last - cell.column - cell.columns, left=-cell.right, right=-cell.left)
            for cell in self.cells
        ]
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return Grid([-place for place in reversed(self.columns)], self.rows, cells)

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
    """Rules that meet, directly or by others: those that stand and those that lie of each group."""
    standing, lying = set(range(len(ruling.standing))), set(range(len(ruling.lying)))
    groups: list[tuple[list[StraightRule], list[StraightRule]]] = []
    while standing:
        uprights, levels = {standing.pop()}, set[int]()
        new = uprights
        while new:
            met = {it for it in lying if any(_meet(ruling.standing[one], ruling.lying[it], near) for one in new)}
            lying -= met
            levels |= met
            new = {it for it in standing if any(_meet(ruling.standing[it], ruling.lying[one], near) for one in met)}
            standing -= new
            uprights |= new
        groups.append(([ruling.standing[it] for it in sorted(uprights)], [ruling.lying[it] for it in sorted(levels)]))
    return groups


def _meet(upright: StraightRule, level: StraightRule, near: float) -> bool:
    if not level.begin - near <= upright.middle <= level.end + near:
        return False
    return upright.begin - near <= level.at(upright.middle) <= upright.end + near


def _grid(standing: Sequence[StraightRule], lying: Sequence[StraightRule], near: float) -> Grid | None:
    if not standing or not lying:
        return None
    columns, rows = _places(standing, lying, near), _places(lying, standing, near)
    if min(len(columns), len(rows)) < 3 or len(columns) * len(rows) > MOST_CELLS:
        return None
    upright, level = _walls(standing, columns, rows, near), _walls(lying, rows, columns, near)
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, column in product(range(len(rows) - 1), range(len(columns) - 1)):
        if (row, column) in taken:
            continue
        right = column + 1
        while right < len(columns) - 1 and (right, row) not in upright and (row, right) not in taken:
            right += 1
        below = row + 1
        while below < len(rows) - 1 and all(
            (below, it) not in level and (it == column or (it, below) not in upright) for it in range(column, right)
        ):
            below += 1
        taken.update(product(range(row, below), range(column, right)))
        bounds = columns[column], rows[row], columns[right], rows[below]
        cells.append(Cell(row, column, below - row, right - column, *bounds))
    return Grid(columns, rows, cells)


def _places(rules: Sequence[StraightRule], others: Sequence[StraightRule], near: float) -> list[float]:
    """Where rules stand, those close together once; and where those across them end, if no rule is there."""
    places: list[float] = []
    for rule in sorted(rules, key=lambda rule: rule.middle):
        if not places or rule.middle - places[-1] > near:
            places.append(rule.middle)
    first, last = min(other.begin for other in others), max(other.end for other in others)
    before, after = [first] if first < places[0] - near else [], [last] if last > places[-1] + near else []
    return [*before, *places, *after]


def _walls(
    rules: Sequence[StraightRule], places: Sequence[float], across: Sequence[float], near: float
) -> set[tuple[int, int]]:
    """Where rules run: by the number of their place, and of the row or column that they run along."""
    walls: set[tuple[int, int]] = set()
    for number, place in enumerate(places):
        here = [rule for rule in rules if abs(rule.middle - place) <= near]
        for along, (begin, end) in enumerate(pairwise(across)):
            run = sum(max(0.0, min(rule.end, end) - max(rule.begin, begin)) for rule in here)
            if run >= WALL * (end - begin):
                walls.add((number, along))
    return walls
