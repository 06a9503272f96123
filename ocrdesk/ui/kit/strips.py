"""Strips of pages: what is printed round a word, and the small picture of the whole page."""

from dataclasses import dataclass

import numpy as np
from PIL import Image
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.geometry import Polygon
from ocrdesk.ui.kit.images import to_image
from ocrdesk.ui.kit.theme import token
from ocrdesk.ui.kit.word_marks import TINT, height_of, widened

WIDTH, HEIGHT = 856, 230
"""The strip of the word that is checked, at most, in device-independent pixels as all sizes here."""

NEXT_WIDTH, NEXT_HEIGHT, NEXT_WORD = 540, 38, 200
"""Those of the next words, and where in them the word begins, so that the eye does not travel."""

_LINE, _NEXT_LINE = 40.0, 20.0
"""How high the line of the word is in each."""

_LEAST_ZOOM, _MOST_ZOOM = 0.2, 4.0
_LONGEST_EDGE = 900
"""Pixels of the small picture of a page, at most."""

_TINT_NOW, _RING = 0.7, 2.0


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of a page, or all of it.

    Attributes:
        image: Its picture.
        left: Where it begins on the page, in pixels of the upright page.
        top: Likewise.
        scale: How many pixels of the page one of the picture is.
    """

    image: QImage
    left: float
    top: float
    scale: float

    @property
    def rect(self) -> QRectF:
        """Where it is on the page."""
        return QRectF(self.left, self.top, self.image.width() * self.scale, self.image.height() * self.scale)


@dataclass(frozen=True, slots=True)
class Look:
    """Which part of a page is seen, and how large.

    Attributes:
        x: The place of the page that is seen in the middle, in pixels of the upright page.
        y: Likewise.
        zoom: How many device-independent pixels one of the page is.
    """

    x: float
    y: float
    zoom: float


def zoom_on(line: Line, height: float = _LINE) -> float:
    """Returns how large a page is shown so that a line of it has a certain height."""
    own = height_of(line.polygon)
    return min(_MOST_ZOOM, max(_LEAST_ZOOM, height / own)) if own else 1.0


def look_at(line: Line, word: Word, page: QRectF, width: float, height: float) -> Look:
    """Returns which part of a page a strip of some size shows: the word in its middle, unless the page ends there."""
    zoom = zoom_on(line)
    x, y = word.middle
    half = width / zoom / 2
    x = min(max(x, page.left() + half), page.right() - half) if page.width() > 2 * half else page.center().x()
    half = height / zoom / 2
    y = min(max(y, page.top() + half), page.bottom() - half) if page.height() > 2 * half else page.center().y()
    return Look(x, y, zoom)


def look_beside(line: Line, word: Word, width: float = NEXT_WIDTH) -> Look:
    """Returns which part of a page the strip of a later word shows: the word always in the same place."""
    zoom = zoom_on(line, _NEXT_LINE)
    left = min(x for x, _ in word.polygon)
    return Look(left + (width / 2 - NEXT_WORD) / zoom, word.middle[1], zoom)


def cut(pixels: Pixels, width: float, line: Line, word: Word) -> Strip:
    """Cuts what is shown round a word out of the picture of its page.

    Args:
        pixels: The page, upright, perhaps reduced.
        width: Of the page, in its own pixels.
        line: The line of the word.
        word: The word.
    """
    scale = width / pixels.shape[1]
    page = QRectF(0, 0, width, pixels.shape[0] * scale)
    seen = _seen(look_at(line, word, page, WIDTH, HEIGHT), WIDTH, HEIGHT)
    seen |= _seen(look_beside(line, word), NEXT_WIDTH, NEXT_HEIGHT)
    seen &= page
    left, top = int(seen.left() / scale), int(seen.top() / scale)
    right, bottom = int(seen.right() / scale) + 1, int(seen.bottom() / scale) + 1
    return Strip(to_image(pixels[top:bottom, left:right]), left * scale, top * scale, scale)


def whole(pixels: Pixels, width: float) -> Strip:
    """Reduces the picture of a page to what is shown of it beside the words."""
    height, across = pixels.shape[:2]
    share = min(1.0, _LONGEST_EDGE / max(height, across))
    size = max(1, round(across * share)), max(1, round(height * share))
    small = Image.fromarray(pixels).resize(size, Image.Resampling.BOX, reducing_gap=1.0)
    image = to_image(np.asarray(small))
    return Strip(image, 0, 0, width / image.width())


def paint(painter: QPainter, rect: QRectF, strip: Strip | None, look: Look) -> None:
    """Paints a part of a page into a rectangle, and leaves the painter in pixels of the page."""
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(rect.center())
    painter.scale(look.zoom, look.zoom)
    painter.translate(-look.x, -look.y)
    if strip is not None:
        painter.drawImage(strip.rect, strip.image)


def paint_word(painter: QPainter, word: Polygon, zoom: float, *, is_present: bool) -> None:
    """Tints a word on a page, in whose pixels the painter is; the present one has a ring."""
    place = widened(word)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(token("tint", _TINT_NOW if is_present else TINT))
    painter.drawPolygon(place)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    if is_present:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(QColor(token("accent")), _RING / zoom)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolygon(_grown(place, (_RING + _RING / 2) / zoom))


def _seen(look: Look, width: float, height: float) -> QRectF:
    across, down = width / look.zoom, height / look.zoom
    return QRectF(look.x - across / 2, look.y - down / 2, across, down)


def _grown(place: QPolygonF, by: float) -> QPolygonF:
    """A word with a margin round it, as slanted as it is."""
    a, b, c, d = (place.at(number) for number in range(4))
    right, under = _unit(b - a) * by, _unit(d - a) * by
    return QPolygonF([a - right - under, b + right - under, c + right + under, d - right + under])


def _unit(way: QPointF) -> QPointF:
    length = (way.x() ** 2 + way.y() ** 2) ** 0.5
    return way / length if length else QPointF(0, 0)
