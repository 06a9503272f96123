"""Finds the directories of a TIFF file that are pages, and opens each as if it were the first in the file.

The files of scanners and image editors contain more than pages: thumbnails, the same picture at several sizes, masks.
Pillow is shown one directory at a time, so that one it cannot read does not stop it from reading the next.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, cast

from PIL import Image, TiffImagePlugin

MOST_DIRECTORIES = 10_000
"""Most directories that are read of one file."""

_MOST_ENTRIES = 512
"""Most entries that are read of a directory; they are sorted by tag, and those needed come first."""

_MOST_NUMBERS = 4_000_000

_KIND, _OLD_KIND, _WIDTH, _HEIGHT, _CHILDREN = 254, 255, 256, 257, 330
_REDUCED, _MASK, _OLD_REDUCED = 1, 4, 2
_ORIENTATION, _ON_SIDE = 274, (5, 6, 7, 8)
_FORMS = {1: "B", 3: "H", 4: "I", 5: "II", 13: "I", 16: "Q", 18: "Q"}
"""The ``struct`` format of each type of number in a directory; 5 is a fraction."""


@dataclass(frozen=True, slots=True)
class _Entry:
    form: int
    count: int
    value: bytes


class Directory:
    """A directory of a TIFF file, which describes one picture.

    Attributes:
        place: Its offset in the file, in bytes.
        order: The byte order, ``<`` or ``>``.
        is_big: Whether offsets have eight bytes, as in files of more than four gigabytes (BigTIFF).
    """

    def __init__(self, file: BinaryIO, place: int, order: str, is_big: bool, entries: dict[int, _Entry]) -> None:
        self.place = place
        self.order = order
        self.is_big = is_big
        self._file = file
        self._entries = entries

    def numbers(self, name: int) -> tuple[float, ...]:
        """Returns the numbers of an entry; none if it is missing or damaged."""
        entry = self._entries.get(name)
        if entry is None or entry.form not in _FORMS or entry.count > _MOST_NUMBERS:
            return ()
        form = _FORMS[entry.form]
        size = entry.count * struct.calcsize(f"={form}")
        content = entry.value[:size]
        if size > len(entry.value):
            (place,) = struct.unpack(f"{self.order}{'Q' if self.is_big else 'I'}", entry.value)
            content = _read(self._file, place, size)
        if len(content) < size:
            return ()
        values = struct.unpack(f"{self.order}{len(form) * entry.count}{form[0]}", content)
        if len(form) == 1:
            return values
        return tuple(above / below if below else 0.0 for above, below in zip(values[::2], values[1::2], strict=True))

    def number(self, name: int, usual: int = 0) -> int:
        """Returns the first number of an entry, or ``usual`` if there is none."""
        return int(next(iter(self.numbers(name)), usual))

    @property
    def area(self) -> int:
        """The number of pixels."""
        return self.number(_WIDTH) * self.number(_HEIGHT)

    @property
    def is_reduced(self) -> bool:
        """Whether it is marked as a smaller copy of another picture."""
        return bool(self.number(_KIND) & _REDUCED) or self.number(_OLD_KIND) == _OLD_REDUCED

    @property
    def is_mask(self) -> bool:
        """Whether it is marked as a transparency mask for another picture."""
        return bool(self.number(_KIND) & _MASK)


def pages_of(file: BinaryIO, most: int) -> list[Directory]:
    """Finds the directories that are pages, in the order of the file.

    A directory marked as a smaller copy is only left out if the file has a larger one. If all are marked so, the
    largest of them and of their child directories is the page.

    Args:
        file: A TIFF file, open for reading.
        most: How many are wanted; more may be returned.

    Raises:
        ValueError: There is none.
    """
    tiff = _Tiff(file)
    chain = list(tiff.chain(most))
    found = [one for one in chain if not one.is_mask] or chain
    if all(one.is_reduced for one in found):
        found += [child for one in found for child in tiff.children(one) if not child.is_mask]
    if not found:
        raise ValueError("The TIFF has no picture.")
    least = max(one.area for one in [one for one in found if not one.is_reduced] or found)
    return [one for one in found if not one.is_reduced or one.area >= least]


def opened_by_pillow(file: BinaryIO, page: Directory) -> Image.Image:
    """Opens a page; its pixels are decoded when it is loaded.

    Raises:
        SyntaxError: Pillow does not support its pixels, or the page is damaged.
    """
    image = TiffImagePlugin.TiffImageFile(cast(BinaryIO, io.BufferedReader(_Pointed(file, page))))
    if page.number(_ORIENTATION) in _ON_SIDE:
        for name in {"dpi", "resolution"} & image.info.keys():
            image.info[name] = image.info[name][::-1]  # Pillow already returns them for the turned picture
    return image


def _read(file: BinaryIO, place: int, size: int) -> bytes:
    try:
        file.seek(place)
        return file.read(size)
    except (OverflowError, ValueError):
        return b""


class _Tiff:
    """The chain of directories in a file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        head = _read(file, 0, 16).ljust(16, b"\0")
        self._order = "<" if head[:2] == b"II" else ">"
        self._is_big = 43 in head[2:4]
        self._place, self._count = ("Q", "Q") if self._is_big else ("I", "H")
        self._entry = struct.Struct(f"{self._order}HH{self._place}{struct.calcsize(self._place)}s")
        self._first = self._number(head[8:] if self._is_big else head[4:8], self._place)

    def chain(self, most: int) -> Iterator[Directory]:
        """Yields one directory after the other, to the end or until ``most`` of them seem to be pages."""
        seen, place = set[int](), self._first
        while place and place not in seen and len(seen) < MOST_DIRECTORIES and most:
            seen.add(place)
            directory, place = self._directory(place)
            if directory is not None:
                most -= not directory.is_reduced and not directory.is_mask
                yield directory

    def children(self, directory: Directory) -> Iterator[Directory]:
        """Yields the child directories of a directory."""
        for place in islice(directory.numbers(_CHILDREN), _MOST_ENTRIES):
            child, _ = self._directory(int(place))
            if child is not None:
                yield child

    def _directory(self, place: int) -> tuple[Directory | None, int]:
        """Returns the directory at an offset, if there is one, and the offset of the next one or 0."""
        width = struct.calcsize(self._count)
        count = self._number(_read(self._file, place, width), self._count)
        content = self._file.read(self._entry.size * min(count, _MOST_ENTRIES))
        content = content[: len(content) // self._entry.size * self._entry.size]
        entries = {name: _Entry(*entry) for name, *entry in reversed(list(self._entry.iter_unpack(content)))}
        end = place + width + self._entry.size * count
        following = self._number(_read(self._file, end, struct.calcsize(self._place)), self._place)
        if not {_WIDTH, _HEIGHT} <= entries.keys():
            return None, following
        return Directory(self._file, place, self._order, self._is_big, entries), following

    def _number(self, content: bytes, form: str) -> int:
        """Unpacks a number; returns 0 if the file ends before it."""
        return int(struct.unpack(self._order + form, content)[0]) if len(content) == struct.calcsize(form) else 0


class _Pointed(io.RawIOBase):
    """A TIFF file whose header is changed to make one of its directories the first."""

    def __init__(self, file: BinaryIO, page: Directory) -> None:
        self._file = file
        head = _read(file, 0, 8)
        place = struct.pack(f"{page.order}{'Q' if page.is_big else 'I'}", page.place)
        self._head = (head if page.is_big else head[:4]) + place
        file.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._file.fileno()

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(place, whence)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        place = self._file.tell()
        content = self._file.read(len(buffer))
        if place < len(self._head):
            ours = self._head[place : place + len(content)]
            content = ours + content[len(ours) :]
        buffer[: len(content)] = content
        return len(content)
