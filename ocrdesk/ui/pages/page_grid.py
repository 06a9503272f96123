"""The pages of a batch as cards, parted by the folders they lie in."""

from collections.abc import Iterator

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from ocrdesk.engine.document import FolderOfPages
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.selections import choose_all, chosen_rows, is_small
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.pages.drags import drag_rows
from ocrdesk.ui.pages.folder_heading import FolderHeading, paint_heading
from ocrdesk.ui.pages.grid_places import GridPlaces, GridSizes, Section
from ocrdesk.ui.pages.page_card import SIZES, PageCard
from ocrdesk.ui.pages.page_model import PageModel

HEADING = 32
"""Height of a folder's heading, in pixels."""

_STEP = 48
"""How far one notch of the wheel scrolls, in pixels; Qt makes three of it."""

_Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction


class PageGrid(QAbstractItemView):
    """The grid. Shares model and selection with the results table, so a click selects a whole row.

    Qt's own list lays out tens of thousands of cards one by one, which holds the window for a tenth of a second and
    more, and knows no headings. Here all places are computed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageGrid")
        self.setAccessibleName(_("Pages as thumbnails"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.verticalScrollBar().setSingleStep(_STEP)
        self._card = PageCard(self)
        self.setItemDelegate(self._card)
        self._folders: list[FolderOfPages] = []
        self._closed: set[str] = set()
        self._known_places: GridPlaces | None = None
        self._hovered: int | None = None
        self._pressed = QPoint()
        self._room = 0
        self._band = QRect()
        self._uses_keys = False
        self._heading = FolderHeading(self)
        self._heading.clicked.connect(self._fold_from_above)
        self.verticalScrollBar().valueChanged.connect(self._update_heading)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if isinstance(model, PageModel):
            for signal in (model.rowsInserted, model.rowsRemoved, model.layoutChanged, model.modelReset):
                signal.connect(self._forget_places)
            model.modelReset.connect(lambda: self._tell_current(QModelIndex()))
            model.folders_changed.connect(self._follow_folders)

    def setSelectionModel(self, selection: QItemSelectionModel) -> None:
        super().setSelectionModel(selection)
        selection.currentChanged.connect(self._tell_current)

    def _tell_current(self, current: QModelIndex) -> None:
        """Tells assistive technology which page is the current one: Qt knows cells of its own lists and tables only."""
        card = current.siblingAtColumn(0).data(Qt.ItemDataRole.AccessibleTextRole) if current.isValid() else ""
        self.setAccessibleName(f"{card}: {_('Pages as thumbnails')}" if card else _("Pages as thumbnails"))
        if self.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Focus))  # or it is not read out

    def set_size(self, step: int) -> None:
        """Shows small (0), medium (1) or large (2) cards."""
        top = self.indexAt(QPoint(SPACE, SPACE))
        self._card.picture_height = SIZES[step]
        self._forget_places()
        if top.isValid():
            self.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)

    # Places

    def _places(self) -> GridPlaces:
        if self._known_places is None:
            model = self.model()
            size = self._card.size() + QSize(SPACE, SPACE)
            self._known_places = GridPlaces(
                model.rowCount() if model is not None else 0,
                self._folders,
                self._closed,
                GridSizes(self.viewport().width(), size.width(), size.height(), HEADING),
            )
        return self._known_places

    def _follow_folders(self) -> None:
        model = self.model()
        self._folders = model.folders if isinstance(model, PageModel) else []
        self._closed &= {folder.name for folder in self._folders}
        self._forget_places()

    def _forget_places(self) -> None:
        self._known_places = None
        self._hovered = None
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        is_parted = self._places().is_parted
        room = HEADING if is_parted else SPACE // 2
        if room != self._room:
            self._room = room
            self.setViewportMargins(0, room, 0, 0)
        self._heading.setVisible(is_parted)
        viewport = self.viewport().geometry()
        self._heading.setGeometry(viewport.x(), viewport.y() - HEADING, viewport.width(), HEADING)
        bar, height = self.verticalScrollBar(), viewport.height()
        bar.setPageStep(height)
        bar.setRange(0, max(0, self._places().height - height))
        self._update_heading()
        super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._known_places = None
        super().resizeEvent(event)

    def visualRect(self, index: _Index) -> QRect:
        if not index.isValid() or self.isIndexHidden(index):
            return QRect()
        left, top = self._places().place(index.row())
        card = self._card.size()
        left += (self._places().card_width - card.width()) // 2
        return QRect(QPoint(left, top + SPACE // 2 - self.verticalOffset()), card)

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._places().row_at(point.x(), point.y() + self.verticalOffset())
        if row is None:
            return QModelIndex()
        index = self.model().index(row, 0)
        return index if self.visualRect(index).contains(point) else QModelIndex()

    def isIndexHidden(self, index: _Index) -> bool:
        return index.column() != 0 or self._places().is_hidden(index.row())

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid() or self._places().is_hidden(index.row()):
            return
        _, top = self._places().place(index.row())
        bar, height, card = self.verticalScrollBar(), self.viewport().height(), self._places().card_height
        match hint:
            case QAbstractItemView.ScrollHint.PositionAtTop:
                bar.setValue(top)
            case QAbstractItemView.ScrollHint.PositionAtBottom:
                bar.setValue(top + card - height)
            case QAbstractItemView.ScrollHint.PositionAtCenter:
                bar.setValue(top + (card - height) // 2)
            case _:
                end = self._places().seen_end(index.row(), height)
                bar.setValue(max(min(bar.value(), top), end - height))

    # What is chosen

    def selectionCommand(self, index: _Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        command = super().selectionCommand(index, event)
        # With Rows added to it, “no change” would no longer be what Qt asks about again when the button is released.
        return command | QItemSelectionModel.SelectionFlag.Rows if command.value else command

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        selection = QItemSelection()
        for rows in self._rows_meant(rect):
            last = self.model().columnCount() - 1
            selection.select(self.model().index(rows[0], 0), self.model().index(rows[-1], last))
        self.selectionModel().select(selection, command)

    def _rows_meant(self, rect: QRect) -> Iterator[range]:
        """The rows that a rubber band touches, or those from one corner to the other: a click, or with Shift."""
        places, offset = self._places(), self.verticalOffset()
        if self.state() == QAbstractItemView.State.DragSelectingState:
            band = rect.normalized().translated(0, offset)
            yield from places.rows_within(band.left(), band.top(), band.right(), band.bottom())
            return
        ends = [self.indexAt(point).row() for point in (rect.topLeft(), rect.bottomRight())]
        ends = [row for row in ends if row >= 0]
        if ends:
            yield from places.visible_runs(min(ends), max(ends))

    def selectAll(self) -> None:
        choose_all(self.selectionModel())

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion(self.viewport().rect())
        if is_small(selection):
            region = QRegion()
            for part in selection.toList():
                for row in range(part.top(), part.bottom() + 1):
                    region += QRegion(self.visualRect(self.model().index(row, 0)))
        return region

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        places, last = self._places(), self.model().rowCount() - 1
        if last < 0:
            return QModelIndex()
        row = self.currentIndex().row()
        if row < 0:
            return self.model().index(places.beside(-1, 1) if places.is_hidden(0) else 0, 0)
        page = max(1, self.viewport().height() // places.card_height)
        match action:
            case _Move.MoveLeft | _Move.MovePrevious:
                row = places.beside(row, -1)
            case _Move.MoveRight | _Move.MoveNext:
                row = places.beside(row, 1)
            case _Move.MoveUp:
                row = places.below(row, -1)
            case _Move.MoveDown:
                row = places.below(row, 1)
            case _Move.MovePageUp:
                row = places.below(row, -page)
            case _Move.MovePageDown:
                row = places.below(row, page)
            case _Move.MoveHome:
                row = places.beside(0, 1) if places.is_hidden(0) else 0
            case _Move.MoveEnd:
                row = places.beside(last, -1) if places.is_hidden(last) else last
        return self.model().index(row, 0)

    def startDrag(self, actions: Qt.DropAction) -> None:
        drag_rows(self, chosen_rows(self.selectionModel()), actions)

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._uses_keys = False
        place = event.position().toPoint()
        self._pressed = place + QPoint(0, self.verticalOffset())
        if (section := self._heading_at(place)) is not None and event.button() == Qt.MouseButton.LeftButton:
            self._fold(section)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = event.position().toPoint()
        self._hover(self.indexAt(place))
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._band = QRect(self._pressed - QPoint(0, self.verticalOffset()), place).normalized()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self._band.isNull():
            self._band = QRect()
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(QModelIndex())
        super().leaveEvent(event)

    def _hover(self, index: QModelIndex) -> None:
        hovered = index.row() if index.isValid() else None
        if hovered != self._hovered:
            for row in (self._hovered, hovered):
                if row is not None:
                    self.viewport().update(self.visualRect(self.model().index(row, 0)))
            self._hovered = hovered

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._uses_keys = True
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._uses_keys = self._uses_keys or event.reason() in (
            Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason,
        )  # fmt: skip
        super().focusInEvent(event)

    # Folders

    def _heading_at(self, place: QPoint) -> Section | None:
        y = place.y() + self.verticalOffset()
        section = self._places().section_at(y)
        return section if section.first and section.top <= y < section.body else None

    def _fold_from_above(self, section: Section) -> None:
        """Folds a folder whose heading is above the pages, where it stays."""
        self._fold(section)
        self.verticalScrollBar().setValue(section.body)

    def _fold(self, section: Section) -> None:
        """Folds a folder away, or shows its pages again."""
        self._closed ^= {section.name}
        self._forget_places()

    def _update_heading(self) -> None:
        if self._places().is_parted:
            self._heading.show_section(*self._places().headings_above(self.verticalOffset()))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, offset, area = QPainter(self.viewport()), self.verticalOffset(), event.rect()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        states = QStyle.StateFlag
        plain = option.state & ~(states.State_MouseOver | states.State_HasFocus | states.State_Active)
        if self.hasFocus():
            plain |= states.State_Active
        selection, model, places = self.selectionModel(), self.model(), self._places()
        current = self.currentIndex().row() if self._uses_keys and self.hasFocus() else -1
        looked_at = -1 if selection.hasSelection() else 0  # where no page is chosen, the first one is shown beside
        area = area.translated(0, offset)
        for rows in places.rows_within(area.left(), area.top(), area.right(), area.bottom()):
            for row in rows:
                index = model.index(row, 0)
                option.rect = self.visualRect(index)
                option.state = plain
                if not model.flags(index) & Qt.ItemFlag.ItemIsEnabled:
                    option.state &= ~QStyle.StateFlag.State_Enabled
                if selection.isSelected(index):
                    option.state |= QStyle.StateFlag.State_Selected
                if row == self._hovered:
                    option.state |= QStyle.StateFlag.State_MouseOver
                if row == looked_at:
                    option.state |= QStyle.StateFlag.State_On
                if row == current:
                    option.state |= QStyle.StateFlag.State_HasFocus
                self._card.paint(painter, option, index)
        if places.is_parted:
            for section in places.headings_within(area.top(), area.bottom()):
                rect = QRect(0, section.top - offset, self.viewport().width(), HEADING)
                paint_heading(painter, rect, section, self.palette())
        if not self._band.isNull():
            colour = QColor(self.palette().color(QPalette.ColorRole.Highlight))
            painter.setPen(colour)
            colour.setAlphaF(0.12)
            painter.fillRect(self._band, colour)
            painter.drawRect(self._band.adjusted(0, 0, -1, -1))
        painter.end()
