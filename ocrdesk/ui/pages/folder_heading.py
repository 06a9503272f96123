"""The heading of a folder between the cards of a grid."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from ocrdesk.engine.words import _, plural
from ocrdesk.ui.kit.icons import icon_pixmap
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.pages.grid_places import Section

_CHEVRON = 12


class FolderHeading(QWidget):
    """Stands above the grid and names the folder whose pages are at its top; the heading of the next one pushes it out.

    Attributes:
        clicked: A folder is to be folded away, or unfolded; carries its section.
    """

    clicked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._section: Section | None = None
        self._following: Section | None = None
        self._come = 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_section(self, section: Section, following: Section | None, come: int) -> None:
        """Shows a folder, and as much of the heading of the next one as has come into its place, in pixels."""
        if (section, following, come) != (self._section, self._following, self._come):
            self._section, self._following, self._come = section, following, come
            self.setAccessibleName(_words(section))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(place):
            self.clicked.emit(self._following if place.y() >= self.height() - self._come else self._section)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        if self._section is not None:
            paint_heading(painter, self.rect().translated(0, -self._come), self._section, self.palette())
        if self._following is not None:
            rect = self.rect().translated(0, self.height() - self._come)
            paint_heading(painter, rect, self._following, self.palette())
        painter.end()


def paint_heading(painter: QPainter, rect: QRect, section: Section, palette: QPalette) -> None:
    """Paints a chevron, the folder and how many pages it has."""
    colour = palette.color(QPalette.ColorRole.PlaceholderText)
    ratio = painter.device().devicePixelRatioF()
    name = "chevron-right" if section.is_closed else "chevron-down"
    chevron = icon_pixmap(name, _CHEVRON, colour.name(), ratio)
    painter.drawPixmap(rect.topLeft() + QPoint(SPACE, (rect.height() - _CHEVRON) // 2), chevron)
    plain, bold = painter.font(), QFont(painter.font())
    bold.setWeight(QFont.Weight.DemiBold)
    count = _count(section)
    place = rect.adjusted(2 * SPACE + _CHEVRON, 0, -SPACE, 0)
    room = place.width() - QFontMetrics(plain).horizontalAdvance(count) - SPACE
    words = QFontMetrics(bold).elidedText(_title(section), Qt.TextElideMode.ElideLeft, room)
    painter.setFont(bold)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
    painter.setFont(plain)
    painter.setPen(colour)
    place.setLeft(place.left() + QFontMetrics(bold).horizontalAdvance(words) + SPACE)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, count)


def _title(section: Section) -> str:
    return section.name.replace("/", " / ") or _("Not in a folder")


def _count(section: Section) -> str:
    return plural("{count} page", "{count:,} pages", section.count)


def _words(section: Section) -> str:
    return f"{_title(section)}, {_count(section)}"
