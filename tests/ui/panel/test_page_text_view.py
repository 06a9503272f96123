from itertools import pairwise

import pytest
from fakes import cell, line
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication

from ocrdesk.engine.layout.page_text import PageText, Paragraph, Table
from ocrdesk.ui.kit.theme import token
from ocrdesk.ui.panel.page_text_view import SIZES, PageTextView
from ocrdesk.ui.panel.shown_text import MarkedWord, ShownText

TEXT = PageText(
    (
        Paragraph(((line("𠀀𠀁 rare"),), (line("second"),)), True),
        Paragraph(((line("Bread"), line("3.85")), (line("A much longer name"), line("14.60"))), False),
    )
)


@pytest.fixture
def view(qtbot):
    view = PageTextView()
    qtbot.addWidget(view)
    view.resize(600, 300)
    with qtbot.waitActive(view):
        view.show()
    view.setFocus()
    view.show_text(ShownText(TEXT, as_printed=True))
    return view


def marked(view) -> list[str]:
    return [mark.cursor.selectedText() for mark in view.extraSelections()]


def left_of(view, words: str) -> int:
    """Where words begin on the screen."""
    found = view.document().find(words)
    found.setPosition(found.selectionStart())
    return view.cursorRect(found).left()


@pytest.mark.parametrize(("number", "words"), [*enumerate(line.text for line in TEXT.lines)])
def test_each_line_is_marked_where_it_stands_even_after_rare_characters(view, number, words):
    view.choose_lines([number])
    assert marked(view) == [words]
    view.go_to(number)
    view.moveCursor(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor)
    assert words.startswith(view.textCursor().selectedText().rstrip())


def test_the_cursor_chooses_its_line_and_none_between_paragraphs(qtbot, view):
    chosen = []
    view.line_chosen.connect(chosen.append)
    view.go_to(1)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert chosen == [1, None, 2, 3]


def test_cells_stand_under_each_other(view):
    assert left_of(view, "3.85") == left_of(view, "14.60") > left_of(view, "Bread")


def test_one_cell_of_great_width_does_not_push_all_others_away(view):
    wide = Paragraph(((line("w" * 60), line("9.99")),), False)
    view.show_text(ShownText(PageText((*TEXT.blocks, wide)), as_printed=True))
    assert left_of(view, "3.85") == left_of(view, "14.60") < 340


# Tables

TABLE = Table(
    ((cell(), cell(line("Sales"), columns=2)), (cell(line("Har-"), line("bour")), cell(line("12")), cell(line("3.50"))))
)
WITH_TABLE = PageText((*TEXT.blocks, TABLE, Paragraph(((line("after"),),), True)))


def test_cells_stand_under_each_other_where_some_are_empty(view):
    view.show_text(ShownText(WITH_TABLE, as_printed=True))
    assert left_of(view, "Sales") == left_of(view, "12")


# Layout

NUMBERS = PageText((Table(tuple(tuple(cell(line(f"{row}{it},000.00")) for it in range(7)) for row in range(2))),))
PROSE = PageText((Paragraph(tuple((line("word " * 30),) for _ in range(3)), is_prose=True),))
WIDE_ROW = PageText((Paragraph(((line("Deutsch"), line("lang " * 60)), (line("b"), line("c"))), is_prose=False),))


@pytest.mark.parametrize(("width", "is_whole"), [(300, True), (900, False)])
def test_cells_are_never_broken_letter_by_letter(qtbot, view, width, is_whole):
    view.resize(width, 300)
    view.show_text(ShownText(NUMBERS, as_printed=False))
    block = view.document().begin()
    assert block.layout().lineCount() == 1
    assert block.blockFormat().nonBreakableLines() is is_whole
    assert (view.horizontalScrollBar().maximum() > 0) is is_whole


def test_rows_of_a_table_are_whole_together(view):
    first, last = NUMBERS.blocks[0].rows
    second = (last[0], cell(), cell(line("in words, not figures")), *last[3:])
    view.resize(300, 300)
    view.show_text(ShownText(PageText((Table((first, second)),)), as_printed=False))
    assert [view.document().findBlockByNumber(row).layout().lineCount() for row in (0, 1)] == [1, 1]
    assert left_of(view, "04,000.00") == left_of(view, "14,000.00")


def rows_of(view, block: int) -> list[float]:
    """Where each row of a block begins on the screen."""
    layout = view.document().findBlockByNumber(block).layout()
    return [round(layout.lineAt(number).naturalTextRect().left()) for number in range(layout.lineCount())]


def test_as_it_is_printed_no_row_is_broken(view):
    view.show_text(ShownText(PROSE, as_printed=True))
    assert [len(rows_of(view, block)) for block in range(3)] == [1, 1, 1]
    assert view.horizontalScrollBar().maximum() > 0


def test_in_paragraphs_prose_is_broken_anew_and_no_wider_than_75_letters(view):
    view.resize(2000, 400)
    view.show_text(ShownText(PROSE, as_printed=False))
    assert view.document().blockCount() == 1
    assert len(rows_of(view, 0)) > 3
    assert view.horizontalScrollBar().maximum() == 0
    letter = QFontMetricsF(view.document().defaultFont()).averageCharWidth()
    layout = view.document().firstBlock().layout()
    assert 70 * letter < layout.lineAt(0).naturalTextWidth() < 76 * letter


@pytest.mark.parametrize("is_prose", [True, False])
def test_what_is_broken_of_a_row_of_cells_stands_under_its_cell(view, is_prose):
    wide, narrow = WIDE_ROW.blocks[0].rows
    rows = PageText((Paragraph((wide,), is_prose), Paragraph((narrow,), is_prose=False)))
    view.show_text(ShownText(rows, as_printed=False))
    first, *rest = rows_of(view, 0)
    assert len(rest) > 1
    assert first == rows_of(view, 2)[0] < rest[0]
    assert len(set(rest)) == 1
    assert rest[0] == pytest.approx(left_of(view, "c"), abs=view.fontMetrics().averageCharWidth())


def test_in_a_narrow_panel_a_row_of_many_cells_is_broken_between_words_and_none_is_beside_it(view):
    cells = (line("Number 18 of the paper"), line("A paper for the lower town and more"), line("April of a year"))
    view.show_text(ShownText(PageText((Paragraph((cells,), is_prose=False),)), as_printed=False))
    for width in (600, 370, 300):
        view.resize(width, 300)
        layout = view.document().firstBlock().layout()
        assert layout.lineCount() < 8, "and not a letter a row"
        assert view.horizontalScrollBar().maximum() == 0


def test_lines_are_one_and_a_half_times_as_high_as_letters_in_any_script(view):
    rows = ((line("Latin"),), (line("河边的旧书店"),), (line("Latin"),))
    for size in SIZES:
        view.show_size(size)
        view.show_text(ShownText(PageText((Paragraph(rows, is_prose=False),)), as_printed=True))
        blocks = [view.document().findBlockByNumber(number) for number in range(3)]
        tops = [view.document().documentLayout().blockBoundingRect(block).top() for block in blocks]
        heights = [below - top for top, below in pairwise(tops)]
        assert heights[0] == heights[1] == pytest.approx(1.5 * size, abs=0.5)


def test_ctrl_and_wheel_ask_for_larger_letters(qtbot, view):
    for delta, wanted in ((120, 1), (-120, -1)):
        with qtbot.waitSignal(view.resize_wanted) as asked:
            place = QPointF(view.viewport().rect().center())
            wheel = (QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier)
            rest = (Qt.ScrollPhase.NoScrollPhase, False)
            QApplication.sendEvent(view.viewport(), QWheelEvent(place, view.mapToGlobal(place), *wheel, *rest))
        assert asked.args == [wanted]


def test_a_doubtful_word_has_a_wave_and_a_found_one_a_ground(view):
    doubtful, found = (MarkedWord(1, span, line("").polygon, False) for span in ((0, 3), (3, 6)))
    view.mark_words([doubtful])
    (mark,) = view.extraSelections()
    assert mark.cursor.selectedText() == "sec"
    assert mark.format.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
    assert mark.format.underlineColor() == token("wave")
    view.mark_words([doubtful], [found])
    (mark,) = view.extraSelections()
    assert mark.cursor.selectedText() == "ond"
    assert mark.format.background().color() == token("hit")


def test_the_line_under_the_pointer_is_told_and_framed(qtbot, view):
    told = []
    view.line_hovered.connect(told.append)
    before = view.viewport().grab().toImage()
    second = QTextCursor(view.document().findBlockByNumber(1))
    second.setPosition(second.position() + 3)
    qtbot.mouseMove(view.viewport(), view.cursorRect(second).center())
    assert told == [1]
    assert view.viewport().grab().toImage() != before
    qtbot.mouseMove(view.viewport(), QPoint(view.width() - 10, view.height() - 10))
    assert told == [1, None]
    assert view.viewport().grab().toImage() == before


def test_what_is_copied_of_it_is_plain_text(qtbot, view):
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    content = QApplication.clipboard().mimeData()
    assert content.text() == TEXT.text
    assert not content.hasHtml()


def test_a_word_is_brought_into_view_without_the_cursor(view):
    lines = [line(f"line {number}") for number in range(80)]
    view.show_text(ShownText(PageText(tuple(Paragraph(((one,),), True) for one in lines)), as_printed=True))
    before = view.textCursor().position()
    assert view.verticalScrollBar().value() == 0
    view.see_word(MarkedWord(70, (0, 4), lines[70].polygon, is_standing=False))
    place = view.cursorRect(view.cursor_at(view.shown.span(70)[0]))
    assert view.viewport().rect().contains(place)
    assert view.textCursor().position() == before
    seen = view.verticalScrollBar().value()
    view.see_word(MarkedWord(71, (0, 4), lines[71].polygon, is_standing=False))
    assert view.verticalScrollBar().value() == seen, "it is in view already"
