"""A menu in which languages are ticked."""

from collections.abc import Collection, Iterable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from ocrdesk.engine.recognition.languages import Language

Languages = tuple[str, ...]
"""The keys of languages; none: the reader chooses."""


class LanguageMenu(QMenu):
    """Languages of which several can be ticked before it is closed, and above them the ways to tick none.

    Attributes:
        decided: It was closed and something was ticked; carries the keys of the languages, or the way to have none.
    """

    decided = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ways: dict[QAction, Languages | None] = {}
        self._ticks: dict[str, QAction] = {}
        self._is_touched = False
        self.aboutToHide.connect(self._decide)
        self.addAction("")  # Qt opens no empty menu, and this one is filled when it opens

    def fill(
        self,
        ways: Mapping[Languages | None, str],
        languages: Iterable[Language],
        ticked: Collection[Languages | None],
    ) -> None:
        """Offers languages.

        Args:
            ways: The ways to tick none, with the words for each.
            languages: All that can be ticked.
            ticked: The keys that are ticked, or the way to have none; several where pages differ: nothing is ticked.
        """
        self.clear()
        self._is_touched = False
        is_one = len(ticked) == 1
        present = next(iter(ticked), None) if is_one else None
        self._ways = {self._entry(words, is_one and way == present): way for way, words in ways.items()}
        for entry in self._ways:
            entry.triggered.connect(partial(self._take_way, entry))
        self.addSeparator()
        self._ticks = {}
        for language in sorted(languages, key=lambda language: language.name.casefold()):
            entry = self._entry(language.name, language.key in (present or ()))
            entry.triggered.connect(self._follow_ticks)
            self._ticks[language.key] = entry

    def _entry(self, words: str, is_ticked: bool) -> QAction:
        entry = self.addAction(words.replace("&", "&&"))
        entry.setCheckable(True)
        entry.setChecked(is_ticked)
        return entry

    def _take_way(self, taken: QAction) -> None:
        for entry in (*self._ways, *self._ticks.values()):
            entry.setChecked(entry is taken)
        self._is_touched = True

    def _follow_ticks(self) -> None:
        ticked = self._ticked()
        for entry, way in self._ways.items():
            entry.setChecked(not ticked and way == ())
        self._is_touched = True

    def _ticked(self) -> Languages:
        return tuple(key for key, entry in self._ticks.items() if entry.isChecked())

    def _decide(self) -> None:
        if self._is_touched:
            self._is_touched = False
            way = next((way for entry, way in self._ways.items() if entry.isChecked()), ())
            self.decided.emit(self._ticked() or way)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        entry = self.actionAt(event.position().toPoint())
        if entry in self._ticks.values():
            entry.trigger()  # and the menu stays for the next one
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self.activeAction()
        if event.key() == Qt.Key.Key_Space and entry in self._ticks.values():
            entry.trigger()
        else:
            super().keyPressEvent(event)
