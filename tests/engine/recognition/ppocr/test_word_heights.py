import numpy as np
import pytest

from ocrdesk.engine.geometry import ALL_ACROSS
from ocrdesk.engine.recognition.ppocr.word_ends import with_fitting_words
from ocrdesk.engine.recognition.read_line import ReadLine, ReadWord

HEIGHT, WIDTH = 100, 400
STEP = 1 / 48
"""High lines are reduced to so many rows."""


def read(*words):
    """A line as it is drawn by ``draw``: each word has a hundred columns."""
    places = [(100 * number + 10, 100 * number + 80) for number in range(len(words))]
    middles = [
        (left + (right - left) * (letter + 0.5) / len(word)) / WIDTH
        for word, (left, right) in zip(words, places, strict=True)
        for letter in range(len(word))
    ]
    read_words = [
        ReadWord(word, 0.5, left / WIDTH, right / WIDTH) for word, (left, right) in zip(words, places, strict=True)
    ]
    return ReadLine(" ".join(words), 0.5, tuple(read_words), 0.9, tuple(middles))


def draw(*words, paper=240, pen=20):
    """A line with the ink of each word between some rows."""
    crop = np.full((HEIGHT, WIDTH, 3), paper, np.uint8)
    for number, spots in enumerate(words):
        for top, bottom in spots:
            crop[top:bottom, 100 * number + 10 : 100 * number + 80 : 3] = pen
            crop[top:bottom, 100 * number + 11 : 100 * number + 80 : 3] = pen
    return crop


def heights(crop, line):
    return [word.across for word in with_fitting_words(crop, line).words]


def about(*rows):
    return pytest.approx([row / HEIGHT for row in rows], abs=1.5 * STEP)


@pytest.mark.parametrize(("paper", "pen"), [(240, 20), (20, 240)])
def test_each_word_is_as_high_as_its_ink(paper, pen):
    low, high = heights(draw([(40, 70)], [(20, 85)], paper=paper, pen=pen), read("one", "Jay"))
    assert low == about(40, 70)
    assert high == about(20, 85)


def test_a_dot_belongs_to_its_letter_and_the_line_above_does_not():
    dotted, below_another = heights(draw([(25, 32), (40, 70)], [(8, 16), (40, 70)]), read("mine", "one"))
    assert dotted == about(25, 70)
    assert below_another == about(40, 70)


def test_a_mark_is_as_high_as_its_ink_and_no_higher_than_the_words_beside_it():
    _, dash, comma = heights(draw([(20, 70)], [(8, 12), (50, 54)], [(64, 78)]), read("Lane", "–", ","))
    assert dash == about(50, 54)
    assert comma == about(64, 70), "its tail hangs lower than any word"


def test_chinese_characters_may_have_much_white_within():
    (found,) = heights(draw([(20, 26), (40, 46), (64, 70)]), read("三"))
    assert found == about(20, 70)


def test_ink_that_reaches_the_rim_reaches_into_it():
    (found,) = heights(draw([(0, 100)]), read("Lane"))
    assert found == ALL_ACROSS


def test_a_rule_under_words_is_none_of_their_ink_wherever_it_ends():
    crop = draw([(30, 70)], [(30, 70)], [(30, 70)], [(30, 70)])
    plain = heights(crop, read("one", "two", "six", "ten"))
    crop[74:78, :] = 20
    assert heights(crop, read("one", "two", "six", "ten")) == plain
    crop = crop.repeat(2, axis=1)
    crop[74:78, WIDTH:] = 240  # now only the first words have one
    words = read("one", "two", "six", "ten")
    spans = [(round(word.left * WIDTH), round(word.right * WIDTH)) for word in with_fitting_words(crop, words).words]
    assert spans[0] == pytest.approx((10, 79), abs=1), "and white is seen although the rule runs through it"


def test_heights_are_whole_steps_as_they_are_kept():
    (found,) = heights(draw([(37, 71)]), read("one"))
    assert [255 * part for part in found] == [round(255 * part) for part in found]
