"""Moving pages to another batch, and making one batch of several."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from ocrdesk.engine.document import Batch
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library.moving import Moved
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.batch_model import BATCH_ROLE
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import Act
from ocrdesk.ui.kit.actions import Command, Needs

_ANOTHER = 3
"""Rows of the list from which on there is a second batch: the first one is a heading."""


class MoveCommands(Commands):
    """Moves pages in a way that can be undone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._library, self._runner, self._chosen = desk.library, desk.runner, desk.chosen
        self._targets = QMenu()
        self._targets.aboutToShow.connect(self._list_targets)
        desk.actions["move_pages_to"].setMenu(self._targets)
        self.update()

    def follow(self) -> None:
        """Lets batches be merged where several are chosen, and pages be moved where there is another batch."""
        batches, action = self._chosen.batches, self._desk.actions["merge_batches"]
        action.setEnabled(len(batches) > 1)
        words = _("Merge {count:,} batches into “{name}”") if len(batches) > 1 else _("Merge selected batches")
        into = batches[0].name.replace("&", "&&") if batches else ""
        action.setText(words.format(count=len(batches), name=into))
        if self._desk.batches.rowCount() < _ANOTHER:
            self._desk.actions["move_pages_to"].setEnabled(False)

    # Batches

    @Command("Merge selected batches", "Move the pages of all selected batches into the topmost of them", icon="merge")
    def merge_batches(self) -> None:
        """Makes one of the chosen batches, or says why it cannot be done."""
        batches = self._chosen.batches
        if why := next(filter(None, map(self._why_not, batches)), ""):
            self._desk.notices.warn(why)
            return
        into = batches[0]
        has_other_texts, results = self._have_other_regions(batches), list[Moved]()
        moving, kept = self._library.moving, self._desk.removals.kept

        def merge() -> None:
            results.append(moving.merge([batch.id for batch in batches], self._desk.history.lane.stop.is_set))
            kept.update({batch_id: batch_id for batch_id in results[-1].merged})

        def part() -> None:
            for batch_id in results[-1].merged:
                self._library.removing.show(batch_id)
                kept.pop(batch_id, None)
            moving.undo(results[-1], self._desk.history.lane.stop.is_set)

        def end(is_undo: bool) -> None:
            self._chosen.choose_batch(into.id)
            for batch in batches:
                self._chosen.tell(Change(batch.id, has_other_texts=has_other_texts))

        def said() -> str:
            total = self._library.batch(into.id)
            pages = plural("{count} page", "{count:,} pages", total.counts.total if total is not None else 0)
            words = _("Merged into “{name}”, which has {pages} now.").format(name=into.name, pages=pages)
            more = _("Its regions now apply to all of them.") if has_other_texts else ""
            return _sentences(words, more, results[-1])

        merging = plural("Merging {count} batch…", "Merging {count:,} batches…", len(batches))
        self._desk.history.do(
            Act(
                _("merge {count:,} batches into “{name}”").format(count=len(batches), name=into.name),
                merge,
                part,
                end,
                said=said,
                doing=merging,
                undoing=plural(
                    "Undoing the merge of {count} batch…", "Undoing the merge of {count:,} batches…", len(batches)
                ),
            )
        )

    def _why_not(self, batch: Batch) -> str:
        """Why a batch cannot be merged; nothing where it can be."""
        if batch.id == self._runner.batch_id:
            return _("“{name}” is being read. Stop it or wait until it is finished, then merge.").format(
                name=batch.name
            )
        if batch.id in self._runner.waiting:
            return _("“{name}” is queued. Stop it or wait until it is read, then merge.").format(name=batch.name)
        if batch.is_watched:
            return _("The folder of “{name}” is watched. Turn that off in the Batch menu, then merge.").format(
                name=batch.name
            )
        return ""

    def _have_other_regions(self, batches: Sequence[Batch]) -> bool:
        """Whether what counts on pages of some of these batches does not on those of others."""
        return len({self._library.texts.regions(batch.id) for batch in batches}) > 1

    # Pages

    @Command("Move to", "Move the selected pages to another batch", icon="move", needs=Needs.PAGES)
    def move_pages_to(self) -> None:
        """Offers the other batches."""
        self._targets.popup(QCursor.pos())

    def _list_targets(self) -> None:
        self._targets.clear()
        rows = self._desk.batches
        listed: list[Batch | None] = [rows.index(row).data(BATCH_ROLE) for row in range(rows.rowCount())]
        for batch in listed:
            if batch is not None and batch.id != self._chosen.batch_id:
                entry = self._targets.addAction(batch.name.replace("&", "&&"))
                entry.triggered.connect(partial(self._move_chosen, batch.id))

    def _move_chosen(self, batch_id: int, _is_checked: bool = False) -> None:
        self.move_pages(self._chosen.page_ids(), batch_id)

    def move_pages(self, page_ids: Sequence[int], batch_id: int) -> None:
        """Moves pages of the batch that is shown to another one."""
        source, into = self._chosen.batch, self._desk.batches.batch(batch_id)
        if source is None or into is None or source.id == into.id:
            return
        has_other_texts, results = self._have_other_regions([source, into]), list[Moved]()
        moving, is_over, count = self._library.moving, self._desk.history.lane.stop.is_set, len(page_ids)

        def move() -> None:
            moved = moving.move(page_ids, batch_id, is_over)
            if not moved.moved:
                raise OcrdeskError(_sentences("", "", moved) or _("The pages were not moved. Try again."))
            results.append(moved)

        def end(is_undo: bool) -> None:
            there, here = (into, source) if is_undo else (source, into)
            if is_undo:
                self._chosen.choose_batch(source.id)
            elif source.id == self._chosen.batch_id and results:
                self._chosen.choose_beside(page_ids)  # what is looked at next
            for batch in (here, there):
                self._chosen.tell(Change(batch.id, has_other_texts=has_other_texts))
            if is_undo:
                self._chosen.choose_pages(page_ids)
            arrived = self._desk.batches.batch(here.id)
            if arrived is not None and arrived.counts.queued and self._runner.is_busy_with(there.id):
                self._runner.start_queued(here.id)  # they were about to be read

        def said() -> str:
            moved = results[-1]
            words = plural(
                "Moved {count} page to “{name}”.", "Moved {count:,} pages to “{name}”.", moved.moved, name=into.name
            )
            return _sentences(words, "", moved)

        self._desk.history.do(
            Act(
                plural("move {count} page", "move {count:,} pages", count),
                move,
                lambda: moving.undo(results[-1], is_over),
                end,
                said=said,
                doing=plural("Moving {count} page…", "Moving {count:,} pages…", count),
                undoing=plural("Moving back {count} page…", "Moving back {count:,} pages…", count),
            )
        )


def _sentences(words: str, more: str, moved: Moved) -> str:
    """What came of moving pages."""
    known = plural("{count} page was there already.", "{count:,} pages were there already.", moved.known)
    stayed = plural(
        "{count} page is being read and stays where it is.",
        "{count:,} pages are being read and stay where they are.",
        moved.stayed,
    )
    return " ".join(filter(None, (words, more, known if moved.known else "", stayed if moved.stayed else "")))
