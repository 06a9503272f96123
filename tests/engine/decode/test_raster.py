"""Picture files: every orientation, mode, format and frame."""

import warnings
from contextlib import closing

import numpy as np
import pytest
from decoding import BLACK, CLOCKWISE, UPRIGHT, WHITE, corners, marked, refused, save_turned
from fakes import count_pages, load_page, many_frames, quadrants
from PIL import Image

from ocrdesk.engine.decode import PageCount, raster
from ocrdesk.engine.decode import picture as picture_module
from ocrdesk.engine.decode.files import open_file

# Orientation


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp"])
def test_every_exif_orientation_comes_out_upright_and_tells_its_rotation(tmp_path, orientation, suffix):
    picture = load_page(save_turned(tmp_path / f"scan.{suffix}", orientation))
    assert picture.pixels.shape == (24, 40, 3)
    assert corners(picture.pixels) == UPRIGHT
    assert picture.rotation == CLOCKWISE[orientation]


def test_a_file_that_stays_open_tells_its_rotation_each_time(tmp_path):
    with closing(open_file(save_turned(tmp_path / "scan.tif", 6))) as file:
        assert [file.load(0, edge).rotation for edge in (20, None, None)] == [90, 90, 90]


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


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif"])
@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_is_ignored(tmp_path, orientation, suffix):
    picture = load_page(save_turned(tmp_path / f"scan.{suffix}", orientation))
    assert (corners(picture.pixels), picture.rotation) == (UPRIGHT, 0)


def test_unreadable_exif_is_no_reason_to_refuse_a_picture(tmp_path):
    path = tmp_path / "scan.jpg"
    quadrants().save(path, exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = load_page(path)
    assert (corners(picture.pixels), picture.rotation) == (UPRIGHT, 0)


# Kinds of pixels


def load_saved(picture: Image.Image, path, **options):
    picture.save(path, **options)
    loaded = load_page(path)
    assert loaded.pixels.dtype == np.uint8
    assert loaded.pixels.flags.c_contiguous
    assert loaded.pixels.shape == (picture.height, picture.width, 3)
    assert loaded.remark is None
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


def test_a_light_palette_on_a_clear_colour_is_laid_on_black(tmp_path):
    palette = marked("RGB", (250, 250, 250), (255, 0, 255)).quantize(2)
    pixels = load_saved(palette, tmp_path / "palette.png", transparency=palette.getpixel((0, 0)))
    assert tuple(pixels[0, 0]) == BLACK
    assert pixels[20, 30].min() > 240


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_an_alpha_channel_that_hides_nothing_changes_nothing(tmp_path, mode):
    colours = np.random.default_rng(1).integers(0, 256, (40, 60, 3), np.uint8)
    solid = Image.fromarray(colours).convert(mode[:-1])
    page = solid.copy()
    page.putalpha(255)
    assert page.mode == mode
    assert np.array_equal(load_saved(page, tmp_path / "scan.png"), np.asarray(solid.convert("RGB")))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_one_clear_pixel_is_laid_on_the_ground(tmp_path, mode):
    page = Image.new(mode, (60, 40), (20,) * (len(mode) - 1) + (255,))
    page.putpixel((59, 39), (20,) * (len(mode) - 1) + (0,))
    pixels = load_saved(page, tmp_path / "scan.png")
    assert (tuple(pixels[39, 59]), tuple(pixels[39, 58])) == (WHITE, (20, 20, 20))


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


@pytest.mark.parametrize(("mark", "bits", "words"), [(0xC1, 12, "JPEG of 12 bits"), (0xF7, 8, "JPEG-LS")])
def test_a_jpeg_of_a_kind_that_is_not_read_is_not_called_damaged(tmp_path, mark, bits, words):
    quadrants().save(tmp_path / "scan.jpg", comment=b"x" * 60_000)
    content = bytearray((tmp_path / "scan.jpg").read_bytes())
    place = content.index(b"\xff\xc0")
    content[place + 1], content[place + 4] = mark, bits
    (tmp_path / "scan.jpg").write_bytes(content)
    sentence = refused(tmp_path / "scan.jpg")
    assert words in sentence
    assert "damaged" not in sentence


# The name


@pytest.mark.parametrize(
    ("suffix", "picture_format", "remark"),
    [
        (".jpg", "PNG", "This is a PNG picture, though its name ends in .jpg."),
        (".TIF", "JPEG2000", "This is a JPEG 2000 picture, though its name ends in .TIF."),
        (".pdf", "WEBP", "This is a WebP picture, though its name ends in .pdf."),
        (".jpe", "JPEG", None),
        (".scan", "PNG", None),
        ("", "PNG", None),
    ],
)
def test_the_content_decides_and_a_name_that_says_otherwise_is_remarked_on(tmp_path, suffix, picture_format, remark):
    path = tmp_path / f"scan{suffix}"
    options = {} if picture_format == "JPEG2000" else {"quality": 100}
    quadrants().save(path, picture_format, **options)
    picture = load_page(path)
    assert corners(picture.pixels) == UPRIGHT
    assert picture.remark == remark
    assert load_page(path, 0, 30).remark is None, "a thumbnail has no room for remarks"


# Frames


@pytest.mark.parametrize("suffix", ["tif", "gif"])
@pytest.mark.parametrize("longest_edge", [None, 500])
def test_the_frame_asked_for_is_loaded(tmp_path, suffix, longest_edge):
    shades = (10, 120, 240)
    frames = [Image.new("L", (20, 10), shade) for shade in shades]
    frames[0].save(tmp_path / f"x.{suffix}", save_all=True, append_images=frames[1:])
    loaded = [load_page(tmp_path / f"x.{suffix}", frame, longest_edge).pixels[5, 5, 0] for frame in range(3)]
    assert loaded == list(shades)


def test_other_pictures_that_a_camera_puts_into_a_jpeg_are_no_pages(tmp_path):
    preview = Image.new("RGB", (10, 5))
    Image.new("RGB", (20, 10)).save(tmp_path / "x.jpg", format="MPO", save_all=True, append_images=[preview])
    assert count_pages(tmp_path / "x.jpg").pages == 1


def test_a_frame_that_is_no_longer_there_says_so(tmp_path):
    assert "fewer pages" in refused(many_frames(tmp_path / "x.tif", 20, 30), frame=2)


@pytest.mark.parametrize("suffix", ["tif", "gif", "webp"])
def test_frames_are_counted_as_far_as_they_are_read(tmp_path, suffix, monkeypatch):
    path = tmp_path / f"x.{suffix}"
    frames = [Image.new("L", (20, 10), shade) for shade in (10, 90, 170, 250)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert count_pages(path) == PageCount(4)
    monkeypatch.setattr(raster, "MOST_FRAMES", 4)
    assert count_pages(path) == PageCount(4)
    monkeypatch.setattr(raster, "MOST_FRAMES", 3)
    assert count_pages(path) == PageCount(3, left_out=1)


def test_a_picture_that_is_only_one_counts_as_one(tmp_path):
    quadrants().save(tmp_path / "scan.jpg")
    assert count_pages(tmp_path / "scan.jpg") == PageCount(1)


# Small pictures


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "tif", "png"])
def test_a_small_picture_is_upright_and_within_bounds(tmp_path, orientation, suffix):
    picture = load_page(save_turned(tmp_path / f"scan.{suffix}", orientation, (800, 480)), 0, 100)
    assert picture.pixels.shape == (60, 100, 3)
    assert corners(picture.pixels) == UPRIGHT
    assert picture.rotation == CLOCKWISE[orientation]


def test_a_picture_smaller_than_the_bounds_is_not_enlarged(tmp_path):
    assert load_page(save_turned(tmp_path / "scan.png", 1), 0, 500).pixels.shape == (24, 40, 3)


def test_a_small_transparent_picture_keeps_its_ground(tmp_path):
    marked("RGBA", (250, 250, 250, 255), (255, 255, 255, 0)).save(tmp_path / "scan.png")
    assert tuple(load_page(tmp_path / "scan.png", 0, 30).pixels[0, 0]) == BLACK


# Pixels that are not square


@pytest.mark.parametrize(
    ("density", "size"),
    [
        ((204, 98), (173, 250)),
        ((204, 391), (332, 120)),
        ((100, 200), (346, 120)),
        ((400, 100), (173, 480)),
        ((204, 196), (173, 120)),
        ((300, 300), (173, 120)),
        ((300, 60), (173, 120)),
        ((0, 98), (173, 120)),
    ],
)
@pytest.mark.parametrize("suffix", ["tif", "jpg", "png"])
def test_pixels_of_faxes_are_made_square_where_the_file_says_how(tmp_path, density, size, suffix):
    picture = Image.new("L", (173, 120), 255)
    picture.paste(0, (0, 0, 40, 30))
    picture.save(tmp_path / f"fax.{suffix}", dpi=density)
    pixels = load_page(tmp_path / f"fax.{suffix}").pixels
    assert pixels.shape[1::-1] == pytest.approx(size, abs=1)
    right, bottom = (int((pixels[..., 0] < 128).any(axis=axis).sum()) for axis in (0, 1))
    assert (right / size[0], bottom / size[1]) == pytest.approx((40 / 173, 30 / 120), abs=0.02)


@pytest.mark.parametrize("density", [(204, 98), (2, 1)])
def test_pixels_are_made_square_though_no_unit_is_told(tmp_path, density):
    plain = Image.new("L", (100, 60), 255)
    plain.save(tmp_path / "x.tif", tiffinfo={282: density[0], 283: density[1], 296: 1})
    plain.save(tmp_path / "x.jpg")
    content = (tmp_path / "x.jpg").read_bytes()
    described = b"\0" + bytes((0, density[0], 0, density[1]))
    (tmp_path / "x.jpg").write_bytes(content[:13] + described + content[18:])
    for suffix in ("tif", "jpg"):
        assert load_page(tmp_path / f"x.{suffix}").pixels.shape == (round(60 * density[0] / density[1]), 100, 3)


@pytest.mark.parametrize("suffix", ["tif", "jpg"])
def test_a_fax_on_its_side_is_stretched_in_the_right_direction(tmp_path, suffix):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (100, 60), 255).save(tmp_path / f"fax.{suffix}", dpi=(204, 98), exif=exif)
    assert load_page(tmp_path / f"fax.{suffix}").pixels.shape == (100, 125, 3)


def test_a_small_picture_of_a_fax_is_square_and_within_bounds(tmp_path):
    Image.new("1", (1728, 1100), 1).save(tmp_path / "fax.tif", dpi=(204, 98))
    assert load_page(tmp_path / "fax.tif", 0, 320).pixels.shape == (320, 241, 3)


def test_a_large_picture_of_a_fax_is_stretched_strip_by_strip(tmp_path, monkeypatch):
    picture = Image.fromarray(np.tile(np.linspace(0, 255, 400).astype(np.uint8)[:, np.newaxis], (1, 60)))
    picture.save(tmp_path / "fax.tif", dpi=(200, 100))
    whole = load_page(tmp_path / "fax.tif").pixels
    monkeypatch.setattr(raster, "HEAVY_BYTES", 4000)
    monkeypatch.setattr(raster, "_STRIP", 32)
    assert whole.shape == (800, 60, 3)
    assert np.abs(load_page(tmp_path / "fax.tif").pixels.astype(int) - whole).max() <= 1


def test_a_fax_that_would_become_huge_is_reduced_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(picture_module, "MOST_PIXELS", 10_000)
    Image.new("L", (100, 100), 255).save(tmp_path / "fax.tif", dpi=(100, 400))
    picture = load_page(tmp_path / "fax.tif")
    assert picture.pixels.shape == (50, 200, 3)
    assert picture.remark == "Read at 200 × 50 pixels; the file has 100 × 100."
