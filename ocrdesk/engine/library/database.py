"""Opens the files of a library, and locks them so that only one program at a time writes to them."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from ocrdesk.engine import private
from ocrdesk.engine.errors import LibraryClosing, LibraryInUse
from ocrdesk.engine.words import _

FILE_NAME = "library.sqlite"
LOCK_NAME = "library.lock"
"""Locked by the program that has the library open for writing …"""

CLOSING_NAME = "library.closing"
"""… and so is this while that program is about to end, so that others which start meanwhile can wait for it."""

COPY_NAME = "library.before-upgrade.sqlite"
TIDIED_NAME = "library.tidied.sqlite"
BACKED_UP_NAME = "library.backed-up.sqlite"


def file_names() -> tuple[str, ...]:
    """Returns the names of all files that a library has in its folder, permanently or for a while."""
    return (
        FILE_NAME,
        f"{FILE_NAME}-wal",
        f"{FILE_NAME}-shm",
        LOCK_NAME,
        CLOSING_NAME,
        COPY_NAME,
        TIDIED_NAME,
        BACKED_UP_NAME,
    )


def log_of(path: Path) -> Path:
    """Returns the path of a database's write-ahead log."""
    return path.with_name(f"{path.name}-wal")


def connect(path: Path, flags: str = "") -> sqlite3.Connection:
    """Opens a database.

    Args:
        path: The file; if missing, it is created, and is private, unlike files that SQLite creates.
        flags: Parameters of SQLite's URI, such as ``immutable=1``; with them, no file is created.

    Raises:
        sqlite3.Error: The database cannot be opened.
    """
    if flags:
        where = f"{_uri(path)}?{flags}"
    else:
        with suppress(OSError):  # SQLite will report it
            private.make_file(path)
        private.tighten(path)  # before SQLite creates files beside it, which get the same mode
        where = str(path)
    connection = sqlite3.connect(where, 10, isolation_level=None, check_same_thread=False, uri=bool(flags))
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Locks a library for this program; the system releases the lock however the program ends.

    Raises:
        LibraryClosing: Another program has locked it and is about to end.
        LibraryInUse: Another program has locked it.
    """
    with closing(_claim(folder)):
        yield


@contextmanager
def end_announced(folder: Path) -> Iterator[None]:
    """Tells programs that start meanwhile that the program using the library is about to end.

    Raises:
        sqlite3.Error: They cannot be told.
    """
    with closing(_locked(folder / CLOSING_NAME, seconds=1)):
        yield


@contextmanager
def held_still(folder: Path) -> Iterator[None]:
    """Keeps other programs from writing to a library that this program cannot write to, and so cannot claim.

    Raises:
        LibraryInUse: Another program is writing to it.
    """
    if not (folder / LOCK_NAME).exists():
        yield
        return
    with (
        closing(connect(folder / LOCK_NAME, "mode=ro")) as claim,
        _in_use_if_busy(
            _(
                "Another program writes to the library in “{folder}”, which cannot be written from here. "
                "Close the other program, then try again."
            ).format(folder=folder)
        ),
    ):
        claim.execute("PRAGMA busy_timeout = 0")
        claim.execute("BEGIN")
        claim.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield


def _claim(folder: Path) -> sqlite3.Connection:
    try:
        return _locked(folder / LOCK_NAME)
    except sqlite3.OperationalError as error:
        if not _is_busy(error):
            raise
        if _is_locked(folder / CLOSING_NAME):
            raise LibraryClosing(
                _("ocrdesk is still finishing its last pages. Wait until it has ended, then try again.")
            ) from error
    with _in_use_if_busy(
        _("ocrdesk is already running with this library. Use the window that is open, or close it first.")
    ):
        return _locked(folder / LOCK_NAME)  # the other program may have ended between the two checks


def _locked(path: Path, seconds: float = 0) -> sqlite3.Connection:
    """Returns a lock, held until it is closed; waits this many seconds if another program has it."""
    lock = connect(path)
    try:
        lock.execute(f"PRAGMA busy_timeout = {int(1000 * seconds)}")
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        lock.close()
        raise
    return lock


def _is_locked(path: Path) -> bool:
    try:
        _locked(path).close()
    except sqlite3.OperationalError as error:
        return _is_busy(error)
    return False


def _uri(path: Path) -> str:
    return f"file:///{quote(path.as_posix())}" if os.name == "nt" else f"file:{quote(os.fsencode(path))}"


@contextmanager
def _in_use_if_busy(sentence: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if _is_busy(error):
            raise LibraryInUse(sentence) from error
        raise


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
