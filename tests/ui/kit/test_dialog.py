"""The frame of all dialogs."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow, QPushButton, QWidget

from ocrdesk.ui.kit.dialog import NARROW, WIDE, Dialog, quiet


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    window.setStyleSheet("QMainWindow { background: white; }")
    window.resize(900, 700)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def dialog(qtbot, window):
    dialog = Dialog("Export", "What do you want to do?", window)
    dialog.content.addWidget(QLineEdit(objectName="field"))
    dialog.add_cancel()
    dialog.add_button("Export 16 pages", dialog.accept, kind="primary")
    with qtbot.waitExposed(dialog):
        dialog.open()
    qtbot.waitUntil(lambda: window.findChild(QWidget, "veil") is not None)
    return dialog


def test_what_is_behind_is_dimmed_as_long_as_it_is_open(window, dialog):
    window.resize(1000, 720)
    corner = window.grab().toImage().pixelColor(2, 2)
    assert corner == QColor.fromRgbF(0.64, 0.64, 0.64) or abs(corner.red() - 163) <= 1
    dialog.reject()
    assert window.grab().toImage().pixelColor(2, 2) == QColor("white")
    assert window.findChild(QWidget, "veil") is None or window.findChild(QWidget, "veil").isHidden()


def test_the_whole_window_is_dimmed_when_it_becomes_larger(qtbot, window, dialog):
    window.resize(1200, 800)
    qtbot.waitUntil(lambda: window.findChild(QWidget, "veil").size() == window.size())


def test_the_return_key_takes_the_verb_and_escape_leaves(qtbot, dialog):
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    dialog.open()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_it_is_as_high_as_its_content_and_stays_where_it_is(qtbot, dialog):
    before, middle = dialog.height(), dialog.geometry().center()
    more = quiet("Words that are more than a line has. " * 8)
    dialog.content.addWidget(more)
    qtbot.waitUntil(lambda: dialog.height() > before)
    assert more.height() >= more.heightForWidth(more.width())
    assert abs(dialog.geometry().center().y() - middle.y()) <= 1
    more.hide()
    qtbot.waitUntil(lambda: dialog.height() == before)


def test_it_lies_in_the_middle_of_its_window_and_on_the_screen(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(60, 40, 640, 480)
    with qtbot.waitExposed(window):
        window.show()
    dialog = Dialog("Name", parent=window, width=300)
    for _ in range(2):
        dialog.show()
        assert (dialog.geometry().center() - window.geometry().center()).manhattanLength() <= 2
        dialog.hide()
    window.move(-600, 40)
    dialog.show()
    assert dialog.x() >= dialog.screen().availableGeometry().left()
    dialog.hide()


def test_where_the_screen_is_too_low_its_content_is_scrolled_and_its_buttons_are_in_sight(qtbot, window):
    dialog = Dialog("Settings", "", window)
    for number in range(60):
        dialog.content.addWidget(QLineEdit(objectName=f"field{number}"))
    warning = QLabel("Two pages failed.")
    dialog.above_foot.addWidget(warning)
    button = dialog.add_button("Save", dialog.accept, kind="primary")
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert dialog.height() < dialog.screen().availableGeometry().height(), "it reaches the edges of the screen"
    assert dialog.rect().contains(warning.geometry())
    assert dialog.rect().contains(button.geometry().translated(button.parentWidget().pos()))
    assert dialog.findChild(QLineEdit, "field0").height() >= 20
    last = dialog.findChild(QLineEdit, "field59")
    assert last.visibleRegion().isEmpty()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.findChild(QLineEdit, "field58").setFocus()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
    dialog.close()


def test_long_titles_and_buttons_are_never_cut(qtbot, window):
    dialog = Dialog("A batch with a name that says all there is in it, " * 3, "", window, width=NARROW)
    for number in range(4):
        dialog.add_button(f"A button of many words {number}", dialog.accept)
    with qtbot.waitExposed(dialog):
        dialog.open()
    title = dialog.findChild(QLabel, "dialogTitle")
    assert title.height() >= title.heightForWidth(title.width()) >= 2 * title.fontMetrics().height()
    for button in dialog.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width()
        assert dialog.rect().contains(button.mapTo(dialog, QPoint(button.width() - 1, 0)))
    dialog.close()


def test_a_name_that_cannot_be_broken_widens_nothing(qtbot, window):
    dialog = Dialog(f"Export “{'scan_' * 60}”", "", window, width=NARROW)
    dialog.add_cancel()
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert dialog.width() == NARROW
    assert dialog.findChild(QLabel, "dialogTitle").text().startswith("Export “scan_")
    dialog.close()


def test_it_is_as_wide_as_dialogs_are_and_its_title_is_told(dialog):
    assert dialog.width() == WIDE
    assert dialog.windowTitle() == "Export"


def test_without_a_window_the_system_frames_it(qtbot):
    dialog = Dialog("ocrdesk cannot start", "No room.", width=NARROW)
    qtbot.addWidget(dialog)
    assert not dialog.windowFlags() & Qt.WindowType.FramelessWindowHint
