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
    """Words to check, one of which is the present one."""

    def __init__(self, doubts: Iterable[Doubt]) -> None:
        """Takes the words in the order in which they are to be checked."""
        self._doubts = list(doubts)
        self._outcomes: dict[Doubt, Outcome] = {}
        self._at = 0

    @property
    def present(self) -> Doubt | None:
        """The word that is to be checked now; None if there is none left."""
        return self._doubts[self._at] if self._at < len(self._doubts) else None

    @property
    def number(self) -> int:
        """Which one it is, from 1 on."""
        return min(self._at + 1, len(self._doubts))

    @property
    def total(self) -> int:
        """How many words there are, checked or not."""
        return len(self._doubts)

    @property
    def left(self) -> int:
        """How many words have not been looked at."""
        return len(self._doubts) - len(self._outcomes)

    def count(self, outcome: Outcome) -> int:
        """Returns how many words had this outcome."""
        return Counter(self._outcomes.values())[outcome]

    def outcome_of(self, doubt: Doubt) -> Outcome | None:
        """Returns what became of a word; None if it was not looked at."""
        return self._outcomes.get(doubt)

    def page_ids(self) -> frozenset[int]:
        """Returns the pages of all words."""
        return frozenset(doubt.page_id for doubt in self._doubts)

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
        """Puts the words in some places, each a page and a polygon on it, before all others."""
        by_page: dict[int, list[Polygon]] = {}
        for page_id, polygon in places:
            by_page.setdefault(page_id, []).append(polygon)

        def is_there(doubt: Doubt) -> bool:
            return any(holds(polygon, (doubt.x, doubt.y)) for polygon in by_page.get(doubt.page_id, ()))

        self._doubts.sort(key=lambda doubt: not is_there(doubt))  # in the order that they have

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

    def drop(self, doubt: Doubt) -> None:
        """Takes out a word that is not there any more, or is not doubtful."""
        if doubt in self._doubts:
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

        New ones come where they belong among those that are still to be checked.
        """
        now = set(doubts)
        is_gone = [
            doubt.page_id in page_ids and doubt not in now and doubt not in self._outcomes for doubt in self._doubts
        ]
        new = sorted(now.difference(self._doubts))
        stays = self._at < len(is_gone) and not is_gone[self._at]
        done, rest = (
            [doubt for doubt, gone in zip(self._doubts[part], is_gone[part], strict=True) if not gone]
            for part in (slice(self._at + stays), slice(self._at + stays, None))
        )
        self._doubts = [*done, *merge(rest, new, key=_confidence)]
        self._at = len(done) - stays
        if not stays:  # another word takes its place
            self._at -= 1
            self.go_on()


def _confidence(doubt: Doubt) -> float:
    return doubt.confidence
