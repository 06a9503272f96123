"""Opens a library for reading only, even if nothing can be written, or if it is of an earlier version."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

from ocrdesk.engine.errors import LibraryError, LibraryInUse, LibraryNotCopied
from ocrdesk.engine.library.database import FILE_NAME, claimed, connect, held_still, log_of
from ocrdesk.engine.library.schema import SCHEMA_VERSION, make_or_upgrade, upgrade, version_of
from ocrdesk.engine.library.trouble import amount
from ocrdesk.engine.words import _

_CANNOT_WRITE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)
"""Errors in writing, since even reading a database with a write-ahead log writes a small file beside it."""


def open_for_reading(path: Path, opened: ExitStack) -> sqlite3.Connection:
    """Opens an existing library; one of an earlier version is upgraded first.

    If its disk is read-only or full, or its folder belongs to another user, nothing is written: it is read in place, or
    from a temporary copy.

    Args:
        path: The file.
        opened: Closes the library and removes the copy.

    Raises:
        LibraryInUse: Another program has it open, so it cannot be upgraded or read.
        LibraryTooNew: It was written by a newer version of the program.
        LibraryError: There is no room for a copy.
        sqlite3.Error: It cannot be read.
    """
    try:
        with ExitStack() as attempt:
            reader = attempt.enter_context(closing(connect(path)))
            if version_of(reader, path) == SCHEMA_VERSION:
                opened.push(attempt.pop_all())
                return reader
        _upgrade_in_place(path)
        return opened.enter_context(closing(connect(path)))
    except (sqlite3.OperationalError, LibraryNotCopied) as error:
        if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF not in _CANNOT_WRITE:
            raise
        return _without_writing(path, opened)


def _upgrade_in_place(path: Path) -> None:
    with ExitStack() as opened:
        try:
            opened.enter_context(claimed(path.parent))
        except LibraryInUse as error:
            raise LibraryInUse(
                _(
                    "The library “{path}” is open in another ocrdesk, of an earlier version. Close that one, "
                    "then try again."
                ).format(path=path)
            ) from error
        make_or_upgrade(opened.enter_context(closing(connect(path))), path)


def _without_writing(path: Path, opened: ExitStack) -> sqlite3.Connection:
    opened.enter_context(held_still(path.parent))
    if not _has_content(log_of(path)):  # which is ignored when a file is opened as immutable
        with ExitStack() as attempt:
            reader = attempt.enter_context(closing(connect(path, "immutable=1")))
            if version_of(reader, path) == SCHEMA_VERSION:
                opened.push(attempt.pop_all())
                return reader
    return _copied(path, opened)


def _copied(path: Path, opened: ExitStack) -> sqlite3.Connection:
    """Opens a hidden copy, upgraded to this version, which is removed when it is closed."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="ocrdesk-", ignore_cleanup_errors=True)
        copy = Path(opened.enter_context(folder)) / FILE_NAME
        for source, target in ((path, copy), (log_of(path), log_of(copy))):
            if source.exists():
                shutil.copyfile(source, target)
        with closing(connect(copy)) as db:
            db.execute("PRAGMA synchronous = OFF")
            db.execute("PRAGMA journal_mode = DELETE")  # transfers the write-ahead log to the file
            upgrade(db, version_of(db, path))
    except (OSError, sqlite3.OperationalError) as error:
        size = sum(file.stat().st_size for file in (path, log_of(path)) if file.exists())
        raise LibraryError(
            _(
                "Nothing can be written beside the library “{path}”, so a copy of it is made among the "
                "temporary files, which failed ({error}). Make {size} of room there, or let TMPDIR name "
                "another folder."
            ).format(path=path, error=error, size=amount(2 * size))
        ) from error
    reader = opened.enter_context(closing(connect(copy, "immutable=1")))
    version_of(reader, path)
    if (
        os.name != "nt"
    ):  # an open file stays readable after it is deleted, and so nothing is left however the program ends
        folder.cleanup()
    return reader


def _has_content(log: Path) -> bool:
    try:
        return log.stat().st_size > 0
    except FileNotFoundError:
        return False
