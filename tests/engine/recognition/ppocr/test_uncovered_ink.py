import numpy as np
import pytest

from ocrdesk.engine.recognition.ink import ink_of
from ocrdesk.engine.recognition.ppocr.uncovered_ink import FEWEST, uncovered_ink

NONE = np.zeros((0, 4, 2), np.float32)


def paper(width=900, height=900, colour=255):
    return np.full((height, width, 3), colour, np.uint8)


def write(page, left, top, *, count=12, high=12, ink=0):
    """Draws a row of hollow blocks in the size of letters; gives left, top, right, bottom."""
    wide, apart = max(3, high * 2 // 3), max(2, high // 4)
    for number in range(count):
        begin = left + number * (wide + apart)
        ground = page[top, begin].copy()
        page[top : top + high, begin : begin + wide] = ink
        page[top + high // 4 : top + high - high // 4, begin + wide // 3 : begin + wide] = ground
    return left, top, left + count * (wide + apart) - apart, top + high


def box(left, top, right, bottom, *, by=0):
    left, top, right, bottom = left - by, top - by, right + by, bottom + by
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


def rows(page, *boxes, **its):
    found = uncovered_ink(ink_of(page), np.array(boxes, np.float32).reshape(-1, 4, 2), **its)
    return [(*row.box.min(axis=0).tolist(), *row.box.max(axis=0).tolist()) for row in found]


def near(place, abs=4):
    return pytest.approx(place, abs=abs)


@pytest.mark.parametrize("high", [6, 12, 30, 60])
def test_a_row_that_no_line_covers_is_found_where_it_stands(high):
    page = paper()
    place = write(page, 40, 300, high=high)
    assert rows(page) == [near(place)]
    (row,) = uncovered_ink(ink_of(page), NONE)
    assert row.letters == 12
    assert row.height == near(high, 2)
    assert row.width == near(max(3, high * 2 // 3), 2)
    assert not row.is_light


def test_a_row_on_a_large_page_is_told_in_its_own_pixels():
    page = paper(2400, 3200)
    place = write(page, 1200, 3000, high=28)
    assert rows(page) == [near(place, 8)]


def test_a_row_that_a_line_covers_is_not_told():
    page = paper()
    first, second = (write(page, 40, top) for top in (300, 330))
    assert rows(page, box(*first, by=3)) == [near(second)]
    assert rows(page, box(*first, by=3), box(*second, by=3)) == []


def test_what_sticks_out_of_a_line_is_not_told():
    page = paper()
    left, top, right, bottom = write(page, 40, 300)
    assert rows(page, box(left, top + 5, right, bottom)) == []


def test_the_rest_of_a_line_found_in_part_is_told():
    page = paper()
    left, top, right, bottom = write(page, 40, 300, count=20)
    assert rows(page, box(left, top, left + 100, bottom, by=3)) == [near((left + 112, top, right, bottom), 10)]


@pytest.mark.parametrize(("ground", "ink"), [(0, 255), (60, 200)])
def test_light_letters_on_a_dark_band_are_found(ground, ink):
    page = paper()
    page[280:340] = ground
    place = write(page, 40, 300, ink=ink)
    assert rows(page) == [near(place)]
    assert uncovered_ink(ink_of(page), NONE)[0].is_light


def test_paper_that_shines_between_letters_is_no_row():
    page = paper(colour=200)
    for top in range(100, 800, 16):
        write(page, 40, top, count=40)
    assert not any(row.is_light for row in uncovered_ink(ink_of(page), NONE))


def test_a_small_row_inside_the_box_of_a_headline_is_found():
    page = paper()
    headline = write(page, 40, 100, count=3, high=200)
    place = write(page, 40, 330, high=20)
    assert rows(page, box(*headline[:3], 380)) == [near(place)]


def test_large_letters_do_not_join_the_rows_beside_them():
    page = paper()
    page[200:400, 20:44] = 0
    places = [write(page, 80, top) for top in (220, 260, 300)]
    assert rows(page) == [near(place) for place in places]


def test_fewer_spots_than_a_word_are_dirt_unless_they_are_asked_for():
    page = paper()
    place = write(page, 40, 300, count=FEWEST - 1)
    assert rows(page) == []
    assert rows(page, fewest=FEWEST - 1) == [near(place)]


def test_dashes_on_both_sides_belong_to_a_row():
    page = paper()
    left, top, right, bottom = write(page, 400, 800, count=3, high=20)
    page[809:812, left - 24 : left - 14] = page[809:812, right + 14 : right + 24] = 0
    assert rows(page) == [near((left - 24, top, right + 24, bottom))]


def test_rules_frames_and_tables_are_no_rows():
    page = paper()
    for place in range(100, 800, 40):
        page[place : place + 2, 100:780] = 0
        page[100:780, place : place + 2] = 0
    assert rows(page) == []


def test_scattered_specks_are_no_rows():
    page = paper()
    places = np.random.default_rng(1).integers(10, 880, (400, 2))
    for top, left in places:
        page[top : top + 4, left : left + 4] = 0
    assert len(rows(page)) <= 2


@pytest.mark.parametrize("sigma", [5, 20, 60])
def test_noise_is_no_rows(sigma):
    noise = np.random.default_rng(1).normal(128, sigma, (900, 900, 1)).clip(0, 255)
    assert len(rows(np.repeat(noise, 3, axis=2).astype(np.uint8))) <= 2


def test_the_paper_around_lines_that_were_found_is_no_row():
    page = paper(colour=128)
    boxes = []
    for top in range(100, 400, 30):
        boxes.append(box(*write(page, 40, top, count=20, high=14), by=2))
    page[95:400, 400:640] = 255
    assert rows(page, *boxes, box(380, 95, 660, 400)) == []


def test_letters_cut_by_the_edge_of_the_page_are_no_row():
    page = paper()
    write(page, 40, 0)
    assert rows(page) == []


def test_rows_come_from_the_top():
    page = paper()
    places = [write(page, left, top) for left, top in ((400, 100), (40, 200), (200, 300))]
    assert rows(page) == [near(place) for place in places]


def test_a_slanted_row_has_a_slanted_box():
    page = paper()
    for number in range(30):
        write(page, 40 + 11 * number, 300 + 2 * number, count=1)
    (row,) = uncovered_ink(ink_of(page), NONE)
    (left, top), (right, other), *_ = row.box.tolist()
    assert (other - top) / (right - left) == pytest.approx(2 / 11, abs=0.02)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (2, 7)])
def test_pictures_of_any_shape_can_be_looked_at(size):
    assert rows(paper(*size)) == []
