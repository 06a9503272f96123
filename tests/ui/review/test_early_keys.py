"""Keys of a person who is quicker than the disk, or than anybody can read."""

from threading import Event

import pytest
from fakes import PATIENCE
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library.corrections import Corrections
from ocrdesk.ui.review import word_field

Return = Qt.Key.Key_Return
NONE, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def slow_disk(review, page, monkeypatch):
    """Keeps nothing until it is let go; meanwhile the window goes on."""
    monkeypatch.setattr("ocrdesk.ui.kit.tasks.MOMENT", 0)
    let_go, keep_at_once = Event(), Corrections.keep

    def keep_slowly(self, *values, **named):
        assert let_go.wait(PATIENCE)
        return keep_at_once(self, *values, **named)

    monkeypatch.setattr(Corrections, "keep", keep_slowly)
    return let_go


def test_keys_that_come_while_a_word_is_kept_are_for_the_next_ones_in_their_order(review, page, slow_disk):
    review.type("over")
    review.qtbot.keyClick(review.field, Return)
    assert review.field.is_held
    review.type("quickly")
    review.qtbot.keyClick(review.field, Qt.Key.Key_Backspace)
    review.qtbot.keyClick(review.field, Qt.Key.Key_Backspace)
    review.qtbot.keyClick(review.field, Return)
    review.type("jum")
    slow_disk.set()
    review.until(lambda: review.count("changed") == 2 and review.word == "jum")
    assert review.library.text(page) == "the quick fox\njumps over"


def test_a_word_that_nobody_can_have_seen_is_not_accepted_and_the_card_says_so(review, page, slow_disk, monkeypatch):
    monkeypatch.setattr(word_field, "SEEN", int(1000 * PATIENCE))
    review.type("over")
    review.qtbot.keyClick(review.field, Return)
    for key, held in ((Return, NONE), (Qt.Key.Key_Delete, CTRL), (Qt.Key.Key_1, ALT)):
        review.qtbot.keyClick(review.field, key, held)
    slow_disk.set()
    review.until(lambda: review.child("reviewReason", QLabel).text().startswith("That key came before this word"))
    assert (review.word, review.count("changed"), review.count("accepted")) == ("qvick", 1, 0)
    review.press(Return)
    review.qtbot.mouseClick(review.child("wordAccept", QPushButton), Qt.MouseButton.LeftButton)
    assert (review.word, review.count("accepted")) == ("qvick", 0)
    monkeypatch.setattr(word_field, "SEEN", 0)
    review.press(Return)
    assert (review.word, review.count("accepted")) == ("jumps", 1)


def test_who_leaves_a_finger_on_the_key_accepts_one_word(review, page):
    for is_repeated in (False, True, True):
        press = QKeyEvent(QKeyEvent.Type.KeyPress, Return, NONE, "\r", is_repeated)
        QApplication.sendEvent(review.field, press)
        review.until(lambda: review.is_there and not review.field.is_held)
    assert (review.word, review.count("accepted")) == ("qvick", 1)


def test_keys_after_a_word_that_could_not_be_kept_are_for_none_and_the_card_says_so(review, page, monkeypatch):
    monkeypatch.setattr("ocrdesk.ui.kit.tasks.MOMENT", 0)
    typed = Event()

    def fail(self, *values, **named):
        assert typed.wait(PATIENCE)
        raise LibraryError("The disk is full. Make room on it, then try again.")

    monkeypatch.setattr(Corrections, "keep", fail)
    review.type("over")
    review.qtbot.keyClick(review.field, Return)
    review.type("quick")
    typed.set()
    review.until(lambda: review.child("reviewReason", QLabel).text().startswith("That key came before this word"))
    assert review.word == "over"
