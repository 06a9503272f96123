import io

import numpy as np
import pytest
from PIL import Image

from ocrdesk.engine.decode.formats import (
    HEAD_BYTES,
    PAGE_SUFFIXES,
    format_of,
    may_have_many_pages,
    seems_whole,
    sniff,
    suffix_of_another,
    why_unknown,
    words_for,
)

PICTURE = Image.fromarray(np.random.default_rng(1).integers(0, 255, (20, 30, 3), dtype=np.uint8))


def written(picture_format: str, **options) -> bytes:
    file = io.BytesIO()
    PICTURE.save(file, picture_format, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    "picture_format", ["JPEG", "PNG", "TIFF", "GIF", "JPEG2000", "BMP", "WEBP", "AVIF", "PPM", "PDF"]
)
def test_what_pillow_writes_is_known_by_its_first_bytes(picture_format):
    assert sniff(written(picture_format)[:16]) == picture_format


@pytest.mark.parametrize(
    ("head", "picture_format"),
    [
        (b"MM\x00*\x00\x00\x00\x08", "TIFF"),
        (b"II+\x00\x08\x00\x00\x00", "TIFF"),
        (b"MM\x00+\x00\x08\x00\x00", "TIFF"),
        (b"GIF87a\x01\x00", "GIF"),
        (b"\xff\x4f\xff\x51\x00\x2f", "JPEG2000"),
        (b"P1\n2 2\n", "PPM"),
        (b"P3 2 2 255", "PPM"),
        (b"P6#a comment", "PPM"),
        (b"\x00\x00\x00\x1cftypavis", "AVIF"),
        (b"\x00\x00\x00\x18ftypheic", "HEIF"),
        (b"\x00\x00\x00\x18ftypmif1", "HEIF"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xef\xbb\xbf%PDF-1.4\n", "PDF"),
        (b"HTTP/1.1 200 OK\r\n\r\n".ljust(900) + b"%PDF-2.0\n", "PDF"),
    ],
)
def test_rarer_kinds_of_a_format_are_known_too(head, picture_format):
    assert sniff(head) == picture_format


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"P",
        b"P6",
        b"P7\n",
        b"PK\x03\x04",
        b"PK\x03\x04 mimetype %PDF-1.7",
        b"%!PS-Adobe-3.0 PDF-1.7 %PDF-1.7",
        b"Pay until Friday",
        b"BMW 320d, first",
        b"%PDF",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"\x00\x00\x00\x1cftypisom",
        b"<svg xmlns=",
        "Größe".encode("utf-16"),
    ],
)
def test_what_is_no_picture_is_not_taken_for_one(head):
    assert sniff(head) is None


@pytest.mark.parametrize(
    ("head", "suffix", "page_format"),
    [
        (b"\x00\x00\x02", ".tga", "TGA"),
        (b"\x0a\x05\x01", ".PCX", "PCX"),
        (b"\xff\xd8\xff", ".tga", "JPEG"),
        (b"\x00\x00\x02", ".png", None),
        (b"words", "", None),
    ],
)
def test_the_suffix_counts_only_where_a_format_has_no_mark_of_its_own(head, suffix, page_format):
    assert format_of(head, suffix) == page_format


def test_no_format_that_starts_another_program_is_listed():
    assert not PAGE_SUFFIXES & {".eps", ".ps", ".wmf", ".emf"}


@pytest.mark.parametrize("suffix", [".pdf", ".jpe", ".hif", ".apng", ".jxl", ".tiff"])
def test_files_so_named_become_pages(suffix):
    assert suffix in PAGE_SUFFIXES


# Several pages


@pytest.mark.parametrize(
    ("page_format", "many"),
    [
        *((page_format, True) for page_format in ("TIFF", "GIF", "WEBP", "AVIF", "PDF")),
        *((page_format, False) for page_format in ("JPEG", "PNG", "BMP", "PPM", "JPEG2000")),
    ],
)
def test_only_files_that_may_have_several_pages_must_be_opened_to_count_them(page_format, many):
    assert may_have_many_pages(written(page_format)[:HEAD_BYTES]) is many


def test_an_animated_png_may_have_several_pages():
    animated = written("PNG", save_all=True, append_images=[PICTURE.rotate(90)])
    assert may_have_many_pages(animated[:HEAD_BYTES])
    assert not may_have_many_pages(b"acTL")


# Whole files


@pytest.mark.parametrize("page_format", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "PDF"])
def test_a_file_whose_end_is_missing_does_not_seem_whole(page_format):
    file = written(page_format)
    assert seems_whole(file[:HEAD_BYTES], file[-HEAD_BYTES:], len(file)) is True
    part = file[:-20]
    assert seems_whole(part[:HEAD_BYTES], part[-HEAD_BYTES:], len(part)) is False


def test_a_tiff_without_its_table_of_contents_does_not_seem_whole():
    for order, mark in (("little", b"II*\0"), ("big", b"MM\0*")):
        head = mark + (5000).to_bytes(4, order)
        assert seems_whole(head, b"", 5001) is None, "its pixels may come after it"
        assert seems_whole(head, b"", 5000) is False


@pytest.mark.parametrize("head", [b"", b"P6\n2 2\n255\n", b"II+\0\x08\0\0\0", b"words"])
def test_of_other_formats_nobody_knows_whether_they_are_whole(head):
    assert seems_whole(head, b"", 100) is None


# Words


@pytest.mark.parametrize(
    ("suffix", "page_format", "is_another"),
    [
        (".jpg", "PNG", True),
        (".JPG", "PNG", True),
        (".jpeg", "JPEG", False),
        (".jfif", "JPEG", False),
        (".jp2", "JPEG2000", False),
        (".scan", "PNG", False),
        ("", "PNG", False),
        (".pdf", "PDF", False),
        (".tif", "PDF", True),
    ],
)
def test_a_suffix_that_promises_another_format_is_told(suffix, page_format, is_another):
    assert suffix_of_another(suffix, page_format) is is_another


def test_formats_are_named_as_people_write_them():
    assert [words_for(name) for name in ("JPEG2000", "WEBP", "HEIF", "PNG")] == ["JPEG 2000", "WebP", "HEIC", "PNG"]


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"just some words", "not in a picture format that can be read"),
        (b"%!PS-Adobe-3.0\n", "This is a PostScript document"),
        (b"\xc5\xd0\xd3\xc6 binary EPS", "This is a PostScript document"),
        (b"<!DOCTYPE html><html>", "This is a web page or an XML file"),
        (b"<?xml version='1.0'?>", "This is a web page or an XML file"),
        (b"  <svg xmlns='http://www.w3.org/2000/svg'>", "This is a web page or an XML file"),
        (b"PK\x03\x04word/document.xml", "This is a ZIP archive or an office document"),
        (b"8BPS\0\x01", "This is a Photoshop document"),
        (b"AT&TFORM\0\0", "This is a DjVu document"),
        (b"\xff\x0a\x00", "This is a JPEG XL picture, which cannot be read"),
        (b"\x00\x00\x00\x0cJXL \r\n", "This is a JPEG XL picture, which cannot be read"),
        (b"", "not in a picture format that can be read"),
    ],
)
def test_other_content_is_called_what_it_is(head, what):
    said = why_unknown(head)
    assert what in said
    assert said.endswith(". Save it as PNG, JPEG, TIFF or PDF and add that file.")
