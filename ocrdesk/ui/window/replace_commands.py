"""Replaces a word in many places at once."""

from collections.abc import Iterable

from PySide6.QtCore import Qt

from ocrdesk.engine.corrections.replacing import Place, Sought
from ocrdesk.engine.library.corrections import Former
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.correcting import named
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import Act
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.panel.page_view import PageView
from ocrdesk.ui.window.replace_dialog import ReplaceDialog, Scope

MANY = 20
"""Places that take longer than a moment to replace."""


class ReplaceCommands(Commands):
    """Asks what is to be replaced, and replaces it in one act."""

    def __init__(self, desk: Desk, view: PageView) -> None:
        super().__init__(desk)
        self._view = view
        self._lane = desk.tasks.lane()

    @Command("Replace…", "Replace a word in this page, this batch or everywhere", keys="Ctrl+H")
    def replace_text(self) -> None:
        """Opens the dialog; what is selected in the text is looked for."""
        dialog = ReplaceDialog(self._desk, self._lane, self._scopes(), self._view.selected_text)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self._replace)
        dialog.open()

    def _scopes(self) -> list[Scope]:
        page, batch = self._view.page, self._desk.chosen.batch
        scopes: list[Scope] = [(_("Everything"), None, None)]
        if batch is not None:
            scopes.insert(0, (_("This batch"), batch.id, None))
        if page is not None:
            scopes.insert(0, (_("This page"), page.batch_id, page.id))
        return scopes

    def _replace(self, places: list[Place], sought: Sought) -> None:
        replacing, kept = self._desk.library.replacing, list[Former]()
        has_begun = list[bool]()

        def do() -> None:
            former = replacing.put_back(kept) if has_begun else replacing.keep(places)
            has_begun.append(True)
            kept[:] = former

        def undo() -> None:
            kept[:] = replacing.put_back(kept)

        count = sum(len(place.found) for place in places)
        words = _("replacement of {before} by {after}").format(before=named(sought.text), after=named(sought.instead))
        said = plural("Replaced {count} place.", "Replaced {count:,} places.", count)
        is_long = len(places) > MANY
        self._desk.history.do(
            Act(
                words,
                do,
                undo,
                lambda is_undo: self._follow({place.page_id for place in places}),
                said=said,
                doing=_("Replacing…") if is_long else "",
                undoing=_("Putting back…") if is_long else "",
            )
        )

    def _follow(self, page_ids: Iterable[int]) -> None:
        by_batch: dict[int, list[int]] = {}
        for page in self._desk.library.pages(page_ids).values():
            by_batch.setdefault(page.batch_id, []).append(page.id)
        for batch_id, some in by_batch.items():
            self._desk.chosen.tell(Change(batch_id, frozenset(some)))
