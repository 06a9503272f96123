"""What was found, in the place of the pages of a batch, while the batches and the page stay beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.search.found import Found
from ocrdesk.engine.search.query import in_names
from ocrdesk.engine.words import _, listed, plural
from ocrdesk.ui.desk.chosen import WayBack
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.dialog import link_button, quiet, sized
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.search.found_list import FoundList
from ocrdesk.ui.search.found_model import FoundBatch, FoundModel
from ocrdesk.ui.search.hit_strips import HitStrips
from ocrdesk.ui.search.narrowing_chips import NarrowingChips
from ocrdesk.ui.search.search_field import SearchField
from ocrdesk.ui.search.searching import FIRST_PAGES, Searching

_REST = 300
"""Milliseconds after the last answer until its first place is shown on its page: not while somebody types."""

_LOOKS_AGAIN = 2000
"""Milliseconds after pages were read or corrected until it is asked whether others are found now."""

MOST_OTHERS = 6
"""How many similar words are named."""

_SIDE = 2 * SPACE


class SearchPane(QWidget):
    """Shows what was found for what stands in the field.

    Attributes:
        opened: Whether what was found is shown, or no longer.
        place_shown: A place is to be shown on its page; carries the ``Place`` and the ``Query``.
        place_opened: Likewise, in the whole window.
        pages_shown: The pages that were found are shown among those of their batch; carries the ``Query``, or None once
            all pages are shown again.
        is_open: Whether what was found is shown.
    """

    opened = Signal(bool)
    place_shown = Signal(object, object)
    place_opened = Signal(object, object)
    pages_shown = Signal(object)

    def __init__(self, desk: Desk, field: SearchField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchPane")
        self._desk, self._field = desk, field
        self.is_open = False
        self._found: Found | None = None
        self._tolerant: bool | None = None
        self._is_going = self._are_pages_shown = False
        self._before: tuple[int | None, list[int]] = (None, [])
        self.model = FoundModel(self)
        self.list = FoundList(self.model, HitStrips(desk.decoder, desk.tasks, self))
        self.searching = Searching(desk, self.model, self)
        self.chips = NarrowingChips(lambda: desk.chosen.batch_id, desk.library.languages)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._show_place)
        self._stale = QTimer(self, singleShot=True, interval=_LOOKS_AGAIN)
        self._stale.timeout.connect(self._look_again)
        self._lay_out()
        self._connect()

    # Layout

    def _lay_out(self) -> None:
        self._title = ElidedLabel(objectName="searchTitle")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(sized(self.font(), 1.35, QFont.Weight.DemiBold))
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._summary = ElidedLabel(objectName="searchSummary")
        self._summary.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        actions = self._desk.actions
        self._export = QToolButton(objectName="exportFound")
        self._export.setDefaultAction(actions["export_found"])
        self._export.setProperty("primary", True)
        self._export.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._save = QToolButton(objectName="saveSearch")
        self._save.setDefaultAction(actions["save_search"])
        self._save.setProperty("framed", True)
        self._save.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        first = QHBoxLayout()
        first.setSpacing(SPACE)
        first.addWidget(self._title, 1)
        first.addWidget(self._save)
        first.addWidget(self._export)
        head = QVBoxLayout()
        head.setContentsMargins(_SIDE, SPACE + 4, _SIDE, SPACE)
        head.setSpacing(SPACE // 2)
        head.addLayout(first)
        self._names = link_button("searchNames", _("Names of files"))
        self._names.setToolTip(_("Look for the same in the names of files"))
        self._names.hide()
        self._again = link_button("searchAgain", _("More pages were found meanwhile"))
        self._again.hide()
        second = QHBoxLayout()
        second.setSpacing(SPACE)
        second.addWidget(self._summary, 1)
        second.addWidget(self._names)
        second.addWidget(self._again)
        head.addLayout(second)
        head.addSpacing(SPACE // 2)
        head.addWidget(self.chips)
        line = QFrame(objectName="reviewLine")
        line.setFixedHeight(1)
        self._nothing = quiet("", "searchNothing", small=False)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._nothing.setBackgroundRole(QPalette.ColorRole.Base)
        self._nothing.setAutoFillBackground(True)
        self._views = QStackedWidget()
        self._views.addWidget(self.list)
        self._views.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line)
        column.addWidget(self._views, 1)
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QFrame(objectName="searchFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(_SIDE, SPACE, _SIDE, SPACE)
        row.setSpacing(SPACE)
        self._hint = ElidedLabel(objectName="searchHint")
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._switch = link_button("searchSimilar", _("Find similar words"))
        row.addWidget(self._hint, 1)
        row.addWidget(self._switch)
        row.addSpacing(SPACE)
        for name in ("previous_place", "next_place"):
            button = QToolButton(objectName=f"{name}Button")
            button.setDefaultAction(self._desk.actions[name])
            button.setProperty("framed", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        return foot

    def _connect(self) -> None:
        self._field.typed.connect(self._on_typed)
        self._field.walked.connect(self.walk)
        self._field.list_wanted.connect(self._enter_list)
        self._field.left.connect(self.leave)
        self.chips.changed.connect(self._ask)
        self._switch.clicked.connect(self._switch_tolerant)
        self.searching.found.connect(self._on_found)
        self.searching.placed.connect(self._on_placed)
        self.searching.searching.connect(self._show_summary)
        self.searching.named.connect(self._on_named)
        self.searching.failed.connect(self._on_failed)
        self._names.clicked.connect(self._look_among_names)
        self.list.place_chosen.connect(self._show_place)
        self.list.place_opened.connect(self._open_place)
        self.list.more_wanted.connect(self.searching.show_more)
        self.searching.differs.connect(self._on_differs)
        self._again.clicked.connect(self._ask)
        self.list.pages_wanted.connect(self.show_pages)
        chosen = self._desk.chosen
        chosen.batch_moved.connect(self._on_batch_moved)
        chosen.changed.connect(self._on_changed)
        for signal in (chosen.batch_moved, chosen.all_pages_wanted, chosen.some_pages_wanted):
            signal.connect(self._on_others_shown)

    # Opening and leaving

    def enter(self) -> None:
        """Gives the keyboard to the field; what was looked for last is found again."""
        self._field.setFocus()
        self._field.selectAll()
        if not self.is_open and self._field.text().strip():
            self._on_typed(self._field.text())

    def leave(self) -> None:
        """Goes back to the pages that were seen before; the words stay in the field."""
        if self.is_open:
            batch_id, page_ids = self._before
            self.close_pane()
            if batch_id is not None and batch_id != self._desk.chosen.batch_id:
                self._desk.chosen.show_pages(batch_id, page_ids)

    def close_pane(self) -> None:
        """Shows the pages of the batch that is chosen."""
        if self.is_open:
            self.is_open = False
            self._rest.stop()
            self.searching.forget()
            self.opened.emit(False)

    def _on_batch_moved(self) -> None:
        """A person who chooses a batch wants to see it."""
        if not self._is_going:
            self.close_pane()

    # Asking

    def _on_typed(self, text: str) -> None:
        self._tolerant = None
        if self._are_pages_shown:  # they were found for other words
            self._desk.chosen.all_pages_wanted.emit()
        if not text.strip():
            self.leave()
            return
        if not self.is_open:
            self.is_open = True
            self._before = (self._desk.chosen.batch_id, self._desk.chosen.page_ids())
            self.chips.begin()
            self.opened.emit(True)
        self._ask()

    def _ask(self) -> None:
        self.searching.ask(self._field.text(), self.chips.narrowing(), tolerant=self._tolerant)

    def _switch_tolerant(self) -> None:
        self._tolerant = not (self._found is not None and self._found.is_tolerant)
        self._ask()

    def _on_changed(self) -> None:
        if self.is_open and not self._stale.isActive():
            self._stale.start()

    def _look_again(self) -> None:
        if self.is_open:
            self.searching.look_again(self._field.text(), self.chips.narrowing(), tolerant=self._tolerant)

    def _on_differs(self) -> None:
        """Nothing moves under somebody's eyes: what is found by now is shown when it is asked for."""
        if self.model.rowCount():
            self._again.show()
        else:
            self._ask()

    # What was found

    def _on_found(self, found: Found | None) -> None:
        self._found = found
        self._again.hide()
        has_any = found is not None and bool(found.pages)
        self._views.setCurrentWidget(self.list if has_any else self._nothing)
        self._title.setText(_("“{words}”").format(words=self._field.text().strip()))
        is_tolerant = found is not None and found.is_tolerant
        if found is not None and not has_any:
            self._nothing.setText(self._why_nothing(found))
            self.pages_shown.emit(None)  # what is marked on the page was found for other words
        can_switch = has_any or self._tolerant is False  # else similar words were looked for already
        self._switch.setVisible(can_switch)
        hint = (
            _("Words that were misread are found, too.")
            if is_tolerant
            else _("Words may have been misread, with 0 for O, for example.")
        )
        self._hint.setText(hint if can_switch else "")
        self._switch.setText(_("Exact words only") if is_tolerant else _("Find similar words"))
        self._show_summary()

    def _on_named(self, count: int) -> None:
        words = plural("{count} page has it in its name", "{count:,} pages have it in their names", count)
        if count >= FIRST_PAGES:
            words = _("{count:,} pages and more have it in their names").format(count=count)
        self._names.setText(words)
        self._names.setVisible(count > 0)

    def _look_among_names(self) -> None:
        self._field.setFocus()
        self._field.setText(in_names(self._field.text()) or "")

    def _why_nothing(self, found: Found) -> str:
        if found.query.match is None:
            return _("Type a word that is to be found. A word with a minus before it must not be on the page.")
        return _("Nothing was found, not even with similar letters.")

    def _on_placed(self) -> None:
        if self.list.place is None:
            self.list.choose_first()
            self._rest.start()
        self._show_summary()

    def _show_summary(self) -> None:
        found = self._found
        if found is None or not found.pages or found.has_more:
            self._summary.setText("")
            return
        batches = len(self.model.batches)
        others = list(dict.fromkeys(word for words in found.other_words.values() for word in words))
        words = [plural("{count} page", "{count:,} pages", len(found.pages))]
        if self.model.is_known:
            words.insert(0, plural("{count} place", "{count:,} places", len(self.model.places)))
        if batches > 1:
            words.append(_("{count:,} batches").format(count=batches))
        if found.is_tolerant and others:
            more = ["…"] if len(others) > MOST_OTHERS else []
            words.append(_("similar words: {words}").format(words=listed([*others[:MOST_OTHERS], *more])))
        self._summary.setText(" · ".join(words))

    def _on_failed(self, words: str) -> None:
        self._found = None
        self.model.show([])
        self._nothing.setText(words)
        self._views.setCurrentWidget(self._nothing)

    # Going from place to place

    def walk(self, step: int) -> None:
        """Goes to the next place, or to the one before."""
        if not self.is_open:
            self.enter()
        elif self.list.place is None:
            self.list.choose_first()
            self._show_place()
        else:
            self.list.go(step)

    def _enter_list(self) -> None:
        if self.is_open and self.model.rowCount():
            self.list.setFocus()
            if self.list.place is None:
                self.list.choose_first()
            self._show_place()

    def _show_place(self) -> None:
        self._go(self.place_shown)

    def _open_place(self) -> None:
        self._go(self.place_opened)

    def _go(self, signal: SignalInstance) -> None:
        self._rest.stop()
        place, query = self.list.place, self.searching.query
        if self.is_open and place is not None:
            self._is_going = True
            try:
                signal.emit(place, query)
            finally:
                self._is_going = False

    # Among all pages of their batch

    def show_pages(self, batch: FoundBatch | None = None) -> None:
        """Shows the pages of a batch that were found among all its pages.

        Args:
            batch: The batch; None: that of the present place.
        """
        place = self.list.place
        if batch is None:
            batch = next((it for it in self.model.batches if place and it.batch_id == place.page.batch_id), None)
        batch = batch or next(iter(self.model.batches), None)
        if not self.is_open or batch is None or self.has_more:
            return
        query, what = self.searching.query, _("Found: {words}").format(words=self._field.text().strip())
        self.close_pane()
        self._desk.chosen.show_only(batch.batch_id, batch.page_ids, what, WayBack(_("Back to the search"), "search"))
        self._are_pages_shown = True
        self.pages_shown.emit(query)

    def _on_others_shown(self) -> None:
        if self._are_pages_shown:
            self._are_pages_shown = False
            self.pages_shown.emit(None)

    @property
    def found_pages(self) -> int:
        """How many pages are known to be found."""
        return len(self._found.pages) if self._found is not None else 0

    @property
    def has_more(self) -> bool:
        """Whether there may be more of them, which will be known in a moment."""
        return self._found is not None and self._found.has_more

    @property
    def found_page_ids(self) -> Sequence[int]:
        """All pages that were found."""
        return [page.page_id for page in self._found.pages] if self._found is not None else []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
