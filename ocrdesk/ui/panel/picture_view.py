"""The picture of a page, on which words are marked and lines can be chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QWidget

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Line, Page
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.words import _
from ocrdesk.ui.kit import motion
from ocrdesk.ui.kit.tasks import Tasks
from ocrdesk.ui.panel.line_crop import Picture
from ocrdesk.ui.panel.line_shapes import LineShape, paint_numbers
from ocrdesk.ui.panel.picture_item import PictureItem
from ocrdesk.ui.panel.picture_marks import PictureMarks
from ocrdesk.ui.panel.pictures import Pictures, ShownPicture
from ocrdesk.ui.panel.shown_text import MarkedWord
from ocrdesk.ui.regions.region_hand import RegionHand
from ocrdesk.ui.regions.region_layer import RegionLayer

_STEP = 1.25
_LEAST, _MOST = 0.02, 12.0
_ROUND_WORD = 40, 60
"""Device-independent pixels that are seen beside, above and below what is brought into view."""

_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_COMES_BACK = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_REMOVES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ACROSS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class PictureView(QGraphicsView):
    """Shows one page; fits its width at first, Ctrl and wheel zoom to the pointer.

    Until the picture is there, a small one stands in for it, and nothing is marked.

    Attributes:
        line_pressed: A line on the picture was clicked; carries its number and the keys that were held.
        line_hovered: The pointer came to a line; carries its number, None where there is none.
        copy_wanted: The lines that are chosen are to be copied.
        edit_wanted: A line is to be corrected; carries its number, and where on the page it was clicked or None.
        remove_wanted: There is no text where lines are chosen.
        menu_wanted: The menu was asked for; carries where on the screen, and the number of the line there or None.
        loaded: Whether the picture of the page can be shown is known now.
        zoomed: The picture is shown larger or smaller; carries how large, 1 being pixel by pixel and 0 no picture.
        marks: What is drawn over it.
    """

    line_pressed = Signal(int, object)
    line_hovered = Signal(object)
    copy_wanted = Signal()
    edit_wanted = Signal(int, object)
    remove_wanted = Signal()
    menu_wanted = Signal(object, object)
    loaded = Signal(bool)
    zoomed = Signal(float)

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
        self.pictures = Pictures(decoder, tasks, self)
        self.pictures.arrived.connect(self._on_arrived)
        self._page: Page | None = None
        self._picture: QGraphicsPixmapItem | None = None
        self._stands_in = False
        self.marks = PictureMarks(self.scene(), self)
        self._hovered: int | None = None
        self._fits = True
        self._to_see: QRectF | None = None
        self._numbers_shown = False
        self._pressed = QPointF()
        self.regions = RegionLayer(self, self.page_rect)
        RegionHand(self.regions, self)

    # What is shown

    def show_page(self, page: Page | None, lines: Sequence[Line]) -> None:
        """Shows a page; the picture follows when it is loaded."""
        before, self._page = self._page, page
        if page is None or before is None or (page.id, page.turn) != (before.id, before.turn):
            self.scene().clear()
            self._picture, self._stands_in = None, False
            self.marks.forget()
            self._fits, self._to_see = True, None
        self._hovered = None
        self.marks.put_lines(lines)
        if page is None or page != before or not self.has_picture:
            self.pictures.look_at(page)
        if self._picture is None:
            self.scene().setSceneRect(0, 0, 1, 1)  # beside nothing there is nothing to scroll
        self._lay_picture()

    def stand_in(self, small: QPixmap) -> None:
        """Shows a small picture until the picture is there."""
        if self._page is not None and not self.has_picture:
            self._show_picture(QGraphicsPixmapItem(small), stands_in=True)

    def mark_words(self, doubtful: Sequence[MarkedWord], found: Sequence[MarkedWord] = ()) -> None:
        """Tints words; doubt is not shown where something was found."""
        self.marks.put_words(doubtful, found)

    def see_word(self, word: MarkedWord) -> None:
        """Puts a ring round a word and brings it into view, once there is a picture."""
        self._to_see = self.marks.put_ring(word)
        self._see()

    def _see(self) -> None:
        if self._to_see is not None and self._picture is not None:
            self.ensureVisible(self._to_see, *_ROUND_WORD)
            self._to_see = None

    @property
    def has_picture(self) -> bool:
        """Whether the picture of the page is there, and not a small one in its place."""
        return self._picture is not None and not self._stands_in

    @property
    def has_anything(self) -> bool:
        """Whether anything of the page is seen."""
        return self._picture is not None

    def picture(self) -> Picture | None:
        """The picture of the page and how it is shown; None while it is not there."""
        if self._picture is None or not self.has_picture:
            return None
        laid = self._picture.transform()
        return Picture(self._picture.pixmap(), (laid.m11(), laid.m22()), self.transform().m11())

    def page_rect(self) -> QRectF:
        """Where the page lies in the scene; empty while its picture is not there."""
        return self._picture.sceneBoundingRect() if self._picture is not None and self.has_picture else QRectF()

    # Lines

    def choose_lines(self, numbers: Sequence[int]) -> None:
        """Frames lines, and brings the last one into view."""
        self.marks.choose_lines(numbers)
        if numbers and self.has_picture:
            self.ensureVisible(self.marks.lines[numbers[-1]], *_ROUND_WORD)

    def frame_new_line(self, polygon: Polygon | None) -> None:
        """Frames where a line is to be added; None: none is any more."""
        self.marks.put_new_line(polygon)

    def hover(self, number: int | None) -> None:
        """Frames a line finely, because the pointer is over it in the text."""
        self.marks.hover(number)

    def show_lines(self, shown: bool) -> None:
        """Frames all lines, or not."""
        motion.fade_away(self.viewport(), self)
        self.marks.show_lines(shown)

    def show_numbers(self, shown: bool) -> None:
        """Writes the number of each line in reading order beside it, or not."""
        motion.fade_away(self.viewport(), self)
        self._numbers_shown = shown
        self.viewport().update()

    def line_at(self, place: QPointF) -> int | None:
        """The number of the line at a place of the view."""
        found = (item.data(0) for item in self.items(place.toPoint()) if isinstance(item, LineShape))
        return next(found, None)

    # Zoom

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

    # The picture

    def _on_arrived(self, picture: ShownPicture | None) -> None:
        if picture is not None:
            self._show_picture(PictureItem(picture), stands_in=False)
        else:
            self.zoomed.emit(0.0)
        self.loaded.emit(picture is not None)

    def _show_picture(self, item: QGraphicsPixmapItem, *, stands_in: bool) -> None:
        is_first = self._picture is None
        if self._picture is not None:
            self.scene().removeItem(self._picture)
        self._stands_in = stands_in
        self._picture = item
        item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.scene().addItem(item)
        self.marks.see(not stands_in)
        self._lay_picture()
        if is_first:  # another page: it begins at its top, wherever the one before was looked at
            for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
                bar.setValue(bar.minimum())
        self._see()

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
            top = self.mapToScene(0, 0).y()
            self.setTransform(QTransform.fromScale(width / rect.width(), width / rect.width()))
            # What was seen at the top stays there, wherever the pointer is.
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + self.mapFromScene(0, top).y())
            self._tell_zoom()

    def _zoom(self, factor: float) -> None:
        if self._picture is not None and _LEAST < self.transform().m11() * factor < _MOST:
            self._fits = False
            self.scale(factor, factor)
            self._tell_zoom()

    def _tell_zoom(self) -> None:
        if self.has_picture:  # the pixels of a small one say nothing
            self.zoomed.emit(self.transform().m11())

    # Events

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        if self._numbers_shown and self.has_picture:
            paint_numbers(painter, self, self.marks.lines)
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

    def event(self, event: QEvent) -> bool:
        """Claims keys that mean something else elsewhere in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_across = event.key() in _ACROSS and not event.modifiers() & Qt.KeyboardModifier.AltModifier
            if (is_across and self._scrolls_across()) or self._copies(event) or self._changes(event):
                event.accept()
                return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._copies(event):
            self.copy_wanted.emit()
        elif self._changes(event) and event.key() in _REMOVES:
            self.remove_wanted.emit()
        elif self._changes(event):
            self.edit_wanted.emit(self.marks.chosen_lines[0], None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Has a ring only where a key moved the keyboard: round a picture as large as the window it would be much."""
        if event.reason() not in _COMES_BACK:
            self.setProperty("ringed", event.reason() in _BY_KEY)
            self.style().polish(self)
        super().focusInEvent(event)

    def _changes(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return event.key() in (*_OPENS, *_REMOVES) and not held and bool(self.marks.chosen_lines)

    def _copies(self, event: QKeyEvent) -> bool:
        return event.matches(QKeySequence.StandardKey.Copy) and bool(self.marks.chosen_lines)

    def _scrolls_across(self) -> bool:
        bar = self.horizontalScrollBar()
        return bool(bar.maximum() > bar.minimum())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        number = self.line_at(event.position())
        if number is not None and event.button() == Qt.MouseButton.LeftButton:
            self.edit_wanted.emit(number, self.mapToScene(event.position().toPoint()))
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._tell_hovered(self.line_at(event.position()) if not event.buttons() else self._hovered)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._tell_hovered(None)

    def _tell_hovered(self, number: int | None) -> None:
        if number != self._hovered:
            self._hovered = number
            self.line_hovered.emit(number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        is_still = (event.position() - self._pressed).manhattanLength() < 4
        number = self.line_at(event.position())
        if is_still and number is not None and event.button() == Qt.MouseButton.LeftButton:
            self.line_pressed.emit(number, event.modifiers())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos(), self.line_at(QPointF(event.pos())))
