"""The words that come next, each with what is printed round it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocrdesk.engine.words import listed
from ocrdesk.ui.kit.dialog import sized
from ocrdesk.ui.kit.directions import draw_as_read
from ocrdesk.ui.kit.strips import NEXT_HEIGHT, NEXT_WIDTH, WIDTH, look_beside, paint, paint_word
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.review.shown_words import Shown

ROW = 56
MOST = 3
_NAME = 150
_LEAST_TEXT = 130
_RADIUS = 4


class NextWords(QWidget):
    """Rows of a picture, what was read, and the page, in one box."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("nextWords")
        self.setMaximumWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._rows: Sequence[Shown | None] = ()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, ROW * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, ROW * len(self._rows))

    def show_words(self, rows: Sequence[Shown | None]) -> None:
        """Shows words; None stands for one that is not at hand yet."""
        has_other_size = len(rows) != len(self._rows)
        self._rows = rows
        if has_other_size:
            self.updateGeometry()
        self.setAccessibleName(listed(shown.item.text for shown in rows if shown is not None))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.setBrush(palette.color(QPalette.ColorRole.Button))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        for number, shown in enumerate(self._rows):
            row = QRectF(0, number * ROW, self.width(), ROW)
            if number:
                painter.setPen(palette.color(QPalette.ColorRole.Midlight))
                painter.drawLine(row.topLeft(), row.topRight())
            if shown is not None:
                self._paint_row(painter, row, shown)
        painter.end()

    def _paint_row(self, painter: QPainter, row: QRectF, shown: Shown) -> None:
        names = _NAME if row.width() >= WIDTH - 2 * SPACE else 0
        width = min(NEXT_WIDTH, row.width() - names - _LEAST_TEXT - 3 * SPACE)
        crop = QRectF(row.left() + SPACE, row.center().y() - NEXT_HEIGHT / 2, width, NEXT_HEIGHT)
        item = shown.item
        painter.save()
        around = QPainterPath()
        around.addRoundedRect(crop, _RADIUS, _RADIUS)
        painter.setClipPath(around)
        painter.fillRect(crop, token("desk"))
        look = look_beside(item.line, item.word, width)
        if shown.strip is not None:
            paint(painter, crop, shown.strip, look)
            paint_word(painter, item.line.mark_of(item.word), look.zoom, is_present=False)
        painter.restore()
        painter.setPen(token("border"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(crop.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        left = crop.right() + 2 * SPACE
        text = QRectF(left, row.top(), row.right() - names - left - SPACE, row.height())
        painter.setFont(sized(self.font(), 15 / 13))
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        words = painter.fontMetrics().elidedText(item.text, Qt.TextElideMode.ElideRight, int(text.width()))
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        draw_as_read(painter, text, side, words)
        _wave(painter, text, words)
        if names:
            painter.setFont(sized(self.font(), 12 / 13))
            painter.setPen(token("text3"))
            place = QRectF(row.right() - names - 2 * SPACE, row.top(), names, row.height())
            name = painter.fontMetrics().elidedText(shown.page.name, Qt.TextElideMode.ElideMiddle, names)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, name)


def _wave(painter: QPainter, place: QRectF, words: str) -> None:
    """A wavy line under words."""
    metrics = painter.fontMetrics()
    y = place.center().y() + metrics.height() / 2 + 1
    path = QPainterPath()
    path.moveTo(place.left(), y)
    for number in range(1, max(2, metrics.horizontalAdvance(words) // 3)):
        path.lineTo(place.left() + 3 * number, y + (2 if number % 2 else 0))
    pen = painter.pen()
    painter.setPen(token("wave"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.setPen(pen)
