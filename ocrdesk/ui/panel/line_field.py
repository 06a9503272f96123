"""The field in which a line is corrected."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.directions import layout_direction
from ocrdesk.ui.kit.fields import copy_of
from ocrdesk.ui.kit.fonts import reading_font
from ocrdesk.ui.panel.word_places import Span, moved_spans, python_place, qt_place

_Keys = tuple[Qt.Key, Qt.KeyboardModifier]
_NONE, _CTRL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_ACCEPTS = ((Qt.Key.Key_Return, _CTRL), (Qt.Key.Key_Enter, _CTRL))
_DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)


class LineField(QLineEdit):
    """Has its own keys while the keyboard is in it; all others are those of any field.

    Attributes:
        keep_wanted: Return: what was typed is to be kept.
        accept_wanted: Ctrl+Return: all of it is right.
        split_wanted: Ctrl+Shift+Return: two lines are to be made of it at the caret.
        leave_wanted: Esc: nothing is to be kept.
        word_wanted: Tab: the next doubtful word is wanted (1), with Shift the one before (-1).
        rival_wanted: Alt and a digit; carries which, from 0 on.
    """

    keep_wanted = Signal()
    accept_wanted = Signal()
    split_wanted = Signal()
    leave_wanted = Signal()
    word_wanted = Signal(int)
    rival_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lineField")
        self.setAccessibleName(_("Text of this line"))
        self.spans: list[Span] = []
        self._before = ""
        self._page_runs_left = False
        self._is_held = False
        self._early: list[QKeyEvent | str] = []
        self.textChanged.connect(self._follow)
        self._acts = {
            **{(key, _NONE): self.keep_wanted.emit for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)},
            **{(key, _CTRL): self.accept_wanted.emit for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)},
            **{(key, _CTRL | _SHIFT): self.split_wanted.emit for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)},
            (Qt.Key.Key_Escape, _NONE): self.leave_wanted.emit,
            (Qt.Key.Key_Tab, _NONE): lambda: self.word_wanted.emit(1),
            (Qt.Key.Key_Backtab, _SHIFT): lambda: self.word_wanted.emit(-1),
            (Qt.Key.Key_Backtab, _NONE): lambda: self.word_wanted.emit(-1),
            **{(key, _ALT): self._wanting(number) for number, key in enumerate(_DIGITS)},
        }

    def show_text(self, text: str, spans: Sequence[Span], pixels: int, *, page_runs_left: bool = False) -> None:
        """Shows the text of a line.

        Args:
            text: The text.
            spans: Where its doubtful words are.
            pixels: Height of the letters.
            page_runs_left: Whether its page is read from right to left.
        """
        self._page_runs_left = page_runs_left
        self.setFont(reading_font(pixels))
        self._before = text
        self.spans = list(spans)
        self.setText(text)
        self.setLayoutDirection(self._direction_of(text))
        self.spans = list(spans)

    def hold(self) -> None:
        """Takes no more keys while a line is being kept: those that come then are meant for the next one."""
        self._is_held = True

    def let_go(self) -> None:
        """Takes keys again."""
        self._is_held = False

    def take_early(self) -> None:
        """Takes the keys that came meanwhile in their order, up to one that has another line kept."""
        early, self._early = self._early, []
        while early and not self._is_held:
            key = early.pop(0)
            if isinstance(key, str):
                self.insert(key)
            else:
                self.event(key)
        self._early = early + self._early

    def forget_early(self) -> None:
        """Forgets the keys that came meanwhile: there is no line that they are for."""
        self._early = []

    def choose(self, span: Span) -> None:
        """Selects a part of the text; puts the caret there if it is empty."""
        begin, end = (qt_place(self.text(), place) for place in span)
        self.deselect()
        self.setCursorPosition(begin)
        if end > begin and self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            self.setSelection(end, begin - end)  # with the caret before it: Qt scrolls just far enough to show that
        elif end > begin:
            self.setSelection(begin, end - begin)

    def put(self, span: Span, text: str) -> None:
        """Writes another text over a part, as if it were typed."""
        self.choose(span)
        self.insert(text)
        self.choose((span[0], span[0] + len(text)))

    @property
    def place(self) -> int:
        """Where the caret is; where something is selected, its beginning."""
        at = self.selectionStart() if self.hasSelectedText() else self.cursorPosition()
        return python_place(self.text(), at)

    def word_here(self) -> int | None:
        """Which of the doubtful words the caret is in or that is selected."""
        place = self.place
        return next((number for number, (begin, end) in enumerate(self.spans) if begin <= place <= end), None)

    def cursor_at(self, place: QPoint) -> int:
        """The place in the text at a point of the field."""
        return python_place(self.text(), self.cursorPositionAt(place))

    def _follow(self, text: str) -> None:
        self.spans = moved_spans(self.spans, self._before, text)
        self._before = text
        self.setLayoutDirection(self._direction_of(text))

    def _direction_of(self, text: str) -> Qt.LayoutDirection:
        """That in which a text is read, and of a line without letters, such as a new one, that of its page."""
        if self._page_runs_left and not any(map(str.isalnum, text)):
            return Qt.LayoutDirection.RightToLeft
        return layout_direction(text, self._page_runs_left)

    def _has_nothing(self, event: QKeyEvent) -> bool:
        """Whether a key would undo or do again what was typed, and nothing was."""
        return (event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()) or (
            event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
        )

    def _wanting(self, number: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return lambda: self.rival_wanted.emit(number)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._has_nothing(event):
            event.ignore()
            return True  # then it is the window's
        act = self._acts.get(_keys_of(event)) if isinstance(event, QKeyEvent) else None
        if act is not None and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the window has other meanings for some of them
            return True
        if self._is_held and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.leave_wanted.emit()
            elif _keys_of(event) not in _ACCEPTS:  # nobody has seen the next line
                self._early.append(copy_of(event))
            event.accept()
            return True
        if self._is_held and isinstance(event, QInputMethodEvent):
            self._early.append(event.commitString())
            event.accept()
            return True
        if act is not None and event.type() == QEvent.Type.KeyPress:
            QGuiApplication.inputMethod().commit()  # what is being composed belongs to the text
            act()
            event.accept()
            return True
        return bool(super().event(event))


def _keys_of(event: QKeyEvent) -> _Keys:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return Qt.Key(event.key()), held
