"""What was found as a list for Qt: batches, the places in each, and a row for those that are not shown yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ocrdesk.engine.document import Page
from ocrdesk.engine.search.found import Hit
from ocrdesk.engine.words import _, plural

ROW_ROLE = Qt.ItemDataRole.UserRole
"""What a row is: a ``Place``, ``FoundBatch`` for a heading, or ``More``."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: a line of a page, or a page by its name alone.

    Attributes:
        page: The page.
        hit: The line; None: only the name of the page has what is looked for.
    """

    page: Page
    hit: Hit | None


@dataclass(slots=True, eq=False)
class FoundBatch:
    """What was found in a batch.

    Attributes:
        batch_id: The batch.
        name: Its name.
        page_ids: All its pages that were found.
        looked_at: How many of them were looked at for places.
        places: Those that are known.
        shown: How many of them are shown.
        has_more: Whether more pages may be found than are known by now.
    """

    batch_id: int
    name: str
    page_ids: Sequence[int]
    looked_at: int = 0
    places: list[Place] = field(default_factory=list)
    shown: int = 0
    has_more: bool = False

    @property
    def is_known(self) -> bool:
        """Whether all its pages were looked at."""
        return not self.has_more and self.looked_at >= len(self.page_ids)

    @property
    def words(self) -> str:
        """How much was found; nothing until that is known."""
        if self.has_more:
            return ""
        pages = plural("{count} page", "{count:,} pages", len(self.page_ids))
        if not self.is_known:
            return pages
        places = plural("{count} place", "{count:,} places", len(self.places))
        return _("{places} on {pages}").format(places=places, pages=pages)


@dataclass(frozen=True, slots=True)
class More:
    """A row by which more places of a batch are shown."""

    batch: FoundBatch

    @property
    def words(self) -> str:
        """What the row says."""
        if self.batch.is_known:
            count = len(self.batch.places) - self.batch.shown
            return plural("Show {count} more place", "Show {count:,} more places", count)
        return _("Show more places")


Row = FoundBatch | Place | More


class FoundModel(QAbstractListModel):
    """A row for each batch, for each of its places that are shown, and for more of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self.batches: Sequence[FoundBatch] = ()

    def show(self, batches: Sequence[FoundBatch]) -> None:
        """Shows other batches."""
        self.beginResetModel()
        self.batches = batches
        self._rows = [row for batch in batches for row in _rows_of(batch)]
        self.endResetModel()

    def grow(self, batches: Sequence[FoundBatch]) -> bool:
        """Shows all batches below those that are shown, if these are the first of them.

        Returns:
            Whether they are; if not, nothing is changed.
        """
        shown = self.batches
        if len(batches) < len(shown) or not all(map(_begins_as, batches, shown)):
            return False
        for old, new in zip(shown, batches, strict=False):
            old.page_ids, old.has_more = new.page_ids, False
        rest = batches[len(shown) :]
        self.batches = [*shown, *rest]
        if rest:
            self.beginInsertRows(_ROOT, len(self._rows), len(self._rows) + len(rest) - 1)
            self._rows += rest
            self.endInsertRows()
        self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        return True

    def show_places(self, batch: FoundBatch, places: Sequence[Place], looked_at: int, at_most: int) -> None:
        """Shows more places of a batch.

        Args:
            batch: The batch.
            places: Those that were found now.
            looked_at: How many of its pages were looked at by now.
            at_most: How many more are shown; the others wait behind a row.
        """
        if batch not in self._rows:
            return
        batch.places += places
        batch.looked_at = looked_at
        first = self._rows.index(batch)
        last = first + batch.shown
        if last + 1 < len(self._rows) and isinstance(self._rows[last + 1], More):
            self.beginRemoveRows(_ROOT, last + 1, last + 1)
            del self._rows[last + 1]
            self.endRemoveRows()
        new: list[Row] = [*batch.places[batch.shown : batch.shown + at_most]]
        batch.shown += len(new)
        if batch.shown < len(batch.places) or not batch.is_known:
            new.append(More(batch))
        if new:
            self.beginInsertRows(_ROOT, last + 1, last + len(new))
            self._rows[last + 1 : last + 1] = new
            self.endInsertRows()
        self.dataChanged.emit(self.index(first), self.index(first))

    def row_at(self, row: int) -> Row | None:
        """What a row is; None: there is no such row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def next_place(self, row: int, step: int = 1) -> int | None:
        """The next row below one, or above it, that can be gone to: a place, or one for more; None: there is none."""
        row += step
        while 0 <= row < len(self._rows):
            if not isinstance(self._rows[row], FoundBatch):
                return row
            row += step
        return None

    def number_of(self, row: int) -> int:
        """Which of the places that are shown stands in a row, from 1 on."""
        return sum(isinstance(other, Place) for other in self._rows[: row + 1])

    @property
    def places(self) -> list[Place]:
        """All places that are known, in their order."""
        return [place for batch in self.batches for place in batch.places]

    @property
    def is_known(self) -> bool:
        """Whether all pages were looked at."""
        return all(batch.is_known for batch in self.batches)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self.row_at(index.row()), FoundBatch):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _words_of(row)
        return None


def _rows_of(batch: FoundBatch) -> list[Row]:
    """What is shown of a batch. Its first places are on their way by themselves, and need no row for that."""
    rows: list[Row] = [batch, *batch.places[: batch.shown]]
    has_more = batch.looked_at and (batch.shown < len(batch.places) or not batch.is_known)
    return [*rows, More(batch)] if has_more else rows


def _begins_as(whole: FoundBatch, part: FoundBatch) -> bool:
    return whole.batch_id == part.batch_id and whole.page_ids[: len(part.page_ids)] == part.page_ids


def _words_of(row: Row) -> str:
    match row:
        case FoundBatch():
            return f"{row.name}, {row.words}" if row.words else row.name
        case More():
            return row.words
    return row.hit.text if row.hit is not None else row.page.name
