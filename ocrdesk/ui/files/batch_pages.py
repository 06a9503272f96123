"""The pages of several batches, looked up when they are needed: counting and naming them must not hold the window."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import overload

from ocrdesk.engine.document import Batch
from ocrdesk.engine.library import Library
from ocrdesk.engine.words import _


class BatchPages(Sequence[int]):
    """Page numbers, batch after batch.

    Attributes:
        batches: Those they are of.
    """

    def __init__(self, library: Library, batches: Sequence[Batch]) -> None:
        """Looks nothing up yet.

        Args:
            library: Where they are.
            batches: As last read; how many pages there are is taken from them.
        """
        self.batches = tuple(batches)
        self._library = library
        self._known: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return sum(batch.counts.total for batch in self.batches)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, slice):
            return list(islice(self, place.start, place.stop, place.step))
        found = list(islice(self, place, place + 1)) if place >= 0 else list(self)[place:][:1]
        if not found:
            raise IndexError(place)
        return found[0]

    def __iter__(self) -> Iterator[int]:
        for batch in self.batches:
            if batch.id not in self._known:
                self._known[batch.id] = self._library.page_ids(batch.id)
            yield from self._known[batch.id]


def with_batches(
    library: Library, pages: Mapping[str, Sequence[int]], batches: Sequence[Batch], chosen: Sequence[int]
) -> dict[str, Sequence[int]]:
    """Sets of pages by the words for them, with those of several batches; what is meant most likely comes first.

    Args:
        library: Where they are.
        pages: Sets of pages of the batch that is shown.
        batches: All there are.
        chosen: Numbers of those that are chosen in the list.
    """
    some = [batch for batch in batches if batch.id in chosen]
    sets: dict[str, Sequence[int]] = {}
    if len(some) > 1:
        sets[_("The {count:,} selected batches").format(count=len(some))] = BatchPages(library, some)
    sets |= pages
    if len(batches) > max(1, len(some)):
        sets[_("All {count:,} batches").format(count=len(batches))] = BatchPages(library, batches)
    return sets
