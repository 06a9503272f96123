"""What is done with several batches at once."""

import pytest
from fakes import batch_of, keep, reading
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication

from ocrdesk.ui.desk.chosen import Change


@pytest.fixture
def several(desk, tmp_path):
    """A desk with three batches, of which two are chosen."""
    for name in ("letters", "bills", "notes"):
        batch_id, pages = batch_of(desk.library, 2, tmp_path / name)
        for page_id in pages:
            keep(desk.library, page_id, reading("text"))
        desk.window.desk.chosen.tell(Change(batch_id))
    desk.show_batch("bills")
    desk.child("batchList").selectionModel().select(desk.index_of("letters"), QItemSelectionModel.SelectionFlag.Select)
    return desk


def test_the_chosen_batches_are_removed_together_and_come_back_together(several):
    desk = several
    action = desk.action("actionRemoveBatch")
    assert action.text() == "Remove 2 batches"
    action.trigger()
    desk.until(lambda: desk.batches == ["notes"])
    assert desk.notice == "Removed 2 batches. The files stay where they are."
    assert desk.window.desk.chosen.batch_id == desk.batch("notes").id
    assert desk.child("batchList").chosen() == [desk.batch("notes").id]
    assert action.text() == "Remove batch"
    desk.action("actionUndo").trigger()
    desk.until(lambda: sorted(desk.batches) == ["bills", "letters", "notes"])


def test_the_batch_that_is_shown_is_always_among_the_chosen_ones(several):
    desk, chosen = several, several.window.desk.chosen
    letters, bills = desk.batch("letters").id, desk.batch("bills").id
    batches = desk.child("batchList")
    assert (chosen.batch_id, set(chosen.batch_ids)) == (bills, {letters, bills})

    def click_with_ctrl(name: str) -> None:
        place = batches.visualRect(desk.index_of(name)).center()
        held = Qt.KeyboardModifier.ControlModifier
        desk.qtbot.mouseClick(batches.viewport(), Qt.MouseButton.LeftButton, held, place)

    click_with_ctrl("bills")
    assert (chosen.batch_id, chosen.batch_ids) == (letters, [letters])
    click_with_ctrl("letters")
    assert (chosen.batch_id, chosen.batch_ids) == (letters, [letters])


def test_a_batch_that_is_shown_because_of_a_shortcut_is_chosen_alone(several):
    """Undo shows the batch that it brings back, while Ctrl is held."""
    desk, chosen = several, several.window.desk.chosen
    held = Qt.KeyboardModifier.ControlModifier
    desk.qtbot.keyPress(desk.window, Qt.Key.Key_F12, held)
    assert QGuiApplication.keyboardModifiers() == held
    chosen.choose_batch(desk.batch("notes").id)
    assert chosen.batch_ids == desk.child("batchList").chosen() == [desk.batch("notes").id]
    desk.qtbot.keyRelease(desk.window, Qt.Key.Key_F12)


def test_delete_in_the_list_removes_batches_and_no_pages(several):
    desk = several
    desk.child("batchList").setFocus()
    desk.press(Qt.Key.Key_Delete)
    desk.until(lambda: desk.batches == ["notes"])
    assert desk.notice == "Removed 2 batches. The files stay where they are."


def test_where_the_last_batch_of_a_section_is_removed_another_one_is_shown(several):
    desk, chosen = several, several.window.desk.chosen
    notes, letters, bills = (desk.batch(name).id for name in ("notes", "letters", "bills"))
    for name in ("bills", "letters"):
        batch_id = desk.batch(name).id
        desk.library.runs.drop_checkpoints(desk.library.page_ids(batch_id))
        desk.window.desk.batches.follow(batch_id)
    desk.show_batch("notes")  # alone among those that are done, under its heading
    desk.window.desk.batches.hold(True)  # the pointer is over the list, so that the heading stays
    desk.action("actionRemoveBatch").trigger()
    desk.until(lambda: desk.batch("notes") is None)
    desk.until(lambda: chosen.batch_id is not None and chosen.batch_id != notes)
    assert chosen.batch_ids == desk.child("batchList").chosen() == [chosen.batch_id]
    assert chosen.batch_id in (letters, bills)
