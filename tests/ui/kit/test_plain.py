import pytest
from PySide6.QtGui import QTextDocument

from ocrdesk.ui.kit.plain import plainly


@pytest.mark.parametrize("text", ["<b>x</b>", "a<b>c\n93 % sure", "/scans/<i>/1 & 2.png"])
def test_what_looks_like_markup_is_shown_letter_for_letter(text):
    document = QTextDocument()
    document.setHtml(plainly(text))
    assert document.toPlainText().replace("\u2028", "\n") == text
    assert plainly(text) != text


@pytest.mark.parametrize("text", ["a<b", "x & y", "two\nlines", "1.png", ""])
def test_what_is_plain_stays_as_it_is(text):
    assert plainly(text) == text
