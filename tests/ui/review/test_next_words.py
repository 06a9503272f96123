"""The pictures of the words that come next, on grounds of both looks."""

import numpy as np
import pytest
from fakes import words_line
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.library.doubts import Doubt
from ocrdesk.engine.review.item import item_of
from ocrdesk.ui.kit.images import to_image
from ocrdesk.ui.kit.strips import NEXT_HEIGHT, Strip
from ocrdesk.ui.kit.theme import apply_appearance, token
from ocrdesk.ui.review.next_words import ROW, NextWords
from ocrdesk.ui.review.shown_words import Shown


@pytest.fixture(params=["light", "dark"])
def row(request, qtbot, tmp_path):
    """A word at the left edge of its page."""
    apply_appearance(QApplication.instance(), request.param)
    line = words_line(("ovor", 0.1), top=40)
    x, y = line.words[0].middle
    item = item_of([line], Doubt(0.1, 1, x, y), ())
    paper = to_image(np.full((200, 300, 3), 255, np.uint8))
    page = Page(1, 1, tmp_path / "a.png", 0, "a.png", PageStatus.DONE, width=300, height=200)
    words = NextWords()
    qtbot.addWidget(words)
    words.show_words([Shown(item, page, (1, 1), ("the word is in no list",), Strip(paper, 0, 0, 1))])
    words.resize(QSize(856, ROW))
    yield words.grab().toImage()
    apply_appearance(QApplication.instance(), "light")


def test_the_page_lies_on_the_ground_of_pictures_and_has_an_edge(row):
    middle, top = ROW // 2, (ROW - NEXT_HEIGHT) // 2
    assert row.pixelColor(20, middle) == token("desk"), "beside the page"
    assert row.pixelColor(420, middle + 10) == "white"
    assert row.pixelColor(420, top) == token("border")
