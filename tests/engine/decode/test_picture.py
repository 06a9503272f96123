import numpy as np
import pytest
from decoding import BLACK, BLUE, GREEN, RED, UPRIGHT, corners
from fakes import quadrants

from ocrdesk.engine.decode import turn_pixels
from ocrdesk.engine.decode.picture import MOST_PIXELS, scale_within


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (0, UPRIGHT),
        (90, [BLUE, RED, BLACK, GREEN]),
        (180, [BLACK, BLUE, GREEN, RED]),
        (270, [GREEN, BLACK, RED, BLUE]),
        (360, UPRIGHT),
    ],
)
def test_pixels_are_turned_clockwise(turn, expected):
    turned = turn_pixels(np.asarray(quadrants()), turn)
    assert corners(turned) == expected
    assert turned.flags.c_contiguous


@pytest.mark.parametrize(
    ("size", "longest_edge", "scale"),
    [
        ((100, 50), None, 1.0),
        ((100, 50), 200, 1.0),
        ((100, 50), 50, 0.5),
        ((50, 100), 50, 0.5),
        ((8_000, 8_000), None, 1.0),
        ((16_000, 16_000), None, 0.5),
        ((64_000, 4_000), None, 0.5),
        ((16_000, 16_000), 4_000, 0.25),
        ((16_000, 16_000), 12_000, 0.5),
        ((0, 0), 10, 1.0),
    ],
)
def test_a_picture_is_scaled_to_keep_to_all_bounds_and_never_enlarged(size, longest_edge, scale):
    assert MOST_PIXELS == 8_000 * 8_000
    assert scale_within(*size, longest_edge) == scale
