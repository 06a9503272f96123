"""Desks of tests, for a pane or a family of commands without the rest of the window."""

import gc

from fakes import Maker, end
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from ocrdesk.app import desk_of
from ocrdesk.places import find_places
from ocrdesk.runner import BatchRunner
from ocrdesk.ui.desk.desk import Desk


def lay_desk(window: QMainWindow, library, decoder, folder) -> Desk:
    """Lays a desk in a window, which has its messages and nothing else."""
    desk = desk_of(library, decoder, BatchRunner(library, decoder, Maker(), workers=1), find_places(folder))
    middle = QWidget()
    column = QVBoxLayout(middle)
    for part in (desk.notices, desk.under_way):
        column.addWidget(part)
    window.setCentralWidget(middle)
    for part in (desk.actions, desk.batches, desk.chosen, desk.history, desk.removals, desk.tasks):
        part.setParent(window)  # it ends with the window, and not in a thread that collects garbage
    return desk


def clear_desk(desk: Desk) -> None:
    """Ends what a desk has at work."""
    end(desk.tasks)
    gc.collect()  # here, where its timers are: a thread at work could come to it later
