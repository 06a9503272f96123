"""Pictures as they go into a PDF: JPEG as it is, all others without loss."""

import io
import logging
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, UnidentifiedImageError

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.decode.formats import HEAD_BYTES, PDF, format_of
from ocrdesk.engine.decode.raster import orientation_of
from ocrdesk.engine.document import Page
from ocrdesk.engine.ordinary_files import open_ordinary

log = logging.getLogger(__name__)

_LARGEST_PROFILE = 16_384
"""Bytes; larger descriptions of colours are left out, so that the file stays about as large as its pictures."""

_COLOURS = {
    "L": (b"GRAY", 1, Name.DeviceGray),
    "RGB": (b"RGB ", 3, Name.DeviceRGB),
    "CMYK": (b"CMYK", 4, Name.DeviceCMYK),
}
_DEEP = ("I;16", "I;16L", "I;16B", "I;16N")
_AS_PNG = ("1", "L", "P", "RGB")
_ADOBE_RGB = (82, 71, 66)
"""What the parts of a JPEG are called that holds red, green and blue as such."""

_GREY, _RGB, _INDEXED = 0, 2, 3
_PNG_CHANNELS = {_GREY: 1, _RGB: 3, _INDEXED: 1}

Density = tuple[float, float]
"""Dots per inch across and down."""


@dataclass(frozen=True, slots=True)
class EmbeddedPicture:
    """A picture in a PDF.

    Attributes:
        stream: In the PDF.
        width: As it is stored, in pixels.
        height: As it is stored, in pixels.
        orientation: How it is to be turned and mirrored to be upright, by EXIF's numbers.
        is_turned: Whether the turn of the page was applied to it already.
        density: What the file says, or None.
        is_archival: Whether PDF/A allows it.
    """

    stream: pikepdf.Object
    width: int
    height: int
    orientation: int = 1
    is_turned: bool = False
    density: Density | None = None
    is_archival: bool = True


def embed(pdf: pikepdf.Pdf, page: Page, decode: Callable[[], Pixels]) -> EmbeddedPicture:
    """Puts the picture of a page into a PDF.

    Args:
        pdf: The PDF.
        page: The page.
        decode: Gives the picture's pixels, upright.

    Raises:
        PageUnreadable: The picture cannot be had.
    """
    if not page.was_opened_here:
        decode()  # nobody knows whether it can be opened at all, and this finds out in a process of its own
    try:
        with open_ordinary(page.path) as file:
            if (picture := _as_stored(pdf, file, page)) is not None:
                return picture
    except (OSError, EOFError, ValueError, SyntaxError, struct.error, zlib.error, UnidentifiedImageError) as error:
        log.info("The picture of %s is embedded as it was decoded", page.path, exc_info=error)
    return _of_pixels(pdf, decode())


def _as_stored(pdf: pikepdf.Pdf, file: BinaryIO, page: Page) -> EmbeddedPicture | None:
    """The picture as its file has it, or None where that cannot be without loss."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    picture_format = format_of(head, page.path.suffix)
    if picture_format in (None, PDF):
        return None
    with Image.open(file, formats=[str(picture_format)]) as image:
        if page.frame == 0 and picture_format == "JPEG" and image.mode in _COLOURS:
            file.seek(0)
            return _jpeg(pdf, image, file.read())
        is_png = page.frame == 0 and picture_format == "PNG" and image.mode in ("1", "L", "P", "RGB")
        if is_png and "transparency" not in image.info:
            file.seek(0)
            if (stream := _png_stream(pdf, file.read(), image)) is not None:
                return EmbeddedPicture(stream, *image.size, orientation_of(image), density=_density(image))
        if page.frame != image.tell():
            image.seek(page.frame)
        density = _density(image)
        image.load()
        if "transparency" in image.info:
            return None
        if image.mode in _DEEP:
            whole = _stretched(image)
        elif image.mode in _AS_PNG:
            whole = image
        else:
            return None
        stream = _encoded(pdf, whole, image.info.get("icc_profile"))
        return EmbeddedPicture(stream, *whole.size, orientation_of(image), density=density)


def _jpeg(pdf: pikepdf.Pdf, image: Image.Image, content: bytes) -> EmbeddedPicture:
    if not _is_whole(content):
        raise ValueError("The JPEG is cut off.")
    colours, is_known = _colours(pdf, image.mode, image.info.get("icc_profile"))
    stream = pikepdf.Stream(pdf, content)
    _describe(stream, image.size, colours, 8, Name.DCTDecode)
    if image.mode == "CMYK" and "adobe" in image.info:
        stream.Decode = Array([1, 0] * 4)  # Adobe's programs write the opposite of every ink
    if tuple(part[0] for part in getattr(image, "layer", ())) == _ADOBE_RGB and "adobe" not in image.info:
        stream.DecodeParms = Dictionary(ColorTransform=0)
    is_archival = image.mode != "CMYK" or is_known
    reference = pdf.make_indirect(stream)
    orientation = orientation_of(image)
    return EmbeddedPicture(reference, *image.size, orientation, density=_density(image), is_archival=is_archival)


def _is_whole(content: bytes) -> bool:
    """Whether a JPEG has its end; thumbnails in its header have ends of their own."""
    place = 2
    while content[place : place + 1] == b"\xff" and content[place + 1] != 0xDA:
        if content[place + 1] == 0xFF:
            place += 1
            continue
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return content.find(b"\xff\xd9", place) >= 0


def _of_pixels(pdf: pikepdf.Pdf, pixels: Pixels) -> EmbeddedPicture:
    is_grey = bool((pixels[..., 0] == pixels[..., 1]).all() and (pixels[..., 0] == pixels[..., 2]).all())
    image = Image.fromarray(np.ascontiguousarray(pixels[..., 0]) if is_grey else pixels)
    return EmbeddedPicture(_encoded(pdf, image, None), *image.size, is_turned=True)


def _stretched(image: Image.Image) -> Image.Image:
    """Uses all 16 bits, so that a faint scan does not come out black; no shade is lost."""
    values = np.asarray(image).astype(np.float64)
    low, high = values.min(), values.max()
    return Image.fromarray(((values - low) * (65535 / max(high - low, 1))).round().astype(np.uint16))


def _encoded(pdf: pikepdf.Pdf, image: Image.Image, profile: bytes | None) -> pikepdf.Object:
    content = io.BytesIO()
    plain = image.copy()
    plain.info = {"icc_profile": profile}
    plain.save(content, "PNG")
    stream = _png_stream(pdf, content.getvalue(), plain)
    assert stream is not None
    return stream


def _png_stream(pdf: pikepdf.Pdf, content: bytes, image: Image.Image) -> pikepdf.Object | None:
    """The compressed pixels of a PNG as they are, for PDF knows that compression; None for one it does not know.

    Raises:
        ValueError: The file is cut off or damaged.
    """
    width, height, depth, kind, _, _, interlace = struct.unpack(">IIBBBBB", content[16:29])
    if kind not in _PNG_CHANNELS or interlace:
        return None
    chunks: dict[bytes, list[bytes]] = {}
    place = 8
    while place + 8 <= len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        chunks.setdefault(name, []).append(content[place + 8 : place + 8 + length])
        place += 12 + length
    if b"tRNS" in chunks:
        return None
    data = b"".join(chunks.get(b"IDAT", []))
    channels = _PNG_CHANNELS[kind]
    if len(zlib.decompress(data)) != height * (1 + (width * channels * depth + 7) // 8):
        raise ValueError("The PNG is cut off.")
    if kind == _INDEXED:
        palette = b"".join(chunks[b"PLTE"])
        colours: pikepdf.Object = Array([Name.Indexed, Name.DeviceRGB, len(palette) // 3 - 1, pikepdf.String(palette)])
    else:
        colours, _ = _colours(pdf, "L" if kind == _GREY else "RGB", image.info.get("icc_profile"))
    stream = pikepdf.Stream(pdf, data)
    _describe(stream, (width, height), colours, depth, Name.FlateDecode)
    stream.DecodeParms = Dictionary(Predictor=15, Colors=channels, BitsPerComponent=depth, Columns=width)
    return pdf.make_indirect(stream)


def _describe(
    stream: pikepdf.Stream, size: tuple[int, int], colours: pikepdf.Object, depth: int, compression: pikepdf.Name
) -> None:
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = size
    stream.ColorSpace, stream.BitsPerComponent = colours, depth
    stream.Filter = compression


def _colours(pdf: pikepdf.Pdf, mode: str, profile: bytes | None) -> tuple[pikepdf.Object, bool]:
    """The colours of a picture, and whether its file describes them."""
    mark, channels, plain = _COLOURS[mode]
    if not profile or not 128 < len(profile) <= _LARGEST_PROFILE or profile[16:20] != mark or profile[8] > 4:
        return plain, False
    description = pikepdf.Stream(pdf, profile)
    description.N, description.Alternate = channels, plain
    return Array([Name.ICCBased, pdf.make_indirect(description)]), True


def _density(image: Image.Image) -> Density | None:
    try:
        across, down = image.info["dpi"]
        return float(across), float(down)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
