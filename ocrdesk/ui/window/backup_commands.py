"""Keeps the whole library as one file, and puts such a file in its place."""

import threading
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QLocale

from ocrdesk.engine.backup import SUFFIX, Backup, back_up, look_into, restore
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.words import _, plural
from ocrdesk.runner import RunState
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.desktop import show_folder
from ocrdesk.ui.kit.file_dialogs import ask_for_files, ask_where_to_save
from ocrdesk.ui.kit.questions import confirmed
from ocrdesk.ui.kit.tasks import Tell

_KEY = "backup/folder"


class BackupCommands(Commands):
    """Backs the library up while it is used, and restores it while nothing is read."""

    def __init__(self, desk: Desk) -> None:
        self._lane = desk.tasks.lane()
        self._stop = threading.Event()
        self._doing = ""
        super().__init__(desk)

    def follow(self) -> None:
        for name in ("back_up_library", "restore_library"):
            self._desk.actions[name].setEnabled(not self._doing)

    @Command("Back up the library…", "Write all batches and their text into one file")
    def back_up_library(self) -> None:
        """Asks for a file and writes the library into it."""
        name = _("ocrdesk library {date}").format(date=datetime.now().date().isoformat()) + SUFFIX
        title = _("Back up the library")
        target = ask_where_to_save(self._desk.window, title, _kinds(), name, self._desk.choices, _KEY)
        if target is None:
            return
        if target.suffix != SUFFIX:
            target = target.with_name(target.name + SUFFIX)
        self._begin(_("Backing up the library"))
        write = partial(back_up, self._desk.library, target, self._stop)
        self._lane.run_telling(write, partial(self._on_written, target), self._on_problem, self._show_progress)

    def _on_written(self, target: Path, is_written: bool) -> None:
        self._end()
        notices = self._desk.notices
        if not is_written:
            notices.say(_("The backup was stopped. No file was written."))
            return
        answers = [(_("Show folder"), partial(show_folder, target, notices))]
        notices.say(_("The library is backed up in “{name}”.").format(name=target.name), answers)

    @Command("Restore the library…", "Replace the library with a backup")
    def restore_library(self) -> None:
        """Asks for a backup and, after a question, puts it in the place of the library."""
        if self._desk.runner.state is not RunState.IDLE:
            self._desk.notices.warn(_("Pages are being read. Stop that first, then restore the library."))
            return
        title = _("Restore the library")
        if files := ask_for_files(self._desk.window, title, _kinds(), self._desk.choices, _KEY):
            source = files[0]
            self._lane.run(partial(look_into, source), partial(self._ask, source), self._on_problem)

    def _ask(self, source: Path, backup: Backup) -> None:
        pages = plural("{count} page", "{count:,} pages", backup.pages)
        detail = _(
            "It was made on {date} and has {pages} in {batches}. What is in the library now is kept as a backup in its "
            "folder."
        ).format(
            date=QLocale().toString(backup.when.astimezone(), QLocale.FormatType.ShortFormat),
            pages=pages,
            batches=plural("{count} batch", "{count:,} batches", backup.batches),
        )
        question = _("Replace the library with “{name}”?").format(name=source.name)
        if confirmed(self._desk.window, question, detail, _("Replace")):
            self._begin(_("Restoring the library"))
            self._lane.run_telling(
                partial(self._restore, source), self._on_restored, self._on_problem, self._show_progress
            )

    def _restore(self, source: Path, tell: Tell) -> dict[int, list[int]] | None:
        """In a thread: the pages of each batch that is there now, None if it was stopped."""
        library = self._desk.library
        if not restore(library, source, self._stop, tell):
            return None
        return {batch.id: library.page_ids(batch.id) for batch in library.batches()}

    def _on_restored(self, pages: dict[int, list[int]] | None) -> None:
        self._end()
        if pages is None:
            self._desk.notices.say(_("Nothing was restored. The library is as it was."))
            return
        self._desk.history.forget()
        self._desk.removals.kept.clear()
        chosen = self._desk.chosen
        chosen.choose_batch(None)
        numbers = frozenset(chain.from_iterable(pages.values()))
        chosen.tell(Change(None, has_more=True, files_of=numbers))  # they mean other pages now
        if pages:
            chosen.choose_batch(next(iter(pages)))
        self._desk.notices.say(_("The library is restored."))

    # How far it is

    def _begin(self, doing: str) -> None:
        self._doing = doing
        self._stop.clear()
        self.update()
        self._show_progress(0, 1)

    def _show_progress(self, done: int, total: int) -> None:
        if self._doing and not self._stop.is_set():
            percent = 100 * done // max(1, total)
            self._desk.under_way.say(self, f"{self._doing}: {percent} %", self._stop.set)

    def _end(self) -> None:
        self._doing = ""
        self._desk.under_way.end(self)
        self.update()

    def _on_problem(self, error: OcrdeskError) -> None:
        self._end()
        self.warn(error)


def _kinds() -> str:
    return _("Backups of a library (*{suffix})").format(suffix=SUFFIX)
