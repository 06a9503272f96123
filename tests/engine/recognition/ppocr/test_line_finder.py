import numpy as np
import pytest
from fake_models import FakeModels, draw_bars, stack

from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr import line_finder
from ocrdesk.engine.recognition.ppocr.line_finder import (
    CLOSER,
    EDGES,
    GROWTH,
    INK,
    LARGEST,
    MOST_ENLARGED,
    MOST_TILES,
    OVERLAP,
    SHORTER,
    SMALL_ENOUGH,
    SQUEEZE,
    SURE,
    THINNEST,
    TILED_FROM,
    LineFinder,
    boxes_of,
    canvas_for,
    scale_for,
)
from ocrdesk.engine.recognition.ppocr.lines import sizes_of
from ocrdesk.engine.recognition.ppocr.tiles import tiles_of

WANTED = 10.0


@pytest.fixture
def letters(monkeypatch):
    """Sets how high the letters of all pages are."""

    def set_height(high):
        monkeypatch.setattr(line_finder, "letter_height", lambda picture: high)

    set_height(None)
    return set_height


def find(picture, models=None):
    return LineFinder((models or FakeModels()).detect, WANTED).find(picture)


def bounds(boxes):
    return sorted(((*box.min(axis=0), *box.max(axis=0)) for box in boxes), key=lambda its: (round(its[1]), its[0]))


def near(bars, abs=1.6):
    return [pytest.approx((left, top, left + wide, top + high), abs=abs) for left, top, wide, high in bars]


def tile_count(width, height, scale):
    return len(tiles_of(width, height, LARGEST / scale, OVERLAP / scale))


# Scale


@pytest.mark.parametrize("size", [(100, 60), (1000, 1200), (LARGEST, 700)])
def test_without_letters_a_page_that_fits_is_left_as_it_is(size):
    assert scale_for(*size, None, WANTED) == 1.0


def test_without_letters_a_large_page_is_reduced_until_it_fits():
    assert scale_for(4000, 3000, None, WANTED) == LARGEST / 4000


@pytest.mark.parametrize("longest", [300, 640, 900, 1280, 2000, 3508, 6000])
@pytest.mark.parametrize("high", [3, 5, 8, 10, 14, 20, 40, 90])
def test_letters_become_as_high_as_wanted_or_a_little_higher(longest, high):
    scale = scale_for(longest, longest * 7 // 10, high, WANTED)
    assert 0 < scale <= MOST_ENLARGED
    assert scale <= 1 or longest < LARGEST, "only what is small is enlarged"
    enough = min(WANTED / high, 1.0 if longest > LARGEST else MOST_ENLARGED)
    at_once = LARGEST / longest
    is_one_look = scale == pytest.approx(at_once) and enough <= TILED_FROM * at_once
    has_many_tiles = tile_count(longest, longest * 7 // 10, 1.1 * scale) > MOST_TILES
    assert scale >= SMALL_ENOUGH * enough * 0.999 or is_one_look or has_many_tiles or scale == 1.0


@pytest.mark.parametrize("longest", [1300, 2000, 3508])
def test_a_page_at_one_look_is_brought_to_one_of_few_sizes(longest):
    for high in np.linspace(12, 90, 30):
        scale = scale_for(longest, longest // 2, float(high), WANTED)
        if scale * longest < LARGEST + 1:
            assert round(scale * longest) in EDGES


@pytest.mark.parametrize("edge", EDGES)
def test_the_smallest_edge_that_shows_the_letters_well_enough_is_taken(edge):
    for part in (0.99, SMALL_ENOUGH * 1.01):
        wished = part * edge / SMALL_ENOUGH
        assert scale_for(1900, 1000, WANTED * 1900 / wished, WANTED) * 1900 == pytest.approx(edge)


def test_large_letters_of_a_small_page_are_made_smaller_but_a_page_is_never_enlarged_for_it():
    assert scale_for(1200, 1200, 40, WANTED) == pytest.approx(EDGES[0] / 1200)
    assert scale_for(500, 500, 40, WANTED) == 1.0


def test_tiny_pictures_are_enlarged_so_far_at_most():
    assert scale_for(200, 60, 3, WANTED) == MOST_ENLARGED
    assert scale_for(500, 300, 9, WANTED) == pytest.approx(EDGES[0] / 500)


def test_a_page_that_asks_for_a_little_more_than_fits_is_looked_at_once():
    width = 3000
    letters = WANTED / (0.95 * TILED_FROM * LARGEST / width)
    assert scale_for(width, 2000, letters, WANTED) == LARGEST / width


def test_small_print_on_a_large_page_is_looked_at_more_closely_in_tiles():
    width = 3000
    wished = 1.05 * TILED_FROM * LARGEST / width
    assert scale_for(width, 2000, WANTED / wished, WANTED) == pytest.approx(min(1.0, CLOSER * wished))
    assert tile_count(width, 2000, scale_for(width, 2000, WANTED / wished, WANTED)) > 1


def test_a_page_in_tiles_is_never_enlarged():
    assert scale_for(3000, 2000, 4, WANTED) == 1.0


@pytest.mark.parametrize(
    "size", [(3000, 2000), (5120, 5120), (7000, 9900), (20000, 20000), (1500, 30000), (60000, 300)]
)
def test_no_page_needs_more_tiles_than_allowed(size):
    scale = scale_for(*size, 6, WANTED)
    assert tile_count(*size, scale) <= MOST_TILES
    assert scale == 1.0 or tile_count(*size, scale / 0.9) > MOST_TILES, "and none is looked at smaller than need be"


# Canvas


CANVASES = {(a, b) for longer in EDGES for its in SHORTER[longer] for a, b in ((longer, its), (its, longer))}


@pytest.mark.parametrize("size", [(1, 1), (640, 480), (641, 640), (900.5, 1280), (1280, 33), (1279.9, 970), (500, 700)])
def test_the_canvas_is_the_smallest_that_is_hardly_smaller_than_the_picture(size):
    canvas = canvas_for(*size)
    assert sorted(canvas_for(*size[::-1])) == sorted(canvas)
    fitting = [its for its in CANVASES if its[0] >= SQUEEZE * size[0] and its[1] >= SQUEEZE * size[1]]
    assert canvas in fitting
    assert canvas[0] * canvas[1] == min(wide * high for wide, high in fitting)


def test_canvases_suit_the_detector_and_are_few():
    assert all(side % 32 == 0 for canvas in CANVASES for side in canvas)
    sizes = [(wide, high) for wide in range(1, LARGEST + 1, 7) for high in range(1, LARGEST + 1, 7)]
    assert {canvas_for(*size) for size in sizes} <= CANVASES
    assert len(CANVASES) < 12


# Lines out of the detector's answer


def likely_with(*cores, height=200, width=400):
    likely = np.zeros((height, width), np.float32)
    for left, top, right, bottom, value in cores:
        likely[top:bottom, left:right] = value
    return likely


def test_cores_grow_into_lines():
    (box,) = boxes_of(likely_with((50, 60, 250, 72, 0.9)))
    growth = GROWTH * 200 * 12 / (200 + 12) / 2
    expected = (50 - growth, 60 - growth, 250 + growth, 72 + growth)
    assert bounds([box]) == [pytest.approx(expected, abs=1.1)]
    assert box[0].tolist() == box.min(axis=0).tolist(), "clockwise from the top-left corner"
    assert box[2].tolist() == box.max(axis=0).tolist()


def test_a_slanted_core_gives_a_slanted_line():
    likely = np.zeros((200, 400), np.float32)
    cv2.fillPoly(likely, [cv2.boxPoints(((200, 100), (240, 14), 10)).astype(np.int32)], 0.9)
    (box,) = boxes_of(likely)
    assert sizes_of(box[None])[0] == pytest.approx((240 + GROWTH * 14, 14 + GROWTH * 14), abs=5)
    assert np.degrees(np.arctan2(*(box[1] - box[0])[::-1])) == pytest.approx(10, abs=1)


@pytest.mark.parametrize(("value", "count"), [(SURE - 0.05, 0), (SURE + 0.05, 1)])
def test_what_the_detector_is_not_sure_of_is_no_line(value, count):
    assert len(boxes_of(likely_with((50, 60, 250, 72, value)))) == count


def test_what_is_no_ink_parts_lines():
    cores = (50, 60, 150, 72, 0.9), (150, 60, 170, 72, INK - 0.01), (170, 60, 300, 72, 0.9)
    assert len(boxes_of(likely_with(*cores))) == 2


def test_ink_alone_joins_them():
    cores = (50, 60, 150, 72, 0.9), (150, 60, 170, 72, INK + 0.01), (170, 60, 300, 72, 0.9)
    assert len(boxes_of(likely_with(*cores))) == 1


def test_specks_are_no_lines():
    assert len(boxes_of(likely_with((50, 60, 250, 60 + THINNEST - 2, 0.9), (300, 100, 301, 101, 0.9)))) == 0


def test_a_page_of_specks_gives_no_more_lines_than_can_be_read(monkeypatch):
    monkeypatch.setattr(line_finder, "MOST_LINES", 3)
    assert len(boxes_of(likely_with(*[(20, 30 * number, 300, 30 * number + 10, 0.9) for number in range(5)]))) == 3


def test_the_hole_in_a_frame_is_no_line():
    frame = likely_with((50, 50, 350, 150, 0.9), (56, 56, 344, 144, 0.0))
    assert len(boxes_of(frame)) == 0


def test_nothing_found_is_an_empty_array_of_boxes():
    found = boxes_of(likely_with())
    assert (found.shape, found.dtype) == ((0, 4, 2), np.float32)


def test_cores_at_the_edge_are_lines_too():
    assert len(boxes_of(likely_with((0, 0, 400, 10, 0.9), (390, 100, 400, 200, 0.9)))) == 2


# Finding


def test_lines_are_found_where_they_stand(letters):
    bars = stack(4)
    found = find(draw_bars(*bars))
    assert bounds(found) == near(bars)
    assert found.dtype == np.float32


def test_a_page_without_lines_gives_none(letters):
    assert find(draw_bars()).shape == (0, 4, 2)


@pytest.mark.parametrize(
    ("size", "high"),
    [((600, 400), None), ((4000, 3000), None), ((2000, 1500), 20.0), ((900, 1200), 30.0), ((200, 120), 5.0)],
    ids=["as it is", "large", "reduced to its letters", "large letters", "tiny"],
)
def test_the_detector_sees_a_page_at_its_scale_on_a_canvas(letters, size, high):
    letters(high)
    models = FakeModels()
    width, height = size
    bars = [(width // 10, height // 4 * number, width * 7 // 10, height // 12) for number in (1, 2, 3)]
    found = find(draw_bars(*bars, width=width, height=height), models)
    scale = scale_for(width, height, high, WANTED)
    wide, tall = canvas_for(width * scale, height * scale)
    assert [picture.shape for picture in models.pictures] == [(tall, wide, 3)]
    assert bounds(found) == near(bars, abs=1 + 2 / scale)


@pytest.mark.parametrize("size", [(1600, 40), (40, 1600), (9000, 50), (1, 3000), (3000, 1), (2, 1), (1, 1)])
def test_strips_and_specks_of_any_shape_are_looked_at(letters, size):
    models = FakeModels()
    assert find(np.full((size[1], size[0], 3), 255, np.uint8), models).shape == (0, 4, 2)
    (seen,) = models.pictures
    assert max(seen.shape) <= LARGEST
    assert seen.shape[:2] in CANVASES


def test_padding_continues_the_edge_of_the_page_and_does_not_move_its_lines(letters):
    models = FakeModels()
    page = draw_bars((100, 10, 600, 20), width=LARGEST, height=40)
    page[-1] = 240
    assert bounds(find(page, models)) == near([(100, 10, 600, 20)])
    assert (models.pictures[0][39:] == 240).all()
    assert len(models.pictures[0]) > 40


class LikelyModels(FakeModels):
    """Sees the same on every page."""

    def __init__(self, *cores):
        super().__init__()
        self.cores = cores

    def detect(self, picture):
        super().detect(picture)
        return likely_with(*self.cores, height=picture.shape[2], width=picture.shape[3])


def test_lines_found_in_the_padding_alone_are_no_lines(letters):
    models = LikelyModels((20, 10, 600, 30, 0.9), (20, 60, 600, 90, 0.9), (620, 10, 638, 30, 0.9))
    (box,) = find(draw_bars(width=610, height=40), models)
    assert box[:, 1].max() == 40
    assert len(models.pictures) == 1


def test_lines_never_leave_the_page(letters):
    models = LikelyModels((0, 0, 640, 30, 0.9), (10, 380, 640, 480, 0.9))
    for box in find(draw_bars(), models):
        assert box.min() >= 0
        assert (box.max(axis=0) <= (600, 400)).all()


# Tiles


@pytest.fixture
def large(letters):
    """Letters as wanted, so that a large page is looked at in tiles as it is."""
    letters(WANTED)


def test_a_large_page_of_small_print_is_looked_at_in_tiles(large):
    models = FakeModels()
    width, height = 3400, 2600
    bars = [(100 + 90 * row, 60 + 50 * row, 500, 24) for row in range(25)]
    found = find(draw_bars(*bars, width=width, height=height), models)
    assert len(models.pictures) == tile_count(width, height, 1.0)
    assert max(max(picture.shape) for picture in models.pictures) <= LARGEST
    assert bounds(found) == near(bars)


def test_lines_longer_than_a_tile_are_found_whole(large):
    bars = [(50, 100 + 60 * row, 3200 - 40 * row, 24) for row in range(30)]
    assert bounds(find(draw_bars(*bars, width=3400, height=2600))) == near(bars, abs=3)


def test_lines_cut_by_the_edge_of_a_tile_are_whole_and_found_once(large):
    width = height = 2400
    (_, top, _, bottom), *_ = tiles_of(width, height, LARGEST, OVERLAP)
    second = next(tile[1] for tile in tiles_of(width, height, LARGEST, OVERLAP) if tile[1])
    rows = [second - 12, second - 60, second + 40, bottom - 12, bottom - 50, bottom + 40]
    bars = sorted(((100, row, 600, 24) for row in rows), key=lambda bar: bar[1])
    assert top == 0
    assert bounds(find(draw_bars(*bars, width=width, height=height))) == near(bars, abs=2.5)
