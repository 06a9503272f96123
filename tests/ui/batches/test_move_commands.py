"""Batches that become one and pages that move, driven as a person does it."""

import pytest
from fakes import batch_of, draw_pages, keep, reading
from PySide6.QtCore import QItemSelectionModel

from ocrdesk.engine.document import Page, Source
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.layout.regions import Region
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


def choose(desk, *names: str) -> None:
    """Chooses batches; the pages of the last one are shown."""
    for name in names:
        desk.show_batch(name)
    for name in names:
        desk.child("batchList").selectionModel().select(desk.index_of(name), ADD)


def source_of(page: Page) -> Source:
    return Source(page.path, page.name, page.frame, 1, 1)


def test_chosen_batches_become_one_in_the_order_of_the_list(desk, add):
    _letters, bills, notes = add("letters"), add("bills"), add("notes")
    action = desk.action("actionMergeBatches")
    choose(desk, "bills")
    assert (action.text(), action.isEnabled()) == ("Merge selected batches", False)
    choose(desk, "bills", "notes")
    assert (action.text(), action.isEnabled()) == ("Merge 2 batches into “notes”", True)
    wanted = desk.library.page_ids(notes) + desk.library.page_ids(bills)
    assert desk.batches == ["notes", "bills", "letters"]
    action.trigger()
    desk.until(lambda: desk.notice == "Merged into “notes”, which has 4 pages now.")
    assert desk.batches == ["notes", "letters"]
    assert desk.library.page_ids(notes) == wanted
    assert desk.window.desk.chosen.batch_id == notes
    assert desk.child("batchList").chosen() == [notes]
    desk.until(lambda: desk.model.rowCount() == 4)
    assert not action.isEnabled()


def test_batches_that_were_merged_are_parted_again(desk, add):
    letters, bills, notes = add("letters"), add("bills"), add("notes")
    pages = {batch_id: desk.library.page_ids(batch_id) for batch_id in (letters, bills, notes)}
    choose(desk, "letters", "bills", "notes")
    for command in ("actionMergeBatches", "actionRedo"):
        desk.action(command).trigger()
        desk.until(lambda: desk.batches == ["notes"])
        assert desk.window.desk.removals.kept.keys() == {letters, bills}
        assert desk.action("actionUndo").text() == "Undo merge 3 batches into “notes”"
        desk.action("actionUndo").trigger()
        desk.until(lambda: desk.batches == ["notes", "bills", "letters"])
        assert {batch_id: desk.library.page_ids(batch_id) for batch_id in pages} == pages
        assert desk.window.desk.removals.kept == {}


def test_why_a_batch_cannot_be_merged(open_desk, slow, gate, scans, tmp_path):
    desk = open_desk(slow)
    draw_pages(scans, 2)
    draw_pages(tmp_path / "next", 1)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.drop(tmp_path / "next")
    desk.until(lambda: len(desk.batches) == 2 and desk.runner.waiting)
    choose(desk, "scans", "next")
    desk.action("actionMergeBatches").trigger()
    assert desk.notice == "“scans” is being read. Stop it or wait until it is finished, then merge."
    other, _ = batch_of(desk.library, 1, tmp_path / "other")
    desk.window.desk.chosen.tell(Change(other))
    choose(desk, "next", "other")
    desk.action("actionMergeBatches").trigger()
    assert desk.notice == "“next” is queued. Stop it or wait until it is read, then merge."


def test_a_batch_whose_folder_is_watched_cannot_be_merged(desk, add):
    add("bills"), add("notes")
    desk.show_batch("notes")
    desk.action("actionWatch").trigger()
    choose(desk, "notes", "bills")
    desk.action("actionMergeBatches").trigger()
    assert desk.notice == "The folder of “notes” is watched. Turn that off in the Batch menu, then merge."


def test_regions_of_the_first_batch_hold_for_all_and_its_own_for_each_after_an_undo(desk, add):
    bills, notes = add("bills"), add("notes")
    pages = desk.library.page_ids(notes) + desk.library.page_ids(bills)
    desk.library.texts.set_regions(notes, [Region(0, 0, 1, 1, False)])
    choose(desk, "notes", "bills")
    desk.action("actionMergeBatches").trigger()
    desk.until(
        lambda: desk.notice == ("Merged into “notes”, which has 4 pages now. Its regions now apply to all of them.")
    )

    def starts() -> list[str]:
        known = desk.library.pages(pages)
        return [known[page_id].text_start for page_id in pages]

    desk.until(lambda: starts() == [""] * 4)
    desk.answer("Undo")
    desk.until(lambda: starts() == ["", "", "a page of bills", "a page of bills"])


def test_a_merge_that_fails_is_told(desk, add, monkeypatch):
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
    desk.until(lambda: desk.notice == "Moved 1 page to “notes”.")
    desk.until(lambda: desk.chosen == ["2.png"])
    assert desk.window.page_view.page_id == pages[1]
    assert desk.library.page_ids(notes)[-1] == pages[0]
    desk.until(lambda: desk.model.rowCount() == 1)
    assert desk.window.desk.batches.batch(notes).counts.total == 3
    desk.show_batch("notes")
    desk.answer("Undo")
    desk.until(lambda: desk.window.desk.chosen.batch_id == bills and desk.chosen == ["1.png"])
    assert desk.library.page_ids(bills) == pages


def test_a_menu_offers_the_other_batches_in_the_order_of_the_list(desk, add):
    bills = add("bills")
    action = desk.action("actionMovePagesTo")
    desk.show_batch("bills")
    desk.choose("1.png")
    assert not action.isEnabled(), "there is no other batch"
    add("letters & notes"), add("waiting")
    desk.choose("2.png")
    assert action.isEnabled()
    action.menu().aboutToShow.emit()
    entries = action.menu().actions()
    assert [entry.text() for entry in entries] == ["waiting", "letters && notes"]
    page_id = desk.library.page_ids(bills)[1]
    entries[1].trigger()
    desk.until(lambda: desk.library.page_ids(desk.batch("letters & notes").id)[-1] == page_id)


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
    desk.until(lambda: desk.notice == f"Moved 2 pages to “{tmp_path.name}”.")
    assert [page.text_start for page in desk.library.pages(desk.library.page_ids(copy)).values()] == [
        "a page of bills"
    ] * 2
    assert desk.library.page_ids(notes)


def test_nothing_to_be_undone_is_left_where_nothing_moved(desk, add, tmp_path):
    bills = add("bills")
    copy = desk.library.batch_of_folder(tmp_path, whole=False)
    there = desk.library.page_ids(bills)
    for page_id in desk.library.add_pages(copy, [source_of(desk.library.page(it)) for it in there]).page_ids:
        keep(desk.library, page_id, reading("text"))
    desk.window.desk.chosen.tell(Change(copy))
    desk.show_batch("bills")
    desk.window.move_commands.move_pages(there, copy)
    desk.until(lambda: desk.notice == "2 pages were there already.")
    assert desk.library.page_ids(bills) == there
    assert not desk.action("actionUndo").isEnabled()


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
    assert desk.notice.startswith("Moved 2 pages to “other”.")
    assert desk.runner.waiting == (other,)
    gate.open()
    desk.until_read("other", pages=2)
    assert desk.statuses("scans") == desk.statuses("other")[:1] == ["done"]
