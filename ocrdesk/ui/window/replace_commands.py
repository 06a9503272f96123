"""Replaces a word in many places at once."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt

from ocrdesk.engine.corrections.replacing import Sought
from ocrdesk.engine.library.corrections import Former
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.correcting import named, show_page
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

    def _replace(self, sought: Sought, keys: Mapping[int, Collection[int]], count: int) -> None:
        library, kept, by_batch = self._desk.library, list[Former](), dict[int, list[int]]()

        def do() -> None:
            has_begun = bool(by_batch)
            if not has_begun:  # here, because there may be thousands of pages
                for page in library.pages(keys).values():
                    by_batch.setdefault(page.batch_id, []).append(page.id)
            kept[:] = library.replacing.put_back(kept) if has_begun else library.replacing.keep(sought, keys)

        def undo() -> None:
            kept[:] = library.replacing.put_back(kept)

        words = _("replacement of {before} by {after}").format(before=named(sought.text), after=named(sought.instead))
        said = plural("Replaced {count} place.", "Replaced {count:,} places.", count)
        put_back = plural("Put {count} place back.", "Put {count:,} places back.", count)
        is_long = count > MANY
        self._desk.history.do(
            Act(
                words,
                do,
                undo,
                lambda is_undo: self._follow(by_batch, put_back if is_undo else ""),
                lambda is_undo: self._show_one(by_batch),
                said=said,
                doing=_("Replacing…") if is_long else "",
                undoing=_("Putting back…") if is_long else "",
            )
        )

    def _show_one(self, by_batch: Mapping[int, list[int]]) -> None:
        """Shows a page of the batch in sight that is about to change, if that which is shown is none.

        No other batch is chosen: whatever a person does next is meant for the one that is in sight.
        """
        page_ids = by_batch.get(self._desk.chosen.batch_id or 0, [])
        if page_ids and self._view.page_id not in page_ids:
            page = self._desk.library.page(page_ids[0])
            if page is not None:
                show_page(self._desk, page)

    def _follow(self, by_batch: Mapping[int, list[int]], said: str) -> None:
        """Lets everything follow; ``said`` is said where nothing of it is in sight."""
        for batch_id, page_ids in by_batch.items():
            self._desk.chosen.tell(Change(batch_id, frozenset(page_ids)))
        if said and self._desk.chosen.batch_id not in by_batch:
            self._desk.notices.say(said)
