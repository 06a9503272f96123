from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton

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
