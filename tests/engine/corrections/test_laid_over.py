import time
from dataclasses import replace

import pytest
from lines import lefts_of, measured, stacked, texts_of

from ocrdesk.engine.corrections import pieces
from ocrdesk.engine.corrections.changes import accepted, corrected, merged, new_line, split
from ocrdesk.engine.corrections.laid_over import laid_over
from ocrdesk.engine.corrections.pieces import ReadThere, pieces_of
from ocrdesk.engine.document import Correction
from ocrdesk.engine.quality import count_doubtful
from ocrdesk.engine.rivals import RivalLetter

PAGE = stacked("Dear Mr Smlth,", "the goods havo come", "Yours")


def over(lines, *changes):
    """Lines with changes, which have been kept."""
    made = [it for change in changes for it in change.corrections]
    kept = [replace(it, id=number) for number, it in enumerate(made, start=1)]
    return laid_over(lines, kept)


def test_without_corrections_lines_are_as_they_were_read():
    assert laid_over(PAGE, []) == tuple(PAGE)


def test_a_corrected_line_is_certain_and_words_that_stayed_are_where_they_were():
    line = over(PAGE, corrected(PAGE[1], "the goods have come"))[1]
    assert (line.text, line.confidence, line.is_corrected, line.corrections) == ("the goods have come", 1, True, (1,))
    assert lefts_of(line) == lefts_of(measured("the goods have come"))
    assert {word.confidence for word in line.words} == {1}
    assert [line.is_corrected for line in over(PAGE, corrected(PAGE[1], "x"))] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the good goods havo come", [("the", 0, 30), ("goods", 40, 90), ("havo", 100, 140), ("come", 150, 190)]),
        ("goods havo come", [("goods", 40, 90), ("havo", 100, 140), ("come", 150, 190)]),
        ("the goods havo", [("the", 0, 30), ("goods", 40, 90), ("havo", 100, 140)]),
    ],
)
def test_words_that_came_in_or_went_leave_the_others_in_their_places(text, words):
    line = over(PAGE, corrected(PAGE[1], text))[1]
    assert set(words) <= set(lefts_of(line))
    assert " ".join(word for word, _, _ in lefts_of(line)) == text
    assert all(0 <= left <= right <= 190 for _, left, right in lefts_of(line))


def test_a_line_with_another_text_altogether_has_its_words_within_it():
    line = over(PAGE, corrected(PAGE[2], "Äöü 12"))[2]
    assert [word for word, _, _ in lefts_of(line)] == ["Äöü", "12"]
    assert all(0 <= left < right <= 50 for _, left, right in lefts_of(line))


def test_characters_of_scripts_without_spaces_are_words_of_their_own():
    line = measured("發 票")
    assert [word for word, _, _ in lefts_of(over([line], corrected(line, "發票 No 1"))[0])] == ["發", "票", "No", "1"]


def test_lines_whose_words_were_not_measured_have_none():
    line = replace(PAGE[1], words=())
    assert over([line], corrected(line, "the goods have come"))[0].words == ()


def test_a_line_without_text_is_not_there():
    assert texts_of(over(PAGE, corrected(PAGE[0], None))) == texts_of(PAGE[1:])
    assert texts_of(over(PAGE, corrected(PAGE[0], " "))) == texts_of(PAGE[1:])


def test_accepted_words_are_certain_and_the_line_is_as_certain_as_the_others():
    (line,) = over([PAGE[0]], accepted(PAGE[0], [(8, 14)]))
    assert [word.confidence for word in line.words] == [0.5, 0.5, 1]
    assert (line.text, line.confidence, line.is_corrected) == (PAGE[0].text, 0.5, True)
    (line,) = over([PAGE[0]], accepted(line, [(0, 4), (5, 7)]))
    assert [word.confidence for word in line.words] == [1, 1, 1]
    assert line.confidence == 1


def test_accepting_a_line_accepts_all_of_it():
    (line,) = over([PAGE[0]], accepted(PAGE[0]))
    assert line.confidence == 1 and {word.confidence for word in line.words} == {1}


def test_words_of_a_line_that_was_checked_are_placed_when_they_are_asked_for(monkeypatch):
    asked = []
    monkeypatch.setattr(ReadThere, "text", property(lambda there: asked.append(there)))
    monkeypatch.setattr(pieces, "pieces_of", lambda line, polygon: asked.append(line) or pieces_of(line, polygon))
    line = over(PAGE, corrected(PAGE[1], "the goods have come in"))[1]
    assert len(line.words) == 5 and count_doubtful([line]) == 0
    assert not asked
    assert [word.text for word in line.words] == ["the", "goods", "have", "come", "in"]
    assert asked == [PAGE[1]]


def test_lines_are_merged_and_what_was_in_none_stays():
    one, two = over(PAGE, merged(PAGE[:2]))
    assert (one.text, one.numbers) == ("Dear Mr Smlth, the goods havo come", (0, 1))
    assert one.polygon == ((0, 0), (190, 0), (190, 50), (0, 50))
    assert (one.confidence, one.is_corrected) == (0.5, False)  # nobody said that its text is right
    assert two == PAGE[2]


def test_a_line_is_split_and_both_halves_are_corrected():
    halves = over(PAGE, split(PAGE[1], 10))[1:3]
    assert texts_of(halves) == ["the goods", "havo come"]
    assert [(line.polygon[0][0], line.polygon[1][0]) for line in halves] == [(0, 95), (95, 190)]
    assert [lefts_of(line)[0] for line in halves] == [("the", 0, 30), ("havo", 100, 140)]
    (left, right) = split(PAGE[1], 10).corrections
    corrected_half = replace(right, after="have come", checked=None)
    assert texts_of(laid_over(PAGE, [left, corrected_half])[1:3]) == ["the goods", "have come"]


def test_a_new_line_is_there_although_nothing_was_read():
    (line,) = over([], new_line(PAGE[0].polygon, "Stamp"))
    assert (line.text, line.confidence, line.numbers, line.words) == ("Stamp", 1, (), ())


def test_a_correction_whose_line_was_not_found_is_not_there():
    lost = Correction(PAGE[0].polygon, "Dear", (), "Deer")
    assert lost.is_lost and laid_over(PAGE, [lost]) == tuple(PAGE)
    gone = Correction(PAGE[0].polygon, "Dear", (7,), "Deer")
    assert laid_over(PAGE, [gone]) == tuple(PAGE)


def test_what_a_recognizer_joined_to_a_corrected_line_stays_beside_it():
    whole = measured("Name Smlth Born 1911 here")
    for start, end in ((0, 10), (11, 20), (5, 15), (16, 25)):
        place = ((start * 10, 0), (end * 10, 0), (end * 10, 20), (start * 10, 20))
        own = Correction(place, whole.text[start:end].upper(), (0,), whole.text[start:end])
        expected = whole.text[:start] + whole.text[start:end].upper() + whole.text[end:]
        assert " ".join(texts_of(laid_over([whole], [own]))) == expected


def test_what_a_person_added_at_the_end_of_a_line_that_was_cut_short_is_there_once():
    short = measured("the goods have")
    (longer,) = [measured("the goods havo come")]
    correction = Correction(short.polygon, "the goods have come", (0,), short.text)
    assert texts_of(laid_over([longer], [correction])) == ["the goods have come"]


def test_accepted_words_stay_and_the_rest_is_as_it_is_read_now():
    (kept,) = accepted(PAGE[1], [(10, 14)]).corrections  # "havo"
    now = measured("tho goods have come.", number=1)
    (line,) = laid_over([now], [kept])
    assert line.text == "tho goods havo come."
    assert [word.confidence for word in line.words] == [0.5, 0.5, 1, 0.5]


def test_long_texts_are_laid_over_in_a_moment():
    long = measured("ab " * 3000)
    begun = time.process_time()
    (line,) = over([long], corrected(long, "ba " * 3000))
    assert len(line.words) == 3000
    assert time.process_time() - begun < 3


def test_a_word_that_was_checked_has_no_rivals():
    rival = RivalLetter(0, 1, "S", 0.5)
    line = replace(PAGE[2], words=tuple(replace(word, rival_letters=(rival,)) for word in PAGE[2].words))
    assert line.words[0].rivals
    assert over([line], accepted(line))[0].words[0].rivals == ()
