"""What can be done with the chosen batch and its run."""

import time
from collections.abc import Callable
from functools import partial

from ocrdesk.engine.document import Batch, PageStatus
from ocrdesk.engine.library import PageFilter
from ocrdesk.engine.words import _, plural
from ocrdesk.runner import RunState
from ocrdesk.ui.batches.run_so_far import RunSoFar
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import Act
from ocrdesk.ui.kit.actions import Command, Needs
from ocrdesk.ui.kit.desktop import show_folder
from ocrdesk.ui.kit.notices import Answer
from ocrdesk.ui.kit.questions import answered

RESUMING = "resuming"
"""What messages are about that offer to go on with what was interrupted."""


class BatchCommands(Commands):
    """Does what is to be done with the chosen batch, and tells how runs ended."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._library = desk.library
        self._runner = desk.runner
        self._notices = desk.notices
        self._chosen = desk.chosen
        self._run = RunSoFar()
        desk.runner.page_started.connect(self._on_page_started)
        desk.runner.page_finished.connect(self._on_page_finished)
        desk.runner.run_finished.connect(self._on_run_finished)
        desk.runner.stopped.connect(self._on_stopped)
        desk.runner.left.connect(self._on_stopped)
        self.update()

    def follow(self) -> None:
        """Lets the actions be chosen that make sense for the batch as it stands."""
        actions, runner, batch = self._desk.actions, self._runner, self._chosen.batch
        is_current = batch is not None and batch.id == runner.batch_id
        is_busy = batch is not None and runner.is_busy_with(batch.id)
        is_held = is_current and runner.state in (RunState.PAUSING, RunState.PAUSED)
        waits = batch is not None and not _is_complete(batch) and not is_busy
        actions["resume"].setVisible(is_held or waits)
        actions["pause"].setVisible(is_current and runner.state is RunState.RUNNING)
        actions["cancel"].setVisible(is_busy)
        actions["cancel"].setEnabled(not (is_current and runner.state is RunState.CANCELLING))
        actions["retry_failed"].setVisible(batch is not None and batch.counts.failed > 0 and not is_busy)
        actions["read_batch_again"].setEnabled(batch is not None and _has_been_read(batch) and not is_busy)
        several = len(self._chosen.batches)
        actions["remove_batch"].setText(plural("Remove batch", "Remove {count:,} batches", max(1, several)))

    @Command("Resume", "Read the waiting pages", keys="Ctrl+R", icon="resume")
    def resume(self) -> None:
        """Goes on with a paused run, or reads what waits in the batch."""
        batch = self._chosen.batch
        if batch is None:
            return
        if batch.id == self._runner.batch_id and self._runner.state in (RunState.PAUSING, RunState.PAUSED):
            self._runner.resume()
            self._follow_resumed(Change(batch.id))
        else:
            self._start(batch.id, partial(self._library.runs.queue, batch.id))

    def _start(self, batch_id: int, queue: Callable[[], object]) -> None:
        """Reads pages of a batch once they are queued."""

        def start(_: object) -> None:
            self._runner.start_queued(batch_id)
            self._follow_resumed(Change(batch_id))

        self._desk.acts.run(queue, start, self.warn, at_once=True)

    def _read_again(
        self, batch_id: int, page_ids: Callable[[], list[int]], queue_again: Callable[[list[int]], None]
    ) -> None:
        """Reads pages of a batch again, whose files may be others by now."""

        def queue() -> frozenset[int]:
            again = page_ids()
            queue_again(again)
            return frozenset(again)

        def start(files: frozenset[int]) -> None:
            self._runner.start_queued(batch_id)
            self._follow_resumed(Change(batch_id, files_of=files))

        self._desk.acts.run(queue, start, self.warn, at_once=True)

    def _follow_resumed(self, change: Change) -> None:
        self._chosen.tell_soon(change)
        if self._notices.has(RESUMING) and all(
            self._runner.is_busy_with(queued.id) for queued in self._library.queued_batches()
        ):
            self._notices.withdraw(RESUMING)

    @Command("Pause", "Pause after the pages that are being read now", keys="Ctrl+P", icon="pause")
    def pause(self) -> None:
        """Holds the run after the pages in flight."""
        self._runner.pause()

    @Command("Stop this batch", "Stop reading this batch; what was read is kept", keys="Ctrl+.", icon="cancel")
    def cancel(self) -> None:
        """Ends the run of the batch; what is read is kept."""
        if (batch := self._chosen.batch) is not None:
            self._runner.end(batch.id)
            self._unqueue(batch.id)

    def _unqueue(self, batch_id: int) -> None:
        unqueue = partial(self._library.runs.unqueue, batch_id)
        self._desk.acts.run(unqueue, lambda _: self._chosen.tell(Change(batch_id)), self.warn, at_once=True)

    @Command("Retry failed", "Read all failed pages of this batch again", keys="Shift+F5", icon="retry-failed")
    def retry_failed(self) -> None:
        """Reads every failed page of the batch again."""
        if (batch := self._chosen.batch) is not None:
            failed = partial(self._library.page_ids, batch.id, PageFilter.FAILED)
            self._read_again(batch.id, failed, self._library.runs.drop_checkpoints)

    @Command("Read this batch again", "Read all of its pages again in the current mode", needs=Needs.BATCH)
    def read_batch_again(self) -> None:
        """Reads all pages of the batch again; what was read of each stays until then."""
        if (batch := self._chosen.batch) is not None:
            in_any_mode = partial(self._library.runs.read_in_mode, mode=None)
            self._read_again(batch.id, partial(self._library.page_ids, batch.id), in_any_mode)

    @Command("Show folder", "Open this batch’s folder", icon="show-in-folder", needs=Needs.BATCH)
    def show_batch_folder(self) -> None:
        """Opens the folder the batch was made from."""
        if (batch := self._chosen.batch) is not None:
            show_folder(batch.origin, self._notices)

    @Command("Rename…", "Give this batch another name", keys="F2", needs=Needs.BATCH)
    def rename_batch(self) -> None:
        """Asks for another name."""
        if (batch := self._chosen.batch) is None:
            return
        name = answered(self._desk.window, _("Rename batch"), _("Name"), _("Rename"), batch.name)
        if name and name.strip() and name.strip() != batch.name:
            self._desk.history.do(
                Act(
                    _("rename “{name}”").format(name=batch.name),
                    partial(self._library.rename_batch, batch.id, name.strip()),
                    partial(self._library.rename_batch, batch.id, batch.name),
                    lambda _: self._chosen.tell(Change(batch.id)),
                )
            )

    @Command("Remove batch", "Remove the selected batches; the files stay", icon="remove", needs=Needs.BATCH)
    def remove_batch(self) -> None:
        """Removes the chosen batches."""
        batches = self._chosen.batches
        for batch in batches:
            self._notices.withdraw(_run_of(batch.id))
        if batches:
            self._desk.removals.remove_batches(batches)

    def offer_to_resume(self) -> None:
        """Asks, at the start, whether to go on with what the last end of the program interrupted."""
        batches = self._library.queued_batches()
        if not batches:
            return
        done = sum(batch.counts.done for batch in batches)
        total = sum(batch.counts.total for batch in batches)
        words = plural(
            "“{name}” was not finished: {done:,} of {total:,} pages are done.",
            "{count} batches were not finished: {done:,} of {total:,} pages are done.",
            len(batches),
            name=batches[0].name,
            done=done,
            total=total,
        )
        answers = [(_("Resume"), self.start_queued), (_("Not now"), self._leave_queued)]
        self._notices.say(words, answers, about=RESUMING, stays=True)

    def start_queued(self) -> None:
        """Goes on with what the last end of the program interrupted."""
        for batch in reversed(self._library.queued_batches()):
            self._runner.start_queued(batch.id)
            self._chosen.tell(Change(batch.id))

    def _leave_queued(self) -> None:
        for batch in self._library.queued_batches():
            if not self._runner.is_busy_with(batch.id):
                self._unqueue(batch.id)

    def _on_page_started(self, page_id: int) -> None:
        self._run.page_started(time.monotonic())

    def _on_page_finished(self, page_id: int) -> None:
        self._run.page_finished(page_id)

    def _on_run_finished(self, batch_id: int) -> None:
        run, self._run = self._run, RunSoFar()
        self._chosen.tell_soon(Change(batch_id))  # everything follows just now that the run is over
        batch = self._library.batch(batch_id)
        if batch is None or not _is_complete(batch):
            return
        if run.is_small(time.monotonic()) and not self._library.are_any(run.page_ids, PageStatus.FAILED):
            self._notices.withdraw(_run_of(batch_id))  # it may tell of pages that failed before
            return
        counts = batch.counts
        if batch.is_watched and not counts.failed:
            return  # what arrives by itself is no news
        answers: list[Answer] = []
        if counts.failed:
            answers.append((_("Show failed"), partial(self._chosen.choose_batch, batch_id, PageFilter.FAILED)))
        if counts.locked:
            answers.insert(0, (_("Enter password…"), partial(self._desk.actions.call, "enter_password", batch_id)))
        also = ""
        if counts.left_out:
            also = " " + plural("{count} file was skipped.", "{count:,} files were skipped.", counts.left_out)
            answers.append((_("Show list"), partial(self._desk.actions.call, "show_left_out", batch_id)))
        if counts.done:
            answers.append((_("Export…"), partial(self._export, batch_id)))
        pages = plural("{count} page is read", "{count:,} pages are read", counts.done)
        if counts.failed:
            failed = plural("{count} could not be read", "{count:,} could not be read", counts.failed)
            words = _("“{name}”: {pages}, {failed}.{also}").format(
                name=batch.name, pages=pages, failed=failed, also=also
            )
            self._notices.warn(words, answers, about=_run_of(batch_id))
        elif not self._desk.history.is_offered:  # which would be covered; the list shows as well that it is finished
            words = _("“{name}” is finished: {pages}.{also}").format(name=batch.name, pages=pages, also=also)
            self._notices.say(words, answers, about=_run_of(batch_id))

    def _export(self, batch_id: int) -> None:
        self._chosen.choose_batch(batch_id)
        self._desk.actions.call("export")

    def _on_stopped(self, why: str) -> None:
        self._notices.warn(why, [(_("Resume"), self.start_queued)], about=RESUMING)


def _run_of(batch_id: int) -> tuple[str, int]:
    """What messages on how the run of a batch ended are about."""
    return ("run", batch_id)


def _has_been_read(batch: Batch) -> bool:
    return batch.counts.finished > 0


def _is_complete(batch: Batch) -> bool:
    return batch.counts.finished == batch.counts.total
