"""Skipped files, and pages that were removed, put back from the list of them."""

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QTreeView

from ocrdesk.ui.window import removal_commands


def put_back(desk, *names: str) -> None:
    """Puts files back in the list of skipped ones."""

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        tree = dialog.findChild(QTreeView)
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for index in (tree.model().index(row, 0) for row in range(tree.model().rowCount())):
            if index.data() in names:
                tree.selectionModel().select(index, flags)
        dialog.findChild(QPushButton, "putBack").click()
        dialog.reject()

    QTimer.singleShot(0, choose)
    desk.action("actionShowLeftOut").trigger()


def test_a_page_that_was_removed_is_put_back_with_what_was_read(five_pages, scans, maker):
    desk = five_pages
    before = [desk.page("1.png"), desk.page("2.png")]
    desk.choose("1.png", "2.png", "3.png")
    desk.press(Qt.Key.Key_Delete)
    read = list(maker.widths_read)
    put_back(desk, "1.png", "2.png")
    desk.until(lambda: desk.shown == ["1.png", "2.png", "4.png", "5.png"])
    assert desk.chosen == ["1.png", "2.png"]
    assert [desk.page("1.png"), desk.page("2.png")] == before
    assert maker.widths_read == read, "nothing is read again"
    desk.action("actionUndo").trigger()
    assert desk.shown == ["1.png", "2.png", "3.png", "4.png", "5.png"], "the third"


def test_a_page_that_was_removed_for_good_is_put_back_and_read_again(five_pages, monkeypatch):
    monkeypatch.setattr(removal_commands, "confirmed", lambda *words: True)
    desk = five_pages
    desk.choose("1.png")
    desk.press(Qt.Key.Key_Delete)
    desk.action("actionRemoveForGood").trigger()
    desk.until(lambda: desk.library.removing.hidden() == [])
    put_back(desk, "1.png")
    desk.until(lambda: "1.png" in desk.shown)
    desk.until_read()
    assert desk.page("1.png").text_start
    assert desk.batch().counts.left_out == 0


def test_a_skipped_file_is_added_anyway_and_says_why_it_cannot_be_read(five_pages, scans):
    desk = five_pages
    (scans / "notes.txt").write_text("no picture")
    desk.action("actionRescan").trigger()
    desk.until(lambda: desk.batch().counts.left_out == 1)
    desk.until(lambda: desk.action("actionShowLeftOut").isVisible())
    put_back(desk, "notes.txt")
    desk.until(lambda: "notes.txt" in desk.shown)
    desk.until_read()
    assert "not in a picture format" in desk.page("notes.txt").message
    assert desk.batch().counts.left_out == 0
