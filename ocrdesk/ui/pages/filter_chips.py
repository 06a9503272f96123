"""Chips that show all pages or only some, with how many there are of each."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QPushButton, QWidget

from ocrdesk.engine.document import Counts
from ocrdesk.engine.library import PageFilter
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.theme import SPACE


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip.

    Attributes:
        words: What stands on it, to be translated as are ``tip`` and ``nothing``.
        tip: What it shows.
        nothing: What is said where there is no such page.
        count: How many such pages a batch has.
    """

    words: str
    tip: str
    nothing: str
    count: Callable[[Counts], int]


CHIPS = {
    PageFilter.ALL: Chip("All", "Every page of this batch", "This batch has no pages.", lambda counts: counts.total),
    PageFilter.DONE: Chip(
        "Done", "Pages that were read", "No page of this batch has been read yet.", lambda counts: counts.done
    ),
    PageFilter.DOUBTFUL: Chip(
        "To check",
        "Pages with words to check",
        "No page needs to be checked.",
        lambda counts: counts.doubtful,
    ),
    PageFilter.BLANK: Chip(
        "No text", "Pages on which no text was found", "No page is without text.", lambda counts: counts.blank
    ),
    PageFilter.FAILED: Chip(
        "Failed", "Pages that could not be read, with the reason", "No page failed.", lambda counts: counts.failed
    ),
    PageFilter.CORRECTED: Chip(
        "Corrected", "Pages whose text was corrected", "No page was corrected.", lambda counts: counts.corrected
    ),
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
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # chips that are to go take no room
        for show, known in CHIPS.items():
            chip = QPushButton(_(known.words), objectName=f"chip{show.value.capitalize()}")
            chip.setCheckable(True)
            chip.setAutoDefault(True)  # the return key presses it as well
            chip.setProperty("chip", True)
            chip.setToolTip(_(known.tip))
            chip.clicked.connect(lambda checked=False, show=show: self.chosen.emit(show))
            self._group.addButton(chip)
            self._chips[show] = chip
            row.addWidget(chip)
        self.choose(PageFilter.ALL)

    def choose(self, show: PageFilter) -> None:
        """Marks a chip as chosen, without a signal."""
        self._chips[show].setChecked(True)

    def set_counts(self, counts: Counts) -> None:
        """Shows how many pages there are of each kind."""
        for show, chip in self._chips.items():
            words, number = _(CHIPS[show].words), CHIPS[show].count(counts)
            chip.setText(f"{words}  {QLocale().toString(number)}")
            chip.setEnabled(number > 0 or chip.isChecked() or show is PageFilter.ALL)
            # A number cut off is another number, and the chosen chip is in bold.
            bold = QFont(chip.font())
            bold.setWeight(QFont.Weight.DemiBold)
            wider = QFontMetrics(bold).horizontalAdvance(chip.text()) - chip.fontMetrics().horizontalAdvance(
                chip.text()
            )
            chip.setMinimumWidth(chip.sizeHint().width() + max(0, wider))
            chip.setAccessibleName(_("{words}: {number} pages").format(words=words, number=number))
        self._show_fitting()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_fitting()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is without the chips of which there are no pages."""
        used = [chip.minimumWidth() + SPACE // 2 for chip in self._chips.values() if chip.isEnabled()]
        return QSize(max(0, sum(used) - SPACE // 2), super().minimumSizeHint().height())

    def _show_fitting(self) -> None:
        """Hides chips without pages where there is no room for all, and that of corrected pages in any case."""
        unusual = self._chips[PageFilter.CORRECTED]
        wanted = [chip for chip in self._chips.values() if chip is not unusual or chip.isEnabled()]
        have_room = sum(chip.minimumWidth() + SPACE // 2 for chip in wanted) - SPACE // 2 <= self.width()
        for chip in self._chips.values():
            chip.setVisible(chip.isEnabled() or (have_room and chip in wanted))
