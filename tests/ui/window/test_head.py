import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QMenuBar

from ocrdesk.ui.search.search_field import NARROWEST, WIDEST, SearchField
from ocrdesk.ui.window.head import Head


@pytest.fixture
def head(qtbot):
    menus = QMenuBar()
    for name in ("File", "Edit", "Batch"):
        menus.addMenu(name)
    head = Head(menus, SearchField())
    qtbot.addWidget(head)
    with qtbot.waitExposed(head):
        head.show()
    return head


def test_the_field_is_in_the_middle_of_a_wide_window(head):
    head.resize(1400, 44)
    assert head.field.width() == WIDEST
    assert abs(head.field.geometry().center().x() - 700) <= 1


@pytest.mark.parametrize("width", [640, 700, 900])
def test_in_a_narrow_window_the_field_stands_beside_the_menus(head, width):
    head.resize(width, 44)
    assert head.field.x() >= head.menus.geometry().right()
    assert head.field.geometry().right() < width
    assert head.field.width() >= NARROWEST


def test_the_field_is_hidden_while_there_is_nothing_to_search(head):
    head.show_field(False)
    assert not head.field.isVisible()
    assert head.menus.isVisible()


def test_menus_that_begin_at_the_right_are_all_seen_in_every_width(head, qapp):
    head.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    for width in (1400, 700, 1000):
        head.resize(width, 44)
        qapp.processEvents()
        assert abs(head.menus.geometry().right() - (width - 1)) <= 1
        assert head.field.geometry().right() <= head.menus.x()
        shown = QRect(0, 0, head.menus.width(), head.menus.height())
        assert all(shown.contains(head.menus.actionGeometry(menu)) for menu in head.menus.actions())
