import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from ocrdesk.ui.pages.filter_row import FilterRow

CHIPS, SEARCH = 300, 150


@pytest.fixture
def row(qtbot):
    chips, search = QPushButton("Chips"), QLineEdit()
    chips.setMinimumWidth(CHIPS)
    search.setMinimumWidth(SEARCH)
    pane = QWidget()
    row = FilterRow([chips], search, [QPushButton("Grid")])
    row.chips, row.search, row.pane = chips, search, pane
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(row)
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    return row


def is_one_row(row: FilterRow) -> bool:
    return row.search.y() < row.chips.geometry().bottom() and row.search.x() > row.chips.geometry().right()


def test_there_are_two_rows_where_one_has_no_room(qtbot, row):
    row.pane.resize(900, 200)
    qtbot.waitUntil(lambda: is_one_row(row))
    row.pane.resize(CHIPS + 60, 200)
    qtbot.waitUntil(lambda: row.search.y() > row.chips.geometry().bottom())
    assert row.search.width() >= SEARCH
    row.pane.resize(900, 200)
    qtbot.waitUntil(lambda: is_one_row(row))


def test_it_does_not_hold_the_window_open(row):
    assert row.pane.minimumSizeHint().width() < CHIPS + SEARCH


def test_chips_that_grow_push_the_search_into_a_row_of_its_own(qtbot, row):
    row.pane.resize(640, 200)
    qtbot.waitUntil(lambda: is_one_row(row))
    row.chips.setMinimumWidth(500)
    qtbot.waitUntil(lambda: row.search.y() > row.chips.geometry().bottom())
