import io
import os
import random
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from fakes import broken_image, draw_pages, many_frames, quadrants
from PIL import Image

from ocrdesk.engine import decode
from ocrdesk.engine.decode import load_page, load_small
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.sources import LeftOut, find_pages


def refused(path: Path, frame: int = 0) -> str:
    with pytest.raises(PageUnreadable) as caught:
        load_page(path, frame)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    return sentence


# What goes wrong


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


def test_a_picture_that_is_cut_off_says_so(tmp_path):
    assert refused(broken_image(tmp_path / "scan.png")).startswith("The picture is damaged or cut off.")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"just some words", "no picture format that can be read"),
        (b"%PDF-1.7\n", "This is a PDF document"),
        (b"%!PS-Adobe-3.0\n", "This is a PostScript document"),
        (b"\xc5\xd0\xd3\xc6 binary EPS", "This is a PostScript document"),
        (b"<!DOCTYPE html><html>", "This is a web page or an XML file"),
        (b"  <svg xmlns='http://www.w3.org/2000/svg'>", "This is a web page or an XML file"),
        (b"PK\x03\x04word/document.xml", "This is a ZIP archive or an office document"),
    ],
)
def test_other_content_named_like_a_picture_is_called_what_it_is(tmp_path, content, sentence):
    (tmp_path / "scan.png").write_bytes(content)
    said = refused(tmp_path / "scan.png")
    assert sentence in said
    assert "Save it as PNG, JPEG or TIFF" in said


def test_a_file_that_may_not_be_opened_says_so(tmp_path, monkeypatch):
    (path,) = draw_pages(tmp_path, 1)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refused(path) == "The file may not be opened. Change its permissions, then retry."


def test_a_disk_that_does_not_answer_is_not_called_a_damaged_picture(tmp_path, monkeypatch):
    (path,) = draw_pages(tmp_path, 1)

    def fail(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    assert refused(path).startswith("The file could not be read (Input/output error).")


def test_too_many_pixels_are_refused_before_they_are_decoded(tmp_path, monkeypatch):
    monkeypatch.setattr(decode, "MAX_PIXELS", 200)
    monkeypatch.setattr(Image.Image, "convert", lambda *_: pytest.fail("the picture was decoded"))
    (path,) = draw_pages(tmp_path, 1, first=2)
    assert "megapixels" in refused(path)


def test_exactly_as_many_pixels_as_allowed_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(decode, "MAX_PIXELS", 200)
    (path,) = draw_pages(tmp_path, 1)
    assert load_page(path).pixels.shape == (10, 20, 3)


def test_the_pixels_of_the_frame_asked_for_count_and_not_those_of_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(decode, "MAX_PIXELS", 200)
    path = many_frames(tmp_path / "x.tif", 20, 21, 20)
    load_page(path, 0)
    assert "megapixels" in refused(path, frame=1)
    load_page(path, 2)


def test_a_picture_that_needs_too_much_memory_says_so(tmp_path, monkeypatch):
    (path,) = draw_pages(tmp_path, 1)

    def fail(*_):
        raise MemoryError

    monkeypatch.setattr(decode, "_as_rgb", fail)
    assert "more memory than there is" in refused(path)


@pytest.mark.parametrize("error", [RuntimeError, AttributeError, ZeroDivisionError, AssertionError, KeyError])
def test_whatever_pillow_raises_the_page_ends_in_a_sentence(tmp_path, monkeypatch, error):
    (path,) = draw_pages(tmp_path, 1)

    def fail(*_, **__):
        raise error("from deep inside")

    monkeypatch.setattr(Image, "open", fail)
    assert refused(path).startswith("The picture is damaged or cut off.")


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "TIFF", "GIF", "WEBP", "BMP", "JPEG2000", "AVIF", "PPM"])
def test_damaged_bytes_give_a_picture_or_a_sentence_and_nothing_else(tmp_path, picture_format):
    file = io.BytesIO()
    quadrants().save(file, picture_format)
    whole = file.getvalue()
    chance = random.Random(picture_format)
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
    path = many_frames(tmp_path / "scan.jpg.tif", 20, 20)
    assert len(list(find_pages(path, LeftOut()))) == 2
    load_page(path)
    load_small(path, 1, 0, 100)
    assert asked == [["TIFF"]] * 3


@pytest.mark.parametrize("head", [b"%!PS-Adobe-3.0 EPSF-3.0\n", b"\n%!PS-Adobe-3.0 EPSF-3.0\n"])
@pytest.mark.parametrize("load", [load_page, lambda path: load_small(path, 0, 0, 100)])
def test_postscript_named_like_a_picture_never_starts_a_program(tmp_path, monkeypatch, head, load):
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("another program was started"))
    path = tmp_path / "scan.jpg"
    path.write_bytes(head + b"%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n%%EOF\n")
    with pytest.raises(PageUnreadable):
        load(path)
