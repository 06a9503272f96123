"""Whether a drawing shows something like text: letters in rows, and not rules, frames, boxes or marks."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocrdesk.engine.recognition.text_like import letters_in_rows

NONE = np.empty((0, 4))
FONT = ImageFont.load_default(22)


def drawn(draw=lambda drawing: None, ground: int = 255) -> np.ndarray:
    picture = Image.new("L", (700, 400), ground)
    draw(ImageDraw.Draw(picture))
    return np.asarray(picture)


def write(text: str, ink: int = 0, size: int = 22, at=(40, 60)):
    return lambda drawing: drawing.text(at, text, fill=ink, font=ImageFont.load_default(size))


@pytest.mark.parametrize("size", [10, 14, 22, 60])
@pytest.mark.parametrize(("ink", "ground"), [(0, 255), (255, 0), (140, 255), (255, 120)])
def test_words_look_like_text_whatever_their_size_and_colours(size, ink, ground):
    assert letters_in_rows(drawn(write("Total amount", ink, size), ground), NONE) >= 4


def test_many_words_are_more_letters():
    few, many = (letters_in_rows(drawn(write(text)), NONE) for text in ("Total", "Total amount due in May"))
    assert 4 <= few < many


@pytest.mark.parametrize(
    "draw",
    [
        lambda d: None,
        lambda d: [d.line((20, y, 680, y), fill=0, width=2) for y in range(30, 380, 25)],
        lambda d: [d.rectangle((x, y, x + 60, y + 25), outline=0) for x in range(20, 600, 60) for y in (30, 55, 80)],
        lambda d: [d.rectangle((x, 50, x + 16, 66), outline=0, width=2) for x in range(30, 600, 24)],
        lambda d: [d.ellipse((x, 50, x + 12, 62), outline=0) for x in range(30, 600, 20)],
        lambda d: [d.ellipse((x, 50, x + 3, 53), fill=0) for x in range(30, 600, 8)],
        lambda d: [d.line((x, 100, x + 12, 100), fill=0, width=2) for x in range(30, 600, 18)],
        lambda d: d.polygon([(30, 200), (200, 40), (370, 230), (500, 30), (650, 300)], outline=0),
        lambda d: d.ellipse((100, 50, 400, 350), fill=90),
    ],
    ids=["nothing", "rules", "table", "boxes", "circles", "dots", "dashes", "curve", "logo"],
)
@pytest.mark.parametrize("is_negative", [False, True])
def test_what_is_drawn_between_words_is_no_text(draw, is_negative):
    grey = drawn(draw)
    assert letters_in_rows(255 - grey if is_negative else grey, NONE) == 0


def test_a_shadow_of_known_text_is_no_text():
    grey = drawn(write("Total amount"))
    assert letters_in_rows(grey, np.array([[30.0, 50.0, 300.0, 100.0]])) == 0
    assert letters_in_rows(grey, np.array([[30.0, 150.0, 300.0, 200.0]])) > 0


def test_noise_takes_no_time_and_may_be_anything():
    noise = (np.random.default_rng(3).random((1500, 1500)) * 255).astype(np.uint8)
    assert letters_in_rows(noise, NONE) >= 0
