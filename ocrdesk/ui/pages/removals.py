"""Removes pages and batches in the background: thousands of them take seconds."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.ui.kit.background import Errands
from ocrdesk.ui.kit.notices import NoticeBar
from ocrdesk.ui.kit.under_way import UnderWay
from ocrdesk.ui.pages.page_model import PageModel


class Removals(QObject):
    """Removes one thing after another, and says so while it takes longer than a moment.

    Attributes:
        pages_removed: Pages are gone from their batch.
        completed: What was removed is gone from the library's file, whose room can be given back.
    """

    pages_removed = Signal()
    completed = Signal()

    def __init__(
        self, library: Library, model: PageModel, under_way: UnderWay, notices: NoticeBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._model = model
        self._under_way = under_way
        self._notices = notices
        self._errands = Errands(self)
        self._going: set[int] = set()

    def remove_pages(self, page_ids: list[int]) -> None:
        """Takes pages out of their batch. Until they are gone they are shown, but cannot be chosen."""
        some = set(page_ids)
        self._going |= some
        self._errands.run(
            partial(self._library.remove_pages, page_ids, self._errands.stop.is_set),
            lambda _: self._on_pages_removed(some),
            partial(self._on_problem, some),
            at_once=True,
        )
        if self._going:
            self._show_going()

    def finish(self, batch_ids: Iterable[int]) -> None:
        """Removes what is left of batches that nobody sees any more."""
        for batch_id in batch_ids:
            self._errands.run(
                partial(self._library.removing.finish, batch_id, self._errands.stop.is_set),
                lambda _: self.completed.emit(),
                partial(self._on_problem, set()),
            )

    def _on_pages_removed(self, page_ids: set[int]) -> None:
        self._end(page_ids)
        self.completed.emit()

    def _on_problem(self, page_ids: set[int], error: OcrdeskError) -> None:
        self._end(page_ids)
        self._notices.warn(str(error))

    def _end(self, page_ids: set[int]) -> None:
        self._going -= page_ids
        self._show_going()
        if page_ids:
            self.pages_removed.emit()

    def _show_going(self) -> None:
        self._model.show_going(self._going)
        if self._going:
            count = len(self._going)
            self._under_way.say(self, f"Removing {'1 page' if count == 1 else f'{count:,} pages'}…")
        else:
            self._under_way.end(self)
