"""What can be done with the chosen batch and its run."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocrdesk.engine.batch_file import is_extracted
from ocrdesk.engine.document import Batch
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.runner import BatchRunner, RunState
from ocrdesk.ui.batches.batch_model import BatchModel
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.kit.background import Errands
from ocrdesk.ui.kit.desktop import show_folder
from ocrdesk.ui.kit.notices import NoticeBar
from ocrdesk.ui.kit.questions import answered, confirmed
from ocrdesk.ui.pages.removals import Removals

RESUMING = "resuming"
"""What messages are about that offer to go on with what was interrupted."""


class BatchCommands(QObject):
    """Does what the batch actions say.

    Attributes:
        batch_changed: A batch has another name or state, or is gone; carries its number.
        show_failed: The failed pages of a batch are to be shown; carries its number.
        show_left_out: The files that were left out of a batch are to be listed; carries its number.
        removed: Nobody sees a batch any more; carries its folder.
        enter_password: The password of a batch's protected files is to be asked for; carries its number.
    """

    batch_changed = Signal(int)
    show_failed = Signal(int)
    show_left_out = Signal(int)
    removed = Signal(object)
    enter_password = Signal(int)

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        library: Library,
        runner: BatchRunner,
        model: BatchModel,
        acts: Errands,
        removals: Removals,
        notices: NoticeBar,
        chosen: Callable[[], int | None],
    ) -> None:
        """Joins the actions.

        Args:
            window: Over which questions are asked.
            actions: Those of the window.
            library: What the batches are of.
            runner: Reads them.
            model: The batches as last read.
            acts: Does the short writes that a person waits for, in the order in which they were asked for.
            removals: Removes what nobody sees any more.
            notices: Tells how runs ended.
            chosen: Gives the batch whose pages are shown.
        """
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._library = library
        self._runner = runner
        self._model = model
        self._acts = acts
        self._removals = removals
        self._notices = notices
        self._chosen = chosen
        actions.resume.triggered.connect(self.resume)
        actions.pause.triggered.connect(runner.pause)
        actions.cancel.triggered.connect(self.cancel)
        actions.retry_failed.triggered.connect(self.retry_failed)
        actions.show_batch_folder.triggered.connect(self.show_batch_folder)
        actions.rename_batch.triggered.connect(self.rename)
        actions.remove_batch.triggered.connect(self.remove)
        runner.state_changed.connect(self.update_actions)
        runner.run_finished.connect(self._on_run_finished)
        runner.stopped.connect(self._on_stopped)
        runner.left.connect(self._on_stopped)

    def batch(self) -> Batch | None:
        """The chosen batch as last read."""
        return self._model.batch(self._chosen())

    def update_actions(self) -> None:
        """Lets the actions be chosen that make sense for the batch as it stands."""
        a, runner, batch = self._actions, self._runner, self.batch()
        is_current = batch is not None and batch.id == runner.batch_id
        is_busy = batch is not None and runner.is_busy_with(batch.id)
        is_held = is_current and runner.state in (RunState.PAUSING, RunState.PAUSED)
        waits = batch is not None and not _is_complete(batch) and not is_busy
        a.resume.setVisible(is_held or waits)
        a.pause.setVisible(is_current and runner.state is RunState.RUNNING)
        a.cancel.setVisible(is_busy)
        a.cancel.setEnabled(not (is_current and runner.state is RunState.CANCELLING))
        a.retry_failed.setVisible(batch is not None and batch.counts.failed > 0)
        for action in (a.show_batch_folder, a.rename_batch, a.remove_batch):
            action.setEnabled(batch is not None)

    def resume(self) -> None:
        """Goes on with a paused run, or reads what waits in the batch."""
        batch = self.batch()
        if batch is None:
            return
        if batch.id == self._runner.batch_id and self._runner.state in (RunState.PAUSING, RunState.PAUSED):
            self._runner.resume()
            self._follow_resumed(batch.id)
        else:
            self._start(batch.id, partial(self._library.runs.queue, batch.id))

    def _start(self, batch_id: int, queue: Callable[[], object]) -> None:
        """Reads pages of a batch once they are queued."""

        def start(_: object) -> None:
            self._runner.start_queued(batch_id)
            self._follow_resumed(batch_id)

        self._acts.run(queue, start, self._warn, at_once=True)

    def _follow_resumed(self, batch_id: int) -> None:
        self.batch_changed.emit(batch_id)
        if all(self._runner.is_busy_with(queued.id) for queued in self._library.queued_batches()):
            self._notices.withdraw(RESUMING)

    def cancel(self) -> None:
        """Ends the run of the batch; what is read is kept."""
        if (batch := self.batch()) is not None:
            self._runner.end(batch.id)
            self._unqueue(batch.id)

    def _unqueue(self, batch_id: int) -> None:
        unqueue = partial(self._library.runs.unqueue, batch_id)
        self._acts.run(unqueue, lambda _: self.batch_changed.emit(batch_id), self._warn, at_once=True)

    def _warn(self, error: OcrdeskError) -> None:
        self._notices.warn(str(error))

    def retry_failed(self) -> None:
        """Reads every failed page of the batch again."""
        if (batch := self.batch()) is not None:
            failed = partial(self._library.page_ids, batch.id, PageFilter.FAILED)
            self._start(batch.id, lambda: self._library.runs.drop_checkpoints(failed()))

    def show_batch_folder(self) -> None:
        """Opens the folder the batch was made from."""
        if (batch := self.batch()) is not None:
            show_folder(batch.origin, self._notices)

    def rename(self) -> None:
        """Asks for another name."""
        if (batch := self.batch()) is None:
            return
        name = answered(self._window, "Rename batch", "Name", batch.name)
        if name and name.strip():
            self._library.rename_batch(batch.id, name.strip())
            self.batch_changed.emit(batch.id)

    def remove(self) -> None:
        """Forgets the batch, after a question if it has pages that were read."""
        if (batch := self.batch()) is None:
            return
        came_along = is_extracted(self._library, batch.origin)
        files = "The pictures that came with it are deleted." if came_along else "The files stay where they are."
        detail = f"What was read of its {batch.counts.done:,} pages is forgotten. {files}"
        if (batch.counts.done or came_along) and not confirmed(
            self._window, f"Remove the batch “{batch.name}”?", detail, "Remove"
        ):
            return
        if self._runner.is_busy_with(batch.id):
            self._runner.end(batch.id)
        hide = partial(self._library.removing.hide, batch.id)
        self._acts.run(hide, lambda _: self._on_hidden(batch), self._warn, at_once=True)

    def _on_hidden(self, batch: Batch) -> None:
        if self._runner.is_busy_with(batch.id):  # its pages were being queued when it was removed
            self._runner.end(batch.id)
        self._notices.withdraw(_run_of(batch.id))
        self._removals.finish([batch.id])
        self.removed.emit(batch.origin)
        self.batch_changed.emit(batch.id)

    def offer_to_resume(self) -> None:
        """Asks, at the start, whether to go on with what the last end of the program interrupted."""
        batches = self._library.queued_batches()
        if not batches:
            return
        done = sum(batch.counts.done for batch in batches)
        total = sum(batch.counts.total for batch in batches)
        what = f"“{batches[0].name}” was" if len(batches) == 1 else f"{len(batches)} batches were"
        words = f"{what} not finished: {done:,} of {total:,} pages are done."
        answers = [("Resume", self._start_queued), ("Not now", self._leave_queued)]
        self._notices.say(words, answers, about=RESUMING)

    def _start_queued(self) -> None:
        for batch in reversed(self._library.queued_batches()):
            self._runner.start_queued(batch.id)
            self.batch_changed.emit(batch.id)

    def _leave_queued(self) -> None:
        for batch in self._library.queued_batches():
            if not self._runner.is_busy_with(batch.id):
                self._unqueue(batch.id)

    def _on_run_finished(self, batch_id: int) -> None:
        self.batch_changed.emit(batch_id)
        batch = self._library.batch(batch_id)
        if batch is None or not _is_complete(batch):
            return
        counts = batch.counts
        if batch.is_watched and not counts.failed:
            return  # what arrives by itself is no news
        answers = []
        if counts.failed:
            answers.append((f"Show {PageFilter.FAILED.value}", lambda: self.show_failed.emit(batch_id)))
        if counts.locked:
            answers.insert(0, ("Enter password…", lambda: self.enter_password.emit(batch_id)))
        also = ""
        if counts.left_out:
            also = f" {counts.left_out:,} file{' was' if counts.left_out == 1 else 's were'} left out."
            answers.append(("Show list", lambda: self.show_left_out.emit(batch_id)))
        pages = "1 page is" if counts.done == 1 else f"{counts.done:,} pages are"
        if counts.failed:
            failed = "1 could not be read" if counts.failed == 1 else f"{counts.failed:,} could not be read"
            words = f"“{batch.name}”: {pages} read, {failed}.{also}"
            self._notices.warn(words, answers, about=_run_of(batch_id))
        else:
            words = f"“{batch.name}” is finished: {pages} read.{also}"
            self._notices.say(words, answers, about=_run_of(batch_id))

    def _on_stopped(self, why: str) -> None:
        self._notices.warn(why, [("Resume", self._start_queued)], about=RESUMING)


def _run_of(batch_id: int) -> tuple[str, int]:
    """What messages on how the run of a batch ended are about."""
    return ("run", batch_id)


def _is_complete(batch: Batch) -> bool:
    return batch.counts.done + batch.counts.failed == batch.counts.total
