"""PDF files with just what a test needs in them, where ``pdfs`` has no words for it."""

import base64
import zlib
from pathlib import Path

from pdfs import A4, pdf_of

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"

CATALOG, TREE, FONT, PICTURE, PAGE, CONTENT, MORE = range(1, 8)
"""The numbers of the objects of ``hand_made``."""


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def form(content: bytes, box: bytes) -> bytes:
    """Something drawn that is placed elsewhere as a whole."""
    entries = b"/Type/XObject/Subtype/Form/BBox[%s]/Resources<</Font<</F 3 0 R>>/XObject<</P 4 0 R>>>>"
    return stream(content, entries % box)


def hand_made(
    path: Path,
    content: bytes,
    *more: bytes,
    box: tuple[float, float, float, float] = A4,
    entries: bytes = b"",
    font: bytes = HELVETICA,
) -> Path:
    """Writes a PDF of one page.

    Args:
        path: Where to.
        content: What is drawn: with the font ``/F``, a grey picture ``/P`` and the first of the objects ``/X``.
        more: Further objects, from number ``MORE``.
        box: The page.
        entries: Further entries of the page.
        font: The font.
    """
    sides = b" ".join(b"%f" % side for side in box)
    resources = b"<</Font<</F 3 0 R>>/XObject<</P 4 0 R%s>>>>" % (b"/X 7 0 R" if more else b"")
    grey = b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 6 0 R/Resources%s%s>>" % (sides, resources, entries)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]/DR<</Font<</F 3 0 R>>>>>>>>" % (b"7 0 R" if more else b""),
        b"<</Type/Pages/Kids[5 0 R]/Count 1>>",
        font,
        stream(b"\xb0", grey),
        page,
        stream(content),
        *more,
    ]
    path.write_bytes(pdf_of(objects))
    return path


def words(text: str, x: float, y: float, size: float = 12) -> bytes:
    """Draws words from a place on, in points from the bottom-left corner."""
    return b"BT /F %f Tf 1 0 0 1 %f %f Tm (%s) Tj ET\n" % (size, x, y, text.encode("cp1252"))


def picture(x: float, y: float, width: float, height: float) -> bytes:
    """Draws the grey picture."""
    return b"q %f 0 0 %f %f %f cm /P Do Q\n" % (width, height, x, y)


PROTECTED_OTHERWISE = zlib.decompress(
    base64.b64decode(
        "eNqFU01o1EAYBb2UoAi9SC86onsQrJlJJpMEyqLttrqo7Lrb+kMpMplMtinbZE1ma6uHgoLiqb3pQYoU9SZ66EHw0IMXxYN4E0XoSRERpFT04s8k"
        "+yt76C7Lhjff9773vXnJFHNjg+ioqWTWf67+URCAIHRmlKEhoBZphcdAk0gJqOMLNQ7UESpoNayAbFbhgZsUal0NI2E9EAAB9ZTvxmAS6GnrVKu5"
        "wddp1f9rDQQPRAxwY9wZ7vp0OJyXLFB+dQgBkr+phCWShS1ZJR6H9YhJ3oRlTLI0HoCRnmezQL1QcGY4a+BFQFp4clQKBRVcIl0KuwTiLoGneVAR"
        "08CyJblfFTyS/1XZnOMsdNOmWESczioTT1Zn/r7b/P1648fa4939t+o7l/AAuHJob5j/cs2//+1D4eOD2xcH9hx49Gt518bWi/19N9f7jiyNH7Mu"
        "n/169/vz/D2xuJjb+vTy4PU7Tx/ue//qa/+O4uazG7YU1RzRlGd0yRumMU+3V0/y6hwXPqNAHQ2kNj+oAPW8HxwPYr8DlOuOSFdOFket/VOGzv6k"
        "e4Av4iKPRsLZWhgkF2All1YNo3KNMtma43M+4yciupBI8CvTaRDaY/KzibXNMa0bkbJc6Slqu7utuW+XL71Z+byydrjHDLNLa4ujLGjg0sht8yNN"
        "qi6AId12DIszzGzNIS43LWRhG2KTOAaEFOoORNRGJkUmwa7GbMeiBDsWJxwhD0EvmyRpEMsAyYyrE5JQ455lew4zMfYocRFiyHRdZhkm4Y7tQaRp"
        "2CCS1KHcQDrWTF2WOfKJWSbDkvCcjHTH+vmIewoElgLbH0AMQzeAB9oYkglIT4IORnAPhjS9B9Os3jqMe+sMDHswE2kdTETUr0qzE99LYZjcevpi"
        "lv2rPMlIPgcmh8xkU4Kx5RHi6jokMjLUsF3XtiFzLJbdvmIqjXO0UBPAbL7CMhQ0EqlTNrKVTGa0MKb8AwDSbFg="
    )
)
"""A page whose password is ``Gehéim 1``. Made with ``qpdf --allow-weak-crypto --encrypt 'Gehéim 1' owner 128``."""
