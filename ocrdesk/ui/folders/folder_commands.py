"""What can be done with the folder of a batch: look for new files, watch it, find it again, list what was left out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ocrdesk.engine.document import Batch
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.library import Library
from ocrdesk.engine.moved import Reconnected, reconnect
from ocrdesk.runner import BatchRunner
from ocrdesk.ui.batches.batch_model import BatchModel
from ocrdesk.ui.folders.add_commands import AddCommands
from ocrdesk.ui.folders.left_out_dialog import LeftOutDialog
from ocrdesk.ui.folders.watching import Watching
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.kit.background import Errands
from ocrdesk.ui.kit.file_names import path_from_field, shown_in_field
from ocrdesk.ui.kit.notices import NoticeBar
from ocrdesk.ui.kit.under_way import UnderWay


class FolderCommands(QObject):
    """Does what the actions on a batch's folder say.

    Attributes:
        batch_changed: A batch has other pages or another state; carries its number.
    """

    batch_changed = Signal(int)

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        library: Library,
        runner: BatchRunner,
        model: BatchModel,
        adding: AddCommands,
        errands: Errands,
        acts: Errands,
        under_way: UnderWay,
        notices: NoticeBar,
        chosen: Callable[[], int | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._library = library
        self._runner = runner
        self._model = model
        self._adding = adding
        self._errands = errands
        self._acts = acts
        self._under_way = under_way
        self._notices = notices
        self._chosen = chosen
        self._fingerprints = Fingerprints()
        self._gone: set[int] = set()
        self._watching = Watching(library, errands, self)
        self._watching.arrived.connect(self._on_arrived)
        actions.rescan.triggered.connect(self.rescan)
        actions.watch.triggered.connect(self.watch)
        actions.locate.triggered.connect(self.locate)
        actions.show_left_out.triggered.connect(self.show_left_out)
        runner.stopped.connect(lambda _: self.look_for_folder())
        self._watching.begin()

    def close(self) -> None:
        """Ends watching for this time."""
        self._watching.close()

    def update_actions(self) -> None:
        """Lets the actions be chosen that make sense for the batch."""
        a, batch = self._actions, self._batch()
        whole = batch is not None and batch.is_whole_folder
        is_gone = batch is not None and batch.id in self._gone
        a.rescan.setEnabled(whole and not is_gone)
        a.watch.setEnabled(whole)
        a.watch.setChecked(batch is not None and batch.is_watched)
        a.locate.setVisible(is_gone)
        a.show_left_out.setVisible(batch is not None and batch.counts.left_out > 0)

    def rescan(self) -> None:
        """Adds what is new in the folder; what is known stays, files that were renamed are followed."""
        if (batch := self._batch()) is not None:
            self._errands.run(
                partial(reconnect, self._library, self._fingerprints, batch, batch.origin, self._errands.stop.is_set),
                partial(self._on_followed, batch),
                self._on_problem,
            )

    def watch(self, watched: bool) -> None:
        """Begins or ends watching the folder."""
        if (batch := self._batch()) is None:
            return
        self._library.files.watch(batch.id, watched)
        if watched:
            self._watching.watch(batch.id)
            self._notices.say(f"What arrives in “{batch.origin.name}” is read from now on, while ocrdesk is open.")
        else:
            self._watching.leave(batch.id)
            self._notices.say(f"“{batch.origin.name}” is not watched any more.")
        self.batch_changed.emit(batch.id)

    def show_left_out(self) -> None:
        """Lists the files of the batch that gave no page."""
        if (batch := self._batch()) is not None:
            LeftOutDialog(batch, self._library.files.left_out(batch.id), self._window).exec()

    def look_for_folder(self) -> None:
        """Finds out whether the folder of the batch is there; asking may take long on a network drive."""
        if (batch := self._batch()) is not None:
            self._errands.run(batch.origin.exists, partial(self._on_folder_looked_for, batch), self._on_problem)

    def locate(self) -> None:
        """Asks where the folder of the batch is now, and connects its pages with the files there."""
        if (batch := self._batch()) is None:
            return
        near = next((folder for folder in batch.origin.parents if folder.exists()), Path.home())
        chosen = QFileDialog.getExistingDirectory(
            self._window, f"Where is “{batch.origin.name}” now?", shown_in_field(near)
        )
        if chosen:
            self._under_way.say(self, f"Looking for the pages of “{batch.name}”…")
            folder = path_from_field(chosen)
            self._errands.run(
                partial(reconnect, self._library, self._fingerprints, batch, folder, self._errands.stop.is_set),
                partial(self._on_located, batch),
                self._on_problem_of_locating,
            )

    def _batch(self) -> Batch | None:
        return self._model.batch(self._chosen())

    def _on_followed(self, batch: Batch, found: Reconnected) -> None:
        if found.found:
            self.batch_changed.emit(batch.id)
        self._adding.rescan(batch)

    def _on_arrived(self, batch_id: int) -> None:
        self._adding.take_arrived(batch_id, self._watching.take(batch_id))

    def _on_folder_looked_for(self, batch: Batch, is_there: bool) -> None:
        if not is_there and batch.id not in self._gone:
            self._gone.add(batch.id)
            if batch.id == self._chosen() and not self._notices.isVisible():
                self._notices.warn(
                    f"The folder of “{batch.name}” is no longer at “{batch.origin}”. What was read is kept.",
                    [("Locate…", self.locate)],
                    about=_folder_of(batch.id),
                )
        elif is_there:
            self._gone.discard(batch.id)
            self._notices.withdraw(_folder_of(batch.id))
        self.update_actions()

    def _on_located(self, batch: Batch, found: Reconnected) -> None:
        self._under_way.end(self)
        self._gone.discard(batch.id)
        if batch.is_watched:
            self._watching.watch(batch.id)
        self.batch_changed.emit(batch.id)
        files = "1 file is" if found.found == 1 else f"{found.found:,} files are"
        now = self._library.batch(batch.id)
        if now is None:
            return
        resume = [("Resume", partial(self._start, batch.id))] if now.counts.pending else []
        if found.missing:
            words = f"“{batch.name}”: {files} found again, {found.missing:,} are still missing."
            self._notices.warn(words, resume, about=_folder_of(batch.id))
        else:
            again = f" again: {files} found" if found.found else ""
            words = f"“{batch.name}” is connected with its folder{again}."
            self._notices.say(words, resume, about=_folder_of(batch.id))

    def _start(self, batch_id: int) -> None:
        queue = partial(self._library.runs.queue, batch_id)
        self._acts.run(queue, lambda _: self._runner.start_queued(batch_id), self._on_problem, at_once=True)

    def _on_problem_of_locating(self, error: OcrdeskError) -> None:
        self._under_way.end(self)
        self._on_problem(error)

    def _on_problem(self, error: OcrdeskError) -> None:
        self._notices.warn(str(error))


def _folder_of(batch_id: int) -> tuple[str, int]:
    """What messages on where the folder of a batch is are about."""
    return ("folder", batch_id)
