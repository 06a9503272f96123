"""Pages of each kind, read as a person reads them; what becomes of the parts is in ``test_arrangement``."""

import math
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from drawn_pages import ALL, PITCH, column, found_as_one, line, mostly_found_as_one

from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.arrangement import arrange


def texts(lines: list[Line]) -> list[str]:
    return [read.text for read in arrange(lines).lines]


def shuffled(lines: list[Line]) -> list[Line]:
    mixed = list(lines)
    random.Random(4).shuffle(mixed)
    return mixed


def laid(lines: list[Line], degrees: float, scale: float = 1, shift: float = 0) -> list[Line]:
    """The lines of a page that was laid askew, scanned larger, and moved."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def there(polygon):
        return tuple(((x * cos - y * sin) * scale + shift, (x * sin + y * cos) * scale - shift) for x, y in polygon)

    return [
        replace(
            its,
            polygon=there(its.polygon),
            words=tuple(replace(word, polygon=there(word.polygon)) for word in its.words),
        )
        for its in lines
    ]


@pytest.mark.parametrize("degrees", [-3, -1, 0, 1, 3])
@pytest.mark.parametrize("kind", ALL)
def test_a_page_of_each_kind_is_read_as_a_person_reads_it(kind, degrees):
    lines = ALL[kind]()
    assert texts(shuffled(laid(lines, degrees))) == [its.text for its in lines]


@pytest.mark.parametrize(("scale", "shift"), [(0.4, 0), (7, 0), (1, 300), (3, -900)])
@pytest.mark.parametrize("kind", ALL)
def test_neither_scale_nor_place_of_a_page_changes_its_order(kind, scale, shift):
    lines = ALL[kind]()
    assert texts(shuffled(laid(lines, 0, scale, shift))) == [its.text for its in lines]


def test_swapping_two_columns_of_prose_swaps_just_them():
    heading, left, right = line("heading", 0, -40, 430, 12), column("left", 0, 9), column("right", 230, 9)
    swapped = column("left", 230, 9), column("right", 0, 9)
    assert texts(shuffled([heading, *left, *right])) == [its.text for its in (heading, *left, *right)]
    assert texts(shuffled([heading, *swapped[0], *swapped[1]])) == [its.text for its in (heading, *right, *left)]


def test_two_lines_that_were_found_as_one_are_parted_between_their_columns():
    lines = found_as_one()
    expected = [its.text for its in column("left", 0, 8) + column("right", 212, 8)]
    assert texts(shuffled(lines)) == expected


def test_many_lines_in_a_row_that_were_found_as_one_hide_no_columns():
    expected = [its.text for its in column("left", 0, 20) + column("middle", 208, 20) + column("right", 416, 20)]
    assert texts(shuffled(mostly_found_as_one())) == expected


# Blocks side by side, one of them a little higher or lower


def moved(lines: list[Line], down: float) -> list[Line]:
    def there(polygon):
        return tuple((x, y + down) for x, y in polygon)

    return [
        replace(
            its,
            polygon=there(its.polygon),
            words=tuple(replace(word, polygon=there(word.polygon)) for word in its.words),
        )
        for its in lines
    ]


def table(left: float, rows: int, pitch: float, cells: int = 3) -> list[Line]:
    return [
        line(f"{name}{row}", left + 60 * number, pitch * row, 35)
        for row in range(rows)
        for number, name in enumerate(("Town ", "19", "7,0")[:cells])
    ]


def chinese(left: float, count: int) -> list[Line]:
    return [
        line("".join(chr(0x4E00 + (37 * number + 11 * place) % 3000) for place in range(20)), left, 15 * number, 200)
        for number in range(count)
    ]


def small_print(left: float) -> list[Line]:
    return [line(f"aside {number} of it", left, 40 + 12 * number, 90 + 4 * (number % 4), 8) for number in range(12)]


SIDE_BY_SIDE: dict[str, Callable[[], tuple[list[Line], list[Line]]]] = {
    "a table beside prose": lambda: (column("main", 0, 18), table(225, 11, 21)),
    "prose beside a table": lambda: (table(0, 11, 21), column("main", 200, 18)),
    "a narrow table beside prose": lambda: (column("main", 0, 18), table(225, 9, 26, 2)),
    "two tables": lambda: (table(0, 16, 16), table(220, 10, 24)),
    "two tables, the second one close": lambda: (table(0, 12, 22), table(175, 16, 16)),
    "a sidebar": lambda: (column("main", 0, 20, 0, 260), small_print(300)),
    "a sidebar on the left": lambda: (small_print(0), column("main", 140, 20, 0, 260)),
    "Chinese prose beside a table": lambda: (chinese(0, 16), table(230, 10, 22)),
    "a table beside Chinese prose": lambda: (table(0, 10, 22), chinese(200, 16)),
    "columns of Chinese prose": lambda: (chinese(0, 16), chinese(225, 15)),
    "columns of prose": lambda: (column("a", 0, 16), column("b", 230, 14)),
}


@pytest.mark.parametrize("down", [-10, -7.5, -5, -2.5, 0, 2.5, 5, 7.5, 10])
@pytest.mark.parametrize("blocks", SIDE_BY_SIDE)
def test_blocks_side_by_side_are_read_one_after_the_other_however_their_rows_stand(blocks, down):
    left, right = SIDE_BY_SIDE[blocks]()
    lines = left + moved(right, down)
    assert texts(shuffled(lines)) == [its.text for its in lines]


@pytest.mark.parametrize("down", [-5, -2.5, 0, 2.5, 5])
@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_caption_over_two_columns_is_read_before_them_and_whole(rows, down):
    widths = [430, 425, 180]
    caption = [line(f"Row {row} of what the table tells", 0, PITCH * row, widths[row - rows]) for row in range(rows)]
    columns = moved([*column("left", 0, 12), *column("right", 230, 12)], PITCH * rows + 8)
    lines = moved(caption, down - 5) + columns
    assert texts(shuffled(lines)) == [its.text for its in lines]


@pytest.mark.parametrize("down", [-5, 0, 5])
def test_what_stands_across_is_put_back_where_it_stands(down):
    upper = column("a", 0, 6) + column("b", 230, 6)
    across = moved([line("A quotation in large letters over both", 40, 115, 350, 18)], down)
    lower = column("c", 0, 6, 160) + column("d", 230, 6, 160)
    lines = upper + across + lower
    assert texts(shuffled(lines)) == [its.text for its in lines]
