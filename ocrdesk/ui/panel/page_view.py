"""A page that is looked at: its picture and its text, one above the other or side by side."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from ocrdesk.engine.document import Line, Page, PageStatus, Word
from ocrdesk.engine.geometry import is_standing
from ocrdesk.engine.layout.page_text import PageText
from ocrdesk.engine.layout.regions import Region, lines_that_count
from ocrdesk.engine.quality import is_line_doubtful, is_word_doubtful
from ocrdesk.engine.search.found import Hit
from ocrdesk.engine.search.hits import hits_on
from ocrdesk.engine.search.query import Query
from ocrdesk.engine.words import N_, _
from ocrdesk.ui.desk.chosen import FRAME, Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit import motion
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.pages.thumbnails import Thumbnails
from ocrdesk.ui.panel.bars import TextBar
from ocrdesk.ui.panel.line_adding import LineAdding
from ocrdesk.ui.panel.line_commands import LineCommands
from ocrdesk.ui.panel.line_editing import LineEditing
from ocrdesk.ui.panel.line_tips import LineTips
from ocrdesk.ui.panel.lost_corrections import LostCorrections
from ocrdesk.ui.panel.page_facts import colour_of, facts_of
from ocrdesk.ui.panel.page_lines import PageLines
from ocrdesk.ui.panel.page_message import PageMessage
from ocrdesk.ui.panel.page_split import PageSplit
from ocrdesk.ui.panel.page_text_view import SIZES, PageTextView
from ocrdesk.ui.panel.page_turning import PageTurning
from ocrdesk.ui.panel.picture_area import AreaCopy
from ocrdesk.ui.panel.picture_commands import PictureCommands
from ocrdesk.ui.panel.picture_view import PictureView
from ocrdesk.ui.panel.shown_text import MarkedWord, ShownText, marked_words
from ocrdesk.ui.panel.twin_corrections import TwinCommands, TwinCorrections
from ocrdesk.ui.regions.region_bar import RegionBar

_TEXT_LAYOUTS = {True: N_("As printed"), False: N_("As paragraphs")}


class PageView(QWidget):
    """The chosen page. There is one: it lies in the panel, or in the full page while that is open.

    Attributes:
        shown: Another page is shown, or it is other now.
        looks_around: Whether the pages before and after are loaded as well.
        facts: What is told of the page, and the name of the colour of the first fact.
    """

    shown = Signal()

    def __init__(self, desk: Desk, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._library = desk.library
        self._thumbnails = thumbnails
        self.looks_around = False
        self.page: Page | None = None
        self.facts: tuple[list[str], str] = ([], "")
        self._query: Query | None = None
        self._hit: Hit | None = None
        self._page_text = PageText(())
        self._doubtful: list[MarkedWord] = []
        self._found: list[MarkedWord] = []
        self._accepted: frozenset[str] = frozenset()
        self._state: tuple[object, ...] | None = None
        self._soon = QTimer(self, singleShot=True, interval=FRAME)
        self._soon.timeout.connect(self.refresh)
        self.picture = PictureView(desk.decoder, desk.tasks)
        self.region_bar = RegionBar()
        self.text = PageTextView()
        self.text_bar = TextBar(desk.actions)
        self._area = AreaCopy(desk, self.picture, lambda: self._page_text)
        self.lines = PageLines(self.picture, self.text, desk.actions, self)
        self.lost = LostCorrections(desk, self.lines)
        self.twins = TwinCorrections(desk)
        TwinCommands(desk, self.twins)
        PictureCommands(desk, self.picture)
        PageTurning(desk)
        self.editing = LineEditing(desk, self.picture, self.text, self.lines)
        LineAdding(desk, self.picture, self.editing)
        LineCommands(desk, self.editing, self.lines)
        self._message = PageMessage(desk)
        self._lay_out()
        self._connect()
        desk.actions.join(self)
        self._begin()

    # Layout

    def _lay_out(self) -> None:
        """Lays frames in each other, then fills them: Qt dresses all that is in a frame anew when that moves."""
        picture_side, text_side = QWidget(), QWidget()
        self._picture_side = picture_side
        self._lower = QStackedWidget()
        self._split = PageSplit(self._desk.choices, picture_side, self._lower)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._split)
        self._lower.addWidget(text_side)
        self._lower.addWidget(self._message)
        for side, *parts in (
            (picture_side, self.region_bar, self.picture),
            (text_side, self.text_bar, self.lost, self.twins, self.text),
        ):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            for part in parts:
                column.addWidget(part)
            column.setStretchFactor(parts[-1], 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._split.fit(self.width())

    def _connect(self) -> None:
        chosen = self._desk.chosen
        self.picture.loaded.connect(self._on_loaded)
        self.text.resize_wanted.connect(self._step_size)
        self._thumbnails.ready.connect(self._on_thumbnail)
        self.editing.moved.connect(self._show_lower)
        LineTips(self.picture, self.picture.line_at, self.lines)
        LineTips(self.text, self.text.line_under, self.lines)
        chosen.pages_moved.connect(self._show_chosen)
        chosen.changed.connect(self._on_changed)

    def _begin(self) -> None:
        actions = self._desk.actions
        actions["text_larger"].setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        dict(actions.choices("text_layout"))[self._is_as_printed].setChecked(True)
        self.text_bar.show_layout(_(_TEXT_LAYOUTS[self._is_as_printed]))
        self.text.show_size(self._size)
        self.show_page(None)

    # Commands

    @Command("Text", "How the text is shown: line by line as it is printed, or in paragraphs as it is copied",
             choices=_TEXT_LAYOUTS)  # fmt: skip
    def text_layout(self, as_printed: bool) -> None:
        """Shows the text line by line, or in paragraphs."""
        self._desk.choices.set("text/printed", as_printed)
        self.text_bar.show_layout(_(_TEXT_LAYOUTS[as_printed]))
        self._show_text()

    @Command("Larger text", "Show the text larger", keys="Ctrl++")
    def text_larger(self) -> None:
        """Shows the text larger."""
        self._step_size(1)

    @Command("Smaller text", "Show the text smaller", keys="Ctrl+-")
    def text_smaller(self) -> None:
        """Shows the text smaller."""
        self._step_size(-1)

    @Command("Copy this page", "Copy what is selected on the page, or all of its text", icon="copy")
    def copy_page(self) -> None:
        """Copies what is selected in the text, else the lines that are chosen, else all text of the page."""
        if self.text.textCursor().hasSelection():
            self.text.copy()
        elif len(self.lines.chosen) > 1:  # one is chosen wherever the cursor is
            self.lines.copy()
        elif self._page_text.lines:
            QGuiApplication.clipboard().setText(self._page_text.flowing)

    # What is shown

    def show_page(self, page_id: int | None) -> None:
        """Shows a page, or that none is chosen."""
        page = self._library.page(page_id) if page_id is not None else None
        text = self._library.texts.of(page.id) if page is not None else PageText(())
        regions = self._library.texts.regions(page.batch_id) if page is not None else ()
        accepted = self._library.user_words.known() if page is not None else frozenset()
        state = (page, text, regions, accepted)
        if page is not None and state == self._state:
            return
        is_other = page_id != self.page_id
        if is_other and not (page is not None and self.picture.pictures.has(page)):
            motion.fade_away(self._split, self)  # what is at hand is simply there: a page that is turned is soon seen
        self.page, self._page_text, self._accepted, self._state = page, text, accepted, state
        with self._keeping_focus():
            self._show_picture(page, text, regions, is_other=is_other)
            self._show_words(page, text, regions)
        self.shown.emit()

    def _show_picture(self, page: Page | None, text: PageText, regions: tuple[Region, ...], *, is_other: bool) -> None:
        self.picture.show_page(page, text.lines)
        self.picture.regions.show_regions(regions)
        self._doubtful = list(marked_words(text.lines, self._is_doubtful))
        self._found = self._found_words()
        self.picture.mark_words(self._doubtful, self._found)
        if page is not None and not self.picture.has_picture and (small := self._thumbnails.get(page)) is not None:
            self.picture.stand_in(small)
        # Of a page that failed there is often nothing to be seen: its place is there once something is.
        is_expected = page is not None and page.status is not PageStatus.FAILED
        self._picture_side.setVisible(is_expected or self.picture.has_anything)
        if is_other and self.picture.has_anything:
            self.picture.viewport().repaint()  # seen before its text is laid out, which takes as long again

    def _show_words(self, page: Page | None, text: PageText, regions: tuple[Region, ...]) -> None:
        self._show_text()
        if not text.lines:
            self._message.show_page(page)
        self.twins.show_page(page)
        self._show_lower()
        self._show_facts(page, regions)
        if page is not None and self.looks_around:
            self.picture.pictures.expect(self._desk.chosen.neighbours())

    def _show_text(self) -> None:
        """Shows the text in the way that was chosen, with the words that are doubtful."""
        shown = ShownText(self._page_text, as_printed=self._is_as_printed)
        page = self.page
        is_same = page is not None and self.editing.page is not None and page.id == self.editing.page.id
        self.text.show_text(shown, is_same_page=is_same, card_at=self.editing.next_in(shown.lines) if is_same else None)
        self.text.mark_words(self._doubtful, self._found)
        self.lines.corrections = self._library.corrections.of(page.id) if page is not None and page.corrected else ()
        self.lines.choose([])
        self._see_found()
        self.lost.show_page(page)
        self.editing.show_page(page, self._accepted)

    def _show_lower(self) -> None:
        """Shows the text, or why there is none."""
        has_text = self._page_text.lines or self.lost.has_any or self.editing.is_open
        self._lower.setCurrentIndex(0 if has_text else 1)

    def show_found(self, query: Query | None, hit: Hit | None = None) -> None:
        """Marks what was searched for, from this page on; where there is nothing of it, doubtful words are marked.

        Args:
            query: What was searched for; None: nothing any more.
            hit: Which place is seen on its page; on all other pages it is the first.
        """
        if (query, hit) != (self._query, self._hit):
            self._query, self._hit = query, hit
            self._found = self._found_words()
            self.text.mark_words(self._doubtful, self._found)
            self.picture.mark_words(self._doubtful, self._found)
            self._see_found()

    def _found_words(self) -> list[MarkedWord]:
        if self._query is None or self.page_id is None:
            return []
        return [
            MarkedWord(hit.line, span, polygon, is_standing(hit.line_polygon))
            for hit in hits_on(self.page_id, self._page_text, self._query)
            for span, polygon in zip(hit.spans, hit.polygons, strict=True)
        ]

    def _see_found(self) -> None:
        if self._found:
            line = self._hit.line if self._hit is not None and self._hit.page_id == self.page_id else None
            word = next((word for word in self._found if word.line == line), self._found[0])
            self.text.see_word(word)
            self.picture.see_word(word)

    def _is_doubtful(self, read: Word | Line) -> bool:
        return is_word_doubtful(read, self._accepted) if isinstance(read, Word) else is_line_doubtful(read)

    def _show_facts(self, page: Page | None, regions: tuple[Region, ...]) -> None:
        ignored = self._count_ignored(page, regions)
        self.region_bar.show_left_out(ignored, page.line_count if page is not None else None)
        to_check = len(self._doubtful) if self._page_text.lines else 0
        lost = sum(correction.is_lost for correction in self.lines.corrections)
        self.facts = ([], "")
        if page is not None:
            self.facts = facts_of(page, to_check, ignored, lost), colour_of(page, to_check)

    def _count_ignored(self, page: Page | None, regions: tuple[Region, ...]) -> int:
        """How many lines of a page do not count."""
        if page is None or not regions:
            return 0
        lines = self._library.texts.lines(page.id)
        return len(lines) - len(lines_that_count(lines, regions, page.width or 0, page.height or 0))

    @property
    def selected_text(self) -> str:
        """What is selected in the text; empty if that is nothing or more than a row."""
        selected = self.text.textCursor().selectedText()
        return selected if "\u2029" not in selected else ""

    @property
    def page_id(self) -> int | None:
        """The page shown."""
        return self.page.id if self.page is not None else None

    def refresh(self) -> None:
        """Reads the page anew."""
        self.show_page(self.page_id)
        if self.page is not None and self._desk.chosen.batch_id not in (None, self.page.batch_id):  # it was moved there
            self.show_page(None)

    def recolour(self) -> None:
        """Follows a change of colours."""
        self._state = None
        self.refresh()

    def focus_page(self) -> None:
        """Gives the keyboard to the line that is edited or the picture, or to the button where there is no text."""
        if self.editing.is_open:
            self.editing.editor.field.setFocus()
        elif self._page_text.lines and self._picture_side.isVisibleTo(self):
            self.picture.setFocus()
        else:
            self.focus_text()

    def focus_text(self) -> None:
        """Gives the keyboard to the text, or to the button where there is none."""
        if self._page_text.lines:
            self.text.setFocus()
        else:
            self._message.focus_button()

    # What is chosen, and what changes

    def _show_chosen(self) -> None:
        page = self._desk.chosen.page_to_look_at()
        if page is None or page != self.page:  # it is told twice, of the selection and of the focus
            self.show_page(page.id if page is not None else None)

    def _on_changed(self, change: Change) -> None:
        if not change.concerns(self._desk.chosen.batch_id):
            return
        if change.page_ids is None or (self.page_id in change.page_ids and len(change.page_ids) > 1):
            self._soon.start()  # to follow such a change takes long everywhere
        elif self.page_id in change.page_ids:
            self.refresh()

    def _on_loaded(self, is_there: bool) -> None:
        with self._keeping_focus():
            self._picture_side.setVisible(is_there or self.picture.has_anything)

    @contextmanager
    def _keeping_focus(self) -> Iterator[None]:
        """Keeps the keyboard in the page if what has it goes; Qt would look for the next control, wherever that is."""
        focus = QApplication.focusWidget()
        is_here = focus is not None and (focus is self.picture or self._message.isAncestorOf(focus))
        yield
        if focus is not None and is_here and not focus.isVisibleTo(self):
            self.focus_page()

    def _on_thumbnail(self, page_id: int) -> None:
        page = self.page
        if page is None or page.id != page_id or self.picture.has_anything:
            return
        if (small := self._thumbnails.get(page)) is not None:
            self.picture.stand_in(small)
            self._picture_side.setVisible(True)

    # What was chosen last

    @property
    def _is_as_printed(self) -> bool:
        return bool(self._desk.choices.get("text/printed"))

    @property
    def _size(self) -> int:
        kept = int(self._desk.choices.get("text/size"))
        return min(SIZES, key=lambda size: abs(size - kept))

    def _step_size(self, step: int) -> None:
        number = SIZES.index(self._size) + step
        if 0 <= number < len(SIZES):
            self._desk.choices.set("text/size", SIZES[number])
            self.text.show_size(SIZES[number])
