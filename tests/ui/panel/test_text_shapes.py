from ocrdesk.ui.panel.text_shapes import whole_rows

TABLE = "Wages of the whole office\t1,000.00\t2,000.00\nRent\t\tsee the letter of the owner\nTea\t\t3.50"
STOPS = [100.0, 200.0]


def test_all_rows_of_a_table_are_whole_where_one_must_be():
    assert whole_rows(TABLE, STOPS, 220) == {0, 1, 2}
    assert whole_rows(TABLE, STOPS, 300) == set(), "there is room"


def test_a_table_leaves_others_as_they_are():
    prose = "A row of words\tthat go on for a while\tand can be broken\nof it"
    assert whole_rows(f"{prose}\n\n{TABLE}\n\n{prose}", STOPS, 220) == {3, 4, 5}


def test_rows_without_cells_are_broken():
    assert whole_rows("Wages\n" + TABLE, STOPS, 220) == {1, 2, 3}
    assert whole_rows("", [], 220) == set()
