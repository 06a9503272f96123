"""What was removed in one session, and what the next one offers."""

import pytest
from fakes import batch_of, keep, reading
from PySide6.QtCore import Qt

from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.window import removal_commands

CTRL = Qt.KeyboardModifier.ControlModifier
ALL = ["1.png", "2.png", "3.png", "4.png"]


@pytest.fixture
def read_desk(desk, scans):
    """Four pages that were read."""
    desk.show_read(scans, 4)
    return desk


def remove(desk, *names: str) -> None:
    desk.choose(*names)
    desk.press(Qt.Key.Key_Delete)
    desk.until(lambda: not {*names} & {*desk.shown})


def test_pages_that_were_removed_last_time_are_put_back(open_desk, read_desk):
    remove(read_desk, "1.png", "3.png")
    remove(read_desk, "2.png")
    read_desk.quit()
    desk = open_desk()
    assert desk.shown == ["4.png"]
    assert desk.notice == "Last time, you removed 3 pages; this can still be undone."
    desk.answer("Put back")
    desk.until(lambda: desk.shown == ALL)
    assert desk.library.removing.hidden() == []
    assert not desk.action("actionRemoveForGood").isEnabled()
    desk.quit()
    assert open_desk().notice == ""


def test_a_batch_comes_back_before_the_pages_that_were_removed_from_it(open_desk, read_desk):
    remove(read_desk, "1.png")
    read_desk.action("actionRemoveBatch").trigger()
    read_desk.quit()
    desk = open_desk()
    assert desk.batches == []
    assert desk.notice == "Last time, you removed “scans” and 1 page; this can still be undone."
    desk.answer("Put back")
    desk.until(lambda: desk.shown == ALL)


def test_undo_brings_back_what_was_removed_last_time_and_redo_removes_it_again(open_desk, read_desk):
    remove(read_desk, "1.png")
    read_desk.quit()
    desk = open_desk()
    assert desk.action("actionUndo").text() == "Undo remove 1 page"
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: desk.shown == ALL and desk.chosen == ["1.png"])
    assert desk.notice == ""
    desk.action("actionRedo").trigger()
    desk.until(lambda: desk.shown == ALL[1:])
    assert [one.pages for one in desk.library.removing.removed()] != [], "the next start offers it again"


def test_it_is_offered_once_and_can_be_undone_as_long_as_the_window_is_open(open_desk, read_desk, monkeypatch):
    monkeypatch.setattr(removal_commands, "LATER", 0)
    remove(read_desk, "1.png")
    read_desk.quit()
    desk = open_desk()
    desk.until(lambda: desk.library.removing.removed() == [])
    remove(desk, "2.png")
    assert desk.notice == "Removed 1 page."
    for shown in (["2.png", "3.png", "4.png"], ALL):
        desk.action("actionUndo").trigger()
        desk.until(lambda shown=shown: desk.shown == shown)
    remove(desk, "3.png")
    desk.quit()
    desk = open_desk()
    assert desk.notice == "Last time, you removed 1 page; this can still be undone."
    desk.quit()
    desk = open_desk()
    assert desk.notice == ""
    desk.until(lambda: desk.library.removing.hidden() == [])


def test_it_is_removed_for_good_after_a_question(open_desk, read_desk, monkeypatch):
    monkeypatch.setattr(removal_commands, "confirmed", lambda *words: True)
    remove(read_desk, "1.png")
    read_desk.quit()
    desk = open_desk()
    desk.answer("Remove for good…")
    desk.until(lambda: desk.library.removing.hidden() == [])
    assert not desk.action("actionUndo").isEnabled()
    assert not desk.action("actionRemoveForGood").isEnabled()
    assert desk.notice == ""


def test_what_was_to_go_for_good_is_not_offered_where_the_program_ended_before_it_went(
    open_desk, read_desk, monkeypatch
):
    monkeypatch.setattr(removal_commands, "confirmed", lambda *words: True)
    remove(read_desk, "1.png")
    with monkeypatch.context() as ending:
        ending.setattr(read_desk.library.removing, "finish", lambda *values: None)
        read_desk.action("actionRemoveForGood").trigger()
        read_desk.until(lambda: read_desk.window.removal_commands._lane.has_ended)
    assert read_desk.library.removing.hidden() != []
    read_desk.quit()
    assert open_desk().notice == ""


def test_a_batch_that_is_half_opened_or_was_merged_is_not_offered(open_desk, desk, tmp_path):
    bills, _ = batch_of(desk.library, 1, tmp_path / "bills")
    notes, _ = batch_of(desk.library, 1, tmp_path / "notes")
    desk.library.moving.merge([bills, notes])
    with desk.library._connection.write() as db:  # as a kill leaves it
        db.execute("INSERT INTO batch (name, origin, whole_folder, hidden) VALUES ('saved', x'2f', 1, 1)")
    desk.quit()
    desk = open_desk()
    assert desk.batches == ["bills"]
    assert desk.notice == ""
    assert not desk.action("actionRemoveForGood").isEnabled()


def test_what_was_not_finished_is_asked_about_first(open_desk, desk, tmp_path):
    _, pages = batch_of(desk.library, 3, tmp_path / "bills")
    keep(desk.library, pages[0], reading("text"))
    desk.window.desk.chosen.tell(Change(None))
    desk.show_batch("bills")
    remove(desk, "3.png")
    desk.library.runs.queue(desk.batch("bills").id)
    desk.quit()
    desk = open_desk()
    assert desk.notice == "“bills” was not finished: 1 of 2 pages are done."
    desk.answer("Not now")
    assert desk.notice == "Last time, you removed 1 page; this can still be undone."
