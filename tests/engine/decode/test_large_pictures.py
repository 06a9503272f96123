"""Memory: large pictures are scaled, asked for, taken in strips, or refused before anything is allocated."""

import struct
import zlib

import numpy as np
import pytest
from decoding import UPRIGHT, corners, refused
from fakes import draw_pages, load_page, many_frames, quadrants
from PIL import Image, ImageFilter

from ocrdesk.engine.decode import picture as picture_module
from ocrdesk.engine.decode import raster


class Permits:
    """Remembers how much memory was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, need: int) -> None:
        self.asked.append(need)


@pytest.fixture
def permits():
    return Permits()


def claim(path, width: int, height: int, colour_type: int = 2):
    """A PNG of a few bytes that claims a size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    content = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + content)
    return path


# Too large


@pytest.mark.parametrize(
    ("size", "colour_type", "megapixels", "most"),
    [((30_000, 30_000), 2, "900", "180"), ((30_000, 30_000), 0, "900", "720"), ((20_000, 9_001), 6, "180", "180")],
)
def test_a_picture_beyond_all_memory_is_refused_before_it_is_decoded(
    tmp_path, permits, monkeypatch, size, colour_type, megapixels, most
):
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("the picture was decoded"))
    path = claim(tmp_path / "scan.png", *size, colour_type)
    said = refused(path)
    assert said == (
        f"The picture has {megapixels} megapixels, more than the {most} that can be read of this kind. "
        "Save it smaller or in parts, then retry."
    )
    with pytest.raises(Exception, match="megapixels"):
        load_page(path, 0, 100, permit=permits)
    assert permits.asked == []


@pytest.mark.parametrize("size", [(1_000_001, 1), (1, 1_000_001), (0, 10), (10, 0), (2_000_000_000, 2_000_000_000)])
def test_sizes_that_cannot_be_are_refused(tmp_path, size):
    said = refused(claim(tmp_path / "scan.png", *size))
    assert said.startswith(("The file claims a picture of ", "The picture is damaged"))
    if 0 not in size:
        assert f"{size[0]:,} × {size[1]:,} pixels, which is impossible" in said


def test_exactly_as_much_memory_as_allowed_is_taken(tmp_path, monkeypatch):
    (narrow, wide) = draw_pages(tmp_path, 2)
    monkeypatch.setattr(raster, "MOST_BYTES", 200)
    assert load_page(narrow).pixels.shape == (10, 20, 3)
    assert "megapixels" in refused(wide)


def test_the_size_of_the_frame_asked_for_counts_and_not_that_of_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(raster, "MOST_BYTES", 200)
    path = many_frames(tmp_path / "x.tif", 20, 21, 20)
    load_page(path, 0)
    assert "megapixels" in refused(path, frame=1)
    load_page(path, 2)


def test_a_large_jpeg_is_decoded_for_a_thumbnail_with_only_the_detail_it_needs(tmp_path, monkeypatch):
    quadrants(800, 480).save(tmp_path / "scan.jpg")
    monkeypatch.setattr(raster, "MOST_BYTES", 800 * 480)
    assert "megapixels" in refused(tmp_path / "scan.jpg")
    picture = load_page(tmp_path / "scan.jpg", 0, 100)
    assert picture.pixels.shape == (60, 100, 3)
    assert corners(picture.pixels) == UPRIGHT


# Large


def test_memory_is_asked_for_before_a_heavy_picture_is_decoded_and_not_for_others(tmp_path, permits, monkeypatch):
    path = tmp_path / "scan.png"
    quadrants(40, 24).save(path)
    load_page(path, permit=permits)
    monkeypatch.setattr(raster, "HEAVY_BYTES", 40 * 24 * 4)
    load_page(path, permit=permits)
    assert permits.asked == []
    monkeypatch.setattr(raster, "HEAVY_BYTES", 40 * 24 * 4 - 1)
    order = []
    really_load = Image.Image.load
    monkeypatch.setattr(Image.Image, "load", lambda image: (order.append("load"), really_load(image))[1])
    load_page(path, permit=lambda need: order.append(need))
    assert order[0] == 40 * 24 * 4


@pytest.mark.parametrize(
    ("mode", "suffix", "bytes_each"), [("1", "tif", 1), ("L", "png", 1), ("I;16", "png", 2), ("RGB", "png", 4)]
)
def test_a_mode_takes_the_memory_that_pillow_takes_for_it(tmp_path, permits, monkeypatch, mode, suffix, bytes_each):
    path = tmp_path / f"scan.{suffix}"
    (Image.fromarray(np.zeros((24, 40), np.uint16)) if mode == "I;16" else Image.new(mode, (40, 24))).save(path)
    monkeypatch.setattr(raster, "HEAVY_BYTES", 100)
    load_page(path, permit=permits)
    assert permits.asked == [40 * 24 * bytes_each]


def test_a_page_of_too_many_pixels_is_scaled_down_and_says_so(tmp_path, monkeypatch):
    path = tmp_path / "scan.png"
    quadrants(2000, 1200).save(path)
    monkeypatch.setattr(picture_module, "MOST_PIXELS", 60_000)
    picture = load_page(path)
    assert picture.pixels.shape == (190, 316, 3)
    assert corners(picture.pixels) == UPRIGHT
    assert picture.remark == "Read at 316 × 190 pixels; the file has 2,000 × 1,200."
    path.rename(tmp_path / "scan.gif")
    assert load_page(tmp_path / "scan.gif").remark == (
        "This is a PNG picture, though its name ends in .gif. Read at 316 × 190 pixels; the file has 2,000 × 1,200."
    )
    assert load_page(tmp_path / "scan.gif", 0, 100).remark is None


def test_a_page_of_just_as_many_pixels_is_not_scaled(tmp_path, monkeypatch):
    quadrants(300, 200).save(tmp_path / "scan.png")
    monkeypatch.setattr(picture_module, "MOST_PIXELS", 60_000)
    picture = load_page(tmp_path / "scan.png")
    assert (picture.pixels.shape, picture.remark) == ((200, 300, 3), None)


# In strips


def shaded() -> Image.Image:
    noise = np.random.default_rng(1).integers(0, 255, (173, 101, 3), dtype=np.uint8)
    return Image.fromarray(noise).filter(ImageFilter.GaussianBlur(1))


def grey(kind: type, factor: float, shift: float) -> Image.Image:
    return Image.fromarray((np.asarray(shaded().convert("L")).astype(float) * factor + shift).astype(kind))


def with_alpha(mode: str) -> Image.Image:
    picture = shaded().convert("RGBA")
    picture.putalpha(shaded().convert("L"))
    return picture.convert(mode)


KINDS = {
    "rgb.png": shaded,
    "grey.png": lambda: shaded().convert("L"),
    "bits.png": lambda: shaded().convert("1"),
    "palette.png": lambda: shaded().quantize(64),
    "clear.png": lambda: with_alpha("RGBA"),
    "clear grey.png": lambda: with_alpha("LA"),
    "deep.png": lambda: grey(np.uint16, 13, 500),
    "whole numbers.tif": lambda: grey(np.int32, 1000, -70000),
    "real numbers.tif": lambda: grey(np.float32, 0.14, -3),
    "cmyk.tif": lambda: shaded().convert("CMYK"),
    "ycc.tif": lambda: shaded().convert("YCbCr"),
}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(("longest_edge", "most"), [(None, 0), (120, 1), (60, 1), (31, 6)])
def test_strips_give_the_same_picture_as_the_whole(tmp_path, monkeypatch, name, longest_edge, most):
    KINDS[name]().save(tmp_path / name)
    whole = load_page(tmp_path / name, 0, longest_edge).pixels
    monkeypatch.setattr(raster, "HEAVY_BYTES", 4 * 100 * 101)
    monkeypatch.setattr(raster, "_STRIP", 20)
    crops = []
    crop = Image.Image.crop
    monkeypatch.setattr(Image.Image, "crop", lambda image, box: (crops.append(box), crop(image, box))[1])
    strips = load_page(tmp_path / name, 0, longest_edge).pixels
    assert len(crops) > 7
    assert max(bottom - top for _, top, _, bottom in crops) <= 20 + 3 + 2 * 4 * 6
    assert strips.shape == whole.shape
    difference = np.abs(strips.astype(int) - whole)
    assert difference.max() <= most
    assert difference.mean() < 1


def test_a_clear_colour_of_a_palette_is_clear_in_every_strip(tmp_path, monkeypatch):
    palette = shaded().quantize(8)
    palette.save(tmp_path / "scan.png", transparency=3)
    whole = load_page(tmp_path / "scan.png").pixels
    monkeypatch.setattr(raster, "HEAVY_BYTES", 400)
    monkeypatch.setattr(raster, "_STRIP", 20)
    strips = load_page(tmp_path / "scan.png").pixels
    assert np.array_equal(strips, whole)
    assert (strips[np.asarray(palette) == 3] == 255).all()


def test_the_darkest_and_lightest_of_a_deep_picture_are_those_of_all_strips(tmp_path, monkeypatch):
    values = np.full((60, 10), 700, np.uint16)
    values[2, 2], values[57, 7] = 500, 900
    Image.fromarray(values).save(tmp_path / "scan.png")
    monkeypatch.setattr(raster, "HEAVY_BYTES", 400)
    monkeypatch.setattr(raster, "_STRIP", 20)
    pixels = load_page(tmp_path / "scan.png").pixels
    assert (pixels[2, 2, 0], pixels[57, 7, 0]) == (0, 255)
    assert np.unique(pixels).tolist() == [0, 127, 255]
