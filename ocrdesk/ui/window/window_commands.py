"""What can be done with the window itself, and what helps."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.desktop import open_outside, show_folder
from ocrdesk.ui.window.about_dialog import AboutDialog
from ocrdesk.ui.window.help_dialog import HelpDialog


class WindowCommands(Commands):
    """Ends the program, and shows help, log and what the program is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._help: HelpDialog | None = None

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

    @Command("Help", "Show what you can do, and all keys", keys="F1", icon="help")
    def show_help(self) -> None:
        """Shows the help beside the window, or brings it to the front."""
        if self._help is None:
            self._help = HelpDialog(self._desk.actions, self._desk.window)
        self._help.show()
        self._help.raise_()
        self._help.activateWindow()
        self._help.search.setFocus()
        self._help.search.selectAll()

    @Command(
        "Open the library’s folder", "Open the folder in which everything that was read is kept", icon="show-in-folder"
    )
    def show_library(self) -> None:
        """Opens the folder with the library."""
        show_folder(self._desk.library.folder, self._desk.notices)

    @Command("Show log", "Open the folder with the log", icon="log")
    def show_log(self) -> None:
        """Opens the folder with the log."""
        open_outside(self._desk.places.log)

    @Command("About ocrdesk", icon="info", role=QAction.MenuRole.AboutRole)
    def about(self) -> None:
        """Tells what this program is and where its things are."""
        AboutDialog(str(self._desk.library.folder), self._desk.window).exec()
