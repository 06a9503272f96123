"""Corrections in the library: kept, taken back, found again, and laid over wherever text is asked for."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import batch_of, die_and_reopen, fill_disk, keep, line, sources
from letter import AGAIN, LETTER, correct, letter_in, lines_of, text_of

from ocrdesk.engine.corrections.changes import accepted, corrected, merged, moved, new_line, split, withdrawn
from ocrdesk.engine.corrections.laid_over import laid_over
from ocrdesk.engine.document import Reading, ReadingOrder
from ocrdesk.engine.errors import Gone, LibraryError
from ocrdesk.engine.library import PageFilter, stored_text
from ocrdesk.engine.search.query import parse

PLACE = ((0, 120), (80, 120), (80, 130), (0, 130))


@pytest.fixture
def page(library):
    return letter_in(library)


# Kept and taken back


def test_keeping_a_correction_lays_those_of_its_page_over_the_lines_once(library, page, monkeypatch):
    laid = []
    monkeypatch.setattr(stored_text, "laid_over", lambda *them: laid.append(them) or laid_over(*them))
    former = correct(library, page, 0, "Dear Mr Smith,")
    assert len(laid) == 2, "once to look at the line here, and once to keep it"
    library.corrections.put_back(former)
    assert len(laid) == 3


def test_a_correction_is_laid_over_its_line_and_the_stored_one_stays(library, page):
    shown = lines_of(library, page)[0]
    correct(library, page, 0, "Dear Mr Smith,")
    now = lines_of(library, page)[0]
    assert now.text == "Dear Mr Smith," and now.is_corrected and now.confidence == 1
    assert now.polygon == shown.polygon and now.numbers == (0,)
    assert library._connection.read("SELECT text FROM line WHERE page_id = ?", page)[0]["text"] == "Dear Mr Smlth,"
    (kept,) = library.corrections.of(page)
    assert (kept.before, kept.after, kept.page_id, kept.id) == (
        "Dear Mr Smlth,",
        "Dear Mr Smith,",
        page,
        *now.corrections,
    )
    assert kept.made.startswith("20")
    assert library.page(page).text_start.startswith("Dear Mr Smith,")
    assert "Smith" in library.texts.flowing([page]) and library.texts.lines(page)[0].text == "Dear Mr Smith,"


def test_a_second_correction_takes_the_place_of_the_first_and_undo_brings_that_back(library, page):
    correct(library, page, 0, "Dear Mr Smit,")
    former = correct(library, page, 0, "Dear Mr Smith,")
    (kept,) = library.corrections.of(page)
    assert (kept.before, kept.after) == ("Dear Mr Smlth,", "Dear Mr Smith,")
    later = library.corrections.put_back(former)
    assert library.corrections.of(page) == former.corrections
    assert text_of(library, page)[0] == "Dear Mr Smit,"
    library.corrections.put_back(later)
    assert library.corrections.of(page) == (kept,)


CHANGES = [
    lambda lines: corrected(lines[0], None),
    lambda lines: accepted(lines[0], [(0, 4)]),
    lambda lines: merged(lines[:2]),
    lambda lines: split(lines[1], 10),
    lambda lines: new_line(PLACE, "Miller"),
    lambda lines: moved(lines[0], lines[2]),
]


@pytest.mark.parametrize("change", CHANGES)
def test_all_goes_back_to_what_was_read(library, page, change):
    before, text = library.page(page), library.texts.of(page)
    library.corrections.put_back(library.corrections.keep(page, change(text.lines)))
    assert library.page(page) == before and library.texts.of(page) == text
    library.corrections.keep(page, change(text.lines))
    assert library.texts.of(page) != text and library.page(page).corrected
    library.corrections.keep(page, withdrawn(*library.corrections.of(page)))
    assert library.page(page) == before and library.texts.of(page) == text


def test_a_new_line_that_is_taken_away_leaves_nothing(library, page):
    library.corrections.keep(page, new_line(PLACE, "Miller"))
    correct(library, page, 3, "Müller")
    assert [(it.before, it.after) for it in library.corrections.of(page)] == [("", "Müller")]
    correct(library, page, 3, None)
    assert library.corrections.of(page) == ()


def test_a_line_that_was_moved_and_corrected_is_both_whatever_came_first(library, page):
    library.corrections.keep(page, moved(lines_of(library, page)[0], lines_of(library, page)[2]))
    assert text_of(library, page) == ["the goods havo come", "Yours", "Dear Mr Smlth,"]
    assert not any(it.is_corrected for it in lines_of(library, page))
    correct(library, page, 2, "Dear Mr Smith,")
    assert text_of(library, page) == ["the goods havo come", "Yours", "Dear Mr Smith,"]
    library.corrections.keep(page, moved(lines_of(library, page)[2], None))
    (first, *_) = lines_of(library, page)
    assert (first.text, first.is_corrected, first.confidence) == ("Dear Mr Smith,", True, 1)
    assert len(library.corrections.of(page)) == 1


@pytest.mark.parametrize("order", ReadingOrder)
def test_in_every_reading_order_a_line_knows_its_correction(library, page, order):
    library.texts.set_reading_order_of_pages([page], order)
    correct(library, page, 1, "the goods have come")
    found = {it.text: it for it in lines_of(library, page)}
    assert [it.is_corrected for it in found.values()] == [text == "the goods have come" for text in found]


def test_pieces_that_the_page_joins_are_one_line_and_corrected_as_one(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading((line("Dear", 0, 0, 50), line("Mr Smlth", 51, 0, 100)), 500, 200))
    assert text_of(library, page_id) == ["Dear Mr Smlth"]
    correct(library, page_id, 0, "Dear Mr Smith")
    (it,) = lines_of(library, page_id)
    assert (it.text, it.numbers) == ("Dear Mr Smith", (0, 1))


def test_halves_of_a_line_stay_apart_though_they_stand_beside_each_other(library, page):
    library.corrections.keep(page, split(lines_of(library, page)[1], 10))
    assert library.text(page).splitlines() == ["Dear Mr Smlth,", "the goods\thavo come", "Yours"]


def test_a_page_that_was_removed_takes_no_corrections(library, page):
    change = corrected(lines_of(library, page)[2], "Yours,")
    former = library.corrections.keep(page, change)
    library.remove_pages([page])
    with pytest.raises(Gone):
        library.corrections.keep(page, change)
    with pytest.raises(Gone):
        library.corrections.put_back(former)
    assert not library._connection.read("SELECT 1 FROM correction")


def test_what_cannot_be_stored_is_not_there(library, page):
    correct(library, page, 0, "Dear Mr Smith,")
    kept, text = library.corrections.of(page), library.texts.of(page)
    fill_disk(library)
    with pytest.raises(LibraryError):
        correct(library, page, 0, "Dear Mr Smith, " * 10_000)
    assert library.corrections.of(page) == kept and library.texts.of(page) == text


# What a page says


def test_a_page_with_corrections_is_counted_and_found(library, page):
    batch_id = library.page(page).batch_id
    assert library.batch(batch_id).counts.corrected == 0
    correct(library, page, 2, "Yours,")
    correct(library, page, 1, "the goods have come")
    assert library.batch(batch_id).counts.corrected == 1
    assert library.page_ids(batch_id, PageFilter.CORRECTED) == [page]
    assert library.page(page).corrected == 2


@pytest.mark.parametrize("unread", [0.0, 0.4])
def test_what_was_corrected_is_not_doubtful_and_what_was_not_read_still_is(library, unread):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(
        library,
        page_id,
        Reading(
            (line("abcd", 0, 0, 40, confidence=0.5), line("ef", 0, 30, 20, confidence=0.2)), 200, 100, unread=unread
        ),
    )
    before = library.page(page_id).confidence
    assert library.batch(batch_id).counts.doubtful == 1
    former = correct(library, page_id, 0, "Abcd")
    assert library.page(page_id).confidence == pytest.approx((4 * 1 + 2 * 0.2) / 6 * (1 - unread))
    correct(library, page_id, 1, "Ef")
    assert library.page(page_id).confidence == pytest.approx(1 - unread)
    assert library.batch(batch_id).counts.doubtful == bool(unread)
    library.corrections.put_back(former)
    assert library.page(page_id).confidence == before


def test_a_page_without_text_has_some_where_a_line_was_added_and_none_where_all_were_taken_away(library, page):
    _, (blank,) = batch_of(library, 1, Path("/others"))
    keep(library, blank, Reading((), 500, 200))
    library.corrections.keep(blank, new_line(PLACE, "Miller"))
    assert library.text(blank) == "Miller" and not library.page(blank).is_blank
    assert (library.page(blank).line_count, library.page(blank).confidence) == (1, 1)
    for _ in range(3):
        correct(library, page, 0, None)
    assert library.page(page).is_blank and library.page(page).confidence is None


def found(library, words: str) -> list[int]:
    return [page.page_id for page in library.search.pages(parse(f"{words} "))]


def test_search_finds_what_was_corrected_and_not_what_was_misread(library, page):
    assert found(library, "Smlth") == [page]
    correct(library, page, 0, "Dear Mr Smith, Ärger")
    assert found(library, "smith") == found(library, "ÄRGER") == [page]
    assert found(library, "Smlth") == []
    assert found(library, "havo") == [page]
    keep(library, page, replace(LETTER, lines=LETTER.lines[1:]))
    assert len(library.corrections.lost()) == 1
    assert found(library, "smith") == []


def test_search_finds_what_a_line_has_beside_its_correction(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading((line("Smlth", 0, 0, 100), line("Miller", 300, 0, 100)), 500, 200))
    correct(library, page_id, 0, "Smith")
    keep(library, page_id, Reading((line("Smlth    Miller", 0, 0, 400),), 500, 200))
    assert text_of(library, page_id) == ["Smith", "Miller"]
    assert found(library, "miller") == found(library, "smith") == [page_id]
    assert found(library, "smlth") == [], "what was misread in a part of the line"


def test_search_finds_lines_of_a_letter_beside_corrected_ones(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading((line("Smlth", 0, 0, 100), line("é", 0, 50, 10)), 500, 200))
    correct(library, page_id, 0, "Smith")
    assert found(library, "É") == [page_id]
    assert found(library, "smlth") == []


# Read again


def test_a_page_that_is_read_again_keeps_its_corrections(library, page):
    correct(library, page, 1, "the goods have come")
    library.corrections.keep(page, accepted(lines_of(library, page)[0], [(0, 4)]))
    kept = library.corrections.of(page)
    keep(library, page, AGAIN)
    assert text_of(library, page) == ["Dear Mr Smlth,", "the goods have come", "Yours"]
    now = library.corrections.of(page)
    assert [it.numbers for it in now] == [(2,), (1,)]
    assert [replace(it, numbers=()) for it in now] == [replace(it, numbers=()) for it in kept]
    assert library.page(page).corrected == 2
    library.corrections.keep(page, withdrawn(*now))
    assert text_of(library, page)[1] == "tho goods havo come"


def test_one_without_a_line_is_in_the_list_and_never_dropped(library, page):
    correct(library, page, 1, "the goods have come")
    keep(library, page, replace(LETTER, lines=LETTER.lines[::2]))
    (lost,) = library.corrections.lost()
    assert lost.is_lost and (lost.after, lost.page_id) == ("the goods have come", page)
    assert library.corrections.lost(library.page(page).batch_id) == [lost]
    assert library.corrections.lost(999) == []
    assert text_of(library, page) == ["Dear Mr Smlth,", "Yours"]
    keep(library, page, LETTER)
    assert library.corrections.lost() == [] and text_of(library, page)[1] == "the goods have come"


def test_undo_fits_a_reading_that_came_in_between(library, page):
    former = correct(library, page, 1, "the goods have come")
    later = correct(library, page, 0, "Dear Mr Smith,")
    keep(library, page, AGAIN)
    library.corrections.put_back(later)
    assert text_of(library, page) == ["Dear Mr Smlth,", "the goods have come", "Yours"]
    library.corrections.put_back(former)
    assert text_of(library, page)[1] == "tho goods havo come"


def test_what_was_seen_before_the_page_was_read_again_is_corrected_in_its_place(library, page):
    change = corrected(lines_of(library, page)[1], "the goods have come")
    keep(library, page, AGAIN)
    library.corrections.keep(page, change)
    assert text_of(library, page) == ["Dear Mr Smlth,", "the goods have come", "Yours"]


def test_a_page_that_is_turned_is_read_again_with_its_corrections(library, page):
    correct(library, page, 1, "the goods have come")
    turned = tuple(
        replace(it, polygon=tuple((500 - x, 200 - y) for x, y in (*it.polygon[2:], *it.polygon[:2])))
        for it in LETTER.lines
    )
    keep(library, page, Reading(turned, 500, 200, 180))
    assert "the goods have come" in text_of(library, page) and library.corrections.lost() == []


@pytest.mark.parametrize(("text", "is_kept"), [("the goods hawo come", True), ("Seven horses and a cart", False)])
def test_of_another_file_the_text_must_be_alike(library, page, text, is_kept):
    def read(lines, content):
        library.checkpoints.keep(
            page, replace(LETTER, lines=lines), seconds=1, rotation=0, recognizer="x", content=content
        )

    read(LETTER.lines, b"1")
    correct(library, page, 1, "the goods have come")
    read((LETTER.lines[0], replace(LETTER.lines[1], text=text), LETTER.lines[2]), b"2")
    assert [it.is_lost for it in library.corrections.of(page)] == [not is_kept]
    assert text_of(library, page)[1] == ("the goods have come" if is_kept else text)


def test_another_file_is_told_from_the_same_one_when_a_person_has_it_read_again(library, page):
    def read(text, content):
        lines = (LETTER.lines[0], replace(LETTER.lines[1], text=text), LETTER.lines[2])
        library.checkpoints.keep(
            page, replace(LETTER, lines=lines), seconds=1, rotation=0, recognizer="x", content=content
        )

    read(LETTER.lines[1].text, b"1")
    correct(library, page, 1, "the goods have come")
    for text, content, is_lost in (("Scvcn horscs", b"1", False), ("Seven horses and a cart", b"2", True)):
        library.runs.drop_checkpoints([page])
        read(text, content)
        assert [it.is_lost for it in library.corrections.of(page)] == [is_lost]


def test_a_reading_that_failed_leaves_text_and_corrections(library, page):
    correct(library, page, 1, "the goods have come")
    before = library.corrections.of(page)
    library.runs.drop_checkpoints([page])
    assert text_of(library, page)[1] == "the goods have come"
    library.checkpoints.keep_failure(page, "Damaged.")
    assert library.corrections.of(page) == before
    assert text_of(library, page)[1] == "the goods have come"


def test_corrections_survive_the_death_of_the_program(library, page):
    correct(library, page, 1, "the goods have come")
    before, text = library.corrections.of(page), library.texts.of(page)
    again = die_and_reopen(library)
    assert again.corrections.of(page) == before and again.texts.of(page) == text
    again.close()


# Pages that move


def test_a_page_that_keeps_its_own_reading_keeps_its_corrections(library, page):
    correct(library, page, 0, "Dear Mr Smith,")
    before = library.page(page)
    library.checkpoints.keep_twin(page, before, b"same")
    assert library.page(page) == replace(before, content=b"same")
    assert text_of(library, page)[0] == "Dear Mr Smith,"


def test_corrections_go_with_their_page_to_another_batch_and_out_of_sight_and_back(library, page):
    correct(library, page, 0, "Dear Mr Smith,")
    keep(library, page, replace(LETTER, lines=LETTER.lines[1:]))
    here = library.page(page).batch_id
    there, _ = batch_of(library, sources(1, Path("/others")), Path("/others"))
    moved_pages = library.moving.move([page], there)
    assert len(library.corrections.lost(there)) == library.batch(there).counts.corrected == 1
    library.moving.undo(moved_pages)
    assert library.batch(there).counts.corrected == 0
    holder = library.removing.take_out(here, [page])
    assert library.corrections.lost() == [] and library.batch(here).counts.corrected == 0
    library.removing.put_back(holder, here)
    assert len(library.corrections.lost(here)) == 1


# How long it takes


def test_a_correction_takes_milliseconds_on_a_page_with_many_lines(library):
    _, (page_id,) = batch_of(library, 1)
    lines = tuple(line(f"line {number} of many on this page", 0, 20 * number, 400) for number in range(300))
    keep(library, page_id, Reading(lines, 500, 6000))
    for number in range(20):
        correct(library, page_id, number, f"Line {number} of many on this page")
    change = corrected(lines_of(library, page_id)[100], "Line")
    begun = time.process_time()
    library.corrections.keep(page_id, change)
    assert time.process_time() - begun < 0.5


def test_the_correction_that_was_made_last_is_known_and_the_one_before_when_it_is_taken_back(library, page):
    assert library.corrections.latest() is None
    first, second, *_ = library.texts.lines(page)
    library.corrections.keep(page, corrected(first, "one"))
    former = library.corrections.keep(page, corrected(second, "two"))
    latest = library.corrections.latest()
    assert (latest.page_id, latest.after, latest.before) == (page, "two", second.text)
    library.corrections.put_back(former)
    assert library.corrections.latest().after == "one"
