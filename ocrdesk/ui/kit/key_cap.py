"""A button that shows the key that does the same."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeySequence, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton

from ocrdesk.ui.kit.theme import SPACE

_PADDING = 5
"""Device-independent pixels between the key and the edges of its cap."""


class KeyCapButton(QPushButton):
    """Its words stand where reading begins, and the key at the other side."""

    def __init__(self, key: QKeySequence, *, objectName: str) -> None:  # noqa: N803 - Qt's name
        super().__init__(objectName=objectName)
        native = QKeySequence.SequenceFormat.NativeText
        self._key = key.toString(native).replace(QKeySequence(Qt.Key.Key_Return).toString(native), "↵")
        self.setStyleSheet("text-align: left")

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self._cap_width() + SPACE, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, font = QGuiApplication.palette(), self._small()  # a style sheet changes its own
        height = QFontMetrics(font).height() + 2
        width, beside = self._cap_width(), SPACE + _PADDING
        left = beside if self.isRightToLeft() else self.width() - beside - width
        cap = QRectF(left, (self.height() - height) / 2, width, height)
        is_primary = bool(self.property("primary")) and self.isEnabled()
        edge, ink = (
            (QPalette.ColorRole.HighlightedText,) * 2
            if is_primary
            else (QPalette.ColorRole.Dark, QPalette.ColorRole.PlaceholderText)
        )
        painter.setPen(QPen(palette.color(edge), 1))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(font)
        painter.setPen(palette.color(ink))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        return font

    def _cap_width(self) -> int:
        return QFontMetrics(self._small()).horizontalAdvance(self._key) + 2 * _PADDING
