import io
from datetime import UTC, datetime, timedelta

import docx
from docx.shared import Mm
from exported import BLANK, FAILED, PROSE, RECEIPT, TABLE, exported, said, written_by
from fakes import cell, line

from ocrdesk import __version__
from ocrdesk.engine.export.docx import FORMAT
from ocrdesk.engine.layout.page_text import Paragraph, Table


def document(*pages):
    return docx.Document(io.BytesIO(written_by(FORMAT, *pages)))


def test_a_page_has_a_heading_paragraphs_and_tables():
    read = document(exported(PROSE, TABLE, said("End")))
    assert [(its.style.name, its.text) for its in read.paragraphs if its.text] == [
        ("Heading 1", "in/a.jpg"),
        ("Normal", "A broken word."),
        ("Normal", "End"),
    ]
    (table,) = read.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["", "Sales", "Sales"],
        ["Store", "2023", "2024"],
        ["Harbour", "", "1,250.50"],
    ]
    assert table.cell(0, 1)._tc is table.cell(0, 2)._tc, "a heading over two columns is one cell"


def test_each_page_begins_a_new_one_and_the_first_does_not():
    headings = [its for its in document(exported(PROSE), BLANK, FAILED).paragraphs if its.style.name == "Heading 1"]
    assert [bool(its.paragraph_format.page_break_before) for its in headings] == [False, True, True]


def test_blank_and_failed_pages_say_so():
    assert [its.text for its in document(BLANK, FAILED).paragraphs] == [
        "blank.png",
        "no text",
        "bad.png",
        "failed: Damaged.",
    ]


def test_rows_that_are_no_table_keep_their_line_ends_and_control_characters_are_left_out():
    address = Paragraph(((line("Ada\x01"),), (line("12 Road"),)), False)
    assert document(exported(address)).paragraphs[1].text == "Ada\n12 Road"


def test_what_stands_side_by_side_without_being_a_table_is_parted_by_tabs():
    assert document(exported(RECEIPT)).paragraphs[1].text == "Bread\t2.40\nSum"


def test_it_says_what_it_is_and_nothing_of_the_library_that_wrote_it():
    read = document(exported(PROSE))
    about = read.core_properties
    assert (about.title, about.comments) == ("scans", "")
    assert about.author == about.last_modified_by == f"ocrdesk {__version__}"
    assert datetime.now(UTC) - about.created < timedelta(minutes=5)
    assert (round(read.sections[0].page_width.mm), round(read.sections[0].page_height.mm)) == (210, 297)


def test_columns_are_as_wide_as_their_texts_want():
    rows = (("1", "J P Morgan Nominees Australia", "票" * 9), ("2", "x", "y"))
    found = Table(tuple(tuple(cell(line(text)) for text in row) for row in rows))
    (table,) = document(exported(found)).tables
    narrow, wide, chinese = (column.width for column in table.columns)
    assert narrow < chinese < wide
    assert narrow > Mm(10)
    assert Mm(158) < narrow + wide + chinese < Mm(161)
    assert [cell.width for cell in table.rows[1].cells] == [narrow, wide, chinese]
