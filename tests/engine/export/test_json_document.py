import json

from exported import BLANK, FAILED, PROSE, RECEIPT, TABLE, exported, text_of
from fakes import polygon

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.export import json_lines
from ocrdesk.engine.export.json_document import FORMAT
from ocrdesk.engine.layout.page_text import Paragraph


def test_a_document_holds_all_that_is_known_of_a_page():
    word = Word("Größe", 0.87654321, polygon(1, 10, 44, 10))
    row = Line("Größe 发票", 0.5, polygon(1.26, 10, 90, 10), (word,))
    page = exported(
        Paragraph(((row,),), True), RECEIPT, seconds=1.23456, width=200, height=300, rotation=90, recognizer="fake",
        confidence=0.123456, remark="Cut off.",
    )  # fmt: skip
    document = json.loads(text_of(FORMAT, [page]))
    assert (document["format"], document["version"]) == ("ocrdesk", 1)
    (record,) = document["pages"]
    lines = record.pop("lines")
    assert lines[0] == {
        "text": "Größe 发票",
        "confidence": 0.5,
        "polygon": [[1.3, 10.0], [91.3, 10.0], [91.3, 20.0], [1.3, 20.0]],
        "words": [{"text": "Größe", "confidence": 0.8765, "polygon": [[1, 10], [45, 10], [45, 20], [1, 20]]}],
    }
    assert [its["text"] for its in lines[1:]] == ["Bread", "2.40", "Sum"]
    assert record == {
        "batch": "scans",
        "name": "in/a.jpg",
        "path": "in/a.jpg",
        "file": "/scans/in/a.jpg",
        "page": 0,
        "status": "done",
        "error": None,
        "remark": "Cut off.",
        "size": [200, 300],
        "rotation": 90,
        "seconds": 1.235,
        "recognizer": "fake",
        "confidence": 0.1235,
        "text": "Größe 发票\n\nBread\t2.40\nSum",
        "paragraphs": ["Größe 发票", "Bread\t2.40\nSum"],
        "layout": [{"prose": True, "rows": [[0]]}, {"prose": False, "rows": [[1, 2], [3]]}],
    }


def test_a_table_has_its_cells_with_the_empty_ones():
    (record,) = json.loads(text_of(FORMAT, [exported(PROSE, TABLE)]))["pages"]
    assert record["paragraphs"][1] == "\tSales\nStore\t2023\t2024\nHarbour\t\t1,250.50"
    prose, table = record["layout"]
    assert "table" not in prose
    assert table["rows"] == [[2], [3, 4, 5], [6, 7, 8]]
    cells = [[(cell["columns"], [record["lines"][place]["text"] for place in cell["lines"]]) for cell in row]
             for row in table["table"]]  # fmt: skip
    assert cells == [
        [(1, []), (2, ["Sales"])],
        [(1, ["Store"]), (1, ["2023"]), (1, ["2024"])],
        [(1, ["Har-", "bour"]), (1, []), (1, ["1,250.50"])],
    ]


def test_blank_and_failed_pages_are_in_it():
    blank, failed = json.loads(text_of(FORMAT, [BLANK, FAILED]))["pages"]
    assert (blank["status"], blank["text"], blank["lines"], blank["size"]) == ("done", "", [], None)
    assert (failed["status"], failed["error"]) == ("failed", "Damaged.")


def test_a_document_without_pages_is_still_one():
    assert json.loads(text_of(FORMAT, []))["pages"] == []


def test_json_lines_are_the_same_records_a_line_each():
    pages = [exported(PROSE), BLANK, FAILED]
    records = [json.loads(record) for record in text_of(json_lines.FORMAT, pages).splitlines()]
    assert records == json.loads(text_of(FORMAT, pages))["pages"]
    assert len(records) == 3
