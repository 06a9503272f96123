"""Files that cannot be read: each ends in a sentence, whatever is wrong with it."""

import io
import os
import random
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from decoding import UPRIGHT, corners, refused
from fakes import count_pages, draw_pages, load_page, many_frames, quadrants
from PIL import Image

from ocrdesk.engine.decode import raster
from ocrdesk.engine.decode.files import open_file
from ocrdesk.engine.decode.raster import RasterFile
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.intake.walk import Walk


def test_a_missing_file_says_so(tmp_path):
    assert refused(tmp_path / "gone.png") == "The file is no longer there. Put it back, then retry."


def test_an_empty_file_says_so(tmp_path):
    (tmp_path / "scan.jpg").touch()
    assert "empty (0 bytes)" in refused(tmp_path / "scan.jpg")


def test_a_folder_says_so(tmp_path):
    assert "This is a folder" in refused(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
@pytest.mark.timeout(10)
def test_a_pipe_says_so_and_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "scan.png")
    assert "not an ordinary file" in refused(tmp_path / "scan.png")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"just some words", "not in a picture format that can be read"),
        (b"%!PS-Adobe-3.0\n", "This is a PostScript document"),
        (b"PK\x03\x04word/document.xml", "This is a ZIP archive or an office document"),
    ],
)
def test_other_content_named_like_a_picture_is_called_what_it_is(tmp_path, content, sentence):
    (tmp_path / "scan.png").write_bytes(content)
    said = refused(tmp_path / "scan.png")
    assert sentence in said
    assert "Save it as PNG, JPEG, TIFF or PDF" in said


def test_a_file_that_may_not_be_opened_says_so(tmp_path, monkeypatch):
    (path,) = draw_pages(tmp_path, 1)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refused(path) == "ocrdesk is not allowed to open this file. Change its permissions, then retry."


def test_a_disk_that_does_not_answer_is_not_called_a_damaged_picture(tmp_path, monkeypatch):
    (path,) = draw_pages(tmp_path, 1)

    def fail(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    assert refused(path).startswith("The file could not be read (Input/output error).")


class DyingDisk(io.BytesIO):
    """Gives the first bytes of a file and then fails."""

    def read(self, size=-1):
        if self.tell() > 5_000:
            raise OSError(5, "Input/output error")
        return super().read(size)


@pytest.mark.parametrize("picture_format", ["PNG", "TIFF", "BMP"])
def test_a_disk_that_dies_while_a_picture_is_read_is_not_called_a_picture_that_is_cut_off(
    tmp_path, monkeypatch, picture_format
):
    path = tmp_path / "scan.png"
    noise = np.random.default_rng(1).integers(0, 255, (300, 300, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path, picture_format)
    whole = path.read_bytes()
    monkeypatch.setattr(Path, "open", lambda *_: DyingDisk(whole))
    monkeypatch.setattr(RasterFile, "_load_cut_off", lambda *_: pytest.fail("it was taken for cut off"))
    assert refused(path).startswith("The file could not be read (Input/output error).")


def test_a_picture_that_needs_too_much_memory_says_so(tmp_path, monkeypatch):
    (path,) = draw_pages(tmp_path, 1)

    def fail(*_):
        raise MemoryError

    monkeypatch.setattr(raster, "_as_rgb", fail)
    assert "more memory than there is" in refused(path)


@pytest.mark.parametrize("error", [RuntimeError, AttributeError, ZeroDivisionError, AssertionError, KeyError])
def test_whatever_pillow_raises_the_page_ends_in_a_sentence(tmp_path, monkeypatch, error):
    (path,) = draw_pages(tmp_path, 1)

    def fail(*_, **__):
        raise error("from deep inside")

    monkeypatch.setattr(Image, "open", fail)
    assert refused(path).startswith("The picture is damaged or cut off.")


@pytest.mark.parametrize("page_format", ["JPEG", "PNG", "TIFF", "GIF", "WEBP", "BMP", "JPEG2000", "AVIF", "PPM", "PDF"])
def test_damaged_bytes_give_a_picture_or_a_sentence_and_nothing_else(tmp_path, page_format):
    file = io.BytesIO()
    quadrants().save(file, page_format)
    whole = file.getvalue()
    chance = random.Random(page_format)
    path = tmp_path / "scan.png"
    refusals = 0
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 3, 10))):
            damaged[chance.randrange(12, min(len(whole), chance.choice((100, 400, 10_000))))] = chance.randrange(256)
        path.write_bytes(damaged[: chance.choice((len(whole), chance.randrange(20, len(whole))))])
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                load_page(path)
        except PageUnreadable:
            refusals += 1
    assert refusals


def test_pillow_is_only_ever_asked_for_the_one_format_that_was_found(tmp_path, monkeypatch):
    asked = []
    really_open = Image.open

    def spy(file, mode="r", formats=None):
        asked.append(formats)
        return really_open(file, mode, formats)

    monkeypatch.setattr(Image, "open", spy)
    path = many_frames(tmp_path / "scan.jpg.gif", 20, 20)
    assert len(list(Walk(count_pages).find_pages(path))) == 2
    load_page(path)
    load_page(path, 1, 100)
    assert asked == [["GIF"]] * 3


@pytest.mark.parametrize("head", [b"%!PS-Adobe-3.0 EPSF-3.0\n", b"\n%!PS-Adobe-3.0 EPSF-3.0\n"])
@pytest.mark.parametrize("longest_edge", [None, 100])
def test_postscript_named_like_a_picture_never_starts_a_program(tmp_path, monkeypatch, head, longest_edge):
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("another program was started"))
    path = tmp_path / "scan.jpg"
    path.write_bytes(head + b"%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n%%EOF\n")
    with pytest.raises(PageUnreadable):
        load_page(path, 0, longest_edge)


# What is opened


def test_a_picture_behind_the_name_of_a_pdf_is_opened_as_a_picture_and_the_other_way_round(tmp_path):
    quadrants().save(tmp_path / "scan.pdf", "PNG")
    quadrants(400, 240).save(tmp_path / "scan.png", "PDF", resolution=300)
    assert corners(load_page(tmp_path / "scan.pdf").pixels) == UPRIGHT
    assert corners(load_page(tmp_path / "scan.png").pixels) == UPRIGHT


@pytest.mark.parametrize("content", [b"words", b"\x89PNG\r\n\x1a\n damaged", b"%PDF-1.7 damaged"])
def test_a_file_that_is_refused_is_closed(tmp_path, content, monkeypatch):
    (tmp_path / "scan.png").write_bytes(content)
    opened = []
    really_open = Path.open
    monkeypatch.setattr(Path, "open", lambda *values: opened.append(really_open(*values)) or opened[-1])
    refused(tmp_path / "scan.png")
    assert [file.closed for file in opened] == [True]


@pytest.mark.parametrize(
    ("suffix", "stays"), [("tif", True), ("gif", True), ("pdf", True), ("png", False), ("jpg", False)]
)
def test_only_files_that_may_have_another_page_stay_open(tmp_path, suffix, stays):
    path = tmp_path / f"scan.{suffix}"
    quadrants().save(path)
    file = open_file(path)
    file.load(0, None)
    assert file.may_stay_open is stays
    file.close()


def test_a_file_whose_last_picture_holds_much_memory_does_not_stay_open(tmp_path, monkeypatch):
    path = many_frames(tmp_path / "x.tif", 20, 200)
    monkeypatch.setattr(raster, "HEAVY_BYTES", 8 * 1000)
    file = open_file(path)
    stays = []
    for frame in (0, 1, 0):
        file.load(frame, None)
        stays.append(file.may_stay_open)
    file.close()
    assert stays == [True, False, True]
