import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from ocrdesk.ui.kit.directions import draw_as_read, layout_direction
from ocrdesk.ui.review.word_field import WordField

LEFT, RIGHT = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight


@pytest.mark.parametrize(
    ("text", "page", "direction"),
    [("שלום", None, LEFT), ("word", None, RIGHT), ("שלום Office", True, LEFT), ("", None, RIGHT)],
)
def test_a_text_is_laid_out_as_it_is_read(text, page, direction):
    assert layout_direction(text, page) == direction


def test_a_word_that_is_checked_is_laid_out_as_it_is_read(qtbot):
    field = WordField()
    qtbot.addWidget(field)
    for text, direction in (("ב-2024", LEFT), ("2024", RIGHT), ("word", RIGHT)):
        field.show_word(text)
        assert field.layoutDirection() == direction


def ink_of(words, side, qapp):
    """From where to where words are drawn in a place 300 pixels wide."""
    image = QImage(300, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw_as_read(painter, image.rect(), side | Qt.AlignmentFlag.AlignVCenter, words)
    assert painter.layoutDirection() == RIGHT
    painter.end()
    inked = [x for x in range(300) if any(image.pixelColor(x, y).lightness() < 128 for y in range(40))]
    return inked[0], inked[-1]


def test_what_is_read_from_the_right_is_drawn_at_the_other_side(qapp):
    left, absolute = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
    assert ink_of("word", left, qapp)[0] < 10
    assert ink_of("שלום", left, qapp)[1] > 290
    assert ink_of("שלום", absolute, qapp)[0] < 10
