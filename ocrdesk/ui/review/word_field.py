"""The field in which a word is corrected, and the keys by which it is checked."""

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from ocrdesk.ui.kit.directions import layout_direction
from ocrdesk.ui.kit.fields import copy_of

_Key, _Held = Qt.Key, Qt.KeyboardModifier
_BESIDE = _Held.KeypadModifier | _Held.GroupSwitchModifier

ACCEPT, BACK, LATER, NO_TEXT = "Return", "Shift+Return", "Ctrl+Down", "Ctrl+Del"
"""The keys, as ``QKeySequence`` takes them."""


SEEN = 150
"""Milliseconds for which a word must have been there before it can be accepted as it is: nobody reads one in less."""


def key_of_rival(number: int) -> str:
    """The key that takes one of the alternatives, from 1 on."""
    return f"Alt+{number}"


class WordField(QLineEdit):
    """A field with one word. Letters, digits and spaces are text; other keys say what becomes of the word.

    Keys that come while a word is being kept are for the next one, and are taken in their order once that is there.

    Attributes:
        accept_wanted: What is in the field is right.
        back_wanted: The word before is wanted.
        later_wanted: The word is to be checked another time.
        no_text_wanted: There is no text in its place.
        rival_wanted: An alternative is right; carries its number, from 0 on.
        leave_wanted: Nothing is to be checked any more.
        not_taken: Keys came that are for no word.
        is_held: Whether the word is being kept, and no other is there yet.
    """

    accept_wanted = Signal()
    back_wanted = Signal()
    later_wanted = Signal()
    no_text_wanted = Signal()
    rival_wanted = Signal(int)
    leave_wanted = Signal()
    not_taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("wordField")
        self._word = ""
        self.is_held = False
        self._early: list[QKeyEvent | str] = []
        self._turn = QTimer(self, singleShot=True, interval=0)  # theirs is once all else shows the word
        self._turn.timeout.connect(self._take_early)
        self._there = QElapsedTimer()

    def show_word(self, text: str) -> None:
        """Shows a word, all of it selected."""
        self._word = text
        self.setLayoutDirection(layout_direction(text))
        self.setText(text)
        self.selectAll()
        self._there.start()
        self.hold(False)

    def clear_word(self) -> None:
        """Shows no word: the next one is not at hand yet."""
        self.setText("")
        self._word, self.is_held = "", True

    def hold(self, is_held: bool) -> None:
        """Takes no word to be checked while one is being kept."""
        self.is_held = is_held
        if not is_held:
            self._turn.start()

    def forget_early(self) -> None:
        """Keys that came while a word was being kept are for nothing: it could not be kept, or was the last one."""
        if self._early and not self.is_held:
            self._early = []
            self.not_taken.emit()

    @property
    def is_seen(self) -> bool:
        """Whether a person can have seen the word by now."""
        return self._there.isValid() and self._there.elapsed() >= SEEN

    @property
    def is_changed(self) -> bool:
        """Whether something else than the word is in it."""
        return self.text() != self._word

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._signal_of(event) is not None:
                event.accept()
                return True
            if event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
                event.ignore()  # nothing was typed: what is undone is the word before
                return False
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == _Key.Key_Escape:
            self._leave()
        elif self.is_held or self._early:
            self._early.append(copy_of(event))
        else:
            self._take(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.is_held or self._early:
            self._early.append(event.commitString())
        else:
            super().inputMethodEvent(event)

    def _take_early(self) -> None:
        """Takes the keys that came before the word, up to one that has another word kept."""
        early, self._early = self._early, []
        while early and not self.is_held:
            self._take(early.pop(0))
        self._early = early + self._early

    def _take(self, key: QKeyEvent | str) -> None:
        if isinstance(key, str):
            self.insert(key)
        elif (wanted := self._signal_of(key)) is None:
            super().keyPressEvent(key)
        elif not key.isAutoRepeat():  # whoever leaves a finger on a key does not look at each word
            signal, *values = wanted
            signal.emit(*values)

    def _leave(self) -> None:
        """What was typed is taken back first."""
        if self.is_changed and not self.is_held:
            self.show_word(self._word)
        else:
            self.leave_wanted.emit()

    def _signal_of(self, event: QKeyEvent) -> tuple | None:  # type: ignore[type-arg]
        """What a key wants, or None if it is for the text."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~_BESIDE
        if key == _Key.Key_Enter:
            key = _Key.Key_Return
        if held == _Held.AltModifier and _Key.Key_1 <= key <= _Key.Key_5:
            return self.rival_wanted, key - _Key.Key_1
        wanted = {
            (_Key.Key_Return, _Held.NoModifier): self.accept_wanted,
            (_Key.Key_Return, _Held.ShiftModifier): self.back_wanted,
            (_Key.Key_Down, _Held.ControlModifier): self.later_wanted,
            (_Key.Key_Delete, _Held.ControlModifier): self.no_text_wanted,
        }.get((key, held))
        return (wanted,) if wanted is not None else None
