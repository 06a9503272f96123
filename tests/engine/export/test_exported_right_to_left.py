"""What is read from right to left, in the formats that can say so; PDFs are in ``test_pdf_leftwards``."""

import io
import json
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml.ns import qn
from exported import PROSE, TABLE, exported, said, written_by
from fakes import cell, line

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.export import alto, hocr, json_document, page_xml, txt, xlsx_tables
from ocrdesk.engine.export import docx as docx_format
from ocrdesk.engine.export.table_html import html_of
from ocrdesk.engine.layout.page_text import Paragraph, Table

ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
PAGE = "{http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15}"
HTML = "{http://www.w3.org/1999/xhtml}"


def box(left, right):
    return (left, 0), (right, 0), (right, 20), (left, 20)


GREETING = Line(
    "שלום Office עולם",
    0.9,
    box(0, 200),
    (Word("שלום", 0.9, box(150, 200)), Word("Office", 0.9, box(70, 140)), Word("עולם", 0.9, box(0, 60))),
)
HEBREW = Paragraph(((GREETING,), (line("ABC", top=30),)), True, runs_left=True)
PRICES = Table(((cell(line("פריט")), cell(line("price"))), (cell(line("תפוח")), cell(line("3.50")))), runs_left=True)
PLAIN = exported(PROSE, TABLE)
LEFTWARDS = exported(HEBREW, PRICES, said("An abstract"))


def parsed(format, page=LEFTWARDS):
    return ElementTree.fromstring(written_by(format, page))


def ways(root, name, attribute):
    return [it.get(attribute) for it in root.iter(name)]


def test_hocr_says_what_is_read_from_right_to_left():
    root = parsed(hocr.FORMAT)
    assert ways(root, f"{HTML}p", "dir") == ["rtl", None]
    assert ways(root, f"{HTML}table", "dir") == ["rtl"]
    assert ways(root, f"{HTML}span", "dir")[0] is None
    assert [it.get("dir") for it in root.iter(f"{HTML}span") if it.get("class") == "ocr_line"] == [
        None, "ltr", None, "ltr", None, "ltr", None,
    ]  # fmt: skip


def test_alto_says_what_is_read_from_right_to_left_and_how_wide_white_is():
    root = parsed(alto.FORMAT)
    assert ways(root, f"{ALTO}TextBlock", "BASEDIRECTION") == ["rtl", "rtl", None, "rtl", None, None]
    assert ways(root, f"{ALTO}ComposedBlock", "BASEDIRECTION") == ["rtl"]
    assert ways(root, f"{ALTO}TextLine", "BASEDIRECTION")[:2] == [None, "ltr"]
    assert ways(root, f"{ALTO}SP", "WIDTH")[:2] == ["10", "10"]
    assert [it.get("CONTENT") for it in root.iter(f"{ALTO}String")][:3] == ["שלום", "Office", "עולם"]


def test_page_xml_says_what_is_read_from_right_to_left():
    root = parsed(page_xml.FORMAT, exported(HEBREW, PRICES))
    assert ways(root, f"{PAGE}Page", "readingDirection") == ["right-to-left"]
    assert ways(root, f"{PAGE}TextLine", "readingDirection")[:2] == [None, "left-to-right"]
    regions = ways(root, f"{PAGE}TextRegion", "readingDirection")
    assert regions == [None, None, "left-to-right", None, "left-to-right"]


@pytest.mark.parametrize("format", [hocr.FORMAT, alto.FORMAT, page_xml.FORMAT, json_document.FORMAT])
def test_pages_that_are_read_from_the_left_say_nothing_of_it(format):
    written = written_by(format, PLAIN).decode().lower()
    assert "direction" not in written
    assert "dir=" not in written


def test_word_gets_paragraphs_runs_and_tables_from_right_to_left():
    read = docx.Document(io.BytesIO(written_by(docx_format.FORMAT, LEFTWARDS)))
    _, hebrew, *_, english = (its for its in read.paragraphs if its.text)
    assert hebrew._p.pPr.find(qn("w:bidi")) is not None
    assert [(run.text.strip(), bool(run.font.rtl)) for run in hebrew.runs] == [
        ("שלום", True),
        ("Office", False),
        ("עולם", True),
        ("ABC", False),
    ]
    assert english._p.pPr is None or english._p.pPr.find(qn("w:bidi")) is None
    (table,) = read.tables
    assert table.table_direction == WD_TABLE_DIRECTION.RTL
    assert [it.text for it in table.rows[0].cells] == ["פריט", "price"]
    assert [it.paragraphs[0]._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is None for it in table.rows[0].cells] == [
        False,
        True,
    ]
    plain = docx.Document(io.BytesIO(written_by(docx_format.FORMAT, PLAIN)))
    assert plain.tables[0].table_direction is None


def test_excel_shows_the_first_column_at_the_right():
    book = openpyxl.load_workbook(io.BytesIO(written_by(xlsx_tables.FORMAT, exported(PRICES, TABLE))))
    assert [bool(sheet.sheet_view.rightToLeft) for sheet in book] == [True, False]
    assert [it.value for it in book.worksheets[0][1]] == ["פריט", "price"]


def test_the_clipboard_has_a_table_from_right_to_left():
    assert '<table border="1" dir="rtl">' in html_of([PRICES])
    assert 'dir="rtl"' not in html_of([TABLE])


def test_json_says_what_is_read_from_right_to_left():
    layout = json.loads(json_document.json_of(LEFTWARDS))["layout"]
    assert [it.get("direction") for it in layout] == ["rtl", "rtl", None]


def test_text_is_in_the_order_in_which_it_is_read():
    assert written_by(txt.FORMAT, LEFTWARDS).decode().startswith("שלום Office עולם ABC\n")
