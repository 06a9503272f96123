import pytest
from fakes import polygon

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.geometry import ALL_ACROSS, in_steps, slices_of, trimmed

LYING, STANDING = polygon(100, 200, 300, 40), polygon(100, 200, 40, 300)


def test_a_word_is_trimmed_from_the_top_of_its_line():
    (word,) = slices_of(LYING, [(0, 0.5)])
    assert trimmed(word, (0.25, 0.75), standing=False) == polygon(100, 210, 150, 20)


def test_the_top_of_a_line_that_stands_is_at_its_right():
    (word,) = slices_of(STANDING, [(0, 0.5)])
    assert trimmed(word, (0.25, 1.0), standing=True) == polygon(100, 200, 30, 150)


def test_a_slanted_word_stays_slanted():
    slanted = ((0.0, 0.0), (100.0, 10.0), (98.0, 50.0), (-2.0, 40.0))
    assert trimmed(slanted, (0.5, 1.0), standing=False) == ((-1.0, 20.0), (99.0, 30.0), (98.0, 50.0), (-2.0, 40.0))
    assert trimmed(slanted, ALL_ACROSS, standing=False) is slanted


@pytest.mark.parametrize(("part", "kept"), [(-0.1, 0), (0.5, 128), (1.2, 255)])
def test_heights_are_kept_in_steps(part, kept):
    assert in_steps(part) == kept / 255


def test_a_box_has_the_height_of_its_word_and_marks_that_of_their_line():
    places = slices_of(LYING, [(0, 0.4), (0.5, 1)])
    low, high = Word("an", 0.5, places[0], across=(0.5, 0.75)), Word("Ayr", 0.5, places[1], across=(0.25, 1.0))
    line = Line("an Ayr", 0.5, LYING, (low, high))
    assert line.box_of(low) == polygon(100, 220, 120, 10)
    assert [y for _, y in line.mark_of(low)] == [y for _, y in line.mark_of(high)] == [208, 208, 240, 240]
    alone = Line("an", 0.5, LYING)
    assert alone.mark_of(Word("an", 0.5, LYING)) == LYING, "of a line without words"
