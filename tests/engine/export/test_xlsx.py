import errno
import gc
import io
import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

import openpyxl
import pytest
from exported import BLANK, FAILED, PROSE, RECEIPT, exported, said, written_by

from ocrdesk import __version__
from ocrdesk.engine.export import xlsx
from ocrdesk.engine.export.xlsx import FORMAT, MOST_LETTERS


def book(*pages):
    return openpyxl.load_workbook(io.BytesIO(written_by(FORMAT, *pages)))


def table(sheet) -> list[dict[str, object]]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_there_is_a_row_for_each_page_and_one_for_each_line():
    read = book(exported(PROSE, RECEIPT, confidence=0.5), BLANK, FAILED)
    assert read.sheetnames == ["Pages", "Lines"]
    pages, lines = table(read["Pages"]), table(read["Lines"])
    assert [page["status"] for page in pages] == ["done", "no text", "failed"]
    assert pages[0]["text"] == "A bro-\nken word.\n\nBread\t2.40\nSum"
    assert (pages[0]["lines"], pages[0]["confidence"], pages[2]["message"]) == (5, 0.5, "Damaged.")
    assert [row["text"] for row in lines] == ["A bro-", "ken word.", "Bread", "2.40", "Sum"]
    assert lines[3] == {
        "file": "in/a.jpg", "page": 1, "line": 4, "text": "2.40", "confidence": 0.9375, "left": 200, "top": 50,
        "right": 300, "bottom": 60,
    }  # fmt: skip


def test_the_header_stays_in_sight_and_pages_are_linked_to_their_pictures():
    sheet = book(exported(PROSE, name="a b/ß.jpg"))["Pages"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet["A2"].hyperlink.target == "file:///scans/a%20b/%C3%9F.jpg"
    assert sheet.column_dimensions["L"].width == 100


def test_pages_can_be_filtered_and_are_printed_with_all_their_columns():
    read = book(exported(PROSE), BLANK)
    assert read["Pages"].auto_filter.ref == "A1:L3"
    assert (read["Lines"].page_setup.orientation, read["Lines"].page_setup.fitToHeight) == ("landscape", 0)
    assert read["Lines"].sheet_properties.pageSetUpPr.fitToPage
    assert read["Lines"].print_title_rows == "$1:$1"
    assert (read.properties.title, read.properties.creator) == ("scans", f"ocrdesk {__version__}")


def test_each_page_shows_the_beginning_of_its_text():
    sheet = book(exported(PROSE), BLANK)["Pages"]
    assert sheet.row_dimensions[1].height is None
    assert sheet.row_dimensions[2].height == sheet.row_dimensions[3].height == 60
    assert (sheet["L2"].alignment.vertical, sheet["L2"].alignment.wrap_text) == ("top", True)
    assert (sheet["A2"].alignment.vertical, sheet["A2"].style) == ("top", "Hyperlink")


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-5", "@home", "#N/A", "12.50", "TRUE"])
def test_text_is_text_and_never_a_formula(text):
    read = book(exported(said(text)))
    for cell in (read["Pages"]["L2"], read["Lines"]["D2"]):
        assert (cell.value, cell.data_type) == (text, "s")


def test_what_xml_cannot_hold_is_left_out():
    assert book(exported(said("a\x00b\x0b\x1fc\ufffed")))["Pages"]["L2"].value == "abcd"


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_a_text_too_long_for_a_cell_goes_on_in_the_next(letter):
    text = "a" + letter * (MOST_LETTERS + 10)
    row = next(book(exported(said(text)))["Pages"].iter_rows(min_row=2, values_only=True))
    assert "".join(row[11:]) == text
    assert len(row) > 12
    assert all(len(part.encode("utf-16-le")) <= 2 * MOST_LETTERS for part in row[11:])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("full", [1, 2], ids=["pages", "lines"])
def test_a_disk_that_is_too_full_for_the_rows_is_an_error_of_the_disk(monkeypatch, full):
    @contextmanager
    def aside(file):
        opened.append(file)
        with Path("/dev/full").open("wb", 0) if len(opened) == full else NamedTemporaryFile() as rows:
            yield rows

    opened = []
    monkeypatch.setattr(xlsx, "set_aside", aside)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        written_by(FORMAT, *[exported(PROSE)] * 2000)
    gc.collect()  # whatever was left open would be heard of now


def test_rows_lie_beside_the_workbook_until_it_is_written(tmp_path):
    def pages():
        yield exported(PROSE)
        beside.append(len(list(tmp_path.iterdir())))

    beside = []
    with (tmp_path / "a.xlsx").open("wb") as file:
        FORMAT.write(pages(), file)
    assert beside == [3]
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_lines_go_on_in_another_sheet_where_one_is_full(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    read = book(exported(PROSE, RECEIPT))
    assert read.sheetnames == ["Pages", "Lines", "Lines 2", "Lines 3"]
    texts = [row["text"] for name in read.sheetnames[1:] for row in table(read[name])]
    assert texts == ["A bro-", "ken word.", "Bread", "2.40", "Sum"]


def test_pages_beyond_the_most_links_are_still_there(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_LINKS", 1)
    sheet = book(exported(PROSE), BLANK)["Pages"]
    assert sheet["A2"].hyperlink is not None
    assert (sheet["A3"].hyperlink, sheet["A3"].value) == (None, "blank.png")
