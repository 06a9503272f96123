from itertools import pairwise

import numpy as np
import pytest

from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.lines import ordered_corners
from ocrdesk.engine.recognition.ppocr.tiles import join_tiles, tiles_of

SIDE_BY_SIDE = [(0, 0, 1000, 500), (800, 0, 1800, 500)]
ONE_ABOVE_THE_OTHER = [(0, 0, 1600, 1600), (0, 1450, 1600, 3050)]
NOTHING = np.zeros((0, 4, 2), np.float32)


def boxes(*bounds):
    return np.array([[[a, b], [c, b], [c, d], [a, d]] for a, b, c, d in bounds], np.float32).reshape(-1, 4, 2)


def bounds(found):
    """Left, top, right, bottom of each line, from top to bottom."""
    return in_rows((*box.min(axis=0).tolist(), *box.max(axis=0).tolist()) for box in found)


def in_rows(bounds):
    return sorted(bounds, key=lambda its: (round(its[1]), its[0]))


def near(*expected):
    return [pytest.approx(box, abs=0.6) for box in in_rows(expected)]


# Cutting


def test_a_page_within_bounds_is_one_tile():
    assert tiles_of(1000, 700, 1000, 100) == [(0, 0, 1000, 700)]


@pytest.mark.parametrize("size", [(1001, 700), (2480, 3508), (5000, 100), (100, 5000), (3001, 2999)])
def test_tiles_cover_the_page_overlap_and_are_never_too_large(size):
    most, overlap = 1000, 120
    tiles = tiles_of(*size, most, overlap)
    covered = np.zeros(size[::-1], bool)
    for left, top, right, bottom in tiles:
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= size[1]
        assert max(right - left, bottom - top) <= most + 1
        covered[top:bottom, left:right] = True
    assert covered.all()
    for low, high in ((0, 2), (1, 3)):
        spans = sorted({(tile[low], tile[high]) for tile in tiles})
        assert all(before[1] - after[0] >= overlap for before, after in pairwise(spans))


def test_no_more_tiles_are_made_than_are_needed():
    assert len(tiles_of(1880, 1000, 1000, 120)) == 2
    assert len(tiles_of(1882, 1000, 1000, 120)) == 3


def test_tiles_need_not_have_whole_sizes():
    assert tiles_of(1000, 100, 600.4, 80.5) == [(0, 0, 601, 100), (399, 0, 1000, 100)]


def test_tiles_of_any_size_end_with_the_page():
    for most in np.linspace(400, 999, 300):
        assert max(right for _, _, right, _ in tiles_of(1000, 10, float(most), 50.3)) == 1000


# Joining


def test_lines_of_one_tile_only_stay_as_they_are():
    first, second = (10, 10, 700, 40), (1100, 60, 1700, 90)
    found = join_tiles(SIDE_BY_SIDE, [boxes(first), boxes(second)])
    assert bounds(found) == [first, second]


@pytest.mark.parametrize("empty", [0, 1, 2])
def test_tiles_without_lines_are_no_trouble(empty):
    parts = [NOTHING if empty in (number, 2) else boxes((10, 10, 700, 40)) for number in range(2)]
    found = join_tiles(SIDE_BY_SIDE, parts)
    assert found.shape == (0 if empty == 2 else 1, 4, 2)
    assert found.dtype == np.float32


def test_a_line_in_the_overlap_is_one_line():
    found = join_tiles(SIDE_BY_SIDE, [boxes((820, 10, 980, 40)), boxes((821, 11, 981, 41))])
    assert bounds(found) == near((820, 10, 981, 41))


def test_a_line_cut_by_an_edge_is_one_whole_line():
    found = join_tiles(SIDE_BY_SIDE, [boxes((100, 10, 1000, 40)), boxes((800, 11, 1500, 40))])
    assert bounds(found) == near((100, 10, 1500, 40))


@pytest.mark.parametrize(
    "parts",
    [((100, 10, 1000, 40), (900, 10, 1500, 40)), ((100, 10, 880, 40), (800, 10, 1500, 40))],
    ids=["its left part ends with the tile", "its right part begins with the tile"],
)
def test_one_cut_is_enough_for_a_line_to_be_joined(parts):
    left, right = parts
    for first, second in ((boxes(left), boxes(right)), (boxes(left, (50, 90, 400, 120)), boxes(right))):
        found = join_tiles(SIDE_BY_SIDE, [first, second])
        assert (100, 10, 1500, 40) in bounds(found)
        assert len(found) == len(first)


def test_a_line_over_three_tiles_is_one_line():
    tiles = tiles_of(2600, 400, 1000, 200)
    assert len(tiles) == 3
    parts = [boxes((max(50, left + 1), 10, min(2500, right - 1), 40)) for left, _, right, _ in tiles]
    assert bounds(join_tiles(tiles, parts)) == near((50, 10, 2500, 40))


def test_a_line_in_the_overlap_of_four_tiles_is_one_line():
    tiles = tiles_of(1800, 1800, 1000, 200)
    parts = [boxes((max(100, left), 880, min(1700, right), 910)) for left, _, right, _ in tiles]
    assert bounds(join_tiles(tiles, parts)) == near((100, 880, 1700, 910))


def test_a_line_whose_lower_part_is_cut_off_in_one_tile_is_whole():
    found = join_tiles(ONE_ABOVE_THE_OTHER, [boxes((100, 1585, 900, 1600)), boxes((100, 1584, 900, 1616))])
    assert bounds(found) == near((100, 1584, 900, 1616))


def test_lines_under_each_other_whose_edges_touch_stay_apart():
    upper = [(100, 1460 + 30 * number, 900, 1494 + 30 * number) for number in range(4)]
    found = join_tiles(ONE_ABOVE_THE_OTHER, [boxes(*upper), boxes(*upper[::-1])])
    assert bounds(found) == near(*upper)


def test_lines_cut_by_an_edge_in_neighbouring_rows_stay_two():
    left, right = (100, 10, 1000, 40), (800, 30, 1500, 60)
    assert bounds(join_tiles(SIDE_BY_SIDE, [boxes(left), boxes(right)])) == near(left, right)


def test_lines_of_one_tile_are_never_joined():
    overlapping = boxes((100, 10, 900, 40), (110, 12, 890, 38))
    assert len(join_tiles(SIDE_BY_SIDE, [overlapping, NOTHING])) == 2


def test_columns_that_touch_away_from_the_edges_stay_two_lines():
    left, right = (100, 10, 900, 40), (890, 10, 1700, 40)
    found = join_tiles(SIDE_BY_SIDE, [boxes(left), boxes(right)])
    assert bounds(found) == [left, right]


WORDS = ((820, 10, 880, 40), (905, 10, 980, 40))
WHOLE = (820, 10, 980, 40)


@pytest.mark.parametrize(
    "parts", [(WORDS, [WHOLE]), ([WHOLE], WORDS)], ids=["parted in the first", "parted in the second"]
)
def test_a_line_that_one_tile_shows_in_two_parts_is_not_read_twice(parts):
    found = join_tiles(SIDE_BY_SIDE, [boxes(*part) for part in parts])
    assert bounds(found) == near(WHOLE)


@pytest.mark.parametrize("order", [1, -1], ids=["downwards", "upwards"])
@pytest.mark.parametrize("degrees", [-5, -3, -1, 1, 3, 5])
def test_slanted_lines_stay_apart_and_none_is_lost(degrees, order):
    lines = [
        ordered_corners(cv2.boxPoints(((800, 1000 + 40 * number), (1500, 26), degrees)))[None] for number in range(30)
    ]
    upper = [line for line in lines if line[..., 1].max() <= 1600][::order]
    lower = [line for line in lines if line[..., 1].min() >= 1450][::order]
    seen = {line.tobytes(): line for line in upper + lower}
    found = join_tiles(ONE_ABOVE_THE_OTHER, [np.concatenate(upper), np.concatenate(lower)])
    assert bounds(found) == near(*bounds(np.concatenate(list(seen.values()))))


def test_a_slanted_line_cut_by_an_edge_keeps_its_slant():
    middle, along = np.array([900, 250]), np.array([np.cos(np.radians(4)), np.sin(np.radians(4))])
    parts = [
        ordered_corners(cv2.boxPoints(((middle + offset * along).tolist(), (800, 26), 4)))[None]
        for offset in (-300, 300)
    ]
    whole = ordered_corners(cv2.boxPoints((middle.tolist(), (1400, 26), 4)))
    assert join_tiles(SIDE_BY_SIDE, parts) == pytest.approx(whole[None], abs=1)
