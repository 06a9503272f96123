"""Chips that show all pages or only some, with how many there are of each."""

from collections.abc import Callable, Sequence
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


_SPARE = (PageFilter.DONE, PageFilter.CORRECTED, PageFilter.BLANK)
"""Chips that go, one after the other, though they have pages."""


class FilterChips(QWidget):
    """The chips. Where there is no room for all, those without pages go, and if need be those that nobody must look at.

    Attributes:
        chosen: Another filter was chosen; carries a ``PageFilter``.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterChips")
        self._group = QButtonGroup(self)
        self._chips: dict[PageFilter, QPushButton] = {}
        self._counts = Counts()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # chips go where there is no room for all
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
        row.addStretch(1)
        self.choose(PageFilter.ALL)

    def choose(self, show: PageFilter) -> None:
        """Marks a chip as chosen, without a signal."""
        self._chips[show].setChecked(True)
        self._fit()

    def set_counts(self, counts: Counts) -> None:
        """Shows how many pages there are of each kind."""
        self._counts = counts
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
        self.updateGeometry()
        if (row := self.parentWidget()) is not None and (layout := row.layout()) is not None:
            layout.activate()  # at once: what has room then is not to go for a moment
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """As wide as with every chip that there is room for at best."""
        return QSize(self._width(self._wanted()), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as with the chips that stay: that a number is none any more must not move the panes beside."""
        return QSize(self._width(self._needed()), super().minimumSizeHint().height())

    def comfortable_width(self) -> int:
        """As wide as with all chips that have pages, but for the one of what was read, which says least."""
        return self._width(self._needed(_SPARE[:1]))

    def _wanted(self) -> list[PageFilter]:
        return [show for show in self._chips if show is not PageFilter.CORRECTED or self._has(show)]

    def _counted(self) -> list[PageFilter]:
        return [show for show in self._chips if show is PageFilter.ALL or self._has(show)]

    def _needed(self, spare: Sequence[PageFilter] = _SPARE) -> list[PageFilter]:
        return [show for show in self._counted() if show not in spare or self._chips[show].isChecked()]

    def _has(self, show: PageFilter) -> bool:
        return CHIPS[show].count(self._counts) > 0 or self._chips[show].isChecked()

    def _width(self, shown: list[PageFilter]) -> int:
        widths = [self._chips[show].minimumWidth() for show in shown]
        return sum(widths) + (len(widths) - 1) * SPACE // 2

    def _fit(self) -> None:
        """Shows as many chips as there is room for."""
        fewer = (self._needed(_SPARE[:count]) for count in range(1, len(_SPARE) + 1))
        sets = (self._wanted(), self._counted(), *fewer)
        shown = next((those for those in sets if self._width(those) <= self.width()), sets[-1])
        for show, chip in self._chips.items():
            chip.setVisible(show in shown)
