"""Reads the zip archive of a saved batch without trusting it: all sizes are counted, not believed."""

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
"""Most bytes of a line, as many as for a page with twenty thousand text lines."""

_DENSEST = 100
"""How many times its size a member may decompress to, besides the first megabyte; more is an attack."""

CHUNK = 1 << 18
"""How many bytes of a picture are copied at once."""

_BEGINS = b"PK\x03\x04"


def is_batch_file(path: Path) -> bool:
    """Whether a file has the suffix of a saved batch."""
    return path.suffix.lower() == SUFFIX and not path.is_dir()


def thumbnail_name(number: int) -> str:
    """Returns the name of the member with the thumbnail of a page; pages are counted from 1."""
    return f"{THUMBNAILS}{number:05}.jpg"


@contextmanager
def distrusted(file: Path) -> Iterator[None]:
    """Turns whatever can go wrong with a damaged or hostile file into a sentence.

    Raises:
        BatchFileUnreadable: The file cannot be read.
    """
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, LookupError, ArithmeticError,
            NotImplementedError, RecursionError) as error:  # fmt: skip
        raise BatchFileUnreadable(
            _(
                "“{name}” is damaged or cut off ({error}). Copy it again from where it came from, or save it once more."
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
    """Returns the error for a file that is no saved batch."""
    return BatchFileUnreadable(
        _("“{name}” is not a saved batch. Choose a file that “Save batch as…” made.").format(name=file.name)
    )


class Zipped:
    """The members of a saved batch. All its methods raise ValueError and similar errors if the file is damaged."""

    def __init__(self, file: Path) -> None:
        """Opens a file.

        Raises:
            BatchFileUnreadable: The file is no saved batch.
        """
        with ExitStack() as opened:
            self._opened = opened.enter_context(file.open("rb"))
            if self._opened.read(len(_BEGINS)) != _BEGINS:
                raise no_batch(file)
            self._zip = zipfile.ZipFile(self._opened)
            self._members = {info.filename: info for info in self._zip.infolist()}
            if len(self._members) < len(self._zip.infolist()):
                raise ValueError("a member is there twice")
            self._left = (
                file.stat().st_size
            )  # how many bytes of pictures it can still have, since they are not compressed
            opened.pop_all()  # the file stays open

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._opened.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def json(self, name: str) -> Any:
        """Returns the content of a small JSON member."""
        (record,) = self.records(name, whole=True)
        return record

    def records(self, name: str, *, whole: bool = False) -> Iterator[Any]:
        """Yields the JSON records in the lines of a member; with ``whole``, the whole member is one record."""
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
        """Returns a member of at most ``most`` bytes."""
        with self._member(self._members[name]) as member:
            content = member.read(most + 1)
        if len(content) > most:
            raise ValueError(f"{name} is too large")
        return content

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yields the content of a picture, piece by piece."""
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
