"""The text of a page, in which each line can be found and marked."""

from bisect import bisect_right
from functools import partial
from itertools import accumulate

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.page_text import PageText, Table
from ocrdesk.engine.quality import is_line_doubtful
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.table_clipboard import copy_tables
from ocrdesk.ui.kit.theme import SPACE, status_colour

WIDEST_CELL = 26
"""A cell wider than this many letters pushes what follows it to a later tab stop, but not that of all other rows."""


class PageTextView(QPlainTextEdit):
    """Shows a ``PageText``; Ctrl+C copies what is marked in it, else the window copies the chosen pages.

    Attributes:
        line_chosen: The cursor was put into a line; carries its number, None between paragraphs.
    """

    line_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("textView")
        self.setReadOnly(True)
        self.setAccessibleName(_("Text of the page"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(1.5 * SPACE)
        self._lines: list[Line] = []
        self._places: list[tuple[int, int]] = []
        self._tables: list[tuple[range, Table]] = []
        self._doubtful_below = 0.0
        self.cursorPositionChanged.connect(self._on_cursor)

    def show_text(self, text: PageText, doubtful_below: float) -> None:
        """Shows the text of another page, or of the same one in another way."""
        self._lines, self._doubtful_below = text.lines, doubtful_below
        self._places = _places_in_document(text)
        self._tables = _tables_by_rows(text)
        self._set_tab_stops(text)
        self.setPlainText(text.text)

    def go_to(self, number: int) -> None:
        """Puts the cursor at the beginning of a line and brings it into view."""
        cursor = self.textCursor()
        cursor.setPosition(self._places[number][0])
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def mark(self, chosen: int | None) -> None:
        """Gives one line a ground of its own, and underlines the doubtful ones."""
        marks = [
            self._underlined(place)
            for line, place in zip(self._lines, self._places, strict=True)
            if is_line_doubtful(line, self._doubtful_below)
        ]
        if chosen is not None:
            marks.insert(0, self._highlighted(self._places[chosen]))
        self.setExtraSelections(marks)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        row = self.cursorForPosition(event.pos()).blockNumber()
        for rows, table in self._tables:
            if row in rows:
                copy = QAction(icon("table"), _("Copy as table"), menu, objectName="copyAsTable")
                copy.triggered.connect(partial(copy_tables, [table]))
                menu.insertAction(menu.actions()[0], copy)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
            and self.textCursor().hasSelection()
        ):
            event.accept()
            return True
        return bool(super().event(event))

    def _on_cursor(self) -> None:
        if self.hasFocus():
            place = self.textCursor().position()
            number = bisect_right(self._places, place, key=lambda span: span[0]) - 1
            is_in_line = number >= 0 and place <= self._places[number][1]
            self.line_chosen.emit(number if is_in_line else None)

    def _set_tab_stops(self, text: PageText) -> None:
        """Puts the cells of rows under each other."""
        metrics = QFontMetricsF(self.font())
        gap, widest = metrics.horizontalAdvance("00"), metrics.horizontalAdvance("n") * WIDEST_CELL
        widths: list[float] = []
        for row in text.text.split("\n"):
            *cells, _ = row.split("\t")
            widths += [0.0] * (len(cells) - len(widths))
            for number, cell in enumerate(cells):
                widths[number] = max(widths[number], min(metrics.horizontalAdvance(cell), widest) + gap)
        option = QTextOption(self.document().defaultTextOption())
        option.setTabs([QTextOption.Tab(stop, QTextOption.TabType.LeftTab) for stop in accumulate(widths)])
        option.setTabStopDistance(2 * gap)
        self.document().setDefaultTextOption(option)

    def _underlined(self, place: tuple[int, int]) -> QTextEdit.ExtraSelection:
        mark = self._selection(place)
        mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        mark.format.setUnderlineColor(status_colour("doubtful"))
        return mark

    def _highlighted(self, place: tuple[int, int]) -> QTextEdit.ExtraSelection:
        mark = self._selection(place)
        ground = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        ground.setAlpha(56)
        mark.format.setBackground(ground)
        return mark

    def _selection(self, place: tuple[int, int]) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = self.textCursor()
        mark.cursor.setPosition(place[0])
        mark.cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
        return mark


def _tables_by_rows(text: PageText) -> list[tuple[range, Table]]:
    """The tables, each with the numbers of its rows in the text."""
    found: list[tuple[range, Table]] = []
    row = 0
    for block in text.blocks:
        rows = range(row, row + len(block.rows))
        if isinstance(block, Table):
            found.append((rows, block))
        row = rows.stop + 1
    return found


def _places_in_document(text: PageText) -> list[tuple[int, int]]:
    """Where each line stands for Qt, which counts rare characters twice."""
    places = list(text.places())
    rare = [place for place, letter in enumerate(text.text) if ord(letter) > 0xFFFF]
    if not rare:
        return places
    return [(start + bisect_right(rare, start - 1), end + bisect_right(rare, end - 1)) for start, end in places]
