"""The field in the head of the window, into which what is looked for is typed."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.fields import dress_search_field

WIDEST, NARROWEST = 480, 160
"""How wide the field is, in device-independent pixels."""

_TYPING_PAUSE = 40
"""Milliseconds after a key until what was typed is looked for."""


class SearchField(QLineEdit):
    """The field.

    Attributes:
        typed: Something else is to be looked for; carries the text.
        walked: The next place is wanted, or the one before; carries 1 or -1.
        list_wanted: The keyboard is to go to what was found.
        left: The field was left with Esc.
    """

    typed = Signal(str)
    walked = Signal(int)
    list_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="searchField", placeholderText=_("Search every batch"))
        self.setAccessibleName(_("Search every batch"))
        dress_search_field(self)
        self.setAcceptDrops(False)
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._on_changed)

    def sizeHint(self) -> QSize:
        return QSize(WIDEST, super().sizeHint().height())

    def _on_changed(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:  # an emptied field has its results go at once
            self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        self.typed.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self._pause.isActive():
                    self._tell()
                else:
                    self.walked.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            case Qt.Key.Key_Down:
                self.list_wanted.emit()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)
