"""Single cuts; whole pages are in ``test_reading_order``."""

import pytest
from fakes import polygon

from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.layout.columns import Column, joined_to_columns
from ocrdesk.engine.layout.cuts import at_band, at_change, at_free_gutters, at_headlines, gutters_between, jumping

HEIGHT = 20.0


def box(left, top, width=200.0, height=HEIGHT):
    return Box(left, top, left + width, top + height, Line("text", 1.0, polygon(left, top, width, height)))


def chain(left, count=6, *, top=100.0, width=200.0, pitch=28):
    return [box(left, top + pitch * number, width) for number in range(count)]


def columns_of(*chains) -> list[Column]:
    return joined_to_columns(chains)


def test_a_gutter_lies_in_the_widest_white_so_that_a_label_stays_at_its_column():
    left, right = chain(0), chain(300)
    labels = [box(262, 100, 20), box(262, 156, 20)]
    assert gutters_between([*left, *labels, *right], columns_of(left, right)) == [pytest.approx(231)]
    assert gutters_between([*left, *right], columns_of(left, right)) == [250]
    labels = [box(215, 100, 20)]
    assert gutters_between([*left, *labels, *right], columns_of(left, right)) == [pytest.approx(267.5)]


def test_a_line_across_says_nothing_of_where_a_gutter_lies():
    left, right = chain(0), chain(300)
    assert gutters_between([box(0, 20, 500), *left, *right], columns_of(left, right)) == [250]


def test_labels_go_with_the_column_beside_which_they_stand():
    left, right = chain(0, width=230), chain(300, width=230)
    label = box(270, 100, 20)
    first, second = at_free_gutters([*left, label, *right], columns_of(left, right), HEIGHT)
    assert any(its is label for its in second)
    assert len(first) == 6


def test_gutters_that_something_crosses_are_not_free():
    left, right = chain(0), chain(300)
    assert at_free_gutters([box(100, 20, 300), *left, *right], columns_of(left, right), HEIGHT) == []


def test_rows_of_cells_are_not_parted_though_no_line_crosses():
    names, numbers = chain(0), [its for left in (300, 420, 540) for its in chain(left, width=40)]
    assert at_free_gutters([*names, *numbers], columns_of(chain(0), chain(300, width=160)), HEIGHT) == []


def test_headlines_in_all_columns_begin_articles():
    upper, lower = [*chain(0), *chain(300)], [*chain(0, top=400), *chain(300, top=400)]
    heads = [box(0, 330, 180, 40), box(300, 330, 190, 40)]
    columns = columns_of(chain(0, 16), chain(300, 16))
    above, below = at_headlines([*upper, *heads, *lower], columns, HEIGHT)
    assert (len(above), len(below)) == (12, 14)
    assert at_headlines([*upper, heads[0], *lower], columns, HEIGHT) == []
    headings = [box(0, 330, 180, 26), box(300, 330, 190, 26)]
    assert at_headlines([*upper, *headings, *lower], columns, HEIGHT) == []


def test_columns_that_lie_over_each_other_are_parted_where_they_change():
    upper, lower = [chain(0), chain(180, width=150), chain(360)], [chain(0, top=320, width=260), chain(300, top=320)]
    boxes = [its for one in (*upper, *lower) for its in one]
    columns = [
        Column(0, 260, [upper[0], lower[0]]),
        Column(180, 330, [upper[1]]),
        Column(300, 560, [upper[2], lower[1]]),
    ]
    above, below = at_change(boxes, columns)
    assert (len(above), len(below)) == (18, 12)
    passing = Column(700, 900, [chain(700, 16)])
    assert at_change([*boxes, *passing.boxes], [*columns, passing]) == []
    assert at_change(boxes, columns_of(*upper)) == []


def test_the_tallest_band_parts_what_is_above_it_from_what_is_below():
    boxes = [box(0, 100), box(0, 140), box(0, 200), box(0, 230)]
    assert at_band(boxes) == [boxes[:2], boxes[2:]]
    assert at_band(boxes[:1]) == []
    assert at_band([box(0, 100), box(0, 110)]) == []


def test_reading_jumps_only_between_parts_that_there_are():
    assert jumping([[box(0, 0)], []]) == []
    first, second = [box(0, 0)], [box(300, 0)]
    assert jumping([first, [], second]) == [None, first, None, second, None]
