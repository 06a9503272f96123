"""Removes pages and batches in the background: thousands of them take seconds."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.engine.words import plural
from ocrdesk.ui.desk.chosen import Change, Chosen
from ocrdesk.ui.kit.tasks import Tasks
from ocrdesk.ui.kit.under_way import UnderWay


class Removals(QObject):
    """Removes one thing after another, and says so while it takes longer than a moment.

    Attributes:
        going_changed: Other pages are being removed now.
        failed: Something cannot be removed; carries a sentence.
        completed: What was removed is gone from the library's file, whose room can be given back.
        going: Pages that are being removed. Until they are gone they are shown, but cannot be chosen.
    """

    going_changed = Signal()
    failed = Signal(str)
    completed = Signal()

    def __init__(self, library: Library, chosen: Chosen, under_way: UnderWay, tasks: Tasks) -> None:
        super().__init__()
        self._library = library
        self._chosen = chosen
        self._under_way = under_way
        self._lane = tasks.lane()
        self.going: set[int] = set()

    def remove_pages(self, batch_id: int, page_ids: list[int]) -> None:
        """Takes pages out of their batch."""
        some = set(page_ids)
        self.going |= some
        self._lane.run(
            partial(self._library.remove_pages, page_ids, self._lane.stop.is_set),
            lambda _: self._on_pages_removed(batch_id, some),
            partial(self._on_problem, batch_id, some),
            at_once=True,
        )
        if self.going:
            self._show_going()

    def finish(self, batch_ids: Iterable[int]) -> None:
        """Removes what is left of batches that nobody sees any more."""
        for batch_id in batch_ids:
            self._lane.run(
                partial(self._library.removing.finish, batch_id, self._lane.stop.is_set),
                lambda _: self.completed.emit(),
                lambda error: self.failed.emit(str(error)),
            )

    def _on_pages_removed(self, batch_id: int, page_ids: set[int]) -> None:
        self._end(batch_id, page_ids)
        self.completed.emit()

    def _on_problem(self, batch_id: int, page_ids: set[int], error: OcrdeskError) -> None:
        self._end(batch_id, page_ids)
        self.failed.emit(str(error))

    def _end(self, batch_id: int, page_ids: set[int]) -> None:
        self.going -= page_ids
        self._show_going()
        self._chosen.tell(Change(batch_id))

    def _show_going(self) -> None:
        self.going_changed.emit()
        if self.going:
            self._under_way.say(self, plural("Removing {count} page…", "Removing {count:,} pages…", len(self.going)))
        else:
            self._under_way.end(self)
