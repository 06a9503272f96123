"""Corrections whose line was not found when their page was read again: a quiet line above the text that lists them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ocrdesk.engine.corrections.changes import put_on, withdrawn
from ocrdesk.engine.document import Correction, Page
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.correcting import correct, named
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.dialog import link_button
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.panel.page_lines import PageLines

_HIGH = 132
"""Device-independent pixels that the list takes at most; longer ones are scrolled."""


class LostCorrections(QWidget):
    """Says how many there are, and what can be done with each; seen only where there are any."""

    def __init__(self, desk: Desk, lines: PageLines) -> None:
        super().__init__()
        self.setObjectName("lostCorrections")
        self._desk = desk
        self._lines = lines
        self._page: Page | None = None
        self._shown: Sequence[Correction] = ()
        self._putters: list[QPushButton] = []
        self._how_many = link_button("lostCount")
        self._how_many.setIcon(icon("chevron-down"))
        self._how_many.setCheckable(True)
        self._how_many.setToolTip(_("The page was read again, and these lines were not there any more"))
        self._how_many.toggled.connect(self._unfold)
        self._area = QScrollArea(objectName="lostList")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        column.setSpacing(SPACE // 2)
        # It has its symbol at the right because it is laid out from there, which would turn its side as well.
        column.addWidget(self._how_many, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        column.addWidget(self._area)
        self._area.hide()
        lines.moved.connect(self._follow)
        self.hide()

    @property
    def has_any(self) -> bool:
        """Whether the page has any."""
        return bool(self._shown)

    def show_page(self, page: Page | None) -> None:
        """Shows those of a page, as the lines of the page know them."""
        lost = tuple(it for it in self._lines.corrections if it.is_lost) if page is not None else ()
        if page is None or self._page is None or page.id != self._page.id:
            self._how_many.setChecked(False)
        self._page = page
        if lost != self._shown:
            self._shown = lost
            self._list(lost)
        self._how_many.setText(
            plural("{count} correction found no place", "{count:,} corrections found no place", len(lost))
        )
        self.setVisible(bool(lost))
        self._follow()

    def _list(self, lost: Sequence[Correction]) -> None:
        inside, self._putters = QWidget(), []
        inside.setAutoFillBackground(False)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE // 2)
        for correction in lost:
            row = QHBoxLayout()
            row.setSpacing(SPACE)
            words = ElidedLabel()
            words.setText(_what_it_says(correction, shortened=True))
            words.setToolTip(plainly(_what_it_says(correction)))
            words.setSizePolicy(
                QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
            )  # so that the buttons are seen
            row.addWidget(words, 1)
            put = QPushButton(_("Put it here"), objectName="putLost")
            put.clicked.connect(partial(self._put, correction))
            remove = QPushButton(_("Remove"), objectName="removeLost")
            remove.clicked.connect(partial(self._remove, correction))
            self._putters.append(put)
            row.addWidget(put)
            row.addWidget(remove)
            rows.addLayout(row)
        rows.addStretch(1)
        self._area.setWidget(inside)
        self._area.setFixedHeight(min(_HIGH, inside.sizeHint().height() + 2))

    def _unfold(self, is_open: bool) -> None:
        self._area.setVisible(is_open)
        self._how_many.setIcon(icon("chevron-up" if is_open else "chevron-down"))

    def _follow(self) -> None:
        """A correction can be put on the line that is chosen."""
        has_line = len(self._lines.chosen) == 1
        for button in self._putters:
            button.setEnabled(has_line)
            button.setToolTip(
                _("Correct the selected line in this way")
                if has_line
                else _("Select its line first, here or on the picture")
            )

    def _put(self, correction: Correction) -> None:
        if self._page is not None and len(self._lines.chosen) == 1:
            line = self._lines.all[self._lines.chosen[0]]
            words = _("correction of {line}").format(line=named(correction.after or line.text))
            correct(self._desk, self._page, words, [put_on(correction, line)])

    def _remove(self, correction: Correction) -> None:
        if self._page is not None:
            words = _("removal of the correction {line}").format(line=named(correction.after or correction.before))
            correct(self._desk, self._page, words, [withdrawn(correction)])


def _what_it_says(correction: Correction, *, shortened: bool = False) -> str:
    """What was corrected to what; of long lines the beginnings, so that both are seen."""
    if correction.after == correction.before:
        return _("{line} (accepted as it is)").format(line=correction.before)
    before, after = (named(text) if shortened and text else text for text in (correction.before, correction.after))
    return f"{before} → {after or _('(no text)')}"
