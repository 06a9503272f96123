"""Shows the corrections of a batch that found no place."""

from collections.abc import Mapping

from PySide6.QtCore import Qt

from ocrdesk.engine.document import Correction, Page
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.correcting import show_page
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command, Needs
from ocrdesk.ui.window.lost_dialog import LostDialog


class LostCommands(Commands):
    """Looks for such corrections, and leads to their pages."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lane = desk.tasks.lane()
        self.update()

    @Command("Corrections without a place…", "List corrections whose lines were not found when pages were read again",
             needs=Needs.BATCH)  # fmt: skip
    def show_lost(self) -> None:
        """Lists the corrections of the chosen batch that found no place."""
        library, batch_id = self._desk.library, self._desk.chosen.batch_id

        def find() -> tuple[list[Correction], Mapping[int, Page]]:
            lost = library.corrections.lost(batch_id)
            return lost, library.pages({correction.page_id for correction in lost})

        if batch_id is not None:
            self._lane.run(find, lambda found: self._show(*found), self.warn, at_once=True)

    def _show(self, lost: list[Correction], pages: Mapping[int, Page]) -> None:
        if not lost:
            self._desk.notices.say(_("Every correction of this batch has its place."), about=self)
            return
        dialog = LostDialog(lost, pages, self._desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(lambda page: show_page(self._desk, page))
        dialog.open()
