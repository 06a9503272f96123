"""How words are marked on the picture of a page."""

import threading

import pytest
from fakes import PATIENCE, polygon
from picture_views import LINES, drawn_lines, page_of, picture_size, show
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPixmap

from ocrdesk.ui.kit import motion
from ocrdesk.ui.kit.theme import token
from ocrdesk.ui.panel.shown_text import MarkedWord

WORD = MarkedWord(0, (0, 5), polygon(100, 100, 100, 40), is_standing=False)


def colour_at(picture_view, x, y):
    return picture_view.viewport().grab().toImage().pixelColor(picture_view.mapFromScene(QPointF(x, y)))


@pytest.fixture
def white(qtbot, picture_view, scans):
    """A white page with black print in the middle of its word, shown one to one."""
    image = Image.new("RGB", (400, 200), "white")
    image.paste("black", (140, 110, 160, 130))
    path = scans / "white.png"
    image.save(path)
    picture_view.resize(460, 300)
    show(qtbot, picture_view, page_of(path))
    return picture_view


def test_a_doubtful_word_is_tinted_a_little_longer_than_it_was_measured_and_its_print_stays_black(white):
    white.mark_words([WORD])
    tinted = colour_at(white, 120, 120)
    assert tinted.name() != "#ffffff"
    assert tinted.red() > tinted.green() > tinted.blue()
    assert colour_at(white, 150, 120).name() == "#000000"
    assert colour_at(white, 100 - 0.12 * 40, 120) == tinted
    assert colour_at(white, 200 + 0.07 * 40, 120) == tinted
    assert colour_at(white, 100 - 0.25 * 40, 120).name() == "#ffffff"
    assert colour_at(white, 200 + 0.2 * 40, 120).name() == "#ffffff"


def test_what_was_found_is_marked_and_doubt_is_not_shown_beside_it(white):
    found = MarkedWord(0, (0, 5), polygon(250, 100, 60, 40), is_standing=False)
    white.mark_words([WORD], [found])
    assert colour_at(white, 280, 120) == token("hit")
    assert colour_at(white, 120, 120).name() == "#ffffff"


def test_nothing_is_marked_until_the_picture_is_there(qtbot, picture_view, picture, decoder, monkeypatch):
    let_go = threading.Event()
    load_small = decoder.load_small

    def load(*values):
        assert let_go.wait(PATIENCE)
        return load_small(*values)

    monkeypatch.setattr(decoder, "load_small", load)
    page = page_of(picture)
    small = QPixmap(40, 20)
    small.fill(Qt.GlobalColor.white)
    picture_view.show_page(page, LINES)
    picture_view.mark_words([WORD])
    picture_view.show_lines(True)
    assert picture_view.page_rect().isEmpty()
    picture_view.stand_in(small)
    picture_view.mark_words([WORD])  # the text may come later than the small picture
    assert picture_size(picture_view) == (400, 200), "as large as the page will be"
    assert picture_view.page_rect().isEmpty()
    assert not any(item.isVisible() for item in drawn_lines(picture_view))
    assert colour_at(picture_view, 120, 120).name() == "#ffffff"
    with qtbot.waitSignal(picture_view.loaded):
        let_go.set()
    assert picture_view.page_rect().width() == 400
    assert all(item.isVisible() for item in drawn_lines(picture_view))


def test_marks_fade_in_with_another_page_and_not_when_they_change_on_it(qtbot, white, scans, monkeypatch):
    monkeypatch.setattr(motion, "is_wanted", lambda: True)
    white.show_lines(True)
    white.mark_words([WORD])
    assert opacities(white) == {1.0}, "the page is the same"
    Image.new("RGB", (400, 200), "white").save(scans / "other.png")
    with qtbot.waitSignal(white.loaded):
        white.show_page(page_of(scans / "other.png", page_id=2), LINES)
    white.mark_words([WORD])
    assert max(opacities(white)) < 1
    qtbot.waitUntil(lambda: opacities(white) == {1.0})


def opacities(view) -> set[float]:
    return {mark.opacity() for mark in (*view.marks._words, *view.marks.lines)}
