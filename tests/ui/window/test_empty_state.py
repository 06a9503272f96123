import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton

from ocrdesk.resources import samples_folder
from ocrdesk.ui.kit.theme import apply_appearance
from ocrdesk.ui.window.empty_picture import EmptyPicture
from ocrdesk.ui.window.empty_state import EmptyState
from ocrdesk.ui.window.menus import make_actions


def test_its_buttons_do_what_the_actions_do(qtbot):
    window, actions = QMainWindow(), make_actions()
    qtbot.addWidget(window)
    done = []
    commands = ("add_folder", "add_files", "paste", "try_samples")
    for command in commands:
        actions[command].triggered.connect(lambda _, command=command: done.append(command))
    empty = EmptyState(actions)
    qtbot.addWidget(empty)
    with qtbot.waitExposed(empty):
        empty.show()
    for name in ("emptyAddFolder", "emptyAddFiles", "emptyPaste", "emptyTrySamples"):
        button = empty.findChild(QPushButton, name)
        assert button.accessibleName() or button.text()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert done == [command for command in commands for _ in range(2)]


def test_it_says_that_pdf_files_can_be_dropped(qtbot):
    empty = EmptyState(make_actions())
    qtbot.addWidget(empty)
    words = " ".join(label.text() for label in empty.findChildren(QLabel))
    assert "PDF" in words


def test_it_says_how_many_sample_pages_there_are(qtbot):
    empty = EmptyState(make_actions())
    qtbot.addWidget(empty)
    assert empty.findChild(QPushButton, "emptyTrySamples").text() == "Try it with seven sample pages"
    assert len(list(samples_folder().iterdir())) == 7


@pytest.mark.parametrize("look", ["light", "dark"])
def test_paper_is_white_in_both_looks(qtbot, qapp, look):
    apply_appearance(qapp, look)
    picture = EmptyPicture()
    qtbot.addWidget(picture)
    seen = picture.grab().toImage()
    assert seen.pixelColor(seen.rect().center() + QPoint(-50, -85)) == QColor(Qt.GlobalColor.white)
    accent = qapp.palette().color(QPalette.ColorRole.Highlight)
    assert seen.pixelColor(seen.rect().center() + QPoint(0, 4)) == accent


def test_it_fits_the_smallest_window(qtbot):
    empty = EmptyState(make_actions())
    qtbot.addWidget(empty)
    size = empty.minimumSizeHint()
    assert size.width() <= 640
    assert size.height() <= 440
