import numpy as np
import pytest
from fake_models import FakeModels, draw_bars, stack

from ocrdesk.engine.decode import turn_pixels
from ocrdesk.engine.recognition.page_reader import DETECTION_EDGE, FAINTEST, LONGEST_STRIP, cut_out, read_picture


def bounds(line):
    xs, ys = zip(*line.polygon, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def test_every_line_is_read_where_it_stands():
    reading = read_picture(FakeModels(), draw_bars((40, 30, 400, 20), (60, 100, 300, 24)))
    assert [line.text for line in reading.lines] == ["bar 1", "bar 2"]
    assert [line.confidence for line in reading.lines] == [0.95, 0.95]
    assert bounds(reading.lines[0]) == (40, 30, 440, 50)
    assert bounds(reading.lines[1]) == (60, 100, 360, 124)
    assert reading.lines[0].polygon[0] == (40, 30), "the first point is the top-left corner"
    assert (reading.width, reading.height, reading.turn) == (600, 400, 0)


def nearly_empty(width, height, mark=20):
    """A black picture whose last pixel is a little lighter, in which the fake models find nothing."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[-1, -1] = mark
    return picture


def test_a_page_on_which_no_line_is_found_asks_for_none_to_be_read():
    models = FakeModels()
    reading = read_picture(models, nearly_empty(600, 400))
    assert (reading.lines, reading.width, reading.height, reading.turn) == ((), 600, 400, 0)
    assert len(models.pictures) == 1
    assert models.crops == []


@pytest.mark.parametrize("colour", [0, 255, 128])
def test_a_page_of_one_colour_is_blank_without_asking_the_models(colour):
    models = FakeModels()
    reading = read_picture(models, np.full((400, 600, 3), colour, np.uint8))
    assert (reading.lines, reading.width, reading.height, reading.turn) == ((), 600, 400, 0)
    assert models.pictures == models.crops == []


@pytest.mark.parametrize(("mark", "looks"), [(FAINTEST - 1, 0), (FAINTEST, 1)])
def test_a_single_mark_is_looked_at_unless_it_is_fainter_than_the_noise_of_a_scanner(mark, looks):
    models = FakeModels()
    read_picture(models, nearly_empty(600, 400, mark))
    assert len(models.pictures) == looks


def test_the_models_see_bgr():
    red = np.zeros((10, 20, 3), np.uint8)
    red[..., 0] = 255
    models = FakeModels()
    red[0, 10] = (200, 0, 0)  # a picture all of one colour is not looked at
    read_picture(models, red)
    assert tuple(models.pictures[0][0, 0]) == (0, 0, 255)
    assert tuple(models.crops[-1][0][5, 5]) == (0, 0, 255)
    assert tuple(red[0, 0]) == (255, 0, 0)


@pytest.mark.parametrize("turned_by", [90, 180, 270])
def test_a_turned_page_is_read_upright_and_its_polygons_belong_to_the_upright_page(turned_by):
    page = draw_bars(*stack(4))
    upright = read_picture(FakeModels(), page)
    turned = read_picture(FakeModels(), turn_pixels(page, turned_by))
    assert turned.turn == -turned_by % 360
    assert (turned.width, turned.height) == (600, 400)
    assert turned.lines == upright.lines


def test_lines_with_little_confidence_are_kept():
    reading = read_picture(FakeModels(sure=0.01), draw_bars(*stack(2)))
    assert [(line.text, line.confidence) for line in reading.lines] == [("bar 1", 0.01), ("bar 2", 0.01)]


def test_boxes_in_which_nothing_was_read_give_no_lines():
    class PartlyBlindModels(FakeModels):
        def recognize(self, crops):
            first, _, last = super().recognize(crops)
            return [first, (" ", 0.9), last]

    reading = read_picture(PartlyBlindModels(), draw_bars(*stack(3)))
    assert [line.text for line in reading.lines] == ["bar 1", "bar 3"]


# Large pages


def test_lines_of_a_large_page_are_looked_for_in_a_smaller_one_and_read_from_the_full_one():
    models = FakeModels()
    page = draw_bars((200, 300, 2400, 100), width=4000, height=3000)
    reading = read_picture(models, page)
    assert models.pictures[0].shape == (1500, DETECTION_EDGE, 3)
    assert bounds(reading.lines[0]) == pytest.approx((200, 300, 2600, 400), abs=4)
    assert models.crops[-1][0].shape[:2] == pytest.approx((100, 2400), abs=4)
    assert (reading.width, reading.height) == (4000, 3000)


def test_a_page_within_bounds_is_not_resized():
    models = FakeModels()
    read_picture(models, draw_bars(*stack(1), width=DETECTION_EDGE, height=700))
    assert models.pictures[0].shape == (700, DETECTION_EDGE, 3)


# Strips


@pytest.mark.parametrize("size", [(1600, 40), (40, 1600), (9000, 50), (1, 3000), (3000, 1), (2, 1)])
def test_a_strip_is_padded_before_lines_are_looked_for(size):
    width, height = size
    models = FakeModels()
    reading = read_picture(models, nearly_empty(width, height))
    seen_height, seen_width = models.pictures[0].shape[:2]
    assert max(seen_height, seen_width) <= LONGEST_STRIP * min(seen_height, seen_width)
    assert max(seen_height, seen_width) <= DETECTION_EDGE
    assert (reading.width, reading.height) == (width, height)


def test_padding_does_not_move_the_lines_of_a_strip():
    reading = read_picture(FakeModels(), draw_bars((100, 10, 600, 20), width=1600, height=40))
    assert [line.text for line in reading.lines] == ["bar 1"]
    assert bounds(reading.lines[0]) == (100, 10, 700, 30)


class BoxesAt(FakeModels):
    """Says that lines stand where it is told."""

    def __init__(self, *boxes):
        super().__init__()
        self._boxes = boxes

    def detect(self, picture):
        super().detect(picture)
        corners = [[[a, b], [c, b], [c, d], [a, d]] for a, b, c, d in self._boxes]
        return np.asarray(corners, np.float32)

    def recognize(self, crops):
        return [("text", 0.9) for _ in crops]


def test_lines_found_in_the_padding_alone_are_no_lines():
    reading = read_picture(BoxesAt((10, 5, 600, 30), (10, 60, 600, 90)), nearly_empty(1600, 40))
    assert [bounds(line) for line in reading.lines] == [(10, 5, 600, 30)]


def test_polygons_never_leave_the_page():
    reading = read_picture(BoxesAt((-5, -3, 700, 30), (10, 380, 600, 500)), nearly_empty(600, 400))
    assert [bounds(line) for line in reading.lines] == [(0, 0, 600, 30), (10, 380, 600, 400)]


# Cutting out


def test_a_slanted_line_is_laid_straight():
    page = np.zeros((200, 300, 3), np.uint8)
    box = np.array([[50, 60], [250, 100], [246, 120], [46, 80]], np.float32)
    page[:] = 9
    crop = cut_out(page, box)
    assert crop.shape == (20, 203, 3)
    assert (crop == 9).all()


def test_a_line_much_taller_than_wide_is_laid_on_its_side_anticlockwise():
    page = draw_bars((100, 50, 20, 200))
    crop = cut_out(page, np.array([[100, 50], [120, 50], [120, 250], [100, 250]], np.float32))
    assert crop.shape == (20, 200, 3)
    assert crop.flags.c_contiguous
    assert crop[-2, 2].max() > 200, "the mark at the top-left is at the bottom-left now"


@pytest.mark.parametrize("box", [(10, 10, 10, 10), (10, 10, 11, 200), (590, 390, 600, 400)])
def test_the_smallest_boxes_can_be_cut_out(box):
    a, b, c, d = box
    crop = cut_out(draw_bars(), np.array([[a, b], [c, b], [c, d], [a, d]], np.float32))
    assert min(crop.shape[:2]) >= 1
