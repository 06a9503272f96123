"""Keys, names, and a way to every control without a mouse."""

import pytest
from fakes import FIRST_WIDTH
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QGraphicsView,
    QHeaderView,
    QLineEdit,
    QMenuBar,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from ocrdesk.engine.library import PageFilter
from ocrdesk.ui.window.help_dialog import HelpDialog

ToolButtonStyle = Qt.ToolButtonStyle
CTRL = Qt.KeyboardModifier.ControlModifier
CONTROLS = (QAbstractButton, QLineEdit, QAbstractSlider, QAbstractItemView, QGraphicsView, QTextEdit)
NAMES = [
    "batchList",
    "pageGrid",
    "resultsTable",
    "pageView",
    "textView",
    "batchProgress",
    "addButton",
    "filterChips",
    "emptyState",
    "noticeBar",
]
ACTIONS = ["AddFolder", "AddFiles", "Cancel", "Pause", "Resume", "Retry", "RetryFailed", "Search"]


@pytest.fixture
def read_desk(desk, scans):
    """A window with three pages read, one failed, and the first chosen."""
    desk.show_read(scans, 3, failed=1)
    desk.choose("1.png")
    desk.until(lambda: desk.child("pageView").isVisible() and desk.child("textView").isVisible())
    return desk


def is_of_qt(widget: QWidget) -> bool:
    """Parts that Qt itself makes inside a control: scroll bars, headings, the button that empties a field."""
    return (
        isinstance(widget, QScrollBar | QHeaderView)
        or isinstance(widget.parent(), QLineEdit | QMenuBar)
        or widget.objectName().startswith("qt_")
    )


def controls(desk) -> list[QWidget]:
    found = [child for child in desk.window.findChildren(QWidget) if isinstance(child, CONTROLS)]
    return [child for child in found if child.window() is desk.window and not is_of_qt(child)]


def spoken(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def test_the_names_of_the_design_are_there(read_desk):
    for name in NAMES:
        read_desk.child(name)
    for name in ACTIONS:
        read_desk.child(f"action{name}", QAction)


def test_every_control_has_a_name_to_be_spoken(read_desk):
    read_desk.window.desk.notices.warn("Something happened.", [("Show", lambda: None)])
    found = controls(read_desk)
    assert len(found) > 25
    assert [widget.objectName() for widget in found if not spoken(widget).strip() and not widget.isHidden()] == []
    assert read_desk.child("batchProgress", QProgressBar).accessibleName()


def test_tooltips_say_more_than_is_to_be_read_already(read_desk):
    buttons = [it for it in read_desk.window.findChildren(QAbstractButton) if not is_of_qt(it)]
    small = [it for it in buttons if isinstance(it, QToolButton) or it.property("chip")]
    assert len(small) > 25
    assert [it.text() or it.objectName() for it in small if not it.toolTip()] == []
    with_words = [
        it
        for it in buttons
        if it.text()
        and not (isinstance(it, QToolButton) and it.toolButtonStyle() == ToolButtonStyle.ToolButtonIconOnly)
    ]
    said_twice = [it.text() for it in with_words if it.toolTip().casefold() == it.text().rstrip("…").casefold()]
    assert said_twice == []


def test_every_control_that_can_be_used_can_be_reached_by_tab(read_desk):
    desk = read_desk
    desk.window.desk.notices.warn("Something happened.", [("Show", lambda: None)])
    wanted = {widget for widget in controls(desk) if widget.isVisible() and widget.isEnabled()}
    wanted = {
        widget
        for widget in wanted
        # of chips that exclude each other Tab goes to the chosen one, the arrow keys to the others
        if not (widget.parent() is desk.child("filterChips") and not widget.isChecked())
    }
    desk.child("pageGrid").setFocus()
    reached = set()
    for _ in range(3 * len(wanted)):
        focused = QApplication.focusWidget()
        reached.add(focused)
        desk.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert [widget.objectName() or spoken(widget) for widget in wanted - reached] == []
    assert {desk.child("batchList"), desk.child("pageGrid"), desk.child("searchField")} <= reached


def test_arrow_keys_go_through_the_chips(read_desk):
    desk = read_desk
    desk.child("chipAll", QPushButton).setFocus()
    desk.press(Qt.Key.Key_Right)
    assert desk.child("chipDone", QPushButton).isChecked()
    desk.until(lambda: desk.shown == ["1.png", "2.png", "3.png"])


def test_what_the_empty_window_offers_can_be_reached_by_tab(desk):
    reached = set()
    for _ in range(8):
        desk.press(Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget().objectName())
    assert {"emptyAddFolder", "emptyAddFiles", "emptyTrySamples"} <= reached


def test_return_presses_the_button_that_has_the_focus(read_desk, maker):
    desk = read_desk
    desk.child("chipFailed", QPushButton).setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: desk.shown == ["4.png"])
    said = []
    desk.window.desk.notices.warn("Something happened.", [("Show", lambda: said.append("shown"))])
    show = next(button for button in desk.child("noticeBar").findChildren(QPushButton) if button.text() == "Show")
    desk.until(show.isVisible)
    show.setFocus()
    desk.press(Qt.Key.Key_Enter)
    assert said == ["shown"]
    desk.choose("4.png")
    desk.child("panelRetry").setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: "1 could not be read" in desk.notice)


def test_the_keyboard_stays_in_the_panel_when_its_button_goes(read_desk):
    desk = read_desk
    desk.choose("4.png")
    retry, panel = desk.child("panelRetry"), desk.child("pagePanel")
    desk.until(retry.isVisible)
    retry.setFocus()
    desk.window.page_view.show_page(None)
    assert not retry.isVisible()
    assert panel.isAncestorOf(QApplication.focusWidget())


def test_views_change_with_keys_and_keep_the_focus(read_desk):
    desk = read_desk
    desk.window.resize(1280, 800)  # the panel has room
    desk.child("pageGrid").setFocus()
    desk.press(Qt.Key.Key_2, CTRL)
    assert desk.child("resultsTable").isVisible()
    assert desk.child("resultsTable").hasFocus()
    assert desk.chosen == ["1.png"]
    desk.press(Qt.Key.Key_Down)
    assert desk.chosen == ["2.png"]
    desk.press(Qt.Key.Key_1, CTRL)
    assert desk.child("pageGrid").hasFocus()
    assert desk.chosen == ["2.png"]
    desk.press(Qt.Key.Key_3, CTRL)
    assert not desk.child("pagePanel").isVisible()
    desk.press(Qt.Key.Key_3, CTRL)
    assert desk.child("pagePanel").isVisible()


def test_escape_where_nothing_is_shown_goes_back_to_all_pages(read_desk):
    desk = read_desk
    desk.child("pageGrid").setFocus()
    desk.window.pages_pane.show_only(PageFilter.BLANK)
    desk.until(lambda: desk.shown == [])
    desk.press(Qt.Key.Key_Escape)
    assert desk.child("pageGrid").hasFocus()
    assert len(desk.shown) == 4


def test_retry_and_remove_act_by_key_wherever_the_focus_is(read_desk, maker):
    desk = read_desk
    read_before = maker.widths_read
    desk.child("textView").setFocus()
    desk.press(Qt.Key.Key_F5)
    desk.until_read()
    assert maker.widths_read == sorted([*read_before, FIRST_WIDTH])
    desk.child("pageGrid").setFocus()
    desk.choose("4.png")
    desk.press(Qt.Key.Key_Delete)
    assert desk.shown == ["1.png", "2.png", "3.png"]


def test_del_in_the_search_field_deletes_a_letter_and_no_page(read_desk):
    desk = read_desk
    desk.choose("4.png")
    desk.press(Qt.Key.Key_F, CTRL)
    desk.type("4.")
    desk.press(Qt.Key.Key_Home)
    desk.press(Qt.Key.Key_Delete)
    assert desk.child("searchField", QLineEdit).text() == "."
    assert len(desk.library.page_ids(desk.batch().id)) == 4


def test_f1_shows_the_help_beside_the_window_until_esc(desk):
    desk.press(Qt.Key.Key_F1)
    help_shown = desk.child("helpDialog", HelpDialog)
    desk.until(help_shown.search.hasFocus)
    assert not help_shown.isModal()
    desk.press(Qt.Key.Key_Escape)
    assert not help_shown.isVisible()
    desk.action("actionShowHelp").trigger()
    assert desk.window.findChildren(HelpDialog) == [help_shown]
    assert help_shown.isVisible()


def test_ctrl_q_closes(desk):
    desk.press(Qt.Key.Key_Q, CTRL)
    assert not desk.window.isVisible()


def test_buttons_without_words_explain_themselves(read_desk):
    for button in controls(read_desk):
        if isinstance(button, QToolButton):
            assert button.toolTip(), spoken(button)


def test_the_window_fits_a_small_screen(read_desk):
    size = read_desk.window.minimumSizeHint()
    assert size.width() <= 1024
    assert size.height() <= 600
    read_desk.window.resize(1024, 600)
    assert read_desk.child("searchField").width() >= 160
