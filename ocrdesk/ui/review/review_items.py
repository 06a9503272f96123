"""The words that are checked: which comes next, and what is kept."""

from collections.abc import Callable, Container, Iterable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.library.corrections import Former
from ocrdesk.engine.library.doubts import Doubt, Scope
from ocrdesk.engine.review.doubtful_words import PlacedWord
from ocrdesk.engine.review.queue import Outcome, ReviewQueue
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import Act
from ocrdesk.ui.kit.words import shortened
from ocrdesk.ui.review.shown_words import Found, Shown, ShownWords

AHEAD = 20
"""How many words are at hand before they are needed."""

_TELLS = 400
"""Milliseconds after the last word that was kept until the rest of the window, which is not seen, follows."""


class ReviewItems(QObject):
    """Has the words of some pages checked, one after another.

    Attributes:
        queue: Which words, and what became of them.
        opened: It is known which words there are.
        moved: Another word is the present one, or it is there now, or is another; carries nothing.
        held: The present word is being kept, or no longer.
        not_kept: It could not be.
    """

    opened = Signal()
    moved = Signal()
    held = Signal(bool)
    not_kept = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._opening = desk.tasks.lane()
        self._words = ShownWords(desk, self)
        self.queue = ReviewQueue([])
        self._opened: object = None
        self._scope = Scope()
        self._first: dict[object, tuple[int, Polygon]] = {}
        self._known: Container[str] = frozenset()
        self._known_pages: set[int] = set()
        self._changed: dict[int, set[int]] = {}
        self._is_telling = False
        self._soon = QTimer(self, singleShot=True, interval=_TELLS)
        self._soon.timeout.connect(self._tell)
        self._words.loaded.connect(self._on_loaded)
        self._words.gone.connect(self._drop)
        self._words.failed.connect(desk.notices.warn)
        desk.chosen.changed.connect(self._follow)

    # Opening

    def reset(self) -> None:
        """Forgets what became of words: another review begins."""
        self.queue = ReviewQueue([])
        self._words.said.clear()

    def open(self, scope: Scope) -> None:
        """Begins with the words of some pages, or goes on where a person was before they checked words elsewhere."""
        self.close()
        self._scope = scope
        self._opened = opened = object()

        def done(doubts: list[Doubt]) -> None:
            if self._opened is opened:
                queue = self.queue
                queue.follow_pages(queue.page_ids().union(doubt.page_id for doubt in doubts), doubts)
                queue.go_through_more()
                queue.put_first(self._first.values())
                self._expect()
                self.opened.emit()
                self.moved.emit()

        self._opening.run(partial(self._desk.library.doubts.of, scope), done, self._fail, at_once=True)

    def put_first(self, words: Iterable[PlacedWord]) -> None:
        """Has some words checked before all others from the next time on."""
        self._first |= {word.key: (word.page_id, word.word.polygon) for word in words}

    def close(self) -> None:
        """Ends, and lets go of all pictures. Pages on which words are known by now are counted anew."""
        self._opened = None
        self._words.forget()
        self._known = frozenset()
        self._soon.stop()
        self._tell()
        stale, self._known_pages = sorted(self._known_pages), set()
        if stale:
            renew = partial(self._desk.library.texts.renew, stale, self._opening.stop.is_set)
            self._opening.run(renew, lambda _: self._desk.chosen.tell(Change(None)), self._fail)

    @property
    def present(self) -> Shown | None:
        """The word that is to be checked; None: there is none, or it is not at hand yet."""
        return self.of(self.queue.present)

    def of(self, doubt: Doubt | None) -> Shown | None:
        """A word as it is shown; None: it is not at hand yet."""
        return self._words.of(doubt)

    # Moving

    def leave_for_later(self) -> None:
        """Goes on; the word is to be checked another time."""
        if (doubt := self.queue.present) is not None:
            self.queue.note(doubt, Outcome.LATER)
            self._go(self.queue.go_on)

    def go_back(self) -> None:
        """Goes to the word before, unless there is no text in its place any more."""
        self._go(self._step_back)

    def _step_back(self) -> None:
        here = self.queue.present
        while self.queue.go_back():
            if self._words.said.get(self.queue.present) != "":
                return
        if here is not None:
            self.queue.go_to(here)

    def go_through_rest(self) -> None:
        """Begins again with those that were left for later."""
        self._go(self.queue.go_through_rest)

    def go_through_more(self) -> None:
        """Goes on with those that came after the end."""
        self._go(self.queue.go_through_more)

    def _go(self, step: Callable[[], object]) -> None:
        step()
        self._expect()
        self.moved.emit()

    def _expect(self) -> None:
        self._words.expect(self.queue.present, self.queue.upcoming(AHEAD))

    # Keeping

    def decide(self, text: str) -> None:
        """Keeps what the present word says; goes on once that is on disk.

        Args:
            text: What it says; empty: there is no text.
        """
        shown = self.present
        if shown is None:
            return
        item, page, queue, opened = shown.item, shown.page, self.queue, self._opened
        said = " ".join(text.split())
        change, is_accepted = item.changed_to(said), said == item.text
        outcome = Outcome.ACCEPTED if is_accepted else Outcome.CHANGED
        corrections, former = self._desk.library.corrections, list[Former]()
        others = [doubt for doubt, _shown in self._words.all() if doubt.page_id == page.id]
        found: dict[str, Found] = {}
        is_kept = [False]
        words = self._words
        said_before, outcome_before = words.said.get(item.doubt), queue.outcome_of(item.doubt)

        def do() -> None:
            accepted = item.text if is_accepted else ""
            former[:] = [
                corrections.put_back(former[0]) if former else corrections.keep(page.id, change, accepted=accepted)
            ]
            is_kept[0], words.said[item.doubt] = True, said
            look()

        def undo() -> None:
            former[:] = [corrections.put_back(former[0])]
            is_kept[0] = False
            if said_before is None:
                words.said.pop(item.doubt, None)
            else:
                words.said[item.doubt] = said_before
            look()

        def look() -> None:
            """Those of the same page are other now, perhaps of the same line."""
            self._known = self._desk.library.user_words.known()
            found["now"] = words.look(page.id, others, words.said)

        def begin(is_undo: bool) -> None:
            if self._opened is opened:
                self.held.emit(True)

        def end(is_undo: bool) -> None:
            if is_kept[0] != is_undo:  # else it could not be kept, or not be undone
                queue.note(item.doubt, outcome_before if is_undo else outcome)
            if self._opened is not opened:  # it is undone or done again while words are checked elsewhere, or later
                if is_undo:
                    queue.go_to(item.doubt)
                self._desk.chosen.tell(Change(page.batch_id, frozenset([page.id])))
                return
            self._changed.setdefault(page.batch_id, set()).add(page.id)
            self._soon.start()
            self.held.emit(False)
            if is_kept[0] == is_undo:
                self.moved.emit()
                self.not_kept.emit()
                return
            for doubt in words.take(page.id, found["now"]):
                if queue.outcome_of(doubt) is None:
                    self._drop(doubt)
            self._drop_known()
            queue.go_to(item.doubt)
            self._go((lambda: None) if is_undo else queue.go_on)

        title = _("correction to “{word}”") if not is_accepted else _("acceptance of “{word}”")
        title = title if said else _("removal of “{word}”")
        self._desk.history.do(Act(title.format(word=shortened(said or item.text)), do, undo, end, begin))

    def _drop_known(self) -> None:
        """Drops words at hand that were accepted often enough by now."""
        for doubt, shown in self._words.all():
            if self.queue.outcome_of(doubt) is None and not shown.item.is_doubtful(self._known):
                self._drop(doubt)

    def _drop(self, doubt: Doubt) -> None:
        self._words.drop(doubt)
        self._known_pages.add(doubt.page_id)
        self.queue.drop(doubt)

    def _tell(self) -> None:
        """Lets the rest of the window follow what was kept."""
        changed, self._changed = self._changed, {}
        self._is_telling = True
        try:
            for batch_id, page_ids in changed.items():
                self._desk.chosen.tell(Change(batch_id, frozenset(page_ids)))
        finally:
            self._is_telling = False

    # What changes elsewhere

    def _on_loaded(self) -> None:
        self._drop_known()
        self._go(lambda: None)

    def _follow(self, change: Change) -> None:
        """Words of pages that were read again, corrected elsewhere or removed are other ones, or gone.

        Those of pages that were read meanwhile are to be checked, too.
        """
        if self._opened is None or self._is_telling:
            return
        page_ids = self._pages_of(change)
        if not page_ids:
            return
        opened, scope = self._opened, Scope(page_ids=tuple(page_ids))

        def done(doubts: list[Doubt]) -> None:
            if self._opened is not opened:
                return
            self.queue.follow_pages(page_ids, doubts)
            for page_id in page_ids:
                self._words.page_changed(page_id)
            self._go(lambda: None)

        self._opening.run(partial(self._desk.library.doubts.of, scope), done, self._fail)

    def _pages_of(self, change: Change) -> frozenset[int]:
        """Those of a change whose words are checked here."""
        mine, scope = self.queue.page_ids(), self._scope
        if change.page_ids is None:
            return mine
        if scope.page_ids is not None:
            return change.page_ids & mine.union(scope.page_ids)
        return change.page_ids if scope.batch_id in (None, change.batch_id) else change.page_ids & mine

    def _fail(self, error: OcrdeskError) -> None:
        self._desk.notices.warn(str(error))
