"""Corrects what was read on a page, so that it can be undone."""

from collections.abc import Callable, Sequence
from functools import partial

from ocrdesk.engine.corrections.changes import Change as Correcting
from ocrdesk.engine.document import Page
from ocrdesk.engine.library.corrections import Former
from ocrdesk.engine.words import quoted
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import Act

_LONGEST = 24
"""How many letters of a line are told where it is named."""


def correct(
    desk: Desk,
    page: Page,
    words: str,
    changes: Sequence[Correcting],
    then: Callable[[bool], object] = lambda is_kept: None,
    said: str = "",
) -> None:
    """Keeps what a person changed in the text of a page; everything follows once it is on disk.

    Args:
        desk: What all in the window works with.
        page: The page.
        words: What Undo and Redo call it.
        changes: What is other now.
        then: Called when it is kept and shown, or could not be; told which. Not when it is undone or done again.
        said: A sentence that is shown once it is kept, with an offer to undo it.
    """
    change_corrections(desk, page, words, partial(desk.library.corrections.keep, page.id, *changes), then, said)


def change_corrections(
    desk: Desk,
    page: Page,
    words: str,
    change: Callable[[], Former],
    then: Callable[[bool], object] = lambda is_kept: None,
    said: str = "",
) -> None:
    """Does the same with what ``change`` does to the corrections of the page, which returns those it had."""
    kept, former = desk.library.corrections, list[Former]()
    rest = [then]

    def do() -> None:
        former[:] = [kept.put_back(former[0]) if former else change()]

    def undo() -> None:
        former[:] = [kept.put_back(former[0])]

    def end(is_undo: bool) -> None:
        follow_corrections(desk, page.batch_id, [page.id])
        while rest:
            rest.pop()(bool(former))

    def begin(is_undo: bool) -> None:
        if not rest:  # it is undone or done again, perhaps from elsewhere
            show_page(desk, page)

    desk.history.do(Act(words, do, undo, end, begin, said))


def show_page(desk: Desk, page: Page) -> None:
    """Chooses a page, whichever batch is shown."""
    desk.chosen.choose_batch(page.batch_id)
    desk.chosen.choose_pages([page.id])


def follow_corrections(desk: Desk, batch_id: int, page_ids: Sequence[int]) -> None:
    """Lets everything follow that the texts of pages were corrected."""
    desk.chosen.tell(Change(batch_id, frozenset(page_ids)))


def named(text: str) -> str:
    """A line in quotation marks, as it is named in a sentence; its beginning if it is long."""
    words = " ".join(text.split())
    return quoted(words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…")
