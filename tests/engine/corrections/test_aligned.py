"""Where the words of a corrected text are, by what was read there."""

import pytest
from fakes import polygon

from ocrdesk.engine.corrections.aligned import placed_words, with_checked
from ocrdesk.engine.corrections.pieces import ReadThere
from ocrdesk.engine.document import Line, Word

WHOLE = polygon(0, 0, 200, 20)
LOW, HIGH = (0.4, 0.8), (0.2, 1.0)


def read_there(*words, polygon=WHOLE):
    """A line of words, each as text, left and right, and perhaps how high it is."""
    made = [Word(text, 0.5, _at(left, right), across=high[0] if high else LOW) for text, left, right, *high in words]
    return ReadThere([Line(" ".join(word.text for word in made), 0.25, WHOLE, tuple(made))], polygon)


def _at(left, right):
    return polygon(left, 0, right - left, 20)


MILL_LAME = read_there(("Mill", 10, 60), ("Lame,", 70, 120, HIGH), ("York", 140, 190))


def spans(words):
    return [(word.text, round(word.polygon[0][0]), round(word.polygon[1][0])) for word in words]


def placed(text, checked=None, there=MILL_LAME):
    return placed_words(text, checked, there)


def test_a_word_stays_where_it_was_read_and_one_written_instead_of_another_takes_its_place():
    words, sure = placed("Mill Lane, York")
    assert spans(words) == [("Mill", 10, 60), ("Lane,", 70, 120), ("York", 140, 190)]
    assert sure == 1
    assert {word.confidence for word in words} == {1}


def test_a_word_that_was_joined_is_cut_where_its_letters_are():
    words, _ = placed("Mill La me, York")
    assert spans(words)[1:3] == [("La", 70, 90), ("me,", 90, 120)]


def test_words_that_were_cut_are_joined_from_end_to_end():
    words, _ = placed("MillLame, York")
    assert spans(words) == [("MillLame,", 10, 120), ("York", 140, 190)]


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Old Mill Lame, York", ("Old", 0, 10)),
        ("Mill Old Lame, York", ("Old", 60, 70)),
        ("Mill Lame, York UK", ("UK", 190, 200)),
    ],
)
def test_a_word_that_was_not_read_lies_between_those_beside_it(text, new):
    assert new in spans(placed(text)[0])


def test_a_line_that_was_written_anew_is_as_long_as_its_place():
    words, _ = placed("Anew", there=read_there(polygon=WHOLE))
    assert words == (), "nothing was measured there"
    there = ReadThere([Line("", 0.25, WHOLE, (Word("", 0.1, _at(0, 0)),))], WHOLE)
    assert spans(placed("Anew", there=there)[0]) == [("Anew", 0, 200)]


def test_words_are_as_high_as_those_they_are_written_instead_of():
    words, _ = placed("Mill Lane, York")
    assert [word.across for word in words] == [LOW, HIGH, LOW]
    words, _ = placed("Mill Lame, York UK")
    assert words[-1].across == (0.2, 1.0), "as high as all that was read, where it is instead of none"


def test_only_what_was_checked_is_certain():
    words, sure = placed("Mill Lane, York", ((5, 10),))
    assert [word.confidence for word in words] == [0.5, 1, 0.5]
    assert sure == 0.5, "as sure as the least sure word that nobody checked"


def test_without_places_a_line_has_no_words_and_is_as_sure_as_what_was_read():
    there = ReadThere([Line("Mill Lame", 0.25, WHOLE)], WHOLE)
    assert placed("Mill Lane", ((5, 9),), there) == ((), 0.25)
    assert placed("Mill Lane", None, there) == ((), 1.0)


def test_words_of_a_checked_line_are_counted_without_being_placed(monkeypatch):
    words, _ = placed("Mill Lane, York")
    monkeypatch.setattr("ocrdesk.engine.corrections.aligned._placed", None)
    assert len(words) == 3


def test_every_chinese_character_is_a_word():
    words, _ = placed("发票", there=read_there(("发", 0, 20), ("栗", 20, 40)))
    assert spans(words) == [("发", 0, 20), ("票", 20, 40)]


@pytest.mark.parametrize(
    ("now", "text", "checked"),
    [
        ("Mill Lame, York", "Mill Lane, York", ["Lane,"]),  # read as before
        ("Mi11 Lame, York", "Mi11 Lane, York", ["Lane,"]),  # another word was read otherwise
        ("Mill Lome, York", "Mill Lane, York", ["Lane,"]),  # so was the checked one
        ("Mill Lame, York UK", "Mill Lane, York UK", ["Lane,"]),
        ("Old Mill Lame, York", "Old Mill Lane, York", ["Lane,"]),
        ("Mill La me, York", "Mill Lane, York", ["Lane,"]),  # in two pieces: then it is not told which is which
    ],
)
def test_a_word_that_was_checked_is_kept_in_another_reading(now, text, checked):
    found, spans = with_checked("Mill Lane, York", ((5, 10),), "Mill Lame, York", now)
    assert found == text
    assert [found[start:end] for start, end in spans] == checked
