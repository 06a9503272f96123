"""Which pictures of a TIFF are pages."""

import numpy as np
import pytest
import tiffs
from decoding import refused
from fakes import count_pages, load_page
from tiffs import described, save

from ocrdesk.engine.decode import PageCount, raster, tiff

REDUCED, ONE_OF_MANY, MASK = 1, 2, 4


def grey(shade: int, width: int = 40, height: int = 24, **entries) -> tiffs.Described:
    return described(np.full((height, width), shade, np.uint8), **entries)


def pages_of(path) -> list[tuple[int, int, int]]:
    """Width, height and shade of each page."""
    pictures = [load_page(path, frame).pixels for frame in range(count_pages(path).pages)]
    return [(pixels.shape[1], pixels.shape[0], int(pixels[0, 0, 0])) for pixels in pictures]


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("is_big", [False, True])
def test_every_picture_is_a_page_that_says_nothing_else(tmp_path, order, is_big):
    path = save(tmp_path / "x.tif", grey(10), grey(20, kind=ONE_OF_MANY), grey(30, 9, 9), order=order, is_big=is_big)
    assert pages_of(path) == [(40, 24, 10), (40, 24, 20), (9, 9, 30)]


@pytest.mark.parametrize("small", [{"kind": REDUCED}, {"kind": REDUCED | ONE_OF_MANY}, {"old_kind": 2}])
@pytest.mark.parametrize("is_first", [True, False])
def test_smaller_copies_are_no_pages(tmp_path, small, is_first):
    pictures = [grey(10, 8, 5, **small), grey(20)]
    path = save(tmp_path / "x.tif", *(pictures if is_first else reversed(pictures)))
    assert pages_of(path) == [(40, 24, 20)]


def test_masks_are_no_pages_even_if_pillow_cannot_open_them(tmp_path):
    mask = described(np.zeros((24, 5), np.uint8), tiffs.MASK, kind=MASK, width=40, bits=1)
    assert pages_of(save(tmp_path / "x.tif", mask, grey(20), mask, grey(30))) == [(40, 24, 20), (40, 24, 30)]


def test_where_all_say_that_they_are_smaller_copies_the_largest_is_the_page(tmp_path):
    sizes = [(8, 5), (40, 24), (20, 12)]
    path = save(tmp_path / "x.tif", *(grey(10, *size, kind=REDUCED) for size in sizes))
    assert pages_of(path) == [(40, 24, 10)]


def test_pages_that_are_all_as_large_are_kept_whatever_they_say(tmp_path):
    path = save(tmp_path / "x.tif", grey(10), grey(20, kind=REDUCED), grey(30, 8, 5, kind=REDUCED))
    assert pages_of(path) == [(40, 24, 10), (40, 24, 20)]
    path = save(tmp_path / "y.tif", grey(10, kind=REDUCED), grey(20, kind=REDUCED))
    assert pages_of(path) == [(40, 24, 10), (40, 24, 20)]


def test_a_page_may_lie_below_its_own_thumbnail(tmp_path):
    path = save(tmp_path / "x.tif", grey(10, 8, 5, kind=REDUCED), below=[grey(20, 20, 12, kind=REDUCED), grey(30)])
    assert pages_of(path) == [(40, 24, 30)]


def test_smaller_copies_below_a_page_are_no_pages(tmp_path):
    path = save(tmp_path / "x.tif", grey(10), below=[grey(20, 20, 12), grey(30, 10, 6)])
    assert pages_of(path) == [(40, 24, 10)]


def test_a_page_that_cannot_be_read_does_not_stop_the_others(tmp_path):
    path = save(tmp_path / "x.tif", grey(10, compression=34661), grey(20))
    assert count_pages(path) == PageCount(2)
    assert "JBIG" in refused(path)
    assert load_page(path, 1).pixels[0, 0, 0] == 20


def test_directories_that_go_in_a_circle_come_to_an_end(tmp_path):
    path = save(tmp_path / "x.tif", grey(10), grey(20))
    content = bytearray(path.read_bytes())
    content[-4:] = content[4:8]
    path.write_bytes(content)
    assert count_pages(path) == PageCount(2)


def test_no_more_directories_are_looked_at_than_are_wanted(tmp_path, monkeypatch):
    path = save(tmp_path / "x.tif", *(grey(10, 2, 2) for _ in range(9)), grey(20, 1, 1, kind=REDUCED))
    looked_at = []
    really_read = tiff._Tiff._directory

    def directory(self, place):
        looked_at.append(place)
        return really_read(self, place)

    monkeypatch.setattr(tiff._Tiff, "_directory", directory)
    monkeypatch.setattr(raster, "MOST_FRAMES", 3)
    assert count_pages(path) == PageCount(3, left_out=1)
    assert len(looked_at) == 4
    monkeypatch.setattr(raster, "MOST_FRAMES", 100)
    monkeypatch.setattr(tiff, "MOST_DIRECTORIES", 5)
    assert count_pages(path) == PageCount(5)


@pytest.mark.parametrize(
    "content", [b"II*\0", b"II*\0\x08\0\0\0", b"MM\0+\0\x08\0\0", b"II*\0\xff\xff\xff\xff" + bytes(9)]
)
def test_a_tiff_without_a_picture_is_damaged(tmp_path, content):
    path = tmp_path / "x.tif"
    path.write_bytes(content)
    assert "damaged or cut off" in refused(path)
