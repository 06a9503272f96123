"""Pictures whose end is missing: read when nearly all is there, else refused with how much there is."""

import re
import struct
import zlib

import numpy as np
import pytest
from decoding import refused
from fakes import load_page
from PIL import Image, ImageFile

from ocrdesk.engine.errors import PageUnreadable

REMARK = "The file is damaged near its end. What is there was read."
SIZE = (64, 400)
FROM_THE_TOP = ["scan.jpg", "scan.png", "scan.ppm", "scan.tif"]


def noise() -> Image.Image:
    """Noise takes the same room everywhere: a share of the file is that share of the picture."""
    return Image.fromarray(np.random.default_rng(1).integers(1, 255, (SIZE[1], SIZE[0], 3), dtype=np.uint8))


def cut(path, share: float, picture: Image.Image | None = None, **options):
    """Saves a picture and leaves only the first share of its file."""
    (picture or noise()).save(path, **options)
    whole = path.read_bytes()
    path.write_bytes(whole[: round(share * len(whole))])
    return path


def percent_there(sentence: str) -> int:
    found = re.fullmatch(
        r"The picture is cut off: only the upper (\d+)% are there\. Copy or scan it again, then retry\.", sentence
    )
    assert found, sentence
    return int(found[1])


@pytest.mark.parametrize("name", FROM_THE_TOP)
def test_a_picture_of_which_nearly_all_is_there_is_read_with_a_remark(tmp_path, name):
    picture = load_page(cut(tmp_path / name, 0.96))
    whole = np.asarray(noise())
    assert picture.remark == REMARK
    assert picture.pixels.shape == whole.shape
    there = picture.pixels[: int(0.9 * SIZE[1])]
    if name == "scan.jpg":
        assert (there.std(axis=(1, 2)) > 20).all()
    else:
        assert np.array_equal(there, whole[: len(there)])


@pytest.mark.parametrize("name", FROM_THE_TOP)
@pytest.mark.parametrize("share", [0.3, 0.57, 0.8])
def test_a_picture_of_which_less_is_there_is_refused_with_how_much(tmp_path, name, share):
    path = cut(tmp_path / name, share)
    assert percent_there(refused(path)) == pytest.approx(100 * share, abs=8)
    with pytest.raises(Exception, match="cut off") as caught:
        load_page(path, 0, 40)
    assert isinstance(caught.value.__cause__, OSError), "the log tells what the decoder said"


@pytest.mark.parametrize(("rows", "is_read"), [(365, True), (355, False)])
def test_nine_tenths_are_enough(tmp_path, rows, is_read):
    path = tmp_path / "scan.ppm"
    noise().save(path)
    header = path.stat().st_size - SIZE[0] * SIZE[1] * 3
    path.write_bytes(path.read_bytes()[: header + rows * SIZE[0] * 3])
    if is_read:
        assert load_page(path).remark == REMARK
    else:
        assert percent_there(refused(path)) == round(100 * rows / SIZE[1])


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png"])
def test_what_is_missing_is_missing_below_however_the_picture_is_turned(tmp_path, orientation, suffix):
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert percent_there(refused(cut(tmp_path / f"scan.{suffix}", 0.6, exif=exif))) == pytest.approx(60, abs=8)
    picture = load_page(cut(tmp_path / f"scan.{suffix}", 0.97, exif=exif))
    assert picture.remark == REMARK
    assert picture.pixels.shape == ((400, 64, 3) if orientation < 5 else (64, 400, 3))


def test_a_picture_of_which_only_the_header_is_there_says_that_nothing_is(tmp_path):
    noise().save(tmp_path / "scan.ppm")
    (tmp_path / "scan.ppm").write_bytes((tmp_path / "scan.ppm").read_bytes()[:20])
    assert refused(tmp_path / "scan.ppm").startswith("The picture is cut off: nothing of it is there.")


@pytest.mark.parametrize("share", [0.57, 0.02])
def test_a_bitmap_is_stored_from_the_bottom_so_its_upper_part_is_missing(tmp_path, share):
    """Taken for whole because its last row is there, the beginning of the text would be lost unseen."""
    said = refused(cut(tmp_path / "scan.bmp", share))
    assert said.startswith(("The picture is cut off", "The picture is damaged or cut off"))
    assert "upper" not in said


def interlaced() -> bytes:
    """A PNG that is stored in seven passes, each finer than the one before."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    passes = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
    pixels = np.asarray(noise())
    rows = [row for top, left, down, right in passes for row in pixels[top::down, left::right]]
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    header = struct.pack(">IIBBBBB", *SIZE, 8, 2, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def test_an_interlaced_picture_of_which_a_part_is_missing_has_gaps_everywhere_and_is_refused(tmp_path):
    whole = interlaced()
    path = tmp_path / "scan.png"
    path.write_bytes(whole)
    assert np.array_equal(load_page(path).pixels, np.asarray(noise()))
    path.write_bytes(whole[: int(0.95 * len(whole))])
    assert refused(path).startswith("The picture is damaged or cut off")


def test_a_progressive_picture_of_which_a_part_is_missing_is_coarse_everywhere_and_is_refused(tmp_path):
    assert load_page(cut(tmp_path / "scan.jpg", 1.0, progressive=True)).remark is None
    said = refused(cut(tmp_path / "scan.jpg", 0.95, progressive=True))
    assert said.startswith("The picture is damaged or cut off")


@pytest.mark.parametrize("name", ["scan.gif", "scan.webp", "scan.jp2", "scan.avif"])
def test_other_formats_are_refused_however_little_is_missing(tmp_path, name):
    assert refused(cut(tmp_path / name, 0.95)).startswith("The picture is damaged or cut off.")


def test_the_picture_after_one_that_is_cut_off_is_as_strictly_looked_at(tmp_path):
    load_page(cut(tmp_path / "scan.png", 0.96))
    refused(cut(tmp_path / "scan.png", 0.5))
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
    assert load_page(cut(tmp_path / "scan.png", 1.0)).remark is None


@pytest.mark.parametrize("name", [*FROM_THE_TOP, "scan.webp"])
def test_to_be_looked_at_what_is_there_of_a_picture_is_loaded_and_the_rest_is_white(tmp_path, decoder, name):
    path = cut(tmp_path / name, 0.5)
    if name == "scan.webp":  # of which no part can be decoded
        with pytest.raises(PageUnreadable):
            decoder.load_small(path, 0, 90, 400)
        return
    with pytest.raises(PageUnreadable):
        decoder.load_page(path)
    pixels = decoder.load_small(path, 0, 90, 400).pixels  # what is missing is at the left then
    assert pixels.shape == (SIZE[0], SIZE[1], 3)
    assert (pixels[:, : int(0.4 * SIZE[1])] == 255).all()
    assert pixels[:, -int(0.4 * SIZE[1]) :].std() > 20


def test_of_a_whole_picture_nothing_is_made_white(tmp_path, decoder):
    whole = decoder.load_small(cut(tmp_path / "scan.png", 1.0), 0, 0, 400)
    assert np.array_equal(whole.pixels, np.asarray(noise()))


def test_a_picture_of_which_nothing_is_there_is_refused_to_the_eye_too(tmp_path, decoder):
    path = cut(tmp_path / "scan.png", 0.003)
    with pytest.raises(PageUnreadable):
        decoder.load_small(path, 0, 0, 400)
