from fakes import batch_of
from PySide6.QtWidgets import QLabel, QToolButton

from ocrdesk.ui.desk.chosen import Change


def test_the_foot_counts_all_there_is(desk, tmp_path):
    counted = desk.child("batchesCount", QLabel)
    first, _ = batch_of(desk.library, 1, tmp_path / "first")
    desk.window.desk.chosen.tell(Change(first))
    assert counted.text() == "1 page in 1 batch"
    second, _ = batch_of(desk.library, 1200, tmp_path / "second")
    desk.window.desk.chosen.tell(Change(second))
    assert counted.text() == "1,201 pages in 2 batches"
    desk.library.remove_batch(first)
    desk.window.desk.chosen.tell(Change(first))
    assert counted.text() == "1,200 pages in 1 batch"


def test_all_that_can_be_added_is_in_one_menu(desk):
    menu = desk.child("addButton", QToolButton).menu()
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words[:2] == ["Add folder…", "Add files…"]
    assert words[-1] == "Open batch…"
