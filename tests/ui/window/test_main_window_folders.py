"""The folder of a batch: looked through again, found again, and what was left out of it."""

import shutil

import pytest
from fakes import FIRST_WIDTH, draw_pages
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QToolButton, QTreeView

from ocrdesk.runner import RunState
from ocrdesk.ui.batches import run_so_far
from ocrdesk.ui.folders.left_out_dialog import LeftOutDialog
from ocrdesk.ui.pages.page_model import PAGE_ROLE

WHY = "Neither a picture nor a PDF"


def widths(*numbers: int) -> list[int]:
    return [FIRST_WIDTH + number - 1 for number in numbers]


def names_kept(desk, name: str = "scans") -> list[str]:
    page_ids = desk.library.page_ids(desk.batch(name).id)
    pages = desk.library.pages(page_ids)
    return [pages[page_id].name.replace("\\", "/") for page_id in page_ids]


def texts(desk) -> dict[str, str]:
    batch = desk.batch()
    return {page.name: page.text_start for page in desk.library.pages(desk.library.page_ids(batch.id)).values()}


def rescan(desk) -> None:
    """Chooses “Rescan folder” and waits for what comes of it."""
    finished = []
    desk.window.adding._adding.finished.connect(finished.append)
    desk.action("actionRescan").trigger()
    desk.until(lambda: finished)
    desk.until(lambda: desk.runner.state is RunState.IDLE and desk.statuses().count("pending") == 0)


def has_thumbnail(desk, page_name: str) -> bool:
    if page_name not in desk.shown:
        return False
    return desk.model.index(desk.shown.index(page_name), 0).data(Qt.ItemDataRole.DecorationRole) is not None


@pytest.fixture
def read_desk(desk, scans):
    """A window with a batch of three pages that are read."""
    draw_pages(scans, 3)
    desk.drop(scans)
    desk.until_read(pages=3)
    return desk


@pytest.fixture
def answers(monkeypatch):
    """What is chosen when the program asks for a folder, and what it asked."""

    class Answers:
        folder = ""
        asked: list[tuple[str, str]] = []  # noqa: RUF012

    def choose(parent, question, near=""):
        Answers.asked.append((question, near))
        return str(Answers.folder)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    return Answers


# Rescan


def test_new_files_are_read_and_stand_in_natural_order(read_desk, scans, maker):
    desk = read_desk
    for number in (10, 0):
        draw_pages(scans, 1, first=number)
    draw_pages(scans / "new", 1, first=4)
    rescan(desk)
    desk.until_read(pages=6)
    assert maker.widths_read == sorted(widths(1, 2, 3, 10, 0, 4))
    assert names_kept(desk) == ["0.png", "1.png", "2.png", "3.png", "10.png", "new/4.png"]
    assert [name.replace("\\", "/") for name in desk.shown] == names_kept(desk)


def test_a_rescan_of_an_unchanged_folder_says_so_and_reads_nothing(read_desk, maker):
    rescan(read_desk)
    assert read_desk.notice == "All 3 pages of “scans” are here already."
    assert maker.widths_read == widths(1, 2, 3)


def test_a_renamed_file_is_followed_and_not_read_again(read_desk, scans, maker):
    desk = read_desk
    before = texts(desk)
    (scans / "sub").mkdir()
    (scans / "3.png").rename(scans / "sub" / "letter.png")
    rescan(desk)
    assert names_kept(desk) == ["1.png", "2.png", "sub/letter.png"]
    assert list(texts(desk).values()) == list(before.values())
    desk.until(lambda: [name.replace("\\", "/") for name in desk.shown] == names_kept(desk))
    assert maker.widths_read == widths(1, 2, 3)
    rescan(desk)
    assert maker.widths_read == widths(1, 2, 3)


def test_a_renamed_file_comes_to_stand_where_its_name_belongs(read_desk, scans):
    desk = read_desk
    (scans / "1.png").rename(scans / "9.png")
    rescan(desk)
    assert names_kept(desk) == ["2.png", "3.png", "9.png"]


def test_nothing_that_was_read_is_lost_with_its_file(read_desk, scans, maker):
    desk = read_desk
    before = texts(desk)
    (scans / "2.png").unlink()
    draw_pages(scans, 1, first=4)
    rescan(desk)
    desk.until_read(pages=4)
    after = texts(desk)
    assert {name: after[name] for name in before} == before
    assert maker.widths_read == widths(1, 2, 3, 4)


def test_a_rescan_brings_the_list_of_files_left_out_up_to_date(read_desk, scans):
    desk = read_desk
    button = desk.child("leftOutButton", QToolButton)
    assert not button.isVisible()
    assert not desk.action("actionShowLeftOut").isVisible()
    (scans / "notes.txt").write_text("no picture")
    rescan(desk)
    desk.until(lambda: button.isVisible())
    assert button.text() == "1 file skipped"
    assert desk.notice == "3 pages found in “scans”. Skipped: 1 file (1 .txt)."
    (scans / "notes.txt").unlink()
    rescan(desk)
    desk.until(lambda: not button.isVisible())
    assert not desk.action("actionShowLeftOut").isVisible()


# Locate


@pytest.fixture
def lost_desk(read_desk, open_desk, scans, tmp_path):
    """The next window, when the folder of the batch has been renamed."""
    read_desk.quit()
    scans.rename(tmp_path / "moved")
    desk = open_desk()
    desk.until(lambda: desk.notice)
    return desk


def test_a_folder_that_is_gone_is_told_with_what_to_do(lost_desk, scans, tmp_path, answers):
    desk = lost_desk
    assert desk.notice == f"The folder of “scans” is no longer at “{scans}”. What was read is kept."
    assert desk.action("actionLocate").isVisible()
    assert not desk.action("actionRescan").isEnabled()
    desk.answer("Locate…")  # nothing is chosen
    assert answers.asked == [("Where is “scans” now?", str(tmp_path))]
    assert desk.action("actionLocate").isVisible()
    assert desk.batch().origin == scans
    answers.asked.clear()


def test_a_located_folder_is_connected_and_nothing_is_read_again(lost_desk, tmp_path, answers, maker):
    desk = lost_desk
    before = texts(desk)
    answers.folder = tmp_path / "moved"
    desk.answer("Locate…")
    desk.until(lambda: desk.notice == "“scans” is connected to its folder again: 3 files are found.")
    assert not desk.action("actionLocate").isVisible()
    assert desk.action("actionRescan").isEnabled()
    assert desk.batch().origin == tmp_path / "moved"
    assert texts(desk) == before
    assert desk.statuses() == ["done"] * 3
    paths = [desk.model.index(row, 0).data(PAGE_ROLE).path for row in range(3)]
    assert paths == [tmp_path / "moved" / f"{number}.png" for number in (1, 2, 3)]
    rescan(desk)
    assert maker.widths_read == widths(1, 2, 3)


def test_thumbnails_once_seen_are_there_without_their_files(read_desk, open_desk, scans, tmp_path):
    read_desk.quit()
    desk = open_desk()
    desk.until(lambda: all(has_thumbnail(desk, f"{number}.png") for number in (1, 2, 3)))
    desk.quit()
    scans.rename(tmp_path / "moved")
    desk = open_desk()
    desk.until(lambda: all(has_thumbnail(desk, f"{number}.png") for number in (1, 2, 3)))


def test_thumbnails_that_were_missing_work_again_with_the_folder(read_desk, open_desk, scans, tmp_path, answers):
    read_desk.quit()
    scans.rename(tmp_path / "moved")
    shutil.rmtree(read_desk.places.cache / "thumbnails")
    desk = open_desk()
    thumbnails = desk.window.pages_pane.thumbnails
    desk.until(lambda: desk.notice and thumbnails.has_none(desk.page("1.png")))
    assert not has_thumbnail(desk, "1.png")
    answers.folder = tmp_path / "moved"
    desk.answer("Locate…")
    desk.until(lambda: "connected" in desk.notice)
    desk.qtbot.waitUntil(lambda: has_thumbnail(desk, "1.png"))


def test_a_folder_without_any_of_the_pages_changes_nothing(lost_desk, scans, tmp_path, answers):
    desk = lost_desk
    draw_pages(tmp_path / "other", 1, first=8)
    answers.folder = tmp_path / "other"
    desk.answer("Locate…")
    desk.until(lambda: desk.notice.startswith("None of the pages"))
    assert desk.notice.startswith(f"None of the pages of “scans” is in “{tmp_path / 'other'}”.")
    assert desk.batch().origin == scans
    assert desk.action("actionLocate").isVisible()
    answers.folder = tmp_path / "moved"
    desk.click("actionLocate")  # beside the batch's name
    desk.until(lambda: "connected" in desk.notice)


def test_a_folder_that_is_another_batch_already_changes_nothing(lost_desk, scans, tmp_path, answers):
    desk = lost_desk
    desk.drop(tmp_path / "moved")
    desk.until_read("moved", pages=3)
    desk.show_batch("scans")
    answers.folder = tmp_path / "moved"
    desk.click("actionLocate")
    desk.until(lambda: "belongs to the batch “moved” already" in desk.notice)
    assert desk.batch().origin == scans
    assert desk.batch("moved").origin == tmp_path / "moved"
    assert desk.action("actionLocate").isVisible()


def test_files_that_are_still_missing_are_told(lost_desk, tmp_path, answers):
    desk = lost_desk
    (tmp_path / "moved" / "2.png").unlink()
    answers.folder = tmp_path / "moved"
    desk.answer("Locate…")
    desk.until(lambda: "still missing" in desk.notice)
    assert desk.notice == "“scans”: 2 files are found again, 1 are still missing."
    assert desk.statuses() == ["done"] * 3


def test_a_folder_that_is_back_where_it_was_needs_no_locating(lost_desk, scans, tmp_path):
    desk = lost_desk
    (tmp_path / "moved").rename(scans)
    draw_pages(tmp_path / "other", 1)
    desk.drop(tmp_path / "other")
    desk.until_read("other")
    desk.show_batch("scans")
    desk.until(lambda: not desk.action("actionLocate").isVisible())
    assert desk.action("actionRescan").isEnabled()


def test_a_run_whose_folder_is_gone_stops_and_goes_on_where_it_is_found(
    open_desk, scans, tmp_path, gate, slow, answers
):
    desk = open_desk(slow)
    draw_pages(scans, 3)
    desk.drop(scans)
    desk.until_reading(gate)
    scans.rename(tmp_path / "moved")
    gate.open()
    desk.until(lambda: desk.notice.startswith("The folder “"))
    assert "choose “Locate…” if it was moved; then resume." in desk.notice
    desk.until(lambda: desk.runner.state is RunState.IDLE)
    assert desk.statuses() == ["done", "pending", "pending"]
    assert desk.batch().counts.failed == 0
    desk.until(lambda: desk.action("actionLocate").isVisible())
    answers.folder = tmp_path / "moved"
    desk.click("actionLocate")
    desk.until(lambda: "connected" in desk.notice)
    desk.answer("Resume")
    desk.until_read(pages=3)
    assert slow.widths_read == widths(1, 2, 3)


# Left out


@pytest.fixture
def list_shown(monkeypatch):
    """What stood in each list of files left out that was shown; each is copied and closed at once."""
    shown: list[list[tuple[str, str]]] = []

    def show(dialog: LeftOutDialog) -> int:
        model = dialog.findChild(QTreeView, "leftOutList").model()
        shown.append([(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())])
        dialog.findChild(QPushButton, "copyLeftOut").click()
        return 0

    monkeypatch.setattr(LeftOutDialog, "exec", show)
    return shown


@pytest.fixture
def mixed_desk(desk, scans):
    draw_pages(scans, 1)
    for name in ("a.txt", "b.docx"):
        (scans / name).write_text("no picture")
    desk.drop(scans)
    desk.until_read(pages=1)
    desk.until(lambda: "skipped" in desk.notice.lower())
    return desk


def test_the_list_of_files_left_out_is_shown_from_the_notice(mixed_desk, list_shown):
    mixed_desk.answer("Show list")
    assert list_shown == [[("a.txt", WHY), ("b.docx", WHY)]]
    assert QGuiApplication.clipboard().text() == f"a.txt\t{WHY}\nb.docx\t{WHY}"


def test_the_list_of_files_left_out_is_shown_from_the_header_and_the_menus(mixed_desk, list_shown):
    desk = mixed_desk
    button = desk.child("leftOutButton", QToolButton)
    assert button.text() == "2 files skipped"
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(list_shown) == 1
    desk.right_click(desk.child("batchList"), 1, "Skipped files…")
    assert list_shown == [[("a.txt", WHY), ("b.docx", WHY)]] * 2


def test_the_list_from_a_notice_is_that_of_its_batch_whichever_is_chosen(mixed_desk, tmp_path, list_shown, scans):
    desk = mixed_desk
    draw_pages(tmp_path / "other", 1)
    (tmp_path / "other" / "c.txt").write_text("no picture")
    desk.drop(tmp_path / "other")
    desk.until_read("other")
    desk.until(lambda: "“other”" in desk.notice)
    desk.show_batch("scans")
    assert desk.child("leftOutButton", QToolButton).text() == "2 files skipped"
    desk.answer("Show list")
    assert list_shown == [[("c.txt", WHY)]]
    assert desk.window.desk.chosen.batch_id == desk.batch("other").id


def test_the_header_has_no_room_for_it_while_the_batch_is_read(slow_desk, scans, gate, monkeypatch):
    desk = slow_desk
    draw_pages(scans, 2)
    (scans / "a.txt").write_text("no picture")
    desk.drop(scans)
    desk.until_reading(gate)
    desk.until(lambda: desk.batch().counts.left_out == 1 and desk.notice)
    monkeypatch.setattr(run_so_far, "FEW", 1)
    assert desk.notice == "2 pages found in “scans”. Skipped: 1 file (1 .txt)."
    desk.until(lambda: desk.action("actionShowLeftOut").isVisible())
    button = desk.child("leftOutButton", QToolButton)
    assert desk.state.startswith("Reading…")
    assert not button.isVisible()
    gate.open()
    desk.until_read()
    desk.until(lambda: button.isVisible())
    assert desk.notice == "“scans” is finished: 2 pages are read. 1 file was skipped."


def test_the_list_is_a_dialog_of_the_window_and_escape_closes_it(mixed_desk):
    seen = []

    def look_and_close():
        dialog = QApplication.activeModalWidget()
        seen.append(type(dialog))
        mixed_desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, look_and_close)
    mixed_desk.action("actionShowLeftOut").trigger()
    assert seen == [LeftOutDialog]
