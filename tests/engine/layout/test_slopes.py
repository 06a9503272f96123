import math
import random
from dataclasses import replace

import pytest
from drawn_pages import cells, line

from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.arrangement import arrange
from ocrdesk.engine.layout.slopes import Fall, fall_of

NAMES = ("Bread, brown", "Milk", "Apples and pears", "Cheese from the hills", "Salt", "Oil of olives", "Eggs", "Tea")


def bent(lines: list[Line], sag: float, slope: float = 0.0, width: float = 300) -> list[Line]:
    """Lines on paper whose middle hangs down, each in the straight box that a detector would set around it."""
    laid = []
    for its in lines:
        left, right = its.polygon[0][0], its.polygon[1][0]
        own = slope + 4 * sag * (1 - (left + right) / width) / width
        low = slope * (left + right) / 2 + 4 * sag * (left + right) / 2 / width * (1 - (left + right) / 2 / width)
        polygon = tuple((x, y + low + own * (x - (left + right) / 2)) for x, y in its.polygon)
        laid.append(replace(its, polygon=polygon, words=()))
    return laid


def receipt() -> list[Line]:
    rows = [[name, f"{number}.50"] for number, name in enumerate(NAMES)]
    return [its for row in range(8) for its in cells([rows[row]], [0, 270], [7 * len(NAMES[row]), 30], 13 * row)]


def test_no_lines_fall_nowhere():
    assert fall_of([]) == Fall()


@pytest.mark.parametrize("slope", [-0.02, 0, 0.02])
@pytest.mark.parametrize("sag", [-14, -8, -4, 4, 8, 14])
def test_the_bend_of_a_page_is_found(sag, slope):
    fall = fall_of(bent(receipt(), sag, slope))
    assert fall.bend == pytest.approx(-4 * sag / 300**2, rel=0.1)
    assert fall.slope == pytest.approx(slope, abs=0.003)


@pytest.mark.parametrize("slope", [-0.02, 0, 0.02])
@pytest.mark.parametrize("sag", [-14, -8, -4, 4, 8, 14])
def test_rows_of_a_receipt_on_bent_paper_are_read_across(sag, slope):
    lines = receipt()
    assert [its.text for its in arrange(bent(lines, sag, slope)).lines] == [its.text for its in lines]


def test_a_line_keeps_its_form_where_it_is_laid_flat():
    lines = bent(receipt(), 14)
    (_, top), (_, right_top), *_ = fall_of(lines).laid_straight(lines[0].polygon)
    assert top == pytest.approx(right_top, abs=0.2)


def test_a_page_whose_words_lean_one_way_and_the_other_is_flat():
    chance = random.Random(3)
    lines = []
    for its in receipt():
        (left, top), (right, _), (_, low), _ = its.polygon
        lean = chance.gauss(0, 0.6)
        lines.append(replace(its, polygon=((left, top), (right, top + lean), (right, low + lean), (left, low))))
    assert fall_of(lines).bend == 0


def test_a_few_lines_do_not_tell_that_a_page_is_bent():
    assert fall_of(bent([line("A word", 0, 0, 60), line("another", 240, 0, 60)], 8)).bend == 0


@pytest.mark.parametrize("degrees", [-1.5, -0.7, 0.7, 1.5])
def test_a_few_long_lines_tell_the_slope_of_a_page_of_short_words(degrees):
    """The boxes of short words lie level whatever the page does."""
    slope = math.tan(math.radians(degrees))
    lines = [line("ab", 40 * (row % 3), 20 * row, 12) for row in range(20)]
    level = [
        replace(its, polygon=tuple((x, y + slope * its.polygon[0][0]) for x, y in its.polygon), words=())
        for its in lines
    ]
    long = [
        replace(its, polygon=tuple((x, y + slope * x) for x, y in its.polygon), words=())
        for its in (line("a sentence that runs over all of the page", 0, 420 + 20 * row, 500) for row in range(4))
    ]
    assert fall_of([*level, *long]).slope == pytest.approx(slope, abs=0.004)
