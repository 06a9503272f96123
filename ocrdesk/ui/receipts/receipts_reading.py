"""Finds the values of pages off the GUI thread, some pages at a time."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.fields.table import Receipt, Sum, receipts_of, sums_by_currency, sums_by_month, sums_by_shop
from ocrdesk.engine.library.fields import OwnField
from ocrdesk.ui.desk.desk import Desk

FIRST, AT_ONCE = 12, 40
"""How many pages are looked at before they are shown: a screen of them first."""

Sums = tuple[list[Sum], list[Sum], list[Sum], int]
"""By currency, by month and by shop; and how many values are to be checked."""


class ReceiptsReading(QObject):
    """Reads the receipts of a batch, and again those of pages that changed.

    Attributes:
        own_read: The own fields of the batch are known, and its receipts follow.
        found: Some receipts; carries a list of them.
        ended: All of them were looked at.
        added_up: Carries ``Sums``.
    """

    own_read = Signal(object)
    found = Signal(object)
    ended = Signal()
    added_up = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lane = desk.tasks.lane()
        self._changes = desk.tasks.lane()
        self._round = 0
        self._own: tuple[OwnField, ...] = ()
        self._rest: list[int] = []

    @property
    def own(self) -> tuple[OwnField, ...]:
        """The own fields of the batch."""
        return self._own

    @property
    def left(self) -> int:
        """How many pages have not been looked at."""
        return len(self._rest)

    def begin(self, batch_id: int) -> None:
        """Reads the receipts of a batch."""
        self.end()
        library = self._desk.library

        def work() -> tuple[tuple[OwnField, ...], list[int]]:
            return library.fields.own(batch_id), library.page_ids(batch_id)

        self._lane.run(work, partial(self._on_begun, self._round), self._on_failed, at_once=True)

    def end(self) -> None:
        """Reads no more."""
        self._round += 1
        self._rest = []

    def renew(self, page_ids: Sequence[int]) -> None:
        """Reads the receipts of pages that changed."""
        work = partial(receipts_of, self._desk.library, page_ids, self._own, date.today())
        self._changes.run(work, partial(self._on_renewed, self._round), self._on_failed)

    def add_up(self, receipts: Sequence[Receipt], names: Sequence[str]) -> None:
        """Adds receipts up, for ``added_up``."""

        def work() -> Sums:
            to_check = sum(receipt.is_to_check(name) for receipt in receipts for name in names)
            return sums_by_currency(receipts), sums_by_month(receipts), sums_by_shop(receipts), to_check

        self._changes.run(work, partial(self._on_added_up, self._round), self._on_failed)

    def _on_begun(self, asked: int, read: tuple[tuple[OwnField, ...], list[int]]) -> None:
        if asked == self._round:
            self._own, self._rest = read
            self.own_read.emit(self._own)
            self._go_on(FIRST)

    def _go_on(self, count: int) -> None:
        some, self._rest = self._rest[:count], self._rest[count:]
        if some:
            work = partial(receipts_of, self._desk.library, some, self._own, date.today())
            self._lane.run(work, partial(self._on_read, self._round), self._on_failed)
        else:
            self.ended.emit()

    def _on_read(self, asked: int, receipts: list[Receipt]) -> None:
        if asked == self._round:
            self.found.emit(receipts)
            self._go_on(AT_ONCE)

    def _on_renewed(self, asked: int, receipts: list[Receipt]) -> None:
        if asked == self._round:
            self.found.emit(receipts)

    def _on_added_up(self, asked: int, sums: Sums) -> None:
        if asked == self._round:
            self.added_up.emit(sums)

    def _on_failed(self, error: OcrdeskError) -> None:
        self._desk.notices.warn(str(error))
