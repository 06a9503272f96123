"""Ordinary files, as opposed to pipes and devices, and which of them are pictures by their content."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from ocrdesk.engine.decode.formats import HEAD_BYTES, PAGE_SUFFIXES, format_of

_NO_WAITING = getattr(os, "O_NONBLOCK", 0)


def open_ordinary(path: Path) -> BufferedReader:
    """Opens an ordinary file for reading. A pipe or a device is refused: opening one could wait for ever.

    Raises:
        OSError: It is something else, or it cannot be opened.
    """
    if not stat.S_ISREG(path.stat().st_mode):  # before it is opened: opening some devices does something
        raise _not_ordinary(path)
    file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NO_WAITING))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # it was exchanged in between
        file.close()
        raise _not_ordinary(path)
    return file


def page_format_of(file: BinaryIO, path: Path) -> str | None:
    """The format of an open file that the program would read as a picture or PDF, or None; stands at its beginning."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return format_of(head, path.suffix)


def is_picture(path: Path) -> bool:
    """Whether the program would read a file as a picture or PDF. Looks at its first bytes and decodes nothing."""
    try:
        with open_ordinary(path) as file:
            return page_format_of(file, path) is not None
    except OSError:
        return False


def opens_as_picture(path: Path) -> bool:
    """Whether a file is a picture and is named as one: the system starts the program that goes with the name."""
    return path.suffix.lower() in PAGE_SUFFIXES | {""} and is_picture(path)


def _not_ordinary(path: Path) -> OSError:
    return OSError(errno.EINVAL, "it is not an ordinary file", str(path))
