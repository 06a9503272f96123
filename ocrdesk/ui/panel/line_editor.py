"""The card in which one line is corrected: its picture, its text, and what else a doubtful word may say."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ocrdesk.engine.corrections.pieces import Piece, pieces_of
from ocrdesk.engine.document import Line
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.flow_layout import Flow
from ocrdesk.ui.kit.key_cap import KeyCapButton
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.panel.line_crop import LineCrop, Picture
from ocrdesk.ui.panel.line_field import LineField
from ocrdesk.ui.panel.word_places import Span

MOST = 5
"""How many alternatives are offered."""

_EDGE, _RADIUS = 2, 8


@dataclass(frozen=True, slots=True)
class EditedLine:
    """A line as it is to be corrected.

    Attributes:
        line: The line.
        doubtful: Its doubtful words.
        picture: The picture of the page; None: it is not there.
        pixels: Height of the letters in the text.
        page_runs_left: Whether its page is read from right to left.
    """

    line: Line
    doubtful: Sequence[Piece]
    picture: Picture | None
    pixels: int
    page_runs_left: bool = False


class LineEditor(QWidget):
    """Shows one line at a time; says what is wanted and keeps nothing itself.

    Attributes:
        grown: It wants to be higher or lower than it was.
    """

    grown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lineEditor")
        self.setAccessibleName(_("Correct this line"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._edited: EditedLine | None = None
        self._shown_for: int | None = None
        self._is_new = False
        self.crop = LineCrop()
        self.field = LineField()
        self.setFocusProxy(self.field)
        self._rivals = [self._rival(number) for number in range(MOST)]
        self.accept = self._button("acceptLine", _("Accept as it is"), "Ctrl+Return")
        self.keep = self._button("keepLine", _("Next"), "Return", primary=True)
        self._flow = Flow(self._rivals)
        verbs = QHBoxLayout()
        verbs.setSpacing(SPACE)
        verbs.addStretch(1)
        verbs.addWidget(self.accept)
        verbs.addWidget(self.keep)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(SPACE)
        self._foot.addWidget(self._flow, 1)
        self._foot.addLayout(verbs)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        column.setSpacing(SPACE)
        column.addWidget(self.crop)
        column.addWidget(self.field)
        column.addLayout(self._foot)
        self.field.textChanged.connect(self._look)
        self.field.cursorPositionChanged.connect(self._look)
        self.field.selectionChanged.connect(self._look)
        self.field.rival_wanted.connect(self.choose_rival)
        self.accept.clicked.connect(self.field.accept_wanted)
        self.keep.clicked.connect(self.field.keep_wanted)
        self.hide()

    # What is shown

    def show_line(
        self, edited: EditedLine, text: str | None = None, choose: Span | None = None, *, is_new: bool = False
    ) -> None:
        """Shows a line.

        Args:
            edited: The line.
            text: What was typed already; None: nothing was.
            choose: What of the text is selected, or where the caret is; None: the first doubtful word, else the end.
            is_new: Whether it is no line of the page yet.
        """
        self._edited, self._is_new = edited, is_new
        self.accept.setVisible(not is_new)
        spans = [(piece.start, piece.end) for piece in edited.doubtful]
        self.field.show_text(edited.line.text, spans, edited.pixels, page_runs_left=edited.page_runs_left)
        if text is not None and text != edited.line.text:
            self.field.setText(text)
        end = len(self.field.text())
        self.field.choose(choose or (self.field.spans[0] if self.field.spans else (end, end)))
        self._shown_for = -1
        self.show_picture(edited.picture)
        self._look()

    def show_picture(self, picture: Picture | None) -> None:
        """Shows the line as it is printed, once the picture of the page is there."""
        if self._edited is not None:
            pieces = pieces_of(self._edited.line, self._edited.line.polygon)
            tinted = {number for number, piece in enumerate(pieces) if piece in self._edited.doubtful}
            self.crop.show_line(picture, self._edited.line, tinted, page_runs_left=self._edited.page_runs_left)
            self.crop.setVisible(picture is not None)
            self.grown.emit()

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.field.text()

    @property
    def is_changed(self) -> bool:
        """Whether the text is another one than the line had."""
        return self._edited is not None and self.text.strip() != self._edited.line.text.strip()

    def choose_word(self, step: int) -> bool:
        """Selects the doubtful word after the one that is selected, or before it; tells whether there is one."""
        here = self.field.place
        if step > 0:
            spans = [span for span in self.field.spans if span[0] > here]
        else:
            spans = [span for span in reversed(self.field.spans) if span[1] < here]
        if spans:
            self.field.choose(spans[0])
        return bool(spans)

    def choose_rival(self, number: int) -> None:
        """Writes what a doubtful word may say instead in its place."""
        here = self.field.word_here()
        if self._edited is None or here is None:
            return
        rivals = self._edited.doubtful[here].word.rivals
        if number < len(rivals):
            self.field.put(self.field.spans[here], rivals[number])

    def _look(self) -> None:
        """Offers what can be done with the text as it is."""
        if self._edited is None:
            return
        self.keep.setText(_("Add") if self._is_new else _("Keep, next") if self.is_changed else _("Next"))
        here = self.field.word_here()
        if here == self._shown_for:
            return
        self._shown_for = here
        rivals = self._edited.doubtful[here].word.rivals if here is not None else ()
        for button, text in zip(self._rivals, (*rivals, *[""] * MOST), strict=False):
            button.setText(text.replace("&", "&&"))
            button.setAccessibleName(_("Alternative {text}").format(text=text))
            button.setVisible(bool(text))
        self._flow.setVisible(bool(rivals))
        self._flow.lay_out()
        self._fold()
        self.grown.emit()

    # Layout

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._fold(width)
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self, width: int | None = None) -> None:
        """Puts the verbs below the alternatives where there is no room for them beside each other."""
        verbs = sum(button.sizeHint().width() + SPACE for button in (self.accept, self.keep) if not button.isHidden())
        is_low = self._flow.width_in_one_row + verbs > (width or self.width()) - 4 * SPACE
        wanted = QBoxLayout.Direction.TopToBottom if is_low else QBoxLayout.Direction.LeftToRight
        if self._foot.direction() != wanted:
            self._foot.setDirection(wanted)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(token("accent"), _EDGE))
        painter.setBrush(self.palette().button())
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # else the text below would take it

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick, QEvent.Type.ContextMenu):
            event.accept()
            return True
        return bool(super().event(event))

    def _rival(self, number: int) -> KeyCapButton:
        button = self._button(f"rival{number + 1}", "", f"Alt+{number + 1}")
        button.setAccessibleName(_("Alternative {text}").format(text=number + 1))
        button.clicked.connect(lambda: self.choose_rival(number))
        return button

    def _button(self, name: str, words: str, key: str, *, primary: bool = False) -> KeyCapButton:
        button = KeyCapButton(QKeySequence(key), objectName=name)
        button.setText(words)
        button.setProperty("primary", primary)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays in the field
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return button
