"""The pages of a batch as a table, a row each."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPalette
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
from ocrdesk.ui.badges import badge_of
from ocrdesk.ui.icons import icon_pixmap
from ocrdesk.ui.page_model import CONFIDENCE, FILE, LINES, MESSAGE, PAGE_ROLE, SECONDS, STATUS, TEXT, PageModel
from ocrdesk.ui.theme import SPACE, status_colour

_WIDTHS = {FILE: 210, STATUS: 100, TEXT: 330, LINES: 60, CONFIDENCE: 64, SECONDS: 76, MESSAGE: 380}
_ICON = 16


class ResultsTable(QTableView):
    """The table. Shares model and selection with the grid; a click on a heading sorts in the library."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultsTable")
        self.setAccessibleName("Pages as a table")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 2 * SPACE)
        self.setItemDelegate(_Cell(self))
        self.setItemDelegateForColumn(STATUS, _StatusCell(library, self))

    def show_pages(self, model: PageModel) -> None:
        """Shows a model, unsorted at first."""
        self.setModel(model)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)


class _Cell(QStyledItemDelegate):
    """Plain text with room at both sides; no frame round the one cell that has the focus."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasDecoration
        if index.column() == FILE:
            option.textElideMode = Qt.TextElideMode.ElideMiddle

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        rect = option.rect.adjusted(SPACE, 0, -SPACE, 0)
        painter.save()
        painter.setPen(option.palette.color(role))
        elided = option.fontMetrics.elidedText(words, option.textElideMode, rect.width())
        painter.drawText(rect, option.displayAlignment, elided)
        painter.restore()


class _StatusCell(_Cell):
    """The badge before the word."""

    def __init__(self, library: Library, view: QTableView) -> None:
        super().__init__(view)
        self._library = library
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        page: Page | None = index.data(PAGE_ROLE)
        whole = QRect(option.rect)
        option.rect = whole
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if page is None:
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        badge = badge_of(page, self._library.doubtful_below)
        text = option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        colour = text if selected else status_colour(badge.name)
        pixmap = icon_pixmap(badge.name, _ICON, colour.name(), self._view.devicePixelRatioF())
        painter.drawPixmap(whole.left() + SPACE, whole.center().y() - _ICON // 2 + 1, pixmap)
        painter.save()
        painter.setPen(text)
        painter.drawText(whole.adjusted(2 * SPACE + _ICON - 2, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()
