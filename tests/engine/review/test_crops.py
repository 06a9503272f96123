"""Pictures of words and letters as they are looked at."""

import numpy as np
import pytest
from fakes import polygon
from PIL import Image

from ocrdesk.engine.review.crops import Frame, crop_of, straightened

FRAME = Frame(120, 100, 60)
WHOLE = (1.0, 1.0)


def page(*boxes, paper=255, ink=0):
    """A page with inked boxes: left, top, right, bottom."""
    pixels = np.full((200, 400, 3), paper, np.uint8)
    for left, top, right, bottom in boxes:
        pixels[top:bottom, left:right] = ink
    return pixels


THREE = [(105, 105, 125, 135), (135, 105, 155, 135), (165, 105, 185, 135)]
"""Three letters of a word."""

PLACE = polygon(100, 100, 90, 40)


def ink_at(crop):
    """Where a crop is black, as fractions of its width and height."""
    rows, columns = np.nonzero(crop < 60)
    return columns.min() / crop.shape[1], columns.max() / crop.shape[1], rows.min() / crop.shape[0]


def test_a_letter_is_in_the_middle_black_on_white_and_its_neighbours_are_veiled():
    crop = crop_of(page(*THREE), WHOLE, PLACE, "nnn", (1, 2), FRAME)
    assert crop.shape == (100, 120)
    left, right, _ = ink_at(crop)
    assert (left + right) / 2 == pytest.approx(0.5, abs=0.05)
    assert right - left == pytest.approx(20 * 60 / 40 / 120, abs=0.05)
    beside = crop[50, 8]
    assert 200 < beside < 225  # 82 % of the ink taken away
    assert crop[50, 60] == 0
    assert crop[2, 60] == 255


def test_the_lines_above_and_below_are_veiled_too():
    above = page(*THREE, (100, 60, 190, 90))
    crop = crop_of(above, WHOLE, PLACE, "nnn", (1, 2), FRAME)
    assert crop[2:6, 55:65].min() > 200


def test_what_reaches_into_the_line_from_above_or_below_is_veiled_as_well():
    crop = crop_of(page(*THREE, (135, 80, 155, 103), (135, 137, 155, 160)), WHOLE, PLACE, "nnn", (1, 2), FRAME)
    assert ink_at(crop)[2] == pytest.approx((50 - 22) / 100, abs=0.04)
    assert crop[78:, 55:65].min() > 200


def test_a_dot_and_a_stroke_that_reaches_out_of_the_line_belong_to_the_letter():
    dotted = crop_of(page((143, 113, 147, 135), (143, 102, 147, 106)), WHOLE, PLACE, "nin", (1, 2), FRAME)
    assert ink_at(dotted)[2] == pytest.approx((50 - 27) / 100, abs=0.04)
    long = crop_of(page((143, 98, 147, 142)), WHOLE, PLACE, "nln", (1, 2), FRAME)
    assert ink_at(long)[2] == pytest.approx((50 - 33) / 100, abs=0.03)


def test_rough_paper_is_white():
    noise = np.random.default_rng(1).normal(0, 20, (200, 400, 1))
    rough = np.clip(page(*THREE, paper=190) + noise, 0, 255).astype(np.uint8)
    crop = crop_of(rough, WHOLE, PLACE, "nnn", (1, 2), FRAME)
    paper = np.concatenate([crop[22:26, 50:70], crop[74:78, 50:70]])
    assert (paper > 250).mean() > 0.95
    assert crop[50, 55:65].max() < 40


@pytest.mark.parametrize(("paper", "ink"), [(200, 120), (30, 220)])
def test_pale_print_and_white_on_black_are_seen_as_black_on_white(paper, ink):
    crop = crop_of(page(*THREE, paper=paper, ink=ink), WHOLE, PLACE, "nnn", (1, 2), FRAME)
    assert crop[50, 60] < 20
    assert crop[12, 60] == 255


def test_a_whole_word_is_made_small_enough_to_be_seen():
    wide = [(105 + 30 * number, 105, 125 + 30 * number, 135) for number in range(9)]
    crop = crop_of(page(*wide), WHOLE, polygon(100, 100, 270, 40), "nnnnnnnnn", (0, 9), FRAME)
    left, right, _ = ink_at(crop)
    assert left > 0
    assert right < 1
    assert right - left > 0.9


def test_a_reduced_page_gives_the_same_crop():
    small = np.asarray(Image.fromarray(page(*THREE)).resize((200, 100), Image.Resampling.BOX))
    large = crop_of(page(*THREE), WHOLE, PLACE, "nnn", (1, 2), FRAME)
    assert np.abs(crop_of(small, (0.5, 0.5), PLACE, "nnn", (1, 2), FRAME).astype(int) - large).mean() < 12


def test_print_that_is_made_smaller_keeps_its_thin_strokes():
    pixels = page()
    strokes = range(30, 370, 9)
    for x in strokes:
        pixels[20:180, x] = 0
    row = crop_of(pixels, WHOLE, polygon(20, 20, 360, 160), "n", (0, 1), FRAME)[50].astype(int)
    for x in strokes:
        place = round((x + 0.5 - 200) * 120 / (360 + 2 * 0.08 * 160 + 1) + 60)
        assert row[max(0, place - 1) : place + 2].min() < 190


def test_a_slanting_line_is_laid_straight():
    flat = Image.fromarray(page(*THREE))
    white = (255, 255, 255)
    turned = np.asarray(flat.rotate(-10, Image.Resampling.BICUBIC, center=(145, 120), fillcolor=white))
    angle = np.radians(10)
    corners = tuple(
        (
            145 + (x - 145) * np.cos(angle) - (y - 120) * np.sin(angle),
            120 + (x - 145) * np.sin(angle) + (y - 120) * np.cos(angle),
        )
        for x, y in PLACE
    )
    straight = crop_of(page(*THREE), WHOLE, PLACE, "nnn", (1, 2), FRAME)
    assert np.abs(crop_of(turned, WHOLE, corners, "nnn", (1, 2), FRAME).astype(int) - straight).mean() < 15


def test_a_word_at_the_edge_or_outside_has_a_crop_as_well():
    for place in (polygon(-20, -10, 60, 40), polygon(380, 180, 60, 40), polygon(900, 900, 60, 40), polygon(5, 5, 0, 0)):
        assert crop_of(page(*THREE), WHOLE, place, "nn", (0, 1), FRAME).shape == (100, 120)


def test_a_straightened_part_is_of_one_size_and_fills_it():
    part = straightened(page(*THREE), WHOLE, PLACE, "nnn", (0, 1), (16, 24))
    assert part.shape == (24, 16)
    assert part[12, 8] < 40
    assert part[0].min() > 200


def test_the_first_letter_of_a_word_that_is_read_from_the_right_is_its_rightmost_one():
    pixels = page(*THREE[:1])  # ink at the left alone
    first, last = (crop_of(pixels, WHOLE, PLACE, "אבג", part, FRAME) for part in ((0, 1), (2, 3)))
    assert first[50, 60] == 255
    assert last[50, 60] == 0
