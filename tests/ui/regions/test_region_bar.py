import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QStackedWidget

from ocrdesk.ui.regions.region_bar import RegionBar


@pytest.fixture
def bar(qtbot):
    bar = RegionBar()
    qtbot.addWidget(bar)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


def click(qtbot, bar, name: str):
    qtbot.mouseClick(bar.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def said(bar) -> str:
    return bar.findChild(QStackedWidget, "regionWords").currentWidget().text()


def test_it_says_what_to_do_for_what_is_drawn_next(qtbot, bar):
    told = []
    bar.only_chosen.connect(told.append)
    assert "ignored on every page of this batch" in said(bar)
    click(qtbot, bar, "regionOnly")
    assert "The rest of every page of this batch is ignored" in said(bar)
    click(qtbot, bar, "regionOnly")
    click(qtbot, bar, "regionIgnore")
    assert "ignored on every page of this batch" in said(bar)
    assert told == [True, False]


def test_it_says_which_region_is_chosen_and_which_keys_change_it(bar):
    bar.show_chosen("Region 2 of 3, ignored")
    assert said(bar).startswith("Region 2 of 3, ignored. Arrow keys move it")
    assert bar.accessibleName() == said(bar)
    bar.show_chosen("")
    assert said(bar).startswith("Drag over")


@pytest.mark.parametrize(
    ("left_out", "lines", "words"),
    [
        (12, 60, "12 of 60 lines of this page are ignored."),
        (1, 60, "1 of 60 lines of this page is ignored."),
        (0, 60, "0 of 60 lines of this page are ignored."),
        (0, 0, "This page has no lines."),
        (0, None, "This page has not been read yet."),
    ],
)
def test_it_says_how_many_lines_are_left_out(bar, left_out, lines, words):
    bar.show_left_out(left_out, lines)
    assert bar.findChild(QLabel, "regionCount").text() == words


def test_undo_is_offered_only_while_there_is_something_to_take_back(qtbot, bar):
    undone = []
    bar.undo_wanted.connect(lambda: undone.append(True))
    click(qtbot, bar, "regionUndo")
    assert undone == []
    bar.show_undo(True)
    click(qtbot, bar, "regionUndo")
    assert undone == [True]


def test_done_ends_it(qtbot, bar):
    with qtbot.waitSignal(bar.done):
        click(qtbot, bar, "regionDone")


def test_every_button_has_a_name_to_be_spoken_and_can_be_reached_by_tab(qtbot, bar):
    bar.show_undo(True)
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    bar.findChild(QPushButton, "regionDone").setFocus()
    reached = set()
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget().objectName())
    assert reached == {"regionIgnore", "regionUndo", "regionDone"}
    bar.findChild(QPushButton, "regionIgnore").setFocus()
    with qtbot.waitSignal(bar.only_chosen):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)  # one of two is chosen with the arrow keys
    assert all(button.accessibleName() for button in bar.findChildren(QPushButton))


def test_it_is_as_high_whatever_it_says(qtbot, bar):
    bar.resize(300, bar.heightForWidth(300))
    heights = {bar.heightForWidth(300)}
    bar.show_chosen("Region 2 of 3, ignored")
    heights.add(bar.heightForWidth(300))
    bar.show_chosen("")
    click(qtbot, bar, "regionOnly")
    heights.add(bar.heightForWidth(300))
    assert len(heights) == 1


def test_a_click_on_a_button_leaves_the_keyboard_where_it_is(qtbot, bar):
    bar.show_undo(True)
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    bar.findChild(QPushButton, "regionDone").setFocus()
    click(qtbot, bar, "regionUndo")
    click(qtbot, bar, "regionOnly")
    assert QApplication.focusWidget().objectName() == "regionDone"
