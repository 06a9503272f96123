"""Looks through pages for words that were read as the same, and tells the first groups before all pages are seen."""

import time
from collections.abc import Callable, Container
from dataclasses import dataclass
from threading import Event

from PySide6.QtCore import QObject, Signal

from ocrdesk.engine.document import Page
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.quality import is_word_doubtful
from ocrdesk.engine.review.doubtful_words import PlacedWord, doubtful_words
from ocrdesk.engine.review.groups import Group, groups_of
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.tasks import Tell

FIRST = 1.0
"""Seconds after which the groups of the pages seen so far are told."""

_Words = dict[int, list[PlacedWord]]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        pages: The pages with words to check.
        groups: The groups of their words.
        seen: How many pages were looked through.
        total: How many there are.
    """

    pages: dict[int, Page]
    groups: list[Group]
    seen: int
    total: int


class GroupSearch(QObject):
    """Looks through pages; what was found on those that did not change meanwhile is not looked for again.

    Attributes:
        begun: It looks through the pages.
        found: Groups were found, on all pages or on the first of them; carries what was ``Found``.
        looking: How many pages were looked through, and how many there are; both are 0 at the end.
        failed: It could not be done; carries a sentence.
    """

    begun = Signal()
    found = Signal(object)
    looking = Signal(int, int)
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lane = desk.tasks.lane()
        self._words: _Words = {}
        self._stale: set[int] | None = set()
        self._is_wanted_again = False
        self._running: Event | None = None
        self._first: Found | None = None

    def look(self, scope: Scope, aside: Callable[[], Container[object]]) -> None:
        """Looks for the groups of some pages.

        Args:
            scope: The pages.
            aside: Says which words are in no group, by their keys.
        """
        if self._running is not None:
            self._is_wanted_again = True
            return
        kept = {} if self._stale is None else {it: some for it, some in self._words.items() if it not in self._stale}
        self._stale, self._is_wanted_again, self._first = set(), False, None
        self._running = stop = Event()
        self.begun.emit()
        left_out = aside()

        def look(tell: Tell) -> tuple[Found, _Words]:
            return self._look(scope, left_out, kept, stop, tell)

        def told(seen: int, total: int, first: Found | None) -> None:
            if self._running is not stop:
                return
            self.looking.emit(seen, total)
            if first is not None and self._first is None:
                self._first = first
                self.found.emit(first)

        def done(result: tuple[Found, _Words]) -> None:
            if self._end(stop):
                found, self._words = result
                self.found.emit(found)
                if self._is_wanted_again:
                    self.look(scope, aside)

        def failed(error: OcrdeskError) -> None:
            if self._end(stop):
                self.failed.emit(str(error))

        self._lane.run_telling(look, done, failed, told, at_once=True)

    def cancel(self) -> None:
        """Leaves it at the pages that were looked through."""
        self._is_wanted_again = False
        if self._running is not None:
            self._running.set()

    def close(self) -> None:
        """Ends, and lets go of all words."""
        self.cancel()
        self._running, self._words = None, {}
        self.looking.emit(0, 0)

    def forget(self, change: Change) -> None:
        """Has pages looked through again that changed."""
        if change.page_ids is None:
            self._stale = None
        elif self._stale is not None:
            self._stale |= change.page_ids

    def _end(self, stop: Event) -> bool:
        """Ends a search; returns whether it is the present one."""
        if self._running is not stop:
            return False
        self._running = None
        self.looking.emit(0, 0)
        return True

    def _look(
        self, scope: Scope, aside: Container[object], kept: _Words, stop: Event, tell: Tell
    ) -> tuple[Found, _Words]:
        """In a thread: looks through pages until all are seen or nobody wants more."""
        library, is_over = self._desk.library, self._lane.stop.is_set
        known, page_ids = library.user_words.known(), library.doubts.page_ids(scope)
        words: _Words = {}
        first: Found | None = None
        begun = time.monotonic()

        def found() -> Found:
            some = (
                word
                for page_id in words
                for word in words[page_id]
                if word.key not in aside and is_word_doubtful(word.word, known)
            )
            return Found(library.pages(words), groups_of(some), len(words), len(page_ids))

        for page_id in page_ids:
            if stop.is_set() or is_over():
                break
            if (some := kept.get(page_id)) is None:
                some = doubtful_words(page_id, library.texts.of(page_id).lines, known)
            words[page_id] = some
            if first is None and time.monotonic() - begun > FIRST:
                first = found()
            tell(len(words), len(page_ids), first)
        return found(), words
