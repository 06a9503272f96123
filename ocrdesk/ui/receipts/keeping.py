"""Keeps what a person says of receipts, so that it can be undone."""

from collections.abc import Callable, Mapping, Sequence

from ocrdesk.engine.fields.table import Receipt
from ocrdesk.engine.library.fields import OwnField
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import Act


def keep_values(
    desk: Desk,
    receipt: Receipt,
    values: Mapping[str, str | None],
    words: str,
    then: Callable[[int, Mapping[str, str]], object],
) -> None:
    """Keeps values of a page.

    Args:
        desk: What all in the window works with.
        receipt: The page and its values.
        values: By the names of their fields; None: what was found counts again.
        words: What Undo and Redo call it.
        then: Called when they are on disk, also when that is undone or done again: the number of the page, and all that
            is kept of it now.
    """
    fields, page = desk.library.fields, receipt.page
    former: dict[str, str | None] = {}
    now: dict[str, str] = dict(receipt.kept)

    def keep(some: Mapping[str, str | None]) -> dict[str, str | None]:
        before = fields.keep(page.id, some)
        now.clear()
        now.update(fields.kept([page.id]).get(page.id, {}))
        return before

    def do() -> None:
        former.update(keep(values))

    def undo() -> None:
        keep(former)

    def end(is_undo: bool) -> None:
        then(page.id, dict(now))

    desk.history.do(Act(words, do, undo, end))


def set_own_fields(desk: Desk, batch_id: int, own: Sequence[OwnField], words: str) -> None:
    """Sets the own fields of a batch; the table is made anew once they are on disk."""
    fields = desk.library.fields
    former: list[OwnField] = []

    def do() -> None:
        former[:] = fields.set_own(batch_id, own)

    def undo() -> None:
        fields.set_own(batch_id, former)

    def end(is_undo: bool) -> None:
        desk.chosen.tell(Change(batch_id))

    desk.history.do(Act(words, do, undo, end))
