import numpy as np
import pytest

from ocrdesk.engine.recognition.ink import FAINTEST, LOOK_EDGE, ink_of
from ocrdesk.engine.recognition.ppocr import text_height
from ocrdesk.engine.recognition.ppocr.text_height import FEWEST, SMALL_PRINT_COUNT


def letter_height(page):
    return text_height.letter_height(ink_of(page))


def write(page, count, high, *, top, ink=0, wide=None):
    """Draws rows of blocks in the size of letters; gives the row below them."""
    wide = wide or max(3, high * 6 // 10)
    left = 20
    for _ in range(count):
        if left + wide + 20 > page.shape[1]:
            left, top = 20, top + 2 * high
        page[top : top + high, left : left + wide] = ink
        left += wide + max(5, high // 2)
    return top + 2 * high


def paper(width=900, height=900, colour=255):
    return np.full((height, width, 3), colour, np.uint8)


@pytest.mark.parametrize("high", [6, 10, 15, 20])
@pytest.mark.parametrize(("ground", "ink"), [(255, 0), (0, 255), (200, 150), (90, 120)])
def test_letters_are_measured_be_they_dark_or_light(high, ground, ink):
    page = paper(colour=ground)
    write(page, 60, high, top=40, ink=ink)
    assert letter_height(page) == pytest.approx(high, abs=1)


@pytest.mark.parametrize("high", [20, 40])
def test_letters_of_a_large_page_are_measured_in_its_own_pixels(high):
    page = paper(3000, 2400)
    write(page, 200, high, top=100)
    assert max(page.shape) > LOOK_EDGE
    assert letter_height(page) == pytest.approx(high, rel=0.2)


def test_a_very_large_page_is_not_reduced_until_its_letters_are_gone():
    page = paper(9000, 400)
    write(page, 100, 20, top=40)
    assert letter_height(page) == pytest.approx(20, rel=0.2)


@pytest.mark.parametrize(("count", "seen"), [(FEWEST - 1, False), (FEWEST, True)])
def test_fewer_letters_than_a_word_or_two_tell_nothing(count, seen):
    page = paper()
    write(page, count, 20, top=40)
    assert (letter_height(page) is not None) is seen


@pytest.mark.parametrize(("contrast", "seen"), [(FAINTEST - 2, False), (3 * FAINTEST, True)])
def test_ink_that_hardly_differs_from_its_ground_is_none(contrast, seen):
    page = paper()
    write(page, 60, 16, top=40, ink=255 - contrast)
    assert (letter_height(page) is not None) is seen


def test_faint_marks_beside_print_are_no_letters():
    page = paper()
    below = write(page, 60, 20, top=40)
    write(page, 200, 8, top=below, ink=255 - 3 * FAINTEST)
    assert letter_height(page) == pytest.approx(20, abs=1)


def test_specks_are_no_letters():
    page = paper()
    for place in range(20, 880, 8):
        for step in range(3):
            page[place + step, [20 + step, 300 + step]] = 0
    assert letter_height(page) is None


def test_frames_are_no_letters():
    page = paper()
    for left in range(40, 800, 180):
        for top in range(40, 800, 180):
            page[top : top + 100, left : left + 80] = 0
            page[top + 2 : top + 98, left + 2 : left + 78] = 255
    assert letter_height(page) is None


def test_shadows_are_no_ink():
    page = np.repeat(np.linspace(120, 255, 900).astype(np.uint8)[None, :, None], 900, axis=0).repeat(3, axis=2)
    assert letter_height(page) is None
    write(page, 60, 16, top=40)
    assert letter_height(page) == pytest.approx(16, abs=1)


def test_rules_and_boxes_are_no_letters():
    page = paper()
    for row in range(50, 850, 20):
        page[row : row + 3, 40:860] = 0
    assert letter_height(page) is None


@pytest.mark.parametrize(("count", "expected"), [(SMALL_PRINT_COUNT + 5, 14), (SMALL_PRINT_COUNT - 5, 26)])
def test_a_smaller_print_counts_where_there_is_enough_of_it(count, expected):
    page = paper(900, 1400)
    below = write(page, 200, 26, top=40)
    write(page, count, 14, top=below)
    assert letter_height(page[:960]) == pytest.approx(expected, abs=1)


def test_a_few_small_letters_among_very_many_do_not_count():
    page = paper(900, 960)
    below = write(page, 1800, 12, top=10, wide=4)
    write(page, SMALL_PRINT_COUNT + 3, 6, top=below)
    assert letter_height(page) == pytest.approx(12, abs=1)


def test_marks_half_as_high_that_stand_among_letters_are_no_smaller_print():
    page = paper(900, 960)
    for row in range(20, 900, 60):
        for left in range(20, 860, 60):
            page[row : row + 26, left : left + 15] = page[row : row + 26, left + 20 : left + 35] = 0
            page[row : row + 14, left + 40 : left + 46] = 0
    assert letter_height(page) == pytest.approx(26, abs=1)


def test_dots_and_commas_are_no_smaller_print():
    page = paper()
    below = write(page, 100, 26, top=40)
    write(page, 90, 7, top=below)
    assert letter_height(page) == pytest.approx(26, abs=1)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (2, 7), (12000, 10)])
def test_pictures_of_any_shape_can_be_measured(size):
    assert letter_height(paper(*size)) is None


def test_the_picture_is_not_changed():
    page = paper()
    write(page, 60, 16, top=40)
    before = page.copy()
    letter_height(page)
    assert np.array_equal(page, before)
