from dataclasses import replace
from pathlib import Path
from unittest.mock import ANY

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton, QWidget

from ocrdesk.engine.document import Batch, Counts
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.pages import batch_header
from ocrdesk.ui.pages.batch_header import MODES, RUN, BatchHeader


@pytest.fixture
def actions(qapp):
    """Those that the header shows, by the names of their commands."""
    actions = {name: QAction(name.capitalize()) for name in (*RUN, "cancel", "export", "show_left_out", "report")}
    modes = QActionGroup(qapp)
    for name, words in zip(MODES, ("Accurate · the best text", "Fast · more pages", "In the background"), strict=True):
        actions[name] = modes.addAction(words)
        actions[name].setCheckable(True)
    actions["mode_accurate"].setChecked(True)
    actions["read_batch_again"] = QAction("Read this batch again")
    actions["batch_languages"] = QAction("Languages: automatic")
    yield actions
    modes.deleteLater()


@pytest.fixture
def header(qtbot, actions):
    header = BatchHeader(actions)
    qtbot.addWidget(header)
    return header


def button_of(header: BatchHeader, action: QAction) -> QToolButton:
    return next(button for button in header.findChildren(QToolButton) if button.defaultAction() is action)


def batch(**counts: int) -> Batch:
    return Batch(1, "letters", Path("/scans/letters"), Counts(**counts))


def words_of(header: BatchHeader) -> list[str]:
    return header.findChild(QLabel, "batchState").text().split(" · ")


def test_how_far_it_is_paints_nothing_at_once(qtbot, header):
    """Qt's bar would paint all that waits to be painted in the whole window before it returns."""
    header.show_batch(batch(total=10, done=1, queued=9), ["Reading…"], is_read=True)
    header.resize(800, 100)
    with qtbot.waitExposed(header):
        header.show()
    bar = header.findChild(QProgressBar, "batchProgress")
    painted = []

    class Painted(QObject):
        def eventFilter(self, watched, event):  # noqa: N802
            if event.type() is QEvent.Type.Paint:
                painted.append(bar.value())
            return False

    watching = Painted()
    bar.installEventFilter(watching)
    header.show_batch(batch(total=10, done=9, queued=1), ["Reading…"], is_read=True)
    assert painted == []
    qtbot.waitUntil(lambda: painted == [9])


def test_it_says_how_far_the_batch_is(header):
    header.show_batch(batch(total=10, done=3, failed=1, pending=6), ["Reading…", "4 of 10 pages"], is_read=True)
    assert words_of(header) == ["Reading…", "4 of 10 pages"]
    progress = header.findChild(QProgressBar, "batchProgress")
    assert (progress.value(), progress.maximum()) == (4, 10)
    assert progress.toolTip() == "4 of 10 pages"
    name = header.findChild(QLabel, "batchName")
    assert (name.text(), name.toolTip()) == ("letters", str(Path("/scans/letters")))


def test_the_words_of_a_run_have_room_beside_its_buttons(qtbot, header):
    header.resize(600, header.height())
    with qtbot.waitExposed(header):
        header.show()
    words = ["Reading…", "3,010 of 4,000 pages", "10 failed", "2.0 a minute", "8 h left"]
    header.show_batch(batch(total=4000, done=3000, failed=10, queued=990), words, is_read=True)
    state = header.findChild(QLabel, "batchState")
    qtbot.waitUntil(lambda: state.width() >= state.sizeHint().width())


def test_nothing_moves_when_the_buttons_go(header, actions):
    before = header.sizeHint().height()
    for name in RUN:
        actions[name].setVisible(False)
    assert header.sizeHint().height() == before


def test_the_name_of_the_batch_has_some_room_however_many_buttons_there_are(qtbot, header):
    header.show_batch(batch(total=10), ["Stopped"], is_read=False)
    header.resize(header.minimumSizeHint())
    with qtbot.waitExposed(header):
        header.show()
    assert header.findChild(QLabel, "batchName").width() > 60


def test_a_long_name_ends_before_the_first_button(qtbot, header, actions):
    header.show_batch(replace(batch(total=10), name="Receipts of the northern office " * 9), ["Reading…"], is_read=True)
    header.resize(600, 100)
    with qtbot.waitExposed(header):
        header.show()
    name = header.findChild(QLabel, "batchName")
    end = name.mapTo(header, name.contentsRect().topRight()).x()
    assert end < button_of(header, actions[RUN[0]]).x() - SPACE


def test_the_mode_is_said_and_chosen_in_the_header(header, actions):
    button = header.findChild(QToolButton, "modeButton")
    assert (button.text(), button.accessibleName()) == ("Accurate", "Mode: Accurate")
    actions["mode_fast"].trigger()
    assert button.text() == "Fast"
    assert button.menu().actions() == [
        *(actions[name] for name in MODES),
        ANY,
        actions["batch_languages"],
        actions["read_batch_again"],
    ]


def test_a_run_is_stopped_in_the_menu_of_pause_for_as_long_as_there_is_one(header, actions):
    pause = button_of(header, actions["pause"])
    assert pause.menu().actions() == [actions["cancel"]]
    actions["cancel"].setVisible(False)
    assert (pause.menu(), pause.popupMode()) == (None, QToolButton.ToolButtonPopupMode.DelayedPopup)
    actions["cancel"].setVisible(True)
    assert pause.menu().actions() == [actions["cancel"]]


def test_an_empty_batch_has_an_empty_bar_and_not_a_busy_one(header):
    header.show_batch(batch(), ["0 pages"], is_read=False)
    progress = header.findChild(QProgressBar, "batchProgress")
    assert (progress.minimum(), progress.maximum(), progress.value()) == (0, 1, 0)


def test_a_button_is_there_while_its_action_is(header, actions):
    header.show()
    resume, pause = (button_of(header, actions[name]) for name in ("resume", "pause"))
    assert pause.isVisible()
    actions["pause"].setVisible(False)
    assert (pause.isVisible(), resume.isVisible()) == (False, True)
    actions["pause"].setVisible(True)
    assert pause.isVisible()


def test_no_button_becomes_a_window_of_its_own(qtbot, qapp, actions):
    class Shown(QObject):
        windows: list[QWidget] = []  # noqa: RUF012

        def eventFilter(self, watched, event):  # noqa: N802
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.windows.append(watched)
            return False

    shown = Shown()
    qapp.installEventFilter(shown)
    header = BatchHeader(actions)
    qtbot.addWidget(header)
    qapp.removeEventFilter(shown)
    assert shown.windows == []


def test_a_double_click_does_not_press_the_button_that_comes_under_the_pointer(qtbot, header, actions, monkeypatch):
    resume, pause = actions["resume"], actions["pause"]
    pause.setVisible(False)
    pressed = []
    resume.triggered.connect(lambda: (resume.setVisible(False), pause.setVisible(True)))
    pause.triggered.connect(lambda: pressed.append("pause"))
    header.resize(900, header.height())
    with qtbot.waitExposed(header):
        header.show()
    first, second = button_of(header, resume), button_of(header, pause)
    place = QPoint(12, first.height() // 2)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton, pos=place)
    monkeypatch.setattr(batch_header, "TOO_SOON", 60_000)
    qtbot.waitUntil(second.isVisible)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton, pos=place)
    assert pressed == []
    monkeypatch.setattr(batch_header, "TOO_SOON", 0)  # as if it had been there for a while
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton, pos=place)
    assert pressed == ["pause"]


def test_a_button_that_goes_does_not_give_the_keyboard_to_the_next(qtbot, header, actions):
    with qtbot.waitActive(header):
        header.show()
        header.activateWindow()
    for name in ("locate", "retry_failed"):
        actions[name].setVisible(False)
    resume, pause = (button_of(header, actions[name]) for name in ("resume", "pause"))
    resume.setFocus()
    actions["resume"].setVisible(False)
    assert not pause.hasFocus()
    qtbot.keyClick(header, Qt.Key.Key_Tab)
    assert pause.hasFocus()


def test_words_of_buttons_go_where_there_is_no_room_and_none_is_cut(qtbot, header, actions):
    for name in ("locate", "retry_failed", "resume"):
        actions[name].setIcon(icon("retry"))  # without one Qt would show the words all the same
    actions["pause"].setVisible(False)
    pane = QWidget()
    header.setParent(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    header.show()
    header.show_batch(batch(total=9, done=3, failed=2), ["Stopped"], is_read=False)
    failed = button_of(header, actions["retry_failed"])
    beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
    for width, style in ((1200, beside), (None, alone), (1200, beside)):
        width = width or header.minimumSizeHint().width()
        header.resize(width, header.height())
        qtbot.waitUntil(lambda style=style: failed.toolButtonStyle() == style)
        buttons = [button for button in header.findChildren(QToolButton) if button.isVisible()]
        qtbot.waitUntil(lambda buttons=buttons: all(it.width() >= it.sizeHint().width() for it in buttons))
        assert max(button.geometry().right() for button in buttons) < header.width()
        assert header.width() == width
    header.setParent(None)


def test_the_buttons_are_of_one_height(qtbot, header, actions):
    with qtbot.waitExposed(header):
        header.show()
    mode, retry = header.findChild(QToolButton, "modeButton"), button_of(header, actions["retry_failed"])
    assert mode.height() == retry.height()


def test_the_name_is_read_before_words_of_buttons_whose_symbols_say_the_same(qtbot, header, actions):
    for name in (*RUN, "cancel"):
        actions[name].setVisible(name == "retry_failed")
    header.show_batch(replace(batch(total=10), name="Receipts 2025"), ["Queued"], is_read=False)
    button, name = button_of(header, actions["retry_failed"]), header.findChild(QLabel, "batchName")
    header.resize(900, 100)
    with qtbot.waitExposed(header):
        header.show()
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    qtbot.waitUntil(lambda: name.width() > name.sizeHint().width())
    header.resize(900 - (name.width() - name.sizeHint().width()) - 20, 100)
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
