"""The words that are checked: which comes next, with its picture at hand before it is needed, and what is kept."""

import logging
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Line, Page, PageStatus
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.library.corrections import Former
from ocrdesk.engine.library.doubts import Doubt, Scope
from ocrdesk.engine.review.doubtful_words import PlacedWord
from ocrdesk.engine.review.item import ReviewItem, item_of
from ocrdesk.engine.review.queue import Outcome, ReviewQueue
from ocrdesk.engine.review.reasons import reasons_of
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import Act
from ocrdesk.ui.kit.strips import Strip, cut, whole
from ocrdesk.ui.kit.tasks import Lane
from ocrdesk.ui.kit.words import shortened

log = logging.getLogger(__name__)

AHEAD, BEHIND = 20, 6
"""How many words are at hand before they are needed, and how many after."""

_MOST_PIXELS_A_SIDE = 8000
"""A larger picture is loaded reduced."""

_THREADS = 2
Said = Mapping[Doubt | None, str]
"""What a person wrote or accepted in the places of words."""

_TELLS = 400
"""Milliseconds after the last word that was kept until the rest of the window, which is not seen, follows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A word as it is shown.

    Attributes:
        item: The word.
        page: Its page.
        place: Which page of its batch that is, from 1 on, and how many there are.
        reasons: Why it is to be checked.
        strip: What is printed round it; None: the picture cannot be opened.
        picture: The whole page, small; likewise.
        trouble: Why there is no picture; empty: there is one.
    """

    item: ReviewItem
    page: Page
    place: tuple[int, int]
    reasons: Sequence[str]
    strip: Strip | None = None
    picture: Strip | None = None
    trouble: str = ""


class ReviewItems(QObject):
    """Has the words of some pages checked, one after another.

    Attributes:
        queue: Which words, and what became of them.
        opened: It is known which words there are.
        moved: Another word is the present one, or it is there now, or is another; carries nothing.
        held: The present word is being kept, or no longer.
    """

    opened = Signal()
    moved = Signal()
    held = Signal(bool)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._opening = desk.tasks.lane()
        self._near, self._ahead = desk.tasks.lane(), desk.tasks.lane(threads=_THREADS)
        self.queue = ReviewQueue([])
        self._session: object = None
        self._scope = Scope()
        self._first: dict[object, tuple[int, Polygon]] = {}
        self._wanted: frozenset[Doubt] = frozenset()
        self._loading: set[Doubt] = set()
        self._stale: set[Doubt] = set()
        self._versions: defaultdict[int, int] = defaultdict(int)
        self._shown: OrderedDict[Doubt, Shown] = OrderedDict()
        self._known: Container[str] = frozenset()
        self._said: dict[Doubt | None, str] = {}
        self._known_pages: set[int] = set()
        self._changed: dict[int, set[int]] = {}
        self._is_telling = False
        self._soon = QTimer(self, singleShot=True, interval=_TELLS)
        self._soon.timeout.connect(self._tell)
        desk.chosen.changed.connect(self._follow)

    # Opening

    def open(self, scope: Scope) -> None:
        """Begins with the words of some pages."""
        self.close()
        self._scope = scope
        self._session = session = object()

        def done(doubts: list[Doubt]) -> None:
            if self._session is session:
                self.queue = ReviewQueue(doubts)
                self.queue.put_first(self._first.values())
                self._expect()
                self.opened.emit()
                self.moved.emit()

        self._opening.run(partial(self._desk.library.doubts.of, scope), done, self._fail, at_once=True)

    def put_first(self, words: Iterable[PlacedWord]) -> None:
        """Has some words checked before all others from the next time on."""
        self._first |= {word.key: (word.page_id, word.word.polygon) for word in words}

    def close(self) -> None:
        """Ends, and lets go of all pictures. Pages on which words are known by now are counted anew."""
        self._session = None
        self.queue = ReviewQueue([])
        self._wanted, self._shown = frozenset(), OrderedDict()
        self._loading.clear()
        self._stale.clear()
        self._said.clear()
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
        return self._shown.get(doubt) if doubt is not None else None

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
            if self._said.get(self.queue.present) != "":
                return
        if here is not None:
            self.queue.go_to(here)

    def go_through_rest(self) -> None:
        """Begins again with those that were left for later."""
        self._go(self.queue.go_through_rest)

    def _go(self, step: Callable[[], object]) -> None:
        step()
        self._expect()
        self.moved.emit()

    # Keeping

    def decide(self, text: str) -> None:
        """Keeps what the present word says; goes on once that is on disk.

        Args:
            text: What it says; empty: there is no text.
        """
        shown = self.present
        if shown is None:
            return
        item, page, session = shown.item, shown.page, self._session
        said = " ".join(text.split())
        change, is_accepted = item.changed_to(said), said == item.text
        outcome = Outcome.ACCEPTED if is_accepted else Outcome.CHANGED
        corrections, former = self._desk.library.corrections, list[Former]()
        others = [doubt for doubt in self._shown if doubt.page_id == page.id]
        found: dict[Doubt, ReviewItem | None] = {}
        is_kept = [False]
        said_before, outcome_before = self._said.get(item.doubt), self.queue.outcome_of(item.doubt)

        def do() -> None:
            accepted = item.text if is_accepted else ""
            former[:] = [
                corrections.put_back(former[0]) if former else corrections.keep(page.id, change, accepted=accepted)
            ]
            is_kept[0], self._said[item.doubt] = True, said
            look()

        def undo() -> None:
            former[:] = [corrections.put_back(former[0])]
            is_kept[0] = False
            if said_before is None:
                self._said.pop(item.doubt, None)
            else:
                self._said[item.doubt] = said_before
            look()

        def look() -> None:
            """Those of the same page are other now, perhaps of the same line."""
            self._known = self._desk.library.user_words.known()
            found.clear()
            found.update(self._items(page.id, others, self._said))

        def begin(is_undo: bool) -> None:
            if self._session is session:
                self.held.emit(True)

        def end(is_undo: bool) -> None:
            if self._session is not session:  # it is undone or done again another time
                self._desk.chosen.tell(Change(page.batch_id, frozenset([page.id])))
                return
            self._changed.setdefault(page.batch_id, set()).add(page.id)
            self._soon.start()
            self.held.emit(False)
            if is_kept[0] == is_undo:  # it could not be kept, or not be undone
                self.moved.emit()
                return
            self.queue.note(item.doubt, outcome_before if is_undo else outcome)
            self._versions[page.id] += 1
            self._take(page.id, found)
            self._drop_known()
            self.queue.go_to(item.doubt)
            self._go((lambda: None) if is_undo else self.queue.go_on)

        words = _("correction to “{word}”") if not is_accepted else _("acceptance of “{word}”")
        words = words if said else _("removal of “{word}”")
        self._desk.history.do(Act(words.format(word=shortened(said or item.text)), do, undo, end, begin))

    def _take(self, page_id: int, found: dict[Doubt, ReviewItem | None]) -> None:
        """Takes the words of a page as they are by now; of others that came meanwhile it is not known what they say."""
        for doubt, shown in [(doubt, shown) for doubt, shown in self._shown.items() if doubt.page_id == page_id]:
            if (item := found.get(doubt)) is not None:
                self._shown[doubt] = replace(shown, item=item)
            elif doubt in found and self.queue.outcome_of(doubt) is None:
                self._drop(doubt)
            else:
                del self._shown[doubt]

    def _drop_known(self) -> None:
        """Drops words at hand that were accepted often enough by now."""
        for doubt, shown in list(self._shown.items()):
            if self.queue.outcome_of(doubt) is None and not shown.item.is_doubtful(self._known):
                self._drop(doubt)

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

    def _follow(self, change: Change) -> None:
        """Words of pages that were read again, corrected elsewhere or removed are other ones, or gone.

        Those of pages that were read meanwhile are to be checked, too.
        """
        if self._session is None or self._is_telling:
            return
        page_ids = self._pages_of(change)
        if not page_ids:
            return
        session, scope = self._session, Scope(page_ids=tuple(page_ids))

        def done(doubts: list[Doubt]) -> None:
            if self._session is not session:
                return
            self.queue.follow_pages(page_ids, doubts)
            for page_id in page_ids:
                self._versions[page_id] += 1
            self._stale.update(doubt for doubt in self._shown if doubt.page_id in page_ids)
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

    # What is at hand

    def _expect(self) -> None:
        """Loads the present word and those that come next; forgets those that are long past."""
        present = self.queue.present
        coming = [*([present] if present is not None else []), *self.queue.upcoming(AHEAD)]
        self._wanted = frozenset(coming)
        past = [doubt for doubt in self._shown if doubt not in self._wanted]
        for doubt in past[: max(0, len(past) - BEHIND)]:
            del self._shown[doubt]
        pages: dict[int, list[Doubt]] = {}
        for doubt in coming:
            if doubt not in self._loading and (doubt not in self._shown or doubt in self._stale):
                pages.setdefault(doubt.page_id, []).append(doubt)
        if present is not None and present not in self._shown and present not in self._loading:
            self._load(present.page_id, [present], self._near, with_picture=False)  # the text, before anything else
            return
        for page_id, doubts in pages.items():
            self._load(page_id, doubts, self._near if present in doubts else self._ahead)
            if present in doubts:  # whose picture is waited for
                return

    def _load(self, page_id: int, doubts: Sequence[Doubt], lane: Lane, *, with_picture: bool = True) -> None:
        session, said, version = self._session, dict(self._said), self._versions[page_id]
        self._loading.update(doubts)

        def load() -> dict[Doubt, Shown | None]:
            some = [doubt for doubt in doubts if doubt in self._wanted]
            return self._loaded(page_id, some, said, with_picture=with_picture) if some else {}

        def done(found: dict[Doubt, Shown | None]) -> None:
            if self._session is not session:
                return
            self._loading.difference_update(doubts)
            if self._versions[page_id] != version:  # its text is another since then
                self._go(lambda: None)
                return
            (self._stale.difference_update if with_picture else self._stale.update)(found)
            for doubt, shown in found.items():
                if shown is None:
                    self._drop(doubt)
                else:
                    self._shown[doubt] = shown
            self._drop_known()
            self._go(lambda: None)

        def failed(error: OcrdeskError) -> None:
            self._loading.difference_update(doubts)
            self._fail(error)

        lane.run(load, done, failed)

    def _loaded(
        self, page_id: int, doubts: Sequence[Doubt], said: Said, *, with_picture: bool
    ) -> dict[Doubt, Shown | None]:
        """In a thread: some words of a page with their pictures; None for those that are gone."""
        page = self._desk.library.page(page_id)
        items = self._items(page_id, doubts, said)
        there = {doubt: item for doubt, item in items.items() if item is not None}
        if page is None or page.status is not PageStatus.DONE or not there:
            return dict.fromkeys(doubts)
        place = self._desk.library.files.place_of(page)
        pixels, trouble = self._pixels(page) if with_picture else (None, "")
        picture = whole(pixels, page.width or pixels.shape[1]) if pixels is not None else None
        found = dict[Doubt, Shown | None].fromkeys(doubts)
        for doubt, item in there.items():
            strip = cut(pixels, page.width or pixels.shape[1], item.line, item.word) if pixels is not None else None
            reasons = reasons_of(item.word, item.line, page.language)
            found[doubt] = Shown(item, page, place, reasons, strip, picture, trouble)
        return found

    def _pixels(self, page: Page) -> tuple[Pixels | None, str]:
        try:
            picture = self._desk.decoder.load_small(page.path, page.frame, page.turn, _MOST_PIXELS_A_SIDE)
        except OcrdeskError as error:
            log.warning("%s cannot be shown: %s", page.path, error)
            return None, str(error)
        return picture.pixels, ""

    def _items(self, page_id: int, doubts: Sequence[Doubt], said: Said) -> dict[Doubt, ReviewItem | None]:
        """In a thread: some words of a page as they are now; None for those that are gone."""
        if not doubts:
            return {}
        lines: Sequence[Line] = self._desk.library.texts.of(page_id).lines
        known = self._desk.library.user_words.known()
        return {doubt: item_of(lines, doubt, known, said.get(doubt)) for doubt in doubts}

    def _drop(self, doubt: Doubt) -> None:
        self._shown.pop(doubt, None)
        self._known_pages.add(doubt.page_id)
        self.queue.drop(doubt)

    def _fail(self, error: OcrdeskError) -> None:
        self._desk.notices.warn(str(error))
