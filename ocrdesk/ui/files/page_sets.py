"""Which pages can be exported: those that were read, of the batch or of several, or all there are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ocrdesk.engine.document import Batch
from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.files.batch_pages import BatchPages


@dataclass(frozen=True, slots=True)
class PageSet:
    """Pages to export together, and what there is to know about them.

    Attributes:
        words: What they are called.
        page_ids: Their numbers.
        doubtful: How many of them have something to check.
        failed: How many that failed belong to them.
        waiting: How many that were not read yet belong to them.
        has_unread: Whether those are among the numbers, or left out.
    """

    words: str
    page_ids: Sequence[int]
    doubtful: int = 0
    failed: int = 0
    waiting: int = 0
    has_unread: bool = False

    @property
    def batches(self) -> int:
        """How many batches they are of."""
        return len(self.page_ids.batches) if isinstance(self.page_ids, BatchPages) else 1


def page_sets(desk: Desk) -> Callable[[], list[PageSet]]:
    """What finds all sets of pages that can be exported now, those first that are meant most likely.

    It is called in another thread: looking at thousands of pages takes longer than a moment.
    """
    batches, ids, batch = desk.batches.batches(), set(desk.chosen.batch_ids), desk.chosen.batch
    of_batch = partial(_of_batch, desk.library, batch, desk.chosen.shown_page_ids(), desk.chosen.page_ids())

    def find() -> list[PageSet]:
        some = [batch for batch in batches if batch.id in ids]
        sets = []
        if len(some) > 1:
            words = _("The {count:,} selected batches").format(count=len(some))
            sets.append(_of_several(desk.library, some, words))
        sets += of_batch()
        if len(batches) > max(1, len(some)):
            words = _("All {count:,} batches").format(count=len(batches))
            sets.append(_of_several(desk.library, batches, words))
        return [one for one in sets if one.page_ids]

    return find


def _of_batch(library: Library, batch: Batch | None, shown: Sequence[int], chosen: Sequence[int]) -> list[PageSet]:
    if batch is None:
        return []
    of = library.page_ids
    every, are_read = of(batch.id), set(of(batch.id, PageFilter.DONE))
    are_failed, are_doubtful = set(of(batch.id, PageFilter.FAILED)), set(of(batch.id, PageFilter.DOUBTFUL))

    def some(page_ids: Sequence[int], said: Callable[[int], str]) -> PageSet:
        read = [page_id for page_id in page_ids if page_id in are_read]
        failed = sum(page_id in are_failed for page_id in page_ids)
        doubtful = sum(page_id in are_doubtful for page_id in read)
        return PageSet(said(len(read)), read, doubtful, failed, len(page_ids) - len(read) - failed)

    first = some(every, lambda count: plural("The page that was read", "All {count:,} pages that were read", count))
    sets = [first]
    if shown != every:
        sets.append(some(shown, lambda count: plural("The page shown", "The {count:,} pages shown", count)))
    if chosen:
        sets.append(some(chosen, lambda count: plural("The selected page", "The {count:,} selected pages", count)))
    if len(every) > len(first.page_ids):
        words = _("All {count:,} pages, including those that were not read").format(count=len(every))
        sets.append(replace(first, words=words, page_ids=every, has_unread=True))
    return sets


def _of_several(library: Library, batches: Sequence[Batch], words: str) -> PageSet:
    counts = [batch.counts for batch in batches]
    return PageSet(
        words,
        BatchPages(library, batches),
        sum(count.doubtful for count in counts),
        sum(count.failed for count in counts),
        sum(count.total - count.done - count.failed for count in counts),
    )
