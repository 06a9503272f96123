"""Chips that say among which pages is searched."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QToolButton

from ocrdesk.engine.search.found import Narrowing
from ocrdesk.engine.words import N_, _
from ocrdesk.ui.kit.dialog import sized
from ocrdesk.ui.kit.flow_layout import Flow
from ocrdesk.ui.kit.menu_buttons import hang_menu

_DAYS = {None: N_("Any date"), 0: N_("Read today"), 6: N_("Last 7 days"), 29: N_("Last 30 days"), 364: N_("Last year")}
"""How many days before today pages may have been read, with the words for it, to be translated."""

_BESIDE_WORDS = 22
"""Width of a chip beside its words."""


class NarrowingChips(Flow):
    """The chips, in a row or in two.

    Attributes:
        changed: Others are chosen.
    """

    changed = Signal()

    def __init__(self, batch_id: Callable[[], int | None], languages: Callable[[], list[str]]) -> None:
        """Lays out the chips.

        Args:
            batch_id: The batch that is chosen.
            languages: Those of the pages of the library, such as ``en``.
        """
        self._batch_id, self._languages = batch_id, languages
        self._in_batch: int | None = None
        self._days: int | None = None
        self._language: str | None = None
        self._everything = self._chip("searchEverything", _("Everything"), _("Search all batches"))
        self._this_batch = self._chip("searchThisBatch", _("This batch"), _("Search only the batch that is selected"))
        self._everything.setChecked(True)
        self._to_check = self._chip("searchToCheck", _("To check"), _("Only pages with words to check"))
        self._corrected = self._chip("searchCorrected", _("Corrected"), _("Only pages whose text was corrected"))
        self._date = self._menu_chip("searchDate", _("When pages were read"), self._fill_dates)
        self._tongue = self._menu_chip("searchLanguage", _("The language of pages"), self._fill_languages)
        chips = (self._everything, self._this_batch, self._to_check, self._corrected)
        super().__init__([*chips, self._date, self._tongue])
        where = QButtonGroup(self)
        for chip in (self._everything, self._this_batch):
            where.addButton(chip)
        self._this_batch.clicked.connect(self._take_batch)
        for chip in chips:
            chip.clicked.connect(self.changed)
        self._show()

    def narrowing(self) -> Narrowing:
        """Among which pages is searched."""
        since = None
        if self._days is not None:
            today = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
            since = int((today - timedelta(days=self._days)).timestamp())
        return Narrowing(
            batch_ids=(self._in_batch,) if self._this_batch.isChecked() and self._in_batch is not None else None,
            read_since=since,
            to_check=True if self._to_check.isChecked() else None,
            languages=(self._language,) if self._language is not None else None,
            corrected=True if self._corrected.isChecked() else None,
        )

    def begin(self) -> None:
        """Takes the batch that is chosen now for “this batch”, which stays the same while places are gone to."""
        self._in_batch = self._batch_id()
        self._this_batch.setEnabled(self._in_batch is not None)

    def _take_batch(self) -> None:
        if self._in_batch is None:
            self._in_batch = self._batch_id()

    def _chip(self, name: str, words: str, tip: str) -> QPushButton:
        chip: QPushButton = QPushButton(words, objectName=name, checkable=True, autoDefault=True)
        chip.setProperty("chip", True)
        chip.setToolTip(tip)
        bold = QFontMetrics(sized(chip.font(), 1, QFont.Weight.DemiBold))  # which the chosen one is in
        chip.setMinimumWidth(bold.horizontalAdvance(words) + _BESIDE_WORDS)
        return chip

    def _menu_chip(self, name: str, tip: str, fill: Callable[[QMenu], None]) -> QToolButton:
        chip: QToolButton = QToolButton(objectName=name)
        chip.setProperty("chip", True)
        chip.setToolTip(tip)
        menu = QMenu(chip)
        menu.aboutToShow.connect(lambda: fill(menu))
        hang_menu(menu, chip)
        return chip

    def _fill_dates(self, menu: QMenu) -> None:
        menu.clear()
        for days, words in _DAYS.items():
            entry = menu.addAction(_(words))
            entry.setCheckable(True)
            entry.setChecked(days == self._days)
            entry.triggered.connect(lambda _checked, days=days: self._choose_days(days))

    def _fill_languages(self, menu: QMenu) -> None:
        menu.clear()
        for language in (None, *self._languages()):
            entry = menu.addAction(_name_of(language))
            entry.setCheckable(True)
            entry.setChecked(language == self._language)
            entry.triggered.connect(lambda _checked, language=language: self._choose_language(language))

    def _choose_days(self, days: int | None) -> None:
        self._days = days
        self._show()
        self.changed.emit()

    def _choose_language(self, language: str | None) -> None:
        self._language = language
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._date.setText(_(_DAYS[self._days]))
        self._tongue.setText(_name_of(self._language))
        for chip, is_narrow in ((self._date, self._days is not None), (self._tongue, self._language is not None)):
            chip.setProperty("narrows", is_narrow)
            chip.style().polish(chip)  # the style sheet asks for the property
        self.lay_out()


def _name_of(language: str | None) -> str:
    """A language by its own name, as those who read it know it."""
    if language is None:
        return _("Any language")
    name = QLocale(language).nativeLanguageName() or language
    return name[:1].upper() + name[1:]
