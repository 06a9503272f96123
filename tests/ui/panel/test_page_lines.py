import pytest
from fakes import cell, draw_pages, line
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMainWindow

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.layout.page_text import PageText, Paragraph, Table
from ocrdesk.ui.panel.page_lines import PageLines
from ocrdesk.ui.panel.page_text_view import PageTextView
from ocrdesk.ui.panel.picture_view import PictureView
from ocrdesk.ui.panel.shown_text import ShownText
from ocrdesk.ui.window.menus import make_actions

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
LINES = tuple((line(f"line {row}", left=10, top=40 * row + 10, width=200, height=20),) for row in range(4))
TABLE = Table(
    ((cell(), cell(line("Sales", top=180), columns=2)), tuple(map(cell, map(line, ("Bourne", "12", "3.50")))))
)
OF_LINES = (
    "Correct this line",
    "Accept as it is",
    "Put back what was read",
    "Join lines",
    "Split the line here",
    "Move up",
    "Move down",
    "No text here",
)
TEXT = PageText((Paragraph(LINES, is_prose=False), TABLE))


@pytest.fixture
def lines(qtbot, decoder, lanes, scans):
    """The lines of a page in a window, all of the page in view."""
    window = QMainWindow()
    qtbot.addWidget(window)
    picture, text = PictureView(decoder, lanes), PageTextView()
    window.setCentralWidget(picture)
    text.setParent(window)
    text.setGeometry(420, 0, 300, 400)
    window.resize(420, 420)
    lines = PageLines(picture, text, make_actions(), window)
    (path,) = draw_pages(scans, 1)
    page = Page(1, 1, path, 0, path.name, PageStatus.DONE, width=400, height=400)
    with qtbot.waitActive(window):
        window.show()
    text.show_text(ShownText(TEXT, as_printed=True))
    with qtbot.waitSignal(picture.loaded):
        picture.show_page(page, TEXT.lines)
    QApplication.clipboard().setText("before")
    yield lines
    window.close()


@pytest.fixture
def click(qtbot, lines):
    def one(number, keys=NONE):
        place = lines._picture.mapFromScene(QPointF(30, 40 * number + 20))
        qtbot.mouseClick(lines._picture.viewport(), Qt.MouseButton.LeftButton, keys, place)

    return one


def menu_on(view, place, choose: str = "") -> dict[str, bool]:
    """What the menu at a place of a view has, and whether it can be chosen; one entry is."""
    found: dict[str, bool] = {}

    def look() -> None:
        menu = QApplication.activePopupWidget()
        for action in menu.actions():
            if not action.isSeparator():
                found[action.text()] = action.isEnabled()
            if action.text() == choose:
                action.trigger()
        menu.close()

    QTimer.singleShot(0, look)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    return found


def on_line(lines, number):
    return lines._picture.mapFromScene(QPointF(30, 40 * number + 20))


def in_row(text, row):
    return text.cursorRect(QTextCursor(text.document().findBlockByNumber(row))).center()


def marked(lines) -> list[str]:
    return [mark.cursor.selectedText() for mark in lines._text.extraSelections()]


def test_a_click_chooses_one_line_with_ctrl_more_and_with_shift_all_between(lines, click):
    click(1)
    assert lines.chosen == [1]
    click(3, CTRL)
    assert lines.chosen == [1, 3]
    assert marked(lines) == ["line 1", "line 3"]
    click(1, CTRL)
    assert lines.chosen == [3]
    click(0, SHIFT)
    assert lines.chosen == [3, 2, 1, 0]
    click(2)
    assert lines.chosen == [2]


def test_chosen_lines_are_copied_in_their_order_with_the_keys_for_it(qtbot, lines, click):
    lines._picture.setFocus()
    click(3)
    click(1, CTRL)
    qtbot.keyClick(lines._picture, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "line 1\nline 3"


def test_the_menu_on_the_picture_copies_the_line_under_the_pointer(lines, click):
    found = menu_on(lines._picture, on_line(lines, 2), choose="Copy line")
    assert list(found) == [
        *OF_LINES,
        "Copy",
        "Copy line",
        "Select all",
        "Read again",
        "Read again in another mode",
        "Show in folder",
    ]
    assert QApplication.clipboard().text() == "line 2"
    click(0)
    click(1, CTRL)
    menu_on(lines._picture, on_line(lines, 1), choose="Copy")
    assert QApplication.clipboard().text() == "line 0\nline 1", "it stays with what is chosen"
    menu_on(lines._picture, on_line(lines, 1), choose="Select all")
    assert lines.chosen == list(range(8))


def test_beside_all_lines_there_is_no_line_to_copy(lines):
    found = menu_on(lines._picture, lines._picture.mapFromScene(QPointF(390, 390)))
    assert found["Copy line"] is False
    assert found["Copy"] is False


def test_the_menu_on_the_text_copies_the_line_under_the_pointer(lines):
    found = menu_on(lines._text, in_row(lines._text, 1), choose="Copy line")
    assert list(found) == [
        *OF_LINES,
        "Copy",
        "Copy line",
        "Select all",
        "Read again",
        "Read again in another mode",
        "Show in folder",
    ]
    assert found["Copy"] is False
    assert QApplication.clipboard().text() == "line 1"
    menu_on(lines._text, in_row(lines._text, 1), choose="Select all")
    assert menu_on(lines._text, in_row(lines._text, 1), choose="Copy")["Copy"] is True
    assert QApplication.clipboard().text() == TEXT.text


@pytest.mark.parametrize("row", [5, 6])
def test_a_table_is_copied_as_cells_and_as_text(lines, row):
    menu_on(lines._text, in_row(lines._text, row), choose="Copy as table")
    content = QApplication.clipboard().mimeData()
    assert content.text() == "\tSales\nBourne\t12\t3.50"
    assert '<td colspan="2">Sales</td>' in content.html()
    assert "Copy as table" not in menu_on(lines._text, in_row(lines._text, 2))


def test_a_line_under_the_pointer_is_framed_on_the_other_side_too(lines):
    lines._picture.line_hovered.emit(2)
    assert lines._text._hovered == 2
    lines._text.line_hovered.emit(1)
    assert [item.data(0) for item in lines._picture.marks.lines if item.pen().style() is Qt.PenStyle.SolidLine] == [1]


def test_menus_show_the_keys_that_hold_where_they_are(lines):
    def keys_of(view, place):
        found = {}

        def look():
            menu = QApplication.activePopupWidget()
            found.update({action.text(): action.shortcut().toString() for action in menu.actions()})
            menu.close()

        QTimer.singleShot(0, look)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
        QApplication.sendEvent(view.viewport(), event)
        return [found[words] for words in ("Correct this line", "No text here", "Join lines", "Split the line here")]

    assert keys_of(lines._picture, on_line(lines, 2)) == ["F2", "Del", "Ctrl+J", "Ctrl+Shift+Return"]
    assert keys_of(lines._text, in_row(lines._text, 1)) == ["F2", "", "Ctrl+J", "Ctrl+Shift+Return"]
