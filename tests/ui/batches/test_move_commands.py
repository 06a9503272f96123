"""Batches that become one and pages that move, driven as a person does it."""

import pytest
from fakes import batch_of, draw_pages, keep, reading
from PySide6.QtCore import QItemSelectionModel

from ocrdesk.engine.document import Page, Source
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.layout.regions import Region
from ocrdesk.ui.batches import move_commands
from ocrdesk.ui.desk.chosen import Change

ADD = QItemSelectionModel.SelectionFlag.Select


@pytest.fixture
def add(desk, tmp_path):
    """Adds a batch of pages that were read."""

    def add_one(name: str, pages: int = 2) -> int:
        batch_id, page_ids = batch_of(desk.library, pages, tmp_path / name)
        for page_id in page_ids:
            keep(desk.library, page_id, reading(f"a page of {name}"))
        desk.window.desk.chosen.tell(Change(batch_id))
        return batch_id

    return add_one


@pytest.fixture
def asked(monkeypatch) -> list[tuple[str, ...]]:
    """The questions asked, all of which are answered with yes."""
    asked = []
    monkeypatch.setattr(move_commands, "confirmed", lambda _, *words: asked.append(words) or True)
    return asked


def choose(desk, *names: str) -> None:
    """Chooses batches; the pages of the last one are shown."""
    for name in names:
        desk.show_batch(name)
    for name in names:
        desk.child("batchList").selectionModel().select(desk.index_of(name), ADD)


def source_of(page: Page) -> Source:
    return Source(page.path, page.name, page.frame, 1, 1)


def test_chosen_batches_become_one_in_the_order_of_the_list(desk, add, asked):
    _letters, bills, notes = add("letters"), add("bills"), add("notes")
    action = desk.action("actionMergeBatches")
    choose(desk, "bills")
    assert (action.text(), action.isEnabled()) == ("Merge selected batches…", False)
    choose(desk, "bills", "notes")
    assert (action.text(), action.isEnabled()) == ("Merge 2 batches…", True)
    wanted = desk.library.page_ids(notes) + desk.library.page_ids(bills)
    assert desk.batches == ["notes", "bills", "letters"]
    action.trigger()
    assert asked[0][0] == "Merge 2 batches into “notes”?"
    assert asked[0][1].startswith("2 pages move into it, with all that was read.")
    desk.until(lambda: desk.notice == "“notes” has 4 pages now.")
    assert desk.batches == ["notes", "letters"]
    assert desk.library.page_ids(notes) == wanted
    assert desk.window.desk.chosen.batch_id == notes
    assert desk.child("batchList").chosen() == [notes]
    desk.until(lambda: desk.model.rowCount() == 4)
    assert not action.isEnabled()


def test_nothing_happens_after_a_no(desk, add, monkeypatch):
    add("letters"), add("bills")
    monkeypatch.setattr(move_commands, "confirmed", lambda *words: False)
    choose(desk, "bills", "letters")
    desk.action("actionMergeBatches").trigger()
    assert desk.batches == ["bills", "letters"]


def test_why_a_batch_cannot_be_merged(open_desk, slow, gate, scans, tmp_path, asked):
    desk = open_desk(slow)
    draw_pages(scans, 2)
    draw_pages(tmp_path / "next", 1)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.drop(tmp_path / "next")
    desk.until(lambda: len(desk.batches) == 2 and desk.runner.waiting)
    choose(desk, "scans", "next")
    desk.action("actionMergeBatches").trigger()
    assert desk.notice == "“scans” is being read. Stop it or wait for its end, then merge."
    other, _ = batch_of(desk.library, 1, tmp_path / "other")
    desk.window.desk.chosen.tell(Change(other))
    choose(desk, "next", "other")
    desk.action("actionMergeBatches").trigger()
    assert desk.notice == "“next” is queued. Stop it or wait until it is read, then merge."
    assert asked == []


def test_a_batch_whose_folder_is_watched_cannot_be_merged(desk, add, asked):
    add("bills"), add("notes")
    desk.show_batch("notes")
    desk.action("actionWatch").trigger()
    choose(desk, "notes", "bills")
    desk.action("actionMergeBatches").trigger()
    assert desk.notice == "The folder of “notes” is watched. End that in the Batch menu, then merge."
    assert asked == []


def test_regions_that_differ_are_told_before_and_hold_afterwards(desk, add, asked):
    bills, notes = add("bills"), add("notes")
    desk.library.texts.set_regions(notes, [Region(0, 0, 1, 1, False)])
    choose(desk, "notes", "bills")
    desk.action("actionMergeBatches").trigger()
    assert asked[0][1].endswith("Its regions then hold for all pages; those of the others are lost.")
    desk.until(lambda: desk.library.batch(bills) is None)
    pages = desk.library.page_ids(notes)
    desk.until(lambda: [page.text_start for page in desk.library.pages(pages).values()] == [""] * 4)


def test_a_merge_that_fails_is_told(desk, add, asked, monkeypatch):
    add("bills"), add("notes")

    def fail(*_):
        raise LibraryError("The disk is full. Make room, then try again.")

    monkeypatch.setattr(desk.library.moving, "merge", fail)
    choose(desk, "notes", "bills")
    desk.action("actionMergeBatches").trigger()
    desk.until(lambda: desk.notice == "The disk is full. Make room, then try again.")
    assert desk.batches == ["notes", "bills"]
    assert desk.window.desk.under_way.text == ""


# Pages


def test_pages_move_to_another_batch(desk, add):
    bills, notes = add("bills"), add("notes")
    desk.show_batch("bills")
    pages = desk.library.page_ids(bills)
    desk.until(lambda: desk.model.rowCount() == 2)
    desk.choose("1.png")
    desk.window.move_commands.move_pages(pages[:1], notes)
    desk.until(lambda: desk.notice == "1 page is in “notes” now.")
    desk.until(lambda: desk.chosen == ["2.png"])
    assert desk.window.page_view.page_id == pages[1]
    assert desk.library.page_ids(notes)[-1] == pages[0]
    desk.until(lambda: desk.model.rowCount() == 1)
    assert desk.window.desk.batches.batch(notes).counts.total == 3
    desk.answer("Show")
    assert desk.window.desk.chosen.batch_id == notes


def test_the_last_page_that_moves_is_no_longer_looked_at(desk, add):
    bills, notes = add("bills", 1), add("notes")
    desk.show_batch("bills")
    desk.choose("1.png")
    (page_id,) = desk.library.page_ids(bills)
    assert desk.window.page_view.page_id == page_id
    desk.window.move_commands.move_pages([page_id], notes)
    desk.until(lambda: desk.window.page_view.page_id is None)


def test_pages_that_are_there_are_told_and_those_of_the_batch_itself_stay(desk, add, tmp_path):
    bills, notes = add("bills"), add("notes")
    desk.show_batch("bills")
    there = desk.library.page_ids(bills)
    desk.window.move_commands.move_pages(there, bills)
    assert desk.library.page_ids(bills) == there
    copy = desk.library.batch_of_folder(tmp_path, whole=False)
    sources = [desk.library.page(page_id) for page_id in there]
    desk.library.add_pages(copy, [source_of(page) for page in sources])
    desk.window.desk.chosen.tell(Change(copy))
    desk.window.move_commands.move_pages(there, copy)
    desk.until(lambda: desk.notice == "2 pages are in “" + tmp_path.name + "” now.")
    assert [page.text_start for page in desk.library.pages(desk.library.page_ids(copy)).values()] == [
        "a page of bills"
    ] * 2
    assert desk.library.page_ids(notes)


def test_pages_that_wait_are_read_where_they_went_and_the_one_that_is_read_stays(
    open_desk, slow, gate, scans, tmp_path
):
    desk = open_desk(slow)
    draw_pages(scans, 3)
    other, _ = batch_of(desk.library, 0, tmp_path / "other")
    desk.window.desk.chosen.tell(Change(other))
    desk.drop(scans)
    desk.until_reading(gate)
    desk.until(lambda: len(desk.statuses()) == 3)
    desk.show_batch("scans")
    pages = desk.library.page_ids(desk.batch().id)
    desk.window.move_commands.move_pages(pages, other)
    desk.until(lambda: "1 page is being read and stays where it is." in desk.notice)
    assert desk.notice.startswith("2 pages are in “other” now.")
    assert desk.runner.waiting == (other,)
    gate.open()
    desk.until_read("other", pages=2)
    assert desk.statuses("scans") == desk.statuses("other")[:1] == ["done"]
