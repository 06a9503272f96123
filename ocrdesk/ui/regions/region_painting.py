"""How regions look on the picture of a page."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.words import _
from ocrdesk.ui.regions.region_shape import HANDLES, handle_place

HANDLE = 9.0
"""Edge of a handle, in device-independent pixels."""

# Pages are light whether the window is light or dark, so these colours are the same in both.
_IGNORED = QColor("#525c68")
_ONLY = QColor("#1a7f37")
_CHOSEN = QColor("#1f6feb")
_SHADE = QColor(15, 18, 23)
_LABEL_INK = QColor("#ffffff")


def words_of(region: Region) -> str:
    """What a region does, in a word or two."""
    return _("Only here") if region.is_only else _("Ignored")


def paint_regions(
    painter: QPainter, page: QRectF, regions: Sequence[tuple[Region, QRectF]], chosen: Region | None, *, faintly: bool
) -> None:
    """Paints regions over a page.

    Args:
        painter: In device-independent pixels of the view.
        page: Where the page lies.
        regions: With where they lie.
        chosen: The one with handles.
        faintly: Just so that people see why text is missing; else to be worked on.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _shade(painter, page, [rect for region, rect in regions if region.is_only], 22 if faintly else 96)
    for region, rect in regions:
        if not region.is_only:
            painter.fillRect(rect, _alpha(_IGNORED, 12 if faintly else 70))
            # A pattern is laid from the rectangle's corner, so that it goes along when the picture is scrolled.
            painter.setBrushOrigin(rect.topLeft())
            painter.fillRect(rect, QBrush(_alpha(_IGNORED, 44 if faintly else 150), Qt.BrushStyle.BDiagPattern))
        colour = _ONLY if region.is_only else _IGNORED
        painter.setPen(QPen(_alpha(colour, 90), 1) if faintly else QPen(colour, 2 if region.is_only else 1.25))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
    if faintly:
        return
    for region, rect in regions:
        if region == chosen:
            _paint_handles(painter, rect)
        _paint_label(painter, page, rect, words_of(region), _ONLY if region.is_only else _IGNORED)


def _shade(painter: QPainter, page: QRectF, only: Sequence[QRectF], alpha: int) -> None:
    if not only:
        return
    rest = QPainterPath()
    rest.addRect(page)
    for rect in only:
        hole = QPainterPath()
        hole.addRect(rect)
        rest -= hole
    painter.fillPath(rest, _alpha(_SHADE, alpha))


def _paint_handles(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(QPen(_CHOSEN, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
    painter.setPen(QPen(_CHOSEN, 1.5))
    painter.setBrush(_LABEL_INK)
    for grip in HANDLES:
        square = QRectF(QPointF(), QSizeF(HANDLE, HANDLE))
        square.moveCenter(handle_place(rect, grip))
        painter.drawRect(square)


def _paint_label(painter: QPainter, page: QRectF, rect: QRectF, words: str, colour: QColor) -> None:
    """Within the region where it has room, else above it, else below."""
    metrics = QFontMetricsF(painter.font())
    size = QSizeF(metrics.horizontalAdvance(words) + 10, metrics.height() + 4)
    inset = HANDLE / 2 + 2
    tag = QRectF(rect.topLeft() + QPointF(inset, inset), size)
    if rect.width() < size.width() + 2 * inset or rect.height() < size.height() + 2 * inset:
        tag.moveBottomLeft(rect.topLeft() - QPointF(0, inset))
        if tag.top() < page.top():
            tag.moveTopLeft(rect.bottomLeft() + QPointF(0, inset))
        tag.moveLeft(max(page.left(), min(tag.left(), page.right() - tag.width())))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(tag, 4, 4)
    painter.setPen(_LABEL_INK)
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)


def _alpha(colour: QColor, alpha: int) -> QColor:
    with_alpha = QColor(colour)
    with_alpha.setAlpha(alpha)
    return with_alpha
