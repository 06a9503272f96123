"""Reads a part of the screen and copies its text."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.layout.arrangement import arrange
from ocrdesk.engine.layout.page_text import PageText
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.capture.paste_commands import PasteCommands
from ocrdesk.ui.capture.screen_pictures import ScreenPicture, ScreenPictures
from ocrdesk.ui.capture.screen_veil import ScreenVeil
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.images import to_pixels

HIDES = 300
"""Milliseconds after which the window is no longer on the screen, whatever the desktop does to fade it out."""


class ScreenCommands(Commands):
    """Lets a part of the screen be drawn, and copies its text; nothing of it reaches the disk unless it is kept."""

    def __init__(self, desk: Desk, paste: PasteCommands) -> None:
        super().__init__(desk)
        self._paste = paste
        self._lane = desk.tasks.lane()
        self._veils: list[ScreenVeil] = []
        self._soon = QTimer(self, singleShot=True, interval=HIDES)
        self._is_taking = False
        self._pictures = pictures = ScreenPictures(self._lane)
        pictures.setParent(self)
        self._soon.timeout.connect(pictures.take)
        pictures.taken.connect(self._show)
        pictures.refused.connect(self._end)
        pictures.failed.connect(self._on_no_picture)

    @Command("Read the screen…", "Copy the text of a part of the screen", keys="Ctrl+Shift+S", icon="screen")
    def read_screen(self) -> None:
        """Hides the window, and lets a part of what is behind it be drawn."""
        if not self._is_taking:
            self._is_taking = True
            self._desk.window.hide()
            self._soon.start()

    def close(self) -> None:
        """Ends the drawing with the program."""
        self._soon.stop()
        self._take_veils_away()

    def _show(self, pictures: list[ScreenPicture]) -> None:
        if not self._is_taking:
            return
        self._veils = [ScreenVeil(picture) for picture in pictures]
        for veil in self._veils:
            veil.drawn.connect(self._read)
            veil.left.connect(self._end)
            veil.showFullScreen()
        self._veils[0].activateWindow()

    def _end(self) -> None:
        """Shows the window again."""
        if self._is_taking:
            self._is_taking = False
            self._take_veils_away()
            window = self._desk.window
            window.show()
            window.raise_()
            window.activateWindow()

    def _take_veils_away(self) -> None:
        veils, self._veils = self._veils, []
        for veil in veils:
            veil.hide()
            veil.deleteLater()

    def _on_no_picture(self) -> None:
        self._end()
        self._desk.notices.warn(
            _("This desktop does not let programs see the screen. Take a screenshot, copy it, and paste it here.")
        )

    def _read(self, image: QImage) -> None:
        self._end()
        self._desk.under_way.say(self, _("Reading the screen…"))
        read = partial(_text_of, image, self._desk.runner.recognizers)
        self._lane.run(read, partial(self._copy, image), self._on_failed)

    def _copy(self, image: QImage, text: PageText) -> None:
        self._desk.under_way.end(self)
        if not text.lines:
            self._desk.notices.say(_("There is no text in this part of the screen."), about=self)
            return
        QGuiApplication.clipboard().setText(text.text)
        words = sum(len(line.words) or len(line.text.split()) for line in text.lines)
        self._desk.notices.say(
            plural("Copied {count} word from the screen.", "Copied {count:,} words from the screen.", words),
            [(_("Keep as a page"), partial(self._paste.keep_picture, image))],
            about=self,
        )

    def _on_failed(self, error: OcrdeskError) -> None:
        self._desk.under_way.end(self)
        self.warn(error)


def _text_of(image: QImage, recognizers: RecognizerPool) -> PageText:
    """In a thread: what is read in a picture."""
    recognizer = recognizers.lend()
    reading = recognizer.read(to_pixels(image), 0)  # what is on a screen is upright
    recognizers.give_back(recognizer)
    return arrange(reading.lines, rules=reading.rules)
