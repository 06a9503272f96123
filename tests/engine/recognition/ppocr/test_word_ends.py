import numpy as np
import pytest

from ocrdesk.engine.recognition.ppocr.word_ends import with_fitting_words
from ocrdesk.engine.recognition.read_line import ReadLine, ReadWord
from ocrdesk.engine.rivals import RivalLetter

WIDTH = 400


def draw(*ink, height=40, paper=240, pen=20):
    """A line with ink between some columns of 400."""
    crop = np.full((height, WIDTH, 3), paper, np.uint8)
    for left, right in ink:
        crop[height // 4 : -height // 4, left:right] = pen
    return crop


def line_of(text, middles, ends):
    words = [ReadWord(word, 0.5, left / WIDTH, right / WIDTH) for word, (left, right) in zip(text, ends, strict=True)]
    return ReadLine(" ".join(text), 0.5, tuple(words), 0.9, tuple(middle / WIDTH for middle in middles))


def spans(line):
    return [(round(word.left * WIDTH), round(word.right * WIDTH)) for word in line.words]


LETTERS = (50, 65), (70, 85), (90, 105), (150, 165), (170, 195), (230, 250)
"""The words ab'c, de and f."""

LATE = line_of(["abc", "de", "f"], [64, 80, 104, 164, 190, 249], [(56, 112), (156, 198), (241, 258)])


@pytest.mark.parametrize("height", [30, 40, 48])
@pytest.mark.parametrize(("paper", "pen"), [(240, 20), (20, 240), (200, 170)])
def test_words_end_where_their_ink_does(height, paper, pen):
    fitted = with_fitting_words(draw(*LETTERS, height=height, paper=paper, pen=pen), LATE)
    assert spans(fitted) == [(50, 105), (150, 195), (230, 250)]


def test_a_high_line_is_reduced_and_ends_there_too():
    high = draw(*LETTERS, height=200).repeat(5, axis=1)
    for found, right in zip(spans(with_fitting_words(high, LATE)), [(50, 105), (150, 195), (230, 250)], strict=True):
        assert found == pytest.approx(right, abs=1)


def test_only_the_place_of_words_changes():
    letters = (RivalLetter(0, 1, "x", 0.5),)
    line = line_of(["a"], [60], [(0, 99)])
    word = ReadWord("a", 0.7, 0.0, 0.9, letters)
    line = ReadLine(line.text, 0.6, (word,), 0.8, line.middles, 0.3)
    fitted = with_fitting_words(draw((50, 70)), line)
    (now,) = fitted.words
    assert now == ReadWord("a", 0.7, 50 / WIDTH, 70 / WIDTH, letters, now.across)
    assert fitted == ReadLine("a", 0.6, (now,), 0.8, line.middles, 0.3)


def test_the_white_between_words_is_found_where_the_reader_gave_letters_beside_them():
    """The last letter of one word in the white, the first of the next at its second letter."""
    line = line_of(["abc", "de"], [64, 80, 110, 178, 190], [(56, 112), (156, 198)])
    assert spans(with_fitting_words(draw(*LETTERS[:5]), line)) == [(50, 105), (150, 195)]


def test_what_stands_beside_a_line_is_none_of_its_words():
    line = line_of(["abc"], [64, 80, 104], [(56, 112)])
    ink = (0, 8), (50, 65), (70, 85), (90, 105), (390, 400)
    assert spans(with_fitting_words(draw(*ink), line)) == [(50, 105)]


def test_the_first_and_last_letter_may_have_several_strokes():
    line = line_of(["“a%"], [57, 80, 101], [(56, 112)])
    assert spans(with_fitting_words(draw((50, 53), (56, 59), (70, 85), (95, 98), (101, 104), (107, 110)), line)) == [
        (50, 110)
    ]


def test_the_lines_above_and_below_are_not_looked_at():
    crop = draw((50, 65), (70, 85), (150, 165))
    crop[:3], crop[-3:] = 20, 20
    line = line_of(["ab", "d"], [64, 80, 164], [(40, 112), (130, 198)])
    assert spans(with_fitting_words(crop, line)) == [(50, 85), (150, 165)]


def test_between_chinese_characters_the_white_half_way_is_taken():
    """The first one has wide white within."""
    words = tuple(
        ReadWord(text, 0.5, left / WIDTH, (left + 40) / WIDTH) for text, left in (("川", 48), ("一", 88), ("中", 128))
    )
    line = ReadLine("川一中", 0.5, words, 0.9, tuple(middle / WIDTH for middle in (65, 105, 150)))
    ink = (50, 54), (66, 70), (82, 85), (90, 122), (130, 160)
    assert spans(with_fitting_words(draw(*ink), line)) == [(50, 85), (90, 122), (130, 160)]


def test_words_whose_ends_are_not_seen_stay_as_they_are():
    assert spans(with_fitting_words(draw((50, 300)), LATE)) == [(50, 112), (156, 198), (241, 300)], "no white between"
    assert with_fitting_words(draw(), LATE) is LATE, "no ink"
    far = line_of(["a"], [200], [(190, 210)])
    assert with_fitting_words(draw((10, 20), (380, 390)), far) == far


def test_without_the_middles_of_its_letters_a_line_stays_as_it_is():
    for line in (ReadLine("a", 0.5), ReadLine("a", 0.5, (ReadWord("a", 0.5, 0, 1),))):
        assert with_fitting_words(draw((50, 60)), line) is line


def test_a_line_of_one_pixel_is_no_trouble():
    line = ReadLine("a", 0.5, (ReadWord("a", 0.5, 0, 1),), 0.5, (0.5,))
    for shape in ((1, 1, 3), (1, 50, 3), (50, 1, 3)):
        assert with_fitting_words(np.zeros(shape, np.uint8), line) == line


def test_a_turned_picture_is_read_as_it_lies():
    standing = np.ascontiguousarray(np.rot90(draw(*LETTERS), -1))
    assert spans(with_fitting_words(np.rot90(standing), LATE)) == [(50, 105), (150, 195), (230, 250)]
    upside_down = np.ascontiguousarray(draw(*LETTERS)[::-1, ::-1])
    assert spans(with_fitting_words(upside_down[::-1, ::-1], LATE)) == [(50, 105), (150, 195), (230, 250)]
