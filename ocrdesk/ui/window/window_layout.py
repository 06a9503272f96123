"""Keeps where the window and its panes were, and puts them there again."""

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter

from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.choices import kept_choices

FILE_NAME = "window.ini"

CHECKED = {"table": "view_table", "numbers": "number_lines"}
"""Commands that are checked again at the next start if they were, by the name under which that is kept."""


def keep_layout(window: QMainWindow, panes: QSplitter, desk: Desk) -> None:
    """Keeps the layout, and which commands are checked."""
    kept = kept_choices(desk.places.settings, FILE_NAME)
    kept.setValue("geometry", window.saveGeometry())
    kept.setValue("panes", panes.saveState())
    for name, command in CHECKED.items():
        kept.setValue(name, desk.actions[command].isChecked())
    kept.sync()


def restore_layout(window: QMainWindow, panes: QSplitter, desk: Desk) -> None:
    """Restores what was kept, or gives the window its first layout."""
    kept = kept_choices(desk.places.settings, FILE_NAME)
    geometry, widths = kept.value("geometry"), kept.value("panes")
    if isinstance(geometry, QByteArray) and not geometry.isEmpty():
        window.restoreGeometry(geometry)
    else:
        window.resize(1280, 800)
        panes.setSizes([230, 640, 410])
    if isinstance(widths, QByteArray) and not widths.isEmpty():
        panes.restoreState(widths)
    for name, command in CHECKED.items():
        if kept.value(name, False, bool):
            desk.actions[command].setChecked(True)
