"""Which words are to be checked, and what is kept when a person has looked at them."""

import pytest
from fakes import batch_of, keep, polygon

from ocrdesk.engine.document import Line, Reading, Word
from ocrdesk.engine.geometry import slices_of
from ocrdesk.engine.review.doubtful_words import acceptances, doubtful_words, rewritings


def read(text: str, top: float, *doubtful: str) -> Line:
    whole = polygon(0, top, 10 * len(text), 20)
    words, place = [], 0
    for part in text.split():
        begin = text.index(part, place)
        place = begin + len(part)
        (its,) = slices_of(whole, [(begin / len(text), place / len(text))])
        words.append(Word(part, 0.5 if part in doubtful else 0.99, its))
    return Line(text, 0.5 if doubtful else 0.99, whole, tuple(words))


LINES = (read("to tbe tbe mill", 0, "tbe"), read("a mill", 40))


@pytest.fixture
def page_id(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading(LINES, width=400, height=200))
    return page_id


def lines(library, page_id):
    return library.texts.of(page_id).lines


def test_doubtful_words_come_with_their_places_and_known_ones_do_not(library, page_id):
    found = doubtful_words(page_id, lines(library, page_id))
    assert [(it.word.text, it.start, it.end) for it in found] == [("tbe", 3, 6), ("tbe", 7, 10)]
    assert len({it.key for it in found}) == 2
    assert doubtful_words(page_id, lines(library, page_id), {"tbe"}) == []


def test_accepted_words_are_no_longer_doubtful_and_the_others_still_are(library, page_id):
    first, second = doubtful_words(page_id, lines(library, page_id))
    library.corrections.keep(page_id, *acceptances(lines(library, page_id), [first]))
    (left,) = doubtful_words(page_id, lines(library, page_id))
    assert left.start == second.start
    library.corrections.keep(page_id, *acceptances(lines(library, page_id), [second]))  # as it was found at first
    assert doubtful_words(page_id, lines(library, page_id)) == []
    assert library.page(page_id).to_check == 0


def test_words_of_a_line_get_other_texts_in_one_change(library, page_id):
    words = doubtful_words(page_id, lines(library, page_id))
    (change,) = rewritings(lines(library, page_id), dict(zip(words, ("thee", "the"), strict=True)))
    library.corrections.keep(page_id, change)
    assert [line.text for line in lines(library, page_id)] == ["to thee the mill", "a mill"]
    assert doubtful_words(page_id, lines(library, page_id)) == []


def test_what_was_checked_before_stays_so_when_another_word_changes(library, page_id):
    first, second = doubtful_words(page_id, lines(library, page_id))
    library.corrections.keep(page_id, *acceptances(lines(library, page_id), [second]))
    library.corrections.keep(page_id, *rewritings(lines(library, page_id), {first: "three"}))
    assert lines(library, page_id)[0].text == "to three tbe mill"
    assert doubtful_words(page_id, lines(library, page_id)) == []


def test_words_that_are_no_longer_there_are_left_out(library, page_id):
    words = doubtful_words(page_id, lines(library, page_id))
    keep(library, page_id, Reading((read("to the mill", 0),), width=400, height=200))
    assert acceptances(lines(library, page_id), words) == []
    assert rewritings(lines(library, page_id), dict.fromkeys(words, "the")) == []


def test_the_same_word_elsewhere_is_not_taken_for_it(library, page_id):
    words = doubtful_words(page_id, lines(library, page_id))
    keep(library, page_id, Reading((read("to tbe mill", 120, "tbe"),), width=400, height=200))
    assert acceptances(lines(library, page_id), words) == []
