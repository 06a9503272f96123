"""Lines as they are drawn on the picture of a page, and their numbers."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QGraphicsPolygonItem, QGraphicsSceneHoverEvent, QGraphicsView

_HOVERED = 64
"""How much the ground of a line under the pointer is coloured, of 255."""


class LineShape(QGraphicsPolygonItem):
    """The outline of a line; its ground is coloured more while the pointer is over it."""

    def __init__(self, polygon: QPolygonF) -> None:
        super().__init__(polygon)
        self.setAcceptHoverEvents(True)
        self._before = self.brush()

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._before = self.brush()
        colour = QColor(self.pen().color())
        colour.setAlpha(max(_HOVERED, self._before.color().alpha()))
        self.setBrush(colour)
        super().hoverEnterEvent(event)

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.setBrush(self._before)
        super().hoverLeaveEvent(event)


def paint_numbers(painter: QPainter, view: QGraphicsView, lines: Sequence[QGraphicsPolygonItem]) -> None:
    """Writes the number of each line at its beginning, in one size however large the picture is shown.

    Where lines are too close to each other for that, some go without.
    """
    painter.save()
    painter.resetTransform()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(view.font())
    font.setPointSizeF(max(6.5, font.pointSizeF() * 0.75))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    seen = QRectF(view.viewport().rect())
    written: list[QRectF] = []
    for number, item in enumerate(lines, start=1):
        polygon = view.viewportTransform().map(item.polygon())
        begin: QPointF = polygon.at(0)
        width = metrics.horizontalAdvance(str(number)) + 6
        badge = QRectF(begin.x() - width + 2, begin.y() - 1, width, metrics.height())
        badge.moveLeft(max(seen.left() + 1, badge.left()))
        if not seen.intersects(badge) or any(badge.intersects(other) for other in written):
            continue
        written.append(badge)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(item.pen().color())
        painter.drawRoundedRect(badge, 3, 3)
        painter.setPen(QColor("white"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(number))
    painter.restore()
