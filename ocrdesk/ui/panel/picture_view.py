"""The picture of a page with its lines drawn on it."""

import logging
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsPolygonItem, QGraphicsScene, QGraphicsView, QWidget

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Line, Page, PageStatus
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.quality import is_line_doubtful
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.images import to_image
from ocrdesk.ui.kit.line_shapes import LineShape, paint_numbers
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.tasks import Tasks
from ocrdesk.ui.kit.theme import status_colour
from ocrdesk.ui.kit.words import percent
from ocrdesk.ui.regions.region_hand import RegionHand
from ocrdesk.ui.regions.region_layer import RegionLayer

log = logging.getLogger(__name__)

MOST_PIXELS_A_SIDE = 3200
"""A larger picture is shown reduced; its lines stay where they are."""

_STEP = 1.25
_LEAST, _MOST = 0.02, 12.0


class PictureView(QGraphicsView):
    """Shows one page; fits its width at first, Ctrl and wheel zoom to the pointer.

    Attributes:
        line_chosen: A line on the picture was clicked; carries its number.
        loaded: Whether the picture of the page can be shown is known now.
    """

    line_chosen = Signal(int)
    loaded = Signal(bool)

    def __init__(self, decoder: Decoder, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageView")
        self.setAccessibleName(_("Picture of the page"))
        self.setScene(QGraphicsScene(self))
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.setAcceptDrops(False)  # drops are the window's
        self.viewport().setAcceptDrops(False)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._decoder = decoder
        self._lane = tasks.lane()
        self._asked = 0
        self._page: Page | None = None
        self._picture: QGraphicsPixmapItem | None = None
        self._lines: list[QGraphicsPolygonItem] = []
        self._fits = True
        self._lines_shown = True
        self._numbers_shown = False
        self._pressed = QPointF()
        self.regions = RegionLayer(self, self.page_rect)
        RegionHand(self.regions, self)

    def show_page(self, page: Page | None, lines: list[Line], doubtful_below: float) -> None:
        """Shows a page and its lines; the picture follows when it is loaded."""
        before, self._page = self._page, page
        same = page is not None and before is not None and _key(page) == _key(before)
        read_anew = page is not None and page.status is PageStatus.DONE and page != before  # the file may be another
        if not same:
            self.scene().clear()
            self._picture = None
            self._lines = []
            self._fits = True
        for old in self._lines:
            self.scene().removeItem(old)
        self._lines = [self._line_item(number, line, doubtful_below) for number, line in enumerate(lines)]
        if page is not None and (not same or read_anew or self._picture is None):
            self._load(page)
        self._lay_picture()

    def page_rect(self) -> QRectF:
        """Where the page lies in the scene; empty while its picture is not there."""
        return self._picture.sceneBoundingRect() if self._picture is not None else QRectF()

    def choose_line(self, number: int | None) -> None:
        """Marks a line and brings it into view."""
        for other, item in enumerate(self._lines):
            item.setBrush(QBrush(_faint(item.pen().color(), 70 if other == number else 22)))
            item.setZValue(2 if other == number else 1)
        if number is not None and 0 <= number < len(self._lines):
            self.ensureVisible(self._lines[number], 40, 60)

    def show_lines(self, shown: bool) -> None:
        """Draws the lines on the picture, or not."""
        self._lines_shown = shown
        for item in self._lines:
            item.setVisible(shown)

    def show_numbers(self, shown: bool) -> None:
        """Writes the number of each line in reading order beside it, or not."""
        self._numbers_shown = shown
        self.viewport().update()

    def zoom_in(self) -> None:
        """Makes the picture larger."""
        self._zoom(_STEP)

    def zoom_out(self) -> None:
        """Makes the picture smaller."""
        self._zoom(1 / _STEP)

    def zoom_fit(self) -> None:
        """Fits the width of the picture into the view, now and when the view changes."""
        self._fits = True
        self._fit()

    def _line_item(self, number: int, line: Line, doubtful_below: float) -> QGraphicsPolygonItem:
        item = LineShape(QPolygonF([QPointF(x, y) for x, y in line.polygon]))
        colour = status_colour("doubtful" if is_line_doubtful(line, doubtful_below) else "running")
        pen = QPen(colour, 1.4)
        pen.setCosmetic(True)
        item.setPen(pen)
        item.setBrush(QBrush(_faint(colour, 22)))
        item.setZValue(1)
        item.setToolTip(
            plainly(_("{text}\nConfidence: {confidence}").format(text=line.text, confidence=percent(line.confidence)))
        )
        item.setData(0, number)
        item.setVisible(self._lines_shown)
        self.scene().addItem(item)
        return item

    def _load(self, page: Page) -> None:
        """Has a picture loaded; a page passed over in haste is not loaded at all."""
        self._asked += 1
        number = self._asked

        def load() -> QImage | None:
            if number != self._asked:
                return None
            return to_image(self._decoder.load_small(page.path, page.frame, page.turn, MOST_PIXELS_A_SIDE).pixels)

        def fail(error: OcrdeskError) -> None:
            log.warning("%s cannot be shown: %s", page.path, error)
            self._on_loaded(number, None)

        self._lane.run(load, partial(self._on_loaded, number), fail)

    def _on_loaded(self, number: int, image: QImage | None) -> None:
        if number != self._asked or self._page is None:
            return  # of a page that is no longer looked at
        self.loaded.emit(image is not None)
        if image is None:
            return
        before = self._picture
        if before is not None:
            self.scene().removeItem(before)
        self._picture = self.scene().addPixmap(QPixmap.fromImage(image))
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._lay_picture()
        if before is None:  # another page: it begins at its top, wherever the one before was looked at
            for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
                bar.setValue(bar.minimum())

    def _lay_picture(self) -> None:
        """Gives the picture the size of the whole page, whose pixels the lines are in; known once the page is read."""
        if self._picture is None or self._page is None:
            return
        if self._page.width and self._page.height:
            size = self._picture.pixmap().size()
            across, down = self._page.width / size.width(), self._page.height / size.height()
            self._picture.setTransform(QTransform.fromScale(across, down))  # not alike where it was read otherwise once
        self.scene().setSceneRect(self._picture.sceneBoundingRect())
        self._fit()

    def _fit(self) -> None:
        if not self._fits or self._picture is None:
            return
        rect, room = self._picture.sceneBoundingRect(), self.maximumViewportSize()
        width = room.width() - 2
        if rect.width() <= 0:
            return
        # Whether the bar is there now is not asked: where a page just fits without it, it would come and go for ever.
        if rect.height() * width / rect.width() > room.height():
            width -= self.verticalScrollBar().sizeHint().width()
        if width > 0:
            self.setTransform(QTransform.fromScale(width / rect.width(), width / rect.width()))

    def _zoom(self, factor: float) -> None:
        if self._picture is not None and _LEAST < self.transform().m11() * factor < _MOST:
            self._fits = False
            self.scale(factor, factor)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        if self._numbers_shown and self._lines_shown:
            paint_numbers(painter, self, self._lines)
        self.regions.paint(painter)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        if (event.position() - self._pressed).manhattanLength() < 4:
            for item in self.items(event.position().toPoint()):
                if isinstance(item, QGraphicsPolygonItem):
                    self.line_chosen.emit(item.data(0))
                    return


def _key(page: Page) -> tuple[int, int]:
    """Page and turn: a page that is turned has another picture."""
    return page.id, page.turn


def _faint(colour: QColor, alpha: int) -> QColor:
    faint = QColor(colour)
    faint.setAlpha(alpha)
    return faint
