from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ocrdesk.ui.window.drops import DropVeil


def test_the_veil_covers_the_window_and_lets_the_mouse_through(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    child = QWidget(window)
    veil = DropVeil(window)
    with qtbot.waitExposed(window):
        window.show()
    assert not veil.isVisible()
    veil.show_words("Read these in a new batch")
    assert veil.isVisible()
    assert veil.geometry() == window.rect()
    assert window.children()[-1] is veil, "it lies on top"
    assert veil.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert not child.isHidden()
    window.grab()
