"""The batches of the library as a list for Qt, in sections."""

from collections.abc import Collection, Sequence, Set
from itertools import zip_longest
from typing import Any

from PySide6.QtCore import QAbstractListModel, QDate, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from ocrdesk.engine.document import Batch
from ocrdesk.engine.library import Library
from ocrdesk.engine.words import _, plural
from ocrdesk.runner import BatchRunner
from ocrdesk.ui.desk.batch_states import Section, arranged, headline_of, line_of, section_of, state_of
from ocrdesk.ui.kit.dates import until_midnight
from ocrdesk.ui.kit.plain import plainly

BATCH_ROLE = Qt.ItemDataRole.UserRole
"""The ``Batch`` of a row; None for the heading of a section."""

STATE_ROLE = Qt.ItemDataRole.UserRole + 1
"""Where the batch stands, in words."""

LINE_ROLE = Qt.ItemDataRole.UserRole + 2
"""What stands below its name."""

SECTION_ROLE = Qt.ItemDataRole.UserRole + 3
"""The ``Section`` it belongs to, even while its row must stay in another one."""

LOOK = 60_000
"""Milliseconds after which the day is looked at, because a timer does not count the time that a computer sleeps."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class BatchModel(QAbstractListModel):
    """A row a batch, and one for the heading of each section that has any.

    While rows are held, because the pointer is on one of them, none is moved: new batches come at the end.
    How fast pages are read is noted whenever they are counted, so that what is shown at one time fits together.

    Attributes:
        day_changed: What was read today was read yesterday from now on.
    """

    day_changed = Signal()

    def __init__(self, library: Library, runner: BatchRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._runner = runner
        self._batches = {batch.id: batch for batch in library.batches()}
        self._order: Sequence[int] = ()
        self._is_held = False
        self._rows = arranged(self._batches.values(), runner, ())
        self._rate = runner.pace.pages_per_minute
        self._midnight = QTimer(self, singleShot=True)
        self._midnight.timeout.connect(self._look_at_the_day)
        self._today = QDate()
        self._look_at_the_day()
        runner.state_changed.connect(self._on_state_changed)

    def follow(self, batch_id: int | None) -> None:
        """Reads one batch anew, or every batch; a new one appears, a removed one goes, or comes back."""
        if batch_id is None:
            known = {batch.id: batch for batch in self._library.batches()}
        else:
            batch = self._library.batch(batch_id)
            others = {other.id: other for other in self._batches.values() if other.id != batch_id}
            known = {**others, batch.id: batch} if batch is not None else others
        self._rate = self._runner.pace.pages_per_minute
        before = self._batches
        self._batches = before | known  # whose rows are being removed is asked for until they are gone
        self._arrange(gone=before.keys() - known)
        self._batches = known
        for row, key in enumerate(self._rows):
            if not isinstance(key, Section) and key in before and before[key] != known[key]:
                self.dataChanged.emit(self.index(row), self.index(row))

    def hold(self, is_held: bool) -> None:
        """Keeps every row where it is, or lets them go where they belong."""
        if is_held != self._is_held:
            self._is_held = is_held
            self._arrange()

    def batch(self, batch_id: int | None) -> Batch | None:
        """A batch as last read."""
        return self._batches.get(batch_id) if batch_id is not None else None

    def batches(self) -> list[Batch]:
        """All batches as last read, the newest first."""
        return sorted(self._batches.values(), key=lambda batch: batch.id, reverse=True)

    def row_of(self, batch_id: int) -> int | None:
        """The row of a batch."""
        return next((row for row, key in enumerate(self._rows) if key == batch_id), None)

    def state_of(self, batch: Batch) -> str:
        """Where a batch stands, in words."""
        return state_of(batch, self._runner)

    def headline_of(self, batch: Batch) -> list[str]:
        """The same in more words, fact by fact."""
        return headline_of(batch, self._runner, self._rate)

    def _on_state_changed(self) -> None:
        self._rate = self._runner.pace.pages_per_minute
        if self._rows:
            self._arrange()
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [STATE_ROLE, LINE_ROLE, SECTION_ROLE])

    def _look_at_the_day(self) -> None:
        """Tells when a day has begun, at midnight, or soon after the computer wakes or its clock is set."""
        today = QDate.currentDate()
        if self._today.isValid() and today != self._today:
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [LINE_ROLE])
            self.day_changed.emit()
        self._today = today
        self._midnight.start(min(until_midnight(), LOOK))

    # Where rows are

    def order_with(self, batch_ids: Collection[int], beside: int, *, below: bool) -> list[int]:
        """The order of all batches after some were put above or below another; empty if that is in another section."""
        section = {batch.id: section_of(batch, self._runner) for batch in self._batches.values()}
        if any(section.get(batch_id) is not section[beside] for batch_id in batch_ids):
            return []
        order = [key for key in self._rows if not isinstance(key, Section)]
        if beside in batch_ids:
            return order
        rest = [batch_id for batch_id in order if batch_id not in batch_ids]
        place = rest.index(beside) + below
        return rest[:place] + [batch_id for batch_id in order if batch_id in batch_ids] + rest[place:]

    def put_in_order(self, order: Sequence[int]) -> None:
        """Shows the batches of each section in this order; those that are queued are read in it."""
        self._order, self._is_held = tuple(order), False
        self._runner.put_in_order(order)
        self._arrange()

    def _arrange(self, gone: Set[int] = frozenset()) -> None:
        """Puts rows where they belong, each with one step that views can follow."""
        there = [batch for batch in self._batches.values() if batch.id not in gone]
        wanted = arranged(there, self._runner, self._order)
        if self._is_held and there:
            stay = _without_empty_sections([key for key in self._rows if key not in gone])
            wanted = stay + [key for key in wanted if not isinstance(key, Section) and key not in stay]
        for row in reversed(range(len(self._rows))):
            if self._rows[row] not in wanted:
                self.beginRemoveRows(_ROOT, row, row)
                del self._rows[row]
                self.endRemoveRows()
        for row, key in enumerate(wanted):
            if row < len(self._rows) and self._rows[row] == key:
                continue
            if key in self._rows:
                before = self._rows.index(key)
                self.beginMoveRows(_ROOT, before, before, _ROOT, row)
                self._rows.insert(row, self._rows.pop(before))
                self.endMoveRows()
            else:
                self.beginInsertRows(_ROOT, row, row)
                self._rows.insert(row, key)
                self.endInsertRows()

    # Qt's questions

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.isValid() and index.data(BATCH_ROLE) is None:
            return Qt.ItemFlag.ItemNeverHasChildren  # a heading cannot be chosen
        return super().flags(index) | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        key = self._rows[index.row()]
        if not isinstance(key, Section):
            return self._of_batch(self._batches[key], role)
        words = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return _(key.value) if role in words else None

    def _of_batch(self, batch: Batch, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return batch.name
            case Qt.ItemDataRole.ToolTipRole:
                number = batch.counts.failed
                problems = plural("{count} page failed", "{count:,} pages failed", number) if number else ""
                return plainly("\n".join(filter(None, (batch.name, problems, str(batch.origin)))))
            case Qt.ItemDataRole.AccessibleTextRole:
                counts = batch.counts
                failed = _(", {failed} failed").format(failed=counts.failed) if counts.failed else ""
                return _("{name}, {done} of {total} pages done{failed}, {state}").format(
                    name=batch.name, done=counts.done, total=counts.total, failed=failed, state=self.state_of(batch)
                )
            case _ if role == BATCH_ROLE:
                return batch
            case _ if role == STATE_ROLE:
                return self.state_of(batch)
            case _ if role == LINE_ROLE:
                return line_of(batch, self._runner, self._rate)
            case _ if role == SECTION_ROLE:
                return section_of(batch, self._runner)
        return None


def _without_empty_sections(rows: Sequence[Section | int]) -> list[Section | int]:
    """Rows without headings that no batch follows."""
    return [
        key
        for key, after in zip_longest(rows, rows[1:])
        if not (isinstance(key, Section) and (after is None or isinstance(after, Section)))
    ]
