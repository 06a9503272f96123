"""Batches that are saved as one file and opened, in the window."""

from pathlib import Path

import pytest
from fakes import FIRST_WIDTH, draw_pages
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QLineEdit, QPushButton, QToolButton

from ocrdesk.engine.batch_file import remove_leftovers
from ocrdesk.ui.files import save_commands
from ocrdesk.ui.files.save_dialog import SaveDialog
from ocrdesk.ui.kit.questions import Question


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "a.ocrdesk"


@pytest.fixture
def read_desk(desk, scans):
    """A window with a batch of three pages that were read."""
    draw_pages(scans, 3)
    desk.drop(scans)
    desk.until_read()
    return desk


def save(desk, file: Path, *, pictures: bool = False) -> None:
    """Fills in the question as a person does, and saves."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, SaveDialog):
            QTimer.singleShot(5, fill)
            return
        dialog.findChild(QLineEdit, "saveFile").setText(str(file))
        dialog.findChild(QCheckBox, "savePictures").setChecked(pictures)
        dialog.findChild(QPushButton, "saveStart").click()

    QTimer.singleShot(0, fill)
    desk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def saved(read_desk, file, scans):
    """A file of that batch, whose folder is gone."""
    save(read_desk, file)
    read_desk.until(lambda: read_desk.notice.startswith("Saved"))
    scans.rename(scans.with_name("moved"))
    return file


def test_a_batch_is_saved_and_it_is_told_where(read_desk, file, monkeypatch):
    shown = []
    monkeypatch.setattr(save_commands, "show_folder", lambda path, notices: shown.append(path))
    save(read_desk, file, pictures=True)
    read_desk.until(lambda: read_desk.notice == f"Saved to “{file}”: 3 pages with 3 pictures.")
    read_desk.answer("Show folder")
    assert shown == [file]
    assert read_desk.action("actionSaveBatch").isEnabled()


def test_what_was_chosen_last_is_offered_again(read_desk, file, tmp_path):
    folder = tmp_path / "saved"
    folder.mkdir()
    save(read_desk, folder / "x.ocrdesk", pictures=True)
    read_desk.until(lambda: read_desk.notice.startswith("Saved"))
    offered = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        offered.append((dialog.file(), dialog.with_pictures))
        dialog.reject()

    QTimer.singleShot(0, look)
    read_desk.action("actionSaveBatch").trigger()
    assert offered == [(folder / "scans.ocrdesk", True)]


def test_a_saved_batch_is_opened_by_dropping_it_and_nothing_is_read(open_desk, saved, maker):
    desk = open_desk(home="there")
    desk.drop(saved)
    desk.until(lambda: desk.notice.startswith("Opened"))
    assert desk.notice == "Opened “scans”: 3 pages. Its pictures were not found on this computer."
    desk.until(lambda: desk.shown == ["1.png", "2.png", "3.png"])
    assert " pages · read " in desk.state
    assert desk.library.text(desk.page("2.png").id) == f"width {FIRST_WIDTH + 1}"
    assert len(maker.widths_read) == 3, "as often as before it was saved"


def test_its_small_pictures_are_shown_though_the_files_are_not_here(open_desk, saved):
    desk = open_desk(home="there")
    desk.drop(saved)
    desk.until(lambda: desk.batch() is not None and desk.notice.startswith("Opened"))
    page = desk.page("1.png")
    desk.until(lambda: desk.window.pages_pane.thumbnails.get(page) is not None)
    assert not page.path.exists()


def test_its_folder_can_be_told_at_once(open_desk, saved, scans, monkeypatch):
    desk = open_desk(home="there")
    desk.drop(saved)
    desk.until(lambda: desk.notice.startswith("Opened"))
    moved = scans.with_name("moved")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *values: str(moved))
    desk.answer("Locate…")
    desk.until(lambda: "is connected to its folder again: 3 files are found" in desk.notice)
    assert desk.page("1.png").path == moved / "1.png"


def test_where_the_pictures_are_still_in_place_their_folder_can_be_connected(open_desk, saved, scans, monkeypatch):
    scans.with_name("moved").rename(scans)
    desk = open_desk(home="there")
    desk.drop(saved)
    desk.until(lambda: desk.notice.startswith("Opened"))
    assert "Its pictures are where they were." in desk.notice
    assert desk.page("1.png").path == scans / "1.png"
    assert desk.batch().origin != scans, "no folder that a file names is looked through unasked"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *values: str(scans))
    desk.answer("Locate…")
    desk.until(lambda: desk.notice == "“scans” is connected to its folder.")
    assert desk.batch().origin == scans
    desk.until(desk.action("actionRescan").isEnabled)


def test_some_pictures_that_are_missing_are_told(open_desk, saved, scans):
    scans.with_name("moved").rename(scans)
    (scans / "2.png").unlink()
    desk = open_desk(home="there")
    desk.drop(saved)
    desk.until(lambda: "Some of its pictures were not found on this computer." in desk.notice)


def test_it_is_opened_from_the_menus_and_the_command_line(open_desk, saved, monkeypatch):
    desk = open_desk(home="there", paths=[saved])
    desk.until(lambda: len(desk.library.batches()) == 1)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *values: ([str(saved), str(saved)], ""))
    desk.until(desk.action("actionOpenBatch").isEnabled)
    desk.action("actionOpenBatch").trigger()
    desk.until(lambda: len(desk.library.batches()) == 3)
    desk.action("actionAddFiles").trigger()
    desk.until(lambda: len(desk.library.batches()) == 5)


def test_pages_dropped_with_it_are_read_and_it_stays_a_batch_of_its_own(open_desk, saved, tmp_path, monkeypatch):
    desk = open_desk(home="there")
    draw_pages(tmp_path / "letters", 1, first=7)
    desk.drop(tmp_path / "letters", saved)
    desk.until_read("letters", pages=1)
    desk.until(lambda: desk.batch("scans") is not None)
    batches, said = desk.child("batchList"), []
    monkeypatch.setattr(desk.window.desk.notices, "warn", lambda text, *answers: said.append(text))
    at = batches.visualRect(desk.index_of("letters")).center()
    desk.drop(saved, on=batches.viewport(), at=at)  # on a batch: it is no page of that, and nothing else is added
    desk.until(lambda: len(desk.library.batches()) == 3 and not desk.window.adding.is_busy)
    assert said == []


def test_a_damaged_file_says_so_and_the_next_one_is_opened(open_desk, saved, tmp_path):
    bad = tmp_path / "bad.ocrdesk"
    bad.write_bytes(saved.read_bytes()[:1000])
    desk = open_desk(home="there")
    said = []
    warn = desk.window.desk.notices.warn
    desk.window.desk.notices.warn = lambda text, *answers: said.append(text) or warn(text, *answers)
    desk.drop(bad, saved)
    desk.until(lambda: desk.notice.startswith("Opened"))
    assert "“bad.ocrdesk” is damaged or cut off" in said[0]


def test_saving_is_cancelled_and_leaves_the_old_file(read_desk, file, monkeypatch):
    file.write_bytes(b"old")
    whole = save_commands.save_batch

    def held_up(*values, cancel, **named):
        cancel.wait(20)
        return whole(*values, cancel=cancel, **named)

    monkeypatch.setattr(save_commands, "save_batch", held_up)
    save(read_desk, file)
    read_desk.until(lambda: read_desk.window.desk.under_way.text == "Saving “scans”: 0 %")
    assert not read_desk.action("actionSaveBatch").isEnabled(), "one at a time"
    read_desk.window.desk.under_way.findChild(QToolButton).click()
    read_desk.until(lambda: read_desk.notice == "Saving “scans” was cancelled. No file was written.")
    assert file.read_bytes() == b"old"


def test_pictures_that_came_along_go_with_the_batch_after_a_question(open_desk, read_desk, file, monkeypatch):
    save(read_desk, file, pictures=True)
    read_desk.until(lambda: read_desk.notice.startswith("Saved"))
    desk = open_desk(home="there")
    desk.drop(file)
    desk.until(lambda: desk.notice == "Opened “scans”: 3 pages.")
    folder = desk.batch().origin
    assert desk.page("1.png").path == folder / "1.png"
    desk.action("actionRemoveBatch").trigger()
    desk.until(lambda: desk.batch() is None)
    remove_leftovers(desk.library)  # as opening another one does
    assert (folder / "1.png").exists(), "it can be undone"
    desk.answer("Undo")
    assert desk.page("1.png").path == folder / "1.png"
    desk.action("actionRemoveBatch").trigger()
    asked = []

    def agree() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, Question)
        asked.append(question.findChild(QLabel, "dialogSentence").text())
        next(button for button in question.findChildren(QPushButton) if button.text() == "Remove for good").click()

    QTimer.singleShot(0, agree)
    desk.action("actionRemoveForGood").trigger()
    desk.until(lambda: not folder.exists())
    assert "or came in a saved batch, are deleted with it" in asked[0]
    assert read_desk.page("1.png").path.exists()


def test_closing_the_window_gives_up_what_is_being_saved(read_desk, file, monkeypatch):
    whole = save_commands.save_batch

    def held_up(*values, cancel, **named):
        cancel.wait(20)
        return whole(*values, cancel=cancel, **named)

    monkeypatch.setattr(save_commands, "save_batch", held_up)
    save(read_desk, file)
    read_desk.quit()
    assert not file.exists()


def test_without_a_batch_there_is_nothing_to_save(desk):
    assert not desk.action("actionSaveBatch").isEnabled()
    assert desk.action("actionOpenBatch").isEnabled()


def test_a_veil_says_that_a_saved_batch_is_opened_wherever_it_is_let_go(read_desk, file, scans):
    veil = read_desk.child("dropVeil")

    def drag(*paths: Path) -> str:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        rest = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        for kind in (QDragEnterEvent, QDragMoveEvent):
            QApplication.sendEvent(read_desk.window, kind(QPoint(50, 50), Qt.DropAction.CopyAction, *rest))
        return veil.offer.words

    assert drag(file) == "Open the saved batch"
    assert drag(file, scans) == "Read in a new batch"
