"""Words checked one by one, the one first that is most likely wrong."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ocrdesk.engine.library.doubts import Doubt, Scope
from ocrdesk.engine.review.doubtful_words import PlacedWord
from ocrdesk.engine.review.queue import Outcome
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.dialog import quiet, sized
from ocrdesk.ui.kit.strips import WIDTH
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.review.next_words import MOST, NextWords
from ocrdesk.ui.review.page_beside import PageBeside
from ocrdesk.ui.review.review_items import ReviewItems
from ocrdesk.ui.review.review_way import ReviewWay
from ocrdesk.ui.review.word_card import WordCard

_ROOM_FOR_PAGE, _ROOM_FOR_NEXT, _ROOM_FOR_ONE = 1100, 600, 450
"""Width from which on the page is shown beside the words, and heights from which on three later words are, or one."""

_LOWEST = 360
"""The least height at which all of a word is seen."""

_ABOVE = 64
"""Height of what messages lie over where nothing but the word is shown: they cover no more than a message is high."""

_LONGEST_LOOK = 60.0
"""Seconds: whoever looks longer at a word has left the desk."""


class OneByOne(ReviewWay):
    """The word, those that come next, and the page.

    Attributes:
        page_wanted: A page is to be opened.
    """

    page_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("oneByOne")
        self.items = items = ReviewItems(desk, self)
        self._seen: Doubt | None = None
        self._text = ""
        self._clock = QElapsedTimer()
        self._seconds, self._looked_at = 0.0, 0
        self.card = WordCard()
        self._next_words = NextWords()
        self._next_title = QLabel(_("Next"))
        self._next_title.setFont(sized(self.font(), 12 / 13, QFont.Weight.DemiBold))
        self._next_title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._ahead = QWidget()
        self._beside = PageBeside()
        self._end = _EndPage(desk.actions["export"])
        self._waiting = QLabel(_("Looking for the words to check…"), alignment=Qt.AlignmentFlag.AlignCenter)
        self._waiting.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._work = QWidget()
        self._stack = QStackedWidget()
        for part in (self._waiting, self._work, self._end):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._lay_out()
        self._above = QWidget(self)
        self._above.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        card = self.card
        card.accept_wanted.connect(self._accept)
        card.no_text_wanted.connect(lambda: self._decide(""))
        card.later_wanted.connect(self._leave_for_later)
        card.back_wanted.connect(self._go_back)
        card.rival_wanted.connect(self._take_rival)
        card.field.leave_wanted.connect(self.left)
        self._beside.open_wanted.connect(self._open_page)
        self._end.left.connect(self.left)
        self._end.rest_wanted.connect(items.go_through_rest)
        self._end.more_wanted.connect(items.go_through_more)
        items.opened.connect(self._on_opened)
        items.moved.connect(self._show)
        items.held.connect(card.field.hold)
        items.not_kept.connect(card.field.forget_early)

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        middle.setSpacing(SPACE)
        self._next_title.setIndent(SPACE)
        self._ahead.setMaximumWidth(WIDTH)
        column = QVBoxLayout(self._ahead)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._next_title)
        column.addWidget(self._next_words)
        for part, stretch in ((self.card, 20), (self._ahead, 0)):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(part, WIDTH)
            row.addStretch(1)
            middle.addLayout(row, stretch)
        middle.addStretch(1)
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(middle, 1)
        row.addWidget(self._beside)

    # The room

    @property
    def ground(self) -> QWidget:
        """The page beside the words, or the words that come next, or else what is above the line that a word is in."""
        if not self._beside.isHidden():
            return self._beside.ground
        return self._above if self._ahead.isHidden() else self._ahead

    def reset(self) -> None:
        self._seconds, self._looked_at = 0.0, 0
        self.items.reset()

    def begin(self, scope: Scope) -> None:
        self._seen = None
        self._stack.setCurrentWidget(self._waiting)
        self.items.open(scope)

    def put_first(self, words: Iterable[PlacedWord]) -> None:
        """Has some words checked before all others when it begins."""
        self.items.put_first(words)

    def count_elsewhere(self, outcome: Outcome, count: int) -> None:
        """Counts words that were checked in another way; fewer than none where that was undone."""
        self.items.queue.count_elsewhere(outcome, count)

    def end(self) -> None:
        self.items.close()
        self._seen = None

    def _on_opened(self) -> None:
        self._stack.setCurrentWidget(self._work if self.items.queue.total else self._end)

    def minimumSizeHint(self) -> QSize:
        """As low as it is without what goes where there is no room."""
        return QSize(super().minimumSizeHint().width(), _LOWEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._above.setGeometry(0, 0, self.width(), _ABOVE)
        has_room = self.width() >= _ROOM_FOR_PAGE
        if has_room == self._beside.isHidden():
            self._beside.setVisible(has_room)
            self.ground_moved.emit()
        self._show_next()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # What a person does

    def _accept(self) -> None:
        """Keeps what is in the field: what a person typed, or the word as it is if they can have seen it."""
        self._decide(self.card.field.text(), is_typed=self.card.field.is_changed)

    def _decide(self, text: str, *, is_typed: bool = False) -> None:
        if not is_typed and not self.card.field.is_held and not self.card.field.is_seen:
            self.card.say_not_taken()
        elif self.items.present is not None and not self.card.field.is_held:
            self._stop_clock()
            self.items.decide(text)

    def _take_rival(self, number: int) -> None:
        rivals = self.card.rivals
        if number < len(rivals):
            self._decide(rivals[number])

    def _leave_for_later(self) -> None:
        if self.items.present is not None and not self.card.field.is_held:
            self._stop_clock()
            self.items.leave_for_later()

    def _go_back(self) -> None:
        if not self.card.field.is_held:
            self.items.go_back()

    def _open_page(self) -> None:
        if (shown := self.items.present) is not None:
            self.page_wanted.emit(shown.page)

    # What is shown

    def _show(self) -> None:
        queue = self.items.queue
        counts = {outcome: queue.count(outcome) for outcome in Outcome}
        self._beside.show_counts(counts)
        doubt, shown = queue.present, self.items.present
        if doubt is None:
            self._show_end(counts)
            return
        if self._stack.currentWidget() is not self._work:
            self._stack.setCurrentWidget(self._work)
        keeps_text = shown is not None and doubt == self._seen and shown.item.text == self._text
        self.card.show_word(shown, is_first=queue.is_first, keeps_text=keeps_text)
        self._beside.show_word(shown)
        if shown is not None:
            if not self.card.field.hasFocus() and not keeps_text:
                self.card.field.setFocus()
            if doubt != self._seen:
                self._clock.start()
            self._seen, self._text = doubt, shown.item.text
        else:
            self._seen = None
        self._show_next()
        self.progressed.emit(queue.number, queue.total, self._pace())

    def _show_end(self, counts: Mapping[Outcome, int]) -> None:
        self._seen = None
        self.card.field.forget_early()
        total = self.items.queue.total
        self._end.show_counts(total, counts, self.items.queue.more)
        if self._stack.currentWidget() is not self._end:
            self._stack.setCurrentWidget(self._end)
            self._end.setFocus()
        self.progressed.emit(total, total, "")

    def _show_next(self) -> None:
        count = MOST if self.height() >= _ROOM_FOR_NEXT else int(self.height() >= _ROOM_FOR_ONE)
        rows = [self.items.of(doubt) for doubt in self.items.queue.upcoming(count)]
        self._next_words.show_words(rows)
        if bool(rows) == self._ahead.isHidden():
            self._ahead.setVisible(bool(rows))
            self.ground_moved.emit()

    def _stop_clock(self) -> None:
        if self._clock.isValid():
            self._seconds += min(_LONGEST_LOOK, self._clock.elapsed() / 1000)
            self._looked_at += 1
            self._clock.invalidate()

    def _pace(self) -> str:
        """How long a word takes, and all that are left."""
        if not self._looked_at:
            return ""
        each = self._seconds / self._looked_at
        minutes = round(each * self.items.queue.left / 60)
        left = (
            plural("{count} minute left", "{count:,} minutes left", minutes)
            if minutes
            else _("less than a minute left")
        )
        return _("{seconds:.1f} s a word · {left}").format(seconds=each, left=left)


class _EndPage(QWidget):
    """What is shown when no word is left.

    Attributes:
        left: The pages are wanted.
        rest_wanted: Those left for later are wanted.
        more_wanted: Those that came meanwhile are wanted.
    """

    left = Signal()
    rest_wanted = Signal()
    more_wanted = Signal()

    def __init__(self, export: QAction) -> None:
        super().__init__()
        self.setObjectName("reviewEnd")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = QLabel(objectName="reviewEndTitle", alignment=Qt.AlignmentFlag.AlignCenter)
        self._title.setFont(sized(self.font(), 20 / 13, QFont.Weight.DemiBold))
        self._sentence = quiet("", "reviewEndSentence", small=False)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._rest = QPushButton(objectName="reviewRest", autoDefault=True)
        self._rest.hide()  # until words were left
        self._rest.clicked.connect(self.rest_wanted)
        self._more = QPushButton(objectName="reviewMore", autoDefault=True)
        self._more.hide()  # until words came
        self._more.clicked.connect(self.more_wanted)
        back = QPushButton(_("Back to the pages"), objectName="reviewEndBack", autoDefault=True)
        back.clicked.connect(self.left)
        self._export = QPushButton(export.text(), objectName="reviewExport", autoDefault=True)
        self._export.setProperty("primary", True)
        self._export.clicked.connect(export.trigger)
        verbs = QHBoxLayout()
        verbs.setSpacing(SPACE)
        verbs.addStretch(1)
        for button in (back, self._rest, self._more, self._export):
            button.setMinimumHeight(4 * SPACE)
            verbs.addWidget(button)
        verbs.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addSpacing(2 * SPACE)
        column.addLayout(verbs)
        column.addStretch(3)

    def show_counts(self, total: int, counts: Mapping[Outcome, int], more: int) -> None:
        """Shows what became of all words, and offers those that came meanwhile."""
        later, changed = counts[Outcome.LATER], counts[Outcome.CHANGED]
        if not total:
            self._title.setText(_("Nothing to check"))
            self._sentence.setText(_("No word of these pages looks wrong."))
        else:
            done = total - later
            self._title.setText(
                _("{done:,} of {total:,}, {changed:,} changed").format(done=done, total=total, changed=changed)
            )
            self._sentence.setText(
                plural("{count} word was left for later.", "{count:,} words were left for later.", later)
                if later
                else _("Every word was checked.")
            )
        if more:
            self._sentence.setText(_("Since then, there are more words to check."))
        self._rest.setVisible(later > 0)
        self._rest.setText(plural("Check {count} word left", "Check {count:,} words left", later))
        self._more.setVisible(more > 0)
        self._more.setText(plural("{count} more word to check", "{count:,} more words to check", more))
