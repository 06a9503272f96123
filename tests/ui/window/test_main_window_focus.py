"""Where the keyboard is can be seen in every list, also where nothing is chosen there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage


@pytest.fixture
def read_desk(desk, scans):
    desk.show_read(scans, 3)
    desk.choose("1.png")
    desk.until(lambda: desk.child("pageView").isVisible())
    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow)
    return desk


def look(desk, name: str) -> QImage:
    return desk.child(name).grab().toImage()


@pytest.mark.parametrize("name", ["batchList", "pageGrid", "resultsTable", "pageView"])
def test_the_view_that_has_the_focus_looks_otherwise(read_desk, name):
    desk = read_desk
    if name == "resultsTable":
        desk.actions["view_table"].trigger()
    desk.child("searchField").setFocus()
    plain = look(desk, name)
    desk.child(name).setFocus(Qt.FocusReason.TabFocusReason)  # a click puts no ring round the picture
    assert look(desk, name) != plain


@pytest.mark.parametrize("name", ["pageGrid", "resultsTable"])
def test_a_page_that_is_not_chosen_shows_that_it_has_the_focus(qtbot, read_desk, name):
    desk = read_desk
    if name == "resultsTable":
        desk.actions["view_table"].trigger()
    view = desk.child(name)
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    looks = [look(desk, name)]
    for row in (1, 2):
        key = Qt.Key.Key_Right if name == "pageGrid" else Qt.Key.Key_Down
        qtbot.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
        assert view.currentIndex().row() == row
        looks.append(look(desk, name))
    assert looks[0] != looks[1] != looks[2]
