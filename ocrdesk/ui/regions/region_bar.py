"""What to do while regions are drawn, in words, with the choice of what is drawn next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ocrdesk.engine.words import N_, _, plural
from ocrdesk.ui.kit.theme import SPACE, mixed, status_colour

_IGNORE_WORDS = N_(
    "Drag over what does not belong to the text: a stamp, a watermark, a page header. "
    "It is ignored on every page of this batch."
)
_ONLY_WORDS = N_("Drag over the only parts that belong to the text. The rest of every page of this batch is ignored.")
_KEYS_WORDS = N_("Arrow keys move it; with Shift they resize it. Del deletes it, Ctrl+Z undoes the last change.")


class RegionBar(QWidget):
    """Stands above the picture while regions are drawn.

    Attributes:
        only_chosen: What is drawn next was chosen; carries whether nothing but what lies in it counts.
        undo_wanted: The last change is to be taken back.
        done: The person is done.
    """

    only_chosen = Signal(bool)
    undo_wanted = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("regionBar")
        self._is_only = False
        self._ignore_words = _label(_(_IGNORE_WORDS))
        self._only_words = _label(_(_ONLY_WORDS))
        self._chosen_words = _label(_(_KEYS_WORDS))
        # As high as the longest of them, so that the picture does not move under the pointer.
        self._words = QStackedWidget(objectName="regionWords")
        for label in (self._ignore_words, self._only_words, self._chosen_words):
            self._words.addWidget(label)
        self._has_chosen = False
        self._count = QLabel(objectName="regionCount")
        self._count.setWordWrap(True)
        self._group = QButtonGroup(self)
        self._ignore = self._kind(_("Ignore"), _("What is drawn next is ignored"), "regionIgnore")
        self._only = self._kind(_("Only here"), _("What is drawn next is all that counts"), "regionOnly")
        self._ignore.setChecked(True)
        self._undo = QPushButton(_("Undo"), objectName="regionUndo")
        self._undo.setToolTip(_("Undo the last change (Ctrl+Z)"))
        self._undo.setAccessibleName(_("Undo the last change to the regions"))
        self._undo.setEnabled(False)
        done = QPushButton(_("Done"), objectName="regionDone")
        done.setProperty("primary", True)
        done.setToolTip(_("Stop drawing regions (Esc)"))
        done.setAccessibleName(_("Done with the regions"))
        for button in (self._ignore, self._only, self._undo, done):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the picture
            button.setAutoDefault(True)  # the return key presses it as well
        row = QHBoxLayout()
        row.setSpacing(SPACE // 2)
        row.addWidget(self._ignore)
        row.addWidget(self._only)
        row.addStretch(1)
        row.addWidget(self._undo)
        row.addSpacing(SPACE // 2)
        row.addWidget(done)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE // 2 + 2)
        column.addWidget(self._words)
        column.addLayout(row)
        column.addWidget(self._count)
        self._group.buttonToggled.connect(self._on_kind)
        self._undo.clicked.connect(self.undo_wanted)
        done.clicked.connect(self.done)
        self._say()
        self.hide()

    def show_chosen(self, words: str) -> None:
        """Tells which region is chosen; empty: none."""
        self._has_chosen = bool(words)
        if words:
            self._chosen_words.setText(f"{words}. {_(_KEYS_WORDS)}")
        self._say()

    def show_left_out(self, left_out: int, lines: int | None) -> None:
        """Tells how many lines of the page do not count; ``lines`` is None while the page is not read."""
        if lines is None:
            self._count.setText(_("This page has not been read yet."))
        elif not lines:
            self._count.setText(_("This page has no lines."))
        else:
            self._count.setText(
                plural(
                    "{count} of {lines} lines of this page is ignored.",
                    "{count} of {lines} lines of this page are ignored.",
                    left_out,
                    lines=lines,
                )
            )

    def show_undo(self, possible: bool) -> None:
        """Offers to take the last change back, or not."""
        self._undo.setEnabled(possible)

    def _kind(self, words: str, tip: str, name: str) -> QPushButton:
        chip: QPushButton = QPushButton(words, objectName=name)
        chip.setCheckable(True)
        chip.setProperty("chip", True)
        bold = QFont(chip.font())
        bold.setWeight(QFont.Weight.DemiBold)  # as the chosen one is
        chip.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(words) + 3 * SPACE)
        chip.setToolTip(tip)
        chip.setAccessibleName(f"{words}: {tip}")
        self._group.addButton(chip)
        return chip

    def _on_kind(self) -> None:
        if self._only.isChecked() != self._is_only:
            self._is_only = self._only.isChecked()
            self._say()
            self.only_chosen.emit(self._is_only)

    def _say(self) -> None:
        label = self._only_words if self._is_only else self._ignore_words
        if self._has_chosen:
            label = self._chosen_words
        self._words.setCurrentWidget(label)
        self.setAccessibleName(label.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        window, colour = self.palette().color(QPalette.ColorRole.Window), status_colour("info")
        painter.fillRect(self.rect(), mixed(window, colour, 0.12))
        painter.fillRect(0, self.height() - 1, self.width(), 1, mixed(window, colour, 0.35))
        painter.end()


def _label(words: str) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return label
