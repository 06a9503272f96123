"""Keeps where the window and its panes were, and puts them there again."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow

from ocrdesk.ui.batches.batches_pane import WIDE, BatchesPane
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.window.panes import Panes

CHECKED = {"table": "view_table", "numbers": "number_lines", "lines": "show_lines"}
"""Commands that are checked again at the next start if they were, by the name under which that is kept."""

SHARE, LARGEST = 0.88, QSize(1440, 900)
"""The window takes this part of the screen at its first start, and is not larger than this, frame included."""

FRAME = QSize(8, 40)
"""About what the frame takes, which is not known before the window is there."""


def keep_layout(window: QMainWindow, desk: Desk) -> None:
    """Keeps where the window is, and which commands are checked; widths are kept when they are changed."""
    desk.choices.set("geometry", window.saveGeometry())
    for name, command in CHECKED.items():
        desk.choices.set(name, desk.actions[command].isChecked())
    desk.choices.keep()


def restore_layout(window: QMainWindow, panes: Panes, desk: Desk) -> None:
    """Restores what was kept, or gives the window its first layout."""
    geometry, widths = desk.choices.get("geometry"), desk.choices.get("panes")
    if not geometry.isEmpty():
        window.restoreGeometry(geometry)
    else:
        _give_first_size(window, panes)
    if not widths.isEmpty():
        panes.restoreState(widths)
    batches = panes.widget(0)
    assert isinstance(batches, BatchesPane)
    batches.wide = desk.choices.get("batches/width") or WIDE

    def keep_widths() -> None:
        desk.choices.set("panes", panes.saveState())
        desk.choices.set("batches/width", batches.wide)

    panes.splitterMoved.connect(keep_widths)
    for name, command in CHECKED.items():
        if desk.choices.get(name):
            desk.actions[command].setChecked(True)


def _give_first_size(window: QMainWindow, panes: Panes) -> None:
    size = (window.screen().availableSize() * SHARE).boundedTo(LARGEST) - FRAME
    window.resize(size)
    panes.lay_out_first(size.width())
