"""The group check in the place of all panes."""

import pytest
from doubtful_pages import keep_pages
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from ocrdesk.ui.desk.chosen import Change


@pytest.fixture
def room(desk, scans):
    """The window with a batch whose letters are unsure, and the group check open."""
    batch_id, _ = keep_pages(desk.library, scans, ("mill l944", "and lo"))
    desk.window.desk.chosen.tell(Change(None))
    desk.window.desk.chosen.choose_batch(batch_id)
    desk.window.desk.actions["check_groups"].trigger()
    return desk.window.group_room


def test_it_opens_over_the_panes_and_esc_leads_back(desk, room):
    assert room.isVisible()
    assert not desk.window.pages_pane.isVisible()
    assert room.findChild(QLabel, "groupsPlace").text() == "0 of 3"
    assert room.findChild(QLabel, "groupsLeft").text() == "1 group left"
    desk.until(room.findChild(QPushButton, "groupAccept").isEnabled)
    desk.press(Qt.Key.Key_Return)
    assert room.findChild(QLabel, "groupsPlace").text() == "3 of 3"
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.pages_pane.isVisible()
    assert not room.isVisible()
    assert desk.window.desk.history.undo_words == "accept 3 words"


def test_another_batch_closes_it(desk, room):
    desk.window.desk.chosen.choose_batch(None)
    assert not desk.window.desk.actions["check_groups"].isChecked()
