"""What can be set: in the dialog, and the mode in the menu as well."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ocrdesk.engine.library import Library
from ocrdesk.engine.recognition.recognizer import Recognizer
from ocrdesk.runner import BatchRunner
from ocrdesk.settings import QUIET, Settings, save_settings
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.kit.notices import NoticeBar
from ocrdesk.ui.kit.theme import apply_appearance
from ocrdesk.ui.window.settings_dialog import SettingsDialog


class SettingsCommands(QObject):
    """Keeps settings and follows them.

    Attributes:
        changed: Other settings hold; pages and batches may be shown otherwise.
    """

    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        library: Library,
        runner: BatchRunner,
        folder: Path,
        settings: Settings,
        maker: Callable[[Settings], Callable[[], Recognizer]],
        notices: NoticeBar,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._modes = actions.modes
        self._library = library
        self._runner = runner
        self._folder = folder
        self._settings = settings
        self._maker = maker
        self._notices = notices
        actions.settings.triggered.connect(self.ask)
        actions.modes.triggered.connect(lambda action: self.use(replace(self._settings, mode=action.data())))
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_desktop)
        self._show_mode()

    def ask(self) -> None:
        """Shows the settings and uses what is chosen."""
        dialog = SettingsDialog(self._settings, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.use(dialog.chosen())

    def use(self, settings: Settings) -> None:
        """Keeps settings and follows them."""
        try:
            save_settings(self._folder, settings)
        except OSError as error:
            self._notices.warn(f"The settings could not be kept ({error.strerror}). They hold until you quit.")
        before, self._settings = self._settings, settings
        self._library.doubtful_below = settings.doubtful_below
        if settings.reading != before.reading:
            self._runner.configure(self._maker(settings), settings.workers_here, quiet=settings.mode == QUIET)
        self._show_mode()
        if settings.appearance != before.appearance:
            apply_appearance(_application(), settings.appearance)
        self.changed.emit()

    def _show_mode(self) -> None:
        for action in self._modes.actions():
            action.setChecked(action.data() == self._settings.mode)

    def _follow_desktop(self) -> None:
        if self._settings.appearance == "system":
            apply_appearance(_application(), "system")


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
