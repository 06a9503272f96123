"""The zip archive of a saved batch, read with distrust: nothing is believed of it that was not counted."""

import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Self

from ocrdesk.engine.errors import BatchFileUnreadable
from ocrdesk.engine.words import _

SUFFIX = ".ocrdesk"
BATCH, PAGES, LEFT_OUT = "batch.json", "pages.jsonl", "left_out.jsonl"
PICTURES, THUMBNAILS = "pictures/", "thumbnails/"
VERSION = 1

MOST_OF_A_LINE = 16_000_000
"""Bytes; a page with twenty thousand lines has as many."""

_DENSEST = 100
"""A compressed member unpacks to this many times its size at most, besides the first megabyte; more means harm."""

CHUNK = 1 << 18
"""This many bytes of a picture are copied at once."""

_BEGINS = b"PK\x03\x04"


def is_batch_file(path: Path) -> bool:
    """Whether a file is named as a saved batch is."""
    return path.suffix.lower() == SUFFIX and not path.is_dir()


def thumbnail_name(number: int) -> str:
    """The member with the small picture of a page; pages are counted from 1."""
    return f"{THUMBNAILS}{number:05}.jpg"


@contextmanager
def distrusted(file: Path) -> Iterator[None]:
    """What can go wrong with a damaged or hostile file, as a sentence.

    Raises:
        BatchFileUnreadable: The file cannot be read.
    """
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, LookupError, ArithmeticError,
            NotImplementedError, RecursionError) as error:  # fmt: skip
        raise BatchFileUnreadable(
            _(
                "“{name}” is damaged or cut off ({error}). Copy it again from where it came, or save it once more."
            ).format(name=file.name, error=error)
        ) from error
    except FileNotFoundError as error:
        raise BatchFileUnreadable(_("“{name}” is not there. Check its name.").format(name=file.name)) from error
    except IsADirectoryError as error:
        raise BatchFileUnreadable(
            _("“{name}” is a folder. Choose a file that “Save batch as…” made.").format(name=file.name)
        ) from error
    except OSError as error:
        raise BatchFileUnreadable(
            _("“{name}” cannot be read ({strerror}). Copy it to this computer, then open it again.").format(
                name=file.name, strerror=error.strerror or error
            )
        ) from error


def no_batch(file: Path) -> BatchFileUnreadable:
    """What is said of a file that is something else."""
    return BatchFileUnreadable(
        _("“{name}” is not a saved batch. Choose a file that “Save batch as…” made.").format(name=file.name)
    )


class Zipped:
    """The members of a saved batch. Whatever it gives, it raises ValueError and its kin where the file is damaged."""

    def __init__(self, file: Path) -> None:
        """Opens a file.

        Raises:
            BatchFileUnreadable: It is something else.
        """
        with ExitStack() as opened:
            self._opened = opened.enter_context(file.open("rb"))
            if self._opened.read(len(_BEGINS)) != _BEGINS:
                raise no_batch(file)
            self._zip = zipfile.ZipFile(self._opened)
            self._members = {info.filename: info for info in self._zip.infolist()}
            if len(self._members) < len(self._zip.infolist()):
                raise ValueError("a member is there twice")
            self._left = file.stat().st_size  # bytes of pictures that can still be in it: they are not compressed
            opened.pop_all()  # it stays open

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._opened.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def json(self, name: str) -> Any:
        """What a small member says."""
        (record,) = self.records(name, whole=True)
        return record

    def records(self, name: str, *, whole: bool = False) -> Iterator[Any]:
        """Yields what the lines of a member say; ``whole``: they are one."""
        info = self._members[name]
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(f"{name} is packed in another way")
        left = _DENSEST * info.compress_size + 1_000_000
        with self._member(info) as member:
            while line := member.read(MOST_OF_A_LINE) if whole else member.readline(MOST_OF_A_LINE):
                left -= len(line)
                if left < 0 or len(line) == MOST_OF_A_LINE:
                    raise ValueError(f"{name} is far too large")
                yield json.loads(line)

    def small(self, name: str, most: int) -> bytes:
        """A member of at most ``most`` bytes."""
        with self._member(self._members[name]) as member:
            content = member.read(most + 1)
        if len(content) > most:
            raise ValueError(f"{name} is too large")
        return content

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yields what is in a picture, piece by piece."""
        info = self._members[name]
        if info.compress_type != zipfile.ZIP_STORED:
            raise ValueError(f"{name} is compressed")
        with self._member(info) as member:
            while chunk := member.read(CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise ValueError("more pictures than there is room for")
                yield chunk

    def _member(self, info: zipfile.ZipInfo) -> BinaryIO:
        if info.flag_bits & 1:
            raise ValueError("it is protected by a password")
        return self._zip.open(info)  # type: ignore[return-value]
