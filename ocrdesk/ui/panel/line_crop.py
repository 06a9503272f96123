"""The picture of a line, enlarged, in as many rows as it needs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import atan2, degrees, dist

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocrdesk.engine.corrections.pieces import Piece, pieces_of
from ocrdesk.engine.direction import runs_left
from ocrdesk.engine.document import Line
from ocrdesk.engine.geometry import Polygon, is_standing, slices_of
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.kit.word_marks import TINT, height_of, length_of, widened

LARGER = 1.3
"""How much larger than on the page the line is at least, …"""

LEAST, MOST = 24.0, 64.0
"""… and how high, in device-independent pixels."""

_STANDING_MOST = 160.0
_AROUND = 0.1
"""How much of what lies round the line is seen, as a part of its height."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page.

    Attributes:
        pixmap: The picture.
        scale: How many pixels of the page one of the picture is, across and down.
        zoom: How large the page is shown, 1 being pixel by pixel.
    """

    pixmap: QPixmap
    scale: tuple[float, float]
    zoom: float


@dataclass(frozen=True, slots=True)
class Row:
    """A part of a line that is shown in one row.

    Attributes:
        polygon: Where it is on the page.
        scale: How much larger than on the page it is shown.
        rect: Where it is shown.
    """

    polygon: Polygon
    scale: float
    rect: QRectF


class LineCrop(QWidget):
    """Shows a line as it is printed, broken between words where it is wider than its place."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lineCrop")
        # Growing beyond its hint, of which a layout keeps the one that was asked for another width.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._picture: Picture | None = None
        self._line: Line | None = None
        self._tinted: Collection[int] = ()
        self._runs_left = False

    def show_line(
        self, picture: Picture | None, line: Line, tinted: Collection[int] = (), *, page_runs_left: bool = False
    ) -> None:
        """Shows a line.

        Args:
            picture: Of the page; None: it is not there, and nothing is shown.
            line: The line.
            tinted: Which of its words are tinted.
            page_runs_left: Whether its page is read from right to left.
        """
        self._picture, self._line, self._tinted = picture, line, tinted
        self._runs_left = runs_left(line.text, page_runs_left)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        rows = self._rows(width)
        return round(rows[-1].rect.bottom() + SPACE) if rows else 0

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        rows = self._rows(self.width())
        if self._picture is None or self._line is None or not rows:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(token("border"), 1))
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        pieces = pieces_of(self._line, self._line.polygon)
        for row in rows:
            painter.save()
            painter.setClipRect(row.rect)
            painter.setTransform(_laid_straight(row), combine=True)
            self._paint(painter, row, pieces)
            painter.restore()
        painter.end()

    def _paint(self, painter: QPainter, row: Row, pieces: Sequence[Piece]) -> None:
        """Paints what is seen of the page in a row, in pixels of the page."""
        assert self._picture is not None and self._line is not None
        across, down = self._picture.scale
        around = height_of(row.polygon)
        seen = (
            QPolygonF([QPointF(x, y) for x, y in row.polygon]).boundingRect().adjusted(-around, -around, around, around)
        )
        part = QRectF(seen.left() / across, seen.top() / down, seen.width() / across, seen.height() / down)
        part &= QRectF(self._picture.pixmap.rect())
        target = QRectF(part.left() * across, part.top() * down, part.width() * across, part.height() * down)
        painter.drawPixmap(target, self._picture.pixmap, part)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(token("tint", TINT))
        for number in self._tinted:
            if number < len(pieces):
                painter.drawPolygon(widened(self._line.mark_of(pieces[number].word)))

    def _rows(self, width: int) -> list[Row]:
        """The rows of the line where there is so much room."""
        line, picture = self._line, self._picture
        if line is None or picture is None or width <= 4 * SPACE:
            return []
        polygon, room = line.polygon, float(width - 2 * SPACE)
        height, length = height_of(polygon), length_of(polygon)
        if not height or not length:
            return []
        if is_standing(polygon):
            return _cells(line, room, min(max(LARGER * picture.zoom, LEAST / height), MOST / height))
        scale = min(max(LARGER * picture.zoom, LEAST / height), MOST / height)
        rows: list[Row] = []
        top = float(SPACE)
        broken = _broken(pieces_of(line, polygon), room / (scale * length), 2 * _AROUND * height / length)
        for begin, end in reversed(broken) if self._runs_left else broken:
            (part,) = slices_of(polygon, [(begin, end)])
            fitting = min(scale, room / ((end - begin) * length)) if end > begin else scale
            high = fitting * height * (1 + 2 * _AROUND)
            wide = min(room, fitting * (end - begin) * length)
            rows.append(Row(part, fitting, QRectF(SPACE + (room - wide if self._runs_left else 0), top, wide, high)))
            top += high + SPACE / 2
        return rows


def _broken(pieces: Sequence[Piece], room: float, around: float) -> list[tuple[float, float]]:
    """Breaks a line between words.

    Args:
        pieces: Its words.
        room: How much of it a row has room for, as a part of its length.
        around: How much of the line is seen before and after its words, likewise.

    Returns:
        Where each row begins and ends, as parts of the length of the line.
    """
    rows: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if rows and piece.right - rows[-1][0] + around <= room:
            rows[-1] = (rows[-1][0], max(rows[-1][1], piece.right))
        else:
            rows.append((piece.left, piece.right))
    if not rows:
        rows = [(0.0, 1.0)]
    rows[0], rows[-1] = (min(0.0, rows[0][0]), rows[0][1]), (rows[-1][0], max(1.0, rows[-1][1]))
    return [(begin - around / 2, end + around / 2) for begin, end in rows]


def _cells(line: Line, room: float, scale: float) -> list[Row]:
    """A line that is read from top to bottom: its characters beside each other, or as it stands if it has words."""
    polygons = [word.polygon for word in line.words if len(word.text) == 1]
    if len(polygons) != len(line.words) or not polygons:
        polygons = [line.polygon]
        scale = min(scale, _STANDING_MOST / length_of(line.polygon))
    rows: list[Row] = []
    left, top = float(SPACE), float(SPACE)
    high = max(scale * dist(polygon[0], polygon[3]) for polygon in polygons)
    for polygon in polygons:
        wide = scale * dist(polygon[0], polygon[1])
        if left + wide > room + SPACE and rows:
            left, top = float(SPACE), top + high + SPACE / 2
        rows.append(Row(polygon, scale, QRectF(left, top, wide, high)))
        left += wide + 2
    return rows


def _laid_straight(row: Row) -> QTransform:
    """Lays the page so that a part of it is straight and fills its row."""
    a, b, c, d = row.polygon
    slope = atan2(c[1] - d[1] + b[1] - a[1], c[0] - d[0] + b[0] - a[0])
    middle = (a[0] + b[0] + c[0] + d[0]) / 4, (a[1] + b[1] + c[1] + d[1]) / 4
    centre = row.rect.center()
    return (
        QTransform()
        .translate(centre.x(), centre.y())
        .scale(row.scale, row.scale)
        .rotate(-degrees(slope))
        .translate(-middle[0], -middle[1])
    )
