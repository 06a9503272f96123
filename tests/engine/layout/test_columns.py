"""Columns found from the lines up; whole pages are in ``test_arrangement``."""

from dataclasses import replace

import pytest
from fakes import polygon

from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.columns import (
    IN_LINE,
    are_table,
    chains_of,
    find_columns,
    in_line,
    margin_notes,
    without_merged,
)

HEIGHT = 20.0


def box(left, top, width, height=HEIGHT):
    return Box(left, top, left + width, top + height, Line("text", 1.0, polygon(left, top, width, height)))


def column(left, width=300, count=6, top=100, height=HEIGHT, pitch=28):
    return [box(left, top + pitch * number, width, height) for number in range(count)]


def test_lines_below_each_other_are_one_chain():
    lines = column(50)
    assert chains_of(lines[::-1], HEIGHT) == [lines]


@pytest.mark.parametrize(
    "other",
    [
        box(50, 400, 300),  # far below
        box(50, 268, 300, 40),  # a headline
        box(120, 268, 500),  # in from both edges
    ],
)
def test_what_is_far_larger_or_begins_and_ends_elsewhere_is_another(other):
    lines = column(50)
    assert chains_of([*lines, other], HEIGHT) == [lines, [other]]


def test_a_line_over_two_chains_goes_on_with_neither():
    left, right = column(50), column(400)
    over = box(50, 72, 650)
    assert chains_of([over, *left, *right], HEIGHT) == [[over], left, right]


def test_two_chains_of_prose_side_by_side_are_columns():
    left, right = column(50), column(400)
    columns = find_columns(chains_of([*right, *left], HEIGHT), HEIGHT)
    assert [(its.left, its.right, its.width) for its in columns] == [(50, 350, 300), (400, 700, 300)]
    assert [its.chains for its in columns] == [[left], [right]]


def test_chains_above_each_other_are_one_column():
    left, lower, right = column(50, count=4), column(50, count=4, top=280), column(400, count=11)
    first, second = find_columns(chains_of([*left, *lower, *right], HEIGHT), HEIGHT)
    assert sorted(map(len, first.chains)) == [4, 4]
    assert second.chains == [right]


@pytest.mark.parametrize(
    "right",
    [
        column(400, count=2),  # too few
        column(400, width=100),  # narrow: numbers of a table
        column(400, top=600),  # further down
        [],
    ],
)
def test_others_are_not(right):
    assert find_columns(chains_of([*column(50), *right], HEIGHT), HEIGHT) == []


def test_narrow_ones_are_columns_where_prose_is_not_asked_for():
    assert len(find_columns(chains_of([*column(50), *column(400, width=100)], HEIGHT), HEIGHT, prose=False)) == 2


def test_how_far_a_line_is_in_a_column():
    first, _ = find_columns(chains_of([*column(50), *column(400)], HEIGHT), HEIGHT)
    assert first.overlap(box(100, 0, 100)) == 100
    assert first.overlap(box(300, 0, 100)) == 50
    assert first.overlap(box(380, 0, 100)) == -30


def test_small_print_beside_a_column_is_notes_in_its_margin():
    notes = column(400, width=100, count=2, height=15, pitch=18)
    assert margin_notes(chains_of([*column(50, count=8), *notes], HEIGHT), HEIGHT) == notes


@pytest.mark.parametrize(
    "beside",
    [
        column(400, width=100, count=1, height=15),  # a label
        column(400, width=100, count=2),  # as large
        column(400, width=200, count=2, height=15, pitch=18),  # as wide as half of the column
        [],
    ],
)
def test_others_beside_it_are_none(beside):
    assert margin_notes(chains_of([*column(50, count=8), *beside], HEIGHT), HEIGHT) == []


def test_a_chain_over_two_others_is_one_of_lines_found_across_a_gutter():
    left, right, over = column(50), column(370), column(50, width=620, top=300)
    assert without_merged([left, right, over], HEIGHT) == [left, right]
    assert without_merged([left, over], HEIGHT) == [left, over]
    wide = column(50, width=320, top=300)
    assert without_merged([left, right, wide], HEIGHT) == [left, right, wide]


def named(boxes):
    return [replace(box, line=replace(box.line, text="Name")) for box in boxes]


def test_rows_in_line_are_those_of_a_table_unless_the_columns_are_alike_as_far_as_they_stand_beside_each_other():
    left = named(column(50, count=12))
    assert not are_table(left, named(column(400, count=12)), HEIGHT)
    assert not are_table(left, named(column(400, count=4, top=100 + 8 * 28)), HEIGHT)
    assert are_table(left, named(column(400, count=4, pitch=84)), HEIGHT)
    assert are_table(left, named(column(400, width=200, count=12)), HEIGHT)
    assert not are_table(left, named(column(400, count=9, top=111, pitch=41)), HEIGHT)


def test_a_headline_of_several_lines_is_no_column_that_makes_the_others_those_of_a_table():
    left, right = named(column(50, count=12)), named(column(400, count=12))
    headline = named(column(750, count=3, height=50, pitch=56))
    columns = find_columns(chains_of([*left, *right, *headline], HEIGHT), HEIGHT)
    assert [its.chains for its in columns] == [[left], [right]]


def test_columns_that_lie_over_each_other_are_not_those_of_a_table():
    left, right = named(column(50, count=12)), named(column(400, count=12))
    below = [named(column(place, width=200, count=6, top=468)) for place in (50, 290, 520)]
    columns = find_columns([left, right, *below], HEIGHT)
    assert len(columns) > 1


def test_not_every_row_stands_in_line_with_lines_set_close():
    lines = column(50, count=20, pitch=22)
    assert in_line(lines, column(400, count=14, pitch=31), HEIGHT) < IN_LINE
    assert in_line(lines, column(400, count=10, top=102, pitch=44), HEIGHT) == 1
    assert in_line(lines, column(400, count=10, top=111, pitch=44), HEIGHT) == 1  # between two lines
