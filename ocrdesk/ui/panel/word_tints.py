"""Doubtful and found words as they are marked on the picture of a page."""

from collections.abc import Sequence
from math import atan2, degrees, dist

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ocrdesk.ui.kit.word_marks import AFTER, BEFORE
from ocrdesk.ui.panel.shown_text import MarkedWord

_RADIUS, _RING = 2.0, 2.0
"""Device-independent pixels."""


class WordTints(QGraphicsItem):
    """Words tinted as with a marker: what is printed stays as black as it is."""

    def __init__(self, words: Sequence[MarkedWord], colour: QColor) -> None:
        super().__init__()
        self._places = [_place(word) for word in words]
        self._colour = colour
        self._path = QPainterPath()
        self._scale = 0.0
        self.setZValue(1)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        whole = QRectF()
        for rect, turned in self._places:
            whole |= turned.mapRect(rect)
        return whole

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        scale = painter.worldTransform().m11()
        if scale != self._scale:
            self._scale = scale
            self._path = self._all(_RADIUS / scale if scale else _RADIUS)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillPath(self._path, self._colour)

    def _all(self, radius: float) -> QPainterPath:
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)  # where two touch, it is no darker
        for rect, turned in self._places:
            word = QPainterPath()
            word.addRoundedRect(rect, radius, radius)
            path.addPath(turned.map(word))
        return path


class WordRing(QGraphicsItem):
    """A ring round the found word that was gone to."""

    def __init__(self, word: MarkedWord, colour: QColor) -> None:
        super().__init__()
        self._rect, self._turned = _place(word)
        self._colour = colour
        self.setZValue(1.5)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        room = self._rect.height() / 2
        return self._turned.mapRect(self._rect.adjusted(-room, -room, room, room))

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        scale = painter.worldTransform().m11() or 1
        away = min(_RING / scale, self._rect.height() / 4)
        pen = QPen(self._colour, _RING)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setTransform(self._turned, True)
        painter.drawRoundedRect(self._rect.adjusted(-away, -away, away, away), _RADIUS / scale, _RADIUS / scale)


def _place(word: MarkedWord) -> tuple[QRectF, QTransform]:
    """A word as a rectangle a little longer than it was measured, and how that is turned and moved to its place."""
    a, b, c, d = word.polygon
    width, height = (dist(a, b) + dist(d, c)) / 2, (dist(a, d) + dist(b, c)) / 2
    rect = QRectF(0, 0, width, height)
    if word.is_standing:
        rect.adjust(0, -BEFORE * width, 0, AFTER * width)
    else:
        rect.adjust(-BEFORE * height, 0, AFTER * height, 0)
    turned = QTransform().translate(*a).rotate(degrees(atan2(b[1] - a[1], b[0] - a[0])))
    return rect, turned
