"""What can be added: folders and files from a dialog, a drop or the command line, and the sample pages."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ocrdesk.engine.batch_file import SUFFIX, is_batch_file
from ocrdesk.engine.decode.formats import PAGE_SUFFIXES
from ocrdesk.engine.document import Batch
from ocrdesk.engine.intake.drops import Drop
from ocrdesk.engine.words import _, plural, quoted
from ocrdesk.resources import samples_folder
from ocrdesk.runner import RunState
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.folders.adding import Adding
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.file_dialogs import ask_for_files, ask_for_folder

MANY = 500
"""This many pages take a while to find; the foot of the window counts them."""


class AddCommands(Commands):
    """Looks through what is added, starts reading it at once, and says what was left out."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._runner = desk.runner
        self._notices = desk.notices
        self._adding = Adding(desk.library, desk.decoder, desk.tasks, self)
        self._awaited_batch = False
        self._adding.pages_added.connect(self._on_pages_added)
        self._adding.finished.connect(self._on_finished)
        self._adding.failed.connect(desk.notices.warn)
        self._adding.ended.connect(desk.under_way.end)

    @property
    def is_busy(self) -> bool:
        """Whether something is still being looked through."""
        return self._adding.is_busy

    def add(
        self, paths: Sequence[Path], batch_id: int | None = None, then: Callable[[Drop], object] = lambda drop: None
    ) -> None:
        """Reads files and folders: into a batch of their own, or into one that is there. Saved batches are opened.

        ``then`` is called with what became of the files and folders of each batch.
        """
        if saved := [path for path in paths if is_batch_file(path)]:
            self._desk.actions.call("open_batch", saved)
            paths = [path for path in paths if path not in saved]
        if paths:
            self._awaited_batch = batch_id is None
            self._adding.add(paths, batch_id, then)

    def rescan(self, batch: Batch) -> None:
        """Adds what is new in the folder of a batch."""
        self._adding.rescan(batch)

    def add_arrived(self, batch_id: int, files: Sequence[Path]) -> None:
        """Reads files that arrived in the folder of a batch."""
        self._adding.add_arrived(batch_id, files)

    @Command("Add folder…", "Read all pictures and PDF files in a folder", keys="Ctrl+O", icon="add-folder")
    def add_folder(self) -> None:
        """Asks for a folder and reads it."""
        title = _("Add a folder of pictures and PDF files")
        folder = ask_for_folder(self._desk.window, title, self._desk.choices, "add/folder")
        if folder is not None:
            self.add([folder])

    @Command("Add files…", "Read pictures and PDF files", keys="Ctrl+Shift+O", icon="add-files")
    def add_files(self) -> None:
        """Asks for files and reads them."""
        patterns = " ".join(f"*{suffix}" for suffix in sorted({*PAGE_SUFFIXES, SUFFIX}))
        kinds = _("Pictures, PDF and saved batches ({patterns});;All files (*)").format(patterns=patterns)
        title = _("Add pictures and PDF files")
        files = ask_for_files(self._desk.window, title, kinds, self._desk.choices, "add/files")
        if files:
            self.add(files)

    @Command("Try with sample pages", "Read the sample pages that come with ocrdesk", icon="samples")
    def try_samples(self) -> None:
        """Reads the sample pages."""
        self.add([samples_folder()])

    def _on_pages_added(self, number: int) -> None:
        drop = self._adding.drop(number)
        if drop.batch_id is None:
            return
        batch = self._desk.library.batch(drop.batch_id)
        if batch is not None and batch.counts.queued and not self._waits(drop, batch):  # else all was read before
            self._runner.start_queued(batch.id)
        self._desk.chosen.tell_grown(drop.batch_id)
        if self._awaited_batch:
            self._awaited_batch = False
            self._desk.chosen.tell(Change(drop.batch_id))
            self._desk.chosen.choose_batch(drop.batch_id)
        if len(drop.page_ids) >= MANY:
            self._desk.under_way.say(
                number, _("{count:,} pages found in {place}…").format(count=len(drop.page_ids), place=_place(drop))
            )

    def _waits(self, drop: Drop, batch: Batch) -> bool:
        """Whether what came in by itself must wait: for a paused run, or for the answer to the offer to resume."""
        if not drop.only_new:
            return False
        if not self._runner.is_busy_with(batch.id):
            return batch.counts.queued > drop.new
        is_held = self._runner.state in (RunState.PAUSING, RunState.PAUSED)
        return batch.id == self._runner.batch_id and is_held

    def _on_finished(self, number: int) -> None:
        drop = self._adding.drop(number)
        if not drop.page_ids and not drop.arrived:
            found = _("It has {left_out}.").format(left_out=drop.left_out) if drop.left_out.count else _("It is empty.")
            self._notices.warn(
                _("No pictures in {place}. {found} Drop a folder with pictures or PDF files.").format(
                    place=_place(drop), found=found
                )
            )
        elif drop.arrived:
            return
        elif drop.left_out.count and drop.batch_id is not None:
            batch_id = drop.batch_id
            self._notices.say(
                _("{pages} found in {place}. Skipped: {left_out}.").format(
                    pages=_pages(len(drop.page_ids)), place=_place(drop), left_out=drop.left_out
                ),
                [(_("Show list"), partial(self._desk.actions.call, "show_left_out", batch_id))],
            )
        elif not drop.new:
            self._notices.say(
                plural(
                    "The page of {place} is here already.",
                    "All {count:,} pages of {place} are here already.",
                    len(drop.page_ids),
                    place=_place(drop),
                )
            )
        elif drop.new < len(drop.page_ids):
            known = len(drop.page_ids) - drop.new
            self._notices.say(
                _("{place}: {new} new or changed, {known} here already.").format(
                    new=_pages(drop.new), place=_place(drop), known=_pages(known)
                )
            )
        elif len(drop.page_ids) >= MANY:
            self._notices.say(
                _("{count:,} pages found in {place}.").format(count=len(drop.page_ids), place=_place(drop))
            )


def _pages(count: int) -> str:
    return plural("{count} page", "{count:,} pages", count)


def _place(drop: Drop) -> str:
    return quoted(drop.paths[0].name)
