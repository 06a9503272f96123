"""Opens the room of the receipts."""

from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.receipts.receipts_room import ReceiptsRoom


class ReceiptsCommands(Commands):
    """Shows the receipts of the batch as a table."""

    def __init__(self, desk: Desk, room: ReceiptsRoom) -> None:
        super().__init__(desk)
        self._room = room
        self.update()

    @Command("Receipts as a table", "Show date, total, tax and shop of each page as a table, to check and to export",
             keys="Ctrl+T")  # fmt: skip
    def receipts_table(self) -> None:
        """Shows them."""
        if (batch := self._desk.chosen.batch) is not None and not self._room.is_open:
            self._room.open_room(batch)

    def follow(self) -> None:
        """It makes sense where pages were read."""
        batch = self._desk.chosen.batch
        self._desk.actions["receipts_table"].setEnabled(batch is not None and batch.counts.done > 0)
