from xml.etree import ElementTree

import pytest
from exported import TABLE
from fakes import cell, line

from ocrdesk.engine.export.table_html import html_of, tabbed
from ocrdesk.engine.layout.page_text import Cell, Table


def cells(*tables):
    """The cells of the tables of a document: text, lines parted by slashes, and columns taken up."""
    body = html_of(tables).partition("<body>")[2].partition("</body>")[0].replace('same-cell">', 'same-cell"/>')
    return [
        [[("/".join(cell.itertext()), cell.get("colspan")) for cell in row] for row in table]
        for table in ElementTree.fromstring(f"<body>{body}</body>").iter("table")
    ]


def of(text: str) -> str:
    """What stands before the text of a cell that holds it."""
    return html_of([Table(((cell(line(text)), cell(line("b"))),))]).partition("<td")[2].partition(">")[0]


def test_the_lines_of_a_cell_stay_lines_and_a_heading_takes_up_its_columns():
    assert cells(TABLE, TABLE)[1] == [
        [("", None), ("Sales", "2")],
        [("Store", None), ("2023", None), ("2024", None)],
        [("Har-/bour", None), ("", None), ("1,250.50", None)],
    ]
    assert "mso-data-placement:same-cell" in html_of([TABLE])


def test_what_stands_on_the_page_is_no_markup():
    assert "<b>" not in html_of([Table(((cell(line("<b> & \x1b")),),))])


@pytest.mark.parametrize("text", ["=1+1", "@a", "007", "1,234", "12.03.2024", "4006381333931"])
def test_what_a_spreadsheet_could_take_for_something_else_says_that_it_is_text(text):
    assert 'sdnum="1033;0;@"' in of(text)
    assert "mso-number-format:'\\@'" in of(text)


def test_a_number_says_what_it_is_in_every_country():
    assert of("1,250.50") == ' sdval="1250.5" sdnum="1033;0;#,##0.00"'
    assert of("bread") == ""


def test_as_text_cells_are_parted_by_tabs_and_tables_by_an_empty_line():
    text = "\tSales\nStore\t2023\t2024\nHarbour\t\t1,250.50"
    assert tabbed([TABLE, TABLE]) == f"{text}\n\n{text}"


def test_a_currency_stands_on_the_line_of_its_number():
    cells = (Cell(((line("$"), line("1,250.50")),)), cell(line("b")))
    assert ">$ 1,250.50</td>" in html_of([Table((cells,))])
    assert 'sdval="1250.5"' in html_of([Table((cells,))])
