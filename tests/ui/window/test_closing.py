"""The end of the window: what it waits for, what it says meanwhile, and that nothing keeps it for ever."""

from types import SimpleNamespace

import pytest
from fakes import draw_pages
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QPushButton, QWidget

from ocrdesk.engine.errors import LibraryClosing, LibraryInUse
from ocrdesk.engine.library import Library
from ocrdesk.interrupts import Interrupts
from ocrdesk.ui.window import closing as closing_module
from ocrdesk.ui.window import starting
from ocrdesk.ui.window.closing import Closing
from ocrdesk.ui.window.starting import StillFinishing, open_when_free


class EndedPart:
    """Has nothing at work."""

    has_ended = True

    def __init__(self) -> None:
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True


class HangingPart(EndedPart):
    """Never ends, as what waits for a drive that does not answer."""

    has_ended = False


class EndedTasks(EndedPart):
    """Has nothing at work in any lane."""

    has_finished_files = True


class HangingTasks(EndedTasks):
    """Has a lane that waits for a drive that does not answer, and writes no file."""

    has_ended = False


class WritingTasks(HangingTasks):
    """Writes a file."""

    has_finished_files = False


class HangingRunner(HangingPart):
    """Reads two pages and never finishes them."""

    pages_in_flight = 2

    def begin_close(self) -> None:
        self.close()


class EndedRunner(EndedPart):
    """Reads nothing."""

    pages_in_flight = 0

    def begin_close(self) -> None:
        self.close()


@pytest.fixture
def window(qtbot):
    class Window(QMainWindow):
        def closeEvent(self, event):  # noqa: N802 - Qt's name
            if not self.closing.is_over:
                self.closing.close()
            event.setAccepted(self.closing.is_over)

    window = Window()
    qtbot.addWidget(window, before_close_func=lambda window: setattr(window.closing, "is_over", True))
    window.resize(900, 600)
    window.setCentralWidget(QWidget())
    with qtbot.waitExposed(window):
        window.show()
    return window


def close(window, library, runner, tasks=None, parts=()) -> list[bool]:
    """Closes a window; gives what is told when it is over."""
    told = []
    desk = SimpleNamespace(library=library, runner=runner, tasks=tasks or EndedTasks())
    window.closing = Closing(window, desk, parts)
    window.closing.over.connect(told.append)
    window.close()
    return told


def said(window) -> str:
    label = window.findChild(QLabel, "closingWords")
    return label.text() if label is not None and label.isVisible() else ""


def test_a_window_with_nothing_at_work_is_gone_at_once(window, library):
    parts, tasks = [EndedPart(), EndedPart()], EndedTasks()
    assert close(window, library, EndedRunner(), tasks, parts) == [True]
    assert not window.isVisible()
    assert all(part.is_closed for part in (*parts, tasks))


def test_pages_in_flight_are_waited_for_and_said_while_the_window_lives(qtbot, window, library):
    runner = HangingRunner()
    told = close(window, library, runner)
    assert (told, said(window)) == ([], "Finishing 2 pages…")
    assert runner.is_closed
    assert not window.centralWidget().isEnabled()
    runner.pages_in_flight = 1
    qtbot.waitUntil(lambda: said(window) == "Finishing the last page…")
    runner.has_ended = True
    qtbot.waitUntil(lambda: told == [True])
    assert not window.isVisible()


def test_a_file_being_written_is_waited_for_after_the_pages(qtbot, window, library):
    runner, export = HangingRunner(), WritingTasks()
    told = close(window, library, runner, export)
    runner.has_ended = True
    qtbot.waitUntil(lambda: said(window) == "Finishing the file being written…")
    export.has_finished_files = export.has_ended = True
    qtbot.waitUntil(lambda: told == [True])


def test_who_closes_again_or_presses_the_button_leaves_at_once(qtbot, window, library):
    told = close(window, library, HangingRunner())
    qtbot.mouseClick(window.findChild(QPushButton, "closeNow"), Qt.MouseButton.LeftButton)
    assert told == [False]
    assert not window.isVisible()


def test_a_thumbnail_that_hangs_hides_the_window_and_holds_nobody_up(qtbot, window, library, monkeypatch):
    monkeypatch.setattr(closing_module, "LOOKS_SECONDS", 0.3)
    told = close(window, library, EndedRunner(), HangingTasks())
    assert not window.isVisible()
    assert told == []
    qtbot.waitUntil(lambda: told == [False])


def test_pages_that_hang_are_left_when_their_time_is_over(qtbot, window, library, monkeypatch):
    monkeypatch.setattr(closing_module, "PAGES_SECONDS", 0.3)
    monkeypatch.setattr(closing_module, "LOOKS_SECONDS", 0.3)
    told = close(window, library, HangingRunner())
    assert said(window)
    qtbot.waitUntil(lambda: told == [False])
    assert not window.isVisible()


def test_a_question_that_is_open_is_given_up(qtbot, window, library):
    dialog = QDialog(window)
    QTimer.singleShot(0, lambda: close(window, library, HangingRunner()))
    assert dialog.exec() == QDialog.DialogCode.Rejected
    assert said(window)


def test_the_veil_covers_the_window_whatever_its_size(qtbot, window, library):
    close(window, library, HangingRunner())
    window.resize(1100, 700)
    veil = window.findChild(QWidget, "closingVeil")
    qtbot.waitUntil(lambda: veil.geometry() == window.rect())
    assert window.childAt(QPoint(5, 5)) in (veil, *veil.findChildren(QWidget))


def test_a_page_being_read_is_finished_visibly_and_kept(slow_desk, gate, scans):
    draw_pages(scans, 3)
    slow_desk.window.begin([scans])
    slow_desk.until_reading(gate)
    slow_desk.window.close()
    assert slow_desk.window.isVisible()
    assert said(slow_desk.window) == "Finishing the last page…"
    slow_desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)  # resume
    assert not slow_desk.drop(scans)
    gate.open()
    slow_desk.until(lambda: slow_desk.window.closing.is_over)
    assert not slow_desk.window.isVisible()
    assert slow_desk.statuses() == ["done", "pending", "pending"]
    assert slow_desk.batch().counts.queued == 2, "the next start offers to resume"


# A start meanwhile


def test_a_library_that_nobody_holds_is_opened_without_a_word(tmp_path, monkeypatch):
    monkeypatch.setattr(starting, "StillFinishing", lambda _: pytest.fail("it waits"))
    library = open_when_free(lambda: Library(tmp_path), Interrupts())
    library.close()


def test_a_window_that_is_open_is_no_reason_to_wait(library, monkeypatch):
    monkeypatch.setattr(starting, "StillFinishing", lambda _: pytest.fail("it waits"))
    with pytest.raises(LibraryInUse):
        open_when_free(lambda: Library(library.folder), Interrupts())


def test_a_start_waits_for_the_end_of_the_other_one(qapp, tmp_path):
    first = Library(tmp_path)
    first.begin_close()
    QTimer.singleShot(300, first.close)
    second = open_when_free(lambda: Library(tmp_path), Interrupts())
    assert second is not None
    second.close()


@pytest.mark.parametrize("way", ["button", "interrupt"])
def test_who_does_not_want_to_wait_need_not(qtbot, library, way):
    library.begin_close()

    def cancel():
        if way == "interrupt":
            interrupts._writing.send(bytes([2]))
        else:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, StillFinishing)
            dialog.findChild(QPushButton).click()

    with Interrupts() as interrupts:
        QTimer.singleShot(0, cancel)
        assert open_when_free(lambda: Library(library.folder), interrupts) is None


def test_the_wait_is_not_for_ever(qapp, library, monkeypatch):
    monkeypatch.setattr(starting, "_MOST_SECONDS", 0.3)
    library.begin_close()
    with pytest.raises(LibraryClosing, match="still finishing"):
        open_when_free(lambda: Library(library.folder), Interrupts())
