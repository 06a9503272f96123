"""Buttons that open a menu."""

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QMenu, QToolButton


def hang_menu(menu: QMenu, button: QToolButton) -> None:
    """Lets a click on a button open a menu."""
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    unlight_after(menu, button)


def unlight_after(menu: QMenu, button: QToolButton) -> None:
    """Lets a button look as one that the pointer has left once its menu closes.

    While a menu is open, Qt tells no widget that the pointer has left it, and takes the pointer to be there ever after.
    """
    menu.aboutToHide.connect(partial(_unlight, button))


def _unlight(button: QToolButton) -> None:
    if button.underMouse() and not button.rect().contains(button.mapFromGlobal(QCursor.pos())):
        QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
