"""What is drawn over a picture, without the picture."""

import pytest
from fakes import line, polygon
from PySide6.QtWidgets import QGraphicsScene, QWidget

from ocrdesk.ui.panel.picture_marks import PictureMarks
from ocrdesk.ui.panel.shown_text import MarkedWord
from ocrdesk.ui.panel.word_tints import WordRing

PLACE = polygon(0, 0, 40, 10)
WORD = MarkedWord(0, (0, 3), PLACE, False)


@pytest.fixture
def marks(qtbot):
    view = QWidget()
    qtbot.addWidget(view)
    marks = PictureMarks(QGraphicsScene(view), view)
    marks.put_lines([line("one"), line("two", top=20)])
    yield marks


def drawn(marks) -> list[bool]:
    return [item.isVisible() for item in marks._scene.items()]


def test_marks_are_seen_once_the_picture_is_there(marks):
    marks.put_words([WORD], [])
    assert drawn(marks) == [False] * 3
    marks.see(True)
    marks.put_ring(WORD)
    assert drawn(marks) == [True] * 4
    marks.see(False)
    assert drawn(marks) == [False] * 4


def test_a_word_has_one_ring_and_loses_it_with_the_words(marks):
    marks.put_words([WORD], [])
    assert marks.put_ring(WORD).width() == 40
    marks.put_ring(WORD)
    assert sum(isinstance(item, WordRing) for item in marks._scene.items()) == 1
    marks.put_words([], [WORD])
    assert not any(isinstance(item, WordRing) for item in marks._scene.items())


def test_lines_that_are_chosen_are_known_until_there_are_others(marks):
    marks.choose_lines([1])
    assert marks.chosen_lines == [1]
    marks.choose_lines([0])
    assert marks.chosen_lines == [0]
    marks.put_lines([line("three")])
    assert (marks.chosen_lines, len(marks.lines)) == ([], 1)


def test_a_new_line_is_framed_only_on_a_picture(marks):
    marks.put_new_line(PLACE)
    assert len(drawn(marks)) == 2
    marks.see(True)
    marks.put_new_line(PLACE)
    marks.put_new_line(PLACE)
    assert len(drawn(marks)) == 3
    marks.put_new_line(None)
    assert len(drawn(marks)) == 2
