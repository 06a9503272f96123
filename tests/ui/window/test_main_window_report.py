"""The report in the whole window: how it is opened and left, and what of the window follows."""

import pytest
from fakes import batch_of, draw_pages, keep, reading
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from ocrdesk.ui.desk.chosen import Change


@pytest.fixture
def read(desk, scans):
    """A window on a batch of thirty pages, of which the last was read with a word to check."""
    draw_pages(scans, 30)
    batch_id, pages = batch_of(desk.library, 30, scans)
    for page_id in pages:
        keep(desk.library, page_id, reading("a", confidence=0.2 if page_id == pages[-1] else 0.99))
    desk.window.desk.chosen.tell(Change(None))
    desk.window.desk.chosen.choose_batch(batch_id)
    desk.until(lambda: len(desk.shown) == 30)
    return desk


def is_there(desk) -> bool:
    return desk.window.report.isVisible() and desk.child("figure_pages") is not None


def test_it_takes_the_place_of_the_panes_and_gives_it_back_as_it_was(read):
    grid = read.window.pages_pane.grid
    read.until(lambda: grid.verticalScrollBar().maximum() > 200)
    grid.verticalScrollBar().setValue(200)
    button = read.child("reportButton", QToolButton)
    assert button.isVisible()
    read.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    read.until(lambda: is_there(read))
    assert not read.window.pages_pane.isVisible()
    assert not read.window.desk.actions["remove_pages"].isEnabled()
    read.qtbot.keyClick(read.window.report, Qt.Key.Key_Escape)
    assert read.window.pages_pane.isVisible()
    assert read.window.desk.actions["remove_batch"].isEnabled()
    assert grid.verticalScrollBar().value() == 200


def test_a_number_leads_to_its_pages_among_the_others(read):
    read.window.desk.actions["report"].trigger()
    read.until(lambda: is_there(read))
    read.qtbot.mouseClick(read.child("figure_to_check", QPushButton), Qt.MouseButton.LeftButton)
    read.until(lambda: read.shown == ["30.png"])
    assert read.window.pages_pane.isVisible()


def test_it_is_closed_when_the_library_is_empty(read):
    read.window.desk.actions["report"].trigger()
    read.until(lambda: is_there(read))
    batch_id = read.window.desk.chosen.batch_id
    read.window.desk.library.removing.hide(batch_id)
    read.window.desk.chosen.tell(Change(None))
    read.until(lambda: not read.window.report.is_open)
