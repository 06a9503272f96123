"""What all families of commands have in common."""

from typing import ClassVar

from PySide6.QtCore import QObject

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Needs, commands_of


class Commands(QObject):
    """A family of commands: it does what its methods declare, and follows what is chosen and what changes.

    Attributes:
        follows_pages: Whether ``follow`` looks at the chosen pages, which are others many times a second.
    """

    follows_pages: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._commands = commands_of(type(self))
        desk.actions.join(self)
        chosen = desk.chosen
        for signal in (chosen.batch_moved, chosen.batches_moved, chosen.changed, desk.runner.state_changed):
            signal.connect(self.update)
        if self.follows_pages or any(it.needs is Needs.PAGES for it in self._commands.values()):
            chosen.pages_moved.connect(self.update)

    def follow(self) -> None:
        """Does what of ``update`` no command can declare by what it ``needs``."""

    def warn(self, error: OcrdeskError) -> None:
        """Tells what went wrong."""
        self._desk.notices.warn(str(error))

    def update(self) -> None:
        """Lets those commands be chosen that make sense now; called whenever something is chosen or changes."""
        chosen = self._desk.chosen
        there = {Needs.NOTHING: True, Needs.BATCH: chosen.batch is not None, Needs.PAGES: chosen.has_pages}
        for name, command in self._commands.items():
            if command.needs is not Needs.NOTHING:
                self._desk.actions[name].setEnabled(there[command.needs])
        self.follow()
