"""Tells regular files from pipes and devices, and pictures from other files by their content."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from ocrdesk.engine.decode.formats import HEAD_BYTES, PAGE_SUFFIXES, format_of

_NO_WAITING = getattr(os, "O_NONBLOCK", 0)


def open_ordinary(path: Path) -> BufferedReader:
    """Opens a regular file for reading. Pipes and devices are refused: opening one could block for ever.

    Raises:
        OSError: It is no regular file, or it cannot be opened.
    """
    if not stat.S_ISREG(path.stat().st_mode):  # checked first, because merely opening some devices has an effect
        raise _not_ordinary(path)
    file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NO_WAITING))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # it was replaced in between
        file.close()
        raise _not_ordinary(path)
    return file


def page_format_of(file: BinaryIO, path: Path) -> str | None:
    """Returns the format of an open picture or PDF file, or None for other files; resets it to its beginning."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return format_of(head, path.suffix)


def is_picture(path: Path) -> bool:
    """Whether the program would read a file as a picture or PDF, judged by its first bytes without decoding it."""
    try:
        with open_ordinary(path) as file:
            return page_format_of(file, path) is not None
    except OSError:
        return False


def opens_as_picture(path: Path) -> bool:
    """Whether a file is a picture and has the suffix of one, which decides what program the system opens it with."""
    return path.suffix.lower() in PAGE_SUFFIXES | {""} and is_picture(path)


def _not_ordinary(path: Path) -> OSError:
    return OSError(errno.EINVAL, "it is not an ordinary file", str(path))
