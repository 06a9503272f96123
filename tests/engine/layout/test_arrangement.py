import cProfile
import math
import random
import time
from dataclasses import replace

import pytest
from drawn_pages import ALL, standing
from drawn_pages import column as drawn_column
from fakes import line

from ocrdesk.engine.document import Line, ReadingOrder, Rule
from ocrdesk.engine.layout.arrangement import arrange


def in_reading_order(lines) -> list[Line]:
    return arrange(lines).lines


def texts(lines) -> list[str]:
    return [read.text for read in in_reading_order(lines)]


def column(name: str, left: float, count: int, top: float = 0, width: float = 200) -> list[Line]:
    return [line(f"{name}{number}", left, top + 15 * number, width, 10) for number in range(count)]


def shuffled(lines: list[Line]) -> list[Line]:
    mixed = list(lines)
    random.Random(4).shuffle(mixed)
    return mixed


def test_no_lines_give_no_lines():
    assert in_reading_order([]) == []


def test_one_line():
    assert texts([line("alone")]) == ["alone"]


def test_one_column_is_read_from_the_top_down():
    lines = column("a", 0, 12)
    assert in_reading_order(shuffled(lines)) == lines


def test_two_columns_are_read_one_after_the_other():
    left, right = column("left", 0, 8), column("right", 230, 8)
    assert in_reading_order(shuffled(left + right)) == left + right


def test_columns_whose_lines_do_not_stand_level_are_read_one_after_the_other():
    left, right = column("left", 0, 8), column("right", 230, 7, top=7)
    assert in_reading_order(shuffled(left + right)) == left + right


def test_three_columns():
    columns = column("a", 0, 6) + column("b", 230, 6) + column("c", 460, 6)
    assert in_reading_order(shuffled(columns)) == columns


def test_a_heading_across_two_columns_comes_before_both():
    heading = line("heading", 0, 0, 430, 12)
    left, right = column("left", 0, 6, top=40), column("right", 230, 6, top=40)
    assert in_reading_order(shuffled([heading, *left, *right])) == [heading, *left, *right]


def test_a_footer_across_two_columns_comes_after_both():
    left, right = column("left", 0, 6), column("right", 230, 6)
    footer = line("footer", 0, 120, 430, 12)
    assert in_reading_order(shuffled([footer, *left, *right])) == [*left, *right, footer]


def test_columns_above_and_below_a_heading_are_not_mixed():
    upper = column("a", 0, 5) + column("b", 230, 5)
    heading = line("heading", 0, 100, 430, 12)
    lower = column("c", 0, 5, top=140) + column("d", 230, 5, top=140)
    assert in_reading_order(shuffled([*upper, heading, *lower])) == [*upper, heading, *lower]


def test_the_rows_of_a_receipt_are_read_across():
    receipt = (("Bread", "2.40"), ("Milk", "1.09"), ("Apples", "3.15"), ("Sum", "6.64"))
    rows = []
    for number, (article, price) in enumerate(receipt):
        rows += [line(article, 0, 20 * number, 60, 10), line(price, 250, 20 * number + 1, 30, 10)]
    assert in_reading_order(shuffled(rows)) == rows


def test_the_rows_of_a_table_of_short_cells_are_read_across():
    rows = [
        line(f"{row}{cell}", 100 * number, 20 * row + number % 2, 40, 10)
        for row in range(5)
        for number, cell in enumerate("abc")
    ]
    assert in_reading_order(shuffled(rows)) == rows


def test_two_short_blocks_side_by_side_are_no_columns():
    rows = [line(f"{row}{side}", 230 * side, 15 * row, 200, 10) for row in range(2) for side in range(2)]
    assert in_reading_order(shuffled(rows)) == rows


def test_words_of_one_row_that_stand_a_little_higher_are_read_from_the_left():
    assert texts([line("third", 240, 0), line("second", 120, 3), line("first", 0, 2)]) == ["first", "second", "third"]


def test_pieces_of_one_line_are_joined():
    assert texts([line("third", 202, 0), line("second", 100, 3), line("first", 0, 2)]) == ["first second third"]


def test_a_watermark_over_the_lines_of_a_page_swallows_none_of_them():
    lines = column("a", 0, 12)
    mark = line("DRAFT", 20, 30, 160, 90)
    ordered = texts(shuffled([*lines, mark]))
    assert [text for text in ordered if text != "DRAFT"] == [its.text for its in lines]
    rows = [row for paragraph in arrange([*lines, mark]).blocks for row in paragraph.rows]
    assert max(map(len, rows)) <= 2


def test_words_of_different_size_are_not_one_line():
    assert texts([line("small", 100, 5), line("LARGE", 0, 0, height=20)]) == ["LARGE", "small"]


def test_a_slanted_page_keeps_its_rows():
    rows = [line(f"{row}{cell}", 60 * cell, 40 * row + 3 * cell, 40, 14) for row in range(4) for cell in range(3)]
    assert in_reading_order(shuffled(rows)) == rows


def test_the_scale_of_the_page_does_not_matter():
    left, right = column("left", 0, 8), column("right", 230, 8)
    larger = [
        Line(small.text, small.confidence, tuple((7 * x, 7 * y) for x, y in small.polygon)) for small in left + right
    ]
    assert texts(shuffled(larger)) == [small.text for small in left + right]


@pytest.mark.parametrize("order", ReadingOrder)
def test_every_line_appears_exactly_once_however_the_boxes_lie(order):
    chance = random.Random(20)
    for _ in range(100):
        lines = [
            line(
                str(number),
                chance.uniform(-10, 1000),
                chance.uniform(-10, 1000),
                chance.choice((0, 1, chance.uniform(1, 600))),
                chance.choice((0, 1, chance.uniform(1, 60), chance.uniform(1, 900))),
            )
            for number in range(chance.randrange(1, 60))
        ]
        page = arrange(lines, order)
        assert sorted(int(number) for number in page.text.split()) == list(range(len(lines)))
        assert sorted(int(number) for number in page.flowing.split()) == list(range(len(lines)))
        assert arrange(lines, order) == page


@pytest.mark.parametrize("order", ReadingOrder)
@pytest.mark.parametrize("kind", ALL)
def test_every_word_of_a_page_appears_exactly_once(kind, order):
    lines = ALL[kind]()
    page = arrange(shuffled(lines), order)
    words = sorted(word for its in lines for word in its.text.split())
    assert sorted(page.text.split()) == words
    assert sorted(word.text for its in page.lines for word in its.words) == sorted(
        word.text for its in lines for word in its.words
    )


# Ways of reading


def test_the_cells_of_a_row_are_parted_by_tabs():
    assert arrange(shuffled(ALL["receipt"]())).text.splitlines()[-1] == "Cash\t10.00"
    assert arrange(shuffled(ALL["table"]()), ReadingOrder.ROWS).text.splitlines()[:2] == [
        "Place\tYear\tVisitors", "Town 0\t1900\t0,000",
    ]  # fmt: skip


def test_columns_of_a_table_can_be_read_one_after_the_other():
    lines = arrange(shuffled(ALL["table"]()), ReadingOrder.COLUMNS).lines
    assert [its.text for its in lines[:8]] == ["Place", *(f"Town {number}" for number in range(6)), "Year"]


def test_columns_of_prose_can_be_read_across():
    lines = ALL["three_columns"]()
    first = arrange(shuffled(lines), ReadingOrder.ROWS).text.splitlines()[0].split("\t")
    assert first == [lines[0].text, lines[9].text, lines[17].text]


def test_in_a_single_column_what_stands_side_by_side_is_one_line():
    text = arrange(shuffled(ALL["form"]()), ReadingOrder.SINGLE).text
    assert text.splitlines()[0] == "Name Anna Example"
    assert "\t" not in text


def test_lines_can_be_read_as_they_were_found():
    lines = shuffled(ALL["two_columns"]())
    assert arrange(lines, ReadingOrder.DETECTED).lines == lines


def test_a_line_in_the_margin_that_was_written_across_comes_last():
    lines = [standing("Archive of the town", -40, 0, 150), *drawn_column("main", 0, 12)]
    assert texts(lines) == [its.text for its in lines[1:] + lines[:1]]


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_page_of_300_lines_takes_milliseconds(columns):
    lines = [its for number in range(columns) for its in drawn_column("a", 230 * number, 300 // columns)]
    taken = []
    for _ in range(4):  # one of them may meet with a collection of garbage
        begun = time.process_time()
        arrange(shuffled(lines))
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.1, "much more than it takes, for slow machines"


@pytest.mark.parametrize("is_ruled", [True, False])
def test_the_work_for_a_table_grows_as_its_cells_do_and_not_as_their_square(is_ruled):
    assert calls(*table(80, 16, is_ruled)) < 6 * calls(*table(40, 8, is_ruled)), "four times the cells"


def table(rows: int, columns: int, is_ruled: bool) -> tuple[list[Line], list[Rule]]:
    """Its cells and, if it is ruled, its rules."""
    wide, high = 50, 20
    cells = [line("cell", wide * column + 5, high * row + 5, 30) for row in range(rows) for column in range(columns)]
    lying = [Rule((0, high * row), (wide * columns, high * row)) for row in range(rows + 1)]
    standing = [Rule((wide * column, 0), (wide * column, high * rows)) for column in range(columns + 1)]
    return cells, lying + standing if is_ruled else []


def calls(lines: list[Line], rules: list[Rule]) -> int:
    """How many calls it takes to put a page in order: unlike seconds, they are as many each time."""
    profile = cProfile.Profile()
    profile.runcall(arrange, lines, rules=rules)
    return sum(entry.callcount for entry in profile.getstats())


def test_equal_boxes_are_all_kept():
    assert texts([line("same")] * 5) == ["same"] * 5


def test_a_page_of_a_thousand_lines_needs_no_deep_stack():
    lines = column("a", 0, 1200)
    assert in_reading_order(shuffled(lines)) == lines


@pytest.mark.parametrize("degrees", [-10, -3, 3, 10])
def test_lines_of_a_page_laid_askew_stay_in_order(degrees):
    rows = [line(f"row {number}", 40, 40 + 30 * number, 900, 24) for number in range(20)]
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    askew = [
        replace(row, polygon=tuple((x * cos - y * sin, x * sin + y * cos) for x, y in row.polygon)) for row in rows
    ]
    assert [row.text for row in in_reading_order(askew[::-1])] == [row.text for row in rows]
