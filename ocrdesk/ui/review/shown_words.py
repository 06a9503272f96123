"""Words as they are shown, with their pictures: loaded before they are needed, and again where their page changed."""

import logging
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Line, Page, PageStatus
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library.doubts import Doubt
from ocrdesk.engine.review.item import ReviewItem, item_of
from ocrdesk.engine.review.reasons import reasons_of
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.strips import Strip, cut, whole
from ocrdesk.ui.kit.tasks import Lane

log = logging.getLogger(__name__)

BEHIND = 6
"""How many words stay at hand after they were needed."""

_MOST_PIXELS_A_SIDE = 8000
"""A larger picture is loaded reduced."""

_THREADS = 2
Said = Mapping[Doubt | None, str]
"""What a person wrote or accepted in the places of words."""

Found = Mapping[Doubt, ReviewItem | None]
"""Words as they are now; None for those that are gone."""


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


class ShownWords(QObject):
    """Has words at hand.

    Attributes:
        loaded: Words of a page were loaded, or are to be asked for once more.
        gone: A word is not there any more; carries its ``Doubt``.
        failed: They could not be loaded; carries a sentence.
        said: What a person wrote or accepted in the places of words.
    """

    loaded = Signal()
    gone = Signal(object)
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._decoder = desk.library, desk.decoder
        self._near, self._ahead = desk.tasks.lane(), desk.tasks.lane(threads=_THREADS)
        self.said: dict[Doubt | None, str] = {}
        self._round: object = None
        self._wanted: frozenset[Doubt] = frozenset()
        self._loading: set[Doubt] = set()
        self._stale: set[Doubt] = set()
        self._versions: defaultdict[int, int] = defaultdict(int)
        self._shown: OrderedDict[Doubt, Shown] = OrderedDict()

    def of(self, doubt: Doubt | None) -> Shown | None:
        """A word as it is shown; None: it is not at hand yet."""
        return self._shown.get(doubt) if doubt is not None else None

    def all(self) -> list[tuple[Doubt, Shown]]:
        """All words that are at hand."""
        return list(self._shown.items())

    def forget(self) -> None:
        """Lets go of all words and pictures; what is being loaded is not wanted any more."""
        self._round, self._wanted, self._shown = object(), frozenset(), OrderedDict()
        self._loading.clear()
        self._stale.clear()

    def drop(self, doubt: Doubt) -> None:
        """Lets go of a word."""
        self._shown.pop(doubt, None)

    def expect(self, present: Doubt | None, upcoming: Iterable[Doubt]) -> None:
        """Loads the present word and those that come next; forgets those that are long past."""
        coming = [*([present] if present is not None else []), *upcoming]
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

    def page_changed(self, page_id: int) -> None:
        """Loads the words of a page anew."""
        self._versions[page_id] += 1
        self._stale.update(doubt for doubt in self._shown if doubt.page_id == page_id)

    def take(self, page_id: int, found: Found) -> list[Doubt]:
        """Takes what words of a page are by now; of others that came meanwhile it is not known.

        Returns:
            Those that are gone.
        """
        self._versions[page_id] += 1
        of_page = [(doubt, shown) for doubt, shown in self._shown.items() if doubt.page_id == page_id]
        for doubt, shown in of_page:
            if (item := found.get(doubt)) is not None:
                self._shown[doubt] = replace(shown, item=item)
            else:
                del self._shown[doubt]
        return [doubt for doubt, _shown in of_page if doubt in found and found[doubt] is None]

    def look(self, page_id: int, doubts: Sequence[Doubt], said: Said) -> Found:
        """In a thread: words of a page as they are now."""
        if not doubts:
            return {}
        lines: Sequence[Line] = self._library.texts.of(page_id).lines
        known = self._library.user_words.known()
        return {doubt: item_of(lines, doubt, known, said.get(doubt)) for doubt in doubts}

    def _load(self, page_id: int, doubts: Sequence[Doubt], lane: Lane, *, with_picture: bool = True) -> None:
        asked, said, version = self._round, dict(self.said), self._versions[page_id]
        self._loading.update(doubts)

        def load() -> dict[Doubt, Shown | None]:
            some = [doubt for doubt in doubts if doubt in self._wanted]
            return self._loaded(page_id, some, said, with_picture=with_picture) if some else {}

        def done(found: dict[Doubt, Shown | None]) -> None:
            if self._round is not asked:
                return
            self._loading.difference_update(doubts)
            if self._versions[page_id] == version:  # else its text is another since then
                (self._stale.difference_update if with_picture else self._stale.update)(found)
                for doubt, shown in found.items():
                    if shown is None:
                        self.gone.emit(doubt)
                    else:
                        self._shown[doubt] = shown
            self.loaded.emit()

        def failed(error: OcrdeskError) -> None:
            self._loading.difference_update(doubts)
            self.failed.emit(str(error))

        lane.run(load, done, failed)

    def _loaded(
        self, page_id: int, doubts: Sequence[Doubt], said: Said, *, with_picture: bool
    ) -> dict[Doubt, Shown | None]:
        """In a thread: some words of a page with their pictures; None for those that are gone."""
        page = self._library.page(page_id)
        there = {doubt: item for doubt, item in self.look(page_id, doubts, said).items() if item is not None}
        if page is None or page.status is not PageStatus.DONE or not there:
            return dict.fromkeys(doubts)
        place = self._library.files.place_of(page)
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
            picture = self._decoder.load_small(page.path, page.frame, page.turn, _MOST_PIXELS_A_SIDE)
        except OcrdeskError as error:
            log.warning("%s cannot be shown: %s", page.path, error)
            return None, str(error)
        return picture.pixels, ""
