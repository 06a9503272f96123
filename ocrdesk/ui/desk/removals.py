"""Removes pages and batches, in a way that can be undone."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ocrdesk.engine.document import Batch
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.engine.words import plural
from ocrdesk.runner import BatchRunner, RunState
from ocrdesk.ui.desk.chosen import Change, Chosen
from ocrdesk.ui.desk.history import Act, History


class Removals(QObject):
    """Removes pages and batches at once. They are kept in the library, hidden, until they are removed for good.

    Attributes:
        going_changed: Other pages are being removed now.
        going: Pages that are being removed. Until they are gone they are shown, but cannot be chosen.
        kept: The hidden batches that hold what was removed, and the batch that each belongs to.
        completed: Something was removed for good, and its room in the library’s file can be given back.
    """

    going_changed = Signal()
    completed = Signal()

    def __init__(self, library: Library, runner: BatchRunner, chosen: Chosen, history: History) -> None:
        super().__init__()
        self._removing = library.removing
        self._library = library
        self._runner = runner
        self._chosen = chosen
        self._history = history
        self.going: set[int] = set()
        self.kept: dict[int, int] = {}

    # Pages

    def remove_pages(self, batch_id: int, page_ids: list[int]) -> None:
        """Takes pages out of their batch."""
        some, count, is_over = frozenset(page_ids), len(page_ids), self._history.lane.stop.is_set
        was_read = self._is_read(batch_id)
        holders: list[int] = []

        def take_out() -> None:
            holders.append(self._removing.take_out(batch_id, page_ids, is_over))
            self.kept[holders[-1]] = batch_id

        def put_back() -> None:
            self._removing.put_back(holders[-1], batch_id, is_over)
            self.kept.pop(holders[-1], None)

        def begin(is_undo: bool) -> None:
            if not is_undo:
                self.going |= some
                self.going_changed.emit()

        def end(is_undo: bool) -> None:
            if not is_undo:
                self.going -= some
                self.going_changed.emit()
            self._chosen.tell(Change(batch_id))
            if is_undo:
                self._chosen.choose_batch(batch_id)
                self._chosen.choose_pages(page_ids)
                self._go_on(batch_id, was_read)

        self._history.do(
            Act(
                plural("remove {count} page", "remove {count:,} pages", count),
                take_out,
                put_back,
                end,
                begin,
                said=plural("Removed {count} page.", "Removed {count:,} pages.", count),
                doing=plural("Removing {count} page…", "Removing {count:,} pages…", count),
                undoing=plural("Putting back {count} page…", "Putting back {count:,} pages…", count),
            )
        )

    def put_back_files(
        self,
        batch_id: int,
        files: Sequence[Path],
        add: Callable[[list[Path]], object],
        failed: Callable[[OcrdeskError], object],
    ) -> None:
        """Puts the pages of skipped files back where they are still kept.

        Args:
            batch_id: Their batch.
            files: The files.
            add: Called with those of which no page is kept.
            failed: Called where it cannot be done.
        """
        is_over = self._history.lane.stop.is_set

        def put_back() -> dict[int, Path]:
            found: dict[int, Path] = {}
            for holder, belongs_to in list(self.kept.items()):
                if belongs_to == batch_id != holder:
                    found |= self._removing.put_back_files(holder, batch_id, files, is_over)
            self._library.files.forget_left_out(batch_id, files)
            return found

        def done(found: dict[int, Path]) -> None:
            self._chosen.tell(Change(batch_id))
            self._chosen.choose_pages(found)
            self._go_on(batch_id, was_read=True)
            back = set(found.values())
            if rest := [file for file in files if file not in back]:
                add(rest)

        self._history.lane.run(put_back, done, failed, at_once=True)

    # Batches

    def remove_batches(self, batches: Sequence[Batch]) -> None:
        """Removes batches, and ends their runs."""
        were_read = {batch.id for batch in batches if self._is_read(batch.id)}

        def stop(is_undo: bool) -> None:
            for batch in batches:
                if not is_undo and self._runner.is_busy_with(batch.id):
                    self._runner.end(batch.id)

        def end(is_undo: bool) -> None:
            stop(is_undo)  # their pages may have been queued meanwhile
            for batch in batches:
                self._chosen.tell(Change(batch.id))
            if is_undo:
                self._chosen.choose_batch(batches[0].id)
                for batch in batches:
                    self._go_on(batch.id, batch.id in were_read)

        def hide() -> None:
            for batch in batches:
                self._removing.hide(batch.id)
                self.kept[batch.id] = batch.id

        def show() -> None:
            for batch in batches:
                self._removing.show(batch.id)
                self.kept.pop(batch.id, None)

        one = batches[0].name
        said = plural(
            "Removed “{name}”. The files stay where they are.",
            "Removed {count:,} batches. The files stay where they are.",
            len(batches),
            name=one,
        )
        words = plural("remove “{name}”", "remove {count:,} batches", len(batches), name=one)
        self._history.do(Act(words, hide, show, end, stop, said=said))

    # Reading

    def _is_read(self, batch_id: int) -> bool:
        """Whether a batch is being read or waits for its turn, and is not paused."""
        is_held = self._runner.state in (RunState.PAUSING, RunState.PAUSED) and batch_id == self._runner.batch_id
        return self._runner.is_busy_with(batch_id) and not is_held

    def _go_on(self, batch_id: int, was_read: bool) -> None:
        """Goes on reading what was being read when it was removed, unless the batch is paused by now."""
        batch = self._library.batch(batch_id)
        is_held = self._runner.is_busy_with(batch_id) and not self._is_read(batch_id)
        if was_read and not is_held and batch is not None and batch.counts.queued:
            self._runner.start_queued(batch_id)
