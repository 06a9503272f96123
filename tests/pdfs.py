"""PDF files as bytes: pages with text, written by hand, pages that are pictures, and one that is protected."""

import base64
import io
import zlib
from collections.abc import Callable, Iterable

import numpy as np
from PIL import Image

A4 = (0, 0, 595, 842)
"""The sides of a sheet in points."""

MARGIN = 60
COLUMN = 260
"""Points from where one column begins to where the next does."""


def text_pdf(
    *lines: str,
    pages: int = 1,
    rotate: int = 0,
    turned: int = 0,
    mode: int = 0,
    size: float = 20,
    mediabox: tuple[float, float, float, float] = A4,
    picture: Image.Image | None = None,
    meaning: Callable[[int], int] | None = None,
) -> bytes:
    """Pages with lines of Helvetica one under the other.

    Args:
        lines: In Latin letters. A tab begins another column in the same row; ``{page}`` becomes the page's number.
        pages: How many.
        rotate: The /Rotate of the pages: degrees clockwise by which a reader is to turn them.
        turned: Degrees clockwise by which the text matrix turns the text on the page.
        mode: How letters are rendered; 3 is invisible.
        size: Of the letters, in points.
        mediabox: The page: left, bottom, right, top.
        picture: Covers the whole page, under the text.
        meaning: What each byte of the text means according to the file, as a code point; None leaves that out.
    """
    contents = [_shown(lines, number, turned, mode, size, mediabox, picture) for number in range(1, pages + 1)]
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding%s>>"
    return _pages(contents, mediabox, rotate, font, meaning, picture)


def picture_pdf(*images: Image.Image, dpi: int = 300) -> bytes:
    """A page for each picture, as scanners make them."""
    file = io.BytesIO()
    images[0].save(file, "PDF", save_all=True, append_images=images[1:], resolution=dpi)
    return file.getvalue()


def pdf_of(objects: Iterable[bytes]) -> bytes:
    """A file of these objects, numbered from 1; the first is the catalog."""
    file, starts = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        starts.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(starts) + 1)
    for start in starts:
        file += b"%010d 00000 n \n" % start
    file += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(starts) + 1, table)
    return bytes(file)


def _pages(
    contents: list[bytes],
    mediabox: tuple[float, ...],
    rotate: int,
    font: bytes,
    meaning: Callable[[int], int] | None,
    picture: Image.Image | None,
) -> bytes:
    # 1 catalog, 2 tree, 3 font, 4 what its bytes mean, 5 picture, then each page and its content
    kids = b" ".join(b"%d 0 R" % (6 + 2 * number) for number in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        font % (b"/ToUnicode 4 0 R" if meaning else b""),
        _stream(_meanings(meaning)) if meaning else b"null",
        _image(picture) if picture else b"null",
    ]
    box = b" ".join(b"%g" % side for side in mediabox)
    for number, content in enumerate(contents):
        resources = b"<</Font<</F 3 0 R>>/XObject<</P 5 0 R>>>>" if picture else b"<</Font<</F 3 0 R>>>>"
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Rotate %d/Resources %s/Contents %d 0 R>>"
        objects += [page % (box, rotate, resources, 7 + 2 * number), _stream(content)]
    return pdf_of(objects)


def _shown(
    lines: tuple[str, ...],
    page: int,
    turned: int,
    mode: int,
    size: float,
    mediabox: tuple[float, ...],
    picture: Image.Image | None,
) -> bytes:
    left, bottom, right, top = mediabox
    parts = []
    if picture:
        parts.append(b"q %g 0 0 %g %g %g cm /P Do Q" % (right - left, top - bottom, left, bottom))
    parts.append(b"BT /F %g Tf %d Tr" % (size, mode))
    for row, line in enumerate(lines):
        for column, text in enumerate(line.split("\t")):
            along, below = MARGIN + COLUMN * column, MARGIN + size + 2 * size * row
            matrix = {
                0: (1, 0, 0, 1, left + along, top - below),
                90: (0, -1, 1, 0, right - below, top - along),
                180: (-1, 0, 0, -1, right - along, bottom + below),
                270: (0, 1, -1, 0, left + below, bottom + along),
            }[turned]
            shown = text.replace("{page}", str(page)).encode("cp1252")
            for byte in b"\\()":
                shown = shown.replace(b"%c" % byte, b"\\%c" % byte)
            parts.append(b"%g %g %g %g %g %g Tm (%s) Tj" % (*matrix, shown))
    parts.append(b"ET")
    return b"\n".join(parts)


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def _image(picture: Image.Image) -> bytes:
    pixels = np.asarray(picture.convert("RGB"))
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8"
    content = zlib.compress(pixels.tobytes())
    return _stream(content, (entries + b"/Filter/FlateDecode") % (pixels.shape[1], pixels.shape[0]))


def _meanings(meaning: Callable[[int], int]) -> bytes:
    table = b"\n".join(b"<%02X> <%04X>" % (code, meaning(code)) for code in range(33, 123))
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"90 beginbfchar\n%s\nendbfchar endcmap end end" % table
    )


PROTECTED = base64.b64decode(
    "JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5zaW9uTGV2ZWwg"
    "OCA+PiA+PiAvUGFnZXMgMyAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL1R5cGUgL09ialN0bSAvTGVuZ3RoIDI0MCAv"
    "RmlsdGVyIC9GbGF0ZURlY29kZSAvTiA1IC9GaXJzdCAyNyA+PgpzdHJlYW0KPLy7OZAGwyrkbXAXLyITRG4L2byEBvG0qh28CxJMSpjDQRc6g9iU"
    "wbZii/8qNnyCx4n6PkRVhIMJAsFEPAfWtUQXtQNFoxCV5ur2Hx1ubpmrHRqru9nKeLVHTjVIXZunyYPO7K06CMyvP1dq3FO3qiQDLswW6BrlhNu6"
    "WrgJS55+5DHZMObQxWT7dp4fj6Iu/sFQXuhexsM23xT+ozXpGGLxPHBkLU6LrZyzLkDB33rTiM5HFORkA8vQuwFIMEKrS5DnuZlCHjN+FsPlVn3R"
    "9kRUKW2EHZI5qHaxNKFfLv7rlam/UYqreJos9JCTPshNZW5kc3RyZWFtCmVuZG9iago4IDAgb2JqCjw8IC9MZW5ndGggMTI4IC9GaWx0ZXIgL0Zs"
    "YXRlRGVjb2RlID4+CnN0cmVhbQr9MjgjsEI8S83mYx9ShnFg9Rk2TasU4i7kwt+xoHuXgOepY4uORN67cz4dmpr9jOrON96Y0F5H6YDOnEz4l628"
    "rgBn75w032NpVpxJJKgLtvRO5zx2QUjnhvs9RMsvi2RMWQox8MA/P5eNk3aVwt/sFXTrlrGSnQkWoFDJFH9MxWVuZHN0cmVhbQplbmRvYmoKOSAw"
    "IG9iago8PCAvTGVuZ3RoIDEyOCAvRmlsdGVyIC9GbGF0ZURlY29kZSA+PgpzdHJlYW0KLBqDa9aOQTjYr/VDx8cnoyELEcHnT473L/bqR44CHkHc"
    "9sXnFaAgFDFX0znqp5keV+Fy33RmfDDAMLGSOZ4Tp5Ohzeb7yQ2X0/2+Qj2LAHGaUDjrM1wQVhWH3AbCYqkaYnCJxPrWFG+4aS6gOp2RAdCp0kfr"
    "d0pGIFxw8FF6Pa5lbmRzdHJlYW0KZW5kb2JqCjEwIDAgb2JqCjw8IC9MZW5ndGggMTI4IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlID4+CnN0cmVhbQqz"
    "WTmH2W4Q3soYluwGUJDN+NeRc11bVZfBlia78YKhb/LpJV+zIG3KmkR5Dlha9qjgJTEHvOXKJGGmN1DLjUox66sdzHHu3OV2UizKCDStSeq1wJKd"
    "AIRBQm8V8bnpcEnlAJvwcBJeJyu1AJnoB9iYvcpfQpl5QGqHAgVYQxIKEWVuZHN0cmVhbQplbmRvYmoKMTEgMCBvYmoKPDwgL0NGIDw8IC9TdGRD"
    "RiA8PCAvQXV0aEV2ZW50IC9Eb2NPcGVuIC9DRk0gL0FFU1YzIC9MZW5ndGggMzIgPj4gPj4gL0ZpbHRlciAvU3RhbmRhcmQgL0xlbmd0aCAyNTYg"
    "L08gPGYxZTA1ZmJkYjEyNWQ4OWE4YjZlYWExNWJhOTY1YmNiZGIxYjg3ZTdiYWUxNmY2YzA1NDBmYzM0MzMxZWFhM2QwMDg3MmFhNDVhMzg0ZDRk"
    "NmRjMGI0ODhjM2JlNWQxZT4gL09FIDw0ZDdiMDE1NDNlN2MzNGY3Mzk1MjBjMTNmNjE1MmI2NzY1MGI4ODkwYzA5MDIyYTg2MGYyYjdiOTFmOTcx"
    "NjVkPiAvUCAtNCAvUGVybXMgPDVmODAxODRkOTEwZjgxODk1Mjg0YjdjZDNhY2JhODkzPiAvUiA2IC9TdG1GIC9TdGRDRiAvU3RyRiAvU3RkQ0Yg"
    "L1UgPDg1MjNkYzZlNGEwZDM1Y2UyOTI3OWNlZTc3MWUyZjk5NjlkY2MyYWQzOTg5ZGFiNjE0NmE1Zjc0OWVkMjQwODY4NzIwZTQyOTUwYTk1MWQx"
    "YzEwMDFlMDQ1MzBjZWY4Mz4gL1VFIDw2MzlkZDY0Nzg5MjBjYWM0N2UyYjdmMDUzMmRjMDNmMzFkZDJhOWQxYTJiNGZkZGE2ZjQxNDJhZjJkMjdl"
    "MTUxPiAvViA1ID4+CmVuZG9iagoxMiAwIG9iago8PCAvVHlwZSAvWFJlZiAvTGVuZ3RoIDQ1IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlIC9EZWNvZGVQ"
    "YXJtcyA8PCAvQ29sdW1ucyA0IC9QcmVkaWN0b3IgMTIgPj4gL1cgWyAxIDIgMSBdIC9Sb290IDEgMCBSIC9TaXplIDEzIC9JRCBbPDllMDU3ZTk2"
    "YzIwODkyZTU3Mzc3N2Q0MjlhYzY3ZjdiPjw5ZTA1N2U5NmMyMDg5MmU1NzM3NzdkNDI5YWM2N2Y3Yj5dIC9FbmNyeXB0IDExIDAgUiA+PgpzdHJl"
    "YW0KeJxjYgACJkYGfgYmBoZiEKsBxGJgRCf+M175w8TAeJwBRpwAEkwqDACSTwZyCmVuZHN0cmVhbQplbmRvYmoKc3RhcnR4cmVmCjE2MTYKJSVF"
    "T0YK"
)
"""Three pages with text; the password is ``secret``. Made with ``qpdf --encrypt secret secret 256``."""
