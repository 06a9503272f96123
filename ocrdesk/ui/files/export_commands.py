"""Exporting pages from the window: asks, makes the files in the background, and tells what came of it."""

import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.export.choices import Existing, ExportChoices, apart
from ocrdesk.engine.export.export import Export, ExportResult, Plan
from ocrdesk.engine.export.formats import FORMATS, OF_TABLES
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.files.batch_pages import BatchPages, with_batches
from ocrdesk.ui.files.export_dialog import PER, ExportDialog
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.desktop import show_folder
from ocrdesk.ui.kit.file_names import path_from_field, shown_in_field
from ocrdesk.ui.kit.plain import plainly


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
        batch = self._desk.chosen.batch
        some = not self._is_busy and batch is not None and batch.counts.done > 0
        self._desk.actions["export"].setEnabled(some)
        self._desk.actions["export_again"].setEnabled(some and bool(self._choices.get("export/folder")))

    def close(self) -> None:
        """Ends an export after the file in hand; what is written stays."""
        self._cancel.set()

    @Command("Export…", "Write the pages as text, documents or tables", keys="Ctrl+E", icon="export")
    def export(self) -> None:
        """Asks what to export, and exports it."""
        dialog = ExportDialog(self._desk, self._last(), self._sets(), self._names)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._keep(dialog.chosen())
            self._plan(dialog.choices(), dialog.page_ids())

    @Command("Export again", "Write all pages of the batch with the same choices as last time", keys="Ctrl+Shift+E")
    def export_again(self) -> None:
        """Exports all pages of the batch, or of the batches that are chosen, as it was chosen last."""
        page_ids: Sequence[int] = next(iter(self._sets().values()), [])
        self._plan(apart(self._last()) if isinstance(page_ids, BatchPages) else self._last(), page_ids)

    def _sets(self) -> Mapping[str, Sequence[int]]:
        chosen = self._desk.chosen
        return with_batches(self._library, self._of_batch(), self._desk.batches.batches(), chosen.batch_ids)

    def _of_batch(self) -> dict[str, list[int]]:
        """Pages of the batch by the words for them, all of them first."""
        if (batch_id := self._desk.chosen.batch_id) is None:
            return {}
        shown, chosen = self._desk.chosen.shown_page_ids(), self._desk.chosen.page_ids()
        sets = {_("All pages of the batch"): self._library.page_ids(batch_id), _("Pages shown"): shown}
        return sets | ({_("Selected pages"): chosen} if chosen else {})

    def _plan(self, choices: ExportChoices, page_ids: Sequence[int]) -> None:
        self._is_busy = True
        self._cancel.clear()
        self.update()
        export = Export(self._library, self._desk.decoder, choices, page_ids)
        self._lane.run(export.plan, partial(self._begin, choices, page_ids), self._on_failed)

    def _begin(self, choices: ExportChoices, page_ids: Sequence[int], plan: Plan) -> None:
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
        words = plural(
            "{count} file was written to “{folder}”.",
            "{count:,} files were written to “{folder}”.",
            len(result.written),
            folder=choices.folder,
        )
        if result.skipped:
            words += _(" {count:,} that already existed were left as they were.").format(count=len(result.skipped))
        if result.was_cancelled:
            words = _("The export was cancelled. {words}").format(words=words)
        show = [(_("Show folder"), partial(show_folder, choices.folder, self._notices))]
        if result.failed:
            others = _(" ({count:,} files failed.)").format(count=len(result.failed)) if len(result.failed) > 1 else ""
            self._notices.warn(f"{result.failed[0]}{others} {words}", show)
        elif result.left_out:
            others = (
                _(" ({count:,} pages were skipped.)").format(count=len(result.left_out))
                if len(result.left_out) > 1
                else ""
            )
            self._notices.warn(f"{result.left_out[0]}{others} {words}", show)
        else:
            self._notices.say(words, show)

    def _on_failed(self, error: OcrdeskError) -> None:
        self._end()
        self._notices.warn(str(error))

    def _end(self) -> None:
        self._is_busy = False
        self._desk.under_way.end(self)
        self.update()

    # What was chosen last

    def _last(self) -> ExportChoices:
        get = self._choices.get
        key = get("export/format")
        key = key if key in FORMATS else next(iter(FORMATS))
        return ExportChoices(
            key,
            path_from_field(get("export/folder") or str(Path.home() / "ocrdesk")),
            get("export/template"),
            per if (per := get("export/per")) in PER else None,
            tables=key in OF_TABLES and bool(get("export/tables")),
        )

    def _keep(self, choices: ExportChoices) -> None:
        self._choices.set("export/format", choices.format)
        self._choices.set("export/folder", shown_in_field(choices.folder))
        self._choices.set("export/template", choices.template)
        self._choices.set("export/per", choices.per or "")
        self._choices.set("export/tables", choices.tables)
        self._choices.keep()


def ask_about_existing(parent: QWidget, plan: Plan) -> Existing | None:
    """Asks what becomes of files that are there already; None: nothing is exported."""
    count, total = len(plan.existing), len(plan.targets)
    if count == 1:
        words = _("“{name}” exists already.").format(name=plan.existing[0].name)
    elif count == total:
        words = _("All {count:,} files exist already.").format(count=count)
    else:
        words = _("{count:,} of {total:,} files exist already.").format(count=count, total=total)
    folder = os.path.commonpath([path.parent for path in plan.existing])
    box = QMessageBox(QMessageBox.Icon.Question, _("Export"), plainly(words), QMessageBox.StandardButton.Cancel, parent)
    box.setObjectName("exportConflict")
    box.setInformativeText(plainly(_("In “{folder}”. Replaced files are gone for good.").format(folder=folder)))
    answers: dict[object, Existing] = {}
    both = box.addButton(_("Keep both"), QMessageBox.ButtonRole.AcceptRole)
    answers[both] = "keep both"
    answers[box.addButton("Skip", QMessageBox.ButtonRole.AcceptRole)] = "skip"
    answers[box.addButton("Replace", QMessageBox.ButtonRole.DestructiveRole)] = "replace"
    box.setDefaultButton(both)
    box.exec()
    return answers.get(box.clickedButton())
