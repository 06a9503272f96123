"""The columns of a table, found by what parts them."""

from drawn_pages import line

from ocrdesk.engine.layout.bands import bands_of
from ocrdesk.engine.layout.boxes import Box, frame_of
from ocrdesk.engine.layout.table_columns import Columns, columns_of

FRAME = frame_of([line("a", 0, 0, 50)])


def row(number: int, *spans: tuple[float, float]) -> list[Box]:
    return [FRAME.box(line("word", left, 20 * number, right - left)) for left, right in spans]


def cuts(*rows: list[Box]) -> int:
    """How many places between columns there are."""
    return len(columns_of(bands_of(rows, 10), 10).cuts)


def test_a_gap_of_one_row_alone_parts_no_columns():
    assert cuts(row(0, (0, 40), (100, 140)), row(1, (0, 30)), row(2, (0, 35))) == 0


def test_a_column_that_only_one_row_needs_is_one_where_white_is_wide():
    rows = [row(n, (0, 40), (200, 240)) for n in range(4)]
    assert cuts(*rows, row(4, (0, 40), (100, 140), (200, 240))) == 2


def test_where_many_lines_cross_a_gap_it_parts_no_columns():
    gaps = [row(n, (0, 40), (100, 140)) for n in range(3)]
    assert cuts(*gaps, row(3, (0, 120))) == 1
    assert cuts(*gaps, *(row(n, (0, 120)) for n in range(3, 5))) == 0


def test_no_column_is_empty():
    rows = [row(n, (0, 100), (180, 200)) for n in range(6)]
    rows += [row(n, (0, 20), (125, 200)) for n in (6, 7)] + [row(8, (0, 130), (180, 200)), row(9, (0, 140), (180, 200))]
    columns = columns_of(bands_of(rows, 10), 10)
    assert all(columns.cells(bands_of(rows, 10)))


def test_a_line_takes_up_the_columns_it_reaches_into_but_not_one_with_a_cell_of_its_own():
    columns = Columns([50, 100], 10)
    assert columns.span(row(0, (0, 90))[0]) == (0, 1)
    assert columns.span(row(0, (0, 52))[0]) == (0, 0)
    assert columns.spans(row(0, (0, 90), (95, 140))) == [(0, 0), (1, 2)]
