import pytest
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
