import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ocrdesk.engine.document import Counts
from ocrdesk.engine.library import PageFilter
from ocrdesk.ui.pages.filter_chips import FilterChips
from ocrdesk.ui.pages.filter_row import FilterRow
from ocrdesk.ui.pages.review_button import ReviewButton

CHIPS, SEARCH = 300, 150


class Chips(QPushButton):
    """Chips of which none would go."""

    def comfortable_width(self) -> int:
        return self.minimumSizeHint().width()


@pytest.fixture
def row(qtbot):
    chips, search = Chips("Chips"), QLineEdit()
    chips.setMinimumWidth(CHIPS)
    review = ReviewButton(QAction("Review 52 words", chips, iconText="Review 52"))
    search.setMinimumWidth(SEARCH)
    pane = QWidget()
    row = FilterRow(chips, review, [search, QPushButton("Grid")])
    row.chips, row.review, row.search, row.pane = chips, review, search, pane
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
    row.pane.resize(CHIPS + 200, 200)
    qtbot.waitUntil(lambda: row.search.y() > row.chips.geometry().bottom())
    assert row.search.width() >= SEARCH
    row.pane.resize(900, 200)
    qtbot.waitUntil(lambda: is_one_row(row))


def test_it_does_not_hold_the_window_open(row):
    assert row.pane.minimumSizeHint().width() < CHIPS + row.review.width() + SEARCH


def test_chips_that_grow_push_the_search_into_a_row_of_its_own(qtbot, row):
    row.pane.resize(720, 200)
    qtbot.waitUntil(lambda: is_one_row(row))
    row.chips.setMinimumWidth(500)
    qtbot.waitUntil(lambda: row.search.y() > row.chips.geometry().bottom())


def test_the_review_says_less_before_anything_else_gives_way(qtbot, row):
    row.pane.resize(CHIPS + row.review.width() + 40, 200)
    qtbot.waitUntil(lambda: row.search.y() > row.chips.geometry().bottom())
    assert row.review.text() == "Review 52 words"
    row.pane.resize(row.pane.minimumSizeHint().width(), 200)
    qtbot.waitUntil(lambda: row.review.text() == "Review 52")
    assert row.chips.width() >= CHIPS
    assert row.review.width() >= row.review.sizeHint().width()
    row.pane.resize(900, 200)
    qtbot.waitUntil(lambda: row.review.text() == "Review 52 words" and is_one_row(row))


def test_the_review_is_there_while_there_is_something_to_check(row):
    action = row.review.defaultAction()
    action.setEnabled(False)
    assert not row.review.isVisible()
    action.setText("Review 3 words")
    action.setEnabled(True)
    assert row.review.isVisible()
    assert row.review.accessibleName() == "Review 3 words"


def test_the_review_says_less_before_chips_go_that_have_pages(qtbot):
    chips = FilterChips()
    chips.set_counts(Counts(total=15, done=13, failed=2, doubtful=12, blank=1))
    review = ReviewButton(QAction("Review 52 words", chips, iconText="Review 52"))
    row = FilterRow(chips, review, [QLineEdit()])
    qtbot.addWidget(row)
    with qtbot.waitExposed(row):
        row.show()
    for width in range(900, row.minimumSizeHint().width(), -1):
        row.resize(width, 80)
        QApplication.processEvents()
        blank = chips.findChild(QPushButton, f"chip{PageFilter.BLANK.value.capitalize()}")
        assert not (blank.isHidden() and review.text() == "Review 52 words"), width
