"""The pages of a batch as a table, a row each."""

from functools import partial

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.badges import Badge, badge_of
from ocrdesk.ui.kit.choices import Choices
from ocrdesk.ui.kit.directions import draw_as_read
from ocrdesk.ui.kit.fonts import heading_width
from ocrdesk.ui.kit.icons import icon_pixmap
from ocrdesk.ui.kit.selections import choose_all, chosen_rows, is_small
from ocrdesk.ui.kit.theme import SPACE, status_colour, token
from ocrdesk.ui.pages.columns import COLUMNS, FILE, STATUS, TEXT, TO_CHECK
from ocrdesk.ui.pages.drags import drag_rows
from ocrdesk.ui.pages.page_model import PAGE_ROLE, PageModel

ALWAYS = (FILE, TEXT)
"""Columns that cannot be hidden."""

_TOLD = ("failed", "warning")
"""Badges that stand before the text where there is none, or none of the last reading."""

_ICON = 16

# Taken out of painting, which does hundreds of cells at a time: each join of two flags in Python takes a microsecond.
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ENABLED = QStyle.StateFlag.State_Enabled
_SELECTED = QStyle.StateFlag.State_Selected
_IN_USE = _SELECTED | QStyle.StateFlag.State_MouseOver
_WITHOUT_FOCUS = ~QStyle.StateFlag.State_HasFocus
_PANEL = QStyle.PrimitiveElement.PE_PanelItemViewItem


class ResultsTable(QTableView):
    """The table. Shares model and selection with the grid; a click on a heading sorts in the library."""

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.setObjectName("resultsTable")
        self.setAccessibleName(_("Pages as a table"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the text takes what room there is
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 2 * SPACE)
        self.setItemDelegate(_Cell(self))
        self.setItemDelegateForColumn(FILE, _NameCell(self))
        self.setItemDelegateForColumn(STATUS, _StatusCell(self))
        self.text_cell = _TextCell(self)
        self.setItemDelegateForColumn(TEXT, self.text_cell)
        header = self.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)

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
        header.setMinimumSectionSize(48)
        other = self._choices.get("columns").split()
        for number, column in enumerate(COLUMNS):
            self.setColumnWidth(number, max(column.width, heading_width(header, number)))
            self.setColumnHidden(number, column.is_extra != (column.key in other))
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)

    def _offer_columns(self, place: QPoint) -> None:
        """Lets a person choose the columns."""
        menu = QMenu(self)
        for number, column in enumerate(COLUMNS):
            if number not in ALWAYS:
                action = menu.addAction(_(column.heading))
                action.setCheckable(True)
                action.setChecked(not self.isColumnHidden(number))
                action.toggled.connect(partial(self._show_column, number))
        menu.exec(self.horizontalHeader().mapToGlobal(place))
        menu.deleteLater()

    def _show_column(self, number: int, is_shown: bool) -> None:
        self.setColumnHidden(number, not is_shown)
        other = [column.key for number, column in enumerate(COLUMNS) if self.isColumnHidden(number) != column.is_extra]
        self._choices.set("columns", " ".join(other))  # those that differ from what a new version may start with

    def reach_of_text(self, text: QModelIndex | QPersistentModelIndex) -> QRect:
        """The cell of a text, and those at its right as far as they are empty: where a reason may stand."""
        cells = self.visualRect(text)
        for column in range(TEXT + 1, len(COLUMNS)):
            if not self.isColumnHidden(column):
                if text.sibling(text.row(), column).data():
                    break
                cells.setRight(cells.right() + self.columnWidth(column))
        return cells

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
        painter = QPainter(self.viewport())
        painter.setPen(palette.color(QPalette.ColorRole.Accent))
        painter.drawRect(1, self.rowViewportPosition(row) + 1, self.viewport().width() - 3, self.rowHeight(row) - 3)
        painter.end()

    def startDrag(self, actions: Qt.DropAction) -> None:
        drag_rows(self, chosen_rows(self.selectionModel()), actions)


class _Cell(QStyledItemDelegate):
    """Plain text with room at both sides. Asks the model for the words alone: a page full of cells is painted often."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        option.state &= _WITHOUT_FOCUS
        if option.state & _IN_USE:  # else it has no ground of its own, which a style takes long to find out
            option.widget.style().drawPrimitive(_PANEL, option, painter, option.widget)
        painter.setPen(_text_colour(option))
        self.paint_words(painter, option, index)

    def paint_rest(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paints in an empty cell at the right what goes on there of the reason why a page failed."""
        table, page = option.widget, index.data(PAGE_ROLE)
        if not isinstance(table, ResultsTable) or page is None or page.status is not PageStatus.FAILED:
            return
        text = index.sibling(index.row(), TEXT)
        cells = table.reach_of_text(text)
        if option.rect.right() <= cells.right():
            painter.save()
            painter.setClipRect(option.rect)
            option.rect = cells
            table.text_cell.paint_words(painter, option, text)
            painter.restore()

    def paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paints what stands in the cell, in the painter's colour."""
        if not (words := index.data()):
            if index.column() > TEXT:
                self.paint_rest(painter, option, index)
            return
        if index.column() == TO_CHECK and option.state & _ENABLED:
            painter.setPen(token("amber"))
        rect = option.rect.adjusted(SPACE, 0, -SPACE, 0)
        words = cut(words, option.fontMetrics, rect.width())
        draw_as_read(painter, rect, _RIGHT if COLUMNS[index.column()].is_number else _LEFT, words)


class _NameCell(_Cell):
    """The name of a page after its folder, which is quieter and the first to be cut."""

    def paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, metrics = option.rect.adjusted(2 * SPACE, 0, -SPACE, 0), option.fontMetrics  # in line with the header
        folder, name = folder_and_name(index.data() or "", metrics, rect.width())
        if not option.state & _SELECTED:
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(rect, _LEFT, folder)
        painter.setPen(_text_colour(option))
        rect.setLeft(rect.left() + metrics.horizontalAdvance(folder))
        painter.drawText(rect, _LEFT, name)


class _TextCell(_Cell):
    """The text, or the reason why there is none with its badge."""

    def __init__(self, view: ResultsTable) -> None:
        super().__init__(view)
        self._view = view

    def paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        page: Page | None = index.data(PAGE_ROLE)
        badge = badge_of(page) if page is not None else None
        if badge is None or badge.name not in _TOLD:
            super().paint_words(painter, option, index)
            return
        if badge.name == "failed" and option.state & _ENABLED:
            painter.setPen(token("red"))
        painter.save()
        painter.setClipRect(option.rect, Qt.ClipOperation.IntersectClip)  # the cells beside paint the rest of a reason
        if page is not None and page.status is PageStatus.FAILED:
            option.rect = self._view.reach_of_text(index)
        self.paint_badge(painter, option, badge, index.data())
        painter.restore()

    def paint_badge(self, painter: QPainter, option: QStyleOptionViewItem, badge: Badge, words: str) -> None:
        """Paints a badge and words beside it, in the painter's colour."""
        colour = status_colour(badge.name) if option.state & _ENABLED else _text_colour(option)
        pixmap = icon_pixmap(badge.name, _ICON, colour.name(), self._view.devicePixelRatioF())
        painter.drawPixmap(option.rect.left() + SPACE, option.rect.center().y() - _ICON // 2 + 1, pixmap)
        rect = option.rect.adjusted(2 * SPACE + _ICON - 2, 0, -SPACE // 2, 0)
        words = cut(words, option.fontMetrics, rect.width())
        draw_as_read(painter, rect, _LEFT, words)


class _StatusCell(_TextCell):
    """The badge before its word."""

    def paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        page: Page | None = index.data(PAGE_ROLE)
        if page is not None:
            badge = badge_of(page)
            self.paint_badge(painter, option, badge, badge.words)


def folder_and_name(words: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """Returns the folder and the name of a page as there is room: the folder is cut first, at its beginning."""
    folder, slash, name = words.rpartition("/")
    name = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width)
    room = width - metrics.horizontalAdvance(name)
    return metrics.elidedText(folder + slash, Qt.TextElideMode.ElideLeft, room), name


def cut(words: str, metrics: QFontMetrics, width: int) -> str:
    """Cuts words at their end as there is room. Qt measures all of a text, of which mostly a third is seen."""
    start = words[: 2 * width // metrics.averageCharWidth()]
    shown = metrics.elidedText(start, Qt.TextElideMode.ElideRight, width)
    return shown if shown != start else metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)


def _text_colour(option: QStyleOptionViewItem) -> QColor:
    if not option.state & _ENABLED:  # it is being removed
        return option.palette.color(QPalette.ColorRole.PlaceholderText)
    selected = option.state & _SELECTED
    return option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
