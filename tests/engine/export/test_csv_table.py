import csv
import io
from dataclasses import replace

import pytest
from exported import BLANK, FAILED, PROSE, RECEIPT, exported, said, written_by

from ocrdesk.engine.export.csv_table import COLUMNS, FORMAT


def rows(*pages) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written_by(FORMAT, *pages).decode("utf-8-sig"), newline="")))


def test_a_row_has_what_is_known_of_a_page():
    page = exported(PROSE, RECEIPT, confidence=0.5, seconds=1.5, width=20, height=30, remark="Cut off.")
    assert rows(page) == [
        {
            "file": "in/a.jpg", "page": "1", "name": "in/a.jpg", "batch": "scans", "status": "done",
            "message": "Cut off.", "lines": "5", "confidence": "0.5", "seconds": "1.5", "width": "20", "height": "30",
            "text": "A bro-\nken word.\n\nBread\t2.40\nSum",
        }
    ]  # fmt: skip


def test_the_file_begins_with_the_mark_of_utf_8_and_stays_open():
    file = io.BytesIO()
    FORMAT.write([exported(said("Größe 发票"))], file)
    assert not file.closed
    assert file.getvalue().startswith(b"\xef\xbb\xbf" + COLUMNS[0].encode())
    assert "Größe 发票".encode() in file.getvalue()


def test_blank_and_failed_pages_are_rows():
    blank, failed = rows(BLANK, FAILED)
    assert (blank["status"], blank["message"], blank["text"]) == ("no text", "", "")
    assert (failed["status"], failed["message"]) == ("failed", "Damaged.")


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 30", "-5", "@home", " =1+1", "\t=1+1", "\n=1+1", "\u200b\ufeff=1+1", "＝1+1"]
)
def test_text_is_never_a_formula(text):
    (row,) = rows(exported(said(text), name=f"{text}.png"))
    assert row["text"] == f"'{text}"
    assert row["file"] == f"'{text}.png"


@pytest.mark.parametrize("hidden", ["\0=1+1", "\r=1+1", "\x1b=1+1", "\x9f\u202e=1+1"])
def test_no_control_character_hides_a_formula(hidden):
    page = replace(exported(said("x"), name=hidden), batch=hidden)
    for cell in (rows(page)[0][name] for name in ("file", "name", "batch")):
        assert cell.startswith("'") and cell.endswith("=1+1") and cell.isprintable()


def test_other_text_is_as_it_is():
    assert rows(exported(said("5 - 3 = 2")))[0]["text"] == "5 - 3 = 2"
