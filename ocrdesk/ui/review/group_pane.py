"""What is seen of the group check: groups at the left, the cells of one of them, and what becomes of them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.dialog import sized
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.review.group_cells import CELL, GAP, MOST_COLUMNS, RING, CellView
from ocrdesk.ui.review.group_foot import GroupFoot

LIST, NARROW_LIST, NARROW = 232, 168, 1100
"""Width of the list of groups, and in windows narrower than the last."""

_TITLE = 20 / 13


class GroupPane(QWidget):
    """Lays all of it out, as much as there is room for.

    Attributes:
        ground: What messages lie over.
        foot: What can be done with the cells.
        cancel: Ends looking through the pages.
    """

    def __init__(self, rows: QListView, cells: CellView, parent: QWidget) -> None:
        super().__init__(parent)
        self._middle = QStackedWidget(self)
        checked = QWidget(self._middle)
        self._title, self._task, self._number = (
            QLabel(objectName="groupTitle"),
            ElidedLabel(objectName="groupTask"),
            QLabel(),
        )
        for label in (self._title, self._task, self._number):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(sized(self.font(), _TITLE, QFont.Weight.DemiBold))
        for label in (self._task, self._number):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._task.elides = Qt.TextElideMode.ElideRight
        self._task.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        words.addWidget(self._title)
        words.addWidget(self._task)
        head = QFrame(checked, objectName="groupHead")
        row = self._head = QHBoxLayout(head)
        self._number.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addLayout(words, 1)
        row.addWidget(self._number)
        self.foot = GroupFoot()
        self.ground = QWidget(checked, objectName="groupGround")
        self._around = QHBoxLayout(self.ground)
        self._around.addWidget(cells)
        column = QVBoxLayout(checked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (head, self.ground, self.foot):
            column.addWidget(part, int(part is self.ground))
        self._nothing = QLabel(objectName="groupNothing", alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._middle.addWidget(checked)
        self._middle.addWidget(self._nothing)
        self._looking, self._looked = QWidget(objectName="groupsLooking"), QLabel(objectName="groupsLooked")
        self._looked.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._looked.setFont(sized(self.font(), 12 / 13))
        self._looked.setWordWrap(True)
        self.cancel = QPushButton(_("Cancel"), objectName="groupsCancel")
        self.cancel.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are those of the cells
        row = QHBoxLayout(self._looking)
        row.setContentsMargins(SPACE + 4, SPACE, 0, 0)
        row.addWidget(self._looked, 1)
        row.addWidget(self.cancel)
        self._looking.hide()
        side = self._side = QFrame(objectName="groupSide")
        column = QVBoxLayout(side)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.addWidget(rows)
        column.addWidget(self._looking)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(side)
        whole.addWidget(self._middle, 1)

    def show_screen(self, title: str, task: str | None, number: int, count: int) -> None:
        """Shows the cells.

        Args:
            title: What they are.
            task: What is to be done with them; with None what was said last stays.
            number: Which screen of their group it is, from 1 on.
            count: How many screens there are.
        """
        self._title.setText(title)
        if task is not None:
            self.say(task)
        self._number.setText(_("Screen {number} of {count}").format(number=number, count=count))
        self._middle.setCurrentIndex(0)

    def say(self, words: str) -> None:
        """Says something instead of what is to be done."""
        self._task.setText(words)
        self._task.setToolTip(plainly(words))

    def show_nothing(self, words: str) -> None:
        """Shows words where there are no cells."""
        self._nothing.setText(words)
        self._middle.setCurrentIndex(1)

    def show_looking(self, seen: int, total: int) -> None:
        """Says how far it is with looking through the pages; it is not looked any more where there are none."""
        self._looking.setVisible(total > 0)
        self._looked.setText(_("{seen:,} of {count:,} pages seen").format(seen=seen, count=total))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = LIST if self.width() >= NARROW else NARROW_LIST
        self._side.setFixedWidth(side)
        room, whole = self.width() - side, MOST_COLUMNS * (CELL.width() + GAP) - GAP
        edge = 5 * SPACE if room >= whole + 10 * SPACE else 3 * SPACE if room > 5 * CELL.width() else 2 * SPACE
        high = 3 * SPACE if self.height() >= 640 else SPACE
        self._head.setContentsMargins(edge, high // 2 + 4, edge, high // 2 + 4)
        self.foot.set_edges(edge, SPACE + high // 6)
        self._around.setContentsMargins(edge - RING, high - RING, 0, 0)
