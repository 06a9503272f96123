"""Icons of one family, drawn in the colour of the text around them, so that light and dark need no second set."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ocrdesk.resources import icons_folder


@cache
def _svg(name: str) -> str:
    return (icons_folder() / f"{name}.svg").read_text(encoding="utf-8")


def icon(name: str) -> QIcon:
    """An icon that follows the palette."""
    return QIcon(_PaletteIconEngine(name))


def program_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    return QIcon(str(icons_folder() / "ocrdesk.svg"))


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, colour: QColor) -> None:
    """Paints an icon in a colour, for delegates."""
    svg = _svg(name).replace("currentColor", colour.name())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(rect))
    painter.restore()


@cache
def icon_pixmap(name: str, size: int, colour: str, scale: float) -> QPixmap:
    """An icon as a picture, kept for the next time it is painted.

    Args:
        name: The icon.
        size: Edge in device-independent pixels.
        colour: As ``#rrggbb``.
        scale: Device pixels for each of those.
    """
    pixmap = QPixmap(_painted(name, round(size * scale), round(size * scale), colour))
    pixmap.setDevicePixelRatio(scale)
    return pixmap


@cache
def _painted(name: str, width: int, height: int, colour: str) -> QPixmap:
    pixmap = QPixmap(width, height)
    if not pixmap.isNull():
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_icon(painter, pixmap.rect(), name, QColor(colour))
        painter.end()
    return pixmap


class _PaletteIconEngine(QIconEngine):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, rect, self._name, _colour(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _painted(self._name, size.width(), size.height(), _colour(mode, state).name())

    def clone(self) -> QIconEngine:
        return _PaletteIconEngine(self._name)


def _colour(mode: QIcon.Mode, state: QIcon.State) -> QColor:
    palette = QGuiApplication.palette()
    if mode == QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    if mode == QIcon.Mode.Selected:
        return palette.color(QPalette.ColorRole.HighlightedText)
    return palette.color(QPalette.ColorRole.ButtonText)
