import pytest
from desks import clear_desk, lay_desk
from PySide6.QtWidgets import QMainWindow

from ocrdesk.ui.desk.desk import Desk


@pytest.fixture
def desk_alone(qtbot, library, decoder, tmp_path) -> Desk:
    """A desk without the rest of the window."""
    window = QMainWindow()
    qtbot.addWidget(window)
    desk = lay_desk(window, library, decoder, tmp_path)
    yield desk
    clear_desk(desk)
