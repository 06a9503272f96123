from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton, QWidget

from ocrdesk.engine.document import Batch, Counts
from ocrdesk.engine.pace import Pace
from ocrdesk.ui.pages import batch_header
from ocrdesk.ui.pages.batch_header import BatchHeader, time_left

MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest.fixture
def run_actions(qapp):
    return [QAction("Pause"), QAction("Cancel")]


@pytest.fixture
def export(qapp):
    return QAction("Export…")


@pytest.fixture
def left_out(qapp):
    return QAction("Skipped files")


@pytest.fixture
def header(qtbot, run_actions, export, left_out):
    header = BatchHeader(run_actions, export, left_out)
    qtbot.addWidget(header)
    return header


def batch(**counts: int) -> Batch:
    return Batch(1, "letters", Path("/scans/letters"), Counts(**counts))


def words_of(header: BatchHeader) -> list[str]:
    return header.findChild(QLabel, "batchState").text().split(" · ")


def pace(pages: int, seconds_each: float) -> Pace:
    pace = Pace(0.0)
    for number in range(1, pages + 1):
        pace.page_finished(number * seconds_each)
    return pace


def test_it_says_how_far_the_batch_is(header):
    header.show_batch(batch(total=10, done=3, failed=1, pending=6, queued=6), "Reading…", pace(4, 30.0))
    assert words_of(header) == ["Reading…", "3 of 10 pages read", "1 failed", "2.0 pages a minute", "about 3 min left"]
    progress = header.findChild(QProgressBar, "batchProgress")
    assert (progress.value(), progress.maximum()) == (4, 10)
    assert progress.toolTip() == "4 of 10 pages"
    name = header.findChild(QLabel, "batchName")
    assert (name.text(), name.toolTip()) == ("letters", str(Path("/scans/letters")))


def test_the_words_of_a_run_have_room_beside_its_buttons(qtbot, header):
    header.resize(600, header.height())
    with qtbot.waitExposed(header):
        header.show()
    header.show_batch(batch(total=4000, done=3000, failed=10, queued=990), "Reading…", pace(4, 30.0))
    state = header.findChild(QLabel, "batchState")
    qtbot.waitUntil(lambda: state.width() >= state.sizeHint().width())


def test_nothing_moves_when_the_buttons_go(header, run_actions):
    before = header.sizeHint().height()
    for action in run_actions:
        action.setVisible(False)
    assert header.sizeHint().height() == before


def test_it_promises_nothing_it_cannot_know(header):
    header.show_batch(batch(total=10, done=1, pending=9, queued=9), "Reading…", pace(1, 30.0))
    assert words_of(header) == ["Reading…", "1 of 10 pages read"]
    header.show_batch(batch(total=10, done=10), "Done", None)
    assert words_of(header) == ["Done", "10 of 10 pages read"]


def test_an_empty_batch_has_an_empty_bar_and_not_a_busy_one(header):
    header.show_batch(batch(), "Empty", None)
    progress = header.findChild(QProgressBar, "batchProgress")
    assert (progress.minimum(), progress.maximum(), progress.value()) == (0, 1, 0)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (49, "less than a minute"),
        (50, "about 1 min"),
        (MINUTE, "about 1 min"),
        (12.4 * MINUTE, "about 12 min"),
        (89 * MINUTE, "about 89 min"),
        (91 * MINUTE, "about 2 h"),
        (5.4 * HOUR, "about 5 h"),
        (47 * HOUR, "about 47 h"),
        (3 * DAY, "about 3 days"),
    ],
)
def test_time_left_is_as_rough_as_it_is_known(seconds, words):
    assert time_left(seconds) == words


def test_a_button_is_there_while_its_action_is(header, run_actions):
    header.show()
    pause, cancel, _ = (button for button in header.findChildren(QToolButton) if button.defaultAction())
    assert pause.isVisible()
    run_actions[0].setVisible(False)
    assert (pause.isVisible(), cancel.isVisible()) == (False, True)
    run_actions[0].setVisible(True)
    assert pause.isVisible()


def test_no_button_becomes_a_window_of_its_own(qtbot, qapp, run_actions, left_out):
    class Shown(QObject):
        windows: list[QWidget] = []  # noqa: RUF012

        def eventFilter(self, watched, event):  # noqa: N802
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.windows.append(watched)
            return False

    shown = Shown()
    qapp.installEventFilter(shown)
    header = BatchHeader(run_actions, QAction("Export…"), left_out)
    qtbot.addWidget(header)
    qapp.removeEventFilter(shown)
    assert shown.windows == []


def test_a_double_click_does_not_press_the_button_that_comes_under_the_pointer(qtbot, header, run_actions, monkeypatch):
    pause, cancel = run_actions
    cancel.setVisible(False)
    pressed = []
    pause.triggered.connect(lambda: cancel.setVisible(True))
    cancel.triggered.connect(lambda: pressed.append("cancel"))
    header.resize(600, header.height())
    with qtbot.waitExposed(header):
        header.show()
    first = next(button for button in header.findChildren(QToolButton) if button.defaultAction() is pause)
    second = next(button for button in header.findChildren(QToolButton) if button.defaultAction() is cancel)
    place = first.geometry().center()
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    monkeypatch.setattr(batch_header, "TOO_SOON", 60_000)
    qtbot.waitUntil(lambda: second.geometry().contains(place))
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert pressed == []
    monkeypatch.setattr(batch_header, "TOO_SOON", 0)  # as if it had been there for a while
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert pressed == ["cancel"]


def test_a_button_that_goes_does_not_give_the_keyboard_to_the_next(qtbot, header, run_actions):
    with qtbot.waitActive(header):
        header.show()
        header.activateWindow()
    pause, cancel, _ = (button for button in header.findChildren(QToolButton) if button.defaultAction())
    pause.setFocus()
    run_actions[0].setVisible(False)
    assert not cancel.hasFocus()
    qtbot.keyClick(header, Qt.Key.Key_Tab)
    assert cancel.hasFocus()
