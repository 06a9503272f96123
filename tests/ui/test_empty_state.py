from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from ocrdesk.ui.empty_state import EmptyState


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
    assert done == [action.text() for action in actions]
