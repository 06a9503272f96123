"""Keeps where the window and its panes were, and puts them there again."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow, QSplitter

from ocrdesk.ui.batches.batches_pane import RAIL, WIDE, BatchesPane
from ocrdesk.ui.desk.desk import Desk

CHECKED = {"table": "view_table", "numbers": "number_lines", "lines": "show_lines"}
"""Commands that are checked again at the next start if they were, by the name under which that is kept."""

SHARE, LARGEST = 0.88, QSize(1440, 900)
"""The window takes this part of the screen at its first start, and is not larger than this, frame included."""

FRAME = QSize(8, 40)
"""About what the frame takes, which is not known before the window is there."""

RAIL_BELOW = 1100
"""In a window that is narrower, there is room for first pages of batches alone."""

PANEL = 0.36
"""Width of the page panel as a part of the window."""


def keep_layout(window: QMainWindow, panes: QSplitter, desk: Desk) -> None:
    """Keeps the layout, and which commands are checked."""
    desk.choices.set("geometry", window.saveGeometry())
    desk.choices.set("panes", panes.saveState())
    if isinstance(batches := panes.widget(0), BatchesPane):
        desk.choices.set("batches/width", batches.wide)
    for name, command in CHECKED.items():
        desk.choices.set(name, desk.actions[command].isChecked())
    desk.choices.keep()


def restore_layout(window: QMainWindow, panes: QSplitter, desk: Desk) -> None:
    """Restores what was kept, or gives the window its first layout."""
    geometry, widths = desk.choices.get("geometry"), desk.choices.get("panes")
    if not geometry.isEmpty():
        window.restoreGeometry(geometry)
    else:
        _give_first_size(window, panes)
    if not widths.isEmpty():
        panes.restoreState(widths)
    if isinstance(batches := panes.widget(0), BatchesPane):
        batches.wide = desk.choices.get("batches/width") or WIDE
    for name, command in CHECKED.items():
        if desk.choices.get(name):
            desk.actions[command].setChecked(True)


def follow_width(window: QMainWindow, panes: QSplitter) -> None:
    """Shows batches by their first pages alone where the window is narrow, and as wide as before where it is not."""
    batches, is_rail = panes.widget(0), window.width() < RAIL_BELOW
    if isinstance(batches, BatchesPane) and is_rail != batches.is_rail:
        batches.set_rail(is_rail)
        here, pages, panel = panes.sizes()
        wanted = RAIL if is_rail else batches.wide
        panes.setSizes([wanted, here + pages - wanted, panel])


def _give_first_size(window: QMainWindow, panes: QSplitter) -> None:
    size = (window.screen().availableSize() * SHARE).boundedTo(LARGEST) - FRAME
    window.resize(size)
    panel = round(PANEL * size.width())
    panes.setSizes([WIDE, size.width() - WIDE - panel, panel])
