"""Buttons that open a menu do not stay lit when it has closed."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QCursor, QEnterEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from ocrdesk.ui.kit import menu_buttons
from ocrdesk.ui.kit.menu_buttons import hang_menu


@pytest.fixture
def button(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    button = QToolButton(window, text="Mode")
    menu = QMenu(button)
    menu.addAction("Fast")
    hang_menu(menu, button)
    with qtbot.waitExposed(window):
        window.show()
    place = QPointF(5, 5)
    QApplication.sendEvent(button, QEnterEvent(place, place, place))
    assert button.underMouse()
    yield button


@pytest.fixture
def put_pointer(monkeypatch):
    """Puts the pointer somewhere on the screen."""

    class Cursor(QCursor):
        @staticmethod
        def pos():
            return place

    place = QPoint()
    monkeypatch.setattr(menu_buttons, "QCursor", Cursor)

    def put(where: QPoint) -> None:
        place.setX(where.x())
        place.setY(where.y())

    return put


def test_a_button_is_not_lit_when_the_pointer_went_elsewhere_while_its_menu_was_open(button, put_pointer):
    put_pointer(button.mapToGlobal(QPoint(300, 300)))
    button.menu().aboutToHide.emit()  # opened by a test, it would have the pointer on no widget
    assert not button.underMouse()


def test_it_stays_lit_while_the_pointer_is_on_it(button, put_pointer):
    put_pointer(button.mapToGlobal(button.rect().center()))
    button.menu().aboutToHide.emit()  # opened by a test, it would have the pointer on no widget
    assert button.underMouse()
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
    assert not button.underMouse()
