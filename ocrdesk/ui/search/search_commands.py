"""Searching every batch, and what is done with what was found."""

import json
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.search.search_field import SearchField
from ocrdesk.ui.search.search_pane import SearchPane

MOST_SAVED = 20
"""How many searches are kept; the oldest goes."""


class SearchCommands(Commands):
    """Goes to the field, from place to place, and keeps searches.

    Attributes:
        export_wanted: Pages are to be exported; carries their numbers and what they are called.
        field: Into which is typed what is looked for.
    """

    export_wanted = Signal(object, str)

    def __init__(self, desk: Desk, field: SearchField, pane: SearchPane) -> None:
        super().__init__(desk)
        self.field, self._pane = field, pane
        self._saved: list[str] = _read(desk.choices.get("search/saved"))
        self._menu = QMenu(field)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._star = field.addAction(icon("star"), SearchField.ActionPosition.TrailingPosition)
        self._star.setToolTip(_("Saved searches"))
        self._star.triggered.connect(self._open_menu)
        self._star.setVisible(bool(self._saved))
        pane.opened.connect(self.update)
        pane.searching.found.connect(self.update)
        self.update()

    def follow(self) -> None:
        """Lets places be gone to while there are any, and says whether this search is saved."""
        is_open, pages = self._pane.is_open, self._pane.found_pages
        for name in ("next_place", "previous_place"):
            self._desk.actions[name].setEnabled(is_open and pages > 0)
        export = self._desk.actions["export_found"]
        export.setEnabled(is_open and pages > 0 and not self._pane.has_more)
        if not self._pane.has_more:  # until then it says what it said before, for a moment
            words = plural("Export {count} page…", "Export {count:,} pages…", pages) if pages else _("Export…")
            export.setIconText(words)
        self._desk.actions["show_found"].setEnabled(is_open and pages > 0 and not self._pane.has_more)
        save = self._desk.actions["save_search"]
        save.setEnabled(is_open)
        save.setIconText(_("Forget search") if self._words in self._saved else _("Save search"))

    @property
    def _words(self) -> str:
        return self.field.text().strip()

    @Command("Search…", "Search the text of all batches", keys="Ctrl+F", icon="search")
    def search(self) -> None:
        """Gives the keyboard to the field of the search."""
        self._pane.enter()

    @Command("Next place", "Go to the next place that was found", keys="F4", icon="chevron-right")
    def next_place(self) -> None:
        """Goes to the next place that was found."""
        self._pane.walk(1)

    @Command("Previous place", "Go to the place that was found before", keys="Shift+F4", icon="chevron-left")
    def previous_place(self) -> None:
        """Goes to the place before."""
        self._pane.walk(-1)

    @Command("Show found pages", "Show only the pages that were found among those of their batch", icon="grid")
    def show_found(self) -> None:
        """Shows the pages that were found in the batch of the present place, and no others of it."""
        self._pane.show_pages()

    @Command("Save search", "Keep this search, or forget it; saved ones are behind the star in the field", icon="star")
    def save_search(self) -> None:
        """Keeps what is looked for, or forgets it."""
        words = self._words
        if words in self._saved:
            self._saved.remove(words)
        elif words:
            self._saved = [words, *self._saved][:MOST_SAVED]
        self._desk.choices.set("search/saved", json.dumps(self._saved, ensure_ascii=False))
        self._desk.choices.keep()
        self._star.setVisible(bool(self._saved))
        self.update()

    @Command("Export found pages…", "Export all pages that were found", icon="export")
    def export_found(self) -> None:
        """Exports the pages that were found."""
        page_ids = self._pane.found_page_ids
        words = plural("The page that was found", "The {count:,} pages that were found", len(page_ids))
        self.export_wanted.emit(page_ids, words)

    def _open_menu(self) -> None:
        self._menu.popup(self.field.mapToGlobal(self.field.rect().bottomLeft()))

    def _fill_menu(self) -> None:
        self._menu.clear()
        for words in self._saved:
            entry = self._menu.addAction(words.replace("&", "&&"))
            entry.setData(words)
            entry.triggered.connect(self._search_saved)

    def _search_saved(self) -> None:
        self.field.setFocus()
        entry = self.sender()
        assert isinstance(entry, QAction)
        self.field.setText(entry.data())


def _read(kept: str) -> list[str]:
    """The searches that were kept; none where that is not understood."""
    try:
        found = json.loads(kept or "[]")
    except ValueError:
        return []
    return [words for words in found if isinstance(words, str)] if isinstance(found, Sequence) else []
