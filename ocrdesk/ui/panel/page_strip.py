"""The pages of the batch in one row, under the page that is looked at."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QStyle, QToolTip, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.badges import badge_of
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.pages.page_model import PageModel

HEIGHT = 84
_PICTURE = QSize(46, 60)
_STEP = _PICTURE.width() + SPACE
_RING, _DOT = 2, 8
_DOTS = {"doubtful": "wave", "failed": "red"}


class PageStrip(QWidget):
    """Shares model and selection with the pages; a click looks at a page, and the wheel goes along the row.

    No view of Qt, which would look at every page of the batch whenever it changes: this looks at those that are seen.
    """

    def __init__(self, model: PageModel, selection: QItemSelectionModel) -> None:
        super().__init__()
        self._model, self._selection = model, selection
        self._scrolled = 0
        self.setObjectName("pageStrip")
        self.setAccessibleName(_("Pages of this batch"))
        self.setFixedHeight(HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for signal in (model.dataChanged, model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self.update)
        selection.selectionChanged.connect(self.update)
        selection.currentChanged.connect(self.show_current)

    def show_current(self) -> None:
        """Brings the page that is looked at into view, with those beside it."""
        row = self._selection.currentIndex().row()
        if row >= 0:
            left = row * _STEP
            self._scroll(min(max(self._scrolled, left + 2 * _STEP + SPACE - self.width()), left - _STEP))

    def row_at(self, place: QPoint) -> int | None:
        """The row of the page at a place."""
        row = (place.x() - self._left) // _STEP
        return row if 0 <= row < self._model.rowCount() else None

    @property
    def _left(self) -> int:
        """Where the row begins: few pages stand in the middle."""
        free = self.width() - self._model.rowCount() * _STEP
        return free // 2 if free > 0 else SPACE - self._scrolled

    def _scroll(self, to: int) -> None:
        self._scrolled = max(0, min(to, self._model.rowCount() * _STEP + 2 * SPACE - self.width()))
        self.update()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_current()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().toPoint())
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self._selection.setCurrentIndex(self._model.index(row, 0), flags)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta() if event.pixelDelta().isNull() else event.pixelDelta()
        self._scroll(self._scrolled - (turned.y() or turned.x()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and (row := self.row_at(event.pos())) is not None:
            page = self._model.page_at(row)
            QToolTip.showText(event.globalPos(), plainly(page.name) if page is not None else "", self)
            return True
        return bool(super().event(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        first = max(0, -self._left // _STEP)
        for row in range(first, min(self._model.rowCount(), first + self.width() // _STEP + 2)):
            cell = QRect(self._left + row * _STEP, 0, _STEP, HEIGHT)
            self._paint_page(painter, row, cell)
        painter.end()

    def _paint_page(self, painter: QPainter, row: int, cell: QRect) -> None:
        page = self._model.page_at(row)
        if page is None:
            return
        thumbnail = self._model.index(row, 0).data(Qt.ItemDataRole.DecorationRole)
        place = self._paint_picture(painter, _in_the_middle(_PICTURE, cell), thumbnail)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._selection.isRowSelected(row):
            painter.setPen(QPen(token("accent"), _RING))
            painter.drawRoundedRect(QRectF(place).adjusted(-3, -3, 3, 3), 4, 4)
        dot = _DOTS.get(badge_of(page).name)
        if dot is not None:
            painter.setPen(QPen(Qt.GlobalColor.white, 1.5))
            painter.setBrush(token(dot))
            painter.drawEllipse(QRectF(place.right() - _DOT - 1, place.bottom() - _DOT - 1, _DOT, _DOT))

    def _paint_picture(self, painter: QPainter, place: QRect, thumbnail: QPixmap | None) -> QRect:
        """Paints the picture of a page within a place; gives where it is."""
        if thumbnail is None:
            painter.fillRect(place, self.palette().color(QPalette.ColorRole.Midlight))
        else:
            place = _in_the_middle(thumbnail.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio), place)
            painter.drawPixmap(place, thumbnail)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5))
        return place


def _in_the_middle(size: QSize, of: QRect) -> QRect:
    return QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, Qt.AlignmentFlag.AlignCenter, size, of)
