"""White between two blocks; whole pages are in ``test_arrangement``."""

import tracemalloc

import pytest
from fakes import polygon

from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.columns import chains_of
from ocrdesk.engine.layout.gutters import Gutter, parting_gutter

HEIGHT = 20.0


def box(left, top, width=200):
    return Box(left, top, left + width, top + HEIGHT, Line("text", 1.0, polygon(left, top, width, HEIGHT)))


def rows(left, count=8, *, top=100.0, pitch=28.0, width=200):
    return [box(left, top + pitch * number, width) for number in range(count)]


def gutter_of(*boxes, taller_than=0.0) -> Gutter | None:
    return parting_gutter(chains_of(boxes, HEIGHT), HEIGHT, taller_than)


def same(boxes, others) -> bool:
    return {id(box) for box in boxes} == {id(box) for box in others}


@pytest.mark.parametrize("slip", [0, 5, 10, 14, 20])
def test_blocks_whose_rows_lie_in_steps_of_their_own_are_parted_wherever_one_begins(slip):
    left, right = rows(50), rows(300, 6, top=100 + slip, pitch=38)
    gutter = gutter_of(*left, *right)
    assert same(gutter.left, left)
    assert same(gutter.right, right)
    assert (gutter.above, gutter.below) == ([], [])


@pytest.mark.parametrize("slip", [0, 5, -7, 14])
def test_rows_that_stand_in_line_or_all_as_much_higher_belong_together(slip):
    assert gutter_of(*rows(50), *rows(300, top=100 + slip)) is None


def test_a_label_beside_the_first_of_several_rows_belongs_to_them():
    assert gutter_of(*rows(50, 5, pitch=84), *rows(300, 15)) is None


@pytest.mark.parametrize(
    "right",
    [
        [box(300, 100), box(300, 137), box(300, 175)],  # too few
        rows(262, 6, pitch=38),  # the white is too narrow
        rows(300, 6, top=900, pitch=38),  # further down
    ],
)
def test_there_is_no_gutter_without_two_blocks_side_by_side(right):
    assert gutter_of(*rows(50), *right) is None


def test_what_crosses_lies_above_or_below():
    left, right = rows(50), rows(300, 6, pitch=38)
    head, foot = box(50, 40, 450), box(50, 400, 450)
    gutter = gutter_of(head, *left, *right, foot)
    assert same(gutter.above, [head])
    assert same(gutter.below, [foot])
    assert same([*gutter.left, *gutter.right], [*left, *right])


def test_lines_that_go_on_beside_the_end_of_a_gutter_are_not_torn():
    head, left, right, foot = box(50, 44, 450), rows(50, 9, pitch=38), rows(300, 12), box(50, 464, 450)
    assert gutter_of(head, *left, *right, foot) is not None
    passing = rows(600, 19, top=16)  # in line with the rows on the right
    assert gutter_of(head, *left, *right, foot, *passing) is None


def test_a_gutter_no_taller_than_columns_does_not_count():
    blocks = [*rows(50), *rows(300, 6, pitch=38)]
    assert gutter_of(*blocks, taller_than=150) is not None
    assert gutter_of(*blocks, taller_than=250) is None


def test_lines_are_compared_with_those_beside_them_and_not_with_all_of_a_table():
    assert bytes_for(80, 16) < 8 * bytes_for(40, 8), "four times the cells, twice as many beside each"


def bytes_for(count: int, columns: int) -> int:
    """The most memory taken while white is looked for in a table, which grows with the lines that are compared."""
    chains = [rows(100 * column, count, width=50) for column in range(columns)]
    tracemalloc.start()
    assert parting_gutter(chains, HEIGHT) is None
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most
