import pytest
from fakes import cell, line
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from ocrdesk.engine.layout.page_text import PageText, Paragraph, Table
from ocrdesk.ui.panel.page_text_view import PageTextView
from ocrdesk.ui.panel.shown_text import ShownText

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
    (
        (cell(), cell(line("Sales"), columns=2)),
        (cell(line("Har-"), line("bour")), cell(line("12")), cell(line("3.50"))),
    )
)
WITH_TABLE = PageText((*TEXT.blocks, TABLE, Paragraph(((line("after"),),), True)))


def test_cells_stand_under_each_other_where_some_are_empty(view):
    view.show_text(ShownText(WITH_TABLE, as_printed=True))
    assert left_of(view, "Sales") == left_of(view, "12")
