"""Words that are made when somebody asks, and not before."""

import pytest

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.later_words import LaterWords

PLACE = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
WORDS = tuple(Word(text, 0.5, PLACE) for text in ("one", "two", "three"))


class Counted(LaterWords):
    """Words that know how often they were made."""

    def __init__(self, words=WORDS):
        super().__init__()
        self.words, self.times = words, 0

    def _made(self):
        self.times += 1
        return self.words


def test_nothing_is_made_before_somebody_asks_and_nothing_twice():
    words = Counted()
    Line("one two three", 0.5, PLACE, words)
    assert words.times == 0
    assert [word.text for word in words] == ["one", "two", "three"]
    assert (len(words), words[1], words[-2:]) == (3, WORDS[1], WORDS[1:])
    assert words.times == 1


def test_no_words_are_made_once_as_well():
    words = Counted(())
    assert (list(words), len(words), bool(words)) == ([], 0, False)
    assert words.times == 1


def test_they_are_equal_to_the_same_words_however_these_are_kept():
    assert Counted() == WORDS
    assert Counted().__eq__(WORDS) and tuple(Counted()) == WORDS
    assert Counted() == Counted()
    assert hash(Counted()) == hash(WORDS)
    assert Counted() != WORDS[:2]
    assert Counted() != list(WORDS), "as a tuple is unequal to a list"
    assert Line("one", 0.5, PLACE, Counted()) == Line("one", 0.5, PLACE, WORDS)


def test_a_place_that_is_not_there_is_told():
    with pytest.raises(IndexError):
        Counted()[3]
    assert repr(Counted()) == repr(WORDS)
