"""What the menu Edit does besides copying and finding: undo and redo, select all."""

from PySide6.QtWidgets import QApplication

from ocrdesk.engine.words import _
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command


class EditCommands(Commands):
    """Undoes the last act, does it again, and selects everything where the keyboard is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._history = desk.history
        desk.history.changed.connect(self.update)
        self.update()

    def follow(self) -> None:
        """Says what would be undone and done again."""
        for name, command, words in (
            ("undo", _("Undo"), self._history.undo_words),
            ("redo", _("Redo"), self._history.redo_words),
        ):
            action = self._desk.actions[name]
            action.setText(f"{command} {words}".replace("&", "&&") if words else command)
            action.setEnabled(bool(words))

    @Command("Undo", "Undo what was done last", keys="Ctrl+Z", icon="undo")
    def undo(self) -> None:
        """Undoes the last act."""
        self._history.undo()

    @Command("Redo", "Do again what was undone last", keys="Ctrl+Shift+Z", icon="redo")
    def redo(self) -> None:
        """Does again what was undone last."""
        self._history.redo()

    @Command("Select all", "Select everything in the list or text with the keyboard", keys="Ctrl+A")
    def select_all(self) -> None:
        """Selects everything in what has the keyboard, or all pages where there is nothing to select."""
        select = getattr(QApplication.focusWidget(), "selectAll", None)  # lists, texts and fields have that
        if select is not None:
            select()
        else:
            self._desk.chosen.choose_pages(self._desk.chosen.shown_page_ids())
