"""Words that were misread as another one was."""

import numpy as np
import pytest
from fakes import draw_text, line, polygon

from ocrdesk.engine.corrections.laid_over import laid_over
from ocrdesk.engine.document import Correction, Line, Word
from ocrdesk.engine.geometry import slices_of
from ocrdesk.engine.review.alike import (
    ALIKE,
    Misreading,
    corrected_text,
    likely_alike,
    likeness,
    misreadings_in,
    part_of,
    shape_of,
)
from ocrdesk.engine.review.doubtful_words import PlacedWord
from ocrdesk.engine.review.groups import Member
from ocrdesk.engine.rivals import RivalLetter


def word(text, *rivals):
    letters = tuple(RivalLetter(place, 1, letter, 0.4) for place, letter in rivals)
    return PlacedWord(1, line(text), 0, Word(text, 0.4, polygon(0, 0, 100, 20), letters))


def told(members):
    return [(member.placed.word.text, member.start, member.end) for member in members]


@pytest.mark.parametrize(
    ("read", "true", "place"), [("leot", "lect", 2), ("jeme", "jsme", 1), ("sem", "jsem", None), ("oo", "cc", None)]
)
def test_one_wrong_letter_has_a_place(read, true, place):
    assert Misreading(read, true).place == place


def test_words_with_the_same_reading_are_candidates_and_those_with_the_letter_that_was_nearly_read():
    words = [
        word("whioh", (3, "c")),
        word("leot"),
        word("eoho", (1, "c")),
        word("book", (1, "c")),
        word("leot", (2, "a")),
    ]
    found = likely_alike(Misreading("leot", "lect"), words)
    assert told(found) == [("whioh", 3, 4), ("leot", 2, 3), ("eoho", 1, 2), ("book", 1, 2), ("leot", 2, 3)]
    assert corrected_text(Misreading("leot", "lect"), found[0]) == "which"
    assert told(likely_alike(Misreading("leot", "leat"), words)) == [("leot", 2, 3), ("leot", 2, 3)]


def test_where_more_was_wrong_whole_words_are_compared():
    misreading = Misreading("sem", "jsem")
    found = likely_alike(misreading, [word("sem"), word("sam", (1, "e"))])
    assert told(found) == [("sem", 0, 3)]
    assert corrected_text(misreading, found[0]) == "jsem"
    assert told([part_of(misreading, word("jsem"))]) == [("jsem", 0, 4)]


def test_what_was_corrected_is_told_word_by_word():
    whole = polygon(0, 0, 200, 20)
    words = [
        Word(text, 0.5, slices_of(whole, [(start / 20, end / 20)])[0])
        for text, start, end in (("to", 0, 2), ("tbe", 3, 6), ("mill", 7, 11), ("l944", 12, 16))
    ]
    read = Line("to tbe mill l944", 0.5, whole, tuple(words), (0,))
    correction = Correction(whole, "to the mill 1944", (0,), "to tbe mill l944", None, id=7, page_id=3)
    lines = laid_over([read], [correction])
    found = misreadings_in(correction, lines)
    assert [(it.read, it.true, placed.page_id, placed.start) for it, placed in found] == [
        ("tbe", "the", 3, 3),
        ("l944", "1944", 3, 12),
    ]
    assert misreadings_in(Correction(whole, "to", (0,), "to tbe mill l944", id=8), lines) == []


# Shapes


SIZE = 40


@pytest.fixture(scope="module")
def drawn():
    """Words in rows, and where they are."""
    texts = ("count", "coont", "count", "house")
    picture = draw_text(*texts, size=SIZE)
    pixels = np.asarray(picture)

    def placed(row):
        top = SIZE + 2 * SIZE * row
        inked = np.nonzero((pixels[top : top + SIZE + 12] < 128).all(axis=2).any(axis=0))[0]
        place = polygon(float(inked[0]), top, float(inked[-1] - inked[0] + 1), SIZE + 8)
        return PlacedWord(1, line(texts[row]), 0, Word(texts[row], 0.4, place))

    return pixels, [placed(row) for row in range(len(texts))]


def shapes(drawn, start, end):
    pixels, words = drawn
    return [shape_of(pixels, (1.0, 1.0), Member(word, start, end)) for word in words]


def test_the_same_word_looks_alike_and_another_one_does_not(drawn):
    first, other, again, house = shapes(drawn, 0, 5)
    same, near, far = likeness(first, [again, other, house])
    assert same > 0.95
    assert far < ALIKE
    assert far < near < same


def test_the_same_letter_looks_alike_and_another_one_does_not(drawn):
    first, other, again, _ = shapes(drawn, 2, 3)  # u, o, u
    same, far = likeness(first, [again, other])
    assert same > 0.9
    assert far < 0.9


def test_a_place_that_is_a_pixel_off_does_not_matter(drawn):
    pixels, words = drawn
    (moved,) = slices_of(words[0].word.polygon, [(0.02, 1.02)])
    off = Member(PlacedWord(1, words[0].line, 0, Word("count", 0.4, moved)), 0, 5)
    first = shapes(drawn, 0, 5)[0]
    assert likeness(first, [shape_of(pixels, (1.0, 1.0), off)])[0] > 0.9


def test_nothing_is_like_no_picture_or_one_of_another_length(drawn):
    first = shapes(drawn, 0, 5)[0]
    empty = shape_of(np.full((200, 200, 3), 255, np.uint8), (1.0, 1.0), Member(word("count"), 0, 5))
    assert likeness(first, [empty, shapes(drawn, 0, 2)[0]]) == [0.0, 0.0]
