"""The card of the word that is checked: what is printed there, what was read, and what can be done."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QPainter, QPainterPath, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ocrdesk.engine.review.reasons import alternatives_of
from ocrdesk.engine.words import _, listed
from ocrdesk.ui.kit.dialog import quiet, sized
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.key_cap import KeyCapButton
from ocrdesk.ui.kit.strips import HEIGHT, WIDTH, look_at, paint, paint_word
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.review.shown_words import Shown
from ocrdesk.ui.review.word_field import ACCEPT, BACK, LATER, NO_TEXT, WordField, key_of_rival

_LARGE, _FIELD, _BUTTON, _RIVAL = 20 / 13, 48, 32, 40
_RADIUS = 8.0
_LEAST_STRIP = 96

_RIVALS = 5


class WordStrip(QWidget):
    """What is printed round the word, as the head of its card."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("wordStrip")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(_LEAST_STRIP)
        self.setMaximumHeight(HEIGHT)
        self._shown: Shown | None = None

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def show_word(self, shown: Shown | None) -> None:
        """Shows a word; None: it is not at hand yet."""
        self._shown = shown
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, 0)
        top = QPainterPath()  # round above, straight below
        top.setFillRule(Qt.FillRule.WindingFill)
        top.addRoundedRect(rect, _RADIUS - 1, _RADIUS - 1)
        top.addRect(rect.adjusted(0, _RADIUS, 0, 0))
        painter.setClipPath(top)
        painter.fillRect(rect, token("desk"))
        if (shown := self._shown) is not None and shown.picture is not None:
            item = shown.item
            look = look_at(item.line, item.word, shown.picture.rect, rect.width(), rect.height())
            painter.save()
            paint(painter, rect, shown.strip, look)
            paint_word(painter, item.line.mark_of(item.word), look.zoom, is_present=True)
            painter.restore()
        elif shown is not None:
            painter.setPen(token("text2"))
            inside = rect.adjusted(3 * SPACE, SPACE, -3 * SPACE, -SPACE)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, shown.trouble)
        painter.setPen(self.palette().color(QPalette.ColorRole.Midlight))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.end()


class WordCard(QFrame):
    """The card.

    Attributes:
        field: What the word says.
        no_text_wanted: There is no text in the place of the word.
        rival_wanted: An alternative is right; carries its number, from 0 on.
    """

    accept_wanted = Signal()
    back_wanted = Signal()
    later_wanted = Signal()
    no_text_wanted = Signal()
    rival_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reviewCard")
        self.setMaximumWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self._strip = WordStrip()
        self._why = quiet("", "reviewReason")
        self._why.setWordWrap(False)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._place = ElidedLabel(objectName="reviewPlace")
        self._place.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._place.setFont(self._why.font())
        self.field = WordField()
        self.field.setFixedHeight(_FIELD)
        self.field.setFont(sized(self.field.font(), _LARGE, QFont.Weight.Normal))
        self.field.setAccessibleName(_("What the word says"))
        self._rivals = [
            self._button(key_of_rival(number + 1), f"rival{number + 1}", _RIVAL) for number in range(_RIVALS)
        ]
        for number, button in enumerate(self._rivals):
            button.hide()  # until there is an alternative for it
            button.setFont(sized(button.font(), 15 / 13))
            button.clicked.connect(lambda checked=False, number=number: self.rival_wanted.emit(number))
        self._no_text = self._verb(_("No text"), NO_TEXT, "noText", self.no_text_wanted.emit)
        self._no_text.setProperty("bare", True)
        self._back = self._verb(_("Back"), BACK, "wordBack", self.back_wanted.emit)
        self._back.setIcon(icon("chevron-left"))
        self._later = self._verb(_("Not sure, later"), LATER, "wordLater", self.later_wanted.emit)
        self._accept = self._verb(_("Accept"), ACCEPT, "wordAccept", self.accept_wanted.emit)
        self._accept.setProperty("primary", True)
        self._lay_out()
        field = self.field
        for theirs, own in (
            (field.accept_wanted, self.accept_wanted),
            (field.back_wanted, self.back_wanted),
            (field.later_wanted, self.later_wanted),
            (field.no_text_wanted, self.no_text_wanted),
            (field.rival_wanted, self.rival_wanted),
        ):
            theirs.connect(own)
        field.not_taken.connect(self.say_not_taken)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(2 * SPACE)
        above.addWidget(self._why, 1)
        above.addWidget(self._place)
        others = QHBoxLayout()
        others.setSpacing(SPACE)
        for button in self._rivals:
            others.addWidget(button)
        others.addStretch(1)
        others.addWidget(self._no_text)
        verbs = QHBoxLayout()
        verbs.setSpacing(SPACE)
        verbs.addWidget(self._back)
        verbs.addStretch(1)
        verbs.addWidget(self._later)
        verbs.addWidget(self._accept)
        inside = QVBoxLayout()
        inside.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE + 4)
        inside.setSpacing(SPACE + 4)
        inside.addLayout(above)
        inside.addWidget(self.field)
        inside.addLayout(others)
        inside.addSpacing(SPACE // 2)
        inside.addLayout(verbs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip, 1)
        column.addLayout(inside)

    def _button(self, key: str, name: str, height: int) -> KeyCapButton:
        button = KeyCapButton(QKeySequence(key), objectName=name)
        button.setFixedHeight(height)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _verb(self, words: str, key: str, name: str, act: Callable[[], object]) -> KeyCapButton:
        button = self._button(key, name, _BUTTON)
        button.setText(words)
        button.clicked.connect(lambda: act())
        return button

    @property
    def rivals(self) -> Sequence[str]:
        """The alternatives that are offered."""
        return [button.text() for button in self._rivals if not button.isHidden()]

    def show_word(self, shown: Shown | None, *, is_first: bool, keeps_text: bool) -> None:
        """Shows a word.

        Args:
            shown: The word; None: it is not at hand yet.
            is_first: Whether there is none before it.
            keeps_text: Whether what a person has typed stays: it is the same word.
        """
        self._strip.show_word(shown)
        self._back.setEnabled(not is_first)
        for button in (self._accept, self._later, self._no_text):
            button.setEnabled(shown is not None)
        item = shown.item if shown is not None else None
        rivals = alternatives_of(item.word, item.line) if item is not None and item.line.words else ()
        if not keeps_text:
            for number, button in enumerate(self._rivals):
                button.setText(rivals[number] if number < len(rivals) else "")
                button.setVisible(number < len(rivals))
            self._fit()
        if shown is None or item is None:
            self._why.setText("")
            self._place.setText("")
            self.field.clear_word()
            return
        self._place.setText(_("{page} · line {number:,}").format(page=shown.page.name, number=item.number))
        if not keeps_text:
            self._say(_("Read as · {reasons}").format(reasons=listed(shown.reasons)))
            self.field.show_word(item.text)

    def say_not_taken(self) -> None:
        """Says that a key was pressed before the word was seen, and does nothing."""
        words = _("That key came before this word. Press it again if it is meant for this one.")
        self._say(words, QPalette.ColorRole.Text)

    def _say(self, words: str, role: QPalette.ColorRole = QPalette.ColorRole.PlaceholderText) -> None:
        self._why.setForegroundRole(role)
        self._why.setText(words)
        self._why.setToolTip(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Offers as many alternatives as there is room for."""
        room = self.width() - 6 * SPACE - self._no_text.sizeHint().width() - SPACE
        for button in self._rivals:
            room -= button.sizeHint().width() + SPACE
            button.setVisible(bool(button.text()) and room >= 0)

    def buttons(self) -> Sequence[QPushButton]:
        """All that can be pressed."""
        return [*self._rivals, self._no_text, self._back, self._later, self._accept]
