"""What mouse and keys do with regions, on a picture that is shown."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip
from region_drawing import BODY, FOOT, STAMP, edges, near

from ocrdesk.engine.layout.regions import Region

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


# Menu


def right_click(person, x, y, choose: str) -> list[str]:
    """Opens the menu at a place and chooses an entry; gives all entries."""
    entries = []

    def choose_entry():
        menu = QApplication.activePopupWidget()
        entries.extend(action.text() for action in menu.actions() if action.text())
        entry = next(action for action in menu.actions() if action.text() == choose)
        person.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())

    place = person.place(x, y)
    person.qtbot.mouseClick(person.view.viewport(), RIGHT, pos=place)
    QTimer.singleShot(0, choose_entry)
    globally = person.view.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, globally)
    QApplication.sendEvent(person.view.viewport(), event)
    return entries


def test_the_menu_deletes_and_turns_over_what_it_is_opened_on(person):
    person.layer.show_regions([STAMP, FOOT])
    assert right_click(person, 0.7, 0.2, "Read only this") == ["Delete", "Read only this", "Delete all"]
    only = Region(*edges(STAMP), is_only=True)
    assert person.wanted[-1] == (only, FOOT)
    assert person.layer.chosen == only
    right_click(person, 0.7, 0.2, "Ignore this")
    assert person.wanted[-1] == (STAMP, FOOT)
    right_click(person, 0.2, 0.65, "Delete")
    assert person.wanted[-1] == (STAMP,)
    assert right_click(person, 0.02, 0.02, "Delete all") == ["Delete all"]
    assert person.wanted[-1] == ()


# Keys


def test_tab_goes_through_the_regions_and_on_in_the_window(person, qtbot):
    person.layer.show_regions([STAMP, BODY])
    told = []
    person.layer.chosen_changed.connect(lambda: told.append(person.layer.describe_chosen()))
    person.press(Qt.Key.Key_Tab)
    assert person.view.accessibleDescription() == "Region 1 of 2, ignored"
    person.press(Qt.Key.Key_Tab)
    assert person.view.accessibleDescription() == "Region 2 of 2, only here"
    person.press(Qt.Key.Key_Backtab, SHIFT)
    assert person.layer.chosen == STAMP
    person.press(Qt.Key.Key_Backtab, SHIFT)
    assert person.layer.chosen is None
    assert person.view.accessibleDescription() == ""
    assert told == ["Region 1 of 2, ignored", "Region 2 of 2, only here", "Region 1 of 2, ignored", ""]


def test_without_the_keyboard_no_region_is_chosen(person, qtbot):
    """For Del removes pages elsewhere."""
    elsewhere = QLineEdit()
    qtbot.addWidget(elsewhere)
    elsewhere.setParent(person.view)
    elsewhere.show()
    person.layer.show_regions([STAMP])
    person.layer.choose(STAMP)
    elsewhere.setFocus(Qt.FocusReason.MouseFocusReason)
    assert person.layer.chosen is None
    person.layer.set_active(True)
    assert person.view.hasFocus()


def test_arrow_keys_move_the_chosen_region_and_with_shift_they_size_it(person):
    person.layer.show_regions([STAMP])
    person.press(Qt.Key.Key_Tab)
    person.press(Qt.Key.Key_Right)
    person.press(Qt.Key.Key_Down)
    assert edges(person.layer.regions[0]) == near(Region(0.505, 0.105, 0.905, 0.305), of=1e-9)
    person.press(Qt.Key.Key_Left, SHIFT)
    person.press(Qt.Key.Key_Up, SHIFT)
    assert edges(person.layer.regions[0]) == near(Region(0.505, 0.105, 0.9, 0.3), of=1e-9)
    assert person.layer.chosen == person.layer.regions[0]


def test_a_key_held_down_is_kept_once_when_it_is_let_go(person, qtbot):
    person.layer.show_regions([STAMP])
    person.layer.choose(STAMP)
    for _ in range(4):
        qtbot.keyPress(person.view, Qt.Key.Key_Left)
    assert person.wanted == []
    qtbot.keyRelease(person.view, Qt.Key.Key_Left)
    ((region,),) = person.wanted
    assert region.left == pytest.approx(0.48)


def test_a_region_can_be_drawn_without_a_mouse(person):
    person.press(Qt.Key.Key_Insert)
    ((region,),) = person.wanted
    assert person.layer.chosen == region
    assert 0.2 < region.left < region.right < 0.8
    assert 0.2 < region.top < region.bottom < 0.8


# The pointer, and when nothing can be drawn


def test_the_pointer_tells_what_a_press_would_do(person):
    person.layer.show_regions([STAMP])
    assert person.point(0.2, 0.8) == Qt.CursorShape.CrossCursor
    assert person.point(0.7, 0.2) == Qt.CursorShape.SizeAllCursor
    person.layer.choose(STAMP)
    assert person.point(0.9, 0.3) == Qt.CursorShape.SizeFDiagCursor
    assert person.point(0.5, 0.2) == Qt.CursorShape.SizeHorCursor
    person.layer.set_active(False)
    assert person.view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


@pytest.mark.parametrize(
    ("region", "place", "said"),
    [
        (STAMP, (0.7, 0.2), "Ignored on every page of this batch"),
        (STAMP, (0.2, 0.8), ""),
        (BODY, (0.03, 0.03), "Ignored: only what is outlined counts on the pages of this batch"),
        (BODY, (0.5, 0.5), ""),
    ],
)
def test_the_pointer_on_a_part_without_text_is_told_why(person, region, place, said):
    person.layer.set_active(False)
    person.layer.show_regions([region])
    place = person.place(*place)
    QToolTip.hideText()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, person.view.viewport().mapToGlobal(place))
    QApplication.sendEvent(person.view.viewport(), event)
    assert QToolTip.text() == said
    QToolTip.hideText()


def test_while_nothing_is_drawn_mouse_and_keys_change_nothing(person):
    person.layer.show_regions([STAMP])
    person.layer.set_active(False)
    person.drag((0.6, 0.2), (0.5, 0.4))
    person.click(0.7, 0.2)
    person.press(Qt.Key.Key_Delete)
    person.press(Qt.Key.Key_Insert)
    assert person.wanted == []
    assert person.layer.chosen is None


def test_without_a_picture_nothing_can_be_drawn(person):
    person.view.show_page(None, [])
    person.qtbot.mousePress(person.view.viewport(), LEFT, pos=QPoint(20, 20))
    person.qtbot.mouseMove(person.view.viewport(), QPoint(90, 90))
    person.qtbot.mouseRelease(person.view.viewport(), LEFT, pos=QPoint(90, 90))
    person.press(Qt.Key.Key_Insert)
    assert person.wanted == []
