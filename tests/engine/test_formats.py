import io

import numpy as np
import pytest
from PIL import Image

from ocrdesk.engine.formats import PICTURE_SUFFIXES, sniff

PICTURE = Image.fromarray(np.random.default_rng(1).integers(0, 255, (20, 30, 3), dtype=np.uint8))


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "TIFF", "GIF", "JPEG2000", "BMP", "WEBP", "AVIF", "PPM"])
def test_what_pillow_writes_is_known_by_its_first_bytes(picture_format):
    file = io.BytesIO()
    PICTURE.save(file, picture_format)
    assert sniff(file.getvalue()[:16]) == picture_format


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
        b"Pay until Friday",
        b"BMW 320d, first",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"\x00\x00\x00\x1cftypisom",
        b"<svg xmlns=",
        "Größe".encode("utf-16"),
    ],
)
def test_what_is_no_picture_is_not_taken_for_one(head):
    assert sniff(head) is None


def test_no_format_that_starts_another_program_is_listed():
    assert not PICTURE_SUFFIXES & {".eps", ".ps", ".pdf", ".wmf", ".emf"}
