"""Removes pages and batches, in a way that can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ocrdesk.engine.document import Batch
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.removing import Removed
from ocrdesk.engine.words import _, plural
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
        said = plural("Removed {count} page.", "Removed {count:,} pages.", len(page_ids))
        self._history.do(replace(self._removal_of_pages(batch_id, page_ids), said=said))

    def _removal_of_pages(self, batch_id: int, page_ids: Sequence[int], holder: int | None = None) -> Act:
        """How pages are taken out of their batch; ``holder`` is the hidden batch that holds them already, if any."""
        some, count, is_over = frozenset(page_ids), len(page_ids), self._history.lane.stop.is_set
        holders = [] if holder is None else [holder]
        was_read: list[bool] = []

        def take_out() -> None:
            holders.append(self._removing.take_out(batch_id, page_ids, is_over))
            self.kept[holders[-1]] = batch_id

        def put_back() -> None:
            self._removing.put_back(holders[-1], batch_id, is_over)
            self.kept.pop(holders[-1], None)

        def begin(is_undo: bool) -> None:
            if not is_undo:
                was_read.append(self._is_read(batch_id))
                if self._chosen.batch_id == batch_id:
                    self._chosen.choose_beside(page_ids)  # what is looked at next
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
                self._go_on(batch_id, bool(was_read and was_read[-1]))

        return Act(
            plural("remove {count} page", "remove {count:,} pages", count),
            take_out,
            put_back,
            end,
            begin,
            doing=plural("Removing {count} page…", "Removing {count:,} pages…", count),
            undoing=plural("Putting back {count} page…", "Putting back {count:,} pages…", count),
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
        said = plural(
            "Removed “{name}”. The files stay where they are.",
            "Removed {count:,} batches. The files stay where they are.",
            len(batches),
            name=batches[0].name,
        )
        self._history.do(replace(self._removal_of_batches({batch.id: batch.name for batch in batches}), said=said))

    def _removal_of_batches(self, names: dict[int, str]) -> Act:
        """How batches, given with their names, are hidden."""
        were_read: set[int] = set()
        queue: list[int] = []

        def stop(is_undo: bool) -> None:
            if not is_undo:
                queue.extend(batch_id for batch_id in self._queue() if batch_id not in queue)
                were_read.update(filter(self._is_read, names))
                for batch_id in filter(self._runner.is_busy_with, names):
                    self._runner.end(batch_id)

        def end(is_undo: bool) -> None:
            stop(is_undo)  # their pages may have been queued meanwhile
            for batch_id in names:
                self._chosen.tell(Change(batch_id))
            if is_undo:
                self._chosen.choose_batch(next(iter(names)))
                for batch_id in names:
                    followed_by = queue[queue.index(batch_id) + 1 :] if batch_id in queue else []
                    self._go_on(batch_id, batch_id in were_read, followed_by)
                were_read.clear()
                queue.clear()

        def hide() -> None:
            for batch_id in names:
                self._removing.hide(batch_id)
                self.kept[batch_id] = batch_id

        def show() -> None:
            for batch_id in names:
                self._removing.show(batch_id)
                self.kept.pop(batch_id, None)

        one = next(iter(names.values()))
        words = plural("remove “{name}”", "remove {count:,} batches", len(names), name=one)
        return Act(words, hide, show, end, stop)

    # What was done elsewhere

    def take_up_added(self, batch: Batch, page_ids: Sequence[int], *, is_new: bool, words: str, said: str) -> None:
        """Lets it be undone that pages were added to a batch, or a batch was made of them.

        Args:
            batch: The batch.
            page_ids: The pages that were added.
            is_new: Whether the batch was made for them.
            words: What Undo and Redo call it.
            said: A sentence about it.
        """
        removal = (
            self._removal_of_batches({batch.id: batch.name})
            if is_new
            else self._removal_of_pages(batch.id, list(page_ids))
        )
        self._history.take_up([removal.reversed(words)], said)

    def take_up_removed(self, removed: Sequence[Removed], remove_for_good: Callable[[], None]) -> None:
        """Offers to bring back what was removed in an earlier session.

        Args:
            removed: What was removed, and is still kept.
            remove_for_good: Asks whether all of it is to be removed for good.
        """
        self.kept |= {one.holder: one.batch_id for one in removed}
        acts = [
            self._removal_of_pages(one.batch_id, one.pages, one.holder)
            if one.pages
            else self._removal_of_batches({one.batch_id: one.name})
            for one in removed
        ]

        def put_back() -> None:
            for _act in acts:
                self._history.undo()

        batches = [one.name for one in removed if not one.pages]
        count = sum(len(one.pages) for one in removed)
        what = [
            plural("“{name}”", "{count:,} batches", len(batches), name=batches[0]) if batches else "",
            plural("{count} page", "{count:,} pages", count) if count else "",
        ]
        all_of_it = _("{batches} and {pages}").format(batches=what[0], pages=what[1]) if all(what) else "".join(what)
        self._history.take_up(
            acts,
            _("Last time, you removed {removed}; this can still be undone.").format(removed=all_of_it),
            [(_("Put back"), put_back), (_("Remove for good…"), remove_for_good)],
            stays=True,
        )

    # Reading

    def _is_read(self, batch_id: int) -> bool:
        """Whether a batch is being read or waits for its turn, and is not paused."""
        is_held = self._runner.state in (RunState.PAUSING, RunState.PAUSED) and batch_id == self._runner.batch_id
        return self._runner.is_busy_with(batch_id) and not is_held

    def _queue(self) -> list[int]:
        """The batch that is being read, and those that follow it."""
        current = [] if self._runner.batch_id is None else [self._runner.batch_id]
        return [*current, *self._runner.waiting]

    def _go_on(self, batch_id: int, was_read: bool, followed_by: Sequence[int] = ()) -> None:
        """Goes on reading what was being read when it was removed, unless the batch is paused by now.

        Args:
            batch_id: The batch.
            was_read: Whether it was being read.
            followed_by: The batches that were to be read after it, before which it takes its former place.
        """
        is_held = self._runner.is_busy_with(batch_id) and not self._is_read(batch_id)
        batch = self._library.batch(batch_id) if was_read and not is_held else None
        if batch is not None and batch.counts.queued:
            self._runner.start_queued(batch_id, followed_by)
