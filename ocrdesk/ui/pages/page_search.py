"""Asks the library which pages to show, off the GUI thread."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ocrdesk.engine.document import FolderOfPages
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import Library, PageFilter, PageOrder
from ocrdesk.ui.kit import tasks as kit_tasks
from ocrdesk.ui.kit.tasks import Tasks

_Answer = tuple[list[int], list[FolderOfPages]]

RESTS = 10
"""What takes longer than a moment is asked again by itself only after this many times as long."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which pages of a batch to show; arguments as in ``Library.page_ids``."""

    batch_id: int
    show: PageFilter = PageFilter.ALL
    order: PageOrder = PageOrder.POSITION
    descending: bool = False
    among: tuple[int, ...] | None = None
    with_page: int | None = None


class PageSearch(QObject):
    """One question at a time: a newer one takes the place of an older one.

    Attributes:
        found: The newest question is answered; carries a list of page numbers, and the folders that they lie in where
            they are in the order in which they were added.
        searching: Whether an answer takes longer than a moment; False once it is there.
        failed: The library did not answer; carries a sentence.
    """

    found = Signal(object, object)
    searching = Signal(bool)
    failed = Signal(str)

    def __init__(self, library: Library, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = tasks.lane()
        self._question: Question | None = None
        self._number = 0
        self._is_stale = False
        self._slow_batch: int | None = None
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._ask_if_stale)
        self.is_asking = False

    def ask(self, question: Question | None) -> None:
        """Asks at once; None has no pages.

        What is answered within a moment is told before this returns. A batch whose last answer took longer is not
        waited for again: that would only hold the window.
        """
        self._question = question
        self._number += 1
        number, begun = self._number, time.monotonic()
        self.is_asking, self._is_stale = True, False
        self._rest.stop()
        if question is None:
            self._on_found(number, begun, ([], []))
            return
        look = partial(self._look, question, lambda: number != self._number or self._lane.stop.is_set())
        found, is_quick = partial(self._on_found, number, begun), question.batch_id != self._slow_batch
        self._lane.run(look, found, partial(self._on_problem, number), at_once=is_quick)
        if self.is_asking:
            self.searching.emit(True)

    def _look(self, question: Question, is_over: Callable[[], bool]) -> _Answer:
        batch_id, order = question.batch_id, question.order
        page_ids = self._library.page_ids(
            batch_id,
            question.show,
            order,
            descending=question.descending,
            among=question.among,
            with_page=question.with_page,
            is_over=is_over,
        )
        in_folders = order is PageOrder.POSITION
        return page_ids, self._library.folders(batch_id, page_ids, is_over=is_over) if in_folders else []

    def ask_again(self, question: Question | None) -> None:
        """Asks once more, because pages changed: after the answer that is awaited, and a rest."""
        self._question = question
        if self.is_asking or self._rest.isActive():
            self._is_stale = True
        else:
            self.ask(question)

    def _ask_if_stale(self) -> None:
        if self._is_stale:
            self.ask_again(self._question)

    def _on_found(self, number: int, begun: float, answer: _Answer) -> None:
        if number != self._number:
            return
        self.is_asking = False
        took = time.monotonic() - begun
        self._slow_batch = None
        if took > kit_tasks.MOMENT:
            self._slow_batch = self._question.batch_id if self._question is not None else None
            self._rest.start(int(1000 * took * RESTS))
        self.found.emit(*answer)
        self.searching.emit(False)
        if not self._rest.isActive():
            self._ask_if_stale()

    def _on_problem(self, number: int, error: OcrdeskError) -> None:
        if number == self._number:
            self.is_asking = False
            self.searching.emit(False)
            self.failed.emit(str(error))
