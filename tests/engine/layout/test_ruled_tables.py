"""Tables in ruled grids, each drawn: what stands between the same rules is in one cell."""

from drawn_pages import PITCH, cells, column, line

from ocrdesk.engine.document import ReadingOrder, Rule
from ocrdesk.engine.layout.arrangement import arrange
from ocrdesk.engine.layout.grid import Cell


def ruled(columns: list[float], rows: list[float]) -> list[Rule]:
    """The rules of a grid."""
    lying = [Rule((columns[0], place), (columns[-1], place)) for place in rows]
    return lying + [Rule((place, rows[0]), (place, rows[-1])) for place in columns]


def grid(lines, rules, order=ReadingOrder.AUTO):
    """The tables of a page, rows of cells; the lines of a cell parted by slashes."""
    return [
        [
            [" / ".join(cell.texts) + (f" <{cell.columns}>" if cell.columns > 1 else "") for cell in row]
            for row in table.rows
        ]
        for table in arrange(lines, order, rules).tables
    ]


def test_lines_between_the_same_rules_are_one_cell_however_they_stand():
    lines = [line("Name", 5, 5, 30), line("Shares", 105, 5, 40), line("Kind", 205, 5, 30)]
    lines += [
        line("City Finance", 5, 25, 80),
        line("Group", 5, 37, 40),
        line("652", 120, 31, 20),
        line("state", 205, 31, 30),
    ]
    lines += [line("Bank", 5, 55, 30), line("650", 120, 55, 20), line("foreign", 205, 55, 40)]
    assert grid(lines, ruled([0, 100, 200, 300], [0, 20, 50, 70])) == [
        [
            ["Name", "Shares", "Kind"],
            ["City Finance / Group", "652", "state"],
            ["Bank", "650", "foreign"],
        ]
    ]


def test_a_line_found_as_one_over_a_rule_is_two_cells():
    lines = [line("Name", 5, 5, 30), line("Sum", 105, 5, 30), line("City     652", 5, 25, 130)]
    lines += [line("Bank", 5, 45, 30), line("650", 120, 45, 20)]
    (table,) = grid(lines, ruled([0, 70, 200], [0, 20, 40, 60]))
    assert table[1] == ["City", "652"]


def test_a_cell_may_take_up_several_columns_or_rows():
    lines = [line("Past year", 105, 5, 60), line("Staff", 5, 5, 30)]
    lines += [line("all", 105, 25, 20), line("here", 205, 25, 25), line("Sum", 5, 45, 20), line("9", 105, 45, 6)]
    rules = [Rule((0, place), (300, place)) for place in (0, 40, 60)] + [Rule((100, 20), (300, 20))]
    rules += [Rule((place, 0), (place, 60)) for place in (0, 100, 300)] + [Rule((200, 20), (200, 60))]
    assert grid(lines, rules) == [[["Staff", "Past year <2>"], ["", "all", "here"], ["Sum", "9", ""]]]


def test_where_a_rule_was_not_seen_lines_are_rows_all_the_same():
    rows = [["A", "1", "x"], ["B", "2", "y"], ["C", "3", "z"]]
    rules = [Rule((0, place), (300, place)) for place in (0, 20, 60)] + [Rule((100, 40), (300, 40))]
    rules += [Rule((place, 0), (place, 60)) for place in (0, 100, 200, 300)]
    assert grid(cells(rows, [5, 105, 205], [10, 10, 10], 5), rules) == [rows]


def test_rules_around_groups_of_rows_leave_them_rows():
    rows = [["DPR", "78.4", "79.4"], ["BM25", "76.6", "79.8"], ["DPR", "79.4", "78.8"], ["BM25", "78.0", "79.9"]]
    rules = ruled([0, 100, 200, 300], [0, 40, 80])
    assert grid(cells(rows, [5, 105, 205], [30, 25, 25], 5), rules) == [rows]


def test_a_grid_that_lacks_columns_is_not_believed():
    rows = [["DPR", "78.4", "79.4"], ["BM25", "76.6", "79.8"], ["DPR", "79.4", "78.8"], ["BM25", "78.0", "79.9"]]
    rules = ruled([0, 100, 300], [0, 20, 80])
    assert grid(cells(rows, [5, 105, 205], [30, 25, 25], 5), rules) == [rows]


def test_a_frame_around_text_is_no_table():
    lines = [line("Head", 5, 5, 30), line("Page", 255, 5, 30), *column("text", 5, 12, 25, 280)]
    rules = [Rule((0, place), (300, place)) for place in (0, 20, 220)]
    rules += [Rule((place, 0), (place, 220)) for place in (0, 300)] + [Rule((200, 0), (200, 20))]
    assert grid(lines, rules) == []


def test_text_above_and_below_a_ruled_table_stays_text():
    rows = [["A", "1"], ["B", "2"], ["C", "3"]]
    above, below = column("above", 0, 4, -80, 300), column("below", 0, 4, 90, 300)
    text = arrange([*above, *cells(rows, [5, 205], [10, 10], 5), *below], rules=ruled([0, 150, 300], [0, 20, 40, 60]))
    assert [table.texts("") for table in text.tables] == [rows]
    assert [its.text.split()[0] for its in text.blocks[0].lines] == [f"above{n}" for n in range(4)]
    assert [its.text.split()[0] for its in text.blocks[-1].lines] == [f"below{n}" for n in range(4)]


def test_a_page_read_in_rows_has_its_ruled_tables_too():
    rows = [["A", "1"], ["B", "2"]]
    rules = ruled([0, 100, 200], [0, 20, 40])
    assert grid(cells(rows, [5, 105], [10, 10], 5), rules, ReadingOrder.ROWS) == [rows]


def test_a_ruled_cell_with_as_much_text_as_a_column_is_still_a_cell():
    labels = [["Cycle paths", "kept in order"], ["Paths for dogs"], ["Map"], [f"Safety of road {n}" for n in range(3)]]
    tops, counts = [0.0, 50, 90, 130], [2, 1, 2, 14]
    lines = []
    for number, (words, top, count) in enumerate(zip(labels, tops, counts, strict=True)):
        lines += [line(text, 5, top + 5 + PITCH * place, 90) for place, text in enumerate(words)]
        lines += column(f"t{number}_", 125, count, top + 5, 200)
    rules = [Rule((0, place), (340, place)) for place in (50, 90, 130)] + [Rule((110, 0), (110, 350))]
    (table,) = arrange(lines, rules=rules).tables
    assert [[len(cell.rows) for cell in row] for row in table.rows] == [[2, 2], [1, 1], [1, 2], [3, 14]]


def test_articles_between_rules_are_no_table():
    lines = [
        its
        for number, (left, top) in enumerate((left, top) for top in (5, 205) for left in (5, 165, 325))
        for its in column(f"article{number}_", left, 12, top + 3 * (number % 3), 140)
    ]
    assert grid(lines, ruled([0, 155, 315, 475], [0, 195, 400])) == []


def test_a_note_beside_a_ruled_table_is_not_lost():
    rows = [["A", "1"], ["B", "2"], ["C", "3"]]
    lines = [*cells(rows, [5, 105], [10, 10], 5), line("see above", 260, 25, 60)]
    text = arrange(lines, rules=ruled([0, 100, 200], [0, 20, 40, 60]))
    assert sorted(its.text for its in text.lines) == sorted(its.text for its in lines)


def test_cells_whose_texts_have_as_many_lines_by_chance_are_no_groups_of_rows():
    """One row of several has two lines in each cell; in the others the cells differ."""
    counts = [(1, 1, 1), (2, 2, 2), (1, 3, 2), (2, 1, 3)]
    lines, rows, tops = [], [], [0]
    for number, count in enumerate(counts):
        top = tops[-1] + 4
        its = [[f"{number}{column}{one}" for one in range(count[column])] for column in range(3)]
        lines += [
            line(text, 5 + 100 * column, top + 12 * one, 60)
            for column, texts in enumerate(its)
            for one, text in enumerate(texts)
        ]
        rows.append([" / ".join(texts) for texts in its])
        tops.append(top + 12 * max(count) + 4)
    assert grid(lines, ruled([0, 100, 200, 300], tops)) == [rows]


def test_many_ruled_cells_take_no_time_each_for_all_others(monkeypatch):
    """Each line looks at the cells of its own row alone."""
    asked = 0
    holds = Cell.holds

    def counted(cell, box):
        nonlocal asked
        asked += 1
        return holds(cell, box)

    monkeypatch.setattr(Cell, "holds", counted)
    rows = [[f"{row}.{column}" for column in range(12)] for row in range(50)]
    columns = [40.0 * number for number in range(13)]
    lines = cells(rows, [place + 5 for place in columns[:-1]], [25] * 12, 5)
    (table,) = grid(lines, ruled(columns, [20.0 * number for number in range(51)]))
    assert table == rows
    assert asked <= 12 * len(lines)
