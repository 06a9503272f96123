"""A picture of a page on which words are marked: with the mouse, or with the arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.theme import token

_Place = tuple[int, int]
"""The number of a line, and of a word in it."""


class MarkingPicture(QWidget):
    """Shows a page, and marks the words of one line.

    Attributes:
        marked: Other words are marked; carries their place as a polygon, in pixels of the upright page.
    """

    marked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("markingPicture")
        self.setAccessibleName(_("Picture of the page"))
        self.setAccessibleDescription(_("Click a value, or walk to it with the arrow keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._image = QImage()
        self._words: list[list[Word]] = []
        self._page_width = 1.0
        self._under: _Place | None = None
        self._first: _Place | None = None
        self._last: _Place | None = None

    def show_page(self, image: QImage, page_width: int, lines: Sequence[Line]) -> None:
        """Shows a page.

        Args:
            image: Its picture, perhaps reduced.
            page_width: Of the upright page, in its own pixels.
            lines: What was read on it; lines whose words were not measured count as one word.
        """
        self._image, self._page_width = image, float(page_width or 1)
        ordered = sorted(lines, key=lambda line: (min(y for _x, y in line.polygon), line.polygon[0][0]))
        self._words = [list(line.words) or [Word(line.text, line.confidence, line.polygon)] for line in ordered]
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), round(self.width() * self._image.height() / max(1, self._image.width())))

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._image.isNull():
            painter.drawImage(QRectF(self.rect()), self._image)
        scale = self._scale()
        painter.setPen(Qt.PenStyle.NoPen)
        if self._under is not None and not self._is_marked(self._under):
            painter.setBrush(token("accent", 0.2))
            painter.drawPolygon(_scaled(self._word(self._under).polygon, scale))
        if self._first is not None:
            painter.setBrush(token("tint", 0.55))
            painter.drawPolygon(_scaled(self._polygon(), scale))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(token("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        is_drawn = bool(event.buttons() & Qt.MouseButton.LeftButton) and place not in (None, self._last)
        if is_drawn and place is not None and self._first is not None and place[0] == self._first[0]:
            self._last = place
            self._tell()
        if place != self._under:
            self._under = place
            self.setCursor(Qt.CursorShape.IBeamCursor if place is not None else Qt.CursorShape.ArrowCursor)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._mark(place)

    def leaveEvent(self, event: object) -> None:
        self._under = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        places = [(line, word) for line, words in enumerate(self._words) for word in range(len(words))]
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        down = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if not places or (step is None and down is None):
            super().keyPressEvent(event)
        elif self._last is None:
            self._mark(places[0])
        elif step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            word = min(max(self._last[1] + step, 0), len(self._words[self._last[0]]) - 1)
            self._last = self._last[0], word
            self._tell()
        elif step is not None:
            self._mark(places[(places.index(self._last) + step) % len(places)])
        else:
            self._mark(((self._last[0] + (down or 0)) % len(self._words), 0))

    def _mark(self, place: _Place) -> None:
        self._first = self._last = place
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.marked.emit(self._polygon())

    def _is_marked(self, place: _Place) -> bool:
        if self._first is None or self._last is None or place[0] != self._first[0]:
            return False
        return min(self._first[1], self._last[1]) <= place[1] <= max(self._first[1], self._last[1])

    def _polygon(self) -> Polygon:
        assert self._first is not None and self._last is not None
        begin, end = sorted((self._first[1], self._last[1]))
        first, last = self._words[self._first[0]][begin].polygon, self._words[self._first[0]][end].polygon
        return first[0], last[1], last[2], first[3]

    def _word(self, place: _Place) -> Word:
        return self._words[place[0]][place[1]]

    def _at(self, point: QPointF) -> _Place | None:
        """The word at a place of the widget."""
        scale = self._scale()
        for number, words in enumerate(self._words):
            for place, word in enumerate(words):
                if _scaled(word.polygon, scale).containsPoint(point, Qt.FillRule.OddEvenFill):
                    return number, place
        return None

    def _scale(self) -> float:
        return self.width() / self._page_width

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if height > 0 and height != self.height():
            self.setFixedHeight(height)


def _scaled(polygon: Polygon, scale: float) -> QPolygonF:
    return QPolygonF([QPointF(x * scale, y * scale) for x, y in polygon])
