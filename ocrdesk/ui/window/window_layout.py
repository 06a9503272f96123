"""Keeps where the window and its panes were, and puts them there again."""

from PySide6.QtWidgets import QMainWindow, QSplitter

from ocrdesk.ui.desk.desk import Desk

CHECKED = {"table": "view_table", "numbers": "number_lines"}
"""Commands that are checked again at the next start if they were, by the name under which that is kept."""


def keep_layout(window: QMainWindow, panes: QSplitter, desk: Desk) -> None:
    """Keeps the layout, and which commands are checked."""
    desk.choices.set("geometry", window.saveGeometry())
    desk.choices.set("panes", panes.saveState())
    for name, command in CHECKED.items():
        desk.choices.set(name, desk.actions[command].isChecked())
    desk.choices.keep()


def restore_layout(window: QMainWindow, panes: QSplitter, desk: Desk) -> None:
    """Restores what was kept, or gives the window its first layout."""
    geometry, widths = desk.choices.get("geometry"), desk.choices.get("panes")
    if not geometry.isEmpty():
        window.restoreGeometry(geometry)
    else:
        window.resize(1280, 800)
        panes.setSizes([230, 640, 410])
    if not widths.isEmpty():
        panes.restoreState(widths)
    for name, command in CHECKED.items():
        if desk.choices.get(name):
            desk.actions[command].setChecked(True)
