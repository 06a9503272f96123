"""Pages that rules part."""

import math
import random
from dataclasses import replace

import pytest
from drawn_pages import PITCH, column, line

from ocrdesk.engine.document import Line, ReadingOrder, Rule
from ocrdesk.engine.layout.arrangement import arrange

WIDE = 200
BETWEEN = WIDE + 5
"""Where the rule between two columns stands."""


def standing(x: float, top: float, bottom: float) -> Rule:
    return Rule((x, top), (x, bottom))


def lying(y: float, left: float, right: float) -> Rule:
    return Rule((left, y), (right, y))


def listed(name: str, left: float, rows: int, top: float = 0) -> list[Line]:
    """A table of its own, with a heading over every three rows; its figures stand at the right."""
    lines = []
    for number in range(rows):
        place = top + PITCH * number
        if number % 4 == 0:
            lines.append(line(f"{name}{number} of the county", left, place, 90))
        else:
            lines += [
                line(f"{name}{number} votes", left, place, 60),
                line(f"{number * 7}", left + WIDE - 20, place, 15),
            ]
    return lines


def moved(its: Line, by: float) -> Line:
    return replace(its, polygon=tuple((x + by, y) for x, y in its.polygon))


def texts(lines: list[Line], rules: list[Rule], order: ReadingOrder = ReadingOrder.AUTO) -> list[str]:
    mixed = list(lines)
    random.Random(7).shuffle(mixed)
    return [read.text for read in arrange(mixed, order, rules).lines]


def words(lines: list[Line]) -> list[str]:
    return [read.text for read in lines]


# Rules that stand


def ruled_lists(slip: float = 0) -> tuple[list[Line], list[Line]]:
    return listed("West", 0, 16), listed("East", BETWEEN + 5, 16, slip)


@pytest.mark.parametrize("slip", [0, PITCH / 2, -PITCH / 2, 4])
def test_ruled_lists_side_by_side_are_read_one_after_the_other_wherever_their_rows_stand(slip):
    left, right = ruled_lists(slip)
    rule = standing(BETWEEN, -5, 16 * PITCH)
    assert texts(left + right, [rule]) == words(left + right)


def test_without_the_rule_rows_that_stand_in_line_are_read_across():
    left, right = ruled_lists()
    right = [moved(its, -60) if its.text.isdigit() else its for its in right]  # or it would be the same list again
    rule = standing(BETWEEN, -5, 16 * PITCH)
    assert texts(left + right, [rule]) == words(left + right)
    assert texts(left + right, []) != words(left + right)


def test_three_columns_under_a_ruled_head():
    heads = [line("Bulletin of the county", 0, -45, 150), line("Page 1", 560, -45, 40)]
    blocks = [listed(name, (BETWEEN + 5) * number, 12) for number, name in enumerate(("A", "B", "C"))]
    rules = [standing(BETWEEN, -10, 180), standing(2 * BETWEEN + 5, -10, 180), lying(-10, -5, 620)]
    lines = [*heads, *blocks[0], *blocks[1], *blocks[2]]
    assert texts(lines, rules) == words(lines)


def test_a_heading_near_the_first_column_stays_above_all():
    left, right = ruled_lists()
    head = line("Results of the county", 0, -PITCH, 90)
    assert texts([head, *left, *right], [standing(BETWEEN, -2, 16 * PITCH)]) == words([head, *left, *right])


def test_a_line_found_as_one_over_a_rule_is_cut_there():
    left, right = ruled_lists()
    first, second = left[-1], right[0]
    second = line(second.text, second.polygon[0][0], first.polygon[0][1], 90)
    right = [replace(it) for it in listed("East", BETWEEN + 5, 15, -PITCH)] + [second]
    over = Line(
        f"{first.text} {second.text}",
        0.9,
        (first.polygon[0], second.polygon[1], second.polygon[2], first.polygon[3]),
        tuple(first.words) + tuple(second.words),
    )
    rule = standing(BETWEEN, -20, 16 * PITCH)
    assert texts([*left[:-1], over, *right[:-1]], [rule]) == words(left + right)


@pytest.mark.parametrize("turned", [0.5, 1, -1, 2])
def test_a_page_askew_is_parted_as_a_straight_one(turned):
    left, right = ruled_lists()
    sine, cosine = math.sin(math.radians(turned)), math.cos(math.radians(turned))

    def askew(point):
        return point[0] * cosine - point[1] * sine, point[0] * sine + point[1] * cosine

    lines = [replace(it, polygon=tuple(map(askew, it.polygon)), words=()) for it in left + right]
    rule = Rule(askew((BETWEEN, 16 * PITCH)), askew((BETWEEN, -5)))
    assert texts(lines, [rule]) == words(left + right)


# Tables stay tables


def table(*columns: tuple[str, float, float], rows: int = 10) -> list[Line]:
    """Columns by what stands in them, their left edge and the width of their widest cell."""
    return [
        line(f"{text}{number}" if text else f"{number}00", left, PITCH * number, width * (1 if number == 4 else 0.65))
        for number in range(rows)
        for text, left, width in columns
    ]


@pytest.mark.parametrize(
    ("columns", "places"),
    [
        ([("Name", 0, 110), ("Address", 120, 180)], [115]),  # a register
        ([("Goods", 0, 180), ("", 215, 20), ("", 255, 20), ("", 295, 30)], [210, 250, 290]),  # an invoice
        ([("Sum of", 0, 150), ("", 160, 40), ("", 210, 40), ("", 260, 40)], [155]),  # a statement
        ([("Station", 0, 150), ("", 160, 20), ("", 190, 40), ("", 240, 40)], [185]),  # a timetable
    ],
)
def test_the_columns_of_a_table_are_read_across_whatever_stands_between_them(columns, places):
    lines = table(*columns)
    assert texts(lines, [standing(place, -5, 10 * PITCH) for place in places]) == words(lines)


def test_a_ruled_grid_stays_a_table():
    lines = table(("Name", 0, 90), ("Trade", 160, 90), ("", 320, 40))
    rules = [standing(place, -3, 147) for place in (-5, 150, 310, 370)]
    rules += [lying(PITCH * number - 3, -5, 370) for number in range(11)]
    assert texts(lines, rules) == words(lines)


def test_told_to_read_columns_they_are_parted_at_their_rules():
    lines = table(("Name", 0, 90), ("Trade", 160, 90))
    assert texts(lines, [standing(150, -5, 150)], ReadingOrder.COLUMNS) == words(lines[::2] + lines[1::2])


@pytest.mark.parametrize("order", [ReadingOrder.ROWS, ReadingOrder.SINGLE])
def test_told_to_read_across_no_rule_parts(order):
    left, right = ruled_lists()
    assert texts(left + right, [standing(BETWEEN, -5, 240)], order) == texts(left + right, [], order)


# Rules that part nothing


def test_a_line_that_crosses_is_no_part_of_either_side():
    left, right = listed("West", 0, 8), listed("East", BETWEEN + 5, 8)
    below_left, below_right = listed("South", 0, 8, 150), listed("Far", BETWEEN + 5, 8, 150)
    head = line("Theelectionsoftheyearinallcounties", 60, 125, 300)
    lines = [*left, *right, head, *below_left, *below_right]
    assert texts(lines, [standing(BETWEEN, -5, 280)]) == words(lines)


def test_a_frame_beside_running_text_does_not_tear_it():
    main = column("main", 0, 24, 0, 260)
    frame = [standing(270, 100, 200), standing(490, 100, 200), lying(100, 270, 490), lying(200, 270, 490)]
    aside = listed("Box", 280, 6, 105)
    assert texts(main + aside, frame) == texts(main + aside, [])


def test_edges_of_the_paper_and_rules_with_nothing_beside_them_change_nothing():
    lines = column("left", 0, 12) + column("right", 230, 12)
    rules = [standing(-20, -50, 300), standing(460, -50, 300), lying(-40, -20, 460), lying(290, 100, 300)]
    assert texts(lines, rules) == words(lines)


# Boxes in columns

BOX, WHITE = 130, 9
"""How wide a box is, and how much white is between two that stand side by side."""


def boxed(name: str, left: float, counts: list[int]) -> tuple[list[Line], list[Rule]]:
    """Advertisements one below the other, each in a box of its own, with a name over it and a number below."""
    lines, rules, top = [], [], 0.0
    for number, count in enumerate(counts):
        its = [
            line(f"{name}{number}{row} boats and nets", left + 6, 0, BOX - 12 - 9 * (row % 3)) for row in range(count)
        ]
        texts = [
            line(f"{name}{number} sale", left + 35, 0, 60),
            *its,
            line(f"{name}{number} call 117", left + 30, 0, 70),
        ]
        lines += [
            line(t.text, t.polygon[0][0], top + 5 + PITCH * row, t.polygon[1][0] - t.polygon[0][0])
            for row, t in enumerate(texts)
        ]
        bottom = top + 5 + PITCH * len(texts)
        rules += [lying(y, left, left + BOX) for y in (top, bottom)]
        rules += [standing(x, top, bottom) for x in (left, left + BOX)]
        top = bottom + 5
    return lines, rules


def columns_of_boxes(*counts: list[int]) -> tuple[list[Line], list[Rule]]:
    lines, rules = zip(*(boxed("ABC"[n], n * (BOX + WHITE), its) for n, its in enumerate(counts)), strict=True)
    return [it for its in lines for it in its], [it for its in rules for it in its]


def joined(rules: list[Rule]) -> list[Rule]:
    """Rules as they are seen where the white between two boxes is not: those at one height are one."""
    level: dict[float, list[Rule]] = {}
    for rule in rules:
        if not rule.is_standing:
            level.setdefault(rule.begin[1], []).append(rule)
    whole = [lying(y, min(its.begin[0] for its in some), max(its.end[0] for its in some)) for y, some in level.items()]
    return [rule for rule in rules if rule.is_standing] + whole


COUNTS = ([3, 6, 4, 2], [5, 2, 4, 4], [2, 4, 4, 5])


def test_boxes_below_each_other_are_columns_though_no_side_of_one_goes_down_the_page():
    lines, rules = columns_of_boxes(*COUNTS)
    assert texts(lines, rules) == words(lines)


def test_so_are_they_where_rules_at_one_height_were_seen_as_one():
    lines, rules = columns_of_boxes(*COUNTS)
    assert texts(lines, joined(rules)) == words(lines)


@pytest.mark.parametrize("counts", [([4, 4], [3, 5]), ([4, 1, 5, 6], [1, 2, 1, 5]), ([2, 2, 1, 6], [3, 3, 6, 4, 3])])
def test_the_white_between_boxes_is_no_column_of_a_table(counts):
    lines, rules = columns_of_boxes(*counts)
    assert texts(lines, joined(rules)) == words(lines)


# Rules that lie


def test_a_rule_across_columns_parts_what_is_above_from_what_is_below():
    above = column("a", 0, 6) + column("b", 230, 6)
    below = column("c", 0, 6, 6.5 * PITCH) + column("d", 230, 6, 6.5 * PITCH)
    assert texts(above + below, [lying(6 * PITCH, 0, 430)]) == words(above + below)


def test_a_fold_of_the_paper_between_two_lines_parts_nothing():
    lines = column("left", 0, 12) + column("right", 230, 12)
    assert texts(lines, [lying(6 * PITCH - 2, -20, 450)]) == words(lines)


def test_the_rows_of_a_ruled_table_are_parted_however_close_they_stand():
    cells = [
        line(f"{word}{number} of the town", left, PITCH * number, 90 - 20 * (number % 3))
        for number in range(9)
        for word, left in (("Name", 0), ("Trade", 110))
    ]
    rules = [standing(100, -5, 135), *(lying(PITCH * number - 3, -5, 200) for number in range(10))]
    assert texts(cells, rules) == words(cells)


def test_a_rule_in_one_column_parts_nothing():
    left, right = column("left", 0, 12), column("right", 230, 12)
    assert texts(left + right, [lying(6 * PITCH - 2, 0, 200)]) == words(left + right)


def test_no_rules_and_lines_on_the_side_alone():
    assert texts([line("up", 0, 0, 10, 80)], [lying(5, 0, 9)]) == ["up"]
