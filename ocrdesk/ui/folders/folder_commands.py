"""What can be done with the folder of a batch: look for new files, watch it, find it again, list what was left out."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from ocrdesk.engine.document import Batch
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.intake.moved import Reconnected, reconnect
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.folders.add_commands import AddCommands
from ocrdesk.ui.folders.left_out_dialog import LeftOutDialog
from ocrdesk.ui.folders.watching import Watching
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.file_names import path_from_field, shown_in_field


class FolderCommands(Commands):
    """Does what is to be done with a batch's folder."""

    def __init__(self, desk: Desk, adding: AddCommands) -> None:
        super().__init__(desk)
        self._library = desk.library
        self._lane = desk.tasks.lane()
        self._notices = desk.notices
        self._chosen = desk.chosen
        self._adding = adding
        self._fingerprints = Fingerprints()
        self._gone: set[int] = set()
        self._watching = Watching(desk.library, self._lane, self)
        self._watching.arrived.connect(self._on_arrived)
        desk.runner.stopped.connect(lambda _: self.look_for_folder())
        desk.chosen.batch_moved.connect(self.look_for_folder)
        self._watching.begin()
        desk.batches.rowsInserted.connect(self._watching.begin)
        self.update()

    def close(self) -> None:
        """Ends watching for this time."""
        self._watching.close()

    def follow(self) -> None:
        """Lets the actions be chosen that make sense for the batch."""
        actions, batch = self._desk.actions, self._chosen.batch
        whole = batch is not None and batch.is_whole_folder
        is_gone = batch is not None and batch.id in self._gone
        actions["rescan"].setEnabled(whole and not is_gone)
        actions["watch"].setEnabled(whole)
        actions["watch"].setChecked(batch is not None and batch.is_watched)
        actions["locate"].setVisible(is_gone)
        any_left_out = batch is not None and batch.counts.left_out + batch.counts.taken_out > 0
        actions["show_left_out"].setVisible(any_left_out)

    @Command("Rescan folder", "Add what is new in this batch’s folder", keys="Ctrl+Shift+R", icon="rescan")
    def rescan(self) -> None:
        """Adds what is new in the folder; what is known stays, files that were renamed are followed."""
        if (batch := self._chosen.batch) is not None:
            self._lane.run(
                partial(reconnect, self._library, self._fingerprints, batch, batch.origin, self._lane.stop.is_set),
                partial(self._on_followed, batch),
                self.warn,
            )

    @Command("Watch folder", "Read what arrives in this batch’s folder", icon="watch", is_checkable=True)
    def watch(self, watched: bool) -> None:
        """Begins or ends watching the folder."""
        if (batch := self._chosen.batch) is None or batch.is_watched == watched:
            return
        self._library.files.watch(batch.id, watched)
        if watched:
            self._watching.watch(batch.id)
            self._notices.say(
                _("What arrives in “{name}” is read from now on, while ocrdesk is open.").format(name=batch.origin.name)
            )
        else:
            self._watching.leave(batch.id)
            self._notices.say(_("“{name}” is no longer watched.").format(name=batch.origin.name))
        self._chosen.tell(Change(batch.id))

    @Command("Skipped files…", "List the files that were skipped, and why", icon="left-out")
    def show_left_out(self, batch_id: int | None = None) -> None:
        """Lists the files that gave no page, of the chosen batch or of one that is chosen for it."""
        if batch_id is not None:
            self._chosen.choose_batch(batch_id)
        if (batch := self._chosen.batch) is not None:
            dialog = LeftOutDialog(batch, self._library.files.left_out(batch.id), self._desk.window)
            dialog.wanted.connect(partial(self._put_back, batch.id))
            dialog.exec()

    def _put_back(self, batch_id: int, files: list[Path]) -> None:
        add = partial(self._adding.add, batch_id=batch_id)
        self._desk.removals.put_back_files(batch_id, files, add, self.warn)

    def look_for_folder(self) -> None:
        """Finds out whether the folder of the batch is there; asking may take long on a network drive."""
        if (batch := self._chosen.batch) is not None:
            self._lane.run(batch.origin.exists, partial(self._on_folder_looked_for, batch), self.warn)

    @Command("Locate…", "Tell ocrdesk where the folder of this batch is now", icon="locate")
    def locate(self, batch_id: int | None = None) -> None:
        """Asks where the folder of a batch is now, and connects its pages with the files there; arguments as above."""
        if batch_id is not None:
            self._chosen.choose_batch(batch_id)
        if (batch := self._chosen.batch) is None:
            return
        near = next((folder for folder in batch.origin.parents if folder.exists()), Path.home())
        chosen = QFileDialog.getExistingDirectory(
            self._desk.window, _("Where is “{name}” now?").format(name=batch.origin.name), shown_in_field(near)
        )
        if chosen:
            self._desk.under_way.say(self, _("Looking for the pages of “{name}”…").format(name=batch.name))
            folder = path_from_field(chosen)
            self._lane.run(
                partial(reconnect, self._library, self._fingerprints, batch, folder, self._lane.stop.is_set),
                partial(self._on_located, batch),
                self._on_not_located,
            )

    def _on_followed(self, batch: Batch, found: Reconnected) -> None:
        if found.found:
            self._chosen.tell(Change(batch.id))
        self._adding.rescan(batch)

    def _on_arrived(self, batch_id: int) -> None:
        self._adding.add_arrived(batch_id, self._watching.pop(batch_id))

    def _on_folder_looked_for(self, batch: Batch, is_there: bool) -> None:
        if not is_there and batch.id not in self._gone:
            self._gone.add(batch.id)
            if batch.id == self._chosen.batch_id and not self._notices.isVisible():
                self._notices.warn(
                    _("The folder of “{name}” is no longer at “{origin}”. What was read is kept.").format(
                        name=batch.name, origin=batch.origin
                    ),
                    [(_("Locate…"), self.locate)],
                    about=_folder_of(batch.id),
                )
        elif is_there:
            self._gone.discard(batch.id)
            self._notices.withdraw(_folder_of(batch.id))
        self.update()

    def _on_located(self, batch: Batch, found: Reconnected) -> None:
        self._desk.under_way.end(self)
        self._gone.discard(batch.id)
        if batch.is_watched:
            self._watching.watch(batch.id)
        self._chosen.tell(Change(batch.id))
        now = self._library.batch(batch.id)
        if now is None:
            return
        resume = [(_("Resume"), partial(self._start, batch.id))] if now.counts.pending else []
        if found.missing:
            words = plural(
                "“{name}”: {count} file is found again, {missing:,} are still missing.",
                "“{name}”: {count:,} files are found again, {missing:,} are still missing.",
                found.found,
                name=batch.name,
                missing=found.missing,
            )
            self._notices.warn(words, resume, about=_folder_of(batch.id))
        else:
            words = _("“{name}” is connected to its folder.").format(name=batch.name)
            if found.found:
                words = plural(
                    "“{name}” is connected to its folder again: {count} file is found.",
                    "“{name}” is connected to its folder again: {count:,} files are found.",
                    found.found,
                    name=batch.name,
                )
            self._notices.say(words, resume, about=_folder_of(batch.id))

    def _start(self, batch_id: int) -> None:
        queue = partial(self._library.runs.queue, batch_id)
        self._desk.acts.run(queue, lambda _: self._desk.runner.start_queued(batch_id), self.warn, at_once=True)

    def _on_not_located(self, error: OcrdeskError) -> None:
        self._desk.under_way.end(self)
        self.warn(error)


def _folder_of(batch_id: int) -> tuple[str, int]:
    """What messages on where the folder of a batch is are about."""
    return ("folder", batch_id)
