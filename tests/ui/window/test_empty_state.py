from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton

from ocrdesk.ui.window.empty_state import EmptyState


def test_its_buttons_do_what_the_actions_do(qtbot):
    actions = [QAction("Add folder…"), QAction("Add files…"), QAction("Try with sample pages")]
    done = []
    for action in actions:
        action.triggered.connect(lambda _, action=action: done.append(action.text()))
    empty = EmptyState(*actions)
    qtbot.addWidget(empty)
    with qtbot.waitExposed(empty):
        empty.show()
    for name in ("emptyAddFolder", "emptyAddFiles", "emptyTrySamples"):
        button = empty.findChild(QPushButton, name)
        assert button.accessibleName() or button.text()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert done == [action.text() for action in actions for _ in range(2)]


def test_it_says_that_pdf_files_can_be_dropped(qtbot):
    empty = EmptyState(QAction("Add folder…"), QAction("Add files…"), QAction("Try with sample pages"))
    qtbot.addWidget(empty)
    words = " ".join(label.text() for label in empty.findChildren(QLabel))
    assert "PDF" in words
