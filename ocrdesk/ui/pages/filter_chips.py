"""Chips that show all pages or only some, with how many there are of each."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ocrdesk.engine.document import Counts
from ocrdesk.engine.library import PageFilter
from ocrdesk.ui.kit.theme import SPACE

_WORDS = {
    PageFilter.ALL: "All",
    PageFilter.DONE: "Done",
    PageFilter.DOUBTFUL: "Doubtful",
    PageFilter.BLANK: "No text",
    PageFilter.FAILED: "Failed",
}
_TIPS = {
    PageFilter.ALL: "Every page of this batch",
    PageFilter.DONE: "Pages that were read",
    PageFilter.DOUBTFUL: "Pages read with little confidence: worth a look",
    PageFilter.BLANK: "Pages on which no text was found",
    PageFilter.FAILED: "Pages that could not be read, with the reason",
}


class FilterChips(QWidget):
    """The chips.

    Attributes:
        chosen: Another filter was chosen; carries a ``PageFilter``.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterChips")
        self._group = QButtonGroup(self)
        self._chips: dict[PageFilter, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        for show, words in _WORDS.items():
            chip = QPushButton(words, objectName=f"chip{show.value.capitalize()}")
            chip.setCheckable(True)
            chip.setAutoDefault(True)  # the return key presses it as well
            chip.setProperty("chip", True)
            chip.setToolTip(_TIPS[show])
            chip.clicked.connect(lambda _=False, show=show: self.chosen.emit(show))
            self._group.addButton(chip)
            self._chips[show] = chip
            row.addWidget(chip)
        self.choose(PageFilter.ALL)

    def choose(self, show: PageFilter) -> None:
        """Marks a chip as chosen, without a signal."""
        self._chips[show].setChecked(True)

    def set_counts(self, counts: Counts) -> None:
        """Shows how many pages there are of each kind."""
        numbers = (counts.total, counts.done, counts.doubtful, counts.blank, counts.failed)
        for (show, chip), number in zip(self._chips.items(), numbers, strict=True):
            chip.setText(f"{_WORDS[show]}  {QLocale().toString(number)}")
            chip.setMinimumWidth(chip.sizeHint().width())  # a number cut off is another number
            chip.setAccessibleName(f"{_WORDS[show]}: {number} pages")
