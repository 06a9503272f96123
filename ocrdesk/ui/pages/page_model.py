"""The pages of one batch for grid and table: rows are read from the library when they are looked at."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from ocrdesk.engine.document import FolderOfPages, Page, PageStatus
from ocrdesk.engine.library import Library, PageFilter, PageOrder
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.badges import badge_of
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.selections import runs_of
from ocrdesk.ui.kit.tasks import Tasks
from ocrdesk.ui.pages.columns import COLUMNS, FILE
from ocrdesk.ui.pages.drags import MIME_TYPES, DraggedPages
from ocrdesk.ui.pages.page_search import PageSearch, Question
from ocrdesk.ui.pages.thumbnails import Thumbnails

PAGE_ROLE = Qt.ItemDataRole.UserRole
"""The ``Page`` of a row."""

CHUNK = 50
"""How many rows are read from the library at once."""

MOST_KEPT = 80 * CHUNK

FEW = 8
"""How many runs of rows come or go one by one; for more of them the list is made anew at once, which Qt does faster."""

MANY = 1000
"""From this many rows on, a list in another order is made anew as well."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_CELL = (
    Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)

_NO_CELL = Qt.ItemFlag.NoItemFlags


class PageModel(QAbstractTableModel):
    """Filtered and sorted by the library, so that tens of thousands of pages cost no more than those seen.

    The library is asked off the GUI thread (``PageSearch``), and the list stays as it is until it answers. A large list
    that changes much is reset; ``KeptPlace`` keeps what is chosen in it. The page that a person works on stays in the
    list, though what they do may be just what takes it out, until they turn to another one.

    Attributes:
        search: Asks the library.
        folders: The folders that the pages shown lie in, in their order; empty where they are sorted otherwise.
        folders_changed: They are others now, and the rows are there that belong to them.
    """

    folders_changed = Signal()

    def __init__(self, library: Library, thumbnails: Thumbnails, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._thumbnails = thumbnails
        self.search = PageSearch(library, tasks, self)
        self._batch_id: int | None = None
        self._show = PageFilter.ALL
        self._order = PageOrder.POSITION
        self._descending = False
        self._among: tuple[int, ...] | None = None
        self._is_other_batch = False
        self._worked_on: int | None = None
        self._is_as_asked = True
        self._may_stay_behind = False
        self.folders: list[FolderOfPages] = []
        self._ids: list[int] = []
        self._row_numbers: dict[int, int] | None = {}
        self._pages: dict[int, Page] = {}
        self._going: set[int] = set()
        thumbnails.ready.connect(self._on_thumbnail_ready)
        self.search.found.connect(self._on_found)

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
    def among(self) -> tuple[int, ...] | None:
        """The only pages that may be shown; None: any."""
        return self._among

    def set_batch(self, batch_id: int | None) -> None:
        """Shows all pages of another batch."""
        self._batch_id, self._show, self._among = batch_id, PageFilter.ALL, None
        self._pages.clear()
        self._is_other_batch = True
        self._is_as_asked = False
        self._ask()
        if self.search.is_asking:
            self._replace([])  # what was there is of another batch

    def set_filter(self, show: PageFilter, among: tuple[int, ...] | None = None) -> None:
        """Shows only some of the pages; ``among`` are the only ones that may be shown, if it is given."""
        if (show, among) != (self._show, self._among):
            self._show, self._among = show, among
            self._is_as_asked = False
            self._ask()

    def work_on(self, page_id: int | None) -> None:
        """Takes the page that a person works on; the one before goes if it does not belong in the list any more."""
        if page_id != self._worked_on:
            self._worked_on = page_id
            if self._may_stay_behind:
                self._may_stay_behind = False
                QTimer.singleShot(0, self, self.reload)  # not while the views are choosing

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order, self._descending = COLUMNS[max(column, 0)].order, order == Qt.SortOrder.DescendingOrder
        self._ask()

    def show_going(self, page_ids: set[int]) -> None:
        """Shows which pages are being removed: they can no longer be chosen."""
        self._going = set(page_ids)
        self._tell_all_changed()

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
        if self._row_numbers is None:
            self._row_numbers = _row_numbers(self._ids)
        return self._row_numbers.get(page_id)

    def rows_of(self, page_ids: Iterable[int]) -> list[int]:
        """The rows of those pages that are shown, from the top."""
        if self._row_numbers is None:
            self._row_numbers = _row_numbers(self._ids)
        return sorted([row for row in map(self._row_numbers.get, page_ids) if row is not None])

    def ids_at(self, rows: Iterable[int]) -> list[int]:
        """The pages of rows."""
        return [self._ids[row] for row in rows]

    # What changed

    def pages_changed(self, page_ids: Iterable[int]) -> None:
        """Reads pages anew that were claimed, finished or changed otherwise."""
        page_ids = list(page_ids)
        self._thumbnails.forget_missing(page_ids)
        read_anew = []
        for page_id in self._pages.keys() & page_ids:
            before = self._pages.pop(page_id)
            if before.status is not PageStatus.DONE and before.content is not None:
                read_anew.append(page_id)  # its file is another than the one that the thumbnail shows
        self._thumbnails.forget(read_anew)
        changed = runs_of(self.rows_of(page_ids))
        if len(changed) > FEW:
            changed = [(changed[0][0], changed[-1][1])]
        for first, last in changed:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))
        if self._show is not PageFilter.ALL or self._order is not PageOrder.POSITION:
            self.reload()

    def refresh(self) -> None:
        """Reads every page anew, and tries again what could not be shown."""
        self._pages.clear()
        self._thumbnails.forget_missing(self._ids)
        self._ask()
        self._tell_all_changed()

    def reload(self) -> None:
        """Asks the library again which pages to show."""
        self.search.ask_again(self._question())

    def _tell_all_changed(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1))

    # What the library answers

    def _ask(self) -> None:
        self.search.ask(self._question())

    def _question(self) -> Question | None:
        if self._batch_id is None:
            return None
        is_some = self._show is not PageFilter.ALL or self._among is not None
        is_shown = self._worked_on is not None and self.row_of(self._worked_on) is not None
        stays = self._worked_on if is_some and is_shown and self._is_as_asked else None
        self._may_stay_behind = stays is not None
        return Question(self._batch_id, self._show, self._order, self._descending, self._among, stays)

    def _on_found(self, page_ids: list[int], folders: list[FolderOfPages]) -> None:
        self._is_as_asked = True
        are_others, self.folders = folders != self.folders, folders
        if self._is_other_batch:
            self._is_other_batch = False
            self._replace(page_ids)
        else:
            self._follow(page_ids)
        if are_others:
            self.folders_changed.emit()

    def _follow(self, new: list[int]) -> None:
        """Shows other pages: little that changes row by row, much at once."""
        old = self._ids
        if new == old:
            return
        if new[: len(old)] == old:  # as pages are being added; tens of thousands of them
            self._insert(new, len(old), len(new) - 1)
            return
        before, after = set(old), set(new)
        if before == after and len(new) > MANY:  # sorted otherwise
            self._replace(new)
            return
        gone = _first_runs(row for row, page_id in enumerate(old) if page_id not in after)
        come = _first_runs(row for row, page_id in enumerate(new) if page_id not in before)
        if len(gone) + len(come) > FEW:
            self._replace(new)
            return
        stay = [page_id for page_id in new if page_id in before]
        is_reordered = stay != [page_id for page_id in old if page_id in after]
        if is_reordered and len(new) > MANY:
            self._replace(new)
            return
        for first, last in reversed(gone):
            self._remove(first, last)
        if is_reordered:
            self._reorder(stay)
        for first, last in come:
            self._insert(new, first, last)

    def _take(self, page_ids: list[int]) -> None:
        self._ids, self._row_numbers = page_ids, None

    def _replace(self, new: list[int]) -> None:
        self.beginResetModel()
        self._take(new)
        self.endResetModel()

    def _remove(self, first: int, last: int) -> None:
        self.beginRemoveRows(_ROOT, first, last)
        self._take(self._ids[:first] + self._ids[last + 1 :])
        self.endRemoveRows()

    def _insert(self, new: list[int], first: int, last: int) -> None:
        self.beginInsertRows(_ROOT, first, last)
        self._take(self._ids[:first] + new[first : last + 1] + self._ids[first:])
        self.endInsertRows()

    def _reorder(self, page_ids: list[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        kept = [(self._ids[index.row()], index.column()) for index in old]
        self._take(page_ids)
        rows = _row_numbers(page_ids)
        self.changePersistentIndexList(old, [self.index(rows[page_id], column) for page_id, column in kept])
        self.layoutChanged.emit()

    def _on_thumbnail_ready(self, page_id: int) -> None:
        if (row := self.row_of(page_id)) is not None:
            index = self.index(row, FILE)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])

    # Qt's questions

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(COLUMNS[section].heading)
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
                return COLUMNS[index.column()].words(page)
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
        if not index.isValid() or (self._going and self._is_going(index.row())):
            return _NO_CELL
        return _CELL

    def _is_going(self, row: int) -> bool:
        return row < len(self._ids) and self._ids[row] in self._going

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction  # the files are a person's originals: no program may move them away

    def mimeTypes(self) -> list[str]:
        return list(MIME_TYPES)

    def mimeData(self, indexes: Sequence[QModelIndex]) -> DraggedPages:
        return DraggedPages(self._library, self.ids_at(sorted({index.row() for index in indexes})))

    def _tooltip(self, page: Page) -> str:
        words = [page.name, badge_of(page).words]
        words += [note for note in (page.message, page.remark) if note]
        return plainly("\n".join(words))

    def _spoken(self, page: Page) -> str:
        words = f"{page.name}, {badge_of(page).words}"
        return f"{words}: {page.message}" if page.status is PageStatus.FAILED else words


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if COLUMNS[column].is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _first_runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of rows that follow each other, as first and last; at most one more than few are looked for."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        elif len(runs) > FEW:
            break
        else:
            runs.append((row, row))
    return runs


def _row_numbers(page_ids: list[int]) -> dict[int, int]:
    return dict(zip(page_ids, range(len(page_ids)), strict=True))
