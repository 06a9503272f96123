"""A report counts what is in a library, and each of its numbers knows the pages it counts."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from fakes import batch_of, keep, line, reading

from ocrdesk.engine.document import Line, Reading, Source, Word
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.reading_names import OWN_TEXT
from ocrdesk.engine.report.report import report_on
from ocrdesk.engine.report.tally import CONFIDENCES, Unit
from ocrdesk.engine.scan_quality.flaws import Flaw
from ocrdesk.engine.scan_quality.measures import Measures

GOOD = replace(
    Measures(*(0.0 for _ in fields(Measures))), letter=20, edge=0.1, detail=0.4, contrast=0.9, light=0.9, enlarged=1
)


def with_words(confidences, *, height=25, top=0.0):
    """A line of words that are this likely right."""
    texts = [f"word{number}" for number in range(len(confidences))]
    width = 60.0
    words = tuple(
        Word(text, sure, box(width * number, top, width - 10, height))
        for number, (text, sure) in enumerate(zip(texts, confidences, strict=True))
    )
    return Line(" ".join(texts), min(confidences), box(0, top, width * len(texts) - 10, height), words)


def box(left, top, width, height):
    return (left, top), (left + width, top), (left + width, top + height), (left, top + height)


def kept(library, page_id, *lines, scan=GOOD, seconds=1.0, recognizer="fake", content=None, **of_reading):
    read = Reading(tuple(lines), 600, 800, **of_reading)
    library.checkpoints.keep(
        page_id, read, seconds=seconds, rotation=0, recognizer=recognizer, content=content, scan=scan
    )


def report_of(library, batch_id):
    return report_on(library, Scope(batch_id), "Receipts")


def test_an_empty_batch_has_a_report(library):
    batch_id, _ = batch_of(library, [])
    report = report_of(library, batch_id)
    assert (report.pages.number, report.words.number, report.seconds, report.first_read) == (0, 0, 0, None)
    assert sum(bar.words for bar in report.confidence.bars) == 0


def test_each_number_knows_its_pages(library):
    batch_id, pages = batch_of(library, 7)
    kept(library, pages[0], with_words([0.995, 0.3, 0.99]), seconds=2.5)
    kept(library, pages[1], seconds=1.0)
    kept(library, pages[2], with_words([0.97]), turn=180, seconds=3.0)
    kept(library, pages[3], with_words([1.0, 1.0]), recognizer=OWN_TEXT, scan=None, seconds=0.25)
    library.checkpoints.keep_failure(pages[4], Fact.FILE_EMPTY())
    kept(library, pages[5], with_words([0.999] * 4), seconds=1.0)
    report = report_of(library, batch_id)
    assert (report.pages.number, report.pages.page_ids) == (7, tuple(pages))
    assert (report.words.number, report.words.page_ids) == (10, (pages[0], pages[2], pages[3], pages[5]))
    assert (report.to_check.number, report.to_check.page_ids) == (1, (pages[0],))
    assert report.failed.page_ids == (pages[4],)
    assert report.blank.page_ids == (pages[1],)
    assert report.turned.page_ids == (pages[2],)
    assert report.own_text.page_ids == (pages[3],)
    assert report.waiting.page_ids == (pages[6],)
    assert report.seconds == 7.75
    assert [(slow.page_id, slow.seconds) for slow in report.slowest[:2]] == [(pages[2], 3.0), (pages[0], 2.5)]
    assert report.first_read is not None and report.first_read <= report.last_read


def test_words_to_check_are_as_many_as_the_batch_says(library):
    batch_id, pages = batch_of(library, 3)
    kept(library, pages[0], with_words([0.1, 0.2, 0.9]))
    keep(library, pages[1], replace(reading("abc", confidence=0.9), unread=0.25))
    assert report_of(library, batch_id).to_check.number == library.batch(batch_id).counts.words == 2


def test_words_are_counted_by_how_likely_right_they_are(library):
    batch_id, (first, second) = batch_of(library, 2)
    kept(library, first, with_words([0.2, 0.5, 0.65, 0.75, 0.91, 0.999]))
    kept(library, second, with_words([0.75, 1.0]), line("three more words", confidence=0.55))
    bars = report_of(library, batch_id).confidence.bars
    assert [bar.begin for bar in bars] == list(CONFIDENCES)
    assert [bar.words for bar in bars] == [1, 4, 1, 2, 0, 1, 0, 0, 2]
    assert [bar.page_ids for bar in bars[:4]] == [(first,), (first, second), (first,), (first, second)]
    assert [bar.is_poor for bar in bars] == [True] * 3 + [False] * 6


@pytest.mark.parametrize(("dpi", "unit", "bar"), [(300, Unit.POINTS, 9.0), (0, Unit.PIXELS, 40.0)])
def test_print_is_measured_in_points_where_the_resolution_is_known(library, dpi, unit, bar):
    batch_id, (page,) = batch_of(library, 1)
    kept(library, page, with_words([0.9] * 5, height=50), scan=replace(GOOD, dpi=dpi))
    size = report_of(library, batch_id).print_size
    assert size.unit is unit
    assert {it.begin: it.words for it in size.bars if it.words} == {bar: 5}


def test_words_of_unknown_size_are_told(library):
    batch_id, (known, unknown) = batch_of(library, 2)
    kept(library, known, with_words([0.9] * 5, height=50), scan=replace(GOOD, dpi=300))
    kept(library, unknown, with_words([0.9] * 3, height=50))
    size = report_of(library, batch_id).print_size
    assert (size.unit, size.left_out, sum(bar.words for bar in size.bars)) == (Unit.POINTS, 3, 5)


def test_pages_to_scan_again_are_told_the_one_with_most_to_check_first(library):
    batch_id, pages = batch_of(library, 4)
    kept(library, pages[0], with_words([0.1]), scan=replace(GOOD, edge=0.4))
    kept(library, pages[1], with_words([0.1]), scan=GOOD)
    kept(library, pages[2], with_words([0.1, 0.1]), scan=replace(GOOD, light=0.02, left=5, lines=9))
    kept(library, pages[3], with_words([0.1]), scan=None)
    report = report_of(library, batch_id)
    assert [(it.page_id, it.to_check) for it in report.scan_again] == [(pages[2], 2), (pages[0], 1)]
    assert [[why.flaw for why in it.findings] for it in report.scan_again] == [[Flaw.LEFT, Flaw.DARK], [Flaw.BLURRED]]
    assert report.to_check_in_poor_scans == 3


def test_languages_are_counted_in_words(library):
    batch_id, pages = batch_of(library, 4)
    for page_id, language, count in zip(pages, ["de", "en", "de", None], [2, 5, 4, 9], strict=True):
        kept(library, page_id, with_words([0.9] * count), language=language)
    found = report_of(library, batch_id).languages
    assert [(it.language, it.words, len(it.page_ids)) for it in found] == [("de", 6, 2), ("en", 5, 1), (None, 9, 1)]


def test_the_same_file_is_told_also_from_another_batch(library):
    first, (early,) = batch_of(library, 1)
    kept(library, early, with_words([0.9]), content=b"1" * 16)
    scans = [Source(Path(f"/more/{name}.png"), f"{name}.png", size=1, modified=1) for name in "abc"]
    batch_id, pages = batch_of(library, scans, Path("/more"))
    for page_id, content in zip(pages, (b"2", b"1", b"2"), strict=True):
        kept(library, page_id, with_words([0.9]), content=content * 16)
    found = report_of(library, batch_id).read_before
    assert [(it.page_id, it.name, it.of_page_id) for it in found] == [
        (pages[1], "b.png", early),
        (pages[2], "c.png", pages[0]),
    ]
    assert found[0].of_batch == library.batch(first).name


def test_a_page_whose_text_was_taken_from_another_took_no_time(library):
    batch_id, (first, twin) = batch_of(library, 2)
    kept(library, first, with_words([0.9]), seconds=2.5)
    assert library.checkpoints.keep_twin(twin, library.page(first), b"1" * 16)
    report = report_of(library, batch_id)
    assert (report.seconds, [slow.page_id for slow in report.slowest], report.words.number) == (2.5, [first], 2)


def test_a_report_may_be_about_some_pages(library):
    _, pages = batch_of(library, 4)
    for page_id in pages:
        kept(library, page_id, with_words([0.9]))
    report = report_on(library, Scope(page_ids=(pages[3], pages[1])), "2 pages")
    assert report.pages.page_ids == (pages[1], pages[3])
    assert report.words.number == 2


def test_a_report_can_be_given_up(library):
    batch_id, pages = batch_of(library, 3)
    for page_id in pages:
        kept(library, page_id, with_words([0.9]))
    assert report_on(library, Scope(batch_id), "Receipts", lambda: True) is None


def test_removed_pages_are_not_counted(library):
    batch_id, pages = batch_of(library, 3)
    kept(library, pages[0], with_words([0.9]), content=b"1" * 16)
    kept(library, pages[1], with_words([0.9]), content=b"1" * 16)
    library.removing.take_out(batch_id, [pages[0]])
    report = report_of(library, batch_id)
    assert (report.pages.page_ids, report.read_before) == ((pages[1], pages[2]), ())
    chosen = report_on(library, Scope(page_ids=tuple(pages)), "3 pages")
    assert chosen.pages.page_ids == (pages[1], pages[2])
