"""``ocrdesk report``: what it prints, and the files it writes."""

import json

import pytest
from fakes import batch_of, keep, reading

from ocrdesk.cli.main import main
from ocrdesk.engine.library import Library


@pytest.fixture
def home(tmp_path):
    """A library with a batch of two pages that were read."""
    with_pages = Library(tmp_path / "library")
    _, pages = batch_of(with_pages, 2, tmp_path / "Receipts")
    for page_id in pages:
        keep(with_pages, page_id, reading("two words"))
    with_pages.close()
    return tmp_path


def report(home, *words):
    return main(["report", *words, "--library", str(home / "library")])


def test_it_is_printed(home, capsys):
    assert report(home, "Receipts") == 0
    said = capsys.readouterr().out
    assert "Report on Receipts" in said
    assert "4 words" in said


@pytest.mark.parametrize("kind", ["html", "xlsx", "json"])
def test_files_are_written_and_replaced(home, kind, capsys):
    file = home / f"report.{kind}"
    for _ in range(2):
        assert report(home, "1", f"--{kind}", str(file)) == 0
    assert file.stat().st_size > 500
    assert capsys.readouterr().out == ""


def test_pages_of_a_folder_are_reported(home):
    assert report(home, str(home / "Receipts" / "2.png"), "--json", str(home / "report.json")) == 0
    assert json.loads((home / "report.json").read_bytes())["pages"]["number"] == 1


def test_what_is_not_there_is_told(home, capsys):
    assert report(home, "Invoices") == 2
    assert "no pages of “Invoices”" in capsys.readouterr().err
