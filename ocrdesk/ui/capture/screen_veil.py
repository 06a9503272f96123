"""Lies over a screen with a picture of it, on which a part is drawn."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QRegion,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.capture.screen_pictures import ScreenPicture
from ocrdesk.ui.kit.theme import SPACE

_LEAST = 4
"""Edge in device-independent pixels of the smallest part that is meant."""

_DIM = 0.36
"""How dark everything is that is not drawn round."""


class ScreenVeil(QWidget):
    """Shows what a screen showed, until a part is drawn or nothing is wanted.

    Attributes:
        drawn: A part was drawn; carries it as a picture.
        left: Nothing is wanted.
    """

    drawn = Signal(object)
    left = Signal()

    def __init__(self, picture: ScreenPicture) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setObjectName("screenVeil")
        self.setWindowTitle("ocrdesk")
        self.setAccessibleName(_("Read the screen"))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._image = picture.image
        self._pixmap = QPixmap.fromImage(picture.image)
        self._start: QPoint | None = None
        self._drawn = QRect()
        self._hint = _Hint(_("Draw a rectangle round the text. Enter reads the whole screen, Esc cancels."))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        column.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setGeometry(picture.screen.geometry())  # says on which screen it is to be full

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), self._pixmap)
        dark = QColor(Qt.GlobalColor.black)
        dark.setAlphaF(_DIM)
        painter.save()
        if not self._drawn.isEmpty():
            painter.setClipRegion(QRegion(self.rect()).subtracted(QRegion(self._drawn)))
        painter.fillRect(self.rect(), dark)
        painter.restore()
        if not self._drawn.isEmpty():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(QRectF(self._drawn).adjusted(-1, -1, 1, 1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = event.position().toPoint()
            self._hint.hide()
        else:
            self.left.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is not None:
            end = event.position().toPoint()
            across, down = sorted((self._start.x(), end.x())), sorted((self._start.y(), end.y()))
            self._drawn = QRect(QPoint(across[0], down[0]), QPoint(across[1], down[1])) & self.rect()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._start is None:
            return
        self.mouseMoveEvent(event)
        self._start = None
        if min(self._drawn.width(), self._drawn.height()) >= _LEAST:
            self._choose(self._drawn)
        else:
            self._drawn = QRect()
            self._hint.show()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.left.emit()

    def _choose(self, part: QRect) -> None:
        across, down = self._image.width() / self.width(), self._image.height() / self.height()
        rect = QRectF(part.x() * across, part.y() * down, part.width() * across, part.height() * down)
        self.drawn.emit(self._image.copy(rect.toAlignedRect() & self._image.rect()))


class _Hint(QFrame):
    """Looks as messages do."""

    def __init__(self, words: str) -> None:
        super().__init__(objectName="notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        row.addWidget(QLabel(words))
