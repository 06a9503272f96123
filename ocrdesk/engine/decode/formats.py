"""Which formats can be read, and how to recognize them by their first bytes.

Pillow is only ever asked for the one format found here: if it had to guess, it would start Ghostscript for EPS content.
"""

import re
from typing import Literal

from ocrdesk.engine.facts import Fact, Told

PDF = "PDF"

_SUFFIXES = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "PNG": (".png", ".apng"),
    "TIFF": (".tif", ".tiff"),
    "GIF": (".gif",),
    "WEBP": (".webp",),
    "BMP": (".bmp", ".dib"),
    "PPM": (".pbm", ".pgm", ".ppm", ".pnm"),
    "JPEG2000": (".jp2", ".j2k", ".jpf", ".jpx", ".j2c", ".jpc"),
    "AVIF": (".avif",),
    "HEIF": (".heic", ".heif", ".hif"),
    "PCX": (".pcx",),
    "TGA": (".tga",),
    PDF: (".pdf",),
    "JPEG XL": (".jxl",),  # only known by name, so that such a picture is not skipped silently
}

PAGE_SUFFIXES = frozenset(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes)
"""Files with these suffixes become pages even if their content cannot be read, so that none is lost unnoticed."""

MANY_PAGES = frozenset({"TIFF", "GIF", "WEBP", "HEIF", "AVIF", PDF})
"""Formats whose files may have several pages."""

HEAD_BYTES = 1024
"""How many bytes at a file's beginning serve to recognize its format: a PDF's signature may be anywhere among them."""

_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG2000"),
    (b"\xff\x4f\xff\x51", "JPEG2000"),
    (b"%PDF-", PDF),
)

_BRANDS = {b"avif": "AVIF", b"avis": "AVIF"} | dict.fromkeys(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"), "HEIF"
)

_UNMARKED = {
    ".tga": ("TGA", re.compile(rb".[\x00\x01][\x01-\x03\x09-\x0b]", re.DOTALL)),
    ".pcx": ("PCX", re.compile(rb"\x0a[\x00\x02-\x05]\x01")),
}
"""Formats without a signature, recognized by their suffix together with the beginning of a valid header."""

_WORDS = {"WEBP": "WebP", "JPEG2000": "JPEG 2000", "HEIF": "HEIC", "PPM": "PNM"}


def sniff(head: bytes) -> str | None:
    """Recognizes the format by a file's first ``HEAD_BYTES``.

    Returns:
        ``PDF`` or Pillow's name of the format, or None if it cannot be read.
    """
    for magic, page_format in _MAGIC:
        if head.startswith(magic):
            return page_format
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "BMP"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    if len(head) > 2 and head[0] == 0x50 and head[1] in b"123456" and head[2] in b" \t\r\n#":
        return "PPM"
    return PDF if b"%PDF-" in head and not head.startswith((b"%!", b"PK")) else None


def format_of(head: bytes, suffix: str) -> str | None:
    """Recognizes the format of a file by its first bytes, and by its suffix if the format has no signature."""
    if (known := sniff(head)) is not None or suffix.lower() not in _UNMARKED:
        return known
    page_format, header = _UNMARKED[suffix.lower()]
    return page_format if header.match(head) else None


def usual_suffix(page_format: str) -> str:
    """Returns the usual suffix of files in a format, with the dot."""
    return _SUFFIXES[page_format][0]


def may_have_many_pages(head: bytes) -> bool:
    """Whether a file that begins like this may have several pages, so that it must be opened to count them."""
    page_format = sniff(head)
    return page_format in MANY_PAGES or (page_format == "PNG" and b"acTL" in head)


def seems_whole(head: bytes, tail: bytes, size: int) -> bool | None:
    """Whether the end of a file is there; None if its format does not show that.

    Args:
        head: Its first ``HEAD_BYTES``.
        tail: Its last ``HEAD_BYTES``.
        size: Its size in bytes.
    """
    match sniff(head):
        case "JPEG":
            return b"\xff\xd9" in tail
        case "PNG":
            return b"IEND" in tail
        case "GIF":
            return tail.rstrip(b"\0").endswith(b"\0;")
        case "PDF":
            return b"%%EOF" in tail
        case "TIFF" if head[2:4] in (b"*\0", b"\0*"):
            order: Literal["little", "big"] = "little" if head[:2] == b"II" else "big"
            has_table = int.from_bytes(head[4:8], order) < size
            return None if has_table else False  # the pixels may be before the table or after it
        case "WEBP":
            return int.from_bytes(head[4:8], "little") + 8 <= size
        case "BMP":
            return int.from_bytes(head[2:6], "little") <= size
    return None


def suffix_of_another(suffix: str, page_format: str) -> bool:
    """Whether a suffix belongs to a format other than the file's."""
    return suffix.lower() in PAGE_SUFFIXES and suffix.lower() not in _SUFFIXES.get(page_format, ())


def words_for(page_format: str) -> str:
    """The name of a format as people write it."""
    return _WORDS.get(page_format, page_format)


def why_unknown(head: bytes) -> Told:
    """Returns what the user is told about a file whose format cannot be read."""
    start = head.lstrip()[:5].lower()
    if head.startswith((b"\xff\x0a", b"\x00\x00\x00\x0cJXL ")):
        what = Fact.JPEG_XL
    elif head.startswith((b"%!PS", b"\xc5\xd0\xd3\xc6")):
        what = Fact.POSTSCRIPT
    elif start in (b"<!doc", b"<html", b"<?xml") or start.startswith(b"<svg"):
        what = Fact.WEB_PAGE
    elif head.startswith(b"PK"):
        what = Fact.ARCHIVE
    elif head.startswith(b"8BPS"):
        what = Fact.PHOTOSHOP
    elif head.startswith(b"AT&TFORM"):
        what = Fact.DJVU
    else:
        what = Fact.UNKNOWN_FORMAT
    return Told([(what, {}), (Fact.SAVE_AS_PICTURE, {})])


def why_no_usual_jpeg(content: bytes) -> Told | None:
    """Returns what the user is told about a JPEG of a kind that cannot be read, such as medical scanners write.

    Args:
        content: The file, at least up to where its pixels begin.

    Returns:
        None if it is a usual JPEG.
    """
    place = 2
    while content[place : place + 1] == b"\xff" and place + 4 < len(content):
        mark = content[place + 1]
        if mark == 0xF7:
            return Fact.JPEG_LS()
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            bits = content[place + 4]
            if bits == 8:
                return None
            return Fact.DEEP_JPEG(bits=bits)
        place += 1 if mark == 0xFF else 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return None
