"""Tables whose rows are parted by rules and whose columns are not, each drawn."""

import math
from dataclasses import replace

import pytest
from drawn_pages import PITCH, column, line

from ocrdesk.engine.document import Line, Rule
from ocrdesk.engine.layout.arrangement import arrange

LEFTS, WIDE = (0, 80, 240, 400), 480
STEP = 12

COUNTS = ((1, 1, 1, 1), (1, 2, 2, 1), (1, 3, 2, 1), (1, 2, 2, 1), (2, 1, 3, 1), (1, 2, 1, 1))
"""Lines in each cell of a row."""

WIDTHS = (60, 140, 150, 50)


def table(top: float = 0) -> tuple[list[Line], list[Rule], list[list[str]]]:
    """A table with a rule above each row, read cell by cell: its lines, its rules and the texts of its cells."""
    lines, rules, rows, place = [], [], [], top
    for row, counts in enumerate(COUNTS):
        rules.append(Rule((0, place), (WIDE, place)))
        texts = [[f"{'abcd'[cell]}{row}{number} of it" for number in range(count)] for cell, count in enumerate(counts)]
        for cell, its in enumerate(texts):
            for number, text in enumerate(its):
                wide = WIDTHS[cell] * (0.5 if number == len(its) - 1 else 1 - 0.1 * (number % 2))
                lines.append(line(text, LEFTS[cell], place + 3 + STEP * number, wide))
        rows.append([" ".join(its) for its in texts])
        place += 6 + STEP * max(counts)
    return lines, [*rules, Rule((0, place), (WIDE, place))], rows


def turned(lines: list[Line], rules: list[Rule], degrees: float) -> tuple[list[Line], list[Rule]]:
    sin, cos = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return point[0] * cos - point[1] * sin, point[0] * sin + point[1] * cos

    laid = [replace(its, polygon=tuple(map(at, its.polygon)), words=()) for its in lines]
    return laid, [Rule(at(rule.begin), at(rule.end)) for rule in rules]


@pytest.mark.parametrize("degrees", [0, 1.2, -1.2])
def test_what_stands_between_two_rules_is_one_row_read_cell_by_cell(degrees):
    lines, rules, rows = table()
    above, below = column("above", 0, 4, -80, WIDE), column("below", 0, 4, 260, WIDE)
    laid, its = turned([*above, *lines[::-1], *below], rules, degrees)
    text = arrange(laid, rules=its)
    assert [[" ".join(cell.texts) for cell in row] for found in text.tables for row in found.rows] == rows
    assert [its.text for its in text.lines] == [its.text for its in (*above, *lines, *below)]


def test_without_the_rules_the_rows_are_not_told():
    lines, _, rows = table()
    text = arrange(lines)
    assert [[" ".join(cell.texts) for cell in row] for found in text.tables for row in found.rows] != rows


def test_rules_between_groups_of_rows_leave_them_rows():
    """Names, and figures below each other."""
    lines, rules, place = [], [], 0
    for group in range(4):
        rules.append(Rule((0, place), (WIDE, place)))
        for row in range(3):
            lines += [line(f"name {group}{row}", 0, place + 3, 60), line(f"{group}{row}5", 240, place + 3, 20)]
            lines.append(line(f"{row}.{group}0", 400, place + 3, 24))
            place += PITCH
        place += 4
    rules.append(Rule((0, place), (WIDE, place)))
    assert [its.text for its in arrange(lines, rules=rules).lines] == [its.text for its in lines]


def test_a_life_in_years_under_headings_stays_in_rows():
    """Each of what stands beside the years of a curriculum begins with them."""
    lines, rules, place = [], [], 0
    for part in range(4):
        rules.append(Rule((0, place), (WIDE, place)))
        lines.append(line(f"Part {part} of it", 0, place + 4, 90))
        for year in range(3):
            place += 1.4 * PITCH
            lines.append(line(f"{1990 + year}-{1991 + year}", 0, place + 4, 60))
            lines.append(line(f"What was done in {part}{year}", 120, place + 4, 150 + 60 * (year % 2)))
        place += 1.6 * PITCH
    rules.append(Rule((0, place), (WIDE, place)))
    assert [its.text for its in arrange(lines, rules=rules).lines] == [its.text for its in lines]


def test_notices_in_two_columns_between_rules_are_read_column_by_column():
    lines, rules, place = [], [], 0
    for notice in range(4):
        rules.append(Rule((0, place), (WIDE, place)))
        lines += [*column(f"l{notice}", 0, 8, place + 6, 220), *column(f"r{notice}", 250, 8, place + 6, 220)]
        place += 8 * PITCH + 12
    rules.append(Rule((0, place), (WIDE, place)))
    text = arrange(lines, rules=rules)
    assert [its.text for its in text.lines] == [its.text for its in lines]
    assert text.tables == []
