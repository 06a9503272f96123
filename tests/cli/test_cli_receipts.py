"""``ocrdesk receipts``: what it prints, and the files it writes."""

import csv

import pytest
from fakes import batch_of, keep, line
from openpyxl import load_workbook

from ocrdesk.cli.main import main
from ocrdesk.engine.document import Reading
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.fields import OwnField


def receipt(number: int) -> Reading:
    texts = ("Corner Shop Ltd", f"Date: {number + 13}/05/2023", f"Order: A{number}", f"TOTAL £{number}.50")
    return Reading(tuple(line(text, top=50.0 * row) for row, text in enumerate(texts)), width=500, height=700)


@pytest.fixture
def home(tmp_path):
    """A library with two batches of receipts, one with a field of its own, and a page that was not read."""
    with_pages = Library(tmp_path / "library")
    for name in ("May", "June"):
        batch_id, pages = batch_of(with_pages, 3, tmp_path / name)
        for number, page_id in enumerate(pages[:2], start=1):
            keep(with_pages, page_id, receipt(number))
    with_pages.fields.set_own(batch_id, [OwnField("Order", "Order")])
    with_pages.fields.keep(pages[0], {"shop": "=1+1"})
    with_pages.close()
    return tmp_path


def receipts(home, *words):
    return main(["receipts", *words, "--library", str(home / "library")])


def test_the_table_is_printed(home, capsys):
    assert receipts(home, "May") == 0
    head, first, second = csv.reader(capsys.readouterr().out.splitlines())
    values = dict(zip(head, first, strict=True))
    assert (values["date"], values["total"], values["currency"]) == ("2023-05-14", "1.50", "GBP")
    assert "Order" not in head
    assert second[0] == "2.png"


def test_own_fields_of_all_batches_are_columns(home, capsys):
    assert receipts(home, "May", "June") == 0
    head, *rows = csv.reader(capsys.readouterr().out.splitlines())
    assert [row[head.index("Order")] for row in rows] == ["", "", "A1", "A2"]
    assert rows[2][head.index("shop")] != "=1+1", "no spreadsheet may take it for a formula"


def test_files_are_written(home, capsys):
    for _ in range(2):  # the second time, they are replaced
        assert receipts(home, "2", "--csv", str(home / "any"), "--xlsx", str(home / "table.xlsx")) == 0
    assert capsys.readouterr().out == ""
    assert len((home / "any").read_text("utf-8-sig").splitlines()) == 3
    assert load_workbook(home / "table.xlsx").sheetnames == ["Receipts", "By month", "By shop"]


def test_what_is_not_there_is_told(home, capsys):
    assert receipts(home, "July") == 2
    assert "no pages of “July”" in capsys.readouterr().err
