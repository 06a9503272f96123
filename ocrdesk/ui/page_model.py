"""The pages of one batch for grid and table: rows are read from the library when they are looked at."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.library import Library, PageFilter, PageOrder
from ocrdesk.ui.badges import badge_of
from ocrdesk.ui.drags import MIME_TYPES, DraggedPages
from ocrdesk.ui.plain import plainly
from ocrdesk.ui.thumbnails import Thumbnails

PAGE_ROLE = Qt.ItemDataRole.UserRole
"""The ``Page`` of a row."""

FILE, STATUS, TEXT, LINES, CONFIDENCE, SECONDS, MESSAGE = range(7)
HEADERS = ("Page", "Status", "Text", "Lines", "Sure", "Seconds", "Message")
ORDERS = (
    PageOrder.POSITION,
    PageOrder.STATUS,
    PageOrder.TEXT,
    PageOrder.LINES,
    PageOrder.CONFIDENCE,
    PageOrder.SECONDS,
    PageOrder.MESSAGE,
)
NUMBERS = {LINES, CONFIDENCE, SECONDS}

CHUNK = 100
"""How many rows are read from the library at once."""

MOST_KEPT = 40 * CHUNK

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_CELL = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)


class PageModel(QAbstractTableModel):
    """Filtered and sorted by the library, so that tens of thousands of pages cost no more than those seen."""

    def __init__(self, library: Library, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._thumbnails = thumbnails
        self._batch_id: int | None = None
        self._show = PageFilter.ALL
        self._order = PageOrder.POSITION
        self._descending = False
        self._containing = ""
        self._ids: list[int] = []
        self._rows: dict[int, int] = {}
        self._pages: dict[int, Page] = {}
        thumbnails.ready.connect(self._on_thumbnail_ready)

    # What is shown

    @property
    def batch_id(self) -> int | None:
        """The batch whose pages are shown."""
        return self._batch_id

    @property
    def show(self) -> PageFilter:
        """Which of its pages are shown."""
        return self._show

    @property
    def containing(self) -> str:
        """What the pages shown have in their text or name."""
        return self._containing

    def set_batch(self, batch_id: int | None) -> None:
        """Shows the pages of another batch."""
        self.beginResetModel()
        self._batch_id = batch_id
        self._pages.clear()
        self._take(self._query())
        self.endResetModel()

    def set_filter(self, show: PageFilter, containing: str = "") -> None:
        """Shows only some of the pages."""
        self._show, self._containing = show, containing
        self.reload()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order, self._descending = ORDERS[max(column, 0)], order == Qt.SortOrder.DescendingOrder
        self.reload()

    def page_at(self, row: int) -> Page | None:
        """The page of a row, or None if it was removed meanwhile."""
        page_id = self._ids[row]
        if page_id not in self._pages:
            if len(self._pages) > MOST_KEPT:
                self._pages.clear()
            first = row // CHUNK * CHUNK
            self._pages.update(self._library.pages(self._ids[first : first + CHUNK]))
        return self._pages.get(page_id)

    def row_of(self, page_id: int) -> int | None:
        """The row of a page, or None if it is not shown."""
        return self._rows.get(page_id)

    def ids_at(self, rows: Iterable[int]) -> list[int]:
        """The pages of rows."""
        return [self._ids[row] for row in rows]

    # What changed

    def pages_changed(self, page_ids: Iterable[int]) -> None:
        """Reads pages anew that were claimed, finished or changed otherwise."""
        page_ids, rows = list(page_ids), []
        self._thumbnails.forget_missing(page_ids)
        read_anew = []
        for page_id in page_ids:
            before = self._pages.pop(page_id, None)
            if before is not None and before.status is not PageStatus.DONE and before.content is not None:
                read_anew.append(page_id)  # its file is another than the one that the thumbnail shows
            if (row := self._rows.get(page_id)) is not None:
                rows.append(row)
        self._thumbnails.forget(read_anew)
        for first, last in _ranges(sorted(rows)):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(HEADERS) - 1))
        if self._show is not PageFilter.ALL or self._order is not PageOrder.POSITION or self._containing:
            self.reload()

    def refresh(self) -> None:
        """Reads every page anew, and tries again what could not be shown."""
        self._pages.clear()
        self._thumbnails.forget_missing(self._ids)
        self.reload()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(HEADERS) - 1))

    def reload(self) -> None:
        """Asks the library again which pages to show, keeping the selection of those that stay."""
        new = self._query()
        if new == self._ids:
            return
        if new[: len(self._ids)] == self._ids:  # as pages are being added; tens of thousands of them
            self._append(new)
            return
        stay = set(new)
        self._remove_rows([row for row, page_id in enumerate(self._ids) if page_id not in stay])
        known = set(self._ids)
        self._reorder([page_id for page_id in new if page_id in known])
        self._insert_rows(new, known)

    def _query(self) -> list[int]:
        if self._batch_id is None:
            return []
        return self._library.page_ids(
            self._batch_id, self._show, self._order, descending=self._descending, containing=self._containing
        )

    def _take(self, page_ids: list[int]) -> None:
        self._ids = page_ids
        self._rows = {page_id: row for row, page_id in enumerate(page_ids)}

    def _append(self, new: list[int]) -> None:
        first = len(self._ids)
        self.beginInsertRows(_ROOT, first, len(new) - 1)
        self._rows.update((page_id, row) for row, page_id in enumerate(new[first:], start=first))
        self._ids = new
        self.endInsertRows()

    def _remove_rows(self, rows: list[int]) -> None:
        for first, last in reversed(_ranges(rows)):
            self.beginRemoveRows(_ROOT, first, last)
            self._take(self._ids[:first] + self._ids[last + 1 :])
            self.endRemoveRows()

    def _reorder(self, page_ids: list[int]) -> None:
        if page_ids == self._ids:
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        kept = [(self._ids[index.row()], index.column()) for index in old]
        self._take(page_ids)
        self.changePersistentIndexList(old, [self.index(self._rows[page_id], column) for page_id, column in kept])
        self.layoutChanged.emit()

    def _insert_rows(self, new: list[int], known: set[int]) -> None:
        for first, last in _ranges([row for row, page_id in enumerate(new) if page_id not in known]):
            self.beginInsertRows(_ROOT, first, last)
            self._take(self._ids[:first] + new[first : last + 1] + self._ids[first:])
            self.endInsertRows()

    def _on_thumbnail_ready(self, page_id: int) -> None:
        if (row := self._rows.get(page_id)) is not None:
            index = self.index(row, FILE)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])

    # Qt's questions

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(HEADERS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        page = self.page_at(index.row())
        if page is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(page, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(page)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(page) if index.column() == FILE else None
            case Qt.ItemDataRole.DecorationRole if index.column() == FILE:
                return self._thumbnails.get(page)
            case _ if role == PAGE_ROLE:
                return page
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return _CELL if index.isValid() else Qt.ItemFlag.NoItemFlags

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction  # the files are a person's originals: no program may move them away

    def mimeTypes(self) -> list[str]:
        return list(MIME_TYPES)

    def mimeData(self, indexes: Sequence[QModelIndex]) -> DraggedPages:
        return DraggedPages(self._library, self.ids_at(sorted({index.row() for index in indexes})))

    def _words(self, page: Page, column: int) -> str:
        locale = QLocale()
        was_read = page.line_count is not None
        match column:
            case 0:
                return page.name
            case 1:
                return badge_of(page, self._library.doubtful_below).words
            case 2:
                return page.text_start
            case 3:
                return locale.toString(page.line_count) if page.line_count is not None else ""
            case 4:
                return percent(page.confidence) if page.confidence is not None and was_read else ""
            case 5:
                return locale.toString(page.seconds, "f", 1) if page.seconds is not None else ""
            case _:
                return page.message or page.remark or ""

    def _tooltip(self, page: Page) -> str:
        words = [page.name, badge_of(page, self._library.doubtful_below).words]
        words += [note for note in (page.message, page.remark) if note]
        return plainly("\n".join(words))

    def _spoken(self, page: Page) -> str:
        words = f"{page.name}, {badge_of(page, self._library.doubtful_below).words}"
        return f"{words}: {page.message}" if page.status is PageStatus.FAILED else words


def chosen_rows(selection: QItemSelectionModel) -> list[int]:
    """The rows of a selection, from the top. Qt's own ``selectedRows`` asks about each cell, and takes long."""
    return sorted({row for part in selection.selection().toList() for row in range(part.top(), part.bottom() + 1)})


def percent(confidence: float) -> str:
    """A confidence as people write it; never 100 % where a character is in doubt."""
    return f"{min(int(confidence * 100 + 1e-6), 100)} %"  # 0.57 * 100 is a little less than 57


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _ranges(rows: list[int]) -> list[tuple[int, int]]:
    """Runs of rows that follow each other, as first and last."""
    runs = (list(run) for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]))
    return [(run[0][1], run[-1][1]) for run in runs]
