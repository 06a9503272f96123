import pytest
from edited_page import read
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ocrdesk.engine.document import Line
from ocrdesk.ui.panel.line_crop import LEAST, LineCrop, Picture, Row, _laid_straight

LINE = read("one two three four", 100)  # 350 × 24 pixels of the page, from x = 10


@pytest.fixture
def crop(qtbot):
    crop = LineCrop()
    qtbot.addWidget(crop)
    return crop


def picture(zoom=1.0, scale=1.0) -> Picture:
    """A white page on which the line is black."""
    pixmap = QPixmap(round(400 / scale), round(200 / scale))
    pixmap.fill(Qt.GlobalColor.white)
    painter = QPainter(pixmap)
    painter.fillRect(round(10 / scale), round(100 / scale), round(350 / scale), round(24 / scale), Qt.GlobalColor.black)
    painter.end()
    return Picture(pixmap, (scale, scale), zoom)


def black(crop) -> list[int]:
    """How much of the middle of each row is black."""
    image = crop.grab().toImage()
    rows = crop._rows(crop.width())
    return [
        sum(image.pixelColor(x, round(row.rect.center().y())).lightness() < 90 for x in range(image.width()))
        for row in rows
    ]


def test_in_a_column_it_has_the_height_that_its_width_asks_for(qtbot):
    card, crop = QWidget(), LineCrop()
    qtbot.addWidget(card)
    column = QVBoxLayout(card)
    for part in (crop, QLabel("below")):
        column.addWidget(part)
    card.resize(120, 200)
    crop.show_line(picture(), LINE)
    card.show()
    crop.sizeHint()  # which the layout keeps
    for width, zoom in ((300, 2.0), (700, 2.5), (200, 1.0)):
        crop.show_line(picture(zoom), LINE)
        card.resize(width, column.totalHeightForWidth(width))
        column.activate()
        assert crop.height() == crop.heightForWidth(crop.width())


def test_it_is_larger_than_on_the_page_and_never_tiny(crop):
    crop.show_line(picture(zoom=1.0), LINE)
    assert [row.scale for row in crop._rows(900)] == [1.3]
    crop.show_line(picture(zoom=0.1), LINE)
    assert [row.scale for row in crop._rows(900)] == [LEAST / 24]


@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_all_of_the_line_is_seen_whatever_the_size_of_the_picture(crop, scale):
    crop.show_line(picture(zoom=1.0, scale=scale), LINE)
    crop.resize(900, crop.heightForWidth(900))
    assert black(crop) == [pytest.approx(1.3 * 350, abs=4)]


def test_a_line_that_is_wider_is_broken_between_words(crop):
    crop.show_line(picture(zoom=1.5), LINE)  # 682 wide
    crop.resize(440, crop.heightForWidth(440))
    rows = crop._rows(440)
    assert [row.scale for row in rows] == [pytest.approx(1.95)] * 2
    assert sum(black(crop)) >= 1.95 * 350 * 0.93, "only the white between words may be missing"
    assert crop.heightForWidth(440) > crop.heightForWidth(900)


def test_one_word_that_is_wider_than_all_there_is_becomes_smaller(crop):
    crop.show_line(picture(zoom=2.0), read("Donaudampfschiff", 100))
    (row,) = crop._rows(300)
    assert row.scale < 1
    assert row.rect.right() <= 300


def test_doubtful_words_are_tinted(crop):
    crop.show_line(picture(), LINE, {1})
    plain = QPixmap(400, 200)
    plain.fill(Qt.GlobalColor.white)
    crop.show_line(Picture(plain, (1, 1), 1.0), LINE, {1})
    crop.resize(900, crop.heightForWidth(900))
    image = crop.grab().toImage()
    (row,) = crop._rows(900)
    y = round(row.rect.center().y())
    tinted = [x for x in range(10, 600) if image.pixelColor(x, y) != QColor("white")]
    assert 1.3 * 350 * 4 / 18 - 20 < tinted[0] < 1.3 * 350 * 4 / 18 + 30
    assert tinted[-1] < 1.3 * 350 * 8 / 18 + 40


def test_a_slanted_line_is_laid_straight(crop):
    slanted = Line("one", 1.0, ((10, 10), (190, 40), (186, 64), (6, 34)))
    crop.show_line(picture(), slanted)
    (row,) = crop._rows(900)
    assert row.rect.height() < 2 * 1.3 * 25


def test_characters_from_top_to_bottom_stand_beside_each_other(crop):
    words = tuple(
        read(letter, 0).words[0].__class__(letter, 1.0, ((10, y), (40, y), (40, y + 30), (10, y + 30)))
        for letter, y in (("河", 0), ("边", 30), ("店", 60))
    )
    crop.show_line(picture(), Line("河边店", 1.0, ((10, 0), (40, 0), (40, 90), (10, 90)), words))
    lefts = [row.rect.left() for row in crop._rows(900)]
    assert lefts == sorted(lefts)
    assert len(set(lefts)) == 3


def test_without_a_picture_there_is_nothing(crop):
    crop.show_line(None, LINE)
    assert crop.heightForWidth(400) == 0


def test_what_lies_straight_fills_its_row():
    slanted = ((10.0, 10.0), (190.0, 40.0), (186.0, 64.0), (6.0, 34.0))
    row = Row(slanted, 1.0, QRectF(0, 0, 183, 25))
    corners = [_laid_straight(row).map(QPointF(*corner)) for corner in slanted]
    wanted = [row.rect.topLeft(), row.rect.topRight(), row.rect.bottomRight(), row.rect.bottomLeft()]
    assert all((corner - place).manhattanLength() < 2 for corner, place in zip(corners, wanted, strict=True))
