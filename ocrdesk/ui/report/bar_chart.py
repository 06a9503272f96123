"""A drawing of how many words have which values, with the number on each bar."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ocrdesk.engine.report.sentences import bar_label, heading
from ocrdesk.engine.report.tally import Bar, Distribution
from ocrdesk.engine.words import _, listed, plural, written_number
from ocrdesk.ui.kit.dialog import sized
from ocrdesk.ui.kit.theme import SPACE, token

_HIGH, _LEAST_WIDE = 176, 240
_SMALL = 12 / 13
_GAP, _ROUND, _LEAST_BAR = 4, 2, 2
"""Device-independent pixels: between two bars, of their corners, and of a bar that counts anything."""


class BarChart(QWidget):
    """The bars. A click on one asks for its pages.

    Attributes:
        chosen: A bar was clicked; carries the ``Bar``.
    """

    chosen = Signal(object)

    def __init__(self, distribution: Distribution) -> None:
        super().__init__()
        self._distribution = distribution
        self._most = max((bar.words for bar in distribution.bars), default=0) or 1
        self.setFont(sized(self.font(), _SMALL))
        self.setMouseTracking(True)
        self.setMinimumWidth(_LEAST_WIDE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spoken = listed(f"{bar_label(distribution, bar)}: {written_number(bar.words)}" for bar in distribution.bars)
        self.setAccessibleName(f"{heading(distribution)[0]}: {spoken}")

    def sizeHint(self) -> QSize:
        return QSize(480, _HIGH)

    def place_of(self, number: int) -> QRectF:
        """Where a bar is, with the number on it and what is below it."""
        wide = self.width() / max(1, len(self._distribution.bars))
        return QRectF(number * wide, 0, wide, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.fontMetrics().height()
        foot, room = self.height() - text - SPACE // 2, self.height() - 2 * text - SPACE
        middle = Qt.AlignmentFlag.AlignHCenter
        for number, bar in enumerate(self._distribution.bars):
            place = self.place_of(number)
            high = max(_LEAST_BAR, room * bar.words / self._most) if bar.words else 0
            shape = QRectF(place.left() + _GAP / 2, foot - high, place.width() - _GAP, high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(token("amberline" if bar.is_poor else "bar"))
            painter.drawRoundedRect(shape, _ROUND, _ROUND)
            painter.setPen(token("text2"))
            painter.drawText(
                QRectF(place.left(), foot - high - text, place.width(), text), middle, written_number(bar.words)
            )
            below = QRectF(place.left(), foot + SPACE // 2, place.width(), text)
            painter.drawText(below, middle, bar_label(self._distribution, bar))
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(QPointF(0, foot + 0.5), QPointF(self.width(), foot + 0.5))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_bar = self._bar_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_bar else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_at(event.position())
        if bar is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(bar)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self._bar_at(QPointF(event.pos()))
            if bar is not None:
                words = plural("{count} word", "{count:,} words", bar.words)
                pages = plural("{count} page", "{count:,} pages", len(bar.page_ids))
                QToolTip.showText(event.globalPos(), _("{words} on {pages}").format(words=words, pages=pages), self)
            else:
                QToolTip.hideText()
            return True
        return bool(super().event(event))

    def _bar_at(self, place: QPointF) -> Bar | None:
        for number, bar in enumerate(self._distribution.bars):
            if bar.words and self.place_of(number).contains(place):
                return bar
        return None
