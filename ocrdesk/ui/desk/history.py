"""What was done and can be undone, one act after another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from ocrdesk.engine.errors import Gone, OcrdeskError
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.notices import Answer, NoticeBar
from ocrdesk.ui.kit.tasks import Tasks
from ocrdesk.ui.kit.under_way import UnderWay

MOST_ACTS = 500
"""How many acts can be undone: of thousands of words that are checked, nobody goes back to the first."""

_UNDOING = "undoing"
"""What messages are about that offer to undo the last act."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be undone and done again.

    Attributes:
        words: What Undo and Redo call it, as in “Undo remove 3 pages”.
        do: Does it, in another thread.
        undo: Undoes it, in another thread; raises ``Gone`` if that can never be.
        end: Called in the GUI thread when it is done or undone, or neither could be; told whether it is an undo.
        begin: Called before, likewise.
        said: A sentence, or what makes it of what came of it, shown with an offer to undo it once it is done.
        doing: What is shown at the foot of the window while doing it takes longer than a moment.
        undoing: Likewise, while it is being undone.
    """

    words: str
    do: Callable[[], object]
    undo: Callable[[], object]
    end: Callable[[bool], object]
    begin: Callable[[bool], object] = lambda is_undo: None
    said: str | Callable[[], str] = ""
    doing: str = ""
    undoing: str = ""

    def reversed(self, words: str) -> "Act":
        """The act that this one undoes, under a name of its own: adding pages for removing them."""
        return replace(
            self,
            words=words,
            do=self.undo,
            undo=self.do,
            end=lambda is_undo: self.end(not is_undo),
            begin=lambda is_undo: self.begin(not is_undo),
            said="",
            doing=self.undoing,
            undoing=self.doing,
        )


class History(QObject):
    """Does acts one after another in a thread of their own, and undoes them, the last one first.

    Attributes:
        changed: Something else would be undone or done again now.
        lane: Does the acts.
    """

    changed = Signal()

    def __init__(self, notices: NoticeBar, under_way: UnderWay, tasks: Tasks) -> None:
        super().__init__()
        self.lane = tasks.lane()
        self._notices = notices
        self._under_way = under_way
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(MOST_ACTS)
        self._stack.indexChanged.connect(self.changed)
        self._last: object = None

    @property
    def undo_words(self) -> str:
        """What would be undone, empty if nothing."""
        return self._stack.undoText() if self._stack.canUndo() else ""

    @property
    def redo_words(self) -> str:
        """What would be done again, empty if nothing."""
        return self._stack.redoText() if self._stack.canRedo() else ""

    @property
    def is_offered(self) -> bool:
        """Whether a message that goes by itself offers to undo the last act."""
        return self._notices.is_telling(_UNDOING)

    def do(self, act: Act) -> None:
        """Does something; what was undone before cannot be done again then."""
        step = _Step(act)
        self._stack.push(step)
        self._run(step, is_undo=False)

    def take_up(self, acts: Sequence[Act], said: str, answers: Sequence[Answer] = (), *, stays: bool = False) -> None:
        """Takes up acts that were done elsewhere or in an earlier session, so that they can be undone.

        Args:
            acts: The acts, the last one to be undone first.
            said: A sentence about them.
            answers: What can be done about them; undoing the last one if nothing is named.
            stays: Whether the sentence stays until it is answered, or something else is done.
        """
        for act in acts:
            self._stack.push(_Step(act))
        self._last = object()
        self._notices.withdraw(_UNDOING)
        self._notices.say(said, answers or [(_("Undo"), self.undo)], about=_UNDOING, stays=stays)

    def undo(self) -> None:
        """Undoes the last act."""
        if self._stack.canUndo():
            step = self._step(self._stack.index() - 1)
            self._stack.undo()
            self._run(step, is_undo=True)

    def redo(self) -> None:
        """Does again what was undone last."""
        if self._stack.canRedo():
            step = self._step(self._stack.index())
            self._stack.redo()
            self._run(step, is_undo=False)

    def forget(self) -> None:
        """Forgets everything: nothing can be undone any more."""
        self._last = None
        self._notices.withdraw(_UNDOING)
        self._stack.clear()

    def _step(self, index: int) -> "_Step":
        step = self._stack.command(index)
        assert isinstance(step, _Step)
        return step

    def _run(self, step: "_Step", *, is_undo: bool) -> None:
        act, this, has_ended = step.act, object(), list[bool]()
        self._last = this
        self._notices.withdraw(_UNDOING)

        def done(result: object) -> None:
            end()
            if act.said and not is_undo and self._last is this:
                said = act.said() if callable(act.said) else act.said
                self._notices.say(said, [(_("Undo"), self.undo)], about=_UNDOING)

        def failed(error: OcrdeskError) -> None:
            end()
            self._notices.warn(str(error))
            self._turn_back(step, is_undo, can_be_tried=is_undo and not isinstance(error, Gone))

        def end() -> None:
            has_ended.append(True)
            self._under_way.end(this)
            act.end(is_undo)

        act.begin(is_undo)
        self.lane.run(act.undo if is_undo else act.do, done, failed, at_once=True)
        words = act.undoing if is_undo else act.doing
        if words and not has_ended:
            self._under_way.say(this, words)

    def _turn_back(self, step: "_Step", is_undo: bool, *, can_be_tried: bool) -> None:
        """Takes a step back that came to nothing: it can be tried once more, or is forgotten."""
        index = self._stack.index() - (not is_undo)
        if 0 <= index < self._stack.count() and self._stack.command(index) is step:  # and nothing was done since
            step.setObsolete(not can_be_tried)
            (self._stack.redo if is_undo else self._stack.undo)()
            self.changed.emit()  # Qt says nothing where one is forgotten


class _Step(QUndoCommand):
    """An act in Qt's list of them, which only keeps their order: the work is done in another thread."""

    def __init__(self, act: Act) -> None:
        super().__init__(act.words)
        self.act = act
