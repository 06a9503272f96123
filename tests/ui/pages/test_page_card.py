"""What a card says below its picture, and what it shows of a page that failed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from ocrdesk.engine.document import PageStatus
from ocrdesk.ui.pages.page_card import PageCard, in_two_lines, lines_of_name

REASON = "The picture is cut off: only the upper 51% are there. Copy or scan it again, then retry."


class Index:
    """One page of a model."""

    def __init__(self, page, thumbnail: QPixmap | None) -> None:
        self._page, self._thumbnail = page, thumbnail

    def data(self, role):
        return self._thumbnail if role == Qt.ItemDataRole.DecorationRole else self._page


@pytest.fixture
def page(library, read_batch):
    _, pages = read_batch
    return library.page(pages[3])


@pytest.fixture
def card(qtbot):
    view = QListView()
    qtbot.addWidget(view)
    return PageCard(view)


@pytest.fixture
def painted(card):
    """Paints the card of a page; gives the picture, and which words were written on it."""

    def paint(page, thumbnail=None):
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, card.size().width(), card.size().height())
        option.state = QStyle.StateFlag.State_Enabled
        image = QImage(option.rect.size(), QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        card.paint(painter, option, Index(page, thumbnail))
        painter.end()
        return image

    return paint


def test_words_that_are_too_long_for_a_line_go_on_in_a_second_one_which_is_cut_off(qapp):
    font = QFont()
    metrics = QFontMetrics(font)
    width = metrics.horizontalAdvance("a long reason why ")  # parts of pixels of letters may add up to one
    lines = in_two_lines("a long reason why a page failed that nobody could foresee", font, width)
    assert lines[0] == "a long reason why"
    assert lines[1].startswith("a page")
    assert lines[1].endswith("…")
    assert all(metrics.horizontalAdvance(line) <= width for line in lines)
    assert in_two_lines("short", font, width) == ["short"]
    assert in_two_lines("", font, width) == []


def test_a_failed_page_says_why_without_what_to_do(card, page):
    palette = card.parent().palette()
    assert card._what_is_said(replace(page, message=REASON), palette)[0] == "The picture is cut off"
    assert card._what_is_said(page, palette)[0] == "The file is empty"


def test_a_failed_page_shows_what_is_there_of_it(painted, page):
    there = QPixmap(40, 60)
    there.fill(QColor("blue"))
    middle = painted(page, there).rect().center()
    assert painted(page, there).pixelColor(middle) == QColor("blue")


def test_a_failed_page_without_a_picture_is_an_empty_page_with_a_dashed_edge(painted, page, card):
    top = card.picture_height // 8  # beside the symbol, which is in the middle
    row = painted(page).copy(0, top, card.size().width(), card.picture_height // 4)
    assert row.pixelColor(row.rect().center()) == QColor("white"), "it is filled as one that is being loaded is"
    edge = next(
        x for x in range(row.width()) if any(row.pixelColor(x, y) != QColor("white") for y in range(row.height()))
    )
    painted_pixels = [row.pixelColor(edge, y) != QColor("white") for y in range(row.height())]
    assert True in painted_pixels
    assert False in painted_pixels
    waiting = painted(replace(page, status=PageStatus.PENDING, message=None))
    assert waiting.pixelColor(card.size().width() // 2, top + 20) != QColor("white")


def test_a_corrected_page_of_which_nothing_is_to_check_says_so(card, page):
    palette, page = card.parent().palette(), replace(page, status=PageStatus.DONE, message=None, line_count=3)
    assert card._what_is_said(replace(page, to_check=0, corrected=0), palette)[0] == ""
    assert card._what_is_said(replace(page, to_check=0, corrected=2), palette)[0] == "✎ 2 corrected"
    assert "corrected" not in card._what_is_said(replace(page, to_check=3, corrected=2), palette)[0]


def test_a_long_name_goes_on_in_a_second_line_at_a_blank_and_is_else_cut_in_its_middle(qapp):
    font = QFont()
    width = QFontMetrics(font).horizontalAdvance("Pasted 2026-11-29 20")
    pasted = "Pasted/Pasted 2026-11-29 20.03.58.png"
    assert lines_of_name(pasted, font, width, 2) == ["Pasted 2026-11-29", "20.03.58.png"]
    assert "…" in lines_of_name(pasted, font, width, 1)[0]
    (cut,) = lines_of_name("a_long_name_of_a_page_without_blanks_0001.png", font, width, 2)
    assert (cut[0], "…" in cut, cut[-4:]) == ("a", True, ".png")
    assert lines_of_name("april/short.png", font, width, 2) == ["short.png"]
