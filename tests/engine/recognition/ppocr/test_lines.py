import numpy as np
import pytest
from fake_models import draw_bars, seen_of

from ocrdesk.engine import geometry
from ocrdesk.engine.geometry import STANDING
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.lines import (
    as_input,
    cut_out,
    is_standing,
    laid_straight,
    ordered_corners,
    polygon_of,
    sizes_of,
)


def box_at(left, top, right, bottom):
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def turned_box(middle, size, degrees):
    return ordered_corners(cv2.boxPoints((middle, size, degrees)))


# Boxes


def test_sizes_are_measured_along_a_lines_own_sides():
    boxes = np.stack([box_at(10, 20, 110, 50), turned_box((200, 200), (100, 30), 20)])
    assert sizes_of(boxes) == pytest.approx(np.array([[100, 30], [100, 30]]), abs=0.01)


def test_of_two_sides_that_face_each_other_the_longer_counts():
    uneven = np.array([[[0, 0], [90, 0], [100, 40], [0, 30]]], np.float32)
    assert sizes_of(uneven)[0] == pytest.approx((np.hypot(100, 10), np.hypot(10, 40)))


@pytest.mark.parametrize(("high", "standing"), [(10, False), (20 * STANDING - 1, False), (20 * STANDING, True)])
def test_a_box_much_taller_than_wide_stands_as_it_does_in_the_document(high, standing):
    box = box_at(5, 5, 25, 5 + high)
    assert is_standing(box[None]).tolist() == [standing]
    assert geometry.is_standing(polygon_of(box)) is standing


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 3, 0, 1), (3, 1, 0, 2), (1, 0, 3, 2)])
@pytest.mark.parametrize(
    "corners",
    [
        [(10, 20), (110, 20), (110, 50), (10, 50)],
        [(10, 40), (108, 20), (114, 50), (16, 70)],
        [(16, 20), (114, 40), (108, 70), (10, 50)],
        [(10, 20), (30, 22), (28, 220), (8, 218)],
    ],
    ids=["straight", "rising", "falling", "standing"],
)
def test_corners_are_put_clockwise_from_the_top_left_one(corners, order):
    mixed = np.array([corners[number] for number in order], np.float32)
    assert ordered_corners(mixed).tolist() == [list(corner) for corner in corners]


def test_a_polygon_has_plain_numbers_to_a_tenth_of_a_pixel():
    polygon = polygon_of(box_at(1.234, 2, 30.06, 40))
    assert polygon == ((1.2, 2.0), (30.1, 2.0), (30.1, 40.0), (1.2, 40.0))
    assert {type(number) for point in polygon for number in point} == {float}


def askew(degrees):
    """Lines of several columns and a standing one on a page that lies askew."""
    turning = np.radians(degrees)
    away = np.array([[np.cos(turning), np.sin(turning)], [-np.sin(turning), np.cos(turning)]])
    sizes = [((x, y), (300, 24)) for x in (200, 600) for y in range(100, 800, 60)] + [((900, 400), (30, 200))]
    return np.stack([turned_box((np.array(middle) @ away).tolist(), size, degrees) for middle, size in sizes])


@pytest.mark.parametrize("degrees", [-5, -2, 0, 2, 5])
def test_a_page_askew_is_laid_straight_by_the_usual_slope_of_its_lines(degrees):
    straight = laid_straight(askew(degrees))
    assert straight[:-1] == pytest.approx(askew(0)[:-1], abs=10)
    assert np.ptp(straight[:-1, :2, 1], axis=1).max() < 0.5, "lines run from left to right"
    assert np.ptp(straight[:12, 0, 1] - straight[12:24, 0, 1]) < 0.5, "and stand in rows"


def test_a_few_lines_that_run_otherwise_have_no_say_in_it():
    boxes = np.concatenate(
        [askew(2), turned_box((500, 900), (200, 24), -8)[None], turned_box((500, 990), (200, 24), 9)[None]]
    )
    assert laid_straight(boxes)[:-2] == pytest.approx(laid_straight(askew(2)), abs=0.01)


@pytest.mark.parametrize("count", [0, 1])
def test_where_no_line_lies_nothing_is_laid_straight(count):
    boxes = askew(5)[-1:][:count]
    assert np.array_equal(laid_straight(boxes), boxes)


# Cutting out


def counted(width=300, height=200):
    """A picture in which every pixel tells its place."""
    rows, columns = np.mgrid[:height, :width]
    return np.stack([columns % 256, rows % 256, columns // 256], axis=2).astype(np.uint8)


def test_a_straight_line_is_cut_out_pixel_by_pixel():
    picture = counted()
    assert np.array_equal(cut_out(picture, box_at(30, 20, 280, 45)), picture[20:45, 30:280])


def test_a_straight_line_between_pixels_loses_no_part_of_one():
    assert cut_out(counted(), box_at(30.4, 20.4, 99.6, 44.6)).shape == (25, 70, 3)


@pytest.mark.parametrize(
    "corners",
    [[(20, 20), (120, 30), (120, 50), (20, 50)], [(20, 20), (120, 20), (130, 50), (30, 50)]],
    ids=["narrower at one end", "leaning"],
)
def test_a_line_that_is_no_rectangle_becomes_one(corners):
    page = np.full((100, 200, 3), 255, np.uint8)
    cv2.fillPoly(page, [np.array(corners, np.int32)], (90, 90, 90))
    crop = cut_out(page, np.array(corners, np.float32))
    assert crop.shape[1] == 100
    assert (crop[2:-2, 2:-2] == 90).mean() > 0.98


@pytest.mark.parametrize("degrees", [-20, -5, 5, 20])
def test_a_slanted_line_is_laid_straight(degrees):
    page = np.full((300, 400, 3), 255, np.uint8)
    box = turned_box((200, 150), (200, 30), degrees)
    cv2.fillPoly(page, [box.astype(np.int32)], (90, 90, 90))
    start = (box[0] + box[3]) / 2
    cv2.circle(page, (int(start[0]), int(start[1])), 12, (0, 0, 0), -1)
    crop = cut_out(page, box)
    assert crop.shape[:2] == pytest.approx((30, 200), abs=1)
    assert (crop[3:-3, 20:-3] == 90).all(), "nothing of the page around it"
    assert (crop[13:17, 2:8] == 0).all(), "it begins at the left"


@pytest.mark.parametrize("degrees", [0, 4], ids=["straight", "slanted"])
def test_a_line_much_taller_than_wide_is_laid_on_its_side_anticlockwise(degrees):
    page = draw_bars((100, 50, 20, 200))
    if degrees:
        turning = cv2.getRotationMatrix2D((110, 150), -degrees, 1)
        page = cv2.warpAffine(page, turning, (600, 400), borderValue=(255, 255, 255))
    crop = cut_out(page, turned_box((110, 150), (20, 200), degrees))
    assert crop.shape[:2] == pytest.approx((20, 200), abs=1)
    assert crop[-6, 5].max() < 30, "the mark at the top-left is at the bottom-left now"
    assert crop[6, 150].max() == 54


@pytest.mark.parametrize(
    "box", [(10, 10, 10, 10), (10, 10, 11, 200), (590, 390, 600, 400), (599.6, 399.6, 600, 400), (0, 399.4, 600, 400)]
)
def test_the_smallest_boxes_can_be_cut_out(box):
    assert min(cut_out(draw_bars(), box_at(*box)).shape[:2]) >= 1


@pytest.mark.parametrize("size", [(0.5, 0.7), (0.4, 30), (30, 0.4)])
def test_the_smallest_slanted_boxes_can_be_cut_out(size):
    crop = cut_out(draw_bars(), turned_box((200, 200), size, 20))
    assert crop.shape[0] == 1
    assert crop.shape[1] == pytest.approx(max(1, max(size)), abs=1)


def test_a_slanted_box_that_reaches_over_the_page_continues_its_edge():
    page = np.full((200, 300, 3), 70, np.uint8)
    assert (cut_out(page, turned_box((290, 100), (100, 30), 10)) == 70).all()


# What the models are given


def test_pictures_are_given_as_bgr_between_minus_one_and_one():
    picture = np.zeros((2, 3, 3), np.uint8)
    picture[0, 1] = (255, 51, 0)
    batch = as_input([picture, picture[::-1]], 2, 3)
    assert (batch.shape, batch.dtype) == ((2, 3, 2, 3), np.float32)
    assert batch[0, :, 0, 1] == pytest.approx((-1, 2 * 51 / 255 - 1, 1))
    assert batch[1, :, 1, 1] == pytest.approx((-1, 2 * 51 / 255 - 1, 1))
    assert (batch[0, :, 1] == -1).all()
    assert np.array_equal(seen_of(batch)[0][..., ::-1], picture)


def test_no_pictures_are_an_empty_batch():
    assert as_input([], 48, 64).shape == (0, 3, 48, 64)
