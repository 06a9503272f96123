"""Rows of lines that reach into each other."""

from drawn_pages import line

from ocrdesk.engine.layout.bands import MOST, bands_of
from ocrdesk.engine.layout.boxes import Box, frame_of

FRAME = frame_of([line("a", 0, 0, 50)])


def box(left: float, top: float, high: float = 10) -> Box:
    return FRAME.box(line("word", left, top, 50, high))


def sizes(*rows: list[Box]) -> list[int]:
    """How many rows each band is made of."""
    return [len(band.rows) for band in bands_of(rows, 10)]


def test_a_row_beside_the_middle_of_two_others_is_one_with_them():
    assert sizes([box(0, 0)], [box(100, 6)], [box(0, 12)], [box(0, 40), box(100, 40)]) == [3, 1]


def test_rows_over_each_other_are_apart_however_close():
    assert sizes([box(0, 0, 14), box(100, 0, 14)], [box(0, 8, 14)], [box(0, 16, 14), box(100, 16, 14)]) == [1, 1, 1]


def test_columns_whose_lines_never_stand_in_line_are_no_row():
    rows = [[box(100 * (number % 2), 6 * number)] for number in range(MOST + 2)]
    assert sizes(*rows) == [1] * (MOST + 2)


def test_a_band_knows_its_rows_and_the_white_in_it():
    first, second = bands_of([[box(0, 0), box(100, 0)], [box(0, 40), box(30, 40)]], 10)
    assert (first.first, first.end, second.first, second.end) == (0, 1, 1, 2)
    assert (first.spans, second.spans) == (((0, 50), (100, 150)), ((0, 80),))
