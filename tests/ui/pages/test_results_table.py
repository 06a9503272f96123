from pathlib import Path

import pytest
from fakes import broken_image, draw_pages
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QMenu

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.ui.kit.badges import badge_of
from ocrdesk.ui.kit.theme import status_colour, token
from ocrdesk.ui.pages.columns import COLUMNS, FILE, LINES, SECONDS, STATUS, TEXT, TO_CHECK
from ocrdesk.ui.pages.results_table import ResultsTable, cut, folder_and_name

LOCKED = Page(1, 1, Path("a.pdf"), 0, "a.pdf", PageStatus.FAILED, locked=True)


def table_of(desk) -> ResultsTable:
    return desk.child("resultsTable", ResultsTable)


def shown(table: ResultsTable) -> list[str]:
    return [column.heading for number, column in enumerate(COLUMNS) if not table.isColumnHidden(number)]


def choose_column(qtbot, table: ResultsTable, heading: str) -> None:
    """Chooses a column in the menu of the headings."""
    offered: list[str] = []

    def pick() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        offered.extend(action.text() for action in menu.actions())
        next(action for action in menu.actions() if action.text() == heading).trigger()
        menu.close()

    QTimer.singleShot(0, pick)
    table.horizontalHeader().customContextMenuRequested.emit(QPoint(10, 5))
    assert offered == ["Status", "Lines", "To check", "Confidence", "Corrected", "Seconds"]


def test_the_longest_state_has_room_in_its_column(desk):
    table = table_of(desk)
    table.setColumnHidden(STATUS, False)
    words = badge_of(LOCKED).words
    rect = table.fontMetrics().boundingRect(0, 0, 999, 99, Qt.AlignmentFlag.AlignLeft, words)
    assert rect.width() + 34 <= table.columnWidth(STATUS)


@pytest.mark.parametrize("width", [404, 616, 1400])
def test_the_text_takes_the_room_that_is_left_and_nothing_scrolls_sideways(desk, scans, width):
    desk.show_read(scans, 2)
    desk.actions["view_table"].trigger()
    table = table_of(desk)
    table.parentWidget().setFixedWidth(width)
    desk.until(lambda: table.width() == width)
    assert sum(table.columnWidth(number) for number in range(len(COLUMNS))) <= table.viewport().width()
    assert not table.horizontalScrollBar().isVisible()
    assert shown(table) == ["Page", "Text", "Lines", "To check"]


def test_columns_can_be_chosen_and_are_there_again_at_the_next_start(open_desk, scans):
    desk = open_desk()
    choose_column(desk.qtbot, table_of(desk), "Seconds")
    choose_column(desk.qtbot, table_of(desk), "Lines")
    assert shown(table_of(desk)) == ["Page", "Text", "To check", "Seconds"]
    desk.quit()
    desk = open_desk()
    assert shown(table_of(desk)) == ["Page", "Text", "To check", "Seconds"]
    assert table_of(desk).columnWidth(SECONDS) == COLUMNS[SECONDS].width


def test_where_a_name_is_too_long_its_folder_is_cut_first(qapp):
    metrics = QFontMetrics(qapp.font())

    def parts(room: str) -> tuple[str, str]:
        return folder_and_name("2024/april/letters.png", metrics, metrics.horizontalAdvance(room))

    assert parts("2024/april/letters.png ") == ("2024/april/", "letters.png")
    folder, name = parts("2024/aprletters.png")
    assert (folder[0], folder[-3:], name) == ("…", "il/", "letters.png")
    folder, name = parts("letters.p")
    assert ("…" in name, name[-2:], "april" in folder) == (True, "ng", False)


def test_a_failed_page_shows_why_in_the_place_of_its_text(desk, scans):
    draw_pages(scans, 1)
    broken_image(scans / "2.png")
    desk.drop(scans)
    desk.until_read()
    desk.actions["view_table"].trigger()
    table = table_of(desk)
    why = desk.model.index(1, TEXT).data()
    assert why.startswith("The picture is")
    assert desk.model.index(0, FILE).data() == "1.png"

    def shows(colour: QColor, row: int, column: int) -> bool:
        """Whether a cell has a colour, or one that is nearly the same: letters of some fonts are all edge."""
        picture = table.viewport().grab(table.visualRect(desk.model.index(row, column))).toImage()
        seen = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
        wanted = colour.getRgb()
        return any(all(abs(a - b) < 16 for a, b in zip(wanted, QColor(it).getRgb(), strict=True)) for it in seen)

    assert (
        table.reach_of_text(desk.model.index(1, TEXT)).right()
        == table.visualRect(desk.model.index(1, TO_CHECK)).right()
    )
    assert table.reach_of_text(desk.model.index(0, TEXT)) == table.visualRect(desk.model.index(0, TEXT))
    assert shows(token("red"), 1, LINES), "the reason goes on"
    for chosen in ("1.png", "2.png"):
        desk.choose(chosen)
        for colour in (status_colour("failed"), token("red")):
            assert shows(colour, 1, TEXT), "chosen or not"
            assert not shows(colour, 0, TEXT)


@pytest.mark.parametrize("words", ["", "short", "iiiiiiiiiiiiii" * 40, "WWWWWWW" * 40, "two words " * 60, "漢字" * 90])
@pytest.mark.parametrize("width", [0, 30, 200, 900])
def test_words_are_cut_as_qt_cuts_the_whole_text(qapp, words, width):
    metrics = QFontMetrics(QFont())
    assert cut(words, metrics, width) == metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
