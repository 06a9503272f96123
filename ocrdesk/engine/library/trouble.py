"""What the user is told about errors of a library or of the disk that it is on."""

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.words import _

_FULL = (errno.ENOSPC, errno.EDQUOT)

_PROBE = 65_536
"""Bytes written to find out whether the disk is full: twice the smallest file that SQLite needs beside a library."""


@contextmanager
def in_sentences(path: Path) -> Iterator[None]:
    """Turns errors of SQLite into sentences.

    Args:
        path: The file of the library.

    Raises:
        LibraryError: For any error of SQLite in the block.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise LibraryError(_sentence(error, path)) from error


def amount(size: int) -> str:
    """Returns a number of bytes as text, such as “1.2 GB”."""
    return (
        _("{size:.1f} GB").format(size=size / 1e9)
        if size >= 1e9
        else _("{size:,} MB").format(size=max(1, round(size / 1e6)))
    )


def is_full(folder: Path) -> bool:
    """Whether a disk is full, tested by writing to it, because SQLite does not distinguish this from other errors."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_PROBE))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return error.errno in _FULL
    return False


def _sentence(error: sqlite3.Error, path: Path) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    where = _("the library “{path}”").format(path=path)
    if code == sqlite3.SQLITE_FULL:
        temporary = Path(tempfile.gettempdir())
        if not is_full(path.parent) and is_full(temporary):
            return _("The disk with temporary files in “{temporary}” is full. Make room on it, then resume.").format(
                temporary=temporary
            )
        return _full(path)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY) and is_full(path.parent):
        return _full(path)
    if code == sqlite3.SQLITE_READONLY:
        return _(
            "ocrdesk is not allowed to write to {where}. Change its permissions or choose another place, then resume."
        ).format(where=where)
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return _("The file of {where} is damaged. Move it away to start a new one, or put a copy back.").format(
            where=where
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _("Another program is using {where}. Close it, then try again.").format(where=where)
    if code == sqlite3.SQLITE_CANTOPEN:
        return _("ocrdesk cannot open {where}. Check that the folder exists and may be written to.").format(where=where)
    return _("The disk with {where} does not answer as it should ({error}). Check it, then resume.").format(
        where=where, error=error
    )


def _full(path: Path) -> str:
    return _("The disk with the library “{path}” is full. Make room on it, then resume.").format(path=path)
