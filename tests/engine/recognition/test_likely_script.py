"""The likely script of lines that nobody could read."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocrdesk.engine.recognition import likely_script
from ocrdesk.engine.recognition.likely_script import BANDS, DIRECTIONS, MODEL, likely_scripts, outlines


def line(*boxes):
    """A line with black boxes: left, top, right, bottom."""
    pixels = np.full((40, 400, 3), 255, np.uint8)
    for left, top, right, bottom in boxes:
        pixels[top:bottom, left:right] = 0
    return pixels


STROKES = line(*((left, 5, left + 4, 35) for left in range(10, 390, 20)))
HANGING = line((10, 5, 390, 9), *((left, 5, left + 4, 35) for left in range(10, 390, 20)))


def by_bands(pixels):
    return outlines(pixels).reshape(BANDS, DIRECTIONS) ** 2


def test_outlines_say_where_which_strokes_are():
    up_and_down = [0, DIRECTIONS // 2]
    strokes, hanging = by_bands(STROKES), by_bands(HANGING)
    assert strokes[2:-2, up_and_down].sum() > 0.95 * strokes[2:-2].sum()
    assert hanging[:2].sum() > 1.5 * strokes[:2].sum()
    assert hanging[:2, up_and_down].sum() < 0.1 * hanging[:2].sum()


def test_size_surroundings_and_which_is_dark_do_not_matter():
    large = np.asarray(Image.fromarray(HANGING).resize((1200, 120), Image.Resampling.BICUBIC))
    bordered = np.pad(HANGING, ((6, 6), (0, 0), (0, 0)), constant_values=255)
    for same in (255 - HANGING, large, bordered):
        assert outlines(same) @ outlines(HANGING) > 0.95
    assert outlines(STROKES) @ outlines(HANGING) < 0.9


def test_an_empty_line_has_no_outlines_and_no_script():
    assert likely_scripts([]) == ()
    empty = np.full((40, 400, 3), 255, np.uint8)
    assert outlines(empty) is None or not outlines(empty).any()
    assert likely_scripts([empty]) == ()


@pytest.fixture
def model(monkeypatch, tmp_path):
    """Lets lines look like Thai that are strokes, and like Hebrew if these hang; other lines are turned."""

    def make(sure):
        names = [*likely_script.SCRIPTS, "turned"]
        weights = np.zeros((BANDS * DIRECTIONS, len(names)), np.float32)
        weights[:, names.index("Thai")] = sure * outlines(STROKES)
        weights[:, names.index("Hebrew")] = sure * outlines(HANGING)
        weights[:, names.index("turned")] = sure * outlines(HANGING[::-1])
        bias = np.array([2.0 * (name == "turned") for name in names], np.float32)
        np.savez(tmp_path / MODEL, weights=weights, bias=bias, names=np.array(names))
        monkeypatch.setattr(likely_script, "models_folder", lambda: tmp_path)
        likely_script._loaded.cache_clear()

    yield make
    likely_script._loaded.cache_clear()


def test_lines_are_of_the_script_that_they_look_like_either_way_up(model):
    model(sure=100)
    assert likely_scripts([STROKES, STROKES]) == ("Thai",)
    assert likely_scripts([HANGING]) == likely_scripts([np.ascontiguousarray(HANGING[::-1, ::-1])]) == ("Hebrew",)


def test_two_scripts_are_named_if_neither_is_clear_and_none_if_all_are_alike(model):
    model(sure=20)
    assert set(likely_scripts([STROKES, HANGING])) == {"Thai", "Hebrew"}
    model(sure=0)
    assert likely_scripts([STROKES, HANGING]) == ()


def test_latin_letters_are_of_none_of_these_scripts():
    pixels = []
    for text in (
        "It was a bright cold day in April, and the clocks were",
        "striking thirteen, while the wind blew hard",
    ):
        sheet = Image.new("RGB", (1100, 60), "white")
        ImageDraw.Draw(sheet).text((10, 8), text, fill="black", font=ImageFont.load_default(36))
        pixels.append(np.asarray(sheet))
    assert likely_scripts(pixels) == ()
