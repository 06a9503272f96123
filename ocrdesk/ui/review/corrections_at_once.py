"""Changes many words on many pages in one act, so that one undo takes all of it back."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from ocrdesk.engine.corrections.changes import Change as Correcting
from ocrdesk.engine.document import Line
from ocrdesk.engine.errors import Gone, OcrdeskError
from ocrdesk.engine.library.corrections import Former
from ocrdesk.engine.review.doubtful_words import PlacedWord
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import Act

Corrects = Callable[[Sequence[Line], Sequence[PlacedWord]], list[Correcting]]
"""Makes the changes of a page from its lines as they are now and its words."""


def correct_at_once(
    desk: Desk, words: str, placed: Iterable[PlacedWord], corrects: Corrects, end: Callable[[bool], object]
) -> None:
    """Changes words; a page is on disk with all its changes, or with none.

    Args:
        desk: What all in the window works with.
        words: What Undo and Redo call it.
        placed: The words.
        corrects: Says what becomes of them.
        end: Called when it is done, undone or done again, or could not be; told whether it is an undo.
    """
    by_page: dict[int, list[PlacedWord]] = {}
    for word in placed:
        by_page.setdefault(word.page_id, []).append(word)
    library, formers = desk.library, list[Former]()
    has_begun = list[bool]()

    def do() -> None:
        if has_begun:
            turn()
            return
        try:
            for page_id, some in by_page.items():
                changes = corrects(library.texts.of(page_id).lines, some)
                if changes:
                    with suppress(Gone):  # there is nothing to be changed on a page that was removed
                        formers.append(library.corrections.keep(page_id, *changes))
        except OcrdeskError:
            turn()
            raise
        has_begun.append(True)

    def turn() -> None:
        formers[:] = library.replacing.put_back(formers)

    def tell(is_undo: bool) -> None:
        pages = library.pages(by_page)
        for batch_id in {page.batch_id for page in pages.values()}:
            desk.chosen.tell(Change(batch_id, frozenset(id for id, page in pages.items() if page.batch_id == batch_id)))
        end(is_undo)

    desk.history.do(Act(words, do, turn, tell, doing=_("Keeping what you checked…")))
