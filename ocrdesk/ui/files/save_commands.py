"""Saving a batch as one file and opening such files: asks, works in the background, and tells what came of it."""

import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from PySide6.QtWidgets import QDialog

from ocrdesk.engine.batch_file import (
    SUFFIX,
    Saved,
    open_batch,
    remove_leftovers,
    save_batch,
    size_of_pictures,
)
from ocrdesk.engine.document import Batch
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.naming import A_BATCH, Named, Naming
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.files.save_dialog import SaveDialog, kinds
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.desktop import show_folder
from ocrdesk.ui.kit.file_dialogs import ask_for_files
from ocrdesk.ui.kit.file_names import path_from_field, shown_in_field
from ocrdesk.ui.kit.tasks import Tell


class SaveCommands(Commands):
    """Saves batches as files and opens such files; one after another.

    Attributes:
        looks: Looks at sizes, which need not wait for a file being saved.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._library = desk.library
        self._thumbnails = desk.thumbnails
        self._notices = desk.notices
        self._choices = desk.choices
        self._lane = desk.tasks.lane(of_files=True)
        self.looks = desk.tasks.lane()
        self._cancel = threading.Event()
        self._doing = ""
        self._waiting: list[Path] = []
        # Before any batch is opened.
        self._lane.run(partial(remove_leftovers, desk.library), lambda _: None, self.warn)
        self.update()

    def follow(self) -> None:
        """Lets a batch be saved where there is one, and one thing be done at a time."""
        self._desk.actions["save_batch"].setEnabled(not self._doing and self._desk.chosen.batch_id is not None)
        self._desk.actions["open_batch"].setEnabled(not self._doing)

    def close(self) -> None:
        """Gives up what is being saved or opened; nothing half is left."""
        self._cancel.set()

    @Command("Save batch as…", "Save this batch as one file, for another computer", keys="Ctrl+S", icon="save-batch")
    def save_batch(self) -> None:
        """Asks where to save the batch, and saves it."""
        chosen = self._desk.chosen.batch_id
        batch = self._library.batch(chosen) if chosen is not None else None
        if batch is None:
            return
        with_pictures = bool(self._choices.get("save/pictures"))
        dialog = SaveDialog(batch.name, self._file_for(batch), with_pictures=with_pictures, parent=self._desk.window)
        self.looks.run(partial(size_of_pictures, self._library, batch.id), dialog.show_size, self.warn)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        self._choices.set("save/folder", shown_in_field(dialog.file().parent))
        self._choices.set("save/pictures", dialog.with_pictures)
        self._begin(_("Saving “{name}”").format(name=batch.name))

        def save(tell: Tell) -> Saved | None:
            return save_batch(
                self._library, batch.id, dialog.file(), with_pictures=dialog.with_pictures,
                thumbnail=partial(self._thumbnails.jpeg, self._desk.decoder), cancel=self._cancel, progress=tell,
            )  # fmt: skip

        done = partial(self._on_saved, batch.name, dialog.file())
        self._lane.run_telling(save, done, self._on_problem, self._show_progress)

    @Command("Open batch…", "Open a batch that was saved as one file", icon="open-batch")
    def open_batch(self, files: Sequence[Path] = ()) -> None:
        """Opens saved batches one after the other: those that are named, or else those that a dialog asks for."""
        self._waiting += files or self._asked_for()
        self._open_next()

    def _asked_for(self) -> list[Path]:
        title = _("Open saved batches")
        return list(ask_for_files(self._desk.window, title, kinds(), self._choices, "save/folder"))

    def _open_next(self) -> None:
        """Opens the next one, when nothing is being saved or opened."""
        if self._waiting and not self._doing:
            file = self._waiting.pop(0)
            self._begin(_("Opening “{name}”").format(name=file.name))
            done = partial(self._on_opened, file)
            self._lane.run_telling(partial(self._open, file), done, self._on_problem, self._show_progress)

    def _file_for(self, batch: Batch) -> Path:
        """A file named as the batch, in the folder chosen last."""
        folder = path_from_field(self._choices.get("save/folder") or str(Path.home()))
        return Naming(folder, A_BATCH, SUFFIX).path_of(Named(PurePosixPath("-"), 0, False, 1, batch.name))

    def _open(self, file: Path, tell: Tell) -> tuple[Batch, str] | None:
        """In a thread: the batch, and why its folder should be named, if so; None: it was cancelled."""
        batch_id = open_batch(
            self._library, file, keep_thumbnail=self._thumbnails.keep, cancel=self._cancel, progress=tell
        )
        batch = self._library.batch(batch_id) if batch_id is not None else None
        return (batch, self._why_locate(batch)) if batch is not None else None

    def _why_locate(self, batch: Batch) -> str:
        """In a thread: what there is to say of its pictures; nothing where they came along."""
        if batch.origin.exists():
            return ""
        known = self._library.files.known(batch.id)
        missing = sum(not path.exists() for path in known)
        if not missing:
            return _("Its pictures are where they were. To find new ones there too, say where its folder is.")
        if missing == len(known):
            return _("Its pictures were not found on this computer.")
        return _("Some of its pictures were not found on this computer.")

    # How far it is, and how it ended

    def _begin(self, doing: str) -> None:
        self._doing = doing
        self._cancel.clear()
        self.update()
        self._show_progress(0, 1)

    def _show_progress(self, done: int, total: int) -> None:
        if self._doing and not self._cancel.is_set():
            percent = 100 * done // max(1, total)
            self._desk.under_way.say(self, f"{self._doing}: {percent} %", self._cancel.set)

    def _end(self) -> None:
        self._doing = ""
        self._desk.under_way.end(self)
        self.update()
        self._open_next()

    def _on_saved(self, name: str, file: Path, saved: Saved | None) -> None:
        if saved is None:
            self._notices.say(_("Saving “{name}” was cancelled. No file was written.").format(name=name))
        else:
            show = [(_("Show folder"), partial(show_folder, file, self._notices))]
            words = _("Saved to “{file}”: {pages}").format(file=file, pages=_pages(saved.pages))
            words += (
                plural(" with {count} picture.", " with {count:,} pictures.", saved.pictures) if saved.pictures else "."
            )
            if saved.missing:
                words += " " + plural(
                    "The picture of {count} file could not be included.",
                    "The pictures of {count:,} files could not be included.",
                    saved.missing,
                )
            (self._notices.warn if saved.missing else self._notices.say)(words, show)
        self._end()

    def _on_opened(self, file: Path, opened: tuple[Batch, str] | None) -> None:
        if opened is None:
            self._notices.say(_("Opening “{name}” was cancelled.").format(name=file.name))
        else:
            batch, why_locate = opened
            self._desk.chosen.tell(Change(batch.id))
            self._desk.chosen.choose_batch(batch.id)
            words = _("Opened “{name}”: {pages}.").format(name=batch.name, pages=_pages(batch.counts.total))
            if why_locate:
                self._notices.say(
                    f"{words} {why_locate}", [(_("Locate…"), partial(self._desk.actions.call, "locate", batch.id))]
                )
            else:
                self._notices.say(words)
        self._end()

    def _on_problem(self, error: OcrdeskError) -> None:
        self.warn(error)
        self._end()

    def _warn(self, error: OcrdeskError) -> None:
        self._notices.warn(str(error))


def _pages(count: int) -> str:
    return plural("{count} page", "{count:,} pages", count)
