"""What is dropped is read: driven with real drag and drop events."""

import pytest
from fakes import FIRST_WIDTH, draw_pages, many_frames
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QProgressBar, QToolButton, QWidget

from ocrdesk.engine.errors import LibraryError
from ocrdesk.resources import samples_folder
from ocrdesk.runner import RunState
from ocrdesk.ui.folders import adding

CTRL = Qt.KeyboardModifier.ControlModifier


def place_of_batch(desk, name: str) -> QPoint:
    return desk.child("batchList").visualRect(desk.index_of(name)).center()


def test_a_dropped_folder_is_read_at_once(desk, scans):
    draw_pages(scans, 3)
    draw_pages(scans / "more", 1)
    (scans / "notes.txt").write_text("no picture")
    assert desk.child("emptyState").isVisible()
    assert desk.drop(scans)
    desk.until_read(pages=4)
    assert not desk.child("emptyState").isVisible()
    assert desk.statuses() == ["done"] * 4
    assert desk.shown == ["1.png", "2.png", "3.png", "more/1.png"]
    assert desk.state.startswith("4 pages · read ")
    assert desk.child("leftOutButton", QToolButton).text() == "1 file skipped"
    desk.until(lambda: desk.notice.endswith(("Skipped: 1 file (1 .txt).", "1 file was skipped.")))
    progress = desk.child("batchProgress", QProgressBar)
    assert progress.value() == progress.maximum() == 4
    assert desk.batches == ["scans"]
    assert desk.child("batchList").chosen() == [desk.batch().id], "the batch that is shown is seen to be chosen"


def test_two_folders_are_two_batches(desk, tmp_path, maker):
    for name in ("letters", "receipts"):
        draw_pages(tmp_path / name, 2)
    desk.drop(tmp_path / "letters", tmp_path / "receipts")
    desk.until_read("letters")
    desk.until_read("receipts")
    assert sorted(desk.batches) == ["letters", "receipts"]
    assert len(maker.widths_read) == 4


def test_every_frame_of_a_file_is_a_page(desk, scans):
    many_frames(scans / "fax.tif", 30, 31, 32)
    desk.drop(scans / "fax.tif")
    desk.until_read()
    assert desk.shown == ["fax.tif · 1", "fax.tif · 2", "fax.tif · 3"]


def test_files_dropped_on_the_open_batch_are_added_to_it(desk, scans, tmp_path, maker):
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_read()
    first, second, third = draw_pages(tmp_path / "elsewhere", 3, first=3)
    desk.drop(first, second, on=desk.child("pageGrid"))
    desk.until_read(pages=4)
    assert desk.shown == ["1.png", "2.png", "3.png", "4.png"]
    assert maker.widths_read == [FIRST_WIDTH, FIRST_WIDTH + 1, FIRST_WIDTH + 2, FIRST_WIDTH + 3]

    desk.drop(third, on=desk.child("textView"))
    desk.until_read("elsewhere", pages=1)
    assert desk.batches == ["elsewhere", "scans"]
    assert len(desk.statuses()) == 4


def test_a_folder_dropped_on_the_open_batch_is_a_batch_of_its_own(desk, scans, tmp_path):
    draw_pages(scans, 1)
    draw_pages(tmp_path / "other", 1)
    desk.drop(scans)
    desk.until_read()
    desk.drop(tmp_path / "other", on=desk.child("pageGrid"))
    desk.until_read("other")
    assert desk.batches == ["other", "scans"]


def test_what_is_dropped_on_a_batch_in_the_list_is_added_to_that_one(desk, tmp_path):
    for name in ("letters", "receipts", "folder"):
        draw_pages(tmp_path / name, 1)
    desk.drop(tmp_path / "letters")
    desk.until_read("letters")
    desk.drop(tmp_path / "receipts")
    desk.until_read("receipts")
    batches = desk.child("batchList")
    assert desk.batches == ["receipts", "letters"]
    desk.drop(tmp_path / "folder", on=batches.viewport(), at=place_of_batch(desk, "letters"))
    desk.until_read("letters", pages=2)
    assert desk.batches == ["receipts", "letters"]
    assert desk.shown == ["1.png"], "the open batch stays open"
    below = QPoint(20, batches.viewport().height() - 5)
    desk.drop(tmp_path / "folder", on=batches.viewport(), at=below)
    desk.until_read("folder", pages=1)


def test_a_drop_while_a_run_is_on_waits_its_turn(slow_desk, scans, tmp_path, gate, slow):
    desk = slow_desk
    draw_pages(scans, 2)
    draw_pages(tmp_path / "next", 1, first=7)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.drop(tmp_path / "next")
    desk.until(lambda: desk.state.startswith("Queued"))
    assert desk.statuses("next") == ["pending"]
    draw_pages(scans, 1, first=3)
    desk.drop(scans)  # has grown since
    desk.until(lambda: len(desk.statuses()) == 3)
    gate.open()
    desk.until_read("next")
    desk.until_read("scans")
    assert slow.widths_read == [FIRST_WIDTH, FIRST_WIDTH + 1, FIRST_WIDTH + 2, FIRST_WIDTH + 6]


def test_a_folder_without_a_picture_says_what_was_found(desk, scans):
    desk.drop(scans)
    desk.until(lambda: desk.notice)
    assert desk.notice == "No pictures in “scans”. It is empty. Drop a folder with pictures or PDF files."
    for name in ("a.txt", "b.txt", "c.docx"):
        (scans / name).write_text("words")
    desk.drop(scans)
    desk.until(lambda: "3 files (2 .txt, 1 .docx)" in desk.notice)
    assert desk.notice.startswith("No pictures in “scans”. It has ")
    assert desk.batches == []
    assert desk.child("emptyState").isVisible()


def test_a_folder_dropped_again_says_that_its_pages_are_here(desk, scans, maker):
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_read()
    runs = []
    desk.runner.run_finished.connect(runs.append)
    desk.drop(scans)
    desk.until(lambda: desk.notice == "All 2 pages of “scans” are here already.")
    assert (desk.runner.state, runs) == (RunState.IDLE, []), "a run for nothing would say that it is finished"
    assert len(maker.widths_read) == 2
    draw_pages(scans, 1, first=3)
    desk.drop(scans)
    desk.until_read(pages=3)
    assert len(maker.widths_read) == 3


def test_drops_are_taken_on_every_part_of_the_window(desk, scans, tmp_path, monkeypatch):
    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_read()
    desk.choose("1.png")
    desk.until(lambda: desk.child("pageView").height() > 50)
    taken = []
    monkeypatch.setattr(desk.window.adding, "add", lambda paths, batch_id=None: taken.extend(paths))
    for widget in desk.window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is desk.window:
            taken.clear()
            desk.drop(tmp_path, on=widget)
            assert taken == [tmp_path], f"a drop on {widget} got lost"


def test_a_drag_of_anything_else_is_not_taken(desk):
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/scan.png")])
    event = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(desk.window, event)
    assert not event.isAccepted()


def test_a_veil_says_that_files_may_be_let_go_here(desk, scans):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scans))])
    rest = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    veil = desk.child("dropVeil")
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(desk.window, kind(QPoint(50, 50), Qt.DropAction.CopyAction, *rest))
    assert veil.isVisible()
    QApplication.sendEvent(desk.window, QDragLeaveEvent())
    assert not veil.isVisible()


def test_pages_that_cannot_be_kept_are_told_and_nothing_else(desk, scans, monkeypatch):
    draw_pages(scans, 1)

    def fail(*values, **named):
        raise LibraryError("The disk is full. Make room on it.")

    monkeypatch.setattr(desk.library, "add_pages", fail)
    said = []
    notices = desk.window.desk.notices
    warn = notices.warn
    monkeypatch.setattr(notices, "warn", lambda text, *answers: said.append(text) or warn(text, *answers))
    desk.drop(scans)
    desk.until(lambda: said)
    (scans / "1.png").unlink()
    desk.drop(scans)  # looked through after the first
    desk.until(lambda: len(said) > 1)
    assert said[0] == "The disk is full. Make room on it."
    assert "It is empty" in said[1]
    assert len(said) == 2


@pytest.mark.parametrize("name", ["an error inside", "the folder itself"])
def test_a_fault_while_looking_through_a_folder_does_not_leave_the_window_waiting(desk, scans, monkeypatch, name):
    draw_pages(scans, 1)
    take_in = adding.find_pages

    def break_once(*values, **named):
        monkeypatch.setattr(adding, "find_pages", take_in)
        raise RuntimeError(name)

    monkeypatch.setattr(adding, "find_pages", break_once)
    desk.drop(scans)
    desk.until(lambda: "error inside ocrdesk" in desk.notice)
    desk.drop(scans)
    desk.until_read()


def test_folders_and_files_can_be_chosen_instead(desk, scans, tmp_path, monkeypatch):
    draw_pages(scans, 1)
    picked = draw_pages(tmp_path / "picked", 2)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *values: str(scans))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *values: ([str(path) for path in picked], ""))
    desk.press(Qt.Key.Key_O, CTRL)
    desk.until_read("scans")
    desk.press(Qt.Key.Key_O, CTRL | Qt.KeyboardModifier.ShiftModifier)
    desk.until_read("picked", pages=2)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *values: "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *values: ([], ""))
    desk.click("actionAddFolder")
    desk.press(Qt.Key.Key_O, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert desk.batches == ["picked", "scans"]


def test_the_sample_pages_can_be_tried(desk):
    desk.qtbot.mouseClick(desk.child("emptyTrySamples"), Qt.MouseButton.LeftButton)
    desk.until_read("samples")
    assert len(desk.shown) == len([path for path in samples_folder().iterdir() if path.suffix in (".png", ".jpg")])


def test_paths_of_the_command_line_are_added(open_desk, scans):
    draw_pages(scans, 1)
    desk = open_desk(paths=[scans])
    desk.until_read()


def test_pages_dragged_within_the_window_are_not_added(desk, scans):
    path, _ = draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_read()
    grid = desk.child("pageGrid")
    for name in ("pageGrid", "batchList", "pageView"):
        assert not desk.drop(path, on=desk.child(name), source=grid)
    assert not desk.child("dropVeil").isVisible()
    assert desk.drop(path, on=grid), "of another program they are taken"
