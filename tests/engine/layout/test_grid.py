"""Cells of ruled grids."""

import pytest
from fakes import line

from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.grid import Grid, grids_of
from ocrdesk.engine.layout.ruling import Ruling, StraightRule

HEIGHT = 10.0


def rule(place: float, begin: float, end: float) -> StraightRule:
    return StraightRule(begin, end, place, place)


def grid(columns: list[float], rows: list[float]) -> Ruling:
    """All the rules of a grid without spanning cells."""
    standing = [rule(place, rows[0], rows[-1]) for place in columns]
    return Ruling(standing, [rule(place, columns[0], columns[-1]) for place in rows])


def spans(found: Grid) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.rows, cell.columns) for cell in found.cells]


def test_a_grid_has_a_cell_between_each_four_rules():
    (found,) = grids_of(grid([0, 100, 160], [0, 20, 40, 60]), HEIGHT)
    assert (found.columns, found.rows) == ([0, 100, 160], [0, 20, 40, 60])
    assert spans(found) == [(row, column, 1, 1) for row in range(3) for column in range(2)]
    last = found.cells[-1]
    assert (last.left, last.top, last.right, last.bottom) == (100, 40, 160, 60)


def test_cells_without_a_rule_between_them_are_one():
    standing = [rule(0, 0, 60), rule(100, 20, 60), rule(160, 0, 60)]
    lying = [rule(0, 0, 160), rule(20, 0, 160), rule(40, 100, 160), rule(60, 0, 160)]
    (found,) = grids_of(Ruling(standing, lying), HEIGHT)
    assert spans(found) == [(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1)]


def test_a_grid_may_be_open_at_its_edges():
    ruling = Ruling([rule(100, 5, 80)], [rule(20, 0, 160), rule(50, 0, 160)])
    (found,) = grids_of(ruling, HEIGHT)
    assert (found.columns, found.rows) == ([0, 100, 160], [5, 20, 50, 80])
    assert len(found.cells) == 6


def test_rules_need_not_quite_meet_and_double_ones_count_once():
    ruling = grid([0, 100, 103, 160], [0, 2, 40, 60])
    apart = Ruling(ruling.standing, [rule(it.at_begin, it.begin + 4, it.end - 4) for it in ruling.lying])
    (found,) = grids_of(apart, HEIGHT)
    assert len(found.cells) == 4


def test_two_grids_on_a_page_from_the_top():
    lower, upper = grid([0, 50, 100], [200, 220, 240]), grid([0, 50, 100], [0, 20, 40])
    ruling = Ruling([*lower.standing, *upper.standing], [*lower.lying, *upper.lying])
    assert [found.rows[0] for found in grids_of(ruling, HEIGHT)] == [0, 200]


@pytest.mark.parametrize(
    "ruling",
    [
        Ruling(),
        Ruling([rule(100, 0, 300)], []),
        Ruling([rule(100, 0, 300), rule(200, 0, 300)], [rule(0, 0, 300)]),  # columns under a head
        grid([0, 300], [0, 200]),  # a frame
        Ruling([rule(400, 0, 300)], [rule(50, 0, 300), rule(90, 0, 300)]),  # they do not meet
    ],
)
def test_columns_frames_and_rules_apart_are_no_grid(ruling):
    assert grids_of(ruling, HEIGHT) == []


def test_a_line_is_in_the_cell_that_holds_its_middle():
    (found,) = grids_of(grid([0, 100, 160], [0, 20, 40]), HEIGHT)
    box = Box(90, 18, 140, 30, line("over the edge"))
    assert [(cell.row, cell.column) for cell in found.cells if cell.holds(box)] == [(1, 1)]
