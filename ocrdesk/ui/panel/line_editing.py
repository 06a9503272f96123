"""Corrects lines in the text of a page, one after another."""

from collections.abc import Container, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from ocrdesk.engine.corrections.changes import corrected, new_line
from ocrdesk.engine.corrections.pieces import Piece, pieces_of
from ocrdesk.engine.document import Line, Page
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.quality import is_line_doubtful, is_word_doubtful
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.correcting import correct, named
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.panel.line_editor import EditedLine, LineEditor
from ocrdesk.ui.panel.line_places import contains, line_above
from ocrdesk.ui.panel.page_lines import PageLines
from ocrdesk.ui.panel.page_text_view import PageTextView
from ocrdesk.ui.panel.picture_view import PictureView
from ocrdesk.ui.panel.word_places import Span, word_at

_Goal = tuple[Polygon, Span | None] | None
"""The line that is edited next and what of it is selected; None: the editor is closed."""


class LineEditing(QObject):
    """Opens the editor on a line, has kept what was typed, and goes on to the next line.

    What was typed is kept as well where a person goes elsewhere in the middle of it; only Esc leaves without keeping.

    Attributes:
        moved: A line is edited, or none any more.
    """

    moved = Signal()

    def __init__(self, desk: Desk, picture: PictureView, text: PageTextView, lines: PageLines) -> None:
        super().__init__(text)
        self._desk = desk
        self._picture = picture
        self._text = text
        self._lines = lines
        self._page: Page | None = None
        self._accepted: Container[str] = ()
        self._line: Line | None = None
        self._is_new = False
        self._is_keeping = False
        self._goal: _Goal = None
        self.editor = LineEditor(text.viewport())
        field = self.editor.field
        field.keep_wanted.connect(self._keep_and_go_on)
        field.accept_wanted.connect(self._accept)
        field.leave_wanted.connect(self.leave)
        field.word_wanted.connect(self._go_to_word)
        self.editor.grown.connect(text.place_card)
        text.edit_wanted.connect(self._open_at)
        picture.edit_wanted.connect(self._open_on_picture)
        picture.loaded.connect(self._show_picture)
        picture.line_pressed.connect(self._follow_press)
        text.left.connect(self.keep)

    # The page

    @property
    def page(self) -> Page | None:
        """The page whose lines are corrected."""
        return self._page

    @property
    def is_open(self) -> bool:
        """Whether a line is being edited."""
        return self._line is not None

    def place(self) -> tuple[Line | None, int]:
        """The line that is edited, or in which the cursor of the text is, and where in its text the caret is."""
        if self._line is not None:
            return self._line, self.editor.field.place
        at = self._text.textCursor().position()
        number = self._text.shown.line_at(at)
        if number is None:
            return None, 0
        return self._text.shown.lines[number], self._text.shown.place_in(number, at)

    def show_page(self, page: Page | None, accepted: Container[str] = ()) -> None:
        """Follows the text that is shown now: of another page, or of the same one as it is by now.

        Args:
            page: The page.
            accepted: The words that a person has accepted, which need not be checked.
        """
        self._accepted = accepted
        before, self._page = self._page, page
        line = self._line
        if line is None:
            return
        if page is None or before is None or page.id != before.id:
            if self.editor.is_changed and before is not None and not self._is_keeping:
                self._line = None
                self._do(before, line, self.editor.text)
            self._close()
        elif self._is_new and not self._is_keeping:
            self._show_new(line, self.editor.text)
        elif not self._is_keeping:
            number, typed = self._number_of(line.polygon), self.editor.text
            if number is None:
                self._close()
                if typed.strip() != line.text.strip():
                    self._desk.notices.warn(
                        _("The page was read again meanwhile, so {line} was not kept.").format(line=named(typed))
                    )
            else:
                self._show(number, typed if self.editor.is_changed else None, None)

    def next_in(self, lines: Sequence[Line]) -> int | None:
        """The number of the line that is edited next; None: none is, or one that is to be added."""
        if self._line is None or (self._is_keeping and self._goal is None) or (self._is_new and not self._is_keeping):
            return None
        polygon = self._goal[0] if self._is_keeping and self._goal is not None else self._line.polygon
        return next((number for number, line in enumerate(lines) if line.polygon == polygon), None)

    # Opening and leaving

    def open(self, number: int, choose: Span | None = None) -> None:
        """Opens the editor on a line; what was typed in another one is kept."""
        lines = self._text.shown.lines
        if self._page is not None and 0 <= number < len(lines):
            self._keep_and((lines[number].polygon, choose))

    def open_new(self, line: Line) -> None:
        """Opens the editor on a line that is not there yet; what was typed in another one is kept."""
        self.keep()
        self._is_new = True
        self._show_new(line, None)

    def leave(self) -> None:
        """Closes the editor and keeps nothing."""
        if self._line is not None:
            number = self._number_of(self._line.polygon)
            self._close()
            self._text.setFocus()
            if number is not None:
                self._text.go_to(number)
                self._lines.choose([number])

    def keep(self) -> None:
        """Keeps what was typed, and closes the editor."""
        if self._line is not None and self._is_new and not self.editor.is_changed:
            self._close()  # nobody has said yet that it was read rightly
        elif self._line is not None:
            self._keep_and(None)

    def _follow_press(self, number: int, held: Qt.KeyboardModifier) -> None:
        """While a line is being edited, a click on the picture is for the editor."""
        if self._line is not None and held == Qt.KeyboardModifier.NoModifier:
            if number == self._number_of(self._line.polygon):
                self.editor.field.setFocus()
            else:
                self.open(number)

    def _open_at(self, number: int, place: int | None) -> None:
        """Opens the editor where a person clicked: at a word."""
        if place is None:
            self.open(number)
        else:
            self.open(number, word_at(self._text.shown.lines[number].text, place))

    def _open_on_picture(self, number: int, place: QPointF | None) -> None:
        """Opens the editor with the word selected that was clicked."""
        line = self._text.shown.lines[number]
        there = [piece for piece in pieces_of(line, line.polygon) if place and contains(piece.word.polygon, place)]
        self.open(number, (there[0].start, there[0].end) if there else None)

    def _show(self, number: int, typed: str | None, choose: Span | None) -> None:
        line, self._is_new = self._text.shown.lines[number], False
        self._picture.frame_new_line(None)
        self._fill(line, typed, choose)
        self._text.open_card(number, self.editor)
        self._lines.choose([number])
        self.editor.field.setFocus()

    def _show_new(self, line: Line, typed: str | None) -> None:
        self._fill(line, typed, None)
        self._text.open_card_behind(line_above(line.polygon, self._text.shown.lines), self.editor)
        self._lines.choose([])
        self._picture.frame_new_line(line.polygon)
        self.editor.field.setFocus()

    def _fill(self, line: Line, typed: str | None, choose: Span | None) -> None:
        self._line = line
        self.moved.emit()
        way = self._text.shown.runs_left
        edited = EditedLine(line, self._doubtful(line), self._picture.picture(), self._text.pixels, way)
        self.editor.show_line(edited, typed, choose, is_new=self._is_new)

    def _close(self) -> None:
        self._line, self._is_new = None, False
        self._picture.frame_new_line(None)
        self._text.close_card()
        self.editor.hide()
        self.moved.emit()

    def _show_picture(self) -> None:
        if self.is_open:
            self.editor.show_picture(self._picture.picture())

    # Keeping

    def _keep_and_go_on(self) -> None:
        self._keep_and(self._line_after())

    def _accept(self) -> None:
        """Says that all of the text in the field is right."""
        if self._is_new:
            self._keep_and(None)
        elif self._line is not None:
            self._do_and(self._line_after())

    def _go_to_word(self, step: int) -> None:
        if not self.editor.choose_word(step) and self._line is not None:
            goal = self._word_beyond(step)
            if goal is None:
                self._desk.notices.say(_("There are no more words to check on this page."), about=self)
            else:
                self._keep_and(goal)

    @property
    def _has_something(self) -> bool:
        """Whether there is something to be kept."""
        return bool(self.editor.text.strip()) if self._is_new else self.editor.is_changed

    def _keep_and(self, goal: _Goal) -> None:
        if self._line is not None and self._has_something:
            self._do_and(goal)
        else:
            self._go_to(goal)

    def _do_and(self, goal: _Goal) -> None:
        if self._page is not None and self._line is not None and not self._is_keeping:
            self._is_keeping, self._goal = True, goal
            self.editor.field.hold()
            self._do(self._page, self._line, self.editor.text, goal)

    def _do(self, page: Page, line: Line, typed: str, goal: _Goal = None) -> None:
        text = " ".join(typed.split()) or None
        if self._is_new:
            words = _("adding of {line}").format(line=named(text or ""))
            correct(
                self._desk, page, words, [new_line(line.polygon, text or "")], partial(self._on_added, page.id, line)
            )
            return
        change = corrected(line, text)
        words, said = _("correction of {line}").format(line=named(text or "")), ""
        if text is None:
            words = _("removal of {line}").format(line=named(line.text))
            said = _("Removed {line}.").format(line=named(line.text))
        elif text == line.text:
            words = _("acceptance of {line}").format(line=named(line.text))
        correct(self._desk, page, words, [change], partial(self._on_kept, page.id, goal), said)

    def _on_added(self, page_id: int, line: Line, is_kept: bool) -> None:
        """Shows where the new line is."""
        if is_kept:
            self._is_new = False
        self._on_kept(page_id, None, is_kept)
        if is_kept and self._page is not None and self._page.id == page_id:
            number = self._number_of(line.polygon)
            if number is not None:
                self._text.go_to(number)
                self._lines.choose([number])

    def _on_kept(self, page_id: int, goal: _Goal, is_kept: bool) -> None:
        was_keeping, self._is_keeping = self._is_keeping, False
        self.editor.field.let_go()
        if was_keeping and self._page is not None and self._page.id == page_id:
            if is_kept:
                self._go_to(goal)
            else:  # what was typed stays, to be kept once that is possible
                self.editor.field.setFocus()
        if is_kept and self.is_open:
            self.editor.field.take_early()
        else:
            self.editor.field.forget_early()

    def _go_to(self, goal: _Goal) -> None:
        number = self._number_of(goal[0]) if goal is not None else None
        if goal is None or number is None:
            had_focus = self.editor.field.hasFocus()
            self._close()
            if had_focus:
                self._text.setFocus()
        else:
            self._show(number, None, goal[1])

    # Which line

    def _number_of(self, polygon: Polygon) -> int | None:
        lines = self._text.shown.lines
        return next((number for number, line in enumerate(lines) if line.polygon == polygon), None)

    def _line_after(self) -> _Goal:
        lines = self._text.shown.lines
        number = self._number_of(self._line.polygon) if self._line is not None else None
        return (lines[number + 1].polygon, None) if number is not None and number + 1 < len(lines) else None

    def _word_beyond(self, step: int) -> _Goal:
        """The next doubtful word in another line, or the last one before."""
        lines = self._text.shown.lines
        number = self._number_of(self._line.polygon) if self._line is not None else None
        if number is None:
            return None
        others = range(number + 1, len(lines)) if step > 0 else reversed(range(number))
        for other in others:
            if doubtful := self._doubtful(lines[other]):
                piece = doubtful[0 if step > 0 else -1]
                return lines[other].polygon, (piece.start, piece.end)
        return None

    def _doubtful(self, line: Line) -> Sequence[Piece]:
        pieces = pieces_of(line, line.polygon)
        if line.words:
            return [piece for piece in pieces if is_word_doubtful(piece.word, self._accepted)]
        return pieces if is_line_doubtful(line) else []
