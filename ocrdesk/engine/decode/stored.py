"""Prepares pictures for storing in a document: JPEG unchanged, all others losslessly."""

import io
import struct
import zlib
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from ocrdesk.engine.decode.picture import Density, Pixels, StoredPicture, stretch_of

_LARGEST_PROFILE = 16_384
"""Bytes; larger colour profiles are left out, so that the document is hardly larger than its pictures."""

_MARK_OF_PROFILE = {"L": b"GRAY", "RGB": b"RGB ", "CMYK": b"CMYK"}
_DEEP = ("I;16", "I;16L", "I;16B", "I;16N")
_WITHOUT_LOSS = ("1", "L", "P", "RGB")
_ADOBE_RGB = (82, 71, 66)
"""The component identifiers of a JPEG that stores red, green and blue and not luma and chroma."""

_GREY, _RGB, _INDEXED = 0, 2, 3
_COLOURS_OF_PNG = {_GREY: "L", _RGB: "RGB", _INDEXED: "P"}
_EXIF_ORIENTATION = 0x0112


def stored_file(file: BinaryIO, image: Image.Image) -> StoredPicture | None:
    """Returns the only picture of a JPEG or PNG file as stored; None if a document cannot hold it like that.

    Args:
        file: The file, open for reading.
        image: The picture opened from it, not decoded yet.

    Raises:
        ValueError: The file is cut off or damaged.
    """
    if image.format in ("JPEG", "MPO") and image.mode in _MARK_OF_PROFILE:
        file.seek(0)
        return _jpeg(image, file.read())
    if image.format == "PNG" and image.mode in _WITHOUT_LOSS and "transparency" not in image.info:
        file.seek(0)
        return _png(file.read(), image)
    return None


def stored_image(image: Image.Image) -> StoredPicture | None:
    """Compresses a decoded picture; returns None if something would be lost."""
    if "transparency" in image.info:
        return None
    if image.mode in _DEEP:
        return _compressed(_stretched(image), image)
    return _compressed(image, image) if image.mode in _WITHOUT_LOSS else None


def stored_pixels(pixels: Pixels) -> StoredPicture:
    """Compresses upright pixels."""
    is_grey = bool((pixels[..., 0] == pixels[..., 1]).all() and (pixels[..., 0] == pixels[..., 2]).all())
    image = Image.fromarray(np.ascontiguousarray(pixels[..., 0]) if is_grey else pixels)
    return _compressed(image, image)


def orientation_of(image: Image.Image) -> int:
    """Returns the EXIF orientation, 1 to 8, that is still to be applied: loading a TIFF applies its own."""
    try:
        return int(image.getexif().get(_EXIF_ORIENTATION, 1))
    except (OSError, ValueError, TypeError, SyntaxError, struct.error):
        return 1  # unreadable EXIF is no reason to refuse the picture


def density_of(image: Image.Image) -> Density | None:
    """Returns the dots per inch that a picture states, across and down as stored.

    If it states no unit, they only matter if its pixels are not square.
    """
    if (density := _pair(image.info.get("dpi"))) is not None:
        return density
    for name in ("resolution", "jfif_density", "aspect"):  # of TIFF, JPEG and PNG
        density = _pair(image.info.get(name))
        if stretch_of(density) != (1.0, 1.0):
            return density
    return None


def _pair(told: Any) -> Density | None:
    try:
        across, down = told
        return float(across), float(down)
    except (TypeError, ValueError, ZeroDivisionError):
        return None


def _jpeg(image: Image.Image, content: bytes) -> StoredPicture:
    if not _is_whole(content):
        raise ValueError("The JPEG is cut off.")
    is_adobe = "adobe" in image.info
    parts = tuple(part[0] for part in getattr(image, "layer", ()))
    return StoredPicture(
        content,
        True,
        *image.size,
        image.mode,
        profile=_profile(image, image.mode),
        orientation=orientation_of(image),
        density=density_of(image),
        is_inverted=image.mode == "CMYK" and is_adobe,
        is_plain_rgb=parts == _ADOBE_RGB and not is_adobe,
    )


def _is_whole(content: bytes) -> bool:
    """Whether the end marker of a JPEG is there; thumbnails in its header have their own."""
    place = 2
    while content[place : place + 1] == b"\xff" and content[place + 1] != 0xDA:
        if content[place + 1] == 0xFF:
            place += 1
            continue
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return content.find(b"\xff\xd9", place) >= 0


def _stretched(image: Image.Image) -> Image.Image:
    """Stretches the grey levels to all 16 bits, so that a faint scan does not come out black; no shade is lost."""
    values = np.asarray(image)
    low, high = int(values.min()), int(values.max())
    shades = (np.arange(65536.0) - low) * (65535 / max(high - low, 1))
    return Image.fromarray(shades.clip(0, 65535).round().astype(np.uint16)[values])


def _compressed(image: Image.Image, described: Image.Image) -> StoredPicture:
    content = io.BytesIO()
    image.save(content, "PNG", icc_profile=None)
    stored = _png(content.getvalue(), described)
    assert stored is not None
    return stored


def _png(content: bytes, image: Image.Image) -> StoredPicture | None:
    """Returns the compressed pixels of a PNG unchanged, or None if documents do not support their kind.

    Raises:
        ValueError: The file is cut off or damaged.
    """
    width, height, depth, kind, _, _, interlace = struct.unpack(">IIBBBBB", content[16:29])
    if kind not in _COLOURS_OF_PNG or interlace:
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
    channels = 3 if kind == _RGB else 1
    if len(zlib.decompress(data)) != height * (1 + (width * channels * depth + 7) // 8):
        raise ValueError("The PNG is cut off.")
    colours = _COLOURS_OF_PNG[kind]
    return StoredPicture(
        data,
        False,
        width,
        height,
        colours,
        depth,
        palette=b"".join(chunks[b"PLTE"]) if colours == "P" else b"",
        profile=_profile(image, colours),
        orientation=orientation_of(image),
        density=density_of(image),
    )


def _profile(image: Image.Image, colours: str) -> bytes | None:
    profile = image.info.get("icc_profile")
    if not profile or not 128 < len(profile) <= _LARGEST_PROFILE or profile[8] > 4:
        return None
    return bytes(profile) if profile[16:20] == _MARK_OF_PROFILE.get(colours) else None
