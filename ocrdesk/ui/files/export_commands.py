"""Exporting pages from the window: asks, makes the files in the background, and tells what came of it."""

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.export.choices import Existing, ExportChoices, apart
from ocrdesk.engine.export.export import Export, ExportResult, Plan
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.files.batch_pages import BatchPages
from ocrdesk.ui.files.export_dialog import REVIEW_FIRST, ExportDialog
from ocrdesk.ui.files.export_words import was_done
from ocrdesk.ui.files.last_export import keep, last_of
from ocrdesk.ui.files.page_sets import PageSet, page_sets
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.desktop import open_outside, show_folder
from ocrdesk.ui.kit.file_names import shown_in_field
from ocrdesk.ui.kit.notices import Answer
from ocrdesk.ui.kit.questions import choice


class ExportCommands(Commands):
    """Exports pages; one export at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._library = desk.library
        self._notices = desk.notices
        self._choices = desk.choices
        self._lane = desk.tasks.lane(of_files=True)
        self._names = desk.tasks.lane()  # for the dialog, which need not wait for what is being exported
        self._cancel = threading.Event()
        self._is_busy = False
        self.update()

    def follow(self) -> None:
        """Lets pages be exported where some are read and nothing is being exported."""
        some = not self._is_busy and any(batch.counts.done for batch in self._desk.chosen.batches)
        self._desk.actions["export"].setEnabled(some)
        self._desk.actions["export_again"].setEnabled(some and bool(self._choices.get("export/folder")))

    def close(self) -> None:
        """Ends an export after the file in hand; what is written stays."""
        self._cancel.set()

    @Command("Export…", "Write the pages as text, documents or tables", keys="Ctrl+E", icon="export")
    def export(self) -> None:
        """Asks what to export, and exports it."""
        self._begin(self._ask)

    def _ask(self, sets: Sequence[PageSet]) -> None:
        desk = self._desk
        dialog = ExportDialog(desk, last_of(self._choices, desk.chosen.batch_id), sets, self._names)
        result = dialog.exec()
        dialog.deleteLater()
        if result == ExportDialog.DialogCode.Accepted:
            self._choices.set("export/show", dialog.shows_folder())
            keep(self._choices, desk.chosen.batch_id, dialog.chosen())
            self._plan(dialog.choices(), dialog.pages().page_ids)
            return
        self._end()
        if result == REVIEW_FIRST and desk.chosen.batch_id is not None:
            desk.actions.call("review")

    def export_these(self, page_ids: Sequence[int], words: str) -> None:
        """Asks how to export some pages, whatever is chosen, and exports them.

        Args:
            page_ids: The pages.
            words: What they are called.
        """
        if not self._is_busy:
            self._is_busy = True
            self._cancel.clear()
            self.update()
            self._ask([PageSet(words, page_ids)])

    @Command("Export again", "Export all pages that were read, with the same choices as last time", keys="Ctrl+Shift+E")
    def export_again(self) -> None:
        """Exports all pages of the batch, or of the batches that are chosen, as it was chosen last."""
        self._begin(self._export_as_last)

    def _export_as_last(self, sets: Sequence[PageSet]) -> None:
        if not sets:
            self._end()
            return
        choices, page_ids = last_of(self._choices, self._desk.chosen.batch_id), sets[0].page_ids
        self._plan(apart(choices) if isinstance(page_ids, BatchPages) else choices, page_ids)

    def _begin(self, go_on: Callable[[list[PageSet]], None]) -> None:
        """Finds the pages that can be exported, and goes on with them."""
        self._is_busy = True
        self._cancel.clear()
        self.update()
        self._names.run(page_sets(self._desk), go_on, self._on_failed, at_once=True)

    def _plan(self, choices: ExportChoices, page_ids: Sequence[int]) -> None:
        export = Export(self._library, self._desk.decoder, choices, page_ids)
        self._lane.run(export.plan, partial(self._write, choices, page_ids), self._on_failed)

    def _write(self, choices: ExportChoices, page_ids: Sequence[int], plan: Plan) -> None:
        if plan.existing:
            answer = ask_about_existing(self._desk.window, plan)
            if answer is None:
                self._end()
                return
            choices = replace(choices, existing=answer)
        export = Export(self._library, self._desk.decoder, choices, page_ids)
        self._show_progress(0, len(page_ids))
        run = partial(export.run, self._cancel)
        self._lane.run_telling(run, partial(self._tell, choices), self._on_failed, self._show_progress)

    def _show_progress(self, done: int, total: int) -> None:
        if self._is_busy:
            self._desk.under_way.say(
                self, _("Exporting: {done:,} of {total:,} pages").format(done=done, total=total), self._cancel.set
            )

    def _tell(self, choices: ExportChoices, result: ExportResult) -> None:
        self._end()
        words, shown = was_done(choices, result), self._ways_to(choices, result)
        if shown and self._choices.get("export/show"):
            shown[0][1]()
        if result.failed:
            others = _(" ({count:,} files failed.)").format(count=len(result.failed)) if len(result.failed) > 1 else ""
            self._notices.warn(f"{result.failed[0]}{others} {words}", shown)
        elif result.left_out:
            others = (
                _(" ({count:,} pages were skipped.)").format(count=len(result.left_out))
                if len(result.left_out) > 1
                else ""
            )
            self._notices.warn(f"{result.left_out[0]}{others} {words}", shown)
        else:
            self._notices.say(words, shown)

    def _on_failed(self, error: OcrdeskError) -> None:
        self._end()
        self._notices.warn(str(error))

    def _end(self) -> None:
        self._is_busy = False
        self._desk.under_way.end(self)
        self.update()

    def _ways_to(self, choices: ExportChoices, result: ExportResult) -> list[Answer]:
        """Ways to what was written; none where nothing was."""
        if not result.written:
            return []
        first, is_one = result.written[0], len(result.written) == 1
        show = partial(show_folder, first if is_one else choices.folder, self._notices)
        return [(_("Show folder"), show), *([(_("Open"), partial(self._open, first))] if is_one else [])]

    def _open(self, file: Path) -> None:
        if not open_outside(file):
            name = shown_in_field(Path(file.name))
            self._notices.warn(_("No program could be started for “{name}”.").format(name=name))


def ask_about_existing(parent: QWidget, plan: Plan) -> Existing | None:
    """Asks what to do with files that exist already; None: nothing is exported."""
    count, total = len(plan.existing), len(plan.targets)
    if count == 1:
        words = _("“{name}” exists already").format(name=plan.existing[0].name)
    elif count == total:
        words = _("All {count:,} files exist already").format(count=count)
    else:
        words = _("{count:,} of {total:,} files exist already").format(count=count, total=total)
    folder = os.path.commonpath([path.parent for path in plan.existing])
    detail = _("In “{folder}”. Replaced files are gone for good.").format(folder=folder)
    answers: dict[str, Existing] = {_("Skip"): "skip", _("Keep both"): "keep both"}
    replacing = plural("Replace {count} file", "Replace {count:,} files", count)
    return choice(parent, words, detail, {replacing: "replace", **answers}, losing="replace")
