"""The pages of a batch as a table, a row each."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ocrdesk.engine.document import Page
from ocrdesk.engine.library import Library
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.badges import badge_of
from ocrdesk.ui.kit.icons import icon_pixmap
from ocrdesk.ui.kit.selections import choose_all, chosen_rows, is_small
from ocrdesk.ui.kit.theme import SPACE, mixed, status_colour
from ocrdesk.ui.pages.columns import COLUMNS, FILE, STATUS, TEXT
from ocrdesk.ui.pages.drags import drag_rows
from ocrdesk.ui.pages.page_model import PAGE_ROLE, PageModel

_ICON = 16


class ResultsTable(QTableView):
    """The table. Shares model and selection with the grid; a click on a heading sorts in the library."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultsTable")
        self.setAccessibleName(_("Pages as a table"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 2 * SPACE)
        self.setItemDelegate(_Cell(self))
        self.setItemDelegateForColumn(STATUS, _StatusCell(library, self))

    def setSelectionModel(self, selection: QItemSelectionModel) -> None:
        super().setSelectionModel(selection)
        # Or it would ask about each cell whether it may be chosen, to tell whether a whole column is.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(selection.model(), self))

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        whole = QRegion(self.viewport().rect())
        return super().visualRegionForSelection(selection) if is_small(selection) else whole

    def selectAll(self) -> None:
        choose_all(self.selectionModel())

    def show_pages(self, model: PageModel) -> None:
        """Shows a model, unsorted at first."""
        self.setModel(model)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        for number, column in enumerate(COLUMNS):
            self.setColumnWidth(number, column.width)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()  # Qt repaints two cells, and the frame is around a row

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints a frame around the row that has the focus, which need not be a chosen one."""
        super().paintEvent(event)
        row = self.currentIndex().row()
        if row < 0 or not self.hasFocus():
            return
        palette = self.palette()
        ground = palette.color(QPalette.ColorRole.Highlight)
        is_chosen = self.selectionModel().isRowSelected(row)
        painter = QPainter(self.viewport())
        painter.setPen(mixed(ground, palette.color(QPalette.ColorRole.HighlightedText), 0.6) if is_chosen else ground)
        painter.drawRect(1, self.rowViewportPosition(row) + 1, self.viewport().width() - 3, self.rowHeight(row) - 3)
        painter.end()

    def startDrag(self, actions: Qt.DropAction) -> None:
        drag_rows(self, chosen_rows(self.selectionModel()), actions)


class _Cell(QStyledItemDelegate):
    """Plain text with room at both sides. Asks the model for the words alone: a page full of cells is painted often."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        option.state &= ~QStyle.StateFlag.State_HasFocus
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        painter.setPen(_text_colour(option))
        self.paint_words(painter, option, index)

    def paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paints what stands in the cell, in the painter's colour."""
        rect = option.rect.adjusted(SPACE, 0, -SPACE, 0)
        elide = Qt.TextElideMode.ElideMiddle if index.column() == FILE else Qt.TextElideMode.ElideRight
        words = option.fontMetrics.elidedText(index.data(), elide, rect.width())
        side = Qt.AlignmentFlag.AlignRight if COLUMNS[index.column()].is_number else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, words)


class _StatusCell(_Cell):
    """The badge before the word."""

    def __init__(self, library: Library, view: QTableView) -> None:
        super().__init__(view)
        self._library = library
        self._view = view

    def paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        page: Page | None = index.data(PAGE_ROLE)
        if page is None:
            return
        badge = badge_of(page, self._library.doubtful_below)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        colour = _text_colour(option) if selected else status_colour(badge.name)
        pixmap = icon_pixmap(badge.name, _ICON, colour.name(), self._view.devicePixelRatioF())
        painter.drawPixmap(option.rect.left() + SPACE, option.rect.center().y() - _ICON // 2 + 1, pixmap)
        rect = option.rect.adjusted(2 * SPACE + _ICON - 2, 0, -SPACE // 2, 0)
        words = option.fontMetrics.elidedText(badge.words, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)


def _text_colour(option: QStyleOptionViewItem) -> QColor:
    if not option.state & QStyle.StateFlag.State_Enabled:  # it is being removed
        return option.palette.color(QPalette.ColorRole.PlaceholderText)
    selected = option.state & QStyle.StateFlag.State_Selected
    return option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
