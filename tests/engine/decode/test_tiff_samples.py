"""TIFF pictures of kinds that Pillow does not read, or not rightly."""

import io
import zlib
from contextlib import closing

import numpy as np
import pytest
import tiffs
from decoding import refused
from fakes import load_page
from PIL import Image
from tiffs import described, save, shades

from ocrdesk.engine.decode.files import open_file, stored_page

DEFLATE, WEBP, JPEG_2000 = 8, 50001, 34712
WHITE_IS_ZERO = 0
PARTED, PREMULTIPLIED, ALPHA, UNTOLD = 2, 1, 2, 0


def assert_is(path, expected: np.ndarray, exact: float = 1.0) -> None:
    """Asserts that a page looks as told, 0 to 1, and goes into a document as it looks."""
    wanted = expected * 255 if expected.ndim == 3 else np.repeat(expected[..., np.newaxis] * 255, 3, axis=2)
    pixels = load_page(path).pixels
    assert pixels.shape == wanted.shape
    assert np.abs(pixels - wanted).max() <= exact
    with closing(open_file(path)) as file:
        stored = stored_page(file, 0)
    samples = 3 if stored.colours == "RGB" else 1
    rows = np.frombuffer(zlib.decompress(stored.content), np.uint8).reshape(stored.height, -1)
    if not rows[:, 0].any():  # no row tells of another
        depth = np.dtype(">u2" if stored.depth == 16 else "u1")
        values = np.ascontiguousarray(rows[:, 1:]).view(depth).reshape(stored.height, stored.width, samples)
        assert np.abs(values / (257 if stored.depth == 16 else 1) - wanted).max() <= exact


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("is_compressed", [False, True])
@pytest.mark.parametrize("form", ["u2", "u4", "u8", "i1", "i2", "i4", "f2", "f4", "f8"])
@pytest.mark.parametrize("meaning", [tiffs.GREY, WHITE_IS_ZERO])
def test_grey_of_every_depth_is_read(tmp_path, order, is_compressed, form, meaning):
    most = 1 if form[0] == "f" else np.iinfo(form).max // 2
    values = (shades() * most if meaning else (1 - shades()) * most).astype(order + form)
    how = {"strips": [zlib.compress(values.tobytes())], "compression": DEFLATE} if is_compressed else {}
    exact = 5 if form == "i1" else 1
    assert_is(save(tmp_path / "x.tif", described(values, meaning, **how), order=order), shades(), exact)


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("form", ["u2", "u4", "f4"])
def test_samples_that_are_stored_apart_are_put_together(tmp_path, order, form):
    colours = np.stack([shades(), 1 - shades(), shades() * 0.5], axis=2)
    values = (colours * (1 if form == "f4" else np.iinfo(form).max)).astype(order + form)
    strips = [values[..., plane].tobytes() for plane in range(3)]
    assert_is(save(tmp_path / "x.tif", described(values, tiffs.RGB, strips, planes=PARTED), order=order), colours)


@pytest.mark.parametrize("form", ["u1", "u2"])
@pytest.mark.parametrize("extra", [PREMULTIPLIED, ALPHA, UNTOLD, None])
def test_inks_with_a_fifth_sample_are_read(tmp_path, form, extra):
    inks = np.zeros((24, 40, 5))
    inks[..., 3] = 1 - shades()
    inks[..., 4] = 1
    values = (inks * np.iinfo(form).max).astype(form)
    more = {} if extra is None else {"extras": extra}
    assert_is(save(tmp_path / "x.tif", described(values, tiffs.INKS, **more)), shades())


def test_clear_inks_are_laid_on_white(tmp_path):
    inks = np.zeros((24, 40, 5), np.uint8)
    inks[..., 3] = 255
    inks[:, 20:, 4] = 255
    expected = np.ones((24, 40))
    expected[:, 20:] = 0
    assert_is(save(tmp_path / "x.tif", described(inks, tiffs.INKS, extras=ALPHA)), expected)


@pytest.mark.parametrize("form", ["u1", "u2"])
@pytest.mark.parametrize("extra", [PREMULTIPLIED, ALPHA])
def test_grey_that_is_clear_in_places_is_laid_on_white(tmp_path, form, extra):
    values = np.stack([np.zeros((24, 40)), 1 - shades()], axis=2)
    values = (values * np.iinfo(form).max).astype(form)
    assert_is(save(tmp_path / "x.tif", described(values, extras=extra)), shades(), exact=2)


@pytest.mark.parametrize("suffix", ["WEBP", "JPEG2000"])
@pytest.mark.parametrize("is_clear", [False, True])
def test_pictures_within_a_tiff_are_read(tmp_path, suffix, is_clear):
    colours = (np.stack([shades(48, 32), 1 - shades(48, 32), shades(48, 32)], axis=2) * 255).astype(np.uint8)
    tiles = []
    for top in (0, 16):
        for left in (0, 16, 32):
            file = io.BytesIO()
            tile = Image.fromarray(colours[top : top + 16, left : left + 16])
            if is_clear:
                tile.putalpha(255)
            tile.save(file, suffix, **({"lossless": True} if suffix == "WEBP" else {}))
            tiles.append(file.getvalue())
    cut = colours[:30, :40]
    whole = np.concatenate([cut, np.full_like(cut[..., :1], 255)], axis=2) if is_clear else cut
    more = {"extras": ALPHA} if is_clear else {}
    how = WEBP if suffix == "WEBP" else JPEG_2000
    page = described(whole, tiffs.RGB, tiles, compression=how, tile_width=16, tile_height=16, **more)
    assert_is(save(tmp_path / "x.tif", page), cut / 255)


@pytest.mark.parametrize("bits", [12, 16])
def test_deep_colours_within_a_tiff_of_which_eight_bits_are_had_keep_their_shades(tmp_path, bits):
    colours = (np.stack([shades(), 1 - shades(), shades()], axis=2) * 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(colours).save(file, "JPEG2000")
    page = described(colours, tiffs.RGB, [file.getvalue()], compression=JPEG_2000, bits=(bits,) * 3)
    assert_is(save(tmp_path / "x.tif", page), colours / 255)


@pytest.mark.parametrize("bits", [2, 4, 6, 9, 10, 12, 14])
def test_samples_of_any_number_of_bits_are_read(tmp_path, bits):
    colours = np.stack([shades(), 1 - shades(), shades()], axis=2)
    values = (colours * (2**bits - 1)).round().astype(np.uint32)
    rows = (values[..., np.newaxis] >> np.arange(bits - 1, -1, -1)) & 1
    strip = np.packbits(rows.reshape(24, -1).astype(np.uint8), axis=1).tobytes()
    path = save(tmp_path / "x.tif", described(values, tiffs.RGB, [strip], bits=(bits,) * 3))
    assert_is(path, colours, exact=max(1, 255 / (2**bits - 1)))


@pytest.mark.parametrize("order", "<>")
def test_numbers_stored_as_differences_are_added_up(tmp_path, order):
    values = (shades() * (2**32 - 1)).astype("u4")
    differences = np.diff(values, axis=1, prepend=np.uint32(0)).astype(order + "u4")
    strip = zlib.compress(differences.tobytes())
    page = described(values, tiffs.GREY, [strip], compression=DEFLATE, predictor=2)
    assert_is(save(tmp_path / "x.tif", page, order=order), shades())


def test_real_numbers_stored_as_differences_of_their_bytes_are_added_up(tmp_path):
    values = shades().astype(">f4")
    apart = values.view(np.uint8).reshape(24, 40, 4).transpose(0, 2, 1).reshape(24, 160)
    strip = zlib.compress(np.diff(apart, axis=1, prepend=np.uint8(0)).astype(np.uint8).tobytes())
    page = described(values, tiffs.GREY, [strip], compression=DEFLATE, predictor=3)
    assert_is(save(tmp_path / "x.tif", page), shades())


def test_a_picture_that_is_turned_comes_out_upright(tmp_path):
    values = (shades() * (2**32 - 1)).astype("u4")
    picture = load_page(save(tmp_path / "x.tif", described(values, orientation=6)))
    assert (picture.pixels.shape, picture.rotation) == ((40, 24, 3), 90)
    assert picture.pixels[0, 0, 0] < 10 < picture.pixels[-1, 0, 0]


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"compression": 7, "bits": 12}, "compressed as JPEG of an unusual kind"),
        ({"compression": 34661}, "compressed as JBIG"),
        ({"compression": 50002}, "compressed as JPEG XL"),
        ({"compression": 12345}, "number 12345"),
        ({"meaning": 32844}, "stores its colours in an unusual way"),
        ({"bits": (5, 6, 5), "samples": 3}, "pixels in 3 × 5 bits"),
    ],
)
def test_what_is_not_read_is_not_called_damaged(tmp_path, entries, words):
    described_as, strips = described(np.zeros((24, 40), np.uint8))
    more = {getattr(tiffs, name.upper()): value for name, value in entries.items()}
    sentence = refused(save(tmp_path / "x.tif", (described_as | more, strips)))
    assert words in sentence
    assert "damaged" not in sentence
    assert "Save it as" in sentence


def test_strips_that_are_missing_make_a_picture_damaged(tmp_path):
    values = np.zeros((24, 40), np.uint32)
    assert "damaged or cut off" in refused(save(tmp_path / "x.tif", described(values, rows=4)))
    assert "cut off: nothing of it" in refused(save(tmp_path / "y.tif", described(values, strips=[bytes(100)])))


@pytest.mark.parametrize("rows", [10, 200])
@pytest.mark.parametrize("how", [1, DEFLATE])
def test_a_picture_that_is_cut_off_near_its_end_is_read_as_far_as_it_goes(tmp_path, rows, how):
    values = (shades(height=200) * (2**32 - 1)).astype("u4")
    strips = [part.tobytes() for part in np.split(values, 200 // rows)]
    strips[-1] = strips[-1][: -10 * 40 * 4]
    strips = strips if how == 1 else [zlib.compress(strip) for strip in strips]
    path = save(tmp_path / "x.tif", described(values, strips=strips, rows=rows, compression=how))
    if rows == 200 and how == DEFLATE:
        assert "cut off" in refused(path)
        return
    picture = load_page(path)
    assert picture.remark == "The file is damaged near its end. What is there was read."
    assert np.abs(picture.pixels[:190, :, 0] - shades(height=190) * 255).max() <= 1


def test_a_picture_too_large_is_refused_before_it_is_made(tmp_path):
    page = described(np.zeros((1, 1), np.float64), width=60_000, height=60_000)
    assert "megapixels" in refused(save(tmp_path / "x.tif", page))
