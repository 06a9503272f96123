"""The pages of a batch as cards with a thumbnail, a badge and a name."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPalette, QPen, QPixmap, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.library import Library
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.kit.badges import badge_of
from ocrdesk.ui.kit.icons import icon_pixmap
from ocrdesk.ui.kit.selections import LOOKED_AT, choose_all, chosen_rows, is_small
from ocrdesk.ui.kit.theme import SPACE, mixed, status_colour
from ocrdesk.ui.kit.words import percent
from ocrdesk.ui.pages.drags import drag_rows
from ocrdesk.ui.pages.page_model import PAGE_ROLE

SIZES = (96, 144, 208)
"""Heights of the picture on small, medium and large cards."""

_BADGE = 18
_Index = QModelIndex | QPersistentModelIndex


class PageGrid(QListView):
    """The grid. Shares model and selection with the results table, so a click selects a whole row."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageGrid")
        self.setAccessibleName(_("Pages as thumbnails"))
        # A wrapping list would lay out 20,000 cards twice as fast, but scroll ten times as slowly.
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        # Not within the cards: Qt repaints the place of a card, and nothing around it.
        self.setViewportMargins(0, SPACE // 2, 0, 0)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self._card = _PageCard(library, self)
        self.setItemDelegate(self._card)
        self.set_size(1)

    def set_size(self, step: int) -> None:
        """Shows small (0), medium (1) or large (2) cards."""
        self._card.picture_height = SIZES[step]
        self.setGridSize(self._card.size() + QSize(SPACE, SPACE))
        self.viewport().update()

    def selectionCommand(self, index: _Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        command = super().selectionCommand(index, event)
        # With Rows added to it, “no change” would no longer be what Qt asks about again when the button is released.
        return command | QItemSelectionModel.SelectionFlag.Rows if command.value else command

    def selectAll(self) -> None:
        choose_all(self.selectionModel())

    def dataChanged(self, first: _Index, last: _Index, roles: Sequence[int] = ()) -> None:
        if last.row() - first.row() > LOOKED_AT:  # Qt would look for the size of each card, which does not change
            self.viewport().update()
        else:
            super().dataChanged(first, last, roles)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        whole = QRegion(self.viewport().rect())
        return super().visualRegionForSelection(selection) if is_small(selection) else whole

    def startDrag(self, actions: Qt.DropAction) -> None:
        drag_rows(self, chosen_rows(self.selectionModel()), actions)


class _PageCard(QStyledItemDelegate):
    def __init__(self, library: Library, view: QListView) -> None:
        super().__init__(view)
        self._library = library
        self._view = view
        self.picture_height = SIZES[1]

    def size(self) -> QSize:
        text = 2 * self._view.fontMetrics().height()
        return QSize(round(self.picture_height * 0.82) + 3 * SPACE, self.picture_height + text + 3 * SPACE + 2)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self.size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        page: Page | None = index.data(PAGE_ROLE)
        if page is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not option.state & QStyle.StateFlag.State_Enabled:  # it is being removed
            painter.setOpacity(0.4)
        palette = option.palette
        card = QRect(option.rect.topLeft(), self.size())
        self._paint_card(painter, card, palette, option.state)
        picture = QRect(card.left() + SPACE, card.top() + SPACE, card.width() - 2 * SPACE, self.picture_height)
        self._paint_picture(painter, picture, page, index.data(Qt.ItemDataRole.DecorationRole), palette)
        self._paint_words(painter, card, picture.bottom() + SPACE, page, palette)
        painter.restore()

    def _paint_card(self, painter: QPainter, card: QRect, palette: QPalette, state: QStyle.StateFlag) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), 8, 8)
        ground, highlight = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Highlight)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillPath(shape, mixed(ground, highlight, 0.16))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillPath(shape, palette.color(QPalette.ColorRole.Midlight))
        if state & QStyle.StateFlag.State_HasFocus:  # also where Ctrl and an arrow key went past what is chosen
            painter.strokePath(shape, QPen(highlight, 2))
        elif state & QStyle.StateFlag.State_Selected:
            painter.strokePath(shape, QPen(highlight, 1.5))

    def _paint_picture(
        self, painter: QPainter, area: QRect, page: Page, thumbnail: QPixmap | None, palette: QPalette
    ) -> None:
        badge = badge_of(page, self._library.doubtful_below)
        if thumbnail is not None:
            size = thumbnail.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, Qt.AlignmentFlag.AlignCenter, size, area)
            opacity = painter.opacity()
            painter.setOpacity(opacity * (0.55 if page.status is PageStatus.PENDING else 1.0))
            painter.drawPixmap(place, thumbnail)
            painter.setOpacity(opacity)
        else:
            size = QSize(round(area.height() * 0.72), area.height())
            place = QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, Qt.AlignmentFlag.AlignCenter, size, area)
            painter.fillRect(place, palette.color(QPalette.ColorRole.Midlight))
            if page.status is PageStatus.FAILED:
                self._paint_icon(painter, place.center(), "failed", status_colour("failed"), 32)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.drawRect(QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5))
        if badge.name == "done" or (badge.name == "failed" and thumbnail is None):
            return  # no mark says that all is well, and one is enough
        corner = place.topRight() + QPoint(-3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawEllipse(corner, _BADGE // 2 + 2, _BADGE // 2 + 2)
        self._paint_icon(painter, corner, badge.name, status_colour(badge.name), _BADGE)

    def _paint_icon(self, painter: QPainter, middle: QPoint, name: str, colour: QColor, size: int) -> None:
        pixmap = icon_pixmap(name, size, colour.name(), self._view.devicePixelRatioF())
        painter.drawPixmap(middle.x() - size // 2, middle.y() - size // 2, pixmap)

    def _paint_words(self, painter: QPainter, card: QRect, top: int, page: Page, palette: QPalette) -> None:
        metrics = painter.fontMetrics()
        width = card.width() - 2 * SPACE
        second = palette.color(QPalette.ColorRole.PlaceholderText)
        if page.status is PageStatus.FAILED:
            second = status_colour("failed")
        for number, (words, colour) in enumerate(
            ((page.name, palette.color(QPalette.ColorRole.Text)), (self._second_line(page), second))
        ):
            rect = QRect(card.left() + SPACE, top + number * metrics.height(), width, metrics.height())
            painter.setPen(colour)
            elide = Qt.TextElideMode.ElideMiddle if number == 0 else Qt.TextElideMode.ElideRight
            painter.drawText(rect, Qt.AlignmentFlag.AlignHCenter, metrics.elidedText(words, elide, width))

    def _second_line(self, page: Page) -> str:
        badge = badge_of(page, self._library.doubtful_below)
        if page.status is PageStatus.FAILED and page.message and not page.locked:
            return str(page.message)
        if badge.name == "doubtful" and page.confidence is not None:
            return f"{badge.words} · {percent(page.confidence)}"
        if badge.name == "done":
            return plural("{count} line", "{count} lines", page.line_count or 0)
        return badge.words
