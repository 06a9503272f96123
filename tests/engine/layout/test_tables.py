"""Tables among the lines of a page, each drawn: which rows are one, and what stands in which cell."""

import pytest
from drawn_pages import HIGH, PITCH, cells, column, line, newspaper, three_columns, two_columns

from ocrdesk.engine.document import ReadingOrder
from ocrdesk.engine.layout.arrangement import arrange

PRICES = [["Bread", "2", "3.85"], ["Olive oil", "1", "14.60"], ["Cheese", "12", "7.20"], ["Wine", "3", "110.00"]]
LEFTS, WIDTHS = [0, 150, 250], [60, 10, 30]


def grid(lines, order=ReadingOrder.AUTO):
    """The tables of a page, rows of cells."""
    return [[[shown(cell) for cell in row] for row in table.rows] for table in arrange(lines, order).tables]


def shown(cell):
    """The lines of a cell parted by slashes; of a wide one how many columns it takes up."""
    return " / ".join(its.text for its in cell.lines) + (f" <{cell.columns}>" if cell.columns > 1 else "")


def right_aligned(rows, rights, top=0.0, letter=6.0):
    """A table whose first column begins, and whose others end, at one place."""
    return [
        line(text, 0 if not number else right - letter * len(text), top + 20 * row, letter * len(text))
        for row, texts in enumerate(rows)
        for number, (text, right) in enumerate(zip(texts, rights, strict=True))
        if text
    ]


def test_rows_whose_cells_stand_in_columns_are_a_table():
    assert grid(cells(PRICES, LEFTS, WIDTHS)) == [PRICES]


@pytest.mark.parametrize("scale", [0.4, 1, 3, 7])
def test_the_size_of_a_page_means_nothing(scale):
    lines = [
        line(its.text, *(scale * place for place in its.polygon[0]), scale * len(its.text) * 6, scale * HIGH)
        for its in cells(PRICES, LEFTS, WIDTHS)
    ]
    assert grid(lines) == [PRICES]


def test_numbers_under_each_other_by_their_right_edges_are_a_column():
    rows = [["North", "1,039", "429"], ["South and islands", "191,517", "26,393"], ["East", "9", "1,110,539"]]
    assert grid(right_aligned(rows, [0, 200, 300])) == [rows]


def test_an_empty_cell_keeps_its_place():
    rows = [["Age", "", "0.716"], ["under 69", "1.000", ""], ["over 69", "0.839", ""], ["Gender", "", "0.142"]]
    head = [["Variable", "Ratio", "p value"]]
    assert grid(cells(head + rows, LEFTS, [60, 40, 40])) == [head + rows]


def test_a_heading_over_two_columns_takes_up_both():
    head = [line("Sales of the year", 150, 0, 130)]
    (table,) = grid([*head, line("Region", 0, 0, 50), *cells(PRICES, LEFTS, WIDTHS, 20)])
    assert table == [["Region", "Sales of the year <2>"], *PRICES]


def test_a_heading_between_rows_does_not_end_a_table():
    lines = [*cells(PRICES, LEFTS, WIDTHS), line("On other days of the week", 40, 80, 150)]
    (table,) = grid(lines + cells(PRICES, LEFTS, WIDTHS, 100))
    assert table == [*PRICES, ["On other days of the week <2>", ""], *PRICES]


def test_text_between_two_tables_parts_them():
    first, second = cells(PRICES, LEFTS, WIDTHS), cells(PRICES, LEFTS, WIDTHS, 165)
    text = arrange([*first, *column("text", 0, 4, 90, 275), *second])
    assert [len(table.rows) for table in text.tables] == [4, 4]
    assert text.blocks.index(text.tables[0]) == 0
    assert [its.text.split()[0] for its in text.blocks[1].lines] == ["text0", "text1", "text2", "text3"]


def test_white_parts_two_tables():
    below = cells(PRICES, LEFTS, WIDTHS, 80 + 6 * HIGH)
    assert grid([*cells(PRICES, LEFTS, WIDTHS), *below]) == [PRICES, PRICES]


def test_full_rows_are_rows_however_close_they_stand():
    tops = [0.0, 14, 40, 54, 80, 94]
    lines = [its for top in tops for its in cells([["Bread", str(int(top) + 10), "3.85"]], LEFTS, WIDTHS, top)]
    (table,) = grid(lines)
    assert len(table) == 6


def test_a_word_that_goes_on_in_the_next_row_of_lines_is_in_the_same_cell():
    below = [line("143", 0, 80, 20), line("The white rock at Mar-", 40, 80, 100), line("120", 250, 100, 20)]
    below += [line("seille", 40, 100, 40)]
    numbered = [[str(n), f"A view of lake {n}", "200"] for n in range(4)]
    lines = cells(numbered, [0, 40, 250], [20, 90, 20]) + below
    (table,) = grid(lines)
    assert table[-1] == ["143", "The white rock at Mar- / seille", "120"]


def test_a_currency_stands_in_the_cell_of_its_number():
    rows = [["North", "$", "1,039"], ["South", "", "191"], ["East", "", "359"], ["Sum", "$", "1,589"]]
    (table,) = grid(cells(rows, [0, 100, 200], [50, 6, 30]))
    assert table == [["North", "$ / 1,039"], ["South", "191"], ["East", "359"], ["Sum", "$ / 1,589"]]


def test_names_and_prices_of_a_receipt_are_a_table():
    lines = [line("CORNER SHOP", 80, -40, 70), line("12 Harbour Road", 70, -20, 90)]
    rows = [["Bread", "2.40"], ["Milk", "1.15"], ["TOTAL", "3.55"]]
    assert grid(lines + right_aligned(rows, [0, 200])) == [rows]


def test_two_rows_of_two_are_no_table():
    assert grid(cells([["To", "From"], ["Ada", "Charles"]], [0, 200], [40, 50])) == []


@pytest.mark.parametrize("lines", [two_columns(), three_columns(), newspaper(), column("a", 0, 12)], ids=len)
def test_prose_is_no_table(lines):
    assert grid(lines) == []


@pytest.mark.parametrize("label", ["{}.", "({})", "•", "{}"])
def test_a_list_with_labels_apart_is_no_table(label):
    lines = []
    for number in range(12):
        lines += [line(label.format(number + 1), 0, PITCH * number, 12)]
        lines += [line(f"Of the harbour dues and tolls, part {number}", 30, PITCH * number, 200 - 7 * (number % 5))]
    assert grid(lines) == []


def test_a_page_read_in_rows_has_tables_too():
    assert grid(cells(PRICES, LEFTS, WIDTHS), ReadingOrder.ROWS) == [PRICES]
    for order in (ReadingOrder.SINGLE, ReadingOrder.DETECTED):
        assert grid(cells(PRICES, LEFTS, WIDTHS), order) == []


def test_lines_of_one_cell_stand_closer_than_rows():
    names = ["Harbour office", "Fish market", "Old town"]
    lines = []
    for number, name in enumerate(names):
        first, second = name.split()
        top = 40.0 * number
        lines += [line(first, 0, top, 60), line("12", 150, top, 12), line("34.50", 250, top, 30)]
        lines += [line(second, 0, top + 12, 60)]
    assert grid(lines) == [[[" / ".join(name.split(" ", 1)), "12", "34.50"] for name in names]]


def test_a_cell_beside_the_middle_of_a_cell_of_two_lines_is_in_its_row():
    lines = []
    for number in range(4):
        top = 40.0 * number
        lines += [line(f"first{number}", 0, top, 60), line(f"second{number}", 0, top + 12, 60)]
        lines += [line(f"1{number}", 150, top + 6, 12), line(f"3{number}.50", 250, top + 6, 30)]
    assert grid(lines) == [[[f"first{n} / second{n}", f"1{n}", f"3{n}.50"] for n in range(4)]]


def test_words_in_the_margin_of_prose_are_no_table():
    lines = column("main", 120, 18, 0, 300)
    for number, text in {0: "Boundaries", 5: "Harbour dues", 11: "Fisheries", 15: "Tolls"}.items():
        lines.append(line(text, 0, PITCH * number, 80))
    assert grid(lines) == []


def test_text_beside_and_below_a_table_is_parted_as_if_it_were_none():
    below = column("text", 0, 6, 100, 300)
    assert arrange([*cells(PRICES, LEFTS, WIDTHS), *below]).blocks[1:] == arrange(below).blocks


def test_cells_that_were_found_as_one_line_are_parted_where_the_columns_are():
    rows = [[str(350 + n), f"A view of the old lake {n}", "2000"] for n in range(6)]
    lines = cells(rows, [0, 40, 250], [20, 150, 25])
    merged = [its for its in lines if its.polygon[0][1] != 60]
    merged += [line("353   A view of the old lake 3", 0, 60, 190), line("2000", 250, 60, 25)]
    assert grid(merged) == [rows]


def test_a_heading_that_stands_across_columns_stays_whole():
    lines = [*cells(PRICES, LEFTS, WIDTHS), line("Of    other days", 110, 80, 66), *cells(PRICES, LEFTS, WIDTHS, 100)]
    (table,) = grid(lines)
    assert table[4] == ["", "Of    other days", ""]


def test_a_long_label_before_a_cell_is_in_its_column_alone():
    rows = [["Sea", "12"], ["A label as long as no other one", "9"], ["Lake", "7"], ["River", "11,110"]]
    widths = [18, 198, 24, 30]
    lines = [line(name, 0, 20 * n, width) for n, ((name, _), width) in enumerate(zip(rows, widths, strict=True))]
    lines += [line(number, 210 - 6 * len(number), 20 * n, 6 * len(number)) for n, (_, number) in enumerate(rows)]
    assert grid(lines) == [rows]


def test_the_sums_under_the_rows_of_a_receipt_stand_across_their_columns():
    rows = [[f"BREAD{n}", "2.13", "6", "0", f"1{n}.78"] for n in range(4)]
    lines = cells(rows, [0, 60, 100, 130, 170], [40, 20, 6, 6, 24])
    for number in range(5):
        lines += [line(f"Total of part {number}", 62, 80 + 20 * number, 78), line("12.78", 170, 80 + 20 * number, 24)]
    (table,) = grid(lines)
    assert table[:4] == rows
    assert table[4:] == [["", f"Total of part {n} <3>", "12.78"] for n in range(5)]


def test_a_line_above_the_columns_after_the_first_heads_them():
    head = line("December 2024", 150, -20, 80)
    assert grid([head, *cells(PRICES, LEFTS, WIDTHS)])[0][0] == ["", "December 2024 <2>"]
    assert len(grid([line("The prices of the day", 0, -20, 90), *cells(PRICES, LEFTS, WIDTHS)])[0]) == 4


def test_a_heading_that_begins_before_the_table_ends_it():
    first = cells(PRICES, [40, 190, 290], WIDTHS)
    second = cells(PRICES, [40, 190, 290], WIDTHS, 110)
    assert grid([*first, line("On other days", 0, 85, 70), *second]) == [PRICES, PRICES]


def test_pieces_of_a_cell_are_one_cell():
    pieces = [line("Dark", 0, 80, 20), line("bread", 32, 80, 25), line("4.10", 250, 80, 30)]
    (table,) = grid([*cells(PRICES, LEFTS, WIDTHS), *pieces])
    assert table[4] == ["Dark / bread", "", "4.10"]


def test_cells_that_have_no_edge_in_common_are_no_table():
    places = [(0, 30), (22, 60), (45, 20), (10, 80)]
    lines = [line("some", left, 20 * n, width) for n, (left, width) in enumerate(places)]
    lines += [line("words", 150 + 2 * left, 20 * n, width) for n, (left, width) in enumerate(places)]
    assert grid(lines) == []


def test_where_most_close_rows_are_full_a_short_one_is_a_row_too():
    tops = [0, 12, 24, 50, 62, 74]
    lines = [its for top in tops for its in cells([["Bread", str(top + 10), "3.85"]], LEFTS, WIDTHS, top)]
    (table,) = grid([its for its in lines if its.polygon[0][1] != 62 or its.text == "Bread"])
    assert table[4] == ["Bread", "", ""]


def test_a_first_line_above_the_other_cells_is_in_their_row():
    lines = []
    for number in range(3):
        top = 40.0 * number
        lines += [line("Harbour", 0, top, 60), line("office", 0, top + 12, 50)]
        lines += [line("12", 150, top + 12, 12), line("34.50", 250, top + 12, 30)]
    assert grid(lines) == [[["Harbour / office", "12", "34.50"]] * 3]


def test_a_heading_close_under_a_row_is_a_row():
    lines = []
    for number in range(3):
        top = 40.0 * number
        lines += [*cells([["A long name of bread", "2", "3.85"]], LEFTS, [120, 10, 30], top)]
        lines += [line(f"Part {number}", 50, top + 13, 40)]
    (table,) = grid(lines)
    assert [row[0] for row in table][:4] == ["A long name of bread", "Part 0", "A long name of bread", "Part 1"]


def test_columns_whose_lines_do_not_stand_in_line_are_no_row_of_cells():
    left = [line(f"Left {n}", 0, 12 * n, 60) for n in range(12)]
    right = [line(f"Right {n}", 150, 12 * n + 6, 60) for n in range(12)]
    assert all(len(row) > 3 for row in grid(left + right))


def test_rows_so_close_that_their_boxes_overlap_are_rows():
    lines = []
    for number in range(6):
        words = ["Bread", str(10 + number), "3.85"] if number % 2 else ["Bread", "", "3.85"]
        lines += [line(text, left, 8 * number, 30, 14) for text, left in zip(words, LEFTS, strict=True) if text]
    (table,) = grid(lines)
    assert len(table) == 6


def test_dashes_stand_in_columns_of_their_own():
    rows = [["North", "-", "1,039"], ["South", "-", "191"], ["East", "12", "-"], ["Sum", "-", "1,589"]]
    assert grid(cells(rows, [0, 100, 200], [50, 8, 30])) == [rows]
