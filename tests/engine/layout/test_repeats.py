"""Lists that go on beside themselves."""

import math
import random
from dataclasses import replace

import pytest
from drawn_pages import PITCH, line

from ocrdesk.engine.document import Line, ReadingOrder
from ocrdesk.engine.layout.arrangement import arrange

LISTS = 260
"""From where one list begins to where the next does."""


def prices(name: str, left: float, rows: int, top: float = 0) -> list[Line]:
    """Number, article and price, the last at the right edge of its column."""
    lines = []
    for number in range(rows):
        place, price = top + PITCH * number, f"{number}.{10 + 7 * number % 90}"
        lines += [
            line(f"{1000 + 37 * number}", left, place, 24),
            line(f"{name}{number} of iron", left + 40, place, 30 + 7 * (number % 5)),
            line(price, left + 220 - 6 * len(price), place, 6 * len(price)),
        ]
    return lines


def turned(lines: list[Line], degrees: float) -> list[Line]:
    sin, cos = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return [
        replace(its, polygon=tuple((x * cos - y * sin, x * sin + y * cos) for x, y in its.polygon)) for its in lines
    ]


def read(lines: list[Line], order: ReadingOrder = ReadingOrder.AUTO) -> list[str]:
    mixed = list(lines)
    random.Random(7).shuffle(mixed)
    return [its.text for its in arrange(mixed, order).lines]


def words(*lists: list[Line]) -> list[str]:
    return [its.text for lines in lists for its in lines]


@pytest.mark.parametrize("degrees", [0, 1, -1])
@pytest.mark.parametrize("slip", [0, 3, 7])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_price_list_in_columns_is_read_column_by_column(count, slip, degrees):
    lists = [
        prices(name, LISTS * number, 14 - number, slip * (number % 2)) for number, name in enumerate("abcd"[:count])
    ]
    title = [line("Prices of the year", LISTS, -60, 120, 14)]
    lines = [*title, *(its for one in lists for its in one)]
    assert read(turned(lines, degrees)) == words(lines)


def test_headings_over_each_list_are_read_with_it():
    heads = [line(f"{name} article", LISTS * number, -18, 70) for number, name in enumerate(("First", "Second"))]
    lists = [prices("a", 0, 10), prices("b", LISTS, 10)]
    wanted = words([heads[0], *lists[0]], [heads[1], *lists[1]])
    assert read([*heads, *lists[0], *lists[1]]) == wanted


def test_a_table_whose_columns_only_resemble_each_other_is_read_across():
    """Years with a number and a price each, after the articles that both are of."""
    rows = [
        [
            line(f"a{number} of iron", 0, PITCH * number, 70),
            *(
                line(f"{year}{number}{what}", LISTS * year + 60 * what, PITCH * number, 24)
                for year in (1, 2)
                for what in (0, 1)
            ),
        ]
        for number in range(12)
    ]
    assert read([its for row in rows for its in row]) == words(*rows)


def test_lists_with_other_columns_are_read_across():
    left = prices("a", 0, 12)
    right = [line(f"b{number} of tin", LISTS, PITCH * number, 50) for number in range(12)]
    rows = [[*left[3 * number : 3 * number + 3], right[number]] for number in range(12)]
    assert read([its for row in rows for its in row]) == words(*rows)


@pytest.mark.parametrize(("heads", "is_list"), [(("Price", "Price"), True), (("Quantity", "Price"), False)])
def test_heads_of_figures_tell_a_list_that_goes_on_from_a_table_of_two_things(heads, is_list):
    lists = [prices(name, LISTS * number, 12, 18) for number, name in enumerate("ab")]
    for number, (lines, head) in enumerate(zip(lists, heads, strict=True)):
        lines[:0] = [
            line("Number", LISTS * number, 0, 24),
            line("Article", LISTS * number + 40, 0, 40),
            line(head, LISTS * number + 220 - 40, 0, 40),
        ]
    rows = [[*lists[0][3 * number : 3 * number + 3], *lists[1][3 * number : 3 * number + 3]] for number in range(13)]
    assert read([its for one in lists for its in one]) == (words(*lists) if is_list else words(*rows))


def test_few_rows_are_no_list_that_had_to_go_on():
    left, right = prices("a", 0, 5), prices("b", LISTS, 5)
    rows = [[*left[3 * number : 3 * number + 3], *right[3 * number : 3 * number + 3]] for number in range(5)]
    assert read([its for row in rows for its in row]) == words(*rows)


def test_a_line_over_both_lists_between_their_rows_keeps_them_a_table():
    left, right = prices("a", 0, 12), prices("b", LISTS, 12)
    rows = [[*left[3 * number : 3 * number + 3], *right[3 * number : 3 * number + 3]] for number in range(12)]
    across = line("What follows is only sold by the dozen, and not to children", 100, PITCH * 12, 300)
    below = [
        [
            *prices("c", 0, 12, PITCH * 13)[3 * number : 3 * number + 3],
            *prices("d", LISTS, 12, PITCH * 13)[3 * number : 3 * number + 3],
        ]
        for number in range(12)
    ]
    wanted = words(*rows, [across], *below)
    assert read([its for row in (*rows, [across], *below) for its in row]) == wanted


def test_it_is_read_across_where_a_person_wants_rows():
    left, right = prices("a", 0, 8), prices("b", LISTS, 8)
    rows = [[*left[3 * number : 3 * number + 3], *right[3 * number : 3 * number + 3]] for number in range(8)]
    assert read([its for row in rows for its in row], ReadingOrder.ROWS) == words(*rows)
