"""Changes many words on many pages in one act, so that one undo takes all of it back."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from ocrdesk.engine.corrections.changes import Change as Correcting
from ocrdesk.engine.document import Line
from ocrdesk.engine.errors import Gone, OcrdeskError
from ocrdesk.engine.library.corrections import Former
from ocrdesk.engine.review.doubtful_words import PlacedWord
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.correcting import follow_corrections
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import Act

Corrects = Callable[[Sequence[Line], Sequence[PlacedWord]], list[Correcting]]
"""Makes the changes of a page from its lines as they are now and its words."""


def correct_at_once(
    desk: Desk,
    words: str,
    placed: Iterable[PlacedWord],
    corrects: Corrects,
    end: Callable[[bool], object],
    *,
    accepted: str = "",
) -> None:
    """Changes words; a page is on disk with all its changes, or with none.

    Args:
        desk: What all in the window works with.
        words: What Undo and Redo call it.
        placed: The words.
        corrects: Says what becomes of them.
        end: Called when it is done, undone or done again, or could not be; told whether the words are changed now.
        accepted: What all of the words say, if they are right as a whole; then it is noted for each of them.
    """
    by_page: dict[int, list[PlacedWord]] = {}
    for word in placed:
        by_page.setdefault(word.page_id, []).append(word)
    library, formers, is_kept = desk.library, list[Former](), [False]

    def do() -> None:
        if formers:  # it is done again
            put_back()
        else:
            keep()
        is_kept[:] = [True]

    def keep() -> None:
        try:
            for page_id, some in by_page.items():
                changes = corrects(library.texts.of(page_id).lines, some)
                if changes:
                    with suppress(Gone):  # there is nothing to be changed on a page that was removed
                        former = library.corrections.keep(page_id, *changes, accepted=accepted, times=len(some))
                        formers.append(former)
        except OcrdeskError:
            put_back()
            formers.clear()
            raise

    def put_back() -> None:
        """The last one first, since each page has how often the word had been accepted before."""
        formers[:] = library.replacing.put_back(formers[::-1])

    def undo() -> None:
        put_back()
        is_kept[:] = [False]

    def follow(is_undo: bool) -> None:
        by_batch: dict[int, list[int]] = {}
        for page in library.pages(by_page).values():
            by_batch.setdefault(page.batch_id, []).append(page.id)
        for batch_id, page_ids in by_batch.items():
            follow_corrections(desk, batch_id, page_ids)
        end(is_kept[0])

    desk.history.do(Act(words, do, undo, follow, doing=_("Keeping what you checked…")))
