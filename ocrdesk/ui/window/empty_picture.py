"""The picture of the empty start: three pages, and the line at which they are being read."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

_SIZE = QSize(328, 232)
_PAGE = QRectF(-64, -92, 128, 184)
"""A page round its own middle."""

_MARGIN, _STEP, _INK = 16.0, 9.0, 2.0
_LINES = (0.9, 1, 0.96, 1, 0.6, 0, 1, 0.94, 1, 0.98, 0.4, 0, 0.97, 1, 0.92, 0.5)
"""How long each line of a page is, of the whole width; an empty one parts paragraphs."""

_BEHIND = ((-84.0, 10.0, -8.0), (84.0, 10.0, 8.0))
"""Where the pages behind lie: across, down, and turned by degrees."""


class EmptyPicture(QWidget):
    """Paper is white in both looks. In a low window it is smaller, and gone in the lowest."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return _SIZE

    def minimumSizeHint(self) -> QSize:
        return QSize(_SIZE.width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QRectF(self.rect()).center())
        scale = self.height() / _SIZE.height()
        painter.scale(scale, scale)
        palette = QGuiApplication.palette()
        for across, down, turn in (*_BEHIND, (0.0, 0.0, 0.0)):
            painter.save()
            painter.translate(across, down)
            painter.rotate(turn)
            _paint_page(painter, palette)
            painter.restore()
        line = QPen(palette.color(QPalette.ColorRole.Highlight), 4)
        line.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(line)
        painter.drawLine(QPointF(-82, 4), QPointF(82, 4))
        painter.end()


def _paint_page(painter: QPainter, palette: QPalette) -> None:
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
    painter.setBrush(QColor(Qt.GlobalColor.white))
    painter.drawRoundedRect(_PAGE, 2, 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(Qt.GlobalColor.lightGray))
    place = _PAGE.topLeft() + QPointF(_MARGIN, 1.4 * _MARGIN)
    width = _PAGE.width() - 2 * _MARGIN
    for share in _LINES:
        painter.drawRoundedRect(QRectF(place.x(), place.y(), share * width, _INK), 1, 1)
        place += QPointF(0, _STEP)
