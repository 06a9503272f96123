import numpy as np

from ocrdesk.ui.kit.images import to_image, to_pixels


def test_pixels_come_back_as_they_went_whatever_the_width():
    pixels = np.arange(5 * 7 * 3, dtype=np.uint8).reshape(5, 7, 3)  # rows of 21 bytes, which Qt pads
    assert np.array_equal(to_pixels(to_image(pixels)), pixels)
