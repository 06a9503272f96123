"""Keeps where the window and its panes were, and puts them there again."""

from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QSplitter

from ocrdesk.ui.kit.choices import kept_choices

FILE_NAME = "window.ini"


def keep_layout(window: QMainWindow, panes: QSplitter, choices: dict[str, QAction], folder: Path) -> None:
    """Keeps the layout, and which of the choices are made, in a file of a folder."""
    kept = kept_choices(folder, FILE_NAME)
    kept.setValue("geometry", window.saveGeometry())
    kept.setValue("panes", panes.saveState())
    for name, choice in choices.items():
        kept.setValue(name, choice.isChecked())
    kept.sync()


def restore_layout(window: QMainWindow, panes: QSplitter, choices: dict[str, QAction], folder: Path) -> None:
    """Restores what was kept, or gives the window its first layout."""
    kept = kept_choices(folder, FILE_NAME)
    geometry, widths = kept.value("geometry"), kept.value("panes")
    if isinstance(geometry, QByteArray) and not geometry.isEmpty():
        window.restoreGeometry(geometry)
    else:
        window.resize(1280, 800)
        panes.setSizes([230, 640, 410])
    if isinstance(widths, QByteArray) and not widths.isEmpty():
        panes.restoreState(widths)
    for name, choice in choices.items():
        if kept.value(name, False, bool):
            choice.setChecked(True)
