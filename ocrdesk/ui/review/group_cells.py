"""The cells of a screen: pictures of words side by side, of which a person marks the odd ones."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrdesk.engine.review.groups import Member
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.dialog import sized
from ocrdesk.ui.kit.directions import draw_as_read
from ocrdesk.ui.kit.icons import paint_icon
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.review.cell_pictures import CellPictures
from ocrdesk.ui.review.group_model import MARKED_ROLE, MEMBER_ROLE, GroupModel

CELL, GAP = QSize(134, 104), SPACE
"""Device-independent pixels."""

RING = 4
"""Room round the cells for the ring of the current one, of which two pixels stay free."""

MOST_COLUMNS, MOST_ROWS = 8, 5
"""More cells are not seen at a glance."""

READ = 24
"""Height of what stands below a picture where each was read as something else."""

_HOVER = 400
"""Milliseconds after which the line of a cell is shown."""

_SIGN = 22
"""Device-independent pixels across a flag or a tick."""

_LEFT_OUT = 0.4
"""How much is seen of a cell whose tick was taken away."""

_Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints a cell, white in both looks: paper is never darkened.

    Attributes:
        tells_readings: Whether it says below each picture what was read there.
        shows_ring: Whether the current cell has a ring.
        has_ticks: Whether what is not marked has a tick, and what is marked is left out.
    """

    def __init__(self, pictures: CellPictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.tells_readings = False
        self.shows_ring = False
        self.has_ticks = False

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return CELL + QSize(GAP, GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        member: Member | None = index.data(MEMBER_ROLE)
        if member is None:
            return
        is_marked = bool(index.data(MARKED_ROLE))
        cell = QRect(option.rect.topLeft() + QPoint(RING, RING), CELL)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(token("paperamber") if is_marked and not self.has_ticks else QColor("white"))
        painter.drawRoundedRect(cell, 4, 4)
        painter.setOpacity(_LEFT_OUT if is_marked and self.has_ticks else 1.0)
        self._paint_picture(painter, cell, member)
        painter.setOpacity(1.0)
        is_flagged = is_marked and not self.has_ticks
        edge, wide = ("amberline", 2) if is_flagged else ("border", 1)
        painter.setPen(QPen(token(edge), wide))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = wide / 2
        painter.drawRoundedRect(QRectF(cell).adjusted(half, half, -half, -half), 4, 4)
        if is_flagged:
            _paint_sign(painter, cell, "flag", "flag")
        elif self.has_ticks and not is_marked:
            _paint_sign(painter, cell, "check", "accent")
        view = self.parent()
        if self.shows_ring and isinstance(view, QListView) and view.currentIndex() == index:
            painter.setPen(QPen(token("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(cell).adjusted(-3, -3, 3, 3), 7, 7)
        painter.restore()

    def _paint_picture(self, painter: QPainter, cell: QRect, member: Member) -> None:
        pixmap = self._pictures.get(member)
        room = cell.adjusted(0, 0, 0, -READ) if self.tells_readings else cell
        if pixmap is not None:
            painter.save()
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            inside = QRectF(room).adjusted(1, 1, -1, -1)
            ratio = pixmap.devicePixelRatio()
            spare = (pixmap.height() / ratio - inside.height()) / 2
            source = QRectF(ratio, spare * ratio, inside.width() * ratio, inside.height() * ratio)
            painter.drawPixmap(inside, pixmap, source)
            painter.restore()
        shows_text = self.tells_readings or self._pictures.has_none(member)
        if shows_text:
            place = QRect(cell.left() + 6, cell.bottom() - READ, cell.width() - 12, READ - 2)
            painter.setFont(sized(painter.font(), 1.0))
            painter.setPen(token("papertext"))
            words = painter.fontMetrics().elidedText(
                member.placed.word.text, Qt.TextElideMode.ElideMiddle, place.width()
            )
            draw_as_read(painter, place, Qt.AlignmentFlag.AlignCenter, words)


def _paint_sign(painter: QPainter, cell: QRect, name: str, colour: str) -> None:
    """A round sign at the top right of a cell."""
    sign = QRectF(cell.right() - _SIGN - 4, cell.top() + 6, _SIGN, _SIGN)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(token(colour))
    painter.drawEllipse(sign)
    paint_icon(painter, sign.adjusted(4, 4, -4, -4), name, QColor("white"))


class CellView(QListView):
    """Cells in rows, reached with the arrow keys; Space or a click marks one.

    Attributes:
        accepted: Return was pressed.
        changed: Return was pressed with Ctrl.
        skipped: The tab key was pressed.
        room_changed: Another number of cells has room.
    """

    accepted = Signal()
    changed = Signal()
    skipped = Signal()
    room_changed = Signal()

    def __init__(self, model: GroupModel, pictures: CellPictures) -> None:
        super().__init__()
        self.setObjectName("groupCells")
        self.setAccessibleName(_("Words that are alike"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self._model, self._pictures = model, pictures
        self.setModel(model)
        self.cells = CellDelegate(pictures, self)
        self.setItemDelegate(self.cells)
        self._room = 0
        self._under = QPersistentModelIndex()
        self._hover = QTimer(self, singleShot=True, interval=_HOVER)
        self._hover.timeout.connect(self._ask_for_line)
        self._line = QLabel(self, Qt.WindowType.ToolTip)
        self._line.setObjectName("lineUnderPointer")
        pictures.arrived.connect(model.picture_arrived)
        pictures.line_arrived.connect(self._show_line)
        model.modelReset.connect(self._begin)

    def let_scroll(self) -> None:
        """Shows all cells, whether there is room for them or not."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    @property
    def room(self) -> int:
        """How many cells are seen at once."""
        width, height = self.width() - 2 * RING + GAP, self.height() - 2 * RING + GAP
        columns = max(1, min(MOST_COLUMNS, width // (CELL.width() + GAP)))
        return columns * max(1, min(MOST_ROWS, height // (CELL.height() + GAP)))

    def event(self, event: QEvent) -> bool:
        is_shortcut = event.type() == QEvent.Type.ShortcutOverride
        if is_shortcut and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.SelectAll):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab:
            self.skipped.emit()  # before Qt moves the focus
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.cells.shows_ring:
            self.cells.shows_ring = True
            self.viewport().update()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._model.mark_all(True)
            return
        match event.key():
            case Qt.Key.Key_Space:
                self._model.toggle(self.currentIndex())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if event.isAutoRepeat():
                pass  # whoever leaves a finger on the key does not look at each screen
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                has_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                (self.changed if has_ctrl else self.accepted).emit()
            case Qt.Key.Key_Escape:
                event.ignore()  # whoever holds the cells knows what is left
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.cells.shows_ring = False
            self._go_to(index)
            self._model.toggle(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A cell is marked when it is pressed."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two quick clicks mark and unmark

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if QPersistentModelIndex(index) != self._under:
            self._under = QPersistentModelIndex(index)
            self._line.hide()
            self._hover.start() if index.isValid() else self._hover.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._under = QPersistentModelIndex()
        self._hover.stop()
        self._line.hide()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        if self.room != self._room:
            self._room = self.room
            self.room_changed.emit()

    def _begin(self) -> None:
        """The first cell of a screen is the current one."""
        self._line.hide()
        self._hover.stop()
        self._under = QPersistentModelIndex()
        if self._model.rowCount():
            self._go_to(self._model.index(0))

    def _go_to(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.viewport().update()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    def _ask_for_line(self) -> None:
        member = self._under.data(MEMBER_ROLE) if self._under.isValid() else None
        if member is not None:
            self._pictures.want_line(member, self.devicePixelRatioF())

    def _show_line(self, member: Member, pixmap: QPixmap) -> None:
        if not self._under.isValid() or self._under.data(MEMBER_ROLE) is not member:
            return
        rect = self.visualRect(QModelIndex(self._under))
        self._line.setPixmap(pixmap)
        self._line.adjustSize()
        place = self.viewport().mapToGlobal(rect.bottomLeft())
        screen = self.screen().availableGeometry()
        if place.y() + self._line.height() > screen.bottom():
            place = self.viewport().mapToGlobal(rect.topLeft()) - QPoint(0, self._line.height())
        place.setX(max(screen.left(), min(place.x(), screen.right() - self._line.width())))
        self._line.move(place)
        self._line.show()
