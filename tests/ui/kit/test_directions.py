import pytest
from PySide6.QtCore import Qt

from ocrdesk.ui.kit.directions import layout_direction
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
