"""A report as it is seen: built once for each report."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocrdesk.engine.language_names import language_name
from ocrdesk.engine.report.report import Report
from ocrdesk.engine.report.sentences import NamedFigure, figures, heading, poor_scans
from ocrdesk.engine.report.tally import Bar, Distribution
from ocrdesk.engine.words import _, written_number
from ocrdesk.ui.kit.dialog import link_button, quiet
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.report.boxes import Figures, Row, ScanCard, drawing, rows_box, strong

MOST_CARDS = 12
"""How many pages to scan again are shown with their pictures."""

BESIDE = 1000
"""Width from which on drawings and lists stand beside each other."""

_CARD = 272


class ReportPage(QWidget):
    """The boxes of a report.

    Attributes:
        pages_wanted: Pages are to be shown; carries their numbers and what they are.
        cards: The pages to scan again.
    """

    pages_wanted = Signal(object, str)

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.setObjectName("reportPage")
        self._report = report
        self.cards = [ScanCard(page) for page in report.scan_again[:MOST_CARDS]]
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 9 * SPACE)  # a message covers nothing for good
        column.setSpacing(2 * SPACE)
        column.addWidget(Figures(figures(report), self._show_figure))
        self._drawings = _beside(
            drawing(it, partial(self._show_bar, it)) for it in (report.confidence, report.print_size)
        )
        column.addLayout(self._drawings)
        column.addLayout(self._scan_again())
        self._lists = _beside(self._rows())
        column.addLayout(self._lists)
        column.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= BESIDE
        for row in (self._drawings, self._lists):
            row.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        self._lay_cards()

    def _scan_again(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(strong(_("Scan these again")))
        words = quiet(poor_scans(self._report), small=False)
        head.addWidget(words, 1)
        if self.cards:
            show = link_button("scanAgain", _("Show them among the pages"))
            show.clicked.connect(self._show_poor)
            head.addWidget(show)
        self._grid = QGridLayout()
        self._grid.setSpacing(2 * SPACE)
        for card in self.cards:
            card.clicked.connect(partial(self._show, [card.page_id], _("Scan these again")))
        self._lay_cards()
        whole = QVBoxLayout()
        whole.setSpacing(SPACE + 4)
        whole.addLayout(head)
        whole.addLayout(self._grid)
        return whole

    def _lay_cards(self) -> None:
        columns = max(1, (self.width() - 6 * SPACE) // _CARD)
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _rows(self) -> list[QWidget]:
        report, show = self._report, self._show
        languages = [
            Row(
                language_name(it.language),
                _("{words:,} words").format(words=it.words),
                partial(show, it.page_ids, language_name(it.language)),
            )
            for it in report.languages
        ]
        before = [
            Row(it.name, _("as {name}").format(name=it.of_name), partial(show, [it.page_id], _("Read before")))
            for it in report.read_before
        ]
        slow = [
            Row(
                it.name,
                _("{seconds:.1f} s").format(seconds=it.seconds),
                partial(show, [it.page_id], _("Slowest pages")),
            )
            for it in report.slowest
        ]
        return [
            rows_box(_("Languages"), languages),
            rows_box(_("Read before"), before),
            rows_box(_("Slowest pages"), slow),
        ]

    def _show_figure(self, it: NamedFigure) -> None:
        self._show(it.figure.page_ids, f"{written_number(it.figure.number)} {it.name}")

    def _show_bar(self, distribution: Distribution, bar: object) -> None:
        assert isinstance(bar, Bar)
        self._show(bar.page_ids, heading(distribution)[0])

    def _show_poor(self) -> None:
        self._show([it.page_id for it in self._report.scan_again], _("Scan these again"))

    def _show(self, page_ids: Iterable[int], what: str, *_: object) -> None:
        self.pages_wanted.emit(tuple(page_ids), what)


def _beside(parts: Iterable[QWidget]) -> QBoxLayout:
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(2 * SPACE)
    for part in parts:
        row.addWidget(part, 1)
    return row
