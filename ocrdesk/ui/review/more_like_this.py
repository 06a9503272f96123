"""After a correction: looks for words that were misread in the same way, and offers to change them at once."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event

from PySide6.QtCore import QObject

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Correction, Page
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.engine.review.alike import (
    ALIKE,
    Misreading,
    Shape,
    likely_alike,
    likeness,
    misreadings_in,
    part_of,
    shape_of,
)
from ocrdesk.engine.review.doubtful_words import PlacedWord, doubtful_words
from ocrdesk.engine.review.groups import Member
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.review.alike_dialog import AlikeDialog
from ocrdesk.ui.review.cell_pictures import load_page

MOST = 400
"""Pictures of more words are not compared: that would take minutes."""

_ABOUT = "more like this"


@dataclass(frozen=True, slots=True)
class Alike:
    """Words that were misread as another one was.

    Attributes:
        misreading: What was corrected.
        members: The words.
        pages: Those that they are on.
    """

    misreading: Misreading
    members: Sequence[Member]
    pages: dict[int, Page]


class MoreLikeThis(QObject):
    """Follows what is corrected, wherever that is done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._lane = desk.tasks.lane()
        self._search = _Search(desk.library, desk.decoder, self._lane.stop)
        self._lane.run(self._search.begin, lambda found: None, _let_be)
        desk.chosen.changed.connect(self._on_changed)

    def _on_changed(self, change: Change) -> None:
        page_ids = change.page_ids or frozenset()
        if change.batch_id is None or len(page_ids) != 1:  # a person corrects one page at a time
            return
        self._search.wanted += 1
        work = partial(self._search.after_correction, change.batch_id, page_ids, self._search.wanted)
        self._lane.run(work, self._offer, _let_be)

    def _offer(self, found: Alike | None) -> None:
        if found is None:
            return
        words = plural("{count} more like this", "{count} more like this", len(found.members))
        self._desk.notices.say(words, [(_("Show them"), partial(self._look, found))], about=_ABOUT)

    def _look(self, found: Alike) -> None:
        self._desk.notices.withdraw(_ABOUT)
        AlikeDialog(self._desk, found.misreading, found.members, found.pages).open()


class _Search:
    """Looks for words; called in one thread after another, never in two at a time.

    Attributes:
        wanted: How many searches were asked for; those before the last one are given up.
    """

    def __init__(self, library: Library, decoder: Decoder, stop: Event) -> None:
        self._library, self._decoder, self._stop = library, decoder, stop
        self._latest: Correction | None = None
        self._known: set[tuple[int, str, str]] = set()
        self.wanted = 0

    def begin(self) -> None:
        """Notes what was corrected before."""
        self._latest = self._library.corrections.latest()

    def after_correction(self, batch_id: int, page_ids: Container[int], number: int) -> Alike | None:
        """Looks for words like the one that was corrected last; None if there are none, or nothing was corrected.

        Args:
            batch_id: The batch to look in.
            page_ids: The pages that may have been corrected.
            number: Which search it is.
        """
        before, latest = self._latest, self._library.corrections.latest()
        self._latest = latest
        if latest is None or latest.page_id not in page_ids or latest == before:
            return None
        if before is not None and latest.id < before.id:  # one was taken back
            return None
        for misreading, placed in misreadings_in(latest, self._library.texts.of(latest.page_id).lines):
            key = (latest.page_id, misreading.read, misreading.true)
            if key not in self._known:
                self._known.add(key)
                return self._alike(batch_id, misreading, placed, number)
        return None

    def _alike(self, batch_id: int, misreading: Misreading, placed: PlacedWord, number: int) -> Alike | None:
        library, words = self._library, list[PlacedWord]()
        known = library.user_words.known()
        page_ids = library.page_ids(batch_id, PageFilter.DOUBTFUL)
        for page_id in page_ids:
            if self._is_over(number):
                return None
            words += doubtful_words(page_id, library.texts.of(page_id).lines, known)
        members = likely_alike(misreading, words)[:MOST]
        if not members:
            return None
        pages = library.pages({placed.page_id, *(member.placed.page_id for member in members)})
        (shape,) = self._shapes(pages, [part_of(misreading, placed)], number) or [None]
        shapes = self._shapes(pages, members, number)
        if shape is None or self._is_over(number):
            return None
        alike = [
            member
            for member, other in zip(members, shapes, strict=True)
            if other is not None and likeness(shape, [other])[0] >= ALIKE
        ]
        return Alike(misreading, alike, pages) if alike else None

    def _shapes(self, pages: dict[int, Page], members: Sequence[Member], number: int) -> list[Shape | None]:
        """The shapes of words, those of a page together; None where there is no picture."""
        shapes: dict[int, Shape] = {}
        for page_id in dict.fromkeys(member.placed.page_id for member in members):
            page = pages.get(page_id)
            if page is None or self._is_over(number):
                continue
            try:
                pixels, scale = load_page(self._decoder, page)
            except OcrdeskError:  # a picture that is not there is like no other
                continue
            for place, member in enumerate(members):
                if member.placed.page_id == page_id:
                    shapes[place] = shape_of(pixels, scale, member)
        return [shapes.get(place) for place in range(len(members))]

    def _is_over(self, number: int) -> bool:
        return self._stop.is_set() or number < self.wanted


def _let_be(error: OcrdeskError) -> None:
    """Nobody asked for it; the log tells why it could not be."""
