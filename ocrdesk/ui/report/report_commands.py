"""Reports: of a batch, or of the selected pages."""

from typing import ClassVar

from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.report.report_room import ReportRoom

_LOOKED_AT = 2
"""How many of the selected pages tell that there are several."""


class ReportCommands(Commands):
    """Opens the room of the report."""

    follows_pages: ClassVar[bool] = True

    def __init__(self, desk: Desk, room: ReportRoom) -> None:
        super().__init__(desk)
        self._room = room
        self.update()

    @Command("Report", "What this batch is worth: what to check, and which pages to scan again", keys="F8")
    def report(self) -> None:
        """Reports on the selected pages if there are several, else on the batch."""
        chosen = self._desk.chosen
        if (batch := chosen.batch) is None:
            return
        page_ids = tuple(chosen.page_ids()) if self._are_several else None
        title = batch.name
        if page_ids is not None:
            pages = plural("{count} page", "{count:,} pages", len(page_ids))
            title = _("{pages} of {name}").format(pages=pages, name=batch.name)
        self._room.open_room(batch.id, Scope(batch.id, page_ids), title, batch.name)

    @property
    def _are_several(self) -> bool:
        return len(self._desk.chosen.some_page_ids(_LOOKED_AT)) > 1

    def follow(self) -> None:
        """Says what a report would be about."""
        batch, action = self._desk.chosen.batch, self._desk.actions["report"]
        action.setEnabled(batch is not None and batch.counts.done + batch.counts.failed > 0)
        action.setText(_("Report on selected pages") if self._are_several else _("Report"))
