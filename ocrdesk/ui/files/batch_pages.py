"""The pages of several batches that were read, looked up when they are needed: that must not hold the window."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import overload

from ocrdesk.engine.document import Batch
from ocrdesk.engine.library import Library, PageFilter


class BatchPages(Sequence[int]):
    """Numbers of pages that were read, batch after batch.

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
        return sum(batch.counts.done for batch in self.batches)

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
                self._known[batch.id] = self._library.page_ids(batch.id, PageFilter.DONE)
            yield from self._known[batch.id]
