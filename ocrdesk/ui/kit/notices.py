"""The one place for messages: they lie over the foot of the window, move nothing, and are never a dialog in the way."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.kit import motion
from ocrdesk.ui.kit.icons import icon_pixmap
from ocrdesk.ui.kit.theme import SPACE, on_dark

Answer = tuple[str, Callable[[], None]]
"""What a button says and what it does."""

GLANCE, DECISION = 6_000, 12_000
"""Milliseconds after which news goes by itself: what is only read, and what can be answered."""

LEAST, FROM_EDGE = 320, 2 * SPACE
"""Device-independent pixels: the least width of a message, and its distance from the edges of what it lies over."""

_MOST_LINES = 2
"""Where the answers beside a text would leave it more lines than this, they stand below it."""

_ICON = 18


@dataclass(frozen=True, slots=True)
class _Message:
    text: str
    answers: Sequence[Answer]
    about: Hashable
    stays: bool = True


class NoticeBar(QWidget):
    """News, of which the newest is shown, and warnings, which stay until closed or answered; what came last is lowest.

    News goes by itself after some seconds, but not while the pointer or the focus is on it; what waits for an answer is
    shown again after that. Of several warnings the newest is shown, with how many there are; closing it shows the one
    before. A message about something takes the place of the one before about the same.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self._news: list[_Message] = []
        self._warnings: list[_Message] = []
        self._newest = ""
        self._under: QWidget | None = None
        self._below_its_place = 0
        self._end_of_news = QTimer(self, singleShot=True)
        self._end_of_news.timeout.connect(self._let_news_go)
        self._rows = {"info": _Row("info"), "warning": _Row("warning")}
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for kind, row in self._rows.items():
            row.closed.connect(lambda kind=kind: self._close(kind))
            column.addWidget(row)
        self.hide()

    def lie_over(self, widget: QWidget, within: QWidget) -> None:
        """Shows messages over the foot of a widget from now on, or of what it is within while it is hidden."""
        self._under = widget
        self.setParent(within)
        for followed in (widget, within):
            followed.installEventFilter(self)
        self._lay()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the widget that it lies over."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self._lay()
        return super().eventFilter(watched, event)

    @property
    def text(self) -> str:
        """What was said last of what it says at present."""
        shown = [messages[-1].text for messages in (self._warnings, self._news) if messages]
        return self._newest if self._newest in shown or not shown else shown[0]

    def is_telling(self, about: Hashable) -> bool:
        """Whether the news that is shown is about something, and goes by itself."""
        return bool(self._news) and self._news[-1].about == about and not self._news[-1].stays

    def has(self, about: Hashable) -> bool:
        """Whether there is a message about something, whether it is seen or not."""
        return any(message.about == about for message in (*self._news, *self._warnings))

    def say(self, text: str, answers: Sequence[Answer] = (), *, about: Hashable = None, stays: bool = False) -> None:
        """Tells something that happened.

        Args:
            text: A sentence.
            answers: Buttons, the first being what is meant most likely.
            about: What it is about; None: nothing that there are other messages about.
            stays: Whether it waits for an answer, because there is no other place to give it.
        """
        self._drop(about)
        self._news = [*(message for message in self._news if message.stays), _Message(text, answers, about, stays)]
        self._put_lowest("info")
        self._follow(text)
        if stays:
            self._end_of_news.stop()
        else:
            self._end_of_news.start(DECISION if answers else GLANCE)

    def warn(self, text: str, answers: Sequence[Answer] = (), *, about: Hashable = None) -> None:
        """Tells something that went wrong and what to do; arguments as in ``say``."""
        self._drop(about)
        self._warnings = [message for message in self._warnings if message.text != text]
        self._warnings.append(_Message(text, answers, about))
        self._put_lowest("warning")
        self._follow(text)

    def withdraw(self, about: Hashable) -> None:
        """Takes back what was said about something: it is true no longer."""
        self._drop(about)
        self._follow(self._newest)

    def _put_lowest(self, kind: str) -> None:
        row = self._rows[kind]
        if self._column.indexOf(row) < self._column.count() - 1:
            self._column.addWidget(row)  # which takes it from where it was

    def _drop(self, about: Hashable) -> None:
        if about is not None:
            self._news = [message for message in self._news if message.about != about]
            self._warnings = [message for message in self._warnings if message.about != about]

    def _close(self, kind: str) -> None:
        (self._news if kind == "info" else self._warnings).pop()
        self._follow(self._newest)

    def _follow(self, newest: str) -> None:
        self._newest = newest
        is_there, was_there = bool(self._news or self._warnings), self.isVisible()
        if was_there and not is_there and (within := self.parentWidget()) is not None:
            motion.fade_away(self, within)
        for row, messages in zip(self._rows.values(), (self._news, self._warnings), strict=True):
            row.show_newest(messages)
        self.setAccessibleName(self.text)
        self.setVisible(is_there)
        self._lay()
        if is_there and not was_there:
            motion.come(self, self._lower)

    def _let_news_go(self) -> None:
        row = self._rows["info"]
        if row.is_looked_at():
            self._end_of_news.start(GLANCE)
        elif self._news and not self._news[-1].stays:
            self._close("info")

    def _lower(self, by: int) -> None:
        self._below_its_place = by
        self._lay()

    def _lay(self) -> None:
        """Takes as much room as the messages need, in the middle of the foot of what it lies over, but none above.

        Where that is lower than they are, they reach below it, but not out of the window.
        """
        within = self.parentWidget()
        if self._under is None or within is None or self.isHidden():
            return
        area = within.rect()
        if self._under.isVisibleTo(within):
            area = QRect(self._under.mapTo(within, QPoint()), self._under.size())
        area = area.adjusted(FROM_EDGE, FROM_EDGE, -FROM_EDGE, -FROM_EDGE)
        rows = [row for row in self._rows.values() if not row.isHidden()]
        wide = min(max([LEAST, *(row.widest() for row in rows)]), area.width())
        for row in rows:
            row.fit(wide)
        high = self._column.heightForWidth(wide)
        top = min(max(area.top() - SPACE, area.bottom() - high + 1), within.height() - high)
        self.setGeometry(area.center().x() - wide // 2, top + self._below_its_place, wide, high)
        self.raise_()


class _Row(QWidget):
    """One message.

    Attributes:
        closed: It was closed or answered.
    """

    closed = Signal()

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: _Message | None = None
        self._icon = QLabel()
        self._icon.setFixedSize(_ICON, _ICON)
        self._icon.setAccessibleName(_("Warning") if kind == "warning" else _("Message"))
        self._icon.setPixmap(icon_pixmap(kind, _ICON, on_dark(kind), self.devicePixelRatioF()))
        self._text = QLabel(objectName="noticeText")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._count = QLabel(objectName="noticeCount")
        self._buttons: list[QPushButton] = []
        self._close = QToolButton(objectName="noticeClose")
        self._close.setIcon(QIcon(icon_pixmap("close", 16, on_dark("text"), self.devicePixelRatioF())))
        self._close.setIconSize(QSize(16, 16))
        self._close.setAccessibleName(_("Close this message"))
        self._close.setToolTip(_("Close this message"))
        self._close.clicked.connect(self.closed)
        self._row, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._row, self._second):
            row.setSpacing(SPACE)
        for widget in (self._icon, self._text, self._count, self._close):
            self._row.addWidget(widget)
        self._row.setStretchFactor(self._text, 1)
        self._second.addStretch(1)
        self._are_below = False
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addLayout(self._second)
        self.hide()

    def widest(self) -> int:
        """The width at which all of it stands in one line."""
        return self._width_of_text() + self._width_beside()

    def fit(self, width: int) -> None:
        """Puts the answers beside the text, or below it where it would become narrow."""
        is_narrow = _MOST_LINES * (width - self._width_beside()) < self._width_of_text()
        if is_narrow != self._are_below:
            self._are_below = is_narrow
            for button in self._buttons:
                (self._row if is_narrow else self._second).removeWidget(button)
            self._lay_answers()
        for line in (self._row, self._second):
            line.invalidate()  # else their heights are those of the message before
        self.updateGeometry()

    def _lay_answers(self) -> None:
        line, first = (self._second, 1) if self._are_below else (self._row, 2)
        for number, button in enumerate(self._buttons):
            line.insertWidget(first + number, button)

    def _width_of_text(self) -> int:
        self._text.ensurePolished()
        return int(self._text.fontMetrics().horizontalAdvance(self._text.text())) + 1

    def _width_beside(self) -> int:
        """The width of all but the text, were it in one line."""
        count = [self._count] if not self._count.isHidden() else []
        others = [self._icon, *self._buttons, *count, self._close]
        return sum(int(one.sizeHint().width()) + SPACE for one in others) + 3 * SPACE

    def show_newest(self, messages: Sequence[_Message]) -> None:
        """Shows the last of some messages and how many there are; hides without any."""
        self.setVisible(bool(messages))
        self._count.setText(_("1 of {count}").format(count=len(messages)))
        self._count.setVisible(len(messages) > 1)
        newest = messages[-1] if messages else _Message("", (), None)
        if newest is not self._shown:
            self._shown = newest
            self._show(newest)

    def _show(self, message: _Message) -> None:
        self._text.setText(message.text)
        self.setAccessibleName(message.text)
        for button in self._buttons:
            (self._second if self._are_below else self._row).removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(words, act) for words, act in message.answers]
        self._lay_answers()
        for button in self._buttons:
            button.setAccessibleName(f"{button.text()}: {message.text}")  # the window may have the same button
            button.show()  # at once, since the text is given the room that is left
        self.update()

    def is_looked_at(self) -> bool:
        """Whether the pointer or the focus is on it."""
        return self.underMouse() or any(child.hasFocus() for child in self.findChildren(QWidget))

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, autoDefault=True)  # the return key presses it as well
        button.setProperty("answer", True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)

        def answer() -> None:
            self.closed.emit()
            act()

        button.clicked.connect(answer)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
