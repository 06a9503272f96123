"""What is drawn over the picture of a page: its lines, the words that are marked, and where a line is to be added."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QWidget

from ocrdesk.engine.document import Line
from ocrdesk.engine.geometry import Polygon
from ocrdesk.ui.kit import motion
from ocrdesk.ui.kit.theme import token
from ocrdesk.ui.kit.word_marks import TINT
from ocrdesk.ui.panel.line_shapes import LineShape
from ocrdesk.ui.panel.shown_text import MarkedWord
from ocrdesk.ui.panel.word_tints import WordRing, WordTints


class PictureMarks:
    """Marks in a scene; they are seen once the picture of the page is there.

    Attributes:
        lines: The shapes of the lines, by their numbers.
    """

    def __init__(self, scene: QGraphicsScene, view: QWidget) -> None:
        """Takes the scene, and the widget in which they appear."""
        self._scene = scene
        self.lines: list[LineShape] = []
        self._words: list[WordTints | WordRing] = []
        self._new_line: LineShape | None = None
        self._are_seen = False
        self._are_lines_shown = False
        self._appear = motion.Appearing(view, self._fade)

    def forget(self) -> None:
        """Knows none any more: the scene was cleared."""
        self.lines, self._words, self._new_line = [], [], None
        self._are_seen = False

    def see(self, are_seen: bool) -> None:
        """Lets them appear as the picture is there now, or hides them because another stands in for it."""
        self._are_seen = are_seen
        for mark in (*self.lines, *self._words):
            mark.setVisible(are_seen)
        if are_seen:
            self._appear.begin()
        self._fade(self._appear.seen)

    def put_lines(self, lines: Sequence[Line]) -> None:
        """Takes the lines of the page in the place of those before."""
        for old in self.lines:
            self._scene.removeItem(old)
        self.lines = [LineShape(_polygon(line.polygon)) for line in lines]
        for number, shape in enumerate(self.lines):
            shape.setData(0, number)
            shape.is_shown = self._are_lines_shown
            shape.look()
            self._add(shape, fades=self._are_lines_shown)

    def put_words(self, doubtful: Sequence[MarkedWord], found: Sequence[MarkedWord]) -> None:
        """Tints words; doubt is not shown where something was found."""
        for old in self._words:
            self._scene.removeItem(old)
        tints = WordTints(found, token("hit")) if found else WordTints(doubtful, token("tint", TINT))
        self._words = [tints]
        self._add(tints, fades=True)

    def put_ring(self, word: MarkedWord) -> QRectF:
        """Puts a ring round a word, one of those that are tinted, and gives where that is."""
        for old in self._words[1:]:
            self._scene.removeItem(old)
        ring = WordRing(word, token("accent"))
        self._words[1:] = [ring]
        self._add(ring, fades=False)
        return _polygon(word.polygon).boundingRect()

    def put_new_line(self, polygon: Polygon | None) -> None:
        """Frames where a line is to be added; None: none is any more."""
        if self._new_line is not None:
            self._scene.removeItem(self._new_line)
            self._new_line = None
        if polygon is not None and self._are_seen:
            self._new_line = LineShape(_polygon(polygon))
            self._new_line.is_chosen = True
            self._new_line.look()
            self._scene.addItem(self._new_line)

    def choose_lines(self, numbers: Sequence[int]) -> None:
        """Frames some lines as chosen."""
        for number, line in enumerate(self.lines):
            if line.is_chosen != (number in numbers):
                line.is_chosen = number in numbers
                line.look()

    @property
    def chosen_lines(self) -> list[int]:
        """The numbers of the lines that are framed so."""
        return [number for number, line in enumerate(self.lines) if line.is_chosen]

    def hover(self, number: int | None) -> None:
        """Frames a line finely."""
        for other, line in enumerate(self.lines):
            line.hover(other == number)

    def show_lines(self, are_shown: bool) -> None:
        """Frames all lines, or not."""
        self._are_lines_shown = are_shown
        for line in self.lines:
            line.is_shown = are_shown
            line.look()

    def _add(self, mark: QGraphicsItem, *, fades: bool) -> None:
        mark.setOpacity(self._appear.seen if fades else 1.0)
        mark.setVisible(self._are_seen)
        self._scene.addItem(mark)

    def _fade(self, seen: float) -> None:
        for mark in (*(self.lines if self._are_lines_shown else ()), *self._words):
            mark.setOpacity(seen)


def _polygon(polygon: Polygon) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in polygon])
