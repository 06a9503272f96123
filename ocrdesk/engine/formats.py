"""Which picture formats are read, and how their first bytes look.

Pillow is only ever asked for the one format found here: left to guess, it would start Ghostscript for EPS content.
"""

import pi_heif

pi_heif.register_heif_opener()

PICTURE_SUFFIXES = frozenset(
    (
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".tif", ".tiff", ".gif", ".webp", ".bmp", ".dib", ".pbm",
        ".pgm", ".ppm", ".pnm", ".jp2", ".j2k", ".jpf", ".jpx", ".avif", ".heic", ".heif", ".hif", ".pcx", ".tga",
    )
)  # fmt: skip
"""Files so named in a folder become pages even if their content cannot be read, so that none is lost unseen."""

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
)

_BRANDS = {b"avif": "AVIF", b"avis": "AVIF"} | dict.fromkeys(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"), "HEIF"
)


def sniff(head: bytes) -> str | None:
    """Tells Pillow's name of the format from a file's first bytes (16 suffice), or None for no picture."""
    for magic, picture_format in _MAGIC:
        if head.startswith(magic):
            return picture_format
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "BMP"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    if len(head) > 2 and head[0] == 0x50 and head[1] in b"123456" and head[2] in b" \t\r\n#":
        return "PPM"
    return None
