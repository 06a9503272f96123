"""The foot of the group check: how many cells are marked, and what becomes of them and of the others."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ocrdesk.engine.words import _, plural
from ocrdesk.ui.kit.icons import icon_pixmap
from ocrdesk.ui.kit.key_cap import KeyCapButton
from ocrdesk.ui.kit.theme import SPACE, token

_ROOM_FOR_WORDS = 560
"""Width from which on the buttons have all their words."""


class GroupFoot(QFrame):
    """Shows as much as there is room for; what is left out is least needed, and the keys do it as well.

    Attributes:
        accept_wanted: What is not marked is right.
        change_wanted: What is marked is to be changed to what it may be instead.
        skip_wanted: Another group is to be shown.
        mark_wanted: All cells are to be marked, or none.
    """

    accept_wanted = Signal()
    change_wanted = Signal()
    skip_wanted = Signal()
    mark_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("groupFoot")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._marks, self._can_change = 0, False
        self._flag, self._marked, self._goes = QLabel(), QLabel(objectName="groupMarked"), QLabel()
        self._goes.setText(_("to be checked one by one"))
        self._goes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._change = KeyCapButton(QKeySequence("Ctrl+Return"), objectName="groupChange")
        self._mark = QPushButton(objectName="groupMark")
        self._skip = KeyCapButton(QKeySequence("Tab"), objectName="groupSkip")
        self._accept = KeyCapButton(QKeySequence("Return"), objectName="groupAccept")
        self._accept.setProperty("primary", True)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(SPACE)
        for part in (self._flag, self._marked, self._goes):
            row.addWidget(part)
        row.addStretch(1)
        for button in (self._change, self._mark, self._skip, self._accept):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are those of the cells
            row.addWidget(button)
        self._change.clicked.connect(self.change_wanted)
        self._mark.clicked.connect(lambda: self.mark_wanted.emit(not self._marks))
        self._skip.clicked.connect(self.skip_wanted)
        self._accept.clicked.connect(self.accept_wanted)
        self._change.setAccessibleName(_("Change the marked ones"))
        self.recolour()
        self.show_marks(0, 0, None, is_seen=False)

    def show_marks(self, marked: int, rest: int, other: str | None, *, is_seen: bool) -> None:
        """Says what can be done.

        Args:
            marked: How many cells are marked.
            rest: How many are not.
            other: What the marked ones can be changed to; None: that is not one thing.
            is_seen: Whether all cells are seen by now.
        """
        self._marks, self._can_change = marked, other is not None and marked > 0
        self._marked.setText(plural("{count} marked", "{count} marked", marked))
        self._mark.setText(_("Unmark all") if marked else _("Mark all"))
        if other is not None:
            self._change.setText(_("Change to “{text}”").format(text=other) if other else _("Take it out"))
        if not marked:
            words = plural("Accept {count}", "Accept all {count}", rest)
        elif rest:
            words = plural("Accept the other {count}", "Accept the other {count}", rest)
        else:
            words = _("Go on")
        self._accept.setText(words)
        self._accept.setEnabled(is_seen)
        self._fit()

    def set_edges(self, beside: int, above: int) -> None:
        """Leaves room at both sides, and above and below."""
        self._row.setContentsMargins(beside, above, beside, above)
        self._fit()

    def recolour(self) -> None:
        """Takes the colours of the other look."""
        self._flag.setPixmap(icon_pixmap("flag", 16, token("amber").name(), self.devicePixelRatioF()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        self._skip.setText(_("Skip this group") if room >= _ROOM_FOR_WORDS else _("Skip"))
        shown: list[QWidget] = [self._accept]
        wanted: list[QWidget] = [self._change, self._skip] if self._can_change else [self._skip]
        wanted += [self._marked, self._mark, self._flag, self._goes] if self._marks else [self._mark]
        for part in wanted:
            if sum(it.sizeHint().width() + SPACE for it in (*shown, part)) <= room:
                shown.append(part)
        for each in (self._flag, self._marked, self._goes, self._change, self._mark, self._skip):
            each.setVisible(each in shown)
