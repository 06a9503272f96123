from fakes import cell, line

from ocrdesk.engine.layout.page_text import Cell, PageText, Paragraph, Table

HEAD = (cell(), cell(line("Sales"), columns=2), cell(line("Note")))
ROW = (cell(line("Har-"), line("bour")), cell(), cell(line("12")), cell(line("see below")))
SHORT = (cell(line("Sum")), cell(line("3,5")), cell(), cell())

PAGE = PageText(
    (
        Paragraph(((line("A bro-"),), (line("ken word."),)), True),
        Paragraph(((line("Bread"), line("2.40")), (line("Sum"), line("2.40"))), False),
        Table((HEAD, ROW, SHORT)),
        Paragraph(((line("The end"),),), True),
    )
)


def test_the_text_as_it_is_printed_has_a_row_a_line_and_tabs_between_cells():
    assert PAGE.text == (
        "A bro-\nken word.\n\nBread\t2.40\nSum\t2.40\n\n"
        "\tSales\t\tNote\nHar- bour\t\t12\tsee below\nSum\t3,5\n\nThe end"
    )


def test_the_flowing_text_has_a_line_a_paragraph_but_rows_stay():
    assert PAGE.flowing == (
        "A broken word.\n\nBread\t2.40\nSum\t2.40\n\n\tSales\t\tNote\nHarbour\t\t12\tsee below\nSum\t3,5\n\nThe end"
    )


def test_a_table_has_as_many_places_in_each_row():
    (table,) = PAGE.tables
    assert table.width == 4
    assert table.texts("") == [
        ["", "Sales", "", "Note"],
        ["Harbour", "", "12", "see below"],
        ["Sum", "3,5", "", ""],
    ]


def test_a_page_without_text():
    assert (PageText(()).text, PageText(()).flowing, PageText(()).lines) == ("", "", [])


def test_pieces_of_a_cell_that_stand_side_by_side_are_one_row_of_it():
    found = Cell(((line("$"), line("12")), (line("net"),)))
    assert found.texts == ["$ 12", "net"]
    assert [its.text for its in found.lines] == ["$", "12", "net"]
    assert PageText((Table(((found, cell(line("b"))),)),)).text == "$ 12 net\tb"
