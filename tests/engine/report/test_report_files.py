"""A report as files: what they say, and that names in them steer nothing."""

import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from ocrdesk.engine.report.as_html import MOST_ROWS
from ocrdesk.engine.report.report import Figure, OfLanguage, ReadBefore, Report, ScanAgain, Slow
from ocrdesk.engine.report.sentences import as_text
from ocrdesk.engine.report.tally import Bar, Distribution, Unit
from ocrdesk.engine.report.writing import WRITERS
from ocrdesk.engine.scan_quality.flaws import Finding, Flaw

HOSTILE = "<script>alert(1)</script>&\"'\x1b[2J\u202egpj.exe\x00=1+1"


def report(name="receipt 7.jpg", title="Receipts 2025"):
    bars = tuple(Bar(begin, words, (1, 2), begin < 0.6) for begin, words in ((0.0, 9), (0.5, 17), (0.99, 1065)))
    sizes = (Bar(0.0, 14, (2,), True), Bar(6.0, 702, (1, 2), False))
    none = Figure(0, ())
    return Report(
        title=title, pages=Figure(18, (1, 2)), waiting=none, words=Figure(2143, (1, 2)), to_check=Figure(52, (2,)),
        failed=Figure(2, (3, 4)), blank=none, turned=Figure(1, (1,)), own_text=none,
        confidence=Distribution(Unit.PERCENT, bars), print_size=Distribution(Unit.POINTS, sizes, 3),
        scan_again=(ScanAgain(2, name, (Finding(Flaw.LEFT, "4 lines"), Finding(Flaw.DARK, "2% light")), 20),),
        languages=(OfLanguage("en", 1958, (1,)), OfLanguage(None, 185, (2,))),
        read_before=(ReadBefore(5, name, 1, name, title),), slowest=(Slow(2, name, 7.44),), seconds=75.0,
        first_read=1_764_344_400, last_read=1_764_345_000,
    )  # fmt: skip


def written(kind, of):
    file = io.BytesIO()
    WRITERS[kind](of, file)
    return file.getvalue()


def html_of(of):
    return written("html", of).decode()


def tree_of(of):
    """The page as XML: each element that is open is closed, and nothing is left unescaped."""
    return ElementTree.fromstring(html_of(of).removeprefix("<!DOCTYPE html>"))


def test_a_web_page_says_it_all():
    said = " ".join(tree_of(report()).itertext())
    for text in ("Report on Receipts 2025", "2,143", "words to check", "1,065", "Cut off at the left, Too dark",
                 "4 lines, 2% light", "English", "as receipt 7.jpg, in Receipts 2025", "7.4", "took 75 seconds",
                 "1 page holds 20 of the 52 words to check", "3 words are left out"):  # fmt: skip
        assert text in said


def test_a_web_page_needs_nothing_from_elsewhere_and_runs_nothing():
    page = html_of(report(HOSTILE, HOSTILE))
    assert not re.search(r"<(script|link|img|iframe|object|embed|base|form)\b|\bon\w+=|@import|url\(|https?:|//", page)
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert "@page { size: A4" in page


def test_names_steer_no_web_page():
    root = tree_of(report(HOSTILE, HOSTILE))
    assert not [element for element in root.iter() if element.tag == "script"]
    assert "<script>alert(1)</script>" in "".join(root.itertext())
    assert not re.search("[\x00\x1b\u202e]", html_of(report(HOSTILE, HOSTILE)))


def test_drawings_have_a_bar_for_each_class_and_its_number():
    first, second = tree_of(report()).iter("svg")
    assert [bar.get("class") for bar in first.iter("rect")] == ["poor", "poor", "bar"]
    highs = [float(bar.get("height")) for bar in first.iter("rect")]
    assert highs[0] < highs[1] < highs[2]
    assert [text.text for text in first.iter("text")] == ["9", "< 50", "17", "50", "1,065", "99"]
    assert [text.text for text in second.iter("text")] == ["14", "< 6", "702", "6"]


def test_a_long_list_is_cut_with_a_word_about_it():
    many = replace(report(), slowest=tuple(Slow(number, f"{number}.jpg", 1) for number in range(MOST_ROWS + 3)))
    root = tree_of(many)
    assert len(list(root.iter("tr"))) < MOST_ROWS + 20
    assert "3 more" in "".join(root.itertext())


def test_a_report_without_anything_is_a_page_too():
    nothing = Distribution(Unit.PIXELS, (Bar(0.0, 0, (), True), Bar(10.0, 0, (), False)))
    empty = replace(
        report(), confidence=nothing, print_size=nothing, scan_again=(), languages=(), read_before=(), slowest=(),
        first_read=None, last_read=None, seconds=0.0,
    )  # fmt: skip
    assert "None: the pages are sharp, bright and whole." in "".join(tree_of(empty).itertext())


def test_json_has_the_pages_of_each_number():
    record = json.loads(written("json", report()))
    assert record["to_check"] == {"number": 52, "pages": [2]}
    assert record["confidence"]["bars"][0] == {"from": 0.0, "words": 9, "is_poor": True, "pages": [1, 2]}
    assert record["scan_again"][0]["reasons"][1] == {"flaw": "dark", "reason": "Too dark", "measure": "2% light"}
    assert record["read_before"] == [
        {"page": 5, "name": "receipt 7.jpg", "as_page": 1, "as": "receipt 7.jpg", "in": "Receipts 2025"}
    ]


def test_json_is_whole_and_steers_no_terminal():
    raw = written("json", report(HOSTILE, "\udcff"))
    assert not re.search(b"[\x00-\x09\x0b-\x1f]", raw)
    assert json.loads(raw)["slowest"][0]["name"] == HOSTILE


@pytest.mark.parametrize("name", ["receipt 7.jpg", HOSTILE, "=HYPERLINK(1)"])
def test_a_workbook_has_a_sheet_for_each_part_and_no_formulas(name):
    book = load_workbook(io.BytesIO(written("xlsx", report(name))))
    assert book.sheetnames == [
        "Numbers", "Scan again", "How sure the words are", "Size of the print", "Languages", "Read before",
        "Slowest pages",
    ]  # fmt: skip
    assert [cell.value for cell in book["Numbers"][2]] == [18, "pages"]
    row = book["Scan again"][2]
    assert row[0].data_type == "s"
    assert [cell.value for cell in row[1:]] == ["Cut off at the left, Too dark", "4 lines, 2% light", 20]
    assert [cell.value for cell in book["Languages"][3]] == ["Unknown", 185, 1]


def test_plain_text_says_the_numbers_and_what_to_scan_again():
    text = as_text(report())
    assert "52 words to check" in text
    assert "receipt 7.jpg\tCut off at the left, Too dark\t4 lines, 2% light" in text
