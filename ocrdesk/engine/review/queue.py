"""The order in which a person checks words, and what became of each."""

from collections import Counter
from collections.abc import Iterable, Set
from enum import StrEnum
from heapq import merge
from itertools import islice

from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.library.doubts import Doubt
from ocrdesk.engine.review.item import holds


class Outcome(StrEnum):
    """What a person did with a word."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    LATER = "later"


class ReviewQueue:
    """Words to check, one of which is the present one. Words that come after the end wait until they are asked for."""

    def __init__(self, doubts: Iterable[Doubt]) -> None:
        """Takes the words in the order in which they are to be checked."""
        self._doubts = list(doubts)
        self._more: list[Doubt] = []
        self._outcomes: dict[Doubt, Outcome] = {}
        self._elsewhere = Counter[Outcome]()
        self._at = 0

    @property
    def present(self) -> Doubt | None:
        """The word that is to be checked now; None if there is none left."""
        return self._doubts[self._at] if self._at < len(self._doubts) else None

    @property
    def number(self) -> int:
        """Which one it is, from 1 on; those that were checked elsewhere come before all others."""
        return self._elsewhere.total() + min(self._at + 1, len(self._doubts))

    @property
    def is_first(self) -> bool:
        """Whether there is no word to go back to."""
        return self._at == 0

    @property
    def total(self) -> int:
        """How many words there are, checked or not."""
        return self._elsewhere.total() + len(self._doubts)

    @property
    def more(self) -> int:
        """How many words came after the end."""
        return len(self._more)

    @property
    def left(self) -> int:
        """How many words have not been looked at."""
        return len(self._doubts) - len(self._outcomes)

    def count(self, outcome: Outcome) -> int:
        """Returns how many words had this outcome."""
        return self._elsewhere[outcome] + Counter(self._outcomes.values())[outcome]

    def count_elsewhere(self, outcome: Outcome, count: int) -> None:
        """Counts words that were checked in another way; fewer than none where that was undone."""
        self._elsewhere[outcome] += count

    def outcome_of(self, doubt: Doubt) -> Outcome | None:
        """Returns what became of a word; None if it was not looked at."""
        return self._outcomes.get(doubt)

    def page_ids(self) -> frozenset[int]:
        """Returns the pages of all words."""
        return frozenset(doubt.page_id for doubt in (*self._doubts, *self._more))

    def upcoming(self, count: int) -> list[Doubt]:
        """Returns the words that come after the present one, at most this many."""
        rest = islice(self._doubts, self._at + 1, None)
        return list(islice((doubt for doubt in rest if doubt not in self._outcomes), count))

    def note(self, doubt: Doubt, outcome: Outcome | None) -> None:
        """Notes what became of a word; None: it was undone, so that the word is to be checked again."""
        if outcome is not None:
            self._outcomes[doubt] = outcome
        else:
            self._outcomes.pop(doubt, None)

    def put_first(self, places: Iterable[tuple[int, Polygon]]) -> None:
        """Puts the words in some places, each a page and a polygon on it, before all others that are to be checked."""
        by_page: dict[int, list[Polygon]] = {}
        for page_id, polygon in places:
            by_page.setdefault(page_id, []).append(polygon)

        def is_there(doubt: Doubt) -> bool:
            return any(holds(polygon, (doubt.x, doubt.y)) for polygon in by_page.get(doubt.page_id, ()))

        rest = self._doubts[self._at :]
        self._doubts[self._at :] = sorted(rest, key=lambda doubt: not is_there(doubt))  # in the order that they have

    def go_on(self) -> None:
        """Goes to the next word that was not looked at."""
        self._at += 1
        while self._at < len(self._doubts) and self._doubts[self._at] in self._outcomes:
            self._at += 1

    def go_back(self) -> bool:
        """Goes to the word before, whatever became of it; returns whether there is one."""
        if not self._at:
            return False
        self._at -= 1
        return True

    def go_to(self, doubt: Doubt) -> bool:
        """Goes to a word; returns whether it is there."""
        if doubt not in self._doubts:
            return False
        self._at = self._doubts.index(doubt)
        return True

    def go_through_rest(self) -> None:
        """Begins again with those that were left for later."""
        self._outcomes = {doubt: outcome for doubt, outcome in self._outcomes.items() if outcome is not Outcome.LATER}
        self._at = -1
        self.go_on()

    def go_through_more(self) -> None:
        """Goes on with the words that came after the end."""
        self._doubts, self._more = [*self._doubts, *self._more], []

    def drop(self, doubt: Doubt) -> None:
        """Takes out a word that is not there any more, or is not doubtful."""
        if doubt in self._more:
            self._more.remove(doubt)
        elif doubt in self._doubts:
            place = self._doubts.index(doubt)
            del self._doubts[place]
            self._outcomes.pop(doubt, None)
            if place < self._at:
                self._at -= 1
            elif place == self._at:
                self._at -= 1
                self.go_on()

    def follow_pages(self, page_ids: Set[int], doubts: Iterable[Doubt]) -> None:
        """Takes which words of some pages are to be checked by now; what became of others of their words stays.

        New ones come where they belong among those that are still to be checked. After the end they wait: whoever is
        about to press a key there has not seen them.
        """
        now = list(doubts)
        is_to_check, is_here = frozenset(now), frozenset((*self._doubts, *self._more))
        new = [doubt for doubt in now if doubt not in is_here]

        def stays(doubt: Doubt) -> bool:
            return doubt.page_id not in page_ids or doubt in is_to_check or doubt in self._outcomes

        present, (begun, coming) = self.present, (self._doubts[: self._at + 1], self._doubts[self._at + 1 :])
        done = [doubt for doubt in begun if stays(doubt)]
        if present is None:
            self._doubts, self._at = done, len(done)
            self._more = list(merge(filter(stays, self._more), new, key=_confidence))
            return
        self._doubts = [*done, *merge(filter(stays, coming), new, key=_confidence)]
        self._at = len(done) - 1
        if not stays(present):  # another word takes its place
            self.go_on()


def _confidence(doubt: Doubt) -> float:
    return doubt.confidence
