"""What is chosen in the window, and the one word on what has changed."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import NamedTuple, Protocol

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QTimer,
    Signal,
    SignalInstance,
)

from ocrdesk.engine.document import Batch, Page
from ocrdesk.engine.library import PageFilter
from ocrdesk.runner import BatchRunner
from ocrdesk.ui.desk.batch_model import BatchModel
from ocrdesk.ui.kit.selections import RowSelection

REFRESH = 80
"""Least milliseconds in which changes are gathered before the screen follows them."""

RESTS = 10
"""The screen rests at least this many times as long as following took: a huge batch must not hold the window."""

FRAME = 15
"""Milliseconds until a long list is painted: what would hold the window together with that follows then."""

_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """What is other now than it was.

    Attributes:
        batch_id: The batch; None: any batch may be other.
        page_ids: Those of its pages that are other; None: any of them may be, or be gone.
        has_more: Whether the batch has pages that it had not before.
        has_other_texts: Whether its texts are put together otherwise, so that what lists show of them must be renewed.
        files_of: Pages whose files may have changed.
    """

    batch_id: int | None
    page_ids: frozenset[int] | None = None
    has_more: bool = False
    has_other_texts: bool = False
    files_of: frozenset[int] = _NONE

    def concerns(self, batch_id: int | None) -> bool:
        """Whether it is a change of a batch."""
        return batch_id is not None and self.batch_id in (None, batch_id)


class WayBack(NamedTuple):
    """Where a person comes from who is shown some pages.

    Attributes:
        words: What the link says that leads back there.
        command: The name of the command that does.
    """

    words: str
    command: str


class PageList(Protocol):
    """The pages that are shown, a row each."""

    def rowCount(self) -> int:
        """How many are shown."""
        ...

    def index(self, row: int, column: int) -> QModelIndex:
        """Qt's word for a row."""
        ...

    @property
    def rowsInserted(self) -> SignalInstance:
        """Qt's word that more of them are shown."""
        ...

    @property
    def rowsRemoved(self) -> SignalInstance:
        """Qt's word that fewer of them are shown."""
        ...

    @property
    def modelReset(self) -> SignalInstance:
        """Qt's word that others are shown."""
        ...

    def ids_at(self, rows: Iterable[int]) -> list[int]:
        """The pages of rows."""
        ...

    def page_at(self, row: int) -> Page | None:
        """The page of a row, or None if it was removed meanwhile."""
        ...

    def rows_of(self, page_ids: Iterable[int]) -> list[int]:
        """The rows of those pages that are shown, from the top."""
        ...


class Chosen(QObject):
    """What is chosen. Whoever changes the library says so here once, and everything on the screen follows.

    Attributes:
        batch_moved: Another batch is chosen.
        batches_moved: Others are chosen in the list, be it beside the one that is shown.
        pages_moved: Other pages of it are chosen.
        all_pages_wanted: All pages of the batch are to be shown, and not only those that a filter lets through.
        some_pages_wanted: Only some pages of the batch are to be shown; carries their numbers, what they are, and the
            ``WayBack``, if there is one.
        changed: Something is other now; carries a ``Change``.
        batch_ids: All batches that are chosen in the list, from the top; the pages of one of them are shown.
        show: Which pages of the batch are to be shown when it was chosen.
    """

    batch_moved = Signal()
    batches_moved = Signal()
    pages_moved = Signal()
    all_pages_wanted = Signal()
    some_pages_wanted = Signal(object, str, object)
    changed = Signal(object)

    def __init__(self, batches: BatchModel, runner: BatchRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batches = batches
        self._runner = runner
        self._batch_id: int | None = None
        self.batch_ids: list[int] = []
        self.show = PageFilter.ALL
        self._pages: PageList | None = None
        self._selection: RowSelection | None = None
        self._awaited: list[int] = []
        self._tells_moves = True
        self._moved = QTimer(self, singleShot=True, interval=FRAME)
        self._moved.timeout.connect(self.pages_moved)
        self._read: dict[int, set[int]] = {}
        self._grown: set[int] = set()
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._tell_gathered)
        self._rest = REFRESH
        runner.page_started.connect(self._on_page_read)
        runner.page_finished.connect(self._on_page_read)

    # The batch

    @property
    def batch_id(self) -> int | None:
        """The batch whose pages are shown."""
        return self._batch_id

    @property
    def batch(self) -> Batch | None:
        """That batch as it was read last."""
        return self._batches.batch(self._batch_id)

    def choose_batch(self, batch_id: int | None, show: PageFilter = PageFilter.ALL) -> None:
        """Chooses a batch, and shows all or some of its pages."""
        if batch_id is not None and self._batches.row_of(batch_id) is None:
            return
        is_other = batch_id != self._batch_id
        if is_other or show is not PageFilter.ALL:
            self._batch_id, self.show, self._awaited = batch_id, show, []
            self.batch_moved.emit()

    @property
    def batches(self) -> list[Batch]:
        """All batches that are chosen, as they were read last."""
        found = map(self._batches.batch, self.batch_ids) if self.batch_ids else [self.batch]
        return [batch for batch in found if batch is not None]

    def choose_batches(self, batch_ids: list[int]) -> None:
        """Takes which batches are chosen from a list of them."""
        if batch_ids != self.batch_ids:
            self.batch_ids = batch_ids
            self.batches_moved.emit()

    # Its pages

    def follow_pages(self, pages: PageList, selection: RowSelection) -> None:
        """Takes the pages that are shown, and which of them are chosen, from a list of them."""
        self._pages, self._selection = pages, selection
        selection.rows_changed.connect(self._on_pages_moved)
        selection.currentChanged.connect(self._on_pages_moved)
        for signal in (pages.rowsInserted, pages.modelReset):
            signal.connect(self._choose_awaited)
        for signal in (pages.rowsInserted, pages.rowsRemoved, pages.modelReset):
            signal.connect(self._look_again)

    @contextmanager
    def moving_once(self) -> Iterator[None]:
        """Tells once that other pages are chosen, however often Qt says so meanwhile of a part of them.

        It is told a moment later: what made this of a large list took long, and so does showing a page.
        """
        self._tells_moves = False
        try:
            yield
        finally:
            self._tells_moves = True

    def _on_pages_moved(self) -> None:
        if self._tells_moves:
            self._moved.stop()
            self.pages_moved.emit()
        else:
            self._moved.start()

    def _look_again(self) -> None:
        """Tells that another page may be looked at: where none is chosen, that is the first one."""
        if not self.has_pages:
            self._moved.start()

    @property
    def has_pages(self) -> bool:
        """Whether any page is chosen."""
        return self._selection is not None and self._selection.hasSelection()

    def page_ids(self) -> list[int]:
        """The chosen pages in the order shown."""
        return self._ids_at(self._selection.rows()) if self._selection is not None else []

    def some_page_ids(self, most: int) -> list[int]:
        """The first of the chosen pages: to tell what they are, thousands need not be looked at."""
        return self._ids_at(self._selection.rows()[:most]) if self._selection is not None else []

    def shown_page_ids(self) -> list[int]:
        """The pages that are shown."""
        return self._ids_at(range(self._pages.rowCount())) if self._pages is not None else []

    def page(self) -> Page | None:
        """The page that has the focus, if it is among the chosen ones; else the first of these."""
        return self.page_to_look_at() if self.has_pages else None

    def page_to_look_at(self) -> Page | None:
        """The page that is chosen, or where none is, the first that is shown: commands leave that one alone."""
        row = self._row_to_look_at()
        return self._pages.page_at(row) if self._pages is not None and row is not None else None

    def place_of_page(self) -> tuple[int, int]:
        """Where that page stands among those shown, from 1 on, and how many these are; 0 and 0: there is none."""
        row = self._row_to_look_at()
        return (row + 1, self._pages.rowCount()) if self._pages is not None and row is not None else (0, 0)

    def neighbours(self) -> list[Page]:
        """The page after that one, and the page before it."""
        row, count = self.place_of_page()
        if self._pages is None:
            return []
        beside = (self._pages.page_at(other - 1) for other in (row + 1, row - 1) if 1 <= other <= count)
        return [page for page in beside if page is not None]

    def choose_neighbour(self, step: int) -> None:
        """Chooses the page so many rows further on, at most the last one or the first."""
        row, count = self.place_of_page()
        place = max(1, min(row + step, count))
        if row and place != row:
            self._choose_row(place - 1)

    def single_out(self) -> QItemSelection | None:
        """Chooses the page that is looked at and no other; gives what was chosen if that was more."""
        row = self._row_to_look_at()
        if row is None or self._selection is None:
            return None
        before = QItemSelection(self._selection.selection())
        self._choose_row(row)
        return before if sum(part.height() for part in before.toList()) > 1 else None

    def choose_again(self, before: QItemSelection) -> None:
        """Chooses what was chosen before a page was singled out, if that page is still looked at."""
        if self._selection is not None and before.contains(self._selection.currentIndex()):
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self._selection.select(before, flags)

    def _row_to_look_at(self) -> int | None:
        """The row of the page with the focus if it is chosen, else the first chosen one, else the first."""
        if self._selection is None or self._pages is None:
            return None
        index = self._selection.currentIndex()
        if index.isValid() and self._selection.has_row(index.row()):
            return int(index.row())
        first = next(iter(self._selection.rows()), 0)
        return first if self._pages.rowCount() else None

    def choose_first_page(self) -> None:
        """Chooses the first page where none is chosen."""
        if not self.has_pages and self._pages is not None and self._pages.rowCount():
            self._choose_row(0)

    def choose_next_page(self, page_ids: Iterable[int]) -> bool:
        """Chooses the next of some pages, from the top again after the last; tells whether any of them is shown."""
        wanted = set(page_ids)
        rows = [row for row, page_id in enumerate(self.shown_page_ids()) if page_id in wanted]
        if not rows or self._selection is None:
            return False
        here = self._selection.currentIndex().row() if self.has_pages else -1
        self._choose_row(next((row for row in rows if row > here), rows[0]))
        return True

    def choose_beside(self, page_ids: Iterable[int]) -> None:
        """Chooses the page after some that are about to go, or the one before them where none follows."""
        going = set(page_ids)
        shown = self.shown_page_ids()
        if going.issuperset(shown):
            self.choose_no_page()
            return
        first = next((row for row, page_id in enumerate(shown) if page_id in going), 0)
        rows = chain(range(first, len(shown)), reversed(range(first)))
        self._choose_row(next(row for row in rows if shown[row] not in going))

    def choose_no_page(self) -> None:
        """Leaves no page chosen."""
        if self._selection is not None:
            with self.moving_once():
                self._selection.clear()

    def choose_pages(self, page_ids: Iterable[int]) -> None:
        """Chooses those of some pages that are shown; where none is yet, as soon as one is."""
        self._awaited = list(page_ids)
        self._choose_awaited()

    def show_pages(self, batch_id: int, page_ids: Iterable[int]) -> None:
        """Chooses pages of a batch, and shows them whatever was filtered."""
        self.choose_batch(batch_id)
        self.all_pages_wanted.emit()
        self.choose_pages(page_ids)

    def show_only(self, batch_id: int, page_ids: Iterable[int], what: str, way_back: WayBack | None = None) -> None:
        """Shows some pages of a batch and no others, until a person asks for all of them.

        Args:
            batch_id: The batch.
            page_ids: The pages.
            what: What they are, for a person.
            way_back: What leads back to where they were asked for, if anything does.
        """
        self.choose_batch(batch_id)
        self.some_pages_wanted.emit(tuple(page_ids), what, way_back)

    def _choose_awaited(self) -> None:
        if self._pages is None or self._selection is None or not self._awaited:
            return
        rows = self._pages.rows_of(self._awaited)
        if rows:
            with self.moving_once():
                self._choose_row(rows[0])
                self._selection.choose_rows(rows, rows[0])

    def _choose_row(self, row: int) -> None:
        assert self._pages is not None
        assert self._selection is not None
        self._awaited = []
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self._selection.setCurrentIndex(self._pages.index(row, 0), flags)

    def _ids_at(self, rows: Iterable[int]) -> list[int]:
        return self._pages.ids_at(rows) if self._pages is not None else []

    # What changed

    def tell(self, change: Change) -> None:
        """Lets everything follow a change, at once."""
        self._batches.follow(change.batch_id)
        self.changed.emit(change)

    def tell_soon(self, change: Change) -> None:
        """Lets everything follow a change a moment later, after what takes long by itself."""
        QTimer.singleShot(FRAME, self, partial(self.tell, change))

    def tell_grown(self, batch_id: int) -> None:
        """Lets everything follow soon that a batch has more pages."""
        self._grown.add(batch_id)
        self._tell_soon()

    def _on_page_read(self, page_id: int) -> None:
        if (batch_id := self._runner.batch_id) is not None:
            self._read.setdefault(batch_id, set()).add(page_id)
            self._tell_soon()

    def _tell_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start(self._rest)

    def _tell_gathered(self) -> None:
        begun = time.perf_counter()
        read, self._read = self._read, {}
        grown, self._grown = self._grown, set()
        for batch_id in read.keys() | grown:
            page_ids = frozenset(read.get(batch_id, ()))
            self.tell(Change(batch_id, page_ids, has_more=batch_id in grown))
        self._rest = max(REFRESH, int(1000 * (time.perf_counter() - begun)) * RESTS)
