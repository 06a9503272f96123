import csv
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.errors import ExportFailed
from ocrdesk.engine.export.receipts import export_receipts
from ocrdesk.engine.fields.found import Found
from ocrdesk.engine.fields.table import Receipt
from ocrdesk.engine.library.fields import OwnField

OWN = [OwnField("Driver", "Driver")]
PAGE = Page(1, 1, Path("/scans/a.png"), 0, "a.png", PageStatus.DONE, line_count=3)
RECEIPT = Receipt(
    PAGE,
    {
        "date": Found("2024-04-03"),
        "total": Found("1234.50"),
        "shop": Found("=HYPERLINK(1)"),
        "own Driver": Found("+49"),
    },
    {"tax": "none"},
)


def test_excel_has_days_and_amounts_as_such_and_no_formulas(tmp_path):
    export_receipts(tmp_path / "a.xlsx", [RECEIPT], OWN)
    book = load_workbook(tmp_path / "a.xlsx")
    head, row = book["Receipts"].iter_rows()
    values = dict(zip((cell.value for cell in head), row, strict=True))
    assert values["date"].value == datetime(2024, 4, 3) and values["total"].value == 1234.5
    assert (values["shop"].value, values["shop"].data_type) == ("=HYPERLINK(1)", "s")
    assert (values["total"].number_format, values["date"].number_format) == ("#,##0.00", "yyyy-mm-dd")
    assert values["tax"].value == "none" and values["Driver"].value == "+49"
    assert [cell.value for cell in list(book["By month"].iter_rows())[1]][-1] == 1234.5
    assert book.sheetnames == ["Receipts", "By month", "By shop"]


def test_csv_has_plain_numbers_and_no_formulas(tmp_path):
    export_receipts(tmp_path / "a.csv", [RECEIPT], OWN)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["date"], row["total"], row["shop"]) == ("2024-04-03", "1234.50", "'=HYPERLINK(1)")
    assert row["to check"] == ""


def test_what_is_to_check_is_told(tmp_path):
    export_receipts(tmp_path / "a.csv", [Receipt(PAGE, {}, {"date": "2024-01-01"})], [])
    assert "total" in (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1]


def test_where_it_cannot_be_written_it_says_so(tmp_path):
    with pytest.raises(ExportFailed):
        export_receipts(tmp_path / "none" / "a.csv", [RECEIPT], [])
