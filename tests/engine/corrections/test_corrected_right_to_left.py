"""Corrections of lines that are read from right to left: their words begin at the right."""

from fakes import polygon

from ocrdesk.engine.corrections.aligned import placed_words
from ocrdesk.engine.corrections.changes import split
from ocrdesk.engine.corrections.laid_over import laid_over
from ocrdesk.engine.corrections.pieces import ReadThere, pieces_of
from ocrdesk.engine.document import Correction, Line, Word

WHOLE = polygon(0, 0, 200, 20)
READ = (("שלום", 140, 190), ("עולמ,", 70, 120), ("יפה", 10, 60))
"""Each word with its left and its right end."""


def line(words=READ):
    made = [Word(text, 0.5, polygon(left, 0, right - left, 20)) for text, left, right in words]
    return Line(" ".join(word.text for word in made), 0.25, WHOLE, tuple(made), (0,))


def spans(words):
    return [(word.text, round(word.polygon[0][0]), round(word.polygon[1][0])) for word in words]


def test_a_corrected_word_takes_the_place_of_the_one_that_was_read():
    words, _ = placed_words("שלום עולם, יפה", None, ReadThere([line()], WHOLE))
    assert spans(words) == [("שלום", 140, 190), ("עולם,", 70, 120), ("יפה", 10, 60)]


def test_a_word_that_was_read_as_two_reaches_over_both():
    words, _ = placed_words("שלום עולם־יפה", None, ReadThere([line()], WHOLE))
    assert spans(words)[0] == ("שלום", 140, 190)
    assert spans(words)[1][1] == 10
    assert spans(words)[1][2] == 120


def test_a_word_that_was_left_out_is_put_between_its_neighbours():
    words, _ = placed_words("שלום לך עולמ, יפה", None, ReadThere([line()], WHOLE))
    assert spans(words)[1][0] == "לך"
    assert 120 <= spans(words)[1][1] < spans(words)[1][2] <= 140


def test_the_first_half_of_a_split_line_is_at_the_right():
    first, second = split(line(), 5).corrections
    assert (first.after, second.after) == ("שלום", "עולמ, יפה")
    assert round(first.polygon[0][0]) == round(second.polygon[1][0]) == 130


def test_a_line_without_places_of_its_words_is_split_as_if_all_letters_were_equally_wide():
    first, second = split(Line("אבג דה", 1.0, polygon(0, 0, 60, 20), (), (0,)), 4).corrections
    assert (first.after, second.after) == ("אבג", "דה")
    assert second.polygon[0][0] == 0
    assert 20 <= second.polygon[1][0] == first.polygon[0][0] <= 30


def test_words_without_measured_places_stand_from_the_right():
    pieces = pieces_of(Line("אבגד הו", 1.0, polygon(0, 0, 70, 20)), polygon(0, 0, 70, 20))
    assert [(piece.word.text, round(7 * piece.left), round(7 * piece.right)) for piece in pieces] == [
        ("אבגד", 3, 7),
        ("הו", 0, 2),
    ]


def test_what_a_line_has_beside_a_correction_comes_in_the_order_in_which_it_is_read():
    correction = Correction(polygon(70, 0, 50, 20), "עולם,", (0,), "עולמ,", None, None, "", 1)
    parts = laid_over([line()], [correction])
    assert [part.text for part in parts] == ["שלום", "עולם,", "יפה"]
    assert [(part.polygon[0][0], part.polygon[1][0]) for part in parts] == [(140, 190), (70, 120), (10, 60)]


def test_several_words_beside_a_correction_reach_from_the_leftmost_to_the_rightmost():
    correction = Correction(polygon(140, 0, 50, 20), "שלומ", (0,), "שלום", None, None, "", 1)
    _, rest = laid_over([line()], [correction])
    assert rest.text == "עולמ, יפה"
    assert (rest.polygon[0][0], rest.polygon[1][0]) == (10, 120)
