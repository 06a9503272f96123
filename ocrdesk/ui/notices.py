"""The one place for messages: a bar in the window, never a dialog in the way."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ocrdesk.ui.icons import icon, icon_pixmap
from ocrdesk.ui.theme import SPACE, mixed, status_colour

Answer = tuple[str, Callable[[], None]]
"""What a button says and what it does."""

_ICON = 20


class NoticeBar(QWidget):
    """Shows one message at a time; a newer one takes the place of an older one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self._kind = "info"
        self._icon = QLabel()
        self._icon.setFixedSize(_ICON, _ICON)
        self._text = QLabel(objectName="noticeText")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons: list[QPushButton] = []
        self._close = QToolButton(objectName="noticeClose")
        self._close.setIcon(icon("close"))
        self._close.setIconSize(QSize(16, 16))
        self._close.setAccessibleName("Close this message")
        self._close.setToolTip("Close this message")
        self._close.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        self._row.setSpacing(SPACE)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What it says at present."""
        return str(self._text.text())

    def say(self, text: str, answers: Sequence[Answer] = ()) -> None:
        """Tells something that happened."""
        self._show("info", text, answers)

    def warn(self, text: str, answers: Sequence[Answer] = ()) -> None:
        """Tells something that went wrong and what to do."""
        self._show("warning", text, answers)

    def withdraw(self, text: str) -> None:
        """Takes a message back that is true no longer, if it is still the one shown."""
        if self.text == text:
            self.hide()

    def _show(self, kind: str, text: str, answers: Sequence[Answer]) -> None:
        self._kind = kind
        self._text.setText(text)
        self.setAccessibleName(text)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(words, act) for words, act in answers]
        for number, button in enumerate(self._buttons):
            button.setProperty("primary", number == 0)
            self._row.insertWidget(2 + number, button)
        self._paint_icon()
        self.show()
        self.update()

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, autoDefault=True)  # the return key presses it as well

        def answer() -> None:
            self.hide()
            act()

        button.clicked.connect(answer)
        return button

    def _paint_icon(self) -> None:
        colour = status_colour(self._kind).name()
        self._icon.setPixmap(icon_pixmap(self._kind, _ICON, colour, self.devicePixelRatioF()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = status_colour(self._kind)
        painter.fillRect(self.rect(), mixed(self.palette().color(QPalette.ColorRole.Window), colour, 0.12))
        painter.fillRect(
            0, self.height() - 1, self.width(), 1, mixed(self.palette().color(QPalette.ColorRole.Window), colour, 0.35)
        )
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
