"""The room in which words are checked: a bar above, and below it the way in which a person does it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.dialog import sized
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.motion import GlidingBar
from ocrdesk.ui.kit.room import Room
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.review.group_view import GroupView
from ocrdesk.ui.review.review_view import OneByOne
from ocrdesk.ui.review.review_way import ReviewWay

_LONGEST_NAME = 24
"""Letters of a name on the button that leads back."""

_BAR, _SHORT_BAR, _NARROWEST = 240, 96, 600
_BESIDE_NAME = 28
"""Room at both sides of the name of a way."""

_ROOM_FOR_PACE, _ROOM_FOR_BAR = 900, 760
"""Width from which on the pace is shown, and the bar in its full length."""


class ReviewRoom(Room):
    """Takes the place of the panes while words are checked, in one of two ways.

    Attributes:
        ground_moved: Messages are to lie over something else while it is open.
        page_wanted: A page is to be opened.
    """

    ground_moved = Signal()
    page_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewRoom")
        self._scope = Scope()
        self._back = QPushButton(icon("chevron-left"), _("Pages"), objectName="reviewBack")
        self._back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._back.setToolTip(_("Back to the pages (Esc)"))
        self._back.clicked.connect(self.close_room)
        title = QLabel(_("Review"))
        title.setFont(sized(title.font(), 1, QFont.Weight.DemiBold))
        self._switch = _Switch([_("One by one"), _("Groups")])
        self._switch.chosen.connect(self.show_way)
        self._number = QLabel(objectName="reviewNumber")
        self._number.setFont(title.font())
        self._bar = GlidingBar("reviewProgress")
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress of the review"))
        self._pace = QLabel(objectName="reviewPace")
        self._pace.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._pace.setMinimumWidth(170)  # the bar stays where it is
        self._pace.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE + 4, SPACE, SPACE + 4, SPACE)
        row.setSpacing(2 * SPACE)
        row.addWidget(self._back)
        row.addWidget(title)
        row.addWidget(self._switch)
        row.addStretch(1)
        row.addWidget(self._number)
        row.addWidget(self._bar)
        row.addWidget(self._pace)
        line = QFrame(objectName="reviewLine")
        line.setFixedHeight(1)
        self._ways = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(line)
        column.addWidget(self._ways, 1)
        one_by_one, groups = OneByOne(desk, self._ways), GroupView(desk, self._ways)
        one_by_one.page_wanted.connect(self.page_wanted)
        groups.put_aside.connect(one_by_one.put_first)
        groups.counted.connect(one_by_one.count_elsewhere)
        for way in (one_by_one, groups):
            self._ways.addWidget(way)
            way.progressed.connect(self._show_progress)
            way.left.connect(self.close_room)
            way.ground_moved.connect(self.ground_moved)

    def open_room(self, scope: Scope, name: str, way: int = 0) -> None:
        """Opens the room.

        Args:
            scope: The pages whose words are checked.
            name: What the button is called that leads back.
            way: The number of the way in which they are.
        """
        self._scope = scope
        shown = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
        self._back.setText(shown)
        self._back.setAccessibleName(_("Back to {name}").format(name=name))
        was_open, self.is_open = self.is_open, True
        if was_open:
            self._way().end()
        for each in self._all_ways():
            each.reset()
        self._turn_to(way)
        if not was_open:
            self.opened.emit(True)
        self._way().begin(scope)

    def close_room(self) -> None:
        """Goes back to the pages."""
        if self.is_open:
            self.is_open = False
            self._way().end()
            self.opened.emit(False)

    def _way(self) -> ReviewWay:
        way = self._ways.currentWidget()
        assert isinstance(way, ReviewWay)
        return way

    def show_way(self, number: int) -> None:
        """Checks the words of the same pages in another way."""
        if self.is_open and number != self._ways.currentIndex():
            self._way().end()
            self._turn_to(number)
            self.ground_moved.emit()
            self._way().begin(self._scope)

    @property
    def ground(self) -> QWidget:
        """What messages lie over while it is open."""
        return self._way().ground

    def recolour(self) -> None:
        """Takes the colours of the other look."""
        for way in self._all_ways():
            way.recolour()

    def _all_ways(self) -> list[ReviewWay]:
        ways = (self._ways.widget(number) for number in range(self._ways.count()))
        return [way for way in ways if isinstance(way, ReviewWay)]

    def _turn_to(self, number: int) -> None:
        self._ways.setCurrentIndex(number)
        self._switch.show_chosen(number)
        self._number.setText("")
        self._pace.setText("")
        self._bar.glide_to(0, 1)

    def _show_progress(self, number: int, total: int, words: str) -> None:
        if self.sender() is not self._ways.currentWidget():
            return
        self._number.setText(_("{number:,} of {total:,}").format(number=number, total=total) if total else "")
        self._pace.setText(words)
        self._bar.glide_to(number, max(1, total))

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is without what goes where there is no room."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pace.setVisible(self.width() >= _ROOM_FOR_PACE)
        self._bar.setFixedWidth(_BAR if self.width() >= _ROOM_FOR_BAR else _SHORT_BAR)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_room()
        else:
            super().keyPressEvent(event)


class _Switch(QFrame):
    """Chooses one of a few.

    Attributes:
        chosen: One was chosen; carries its number, from 0 on.
    """

    chosen = Signal(int)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("reviewSwitch")
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._buttons = group = QButtonGroup(self)
        for number, name in enumerate(names):
            button: QPushButton = QPushButton(name, checkable=True, autoDefault=False)
            button.setChecked(number == 0)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the words
            bold = QFontMetrics(sized(button.font(), 1, QFont.Weight.DemiBold))  # which the chosen one is in
            button.setMinimumWidth(bold.horizontalAdvance(name) + _BESIDE_NAME)
            group.addButton(button, number)
            row.addWidget(button)
        group.idClicked.connect(self.chosen)

    def show_chosen(self, number: int) -> None:
        """Shows that one is chosen."""
        self._buttons.button(number).setChecked(True)
