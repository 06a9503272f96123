"""Lines as they are drawn on the picture of a page, and their numbers."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPolygonItem, QGraphicsSceneHoverEvent, QGraphicsView

from ocrdesk.ui.kit.theme import token

_HOVERED = 0.4
"""How strong the frame of a line under the pointer is, …"""

_SHOWN = 0.4
"""… and that of the others, where all are to be seen."""

_GROUND, _INK = QColor("#1a5fcc"), QColor("white")
"""Of the numbers; the same in light and dark, because pages are light in both."""


class LineShape(QGraphicsPolygonItem):
    """A line: seen while it is hovered or chosen, here or in the text, or where all lines are to be seen."""

    def __init__(self, polygon: QPolygonF) -> None:
        super().__init__(polygon)
        self.setAcceptHoverEvents(True)
        self.setZValue(2)
        self.is_chosen = False
        self.is_shown = False
        self._is_hovered = False
        self.look()

    def hover(self, is_hovered: bool) -> None:
        """Draws a fine frame round it, as long as the pointer is over it."""
        if is_hovered != self._is_hovered:
            self._is_hovered = is_hovered
            self.look()

    def look(self) -> None:
        """Looks as it is."""
        pen = QPen(Qt.PenStyle.NoPen)
        if self.is_chosen:
            pen = QPen(token("accent"), 2)
        elif self._is_hovered:
            pen = QPen(token("accent", _HOVERED), 1)
        elif self.is_shown:
            pen = QPen(token("text3", _SHOWN), 1)
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.setPen(pen)

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.hover(True)
        super().hoverEnterEvent(event)

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.hover(False)
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
