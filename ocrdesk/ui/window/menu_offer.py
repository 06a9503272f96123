"""Offers once to put the program into the desktop's menu, where no installer has done so."""

import sys

from PySide6.QtCore import QObject

from ocrdesk import menu_entry
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.desk import Desk

ABOUT = "menu entry"


class MenuOffer(QObject):
    """The offer. A program that keeps its things in a folder of its own is not offered: it may be a visit."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._places = desk.places
        self._notices = desk.notices
        self._choices = desk.choices
        self._lane = desk.tasks.lane()

    def begin(self) -> None:
        """At the start: offers it, if nobody did before and nothing that matters more is being said."""
        if not sys.platform.startswith("linux") or not self._places.are_ours:
            return
        if self._choices.get("menu/offered") or self._notices.isVisible() or menu_entry.is_in_menu():
            return
        self._choices.set("menu/offered", True)
        words = _("ocrdesk can be put into the menu of your desktop, with “Open with…” for pictures and saved batches.")
        self._notices.say(words, [(_("Put it there"), self._install), (_("Not now"), lambda: None)], about=ABOUT)

    def _install(self) -> None:
        self._lane.run(menu_entry.install, lambda _entry: self._say_done(), self._fail)

    def _say_done(self) -> None:
        self._notices.say(_("ocrdesk is in the menu of your desktop now."), about=ABOUT)

    def _fail(self, error: OcrdeskError) -> None:
        self._notices.warn(str(error), about=ABOUT)
