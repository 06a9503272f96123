"""The boxes of a report: its numbers, its drawings, a page to scan again, and lists."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QImage, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.report.report import ScanAgain
from ocrdesk.engine.report.sentences import NamedFigure, heading, measures, reasons
from ocrdesk.engine.report.tally import Distribution
from ocrdesk.engine.words import _, plural, written_number
from ocrdesk.ui.kit.dialog import link_button, quiet, sized
from ocrdesk.ui.kit.directions import side_of_begin
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.report.bar_chart import BarChart

PICTURE = QSize(80, 104)
"""Device-independent pixels: the picture of a page to scan again."""

MOST_ROWS = 6
"""How many rows of a list are shown."""

_LARGE = 20 / 13
_COLOURS = {"to_check": "amber", "failed": "red"}
_FIGURE = 128
"""Device-independent pixels: the least width of a number."""

_CARD = QSize(256, 120)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list.

    Attributes:
        name: At its left, a link.
        value: At its right.
        open: Called when the link is chosen.
    """

    name: str
    value: str
    open: Callable[[], object]


class Box(QFrame):
    """A box with an edge; what is in it stands one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reportBox")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2 * SPACE, 2 * SPACE - 4, 2 * SPACE, 2 * SPACE - 4)
        self.column.setSpacing(SPACE)


class Figures(QFrame):
    """The numbers, beside each other in as many rows as they need."""

    def __init__(self, figures: Sequence[NamedFigure], show: Callable[[NamedFigure], object]) -> None:
        super().__init__()
        self.setObjectName("reportBox")
        self._parts = [_figure(it, partial(show, it)) for it in figures]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SPACE // 2, SPACE // 2, SPACE // 2, SPACE // 2)
        self._grid.setSpacing(0)
        self._columns = 0
        self._arrange(len(self._parts))

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * _FIGURE, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit = max(1, self.width() // _FIGURE)
        rows = -(-len(self._parts) // fit)
        self._arrange(-(-len(self._parts) // rows))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for number, part in enumerate(self._parts):
            self._grid.addWidget(part, number // columns, number % columns)


def _figure(it: NamedFigure, show: Callable[[], object]) -> QPushButton:
    button: QPushButton = QPushButton(objectName=f"figure_{it.key}", autoDefault=False)
    button.setProperty("figure", True)
    number = QLabel(written_number(it.figure.number))
    number.setFont(sized(number.font(), _LARGE, QFont.Weight.DemiBold))
    name = quiet(it.name, small=False)
    if not it.figure.number:
        number.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    elif it.key in _COLOURS:
        number.setProperty("colour", _COLOURS[it.key])
    column = QVBoxLayout(button)
    column.setContentsMargins(SPACE + 4, SPACE, SPACE, SPACE)
    column.setSpacing(0)
    for label in (number, name):
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        label.setWordWrap(False)
        label.setAlignment(Qt.AlignmentFlag.AlignVCenter | side_of_begin())
        column.addWidget(label)
    button.setMinimumSize(_FIGURE - SPACE, column.sizeHint().height())
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.setAccessibleName(f"{written_number(it.figure.number)} {it.name}")
    button.setEnabled(bool(it.figure.page_ids))
    if button.isEnabled():
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setToolTip(_("Show these pages"))
    button.clicked.connect(show)
    return button


def drawing(distribution: Distribution, show: Callable[[object], object]) -> Box:
    """A drawing with its heading."""
    title, unit = heading(distribution)
    box, chart = Box(), BarChart(distribution)
    chart.chosen.connect(show)
    row = QHBoxLayout()
    row.addWidget(strong(title))
    row.addStretch(1)
    row.addWidget(_right(quiet(unit)))
    box.column.addLayout(row)
    box.column.addWidget(chart)
    if distribution.left_out:
        left_out = plural(
            "{count} word is left out: its resolution is not known.",
            "{count:,} words are left out: their resolution is not known.",
            distribution.left_out,
        )
        box.column.addWidget(quiet(left_out))
    box.column.addStretch(1)
    return box


class ScanCard(QPushButton):
    """A page that should be scanned again: its picture, why, and what was measured."""

    def __init__(self, page: ScanAgain) -> None:
        super().__init__()
        self.setObjectName("reportCard")
        self.setAutoDefault(False)
        self.page_id = page.page_id
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._picture.setFixedSize(PICTURE)
        name = ElidedLabel(page.name.rpartition("/")[2])
        name.setFont(sized(name.font(), 1, QFont.Weight.DemiBold))
        name.setMinimumWidth(1)
        why = QLabel(reasons(page), wordWrap=True)
        why.setTextFormat(Qt.TextFormat.PlainText)
        why.setProperty("colour", "amber")
        measure = quiet(measures(page))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch(1)
        for label in (name, why, measure):
            texts.addWidget(label)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE + 4)
        row.addWidget(self._picture)
        row.addLayout(texts, 1)
        for label in (self._picture, name, why, measure):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"{page.name}\n{reasons(page)}: {measures(page)}")
        self.setAccessibleName(f"{page.name}: {reasons(page)}. {measures(page)}")
        self.setMinimumSize(_CARD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return _CARD

    def show_picture(self, image: QImage) -> None:
        """Shows the picture of the page."""
        ratio = self.devicePixelRatioF()
        scaled = QPixmap.fromImage(image).scaled(
            PICTURE * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        scaled.setDevicePixelRatio(ratio)
        self._picture.setPixmap(scaled)


def rows_box(title: str, rows: Sequence[Row]) -> Box:
    """A list with its heading."""
    box = Box()
    box.column.addWidget(strong(title))
    for row in rows[:MOST_ROWS]:
        box.column.addWidget(_rule())
        name, value = link_button("reportRow", _shortened(row.name)), _right(quiet(row.value, small=False))
        name.setToolTip(row.name)
        name.clicked.connect(row.open)
        value.setWordWrap(False)
        line = QHBoxLayout()
        line.addWidget(name)
        line.addStretch(1)
        line.addWidget(value)
        box.column.addLayout(line)
    if len(rows) > MOST_ROWS:
        box.column.addWidget(quiet(plural("{count} more", "{count:,} more", len(rows) - MOST_ROWS)))
    if not rows:
        box.column.addWidget(_rule())
        box.column.addWidget(quiet(_("None"), small=False))
    box.column.addStretch(1)
    return box


def strong(words: str) -> QLabel:
    """A heading."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(sized(label.font(), 1, QFont.Weight.DemiBold))
    return label


_LONGEST = 32


def _shortened(name: str) -> str:
    """The last part of a name, and of that no more than has room."""
    last = name.rpartition("/")[2]
    return (last if len(last) <= _LONGEST else f"{last[: _LONGEST // 2]}…{last[-_LONGEST // 2 + 1 :]}").replace(
        "&", "&&"
    )


def _right(label: QLabel) -> QLabel:
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    label.setWordWrap(False)
    return label


def _rule() -> QWidget:
    rule = QFrame(objectName="reportRule")
    rule.setFixedHeight(1)
    return rule
