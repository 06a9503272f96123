"""The page of the word that is checked, with the place ringed, and how many words had which outcome."""

from collections.abc import Mapping
from pathlib import PurePath

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ocrdesk.engine.review.queue import Outcome
from ocrdesk.engine.words import N_, _, written_number
from ocrdesk.ui.kit.dialog import sized
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.strips import Look, paint, paint_word
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.review.shown_words import Shown

WIDTH = 360
_SMALL = 12 / 13
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.ACCEPTED: N_("accepted"),
    Outcome.CHANGED: N_("changed"),
    Outcome.LATER: N_("for later"),
}


class PageBeside(QWidget):
    """The page.

    Attributes:
        open_wanted: The page is to be opened.
    """

    open_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pageBeside")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._name, self._folder = ElidedLabel(objectName="besideName"), ElidedLabel(objectName="besideFolder")
        for label in (self._name, self._folder):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._name.setFont(sized(self.font(), 1, QFont.Weight.DemiBold))
        self._folder.setFont(sized(self.font(), _SMALL))
        self._folder.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        button = QToolButton(objectName="openPage")
        button.setText(_("Open page"))
        button.setIcon(icon("full-page"))
        button.setIconSize(QSize(16, 16))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(_("Leave the review and open the page"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self.open_wanted)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._folder)
        head = QHBoxLayout()
        head.setContentsMargins(2 * SPACE, SPACE + 4, SPACE, SPACE + 4)
        head.addLayout(words, 1)
        head.addWidget(button)
        self._picture = _Picture()
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * SPACE, SPACE + 2, 2 * SPACE, SPACE + 2)
        self._numbers = {outcome: QLabel() for outcome in _OUTCOMES}
        for outcome, words_of_it in _OUTCOMES.items():
            foot.addLayout(self._counter(self._numbers[outcome], outcome, _(words_of_it)), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._picture, 1)
        column.addLayout(foot)

    def _counter(self, number: QLabel, outcome: Outcome, words: str) -> QVBoxLayout:
        number.setObjectName(f"{outcome.value}Count")
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        number.setFont(sized(self.font(), 1, QFont.Weight.DemiBold))
        said = QLabel(words)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        said.setFont(sized(self.font(), _SMALL))
        said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        number.setBuddy(said)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(number)
        column.addWidget(said)
        return column

    @property
    def ground(self) -> QWidget:
        """The picture, of which the foot may be covered."""
        return self._picture

    def show_word(self, shown: Shown | None) -> None:
        """Shows where a word is on its page; None: it is not at hand yet."""
        if shown is not None:
            path = PurePath(shown.page.name)
            number, count = shown.place
            self._name.setText(
                _("{name} · page {number:,} of {count:,}").format(name=path.name, number=number, count=count)
            )
            self._name.setToolTip(plainly(str(shown.page.path)))
            folder = str(path.parent)
            self._folder.setText(folder if folder != "." else str(shown.page.path.parent.name))
        self._picture.show_word(shown)

    def show_counts(self, counts: Mapping[Outcome, int]) -> None:
        """Shows how many words had which outcome."""
        for outcome, label in self._numbers.items():
            label.setText(written_number(counts[outcome]))


class _Picture(QWidget):
    """The page as wide as there is room, with the word in its middle."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None

    def show_word(self, shown: Shown | None) -> None:
        self._shown = shown
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), token("desk"))
        shown = self._shown
        if shown is not None and (strip := shown.picture) is not None:
            page, rect = strip.rect, QRectF(self.rect())
            room = rect.width() - 4 * SPACE
            zoom = min(room / page.width(), max(room, rect.height()) / page.width())
            item = shown.item
            half = (rect.height() / 2 - 2 * SPACE) / zoom
            y = item.word.middle[1]
            y = min(max(y, half), page.bottom() - half) if page.height() > 2 * half else page.center().y()
            look = Look(page.center().x(), y, zoom)
            paint(painter, rect, strip, look)
            paint_word(painter, item.line.mark_of(item.word), look.zoom, is_present=True)
        painter.end()
