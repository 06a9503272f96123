"""The batches of the library, the newest first."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ocrdesk.engine.document import Batch
from ocrdesk.engine.library import Library
from ocrdesk.engine.words import _, plural
from ocrdesk.runner import BatchRunner, RunState
from ocrdesk.ui.kit.plain import plainly

BATCH_ROLE = Qt.ItemDataRole.UserRole
STATE_ROLE = Qt.ItemDataRole.UserRole + 1
"""Where the batch stands, in words."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class BatchModel(QAbstractListModel):
    """A row a batch."""

    def __init__(self, library: Library, runner: BatchRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._runner = runner
        self._batches = library.batches()
        runner.state_changed.connect(self._on_state_changed)

    def follow(self, batch_id: int | None) -> None:
        """Reads one batch anew, or every batch; a new one appears at the top, a removed one goes, or comes back."""
        if batch_id is not None:
            self._show(batch_id, self._library.batch(batch_id))
        else:
            for batch in self._library.batches():
                self._show(batch.id, batch)

    def _show(self, batch_id: int, batch: Batch | None) -> None:
        row = self.row_of(batch_id)
        if batch is None:
            if row is not None:
                self.beginRemoveRows(_ROOT, row, row)
                del self._batches[row]
                self.endRemoveRows()
        elif row is None:
            row = sum(other.id > batch_id for other in self._batches)
            self.beginInsertRows(_ROOT, row, row)
            self._batches.insert(row, batch)
            self.endInsertRows()
        elif batch != self._batches[row]:
            self._batches[row] = batch
            self.dataChanged.emit(self.index(row), self.index(row))

    def batch(self, batch_id: int | None) -> Batch | None:
        """A batch as last read."""
        return next((batch for batch in self._batches if batch.id == batch_id), None)

    def batches(self) -> list[Batch]:
        """All batches as last read."""
        return list(self._batches)

    def row_of(self, batch_id: int) -> int | None:
        """The row of a batch."""
        return next((row for row, batch in enumerate(self._batches) if batch.id == batch_id), None)

    def state_of(self, batch: Batch) -> str:
        """Where a batch stands, in words."""
        counts, runner = batch.counts, self._runner
        if batch.id == runner.batch_id:
            match runner.state:
                case RunState.PAUSING | RunState.CANCELLING:
                    return plural("Finishing {count} page…", "Finishing {count} pages…", runner.pages_in_flight)
                case RunState.PAUSED:
                    return _("Paused")
            return _("Reading…")
        if batch.id in runner.waiting:
            return _("Queued")
        if counts.done + counts.failed < counts.total:
            return _("Stopped")
        if not counts.total:
            return _("Empty")
        if batch.is_watched:
            return _("Watching")
        return _("Done with problems") if counts.failed else _("Done")

    def _on_state_changed(self) -> None:
        if self._batches:
            self.dataChanged.emit(self.index(0), self.index(len(self._batches) - 1), [STATE_ROLE])

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._batches)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._batches):
            return None
        batch = self._batches[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return batch.name
            case Qt.ItemDataRole.ToolTipRole:
                return plainly(str(batch.origin))
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
        return None
