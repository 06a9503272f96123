"""Undo and redo."""

from ocrdesk.engine.words import _
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command


class EditCommands(Commands):
    """Undoes the last act, and does it again."""

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
            action.setText(
                _("{command} {words}").format(command=command, words=words).replace("&", "&&") if words else command
            )
            action.setEnabled(bool(words))

    @Command("Undo", "Undo what was done last", keys="Ctrl+Z", icon="undo")
    def undo(self) -> None:
        """Undoes the last act."""
        self._history.undo()

    @Command("Redo", "Redo what was undone last", keys="Ctrl+Shift+Z", icon="redo")
    def redo(self) -> None:
        """Does again what was undone last."""
        self._history.redo()
