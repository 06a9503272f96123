import warnings
from pathlib import Path

import numpy as np
import pytest
from fakes import many_frames, quadrants
from PIL import Image

from ocrdesk.engine.decode import load_page, load_small, turn_pixels
from ocrdesk.engine.errors import PageUnreadable

RED, GREEN, BLUE, BLACK, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0), (255, 255, 255)
UPRIGHT = [RED, GREEN, BLUE, BLACK]
CLOCKWISE = {1: 0, 2: 0, 3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270}
UNDONE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What makes an upright picture into one that the orientation makes upright again."""


def corners(pixels):
    """The colours near the corners, from the top-left, in reading order; pure, because JPEG is not exact."""
    near = (pixels[3, 3], pixels[3, -4], pixels[-4, 3], pixels[-4, -4])
    return [tuple(255 if value > 127 else 0 for value in colour) for colour in near]


def save_turned(path: Path, orientation: int, size: tuple[int, int] = (40, 24)) -> Path:
    stored = quadrants(*size)
    if orientation in UNDONE:
        stored = stored.transpose(UNDONE[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(path, exif=exif)
    return path


def refused(path: Path, frame: int = 0) -> str:
    with pytest.raises(PageUnreadable) as caught:
        load_page(path, frame)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    return sentence


# Orientation


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp"])
def test_every_exif_orientation_comes_out_upright_and_tells_its_rotation(tmp_path, orientation, suffix):
    picture = load_page(save_turned(tmp_path / f"scan.{suffix}", orientation))
    assert picture.pixels.shape == (24, 40, 3)
    assert corners(picture.pixels) == UPRIGHT
    assert picture.rotation == CLOCKWISE[orientation]


@pytest.mark.parametrize("mode", ["RGBA", "I;16", "CMYK"])
def test_pictures_that_are_converted_are_turned_upright_too(tmp_path, mode):
    stored = marked("RGBA", (0, 0, 0, 255), (255, 255, 255, 255))
    if mode == "I;16":
        stored = Image.fromarray(np.asarray(stored.convert("L")).astype(np.uint16))
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / ("scan.jpg" if mode == "CMYK" else "scan.png")
    (stored.convert(mode) if mode == "CMYK" else stored).save(path, exif=exif)
    picture = load_page(path)
    assert picture.rotation == 90
    assert picture.pixels.shape == (60, 40, 3)
    assert (picture.pixels[30, 20].max() < 50, picture.pixels[30, 5].min() > 200) == (True, True)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_is_ignored(tmp_path, orientation):
    picture = load_page(save_turned(tmp_path / "scan.jpg", orientation))
    assert (corners(picture.pixels), picture.rotation) == (UPRIGHT, 0)


def test_unreadable_exif_is_no_reason_to_refuse_a_picture(tmp_path):
    path = tmp_path / "scan.jpg"
    quadrants().save(path, exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = load_page(path)
    assert (corners(picture.pixels), picture.rotation) == (UPRIGHT, 0)


def test_a_turn_is_added_to_the_orientation_of_the_file(tmp_path):
    picture = load_page(save_turned(tmp_path / "scan.jpg", 6), turn=90)
    assert picture.rotation == 180
    assert picture.pixels.shape == (40, 24, 3)
    assert corners(picture.pixels) == [BLUE, RED, BLACK, GREEN]


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
    assert corners(turn_pixels(np.asarray(quadrants()), turn)) == expected


# Kinds of pixels


def load_saved(picture: Image.Image, path: Path, **options):
    picture.save(path, **options)
    loaded = load_page(path)
    assert loaded.pixels.dtype == np.uint8
    assert loaded.pixels.flags.c_contiguous
    assert loaded.pixels.shape == (picture.height, picture.width, 3)
    return loaded.pixels


@pytest.mark.parametrize("mode", ["CMYK", "YCbCr", "RGB"])
def test_pictures_of_other_colour_models_become_rgb(tmp_path, mode):
    assert corners(load_saved(quadrants().convert(mode), tmp_path / "scan.jpg", quality=100)) == UPRIGHT


def test_palettes_become_rgb(tmp_path):
    assert corners(load_saved(quadrants().quantize(16), tmp_path / "scan.png")) == UPRIGHT


def test_one_bit_pictures_become_black_and_white(tmp_path):
    picture = Image.new("1", (20, 10), 1)
    picture.putpixel((3, 3), 0)
    pixels = load_saved(picture, tmp_path / "scan.tif", compression="group4")
    assert tuple(pixels[3, 3]) == BLACK
    assert tuple(pixels[0, 0]) == WHITE


def marked(mode: str, mark, ground) -> Image.Image:
    """A line across the middle of a ground."""
    picture = Image.new(mode, (60, 40), ground)
    picture.paste(mark, (5, 18, 55, 22))
    return picture


def test_dark_text_on_a_clear_ground_is_laid_on_white(tmp_path):
    pixels = load_saved(marked("RGBA", (20, 20, 20, 255), (0, 0, 0, 0)), tmp_path / "scan.png")
    assert (tuple(pixels[0, 0]), tuple(pixels[20, 30])) == (WHITE, (20, 20, 20))


def test_light_text_on_a_clear_ground_is_laid_on_black(tmp_path):
    pixels = load_saved(marked("RGBA", (250, 250, 250, 255), (255, 255, 255, 0)), tmp_path / "scan.png")
    assert (tuple(pixels[0, 0]), tuple(pixels[20, 30])) == (BLACK, (250, 250, 250))


def test_a_light_page_with_a_clear_edge_is_laid_on_white(tmp_path):
    page = Image.new("RGBA", (60, 40), (250, 250, 250, 255))
    page.paste((0, 0, 0, 0), (0, 0, 60, 6))
    pixels = load_saved(page, tmp_path / "scan.png")
    assert tuple(pixels[0, 0]) == WHITE


def test_grey_with_alpha_and_palettes_with_a_clear_colour_are_laid_on_a_ground_too(tmp_path):
    grey = load_saved(marked("LA", (20, 255), (0, 0)), tmp_path / "grey.png")
    palette = marked("RGB", (20, 20, 20), (255, 0, 255)).quantize(2)
    clear = palette.getpixel((0, 0))
    colours = load_saved(palette, tmp_path / "palette.png", transparency=clear)
    for pixels in (grey, colours):
        assert tuple(pixels[0, 0]) == WHITE
        assert pixels[20, 30].max() < 60


def test_a_wholly_clear_picture_is_white(tmp_path):
    pixels = load_saved(Image.new("RGBA", (20, 10), (0, 0, 0, 0)), tmp_path / "scan.png")
    assert (pixels == 255).all()


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_a_faint_16_bit_scan_is_stretched_instead_of_coming_out_black(tmp_path, suffix):
    values = np.tile(np.linspace(1000, 1400, 50, dtype=np.uint16), (10, 1))
    pixels = load_saved(Image.fromarray(values), tmp_path / f"scan.{suffix}")
    assert (pixels[0, 0] == 0).all()
    assert (pixels[0, -1] == 255).all()
    assert abs(int(pixels[0, 25, 0]) - 130) < 6


def test_pictures_of_real_numbers_are_stretched_and_their_gaps_filled(tmp_path):
    values = np.tile(np.linspace(-1, 1, 50, dtype=np.float32), (10, 1))
    values[5, 5] = np.nan
    pixels = load_saved(Image.fromarray(values), tmp_path / "scan.tif")
    assert (pixels[0, 0, 0], pixels[0, -1, 0], pixels[5, 5, 0]) == (0, 255, 255)


def test_a_16_bit_picture_of_one_shade_divides_by_nothing(tmp_path):
    load_saved(Image.fromarray(np.full((10, 20), 700, np.uint16)), tmp_path / "scan.png")


@pytest.mark.parametrize("suffix", ["bmp", "gif", "ppm", "jp2", "webp", "avif", "pcx", "tga", "tif", "png", "jpg"])
def test_every_format_is_read(tmp_path, suffix):
    options = {"quality": 100} if suffix in ("jpg", "webp", "avif") else {}
    assert corners(load_saved(quadrants(), tmp_path / f"scan.{suffix}", **options)) == UPRIGHT


def test_the_content_decides_and_not_the_name(tmp_path):
    path = tmp_path / "scan.jpg"
    quadrants().save(path, "PNG")
    assert corners(load_page(path).pixels) == UPRIGHT


# Frames


@pytest.mark.parametrize("suffix", ["tif", "gif"])
@pytest.mark.parametrize("load", [load_page, lambda path, frame: load_small(path, frame, 0, 500)])
def test_the_frame_asked_for_is_loaded(tmp_path, suffix, load):
    shades = (10, 120, 240)
    frames = [Image.new("L", (20, 10), shade) for shade in shades]
    frames[0].save(tmp_path / f"x.{suffix}", save_all=True, append_images=frames[1:])
    loaded = [load(tmp_path / f"x.{suffix}", frame).pixels[5, 5, 0] for frame in range(3)]
    assert loaded == list(shades)


def test_a_frame_that_is_no_longer_there_says_so(tmp_path):
    assert "fewer pages" in refused(many_frames(tmp_path / "x.tif", 20, 30), frame=2)


# Small pictures


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_a_small_picture_is_upright_and_within_bounds(tmp_path, orientation, suffix):
    picture = load_small(save_turned(tmp_path / f"scan.{suffix}", orientation, (800, 480)), 0, 0, 100)
    assert picture.pixels.shape == (60, 100, 3)
    assert corners(picture.pixels) == UPRIGHT
    assert picture.rotation == CLOCKWISE[orientation]


def test_a_small_picture_can_be_turned(tmp_path):
    picture = load_small(save_turned(tmp_path / "scan.jpg", 1, (800, 480)), 0, 90, 100)
    assert picture.pixels.shape == (100, 60, 3)
    assert corners(picture.pixels) == [BLUE, RED, BLACK, GREEN]


def test_a_picture_smaller_than_the_bounds_is_not_enlarged(tmp_path):
    assert load_small(save_turned(tmp_path / "scan.png", 1), 0, 0, 500).pixels.shape == (24, 40, 3)


def test_a_small_transparent_picture_keeps_its_ground(tmp_path):
    marked("RGBA", (250, 250, 250, 255), (255, 255, 255, 0)).save(tmp_path / "scan.png")
    assert tuple(load_small(tmp_path / "scan.png", 0, 0, 30).pixels[0, 0]) == BLACK
