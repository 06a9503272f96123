"""What can be set: in the dialog, and the mode in the menu as well."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog

from ocrdesk.engine.document import Mode
from ocrdesk.engine.recognition.recognizer import Recognizer
from ocrdesk.engine.words import _
from ocrdesk.settings import ACCURATE, FAST, QUIET, Settings, save_settings
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.theme import apply_appearance
from ocrdesk.ui.kit.words import MODES
from ocrdesk.ui.window.accepted_words_dialog import AcceptedWordsDialog
from ocrdesk.ui.window.settings_dialog import SettingsDialog


class SettingsCommands(Commands):
    """Keeps settings and follows them.

    Attributes:
        language_changed: The window is to speak another language.
    """

    language_changed = Signal()

    def __init__(self, desk: Desk, settings: Settings, maker: Callable[[Settings], Callable[[], Recognizer]]) -> None:
        super().__init__(desk)
        self._settings_now = settings
        self._maker = maker
        self._renewing = desk.tasks.lane()
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_desktop)
        self._show_mode()

    @Command("Settings…", keys="Ctrl+,", icon="settings", role=QAction.MenuRole.PreferencesRole)
    def settings(self) -> None:
        """Shows the settings and uses what is chosen."""
        dialog = SettingsDialog(self._settings_now, self._desk.places.languages, self._desk.window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.use(dialog.chosen())

    @Command("Accepted words…", "Words that are not asked about again in the review")
    def accepted_words(self) -> None:
        """Shows the words that a person accepted, and follows what is changed there."""
        library = self._desk.library
        dialog = AcceptedWordsDialog(library.user_words.known(), self._desk.window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        added, removed = dialog.changes()

        def keep() -> None:
            for word in added:
                library.user_words.add(word)
            for word in removed:
                library.user_words.remove(word)

        def renew() -> None:
            is_over = self._renewing.stop.is_set
            library.texts.renew(library.user_words.pages_with(added | removed, is_over), is_over)

        def follow(_: object) -> None:
            self._desk.chosen.tell(Change(None))

        def kept(_: object) -> None:
            self._renewing.run(renew, follow, self.warn)

        if added or removed:
            self._desk.acts.run(keep, kept, self.warn)

    @Command(MODES[Mode.ACCURATE], "Read for the best text", is_checkable=True, group="mode", value=ACCURATE)
    def mode_accurate(self, is_chosen: bool) -> None:
        """Reads for the best text."""
        self._use_mode(ACCURATE, is_chosen)

    @Command(
        MODES[Mode.FAST],
        "Read more pages a minute, with a few more errors",
        is_checkable=True,
        group="mode",
        value=FAST,
    )
    def mode_fast(self, is_chosen: bool) -> None:
        """Reads more pages a minute."""
        self._use_mode(FAST, is_chosen)

    @Command(
        "In the background · least in the way",
        "Leave a core free and give way to other programs",
        is_checkable=True,
        group="mode",
        value=QUIET,
    )
    def mode_quiet(self, is_chosen: bool) -> None:
        """Leaves a core free."""
        self._use_mode(QUIET, is_chosen)

    def _use_mode(self, mode: str, is_chosen: bool) -> None:
        if is_chosen and mode != self._settings_now.mode:
            self.use(replace(self._settings_now, mode=mode))

    def use(self, settings: Settings) -> None:
        """Keeps settings and follows them."""
        try:
            save_settings(self._desk.places.settings, settings)
        except OSError as error:
            self._desk.notices.warn(
                _("The settings could not be kept ({strerror}). They apply until you quit.").format(
                    strerror=error.strerror
                )
            )
        before, self._settings_now = self._settings_now, settings
        if settings.reading != before.reading:
            self._desk.runner.configure(self._maker(settings), settings.workers_here, quiet=settings.mode == QUIET)
        self._show_mode()
        if settings.appearance != before.appearance:
            apply_appearance(_application(), settings.appearance)
        self._desk.chosen.tell(Change(None))
        if settings.language != before.language:
            self.language_changed.emit()

    def _show_mode(self) -> None:
        self._desk.actions[f"mode_{self._settings_now.mode}"].setChecked(True)

    def _follow_desktop(self) -> None:
        if self._settings_now.appearance == "system":
            apply_appearance(_application(), "system")


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
