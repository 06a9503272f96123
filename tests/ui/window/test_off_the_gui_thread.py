"""What may take long with thousands of pages is done off the GUI thread: each of these acts held the window once."""

import threading
from collections.abc import Callable

import pytest
from fakes import PATIENCE, draw_pages
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from ocrdesk.engine.document import ReadingOrder
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.export.export import Export, ExportChoices
from ocrdesk.engine.library import PageFilter
from ocrdesk.ui.files.export_dialog import ExportDialog
from ocrdesk.ui.files.page_sets import PageSet
from ocrdesk.ui.kit import tasks
from ocrdesk.ui.window import removal_commands


@pytest.fixture
def read_desk(desk, scans, monkeypatch):
    """Three pages that were read and one that failed."""
    monkeypatch.setattr(removal_commands, "confirmed", lambda *_: True)
    desk.show_read(scans, 3, failed=1)
    desk.choose("1.png")
    return desk


@pytest.fixture
def calls(monkeypatch):
    """Notes in which threads methods are called."""

    def watch(owner: object, name: str) -> set[int]:
        threads: set[int] = set()
        method = getattr(owner, name)

        def noted(*values, **named):
            threads.add(threading.get_ident())
            return method(*values, **named)

        monkeypatch.setattr(owner, name, noted)
        return threads

    return watch


def act(*names: str) -> Callable:
    return lambda desk: [desk.action(name).trigger() for name in names]


ACTS = {
    "retry": (lambda desk: desk.library.runs, "read_in_mode", act("actionRetry")),
    "retry failed": (lambda desk: desk.library.runs, "drop_checkpoints", act("actionRetryFailed")),
    "turn": (lambda desk: desk.library.runs, "turn_pages", act("actionTurnLeft")),
    "remove pages": (lambda desk: desk.library.removing, "take_out", act("actionRemovePages")),
    "put pages back": (lambda desk: desk.library.removing, "put_back", act("actionRemovePages", "actionUndo")),
    "remove the batch": (lambda desk: desk.library.removing, "hide", act("actionRemoveBatch")),
    "bring the batch back": (lambda desk: desk.library.removing, "show", act("actionRemoveBatch", "actionUndo")),
    "remove for good": (
        lambda desk: desk.library.removing, "finish", act("actionRemoveBatch", "actionRemoveForGood")
    ),
    "copy": (lambda desk: desk.library.texts, "flowing", act("actionCopyText")),
    "reading order": (
        lambda desk: desk.library.texts,
        "set_reading_order_of_pages",
        lambda desk: desk.window.reading_order_commands.page_reading_order(ReadingOrder.ROWS),
    ),
    "a filter": (
        lambda desk: desk.library, "page_ids", lambda desk: desk.window.pages_pane.show_only(PageFilter.FAILED)
    ),
    "a search": (lambda desk: desk.library.search, "pages", lambda desk: desk.child("searchField").setText("width")),
    "sorting": (lambda desk: desk.library, "page_ids", lambda desk: desk.model.sort(4)),
    "another batch": (
        lambda desk: desk.library, "page_ids", lambda desk: desk.model.set_batch(desk.model.batch_id)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_it_is_done_off_the_gui_thread(read_desk, calls, name):
    owner, method, do = ACTS[name]
    threads = calls(owner(read_desk), method)
    do(read_desk)
    read_desk.until(lambda: threads)
    assert threading.get_ident() not in threads


def test_resuming_and_cancelling_queue_and_unqueue_off_the_gui_thread(slow_desk, scans, gate, calls):
    draw_pages(scans, 3)
    slow_desk.drop(scans)
    slow_desk.until_reading(gate)
    threads = calls(slow_desk.library.runs, "unqueue") | calls(slow_desk.library.runs, "queue")
    unqueued, queued = calls(slow_desk.library.runs, "unqueue"), calls(slow_desk.library.runs, "queue")
    slow_desk.click("actionCancel")
    slow_desk.until(lambda: unqueued)
    gate.open()
    slow_desk.until(lambda: slow_desk.runner.batch_id is None)
    slow_desk.click("actionResume")
    slow_desk.until_read()
    assert threading.get_ident() not in threads | unqueued | queued
    assert queued


def test_the_names_of_an_export_are_found_off_the_gui_thread_and_originals_only_once(
    qtbot, read_desk, calls, tmp_path, monkeypatch
):
    desk, out = read_desk, tmp_path / "out"
    out.mkdir()
    (out / "1.txt").touch()
    page_ids = desk.library.page_ids(desk.batch().id)
    threads, looked_up = calls(Export, "plan"), []
    files = desk.library.saved.files
    monkeypatch.setattr(desk.library.saved, "files", lambda: looked_up.append(threading.get_ident()) or files())
    choices = ExportChoices("txt", out, "{stem}")
    dialog = ExportDialog(desk.window.desk, choices, [PageSet("All", page_ids)], desk.window.desk.tasks.lane())
    qtbot.addWidget(dialog)
    for template in ("{stem}-{page}", "{stem}", "{name}", "{stem}"):
        dialog._template.setText(template)
    qtbot.waitUntil(lambda: "1.txt" in dialog.findChild(QLabel, "exportPreview").text())
    assert threading.get_ident() not in threads
    assert len(looked_up) == 1
    assert threading.get_ident() not in looked_up


def test_the_text_that_is_copied_late_is_copied(read_desk, monkeypatch):
    monkeypatch.setattr(tasks, "MOMENT", 0)
    QGuiApplication.clipboard().clear()
    read_desk.action("actionCopyText").trigger()
    read_desk.until(lambda: QGuiApplication.clipboard().text() == "width 20")


# Removing


@pytest.fixture
def held(read_desk, monkeypatch):
    """Holds removals until it is set."""
    held = threading.Event()
    removing = read_desk.library.removing
    for name in ("take_out", "finish"):
        method = getattr(removing, name)
        monkeypatch.setattr(removing, name, lambda *values, method=method: (held.wait(PATIENCE), method(*values))[1])
    monkeypatch.setattr(tasks, "MOMENT", 0.001)
    yield held
    held.set()


def test_pages_that_go_are_shown_but_cannot_be_chosen_until_they_are_gone(qtbot, read_desk, held):
    desk = read_desk
    desk.choose("1.png", "2.png")
    desk.action("actionRemovePages").trigger()
    assert desk.window.desk.under_way.text == "Removing 2 pages…"
    assert desk.chosen == ["3.png"], "the next one"
    assert desk.shown == ["1.png", "2.png", "3.png", "4.png"], "nothing goes before it is gone from disk"
    desk.choose("1.png")
    assert desk.chosen == ["3.png"]
    desk.choose("3.png")
    desk.action("actionRemovePages").trigger()
    assert desk.window.desk.under_way.text == "Removing 2 pages…\nRemoving 1 page…"
    held.set()
    desk.until(lambda: desk.shown == desk.chosen == ["4.png"])
    desk.until(lambda: desk.notice == "Removed 1 page.")
    assert not desk.window.desk.under_way.isVisible()


def test_a_batch_is_gone_at_once_and_its_pages_later(read_desk, held, scans):
    desk, completed = read_desk, []
    desk.window.desk.removals.completed.connect(lambda: completed.append(desk.library.removing.hidden()))
    old = desk.batch().id
    desk.action("actionRemoveBatch").trigger()
    desk.until(lambda: desk.window.desk.batches.rowCount() == 0)
    desk.action("actionRemoveForGood").trigger()
    assert desk.library.removing.hidden() == [old]
    desk.drop(scans)  # the same folder once more
    desk.until(lambda: desk.batch() is not None and desk.batch().counts.total == 4)
    held.set()
    desk.until(lambda: completed == [[]])
    desk.until_read()
    assert desk.shown == ["1.png", "2.png", "3.png", "4.png"]


def test_a_removal_that_fails_is_told_and_the_pages_can_be_chosen_again(read_desk, monkeypatch):
    def fail(*values):
        raise LibraryError("The disk is full. Make room on it.")

    desk = read_desk
    monkeypatch.setattr(desk.library.removing, "take_out", fail)
    desk.action("actionRemovePages").trigger()
    assert desk.notice == "The disk is full. Make room on it."
    desk.until(lambda: not desk.action("actionUndo").isEnabled())
    desk.choose("1.png")
    assert desk.chosen == ["1.png"]
    assert not desk.window.desk.under_way.isVisible()


def test_what_was_removed_goes_for_good_a_while_after_the_next_start_but_one(open_desk, read_desk, monkeypatch):
    monkeypatch.setattr(removal_commands, "LATER", 300)
    batch_id = read_desk.batch().id
    read_desk.library.removing.hide(batch_id)
    read_desk.quit()
    desk = open_desk()
    desk.until(lambda: desk.library.removing.removed() == [])
    assert desk.library.removing.hidden() == [batch_id], "it is offered"
    desk.quit()
    desk = open_desk()
    assert desk.window.desk.batches.rowCount() == 0
    assert desk.library.removing.hidden() == [batch_id], "not at once"
    desk.until(lambda: desk.library.removing.hidden() == [])
    assert desk.library.page_ids(batch_id) == []
