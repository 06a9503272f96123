from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from fake_models import CHARACTERS, FakeModels, draw_bars, seen_of, steps_of

from ocrdesk.engine.recognition.ppocr import line_reader
from ocrdesk.engine.recognition.ppocr.line_reader import (
    GAP,
    HEIGHT,
    LONGEST_PIECE,
    TOGETHER,
    WIDTHS,
    LineReader,
    width_for,
)
from ocrdesk.engine.recognition.ppocr.page_reader import ACCURATE


def bar(number, wide, high=20):
    """A line with a bar of this number in it, RGB."""
    return draw_bars(*[(0, 0, 1, 1)] * (number - 1), (0, 0, wide, high), width=wide, height=high)


def read(crops, models=None, width=1.0):
    return LineReader((models or FakeModels()).read, CHARACTERS, width).read(crops)


# Widths


def test_a_line_keeps_its_proportions_as_far_as_there_are_widths():
    assert width_for(bar(1, 380, 20), 1.0) == min(WIDTHS, key=lambda width: abs(width - 912))
    assert width_for(bar(1, 380, 20), 0.5) == min(WIDTHS, key=lambda width: abs(width - 456))


@pytest.mark.parametrize(("before", "after"), list(pairwise(WIDTHS)))
def test_a_line_is_as_wide_as_its_nearest_width_in_proportion(before, after):
    middle = (before * after) ** 0.5
    for wide, expected in ((before, before), (middle * 0.998, before), (middle * 1.002, after), (after, after)):
        crop = SimpleNamespace(shape=(1000 * HEIGHT, round(1000 * wide), 3))
        assert width_for(crop, 1.0) == expected


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (50, 60)])
def test_any_line_has_a_width(size):
    assert width_for(np.zeros((*size, 3), np.uint8), 0.7) in WIDTHS


def test_widths_suit_a_reader_that_takes_steps_of_eight_pixels_and_are_few_and_near():
    assert all(width % 16 == 0 for width in WIDTHS)
    assert list(WIDTHS) == sorted(set(WIDTHS))
    assert all(after / before <= 1.3 for before, after in pairwise(WIDTHS) if before > WIDTHS[0])
    assert WIDTHS[-1] >= LONGEST_PIECE * HEIGHT * ACCURATE.width


# Reading


def test_lines_are_given_in_their_order_however_wide_they_are():
    wide = [400, 100, 250, 400, 120, 600, 100]
    lines = read([bar(number, its) for number, its in enumerate(wide, start=1)])
    assert [line.text for line in lines] == [f"bar {number}" for number in range(1, 8)]
    assert [line.clearness for line in lines] == pytest.approx([0.95] * 7)


def test_no_lines_ask_nothing_of_the_model():
    models = FakeModels()
    assert read([], models) == []
    assert models.groups == []


@pytest.mark.parametrize("size", [(3, 3), (200, 150), (48, 300), (60, 1900)])
def test_the_model_sees_lines_of_its_height_and_of_a_few_widths(size):
    models = FakeModels()
    read([np.zeros((*size, 3), np.uint8)], models)
    (group,) = models.groups
    assert group.shape[1] == HEIGHT
    assert group.shape[2] in WIDTHS


def test_a_line_is_narrowed_as_told():
    models = FakeModels()
    read([bar(1, 400)], models, width=0.5)
    assert models.groups[0].shape[2] == width_for(bar(1, 400), 0.5)


@pytest.mark.parametrize(("wide", "count"), [(64, 4), (160, 4), (192, 2), (224, 2), (272, 1)])
def test_short_lines_of_one_width_are_read_together_and_always_as_many(wide, count):
    models = FakeModels()
    read([bar(1, wide, HEIGHT)] * (2 * count + 1), models)
    assert [group.shape for group in models.groups] == [(count, HEIGHT, wide, 3)] * 3


def test_a_group_that_is_filled_up_gives_each_line_once():
    texts = [line.text for line in read([bar(number, 150, HEIGHT) for number in range(1, 7)])]
    assert texts == [f"bar {number}" for number in range(1, 7)]


def test_lines_of_different_widths_are_not_read_together():
    models = FakeModels()
    read([bar(1, wide, HEIGHT) for wide in WIDTHS[:3] * 2], models)
    assert {group.shape[2] for group in models.groups} == set(WIDTHS[:3])


def test_long_lines_are_read_alone():
    models = FakeModels()
    read([bar(1, max(TOGETHER) + 100, HEIGHT)] * 3, models)
    assert [len(group) for group in models.groups] == [1, 1, 1]


def test_a_line_turned_in_memory_is_read_as_it_looks():
    crop = bar(7, 300)
    turned = np.rot90(np.ascontiguousarray(np.rot90(crop, -1)))
    assert [line.text for line in read([turned, crop[::-1, ::-1][::-1, ::-1]])] == ["bar 7", "bar 7"]


def test_what_is_too_fine_for_the_model_becomes_grey():
    crop = np.zeros((20 * HEIGHT, 20 * HEIGHT, 3), np.uint8)
    crop[::3] = 255
    models = OneLetterModels()
    read([crop], models)
    assert (abs(models.lines[0].astype(int) - 85) < 20).all()


def test_a_line_without_text_is_empty():
    class BlindModels(FakeModels):
        def say(self, line):
            return " ", 0.9

    assert [line.text for line in read([bar(1, 300)], BlindModels())] == [""]


# Long lines


class OneLetterModels(FakeModels):
    """Reads a letter in the middle of each piece."""

    def read(self, lines):
        seen = seen_of(lines)
        self.groups.append(seen)
        return steps_of([("b", 0.9) for _ in seen], lines.shape[3] // 8)


def busy_line(wide, high=20, gaps=()):
    """A line full of stripes but for some gaps."""
    line = np.zeros((high, wide, 3), np.uint8)
    line[::2] = 255
    for left, right in gaps:
        line[:, left:right] = 255
    return line


def test_a_line_that_is_not_too_long_is_read_in_one():
    models = OneLetterModels()
    assert [line.text for line in read([busy_line(LONGEST_PIECE * 20)], models)] == ["b"]
    assert len(models.lines) == 1


def test_a_line_that_is_too_long_is_parted_where_it_is_emptiest(monkeypatch):
    cut = []
    resized = line_reader._resized
    monkeypatch.setattr(line_reader, "_resized", lambda crop, width: cut.append(crop) or resized(crop, width))
    wide = (LONGEST_PIECE + 8) * 20
    gap = wide // 2 + 40
    lines = read([busy_line(wide, gaps=[(gap, gap + 20), (wide - 60, wide - 30)])], OneLetterModels())
    assert sorted(crop.shape[1] for crop in cut) == [
        pytest.approx(wide - gap - 10, abs=10),
        pytest.approx(gap + 10, abs=10),
    ]
    assert sum(crop.shape[1] for crop in cut) == wide, "nothing is lost and nothing read twice"
    assert [its.text for its in lines] == ["b b"]


@pytest.mark.parametrize("times", [LONGEST_PIECE + 0.5, 2 * LONGEST_PIECE - 1, 170])
@pytest.mark.parametrize("high", [1, 3, 20, 50])
def test_pieces_of_a_very_long_line_are_short_enough_and_cover_it(high, times):
    wide = int(times * high) + 1
    pieces = line_reader._pieces(busy_line(wide, high))
    assert sum(piece.shape[1] for piece in pieces) == wide
    assert all(0 < piece.shape[1] <= LONGEST_PIECE * high for piece in pieces)
    assert min(piece.shape[1] for piece in pieces) >= wide / len(pieces) - GAP * high - 1


def test_words_of_pieces_stand_where_they_stand_in_the_whole_line():
    wide = (LONGEST_PIECE + 8) * 20
    (line,) = read([busy_line(wide, gaps=[(wide // 2 + 30, wide // 2 + 36)])], OneLetterModels())
    parted = (wide // 2 + 33) / wide
    assert [(word.left, word.right) for word in line.words] == [
        pytest.approx((0, parted), abs=0.03),
        pytest.approx((parted, 1), abs=0.03),
    ]


def test_long_lines_and_short_ones_do_not_mix():
    models = FakeModels()
    first, second = 500, 480
    long = np.full((24, first + 8 + second, 3), 255, np.uint8)
    long[2:-2, :first], long[2:-2, -second:] = bar(2, first), bar(3, second)
    assert [line.text for line in read([bar(1, 300), long, bar(4, 300)], models)] == ["bar 1", "bar 2 bar 3", "bar 4"]
