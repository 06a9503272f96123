"""The group check in the place of all panes, with the way back and how far it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command, Needs
from ocrdesk.ui.kit.dialog import sized
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.review.group_view import GroupView

_LONGEST_NAME = 24
"""Letters of the name of a batch on the button that leads back to it."""

_BAR = 240


class GroupRoom(QWidget):
    """Holds the group check while it is open.

    Attributes:
        opened: It is open, or no longer.
        view: The group check.
    """

    opened = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("groupRoom")
        self._desk = desk
        self.view = GroupView(desk)
        self._back = QPushButton(icon("chevron-left"), "", objectName="backFromGroups")
        self._back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._back.setToolTip(_("Back to the pages (Esc)"))
        self._back.setAccessibleName(_("Back to the pages"))
        self._back.clicked.connect(self.close_groups)
        name = QLabel(_("Check in groups"))
        name.setFont(sized(self.font(), 15 / 13, QFont.Weight.DemiBold))
        self._place, self._left = QLabel(objectName="groupsPlace"), QLabel(objectName="groupsLeft")
        self._place.setFont(sized(self.font(), 1.0, QFont.Weight.DemiBold))
        self._bar = QProgressBar(textVisible=False)
        self._bar.setMinimumWidth(0)
        self._bar.setMaximumWidth(_BAR)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE + 4, SPACE, SPACE + 4, SPACE)
        row.setSpacing(2 * SPACE)
        row.addWidget(self._back)
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(self._place)
        row.addWidget(self._bar, 1)
        row.addWidget(self._left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        self.view.progressed.connect(self._show_progress)
        desk.chosen.batch_moved.connect(self.close_groups)
        desk.actions.join(self)

    @Command("Check in groups", "Check doubtful words that were read as the same beside each other",
             keys="Ctrl+Shift+G", needs=Needs.BATCH, is_checkable=True)  # fmt: skip
    def check_groups(self, is_open: bool) -> None:
        """Opens the group check of the batch, or goes back to the pages."""
        batch = self._desk.chosen.batch
        if is_open and batch is None:
            self.close_groups()
            return
        if is_open and batch is not None:
            name = batch.name
            self._back.setText(name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…")
        else:
            self.view.end()
        self.opened.emit(is_open)
        if is_open and batch is not None:
            self.view.begin(batch.id)

    def close_groups(self) -> None:
        """Goes back to the pages."""
        self._desk.actions["check_groups"].setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_groups()
        else:
            super().keyPressEvent(event)

    def _show_progress(self, done: int, total: int, left: str) -> None:
        self._place.setText(_("{number:,} of {count:,}").format(number=done, count=total))
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        self._left.setText(left)
