"""Reads TIFF pictures whose pixels Pillow does not support: samples of any size, and extra ones besides the colours.

Pillow still does the decompression, of one strip or tile at a time, as plain bytes.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, product, repeat
from math import ceil
from typing import Any, BinaryIO, Literal

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile

from ocrdesk.engine.decode.picture import MOST_BYTES
from ocrdesk.engine.decode.tiff import Directory, opened_by_pillow
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.facts import Fact, Told, together

_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _MEANING, _FILL, _ORIENTATION = 256, 257, 258, 259, 262, 266, 274
_STRIPS, _SAMPLES, _ROWS, _STRIP_SIZES, _ACROSS, _DOWN, _PLANES, _UNIT = 273, 277, 278, 279, 282, 283, 284, 296
_PREDICTOR, _PALETTE, _TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_SIZES = 317, 320, 322, 323, 324, 325
_EXTRAS, _FORM, _SUBSAMPLING = 338, 339, 530

_PLAIN = 1
_BYTES = frozenset({_PLAIN, 5, 8, 32773, 32946, 34925, 50000})
"""Compressions that work on bytes, whatever the bytes mean."""

_PICTURES = {50001: "WEBP", 34712: "JPEG2000", 33003: "JPEG2000", 33004: "JPEG2000", 33005: "JPEG2000"}
"""Compressions that store each strip or tile as a complete picture file."""

_OF_BRIGHTNESS_AND_HUE = 33003
_JPEG = 7
_NAMES = {
    6: "JPEG of an old kind",
    _JPEG: "JPEG of an unusual kind",
    34661: "JBIG",
    34887: "LERC",
    34892: "lossy JPEG",
    34934: "JPEG XR",
    50002: "JPEG XL",
    52546: "JPEG XL",
}

_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _INDEXED, _MASK, _INKS, _YCBCR = range(7)
_COLOURS = {_WHITE_IS_ZERO: 1, _BLACK_IS_ZERO: 1, _RGB: 3, _INDEXED: 1, _MASK: 1, _INKS: 4, _YCBCR: 3}
"""How many samples of a pixel are colours, for each photometric interpretation."""

_UNSIGNED, _SIGNED, _REAL, _UNTOLD = 1, 2, 3, 4
_PREMULTIPLIED, _ALPHA = 1, 2
_PARTED = 2
_DIFFERENCES, _DIFFERENCES_OF_REALS = 2, 3
_REVERSED = 2
_INCHES, _CENTIMETRES = 2, 3
_EXIF_ORIENTATION = 0x0112
_BLOCK = 512
"""How many rows are converted at once."""

Samples = npt.NDArray[Any]
"""Rows × columns × samples per pixel."""


def open_page(file: BinaryIO, page: Directory) -> Image.Image:
    """Opens a page of a TIFF; its pixels are decoded when it is loaded.

    Raises:
        PageUnreadable: The page is of a kind that cannot be read.
        ValueError: The page is damaged.
    """
    if not _is_misread(page):
        try:
            return opened_by_pillow(file, page)
        except SyntaxError:
            pass  # the class below finds out whether it is damaged or just unusual
    return SampledPicture(file, page)


def _is_misread(page: Directory) -> bool:
    """Whether Pillow would open a page but then fail or decode it wrongly."""
    if (page.is_big and page.order == ">") or page.number(_COMPRESSION, _PLAIN) in _PICTURES:
        return True
    meaning, extras = page.number(_MEANING), page.numbers(_EXTRAS)
    is_grey = meaning in (_WHITE_IS_ZERO, _BLACK_IS_ZERO)
    bits, form = page.number(_BITS, 1), page.number(_FORM, _UNSIGNED)
    if page.number(_COMPRESSION, _PLAIN) == _JPEG:
        return bits != 8
    if bits <= 8:
        return is_grey and ((bits == 8 and form == _SIGNED) or extras == (_PREMULTIPLIED,))
    is_parted = page.number(_PLANES, 1) == _PARTED and page.number(_COMPRESSION, _PLAIN) == _PLAIN
    return form != _UNSIGNED or bits > 16 or meaning == _WHITE_IS_ZERO or is_parted


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A strip or tile as stored: its position in the picture, and its content."""

    left: int
    top: int
    plane: slice
    rows: int
    columns: int
    count: int
    content: bytes


class SampledPicture(Image.Image):
    """A page whose pixels are assembled here when it is loaded."""

    format = "TIFF"

    def __init__(self, file: BinaryIO, page: Directory) -> None:
        """Reads the entries of the page's directory.

        Raises:
            PageUnreadable: The page is of a kind that cannot be read.
            ValueError: The page is damaged.
        """
        super().__init__()
        self._file = file
        self._page = page
        self._compression = page.number(_COMPRESSION, _PLAIN)
        self._meaning = page.number(_MEANING)
        self._count = page.number(_SAMPLES, 1)
        self._form = page.number(_FORM, _UNSIGNED)
        self._form = _UNSIGNED if self._form == _UNTOLD else self._form
        self._bits = page.number(_BITS, 1)
        self._type = self._type_of_sample()
        colours = _COLOURS[self._meaning]
        extras = page.numbers(_EXTRAS)
        self._alpha = next((kind for kind in extras[:1] if self._count > colours), 0)
        self._size = page.number(_WIDTH), page.number(_HEIGHT)
        self._mode = self._mode_of_all()
        if orientation := page.number(_ORIENTATION):
            self.getexif()[_EXIF_ORIENTATION] = orientation
        if (unit := page.number(_UNIT, _INCHES)) in (_INCHES, _CENTIMETRES):
            density = [*page.numbers(_ACROSS)[:1], *page.numbers(_DOWN)[:1]]
            if len(density) == 2 and all(density):
                self.info["dpi"] = tuple(2.54 * dots if unit == _CENTIMETRES else dots for dots in density)

    @property
    def bytes_of_pixel(self) -> int:
        """The most bytes that a pixel takes while the page is loaded."""
        return self._count * self._type.itemsize + 4

    def load(self) -> Any:
        """Decodes the pixels."""
        if self._im is None:
            self.im = self._made().im
        return super().load()

    @property
    def _most(self) -> float:
        """The largest value of an integer sample."""
        return 2.0 ** (self._bits - (self._form == _SIGNED)) - 1

    def _type_of_sample(self) -> np.dtype[Any]:
        bits = self._bits
        sizes = (self._page.numbers(_BITS) or (1,))[: self._count]
        if not 0 < self._count <= 64 or not 0 < bits <= 64:
            raise ValueError(f"{self._count} samples of {bits} bits")
        if self._compression not in _BYTES and self._compression not in _PICTURES:
            name = _NAMES.get(self._compression)
            if name:
                raise _unread(Fact.TIFF_COMPRESSED(name=name))
            raise _unread(Fact.TIFF_COMPRESSED_ANYHOW(number=self._compression))
        is_whole = bits in (8, 16, 32, 64)
        is_known = is_whole or (bits < 32 and self._form == _UNSIGNED and self._page.number(_PREDICTOR, 1) == 1)
        is_real = self._form == _REAL
        if self._meaning not in _COLOURS or self._count < _COLOURS[self._meaning] or self._form > _REAL:
            raise _unread(Fact.TIFF_COLOURS())
        if len(set(sizes)) > 1 or not is_known or (is_real and bits == 8):
            raise _unread(Fact.TIFF_BITS(samples=self._count, bits=bits))
        if self._meaning == _YCBCR and self._compression in _BYTES and self._page.numbers(_SUBSAMPLING) != (1, 1):
            raise _unread(Fact.TIFF_HUES())
        size = bits // 8 if is_whole else 1 if bits < 8 else 2 if bits < 16 else 4
        return np.dtype(f"{'f' if is_real else 'i' if self._form == _SIGNED else 'u'}{size}")

    def _mode_of_all(self) -> str:
        is_clear = self._alpha in (_PREMULTIPLIED, _ALPHA)
        if self._meaning == _INKS:
            return "RGBA" if self._alpha == _ALPHA else "CMYK"
        if self._meaning in (_RGB, _YCBCR):
            return "RGBA" if is_clear else "RGB"
        if self._meaning == _INDEXED:
            return "RGB"
        if is_clear:
            return "LA"
        if self._form != _UNSIGNED or self._bits > 16:
            return "F"
        return "L" if self._bits <= 8 else "I;16"

    # What the samples mean

    def _made(self) -> Image.Image:
        samples = self._samples()
        colours = samples[..., : _COLOURS[self._meaning]]
        if self._meaning in (_WHITE_IS_ZERO, _MASK):
            colours = self._negative(colours)
        if self._mode == "F":
            return Image.fromarray(colours[..., 0].astype(np.float32))
        if self._mode == "I;16":
            return Image.fromarray(np.ascontiguousarray(colours[..., 0].astype(np.uint16)))
        if self._meaning == _INDEXED:
            return Image.fromarray(self._of_palette(colours[..., 0]))
        shades = self._in_bytes(colours)
        if self._meaning == _INKS:
            return self._inks(shades, samples)
        if self._meaning == _YCBCR and self._compression in _BYTES:
            shades = np.asarray(Image.fromarray(shades, "YCbCr").convert("RGB"))
        if self._mode in ("L", "RGB"):
            return Image.fromarray(shades[..., 0] if self._mode == "L" else np.ascontiguousarray(shades))
        whole = np.concatenate([shades, self._clear(samples)], axis=2)
        if self._alpha == _PREMULTIPLIED:
            mode = {"LA": "La", "RGBA": "RGBa"}[self._mode]
            return Image.frombytes(mode, self._size, whole.tobytes()).convert(self._mode)
        return Image.fromarray(whole)

    def _inks(self, shades: Samples, samples: Samples) -> Image.Image:
        """Returns inks on white paper; inks that are premultiplied with their alpha need nothing more."""
        inks = Image.fromarray(np.ascontiguousarray(shades), "CMYK")
        if self._mode == "CMYK":
            return inks
        picture = inks.convert("RGB")
        picture.putalpha(Image.fromarray(np.ascontiguousarray(self._clear(samples)[..., 0])))
        return picture

    def _clear(self, samples: Samples) -> Samples:
        """Returns the alpha of each pixel."""
        count = _COLOURS[self._meaning]
        return self._in_bytes(samples[..., count : count + 1], (0.0, 1.0 if self._form == _REAL else self._most))

    def _negative(self, values: Samples) -> Samples:
        if self._form == _REAL:
            return -values
        return ~values if values.dtype.itemsize * 8 == self._bits else values.dtype.type(2**self._bits - 1) - values

    def _of_palette(self, values: Samples) -> Samples:
        palette = np.array(self._page.numbers(_PALETTE), np.uint16).reshape(3, -1).T >> 8
        if len(palette) < 2**self._bits:
            raise ValueError("The palette is cut off.")
        return palette.astype(np.uint8)[values]

    def _in_bytes(self, values: Samples, ends: tuple[float, float] | None = None) -> Samples:
        """Reduces samples of any size to eight bits, making the given ends of their range black and white.

        Without given ends, samples whose type has no natural range use the lowest and highest values present.
        """
        if values.dtype == np.uint8 and self._bits == 8:
            return values
        low, high = ends or self._ends(values)
        made = np.empty(values.shape, np.uint8)
        for top in range(0, len(values), _BLOCK):
            block = (values[top : top + _BLOCK].astype(np.float64) - low) * (255.0 / max(high - low, 1e-12))
            made[top : top + _BLOCK] = np.nan_to_num(block, nan=255.0, posinf=255.0, neginf=0.0).clip(0, 255).round()
        return made

    def _ends(self, values: Samples) -> tuple[float, float]:
        if self._form == _UNSIGNED and self._mode != "LA":
            return 0.0, self._most
        finite = values[np.isfinite(values)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        return (0.0, 1.0) if self._form == _REAL and low >= 0.0 and high <= 1.0 else (low, high)

    # Where the samples are

    def _samples(self) -> Samples:
        width, height = self._size
        whole = np.zeros((height, width, self._count), self._type)
        for chunk in self._chunks():
            try:
                samples = self._samples_of(chunk)
            except (OSError, ValueError, SyntaxError, EOFError, struct.error) as error:
                if not ImageFile.LOAD_TRUNCATED_IMAGES:
                    raise OSError("A strip of the TIFF is damaged or cut off.") from error
                continue
            part = whole[chunk.top : chunk.top + len(samples), chunk.left : chunk.left + samples.shape[1], chunk.plane]
            part[...] = samples[: part.shape[0], : part.shape[1], : part.shape[2]]
        return whole

    def _chunks(self) -> Iterator["_Chunk"]:
        """Yields the strips or tiles of the picture."""
        page, (width, height) = self._page, self._size
        is_tiled = bool(page.numbers(_TILES))
        wide = page.number(_TILE_WIDTH) if is_tiled else width
        high = page.number(_TILE_HEIGHT) if is_tiled else min(page.number(_ROWS, height), height)
        is_parted = page.number(_PLANES, 1) == _PARTED
        planes = [slice(one, one + 1) for one in range(self._count)] if is_parted else [slice(self._count)]
        count = 1 if is_parted else self._count
        if wide <= 0 or high <= 0 or wide * high * count * self._type.itemsize > MOST_BYTES:
            raise ValueError("The strips of the TIFF cannot be.")
        places = page.numbers(_TILES if is_tiled else _STRIPS)
        sizes = page.numbers(_TILE_SIZES if is_tiled else _STRIP_SIZES)
        if len(places) < len(planes) * ceil(height / high) * ceil(width / wide):
            raise ValueError("Strips of the TIFF are missing.")
        spots = product(planes, range(0, height, high), range(0, width, wide))
        for (plane, top, left), place, size in zip(spots, places, chain(sizes, repeat(None)), strict=False):
            rows = high if is_tiled else min(high, height - top)
            all_bytes = rows * ceil(wide * count * self._bits / 8)
            self._file.seek(int(place))
            content = self._file.read(all_bytes if size is None else int(size))
            yield _Chunk(left, top, plane, rows, wide, count, content)

    def _samples_of(self, chunk: "_Chunk") -> Samples:
        if self._compression in _PICTURES:
            return self._picture(chunk.content)
        return self._numbers(self._decompressed(chunk), chunk.columns, chunk.count)

    def _picture(self, content: bytes) -> Samples:
        with Image.open(io.BytesIO(content), formats=[_PICTURES[self._compression]]) as picture:
            if picture.width * picture.height > self.width * self.height + 2**24:
                raise ValueError("A tile of the TIFF cannot be so large.")
            is_hued = self._compression == _OF_BRIGHTNESS_AND_HUE or self._meaning == _YCBCR
            values = np.asarray(picture)
            if is_hued and picture.mode == "RGB":
                values = np.asarray(Image.fromarray(values, "YCbCr").convert("RGB"))
        values = values if values.ndim == 3 else values[..., np.newaxis]
        if values.dtype == np.uint8 and self._type == np.uint16:  # Pillow returns only eight bits of deeper colours
            values = (values.astype(np.uint32) * int(self._most) // 255).astype(np.uint16)
        if missing := self._count - values.shape[2]:  # WebP leaves the alpha out if nothing is transparent
            values = np.concatenate([values, np.full((*values.shape[:2], missing), self._most, values.dtype)], axis=2)
        return values

    def _decompressed(self, chunk: "_Chunk") -> Samples:
        shape = (chunk.rows, ceil(chunk.columns * chunk.count * self._bits / 8))
        content, fill = chunk.content, self._page.number(_FILL, 1)
        if self._compression == _PLAIN:
            if ImageFile.LOAD_TRUNCATED_IMAGES:
                content = content.ljust(shape[0] * shape[1], b"\0")
            values = np.frombuffer(content, np.uint8, shape[0] * shape[1]).reshape(shape)
            return np.packbits(np.unpackbits(values), bitorder="little").reshape(shape) if fill == _REVERSED else values
        tiff = io.BytesIO(_tiff_of_bytes(content, *shape, self._compression, fill))
        return np.asarray(Image.open(tiff, formats=["TIFF"]))

    def _numbers(self, rows: Samples, wide: int, count: int) -> Samples:
        shape = (len(rows), wide, count)
        predictor = self._page.number(_PREDICTOR, 1)
        if self._bits not in (8, 16, 32, 64):
            values = np.zeros(shape, self._type)
            for top in range(0, len(rows), _BLOCK):  # in blocks, because each bit takes a byte for a moment
                bits = np.unpackbits(rows[top : top + _BLOCK], axis=1)[:, : wide * count * self._bits]
                part = values[top : top + _BLOCK]
                for place in range(self._bits):
                    part <<= 1
                    part |= bits.reshape(*part.shape, self._bits)[..., place]
            return values
        if predictor == _DIFFERENCES_OF_REALS:
            parts = rows.reshape(len(rows), -1, count).cumsum(axis=1, dtype=np.uint8)
            parts = parts.reshape(len(rows), self._bits // 8, wide * count).transpose(0, 2, 1)
            return np.ascontiguousarray(parts).view(self._type.newbyteorder(">")).reshape(shape)
        order: Literal["<", ">"] = "<" if self._page.order == "<" else ">"
        values = np.ascontiguousarray(rows).view(self._type.newbyteorder(order)).reshape(shape)
        if predictor == _DIFFERENCES:
            whole = f"u{self._type.itemsize}"
            return values.astype(self._type).view(whole).cumsum(axis=1, dtype=whole).view(self._type)
        return values


def _tiff_of_bytes(content: bytes, rows: int, row_bytes: int, compression: int, fill: int) -> bytes:
    """Returns a TIFF of one strip in which each byte is a grey pixel."""
    start = 8 + 2 + 12 * 10 + 4
    entries = (
        (_WIDTH, row_bytes), (_HEIGHT, rows), (_BITS, 8), (_COMPRESSION, compression), (_MEANING, _BLACK_IS_ZERO),
        (_FILL, fill), (_STRIPS, start), (_SAMPLES, 1), (_ROWS, rows), (_STRIP_SIZES, len(content)),
    )  # fmt: skip
    described = b"".join(struct.pack("<HHII", name, 4, 1, value) for name, value in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + described + bytes(4) + content


def _unread(why: Told) -> PageUnreadable:
    return PageUnreadable(together(why, Fact.SAVE_AS_PLAIN_TIFF()))
