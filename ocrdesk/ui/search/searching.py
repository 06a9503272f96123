"""Finds pages and the places on them, off the GUI thread: a newer question takes the place of an older one."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QObject, Signal

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.search.found import Found, Narrowing
from ocrdesk.engine.search.query import Query, in_names
from ocrdesk.engine.search_everything import Search
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.search.found_model import FoundBatch, FoundModel, Place

FIRST_PAGES = 200
"""How many pages are found at first, some screens full of places: all of them may be tens of thousands."""

FIRST, MORE = 3, 30
"""How many places of each batch are shown at first, and how many more when a person asks for them."""

TOGETHER = 8
"""How many batches are looked at for their first places before these are shown."""

_Looked = list[tuple[FoundBatch, list[Place], int]]
_ByBatch = list[tuple[int, list[int]]]


class Searching(QObject):
    """One question at a time.

    Attributes:
        found: It is known which pages are found, first some and then all of them; carries a ``Found``, or None where
            nothing is looked for any more.
        placed: More places are known and in the model.
        named: So many pages, or more than are found at first, have what is looked for in the names of their files.
        searching: Whether an answer takes longer than a moment; False once it is there.
        failed: The library did not answer; carries a sentence.
        differs: Other pages are found by now than those that are shown.
        query: What was found, as it was understood.
    """

    found = Signal(object)
    placed = Signal()
    named = Signal(int)
    searching = Signal(bool)
    failed = Signal(str)
    differs = Signal()

    def __init__(self, desk: Desk, model: FoundModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._search = Search(desk.library)
        self._lane, self._places, self._names = desk.tasks.lane(), desk.tasks.lane(), desk.tasks.lane()
        self._number = 0
        self._is_asking = self._is_looking = False
        self._has_more = False
        self._looked_at = 0
        self.query: Query | None = None

    def ask(self, text: str, narrowing: Narrowing, *, tolerant: bool | None = None) -> None:
        """Looks for something.

        Args:
            text: What is looked for, as it was typed.
            narrowing: Among which pages.
            tolerant: Whether words with misread letters are found as well; None: if nothing is found without them.
        """
        number = self._next()
        self._is_asking = True
        is_over = self._is_over(number)

        def find() -> tuple[Found, _ByBatch]:
            found = self._search.find(text, narrowing, tolerant, is_over, FIRST_PAGES)
            return found, _by_batch(found)

        def find_all(first: Found) -> tuple[Found, _ByBatch]:
            found = self._search.all_of(first, narrowing, is_over)
            return found, _by_batch(found)

        def done(answer: tuple[Found, _ByBatch]) -> None:
            if number == self._number:
                self._show_first(*answer)
                self._look_among_names(number, text, narrowing)
                if self._has_more:
                    self._lane.run(partial(find_all, answer[0]), all_done, failed)

        def all_done(answer: tuple[Found, _ByBatch]) -> None:
            if number == self._number:
                self._show_all(*answer)

        failed = partial(self._on_problem, number)
        self._lane.run(find, done, failed, at_once=True)
        if self._is_asking:
            self.searching.emit(True)

    def look_again(self, text: str, narrowing: Narrowing, *, tolerant: bool | None = None) -> None:
        """Asks whether other pages are found by now, and changes nothing; the same arguments as for ``ask``."""
        number = self._number

        def done(found: Found) -> None:
            shown = [page_id for batch in self._model.batches for page_id in batch.page_ids]
            if number == self._number and not self._has_more and [page.page_id for page in found.pages] != shown:
                self.differs.emit()

        find = partial(self._search.find, text, narrowing, tolerant=tolerant, is_over=self._is_over(number))
        self._lane.run(find, done, partial(self._on_problem, number))

    def forget(self) -> None:
        """Looks for nothing any more."""
        self._next()
        self._is_asking = self._has_more = False
        self.query = None
        self._model.show([])
        self.searching.emit(False)
        self.named.emit(0)
        self.found.emit(None)

    def show_more(self, batch: FoundBatch) -> None:
        """Shows more places of a batch."""
        waiting = len(batch.places) - batch.shown
        if batch.is_known or waiting >= MORE:
            self._model.show_places(batch, (), batch.looked_at, MORE)
            self.placed.emit()
        else:
            self._look([batch], MORE - waiting, MORE)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _is_over(self, number: int) -> Callable[[], bool]:
        return lambda: number != self._number or self._lane.stop.is_set()

    def _show_first(self, found: Found, by_batch: _ByBatch) -> None:
        self._is_asking = self._is_looking = False
        self._looked_at, self._has_more = 0, found.has_more
        self.query = found.query
        batches = self._batches_of(by_batch)
        if found.has_more:  # also in the last batch, which waits if there is another one to be seen
            batches[-1].has_more = True
            batches = batches[:-1] or batches
        self._model.show(batches)
        self.searching.emit(False)
        self.found.emit(found)
        self._look_on()

    def _look_among_names(self, number: int, text: str, narrowing: Narrowing) -> None:
        """Files are looked for as well, which nobody has to know how to ask for."""
        names = in_names(text)
        if names is None or self.query is None or self.query.match is None:
            self.named.emit(0)
            return
        find = partial(self._search.find, names, narrowing, False, self._is_over(number), FIRST_PAGES)

        def done(found: Found) -> None:
            if number == self._number:
                self.named.emit(len(found.pages))

        self._names.run(find, done, partial(self._on_problem, number))

    def _show_all(self, found: Found, by_batch: _ByBatch) -> None:
        """Shows the rest below what is shown; if that is no longer found, all is shown anew."""
        self._has_more = False
        if not self._model.grow(self._batches_of(by_batch)):
            self._show_first(found, by_batch)
            return
        self.found.emit(found)
        self._look_on()

    def _batches_of(self, by_batch: _ByBatch) -> list[FoundBatch]:
        names = {batch.id: batch.name for batch in self._desk.batches.batches()}
        return [FoundBatch(batch_id, names.get(batch_id, ""), page_ids) for batch_id, page_ids in by_batch]

    def _look_on(self) -> None:
        """Looks for the first places of the next batches, and then of those after them."""
        batches = self._model.batches[self._looked_at : self._looked_at + TOGETHER]
        if batches and not self._is_looking:
            self._looked_at += len(batches)
            self._is_looking = True
            self._look(batches, FIRST, FIRST, self._on_looked)

    def _on_looked(self) -> None:
        self._is_looking = False
        self._look_on()

    def _look(
        self, batches: Sequence[FoundBatch], wanted: int, shown: int, then: Callable[[], None] = lambda: None
    ) -> None:
        number, query = self._number, self.query
        assert query is not None

        def done(looked: _Looked) -> None:
            if number == self._number:
                for batch, places, looked_at in looked:
                    self._model.show_places(batch, places, looked_at, shown)
                self.placed.emit()
                then()

        starts = [(batch, batch.page_ids[batch.looked_at :], batch.looked_at) for batch in batches]
        look = partial(self._look_at, starts, query, wanted, self._is_over(number))
        self._places.run(look, done, partial(self._on_problem, number), at_once=True)

    def _look_at(
        self,
        starts: Iterable[tuple[FoundBatch, Sequence[int], int]],
        query: Query,
        wanted: int,
        is_over: Callable[[], bool],
    ) -> _Looked:
        """In a thread: looks at pages of batches until enough places are found on them."""
        looked: _Looked = []
        for batch, page_ids, looked_at in starts:
            places: list[Place] = []
            for page_id in page_ids:
                if is_over() or len(places) >= wanted:
                    break
                looked_at += 1
                if (page := self._desk.library.page(page_id)) is not None:
                    hits = self._search.hits_on(page_id, query)
                    places += [Place(page, hit) for hit in hits] or [Place(page, None)]
            looked.append((batch, places, looked_at))
        return looked

    def _on_problem(self, number: int, error: OcrdeskError) -> None:
        if number == self._number:
            self._is_asking = False
            self.searching.emit(False)
            self.failed.emit(str(error))


def _by_batch(found: Found) -> _ByBatch:
    return [
        (batch_id, [page.page_id for page in pages])
        for batch_id, pages in groupby(found.pages, lambda page: page.batch_id)
    ]
