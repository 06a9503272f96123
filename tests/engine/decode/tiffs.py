"""TIFF files with just what a test needs in them, of kinds that Pillow does not write."""

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np

KIND, OLD_KIND, WIDTH, HEIGHT, BITS, COMPRESSION, MEANING = 254, 255, 256, 257, 258, 259, 262
STRIPS, ORIENTATION, SAMPLES, ROWS, SIZES, ACROSS, DOWN, PLANES = 273, 274, 277, 278, 279, 282, 283, 284
PREDICTOR, PALETTE, TILE_WIDTH, TILE_HEIGHT, TILES, TILE_SIZES = 317, 320, 322, 323, 324, 325
CHILDREN, EXTRAS, FORM = 330, 338, 339
GREY, RGB, INDEXED, MASK, INKS = 1, 2, 3, 4, 5

Entries = dict[int, int | tuple[int, ...]]
Described = tuple[Entries, list[bytes]]


def described(values: np.ndarray, meaning: int = GREY, strips: Sequence[bytes] = (), **entries) -> Described:
    """What a directory says of a picture, and its strips.

    Args:
        values: Rows × columns, or rows × columns × samples.
        meaning: Of the samples.
        strips: How they are stored; uncompressed and in one strip unless told.
        entries: Further ones, by the names above in small letters.
    """
    samples = values.shape[2] if values.ndim == 3 else 1
    told: Entries = {
        WIDTH: values.shape[1],
        HEIGHT: values.shape[0],
        BITS: (8 * values.dtype.itemsize,) * samples,
        COMPRESSION: 1,
        MEANING: meaning,
        SAMPLES: samples,
        FORM: ({"u": 1, "i": 2, "f": 3}[values.dtype.kind],) * samples,
    }
    more = {globals()[name.upper()]: value for name, value in entries.items()}
    return told | more, list(strips) or [values.tobytes()]


def save(
    path: Path, *chain: Described, below: Sequence[Described] = (), order: str = "<", is_big: bool = False
) -> Path:
    """Writes a TIFF of pictures that follow each other; those below belong to the first one."""
    form = f"{order}{'Q' if is_big else 'I'}"
    size = struct.calcsize(form)
    content = bytearray(16 if is_big else 8)
    children = [_write(content, one, order, is_big)[0] for one in below]
    link = size if not is_big else 8
    for entries, strips in chain:
        start, end = _write(
            content, (entries | ({CHILDREN: tuple(children)} if children else {}), strips), order, is_big
        )
        struct.pack_into(form, content, link, start)
        link, children = end, []
    content[: 8 if is_big else 4] = (b"II" if order == "<" else b"MM") + (
        struct.pack(f"{order}HHH", 43, 8, 0) if is_big else struct.pack(f"{order}H", 42)
    )
    path.write_bytes(content)
    return path


def _write(content: bytearray, one: Described, order: str, is_big: bool) -> tuple[int, int]:
    """Writes one picture; gives where its directory begins and where it tells of the next one."""
    entries, strips = one
    is_tiled = TILE_WIDTH in entries
    places = []
    for strip in strips:
        places.append(len(content))
        content += strip
    where: Entries = {TILES: tuple(places), TILE_SIZES: tuple(map(len, strips))}
    if not is_tiled:
        where = {STRIPS: tuple(places), SIZES: tuple(map(len, strips)), ROWS: entries.get(ROWS, entries[HEIGHT])}
    form = f"{order}{'Q' if is_big else 'I'}"
    size = struct.calcsize(form)
    table = b""
    for name, value in sorted((entries | where).items()):
        numbers = value if isinstance(value, tuple) else (value,)
        is_fraction = name in (ACROSS, DOWN)
        packed = struct.pack(f"{order}{len(numbers)}I", *numbers)
        if len(packed) > size:
            place = len(content)
            content += packed
            packed = struct.pack(form, place)
        count = len(numbers) // 2 if is_fraction else len(numbers)
        table += struct.pack(f"{order}HH{form[1]}", name, 5 if is_fraction else 4, count) + packed.ljust(size, b"\0")
    start = len(content)
    content += struct.pack(f"{order}{'Q' if is_big else 'H'}", len(entries | where)) + table
    end = len(content)
    content += bytes(size)
    return start, end


def shades(width: int = 40, height: int = 24) -> np.ndarray:
    """Grey from black on the left to white on the right, 0 to 1."""
    return np.tile(np.linspace(0.0, 1.0, width), (height, 1))
