"""Lines as they are drawn on the picture of a page, and their numbers."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QGraphicsPolygonItem, QGraphicsSceneHoverEvent, QGraphicsView

_HOVERED = 64
"""How much the ground of a line under the pointer is coloured, of 255."""

_GROUND, _INK = QColor("#1a5fcc"), QColor("white")
"""Of the numbers; the same in light and dark, because pages are light in both."""


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

    Where lines lie closer than that size, some numbers are left out: those that stay can be read.
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
    edge = view.mapFromScene(view.sceneRect().topLeft()).x() + 1
    taken: dict[int, list[QRectF]] = {}  # by the strip of the picture in which they lie
    for number, item in enumerate(lines, start=1):
        begin = QPointF(view.viewportTransform().map(item.polygon().at(0)))
        width = metrics.horizontalAdvance(str(number)) + 6
        badge = QRectF(max(edge, begin.x() - width), begin.y() - 1, width, metrics.height())
        strip = int(badge.top() // badge.height())
        if any(badge.intersects(other) for near in (-1, 0, 1) for other in taken.get(strip + near, ())):
            continue
        taken.setdefault(strip, []).append(badge)
        if seen.intersects(badge):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_GROUND)
            painter.drawRoundedRect(badge, 3, 3)
            painter.setPen(_INK)
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(number))
    painter.restore()
