"""The text of a page, in which each line can be found and marked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPointF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from ocrdesk.engine.layout.page_text import PageText
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.fonts import reading_font
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.panel.card_room import CardRoom, make_room
from ocrdesk.ui.panel.row_forms import RowForms
from ocrdesk.ui.panel.shown_text import MarkedWord, ShownText, Span
from ocrdesk.ui.panel.text_shapes import outline, widest_row

SIZES = (13, 14, 15, 17, 20)
"""Heights of the letters that can be chosen, in device-independent pixels."""

LETTERS = 75
"""Prose is no wider than this many of them."""

_ROOMY = 560
_HOVERED = 0.4
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_CHANGES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_NOTHING = ShownText(PageText(()), as_printed=True)


class PageTextView(QTextEdit):
    """Shows a ``ShownText``; Ctrl+C copies what is selected in it, else the window copies the chosen pages.

    Attributes:
        line_chosen: The cursor was put into a line; carries its number, None between paragraphs.
        line_hovered: The pointer came to a line; carries its number, None where there is none.
        edit_wanted: A line is to be corrected; carries its number, and the place in it that was clicked or None.
        left: The text beside the card was clicked.
        resize_wanted: Letters are to be larger or smaller; carries 1 or -1.
        menu_wanted: The menu was asked for; carries where on the screen, and the place in the text.
    """

    line_chosen = Signal(object)
    line_hovered = Signal(object)
    edit_wanted = Signal(int, object)
    left = Signal()
    resize_wanted = Signal(int)
    menu_wanted = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("textView")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(_("Text of the page"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.viewport().setMouseTracking(True)
        self._shown = self._closed = _NOTHING
        self._opened: int | None = None
        self.card = CardRoom(self, lambda: self._shown.opened_row)
        self._doubtful: Sequence[MarkedWord] = ()
        self._found: Sequence[MarkedWord] = ()
        self._chosen: Sequence[int] = ()
        self._hovered: int | None = None
        self._pixels = SIZES[2]
        self.cursorPositionChanged.connect(self._on_cursor)
        self.verticalScrollBar().valueChanged.connect(self.card.follow)
        self.horizontalScrollBar().rangeChanged.connect(self._begin_at_the_right)

    # What is shown

    @property
    def shown(self) -> ShownText:
        """The text as it is shown."""
        return self._shown

    def show_text(self, text: ShownText, *, is_same_page: bool = False, card_at: int | None = None) -> None:
        """Shows a text.

        Args:
            text: The text.
            is_same_page: Whether it is another text of the same page, whose place on the screen stays.
            card_at: The line in whose place the card is opened at once; None: in that of none.
        """
        at = self.verticalScrollBar().value() if is_same_page else 0
        self._doubtful, self._found = (), ()
        self._closed, self._opened = text, card_at if self.card.is_there else None
        if self._opened is None:
            self.card.hold(None, stays_seen=True)  # it may be opened again at once
        self._put(text if self._opened is None else text.opened(self._opened))
        self.verticalScrollBar().setValue(at)

    def open_card(self, number: int, card: QWidget) -> None:
        """Shows a card in the place of a line; what is before and after the line stays above and below it."""
        if self._opened != number or not self.card.is_there:
            self._open(self._closed.opened(number), card)
        self._opened = number
        self._show_card(card)

    def open_card_behind(self, number: int | None, card: QWidget) -> None:
        """Shows a card below the row of a line; None: above all of them."""
        self._opened = None
        self._open(self._closed.with_room(number), card)
        self._show_card(card)

    def _open(self, text: ShownText, card: QWidget | None) -> None:
        at = self.verticalScrollBar().value()
        self.card.hold(card)
        self._put(text)
        self._mark()
        self.verticalScrollBar().setValue(at)

    def _show_card(self, card: QWidget) -> None:
        self.place_card()
        card.show()
        self.card.bring_into_view()

    def close_card(self) -> None:
        """Shows the line again."""
        if self.card.is_there:
            self._opened = None
            self._open(self._closed, None)

    def place_card(self) -> None:
        """Gives the card the room it needs."""
        if self.card.is_there and self._shown.opened_row is not None:
            make_room(self.document().findBlockByNumber(self._shown.opened_row), self.card.height)
            self.card.follow()

    def _put(self, text: ShownText) -> None:
        self._shown, self._chosen, self._hovered = text, (), None
        self.setExtraSelections([])
        with QSignalBlocker(self):  # nobody put the cursor into the first line
            self.setCurrentCharFormat(QTextCharFormat())  # or that of the cursor would hold for all of it
            self.setPlainText(text.text)
        self._lay_out()

    def show_size(self, pixels: int) -> None:
        """Shows letters of a height."""
        self._pixels = pixels
        self._lay_out()

    def mark_words(self, doubtful: Sequence[MarkedWord], found: Sequence[MarkedWord] = ()) -> None:
        """Underlines doubtful words, or gives those that were found a ground of their own."""
        self._doubtful, self._found = doubtful, found
        self._mark()

    def see_word(self, word: MarkedWord) -> None:
        """Brings a word into view, and leaves the cursor where it is."""
        begin, end = (self.cursorRect(self.cursor_at(place)) for place in self._shown.span(word.line, word.span))
        rect, room = begin.united(end), self.viewport().rect()
        if not room.contains(rect):
            down, across = self.verticalScrollBar(), self.horizontalScrollBar()
            down.setValue(down.value() + rect.top() - room.height() // 3)
            across.setValue(across.value() + min(rect.left(), max(0, rect.right() + 2 * SPACE - room.width())))

    def choose_lines(self, numbers: Sequence[int]) -> None:
        """Gives lines a ground of their own."""
        self._chosen = numbers
        self._mark()

    def go_to(self, number: int) -> None:
        """Puts the cursor at the beginning of a line and brings it into view."""
        cursor = self.textCursor()
        cursor.setPosition(self._shown.span(number)[0])
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def put_cursor(self, place: int) -> None:
        """Puts the cursor at a place of the text."""
        self.setTextCursor(self.cursor_at(place))

    def hover(self, number: int | None) -> None:
        """Frames a line finely, because the pointer is over it here or on the picture."""
        if number != self._hovered:
            self._hovered = number
            self.viewport().update()

    @property
    def pixels(self) -> int:
        """Height of the letters."""
        return self._pixels

    def cursor_at(self, place: int) -> QTextCursor:
        """A cursor at a place of the text."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(place)
        return cursor

    # Layout

    def _lay_out(self) -> None:
        """Sets the letters, and each row as ``RowForms`` has it."""
        font = reading_font(self._pixels)
        if self.document().defaultFont() != font:  # or Qt would lay out the same once more
            self.document().setDefaultFont(font)
        self._set_width()
        width = self.lineWrapColumnOrWidth() - 2 * self.document().documentMargin()
        forms = RowForms(self._shown, font, self._pixels, width)
        high = self.card.height if self._shown.opened_row is not None else 0
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        block = self.document().begin()
        while block.isValid():
            if high and block.blockNumber() == self._shown.opened_row:
                make_room(block, high)
            else:
                cursor.setPosition(block.position())
                cursor.setBlockFormat(forms.of(block.blockNumber(), block.text()))
            block = block.next()
        cursor.endEditBlock()

    def _set_width(self) -> None:
        room = self.viewport().width()
        margin = 5 * SPACE if room > _ROOMY else 2 * SPACE
        if self.document().documentMargin() != margin:
            self.document().setDocumentMargin(margin)
        metrics = QFontMetricsF(self.document().defaultFont())
        width = min(room, round(LETTERS * metrics.averageCharWidth() + 2 * margin))
        if self._shown.is_as_printed and self._shown.runs_left:  # rows that are not broken begin at one edge
            width = max(width, round(widest_row(self._shown.text, metrics) + 2 * margin))
        if width != self.lineWrapColumnOrWidth():
            self.setLineWrapColumnOrWidth(width)

    def _begin_at_the_right(self, least: int, most: int) -> None:
        """Shows where rows begin of a page that is read from the right and is wider than its room."""
        if self._shown.runs_left:
            self.horizontalScrollBar().setValue(most)

    # Marks

    def _mark(self) -> None:
        palette = self.palette()
        ground = QColor(palette.color(QPalette.ColorRole.Highlight))
        ground.setAlpha(56)
        marks = []
        for number in self._chosen:
            mark = self._selection(self._shown.span(number))
            mark.format.setBackground(ground)
            marks.append(mark)
        for word in self._found:
            mark = self._selection(self._shown.span(word.line, word.span))
            mark.format.setBackground(token("hit"))
            mark.format.setForeground(Qt.GlobalColor.black)  # on a ground that is bright in both looks
            marks.append(mark)
        for word in self._doubtful if not self._found else ():
            mark = self._selection(self._shown.span(word.line, word.span))
            mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            mark.format.setUnderlineColor(token("wave"))
            marks.append(mark)
        self.setExtraSelections(marks)

    def _selection(self, span: Span) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = self.cursor_at(span[0])
        mark.cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        return mark

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._hovered is None or self._hovered >= len(self._shown.lines):
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(token("accent", _HOVERED), 1))
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        painter.drawPath(outline(self.document(), self._shown.span(self._hovered)))
        painter.end()

    # Events

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_across = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            if (
                (event.matches(QKeySequence.StandardKey.Copy) and self.textCursor().hasSelection())
                or (is_across and not event.modifiers() & Qt.KeyboardModifier.AltModifier)
                or (event.key() in (*_OPENS, *_CHANGES) and not _held(event))
            ):
                event.accept()
                return True
        return bool(super().event(event))

    def createMimeDataFromSelection(self) -> QMimeData:
        """The letters alone: their size here is nobody's business elsewhere."""
        content = QMimeData()
        content.setText(self.textCursor().selection().toPlainText())
        return content

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.card.is_there or ("\t" in self._shown.text and not self._shown.is_as_printed):
            self._lay_out()
            self.card.follow()
        else:
            self._set_width()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.resize_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.textCursor().position()
        number = self._shown.line_at(place)
        if number is not None and event.key() in (*_OPENS, *_CHANGES) and not _held(event):
            self.edit_wanted.emit(number, None if event.key() in _OPENS else self._shown.place_in(number, place))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.card.is_there and event.button() == Qt.MouseButton.LeftButton:
            self.left.emit()  # and no more: the text moves under the pointer
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens the line with the word selected, so that it can be copied as well as corrected."""
        place = event.position().toPoint()
        number = self.line_under(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if number is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.edit_wanted.emit(number, self._shown.place_in(number, self.cursorForPosition(place).position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._point_at(self.line_under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, number: int | None) -> None:
        if number != self._hovered:
            self.hover(number)
            self.line_hovered.emit(number)

    def line_under(self, place: QPointF) -> int | None:
        """The number of the line at a place of the view, None where there is none."""
        cursor = self.cursorForPosition(place.toPoint())
        rect = self.cursorRect(cursor)
        is_near = abs(rect.center().x() - place.x()) < self._pixels and rect.top() <= place.y() <= rect.bottom()
        return self._shown.line_at(cursor.position()) if is_near else None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        cursor = self.textCursor() if is_by_key else self.cursorForPosition(event.pos())
        place = self.viewport().mapToGlobal(self.cursorRect(cursor).bottomLeft()) if is_by_key else event.globalPos()
        self.menu_wanted.emit(place, cursor.position())

    def _on_cursor(self) -> None:
        if self.hasFocus():
            self.line_chosen.emit(self._shown.line_at(self.textCursor().position()))


def _held(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
