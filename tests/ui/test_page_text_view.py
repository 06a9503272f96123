import pytest
from fakes import cell, line
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from ocrdesk.engine.layout.page_text import PageText, Paragraph, Table
from ocrdesk.ui.page_text_view import PageTextView

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
    view.show_text(TEXT, 0.5)
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
    view.mark(number)
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
    view.show_text(PageText((*TEXT.blocks, wide)), 0.5)
    assert left_of(view, "3.85") == left_of(view, "14.60") < 300


# Tables

TABLE = Table(
    (
        (cell(), cell(line("Sales"), columns=2)),
        (cell(line("Har-"), line("bour")), cell(line("12")), cell(line("3.50"))),
    )
)
WITH_TABLE = PageText((*TEXT.blocks, TABLE, Paragraph(((line("after"),),), True)))


def menu_at(view, row: int) -> dict[str, QAction]:
    """The menu that a right click on a row of the text opens, by the words of its actions; it is closed again."""
    found: dict[str, QAction] = {}

    def look() -> None:
        menu = QApplication.activePopupWidget()
        found.update({action.text().replace("&", "").partition("\t")[0]: action for action in menu.actions()})
        if "Copy as table" in found:
            found["Copy as table"].trigger()
        menu.close()

    place = view.cursorRect(QTextCursor(view.document().findBlockByNumber(row))).center()
    QTimer.singleShot(0, look)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    return found


@pytest.mark.parametrize("row", [6, 7])
def test_a_table_is_copied_as_cells_and_as_text(view, row):
    view.show_text(WITH_TABLE, 0.5)
    assert "Select All" in menu_at(view, row)
    content = QApplication.clipboard().mimeData()
    assert content.text() == "\tSales\nHarbour\t12\t3.50"
    assert '<td colspan="2">Sales</td>' in content.html()


@pytest.mark.parametrize("row", [0, 3, 5, 8, 9])
def test_elsewhere_there_is_no_table_to_copy(view, row):
    view.show_text(WITH_TABLE, 0.5)
    assert "Copy as table" not in menu_at(view, row)


def test_cells_stand_under_each_other_where_some_are_empty(view):
    view.show_text(WITH_TABLE, 0.5)
    assert left_of(view, "Sales") == left_of(view, "12")
