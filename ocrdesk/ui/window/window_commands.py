"""What can be done with the window itself, and what helps."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.desktop import open_outside
from ocrdesk.ui.window.help_dialogs import KeysDialog, show_about


class WindowCommands(Commands):
    """Ends the program, and shows keys, log and what the program is."""

    @Command("Quit", keys="Ctrl+Q", role=QAction.MenuRole.QuitRole)
    def quit(self) -> None:
        """Ends the program."""
        self._desk.window.close()

    @Command("Full screen", "Show the window on the whole screen", keys="F11", is_checkable=True)
    def full_screen(self, is_full: bool) -> None:
        """Shows the window on the whole screen, or as it was before."""
        state = self._desk.window.windowState()
        flag = Qt.WindowState.WindowFullScreen
        self._desk.window.setWindowState(state | flag if is_full else state & ~flag)

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
        show_about(self._desk.window, str(self._desk.library.folder))
