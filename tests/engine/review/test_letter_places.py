"""Where the letters of a word are."""

import numpy as np
import pytest

from ocrdesk.engine.review.letter_places import STEPS, are_of_one_width, cuts_in, likely_cuts, width_of


def ink_of(*widths):
    """Letters of some widths, in columns, with white between them."""
    return np.concatenate([np.r_[np.ones(width - 2), 0.0, 0.0] for width in widths]).astype(np.float32)


def test_narrow_letters_are_likely_narrow():
    first, second, third, fourth = likely_cuts("ima")
    assert (first, fourth) == (0.0, 1.0)
    assert second - first < fourth - third < third - second


def test_letters_are_cut_where_there_is_no_ink_however_wide_they_are():
    for widths in [(4, 16, 12), (12, 12, 12), (6, 20, 10)]:
        places = [place * sum(widths) for place in cuts_in("ima", ink_of(*widths))]
        assert places == pytest.approx(np.cumsum([0, *widths]), abs=2)


def test_letters_that_touch_are_cut_where_they_are_likely():
    assert cuts_in("nana", np.ones(4 * STEPS, np.float32)) == pytest.approx([0, 0.25, 0.5, 0.75, 1], abs=0.03)


@pytest.mark.parametrize("ink", [np.zeros(24), np.ones(3), np.zeros(0)])
def test_without_ink_or_room_letters_are_where_they_are_likely(ink):
    assert cuts_in("im", ink.astype(np.float32)) == likely_cuts("im")


def test_a_broad_letter_beside_narrow_ones_finds_its_place():
    assert cuts_in("—.", ink_of(20, 4))[1] == pytest.approx(20 / 24, abs=0.1)
    assert len(cuts_in("iiiiiiiiiiiiW", ink_of(*[4] * 12, 40))) == 14


WORDS = ("William", "will", "meet", "Mimi", "in", "the", "mill")


def test_a_typewriter_is_told_from_print_by_how_long_words_are():
    typed = [(text, 12.0 * len(text) - 3) for text in WORDS]
    printed = [(text, 40 * likely_length(text) - 3) for text in WORDS]
    assert are_of_one_width(typed)
    assert not are_of_one_width(printed)
    assert not are_of_one_width(typed[:3]), "of so few words nobody can tell"
    assert are_of_one_width([("主 题", 37.0 + 24), ("ab", 24.0), ("illi", 48.0), ("mmm", 36.0), ("主", 24.0)])


def likely_length(text):
    return sum(width_of(letter) for letter in text)


def test_letters_of_a_typewriter_that_touch_are_all_of_one_width():
    assert cuts_in("mill", np.ones(4 * STEPS, np.float32), is_typed=True) == pytest.approx(
        [0, 0.25, 0.5, 0.75, 1], abs=0.03
    )
