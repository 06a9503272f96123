"""How the lines of pages and batches are put in order, and what of them counts."""

from collections.abc import Collection
from functools import partial

from ocrdesk.engine.document import ReadingOrder
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import Act
from ocrdesk.ui.kit.actions import Command, Needs, menu_of
from ocrdesk.ui.kit.words import AS_BATCH, READING_ORDERS


class ReadingOrderCommands(Commands):
    """Puts lines in another order. No page is read again for it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._texts, self._chosen = desk.library.texts, desk.chosen
        self._renewing = desk.tasks.lane()
        menu_of(desk.actions["page_reading_order"]).aboutToShow.connect(self._check_page_reading_order)
        menu_of(desk.actions["batch_reading_order"]).aboutToShow.connect(self._check_batch_reading_order)
        desk.chosen.changed.connect(self._renew_changed)
        self.update()

    @Command("Reading order", "How the lines of the selected pages are put in order", icon="reading-order",
             needs=Needs.PAGES, choices={None: AS_BATCH, **READING_ORDERS})  # fmt: skip
    def page_reading_order(self, reading_order: ReadingOrder | None) -> None:
        """Puts the lines of the chosen pages in an order of their own, or in that of their batch."""
        batch_id, page_ids = self._chosen.batch_id, self._chosen.page_ids()
        if batch_id is None or not page_ids:
            return
        before: dict[ReadingOrder | None, list[int]] = {}

        def keep() -> None:
            before.clear()
            before.update(self._texts.by_reading_order(page_ids))
            self._texts.set_reading_order_of_pages(page_ids, reading_order)

        def put_back() -> None:
            for former, some in before.items():
                self._texts.set_reading_order_of_pages(some, former)

        self._desk.history.do(
            Act(
                plural(
                    "change the reading order of {count} page",
                    "change the reading order of {count:,} pages",
                    len(page_ids),
                ),
                keep,
                put_back,
                partial(self._follow_pages, batch_id, page_ids),
            )
        )

    @Command(
        "Reading order", "How the lines of this batch are put in order", icon="reading-order", choices=READING_ORDERS
    )
    def batch_reading_order(self, reading_order: ReadingOrder) -> None:
        """Puts the lines of the chosen batch in another order."""
        if (batch := self._chosen.batch) is not None:
            set_order = self._texts.set_reading_order_of_batch
            self._desk.history.do(
                Act(
                    _("change the reading order of “{name}”").format(name=batch.name),
                    partial(set_order, batch.id, reading_order),
                    partial(set_order, batch.id, self._texts.reading_order_of(batch.id)),
                    partial(self._follow_batch, batch.id),
                )
            )

    def _follow_batch(self, batch_id: int, is_undo: bool) -> None:
        if is_undo:
            self._chosen.choose_batch(batch_id)
        self._chosen.tell(Change(batch_id, has_other_texts=True))

    def _follow_pages(self, batch_id: int, page_ids: list[int], is_undo: bool) -> None:
        if is_undo:
            self._chosen.choose_batch(batch_id)
        self._chosen.tell(Change(batch_id))
        self._renew(batch_id, page_ids)

    def _renew_changed(self, change: Change) -> None:
        if change.has_other_texts and change.batch_id is not None:
            self._renew(change.batch_id, self._desk.library.page_ids(change.batch_id))

    def _renew(self, batch_id: int, page_ids: list[int]) -> None:
        """Lets the lists show the texts as they are now: the page looked at does so at once."""
        renew = partial(self._texts.renew, page_ids, self._renewing.stop.is_set)
        self._renewing.run(renew, lambda _: self._chosen.tell(Change(batch_id)), self.warn)

    def _check_page_reading_order(self) -> None:
        self._check("page_reading_order", self._texts.reading_orders_of(self._chosen.page_ids()))

    def _check_batch_reading_order(self) -> None:
        batch_id = self._chosen.batch_id
        self._check("batch_reading_order", {self._texts.reading_order_of(batch_id)} if batch_id is not None else set())

    def _check(self, name: str, reading_orders: Collection[ReadingOrder | None]) -> None:
        for reading_order, entry in self._desk.actions.choices(name):
            entry.setChecked(set(reading_orders) == {reading_order})
            entry.setEnabled(bool(reading_orders))
