from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

from ocrdesk.ui.kit.key_cap import KeyCapButton


def test_it_has_room_for_its_key(qtbot):
    plain, button = QPushButton("Paste"), KeyCapButton(QKeySequence("Ctrl+V"), objectName="paste")
    button.setText("Paste")
    for each in (plain, button):
        qtbot.addWidget(each)
    key = button.fontMetrics().horizontalAdvance("Ctrl+V")
    assert button.sizeHint().width() >= plain.sizeHint().width() + 0.8 * key
    assert not button.grab().isNull()
