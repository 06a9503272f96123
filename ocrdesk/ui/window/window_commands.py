"""What can be done with the window itself, and what helps."""

from PySide6.QtGui import QAction

from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.desktop import open_outside
from ocrdesk.ui.window.help_dialogs import AboutDialog, KeysDialog


class WindowCommands(Commands):
    """Ends the program, and shows keys, log and what the program is."""

    @Command("Quit", keys="Ctrl+Q", role=QAction.MenuRole.QuitRole)
    def quit(self) -> None:
        """Ends the program."""
        self._desk.window.close()

    @Command("Keyboard…", keys="F1", icon="keyboard")
    def keys(self) -> None:
        """Lists what can be done with keys."""
        KeysDialog(self._desk.actions.all(), self._desk.window).exec()

    @Command("Show log", "Open the folder with the log", icon="log")
    def show_log(self) -> None:
        """Opens the folder with the log."""
        open_outside(self._desk.places.log)

    @Command("About ocrdesk", icon="info", role=QAction.MenuRole.AboutRole)
    def about(self) -> None:
        """Tells what this program is and where its things are."""
        AboutDialog(str(self._desk.library.folder), self._desk.window).exec()
