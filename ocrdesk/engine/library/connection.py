"""The library's file: opening, locking, schema, and turning SQLite's errors into sentences."""

import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib import resources
from pathlib import Path

from ocrdesk.engine.errors import LibraryClosing, LibraryError, LibraryInUse, LibraryTooNew

log = logging.getLogger(__name__)

SCHEMA_VERSION = 5
FILE_NAME = "library.sqlite"
LOCK_NAME = "library.lock"
"""Held by the program that has the library open for writing …"""

CLOSING_NAME = "library.closing"
"""… and this too while that program is about to end: who starts meanwhile can wait for it."""


class Connection:
    """One writer and one reader on the library's file, usable from every thread.

    Readers never wait for a writer (write-ahead log), so the window does not wait for a page being kept. What a
    write block did is on disk when the block ends (``synchronous=FULL``), or has not happened at all.
    """

    def __init__(self, folder: Path, *, writable: bool) -> None:
        self.path = folder / FILE_NAME
        self._write_lock = threading.Lock()
        self._read_lock = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        self._closing: sqlite3.Connection | None = None
        with self._sentences(), ExitStack() as opened:
            if writable:
                try:
                    folder.mkdir(parents=True, exist_ok=True)
                except OSError as error:
                    raise LibraryError(
                        f"The folder “{folder}” cannot be made ({error.strerror}). "
                        "Choose another place for the library."
                    ) from error
                opened.enter_context(closing(_claim(folder)))
                self._writer = opened.enter_context(closing(_connect(self.path)))
                self._prepare(self._writer)
            elif not self.path.exists():
                raise LibraryError(f"There is no library in “{folder}” yet. Read something first.")
            self._reader = opened.enter_context(closing(_connect(self.path)))
            self._refuse_other(self._reader)
            self._opened = opened.pop_all()

    def begin_close(self) -> None:
        """Lets programs that start from now on wait until this connection is closed, instead of turning them away."""
        if self._writer is not None and self._closing is None:
            try:
                self._closing = _hold(self.path.with_name(CLOSING_NAME), seconds=1)
            except sqlite3.Error as error:  # they are turned away, then
                log.warning("It cannot be told that the program is about to end", exc_info=error)

    def close(self) -> None:
        """Closes the file; the connection cannot be used any more."""
        with self._write_lock, self._read_lock:
            self._opened.close()
            if self._closing is not None:  # last: until then it says why the library is held
                self._closing.close()

    def read(self, sql: str, *values: object, **named: object) -> list[sqlite3.Row]:
        """Runs one query, with values for ``?`` or for ``:name``, and gives all its rows."""
        with self._read_lock, self._sentences():
            return self._reader.execute(sql, named or values).fetchall()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction: everything in the block is kept, or nothing is.

        Raises:
            LibraryError: The disk is full, the file cannot be written, or the library was opened for reading.
        """
        if self._writer is None:
            raise LibraryError("This library was opened for reading only. Close the other ocrdesk first.")
        with self._write_lock, self._sentences():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            finally:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")

    def _prepare(self, writer: sqlite3.Connection) -> None:
        self._refuse_newer(writer)
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("PRAGMA synchronous = FULL")
        version = writer.execute("PRAGMA user_version").fetchone()[0]
        if not version:
            _run_script(writer, "schema.sql", SCHEMA_VERSION)
        else:
            for newer in range(version + 1, SCHEMA_VERSION + 1):
                _run_script(writer, f"upgrade_{newer}.sql", newer)

    def _refuse_newer(self, connection: sqlite3.Connection) -> None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise LibraryTooNew(
                f"The library “{self.path}” was written by a newer ocrdesk. Install the newest version to open it."
            )

    def _refuse_other(self, reader: sqlite3.Connection) -> None:
        self._refuse_newer(reader)
        if reader.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION:
            raise LibraryError(
                f"The library “{self.path}” was written by an older ocrdesk. Open the window once to upgrade it."
            )

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LibraryError(self._sentence(error)) from error

    def _sentence(self, error: sqlite3.Error) -> str:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        where = f"the library “{self.path}”"
        if code == sqlite3.SQLITE_FULL:
            return f"The disk with {where} is full. Make room on it, then resume."
        if code == sqlite3.SQLITE_READONLY:
            return f"ocrdesk may not write to {where}. Change its permissions or choose another place, then resume."
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return f"The file of {where} is damaged. Move it away to start a new one, or put a copy back."
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return f"Another program holds {where}. Close it, then try again."
        if code == sqlite3.SQLITE_CANTOPEN:
            return f"ocrdesk cannot open {where}. Check that the folder exists and may be written to."
        return f"The disk with {where} does not answer as it should ({error}). Check it, then resume."


def _run_script(writer: sqlite3.Connection, name: str, version: int) -> None:
    """Makes or upgrades the tables; all of it or nothing."""
    script = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    try:
        writer.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {version}; COMMIT;")
    finally:
        if writer.in_transaction:
            writer.execute("ROLLBACK")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _claim(folder: Path) -> sqlite3.Connection:
    """Holds the library for this program: a lock that the system releases however the program ends."""
    try:
        return _hold(folder / LOCK_NAME)
    except sqlite3.OperationalError as error:
        if not _is_busy(error):
            raise
        if _is_held(folder / CLOSING_NAME):
            raise LibraryClosing(
                "ocrdesk is still finishing its last pages. Wait until it has ended, then try again."
            ) from error
    try:
        return _hold(folder / LOCK_NAME)  # the other program may have ended between the two looks
    except sqlite3.OperationalError as error:
        if not _is_busy(error):
            raise
        raise LibraryInUse(
            "ocrdesk is already running with this library. Use the window that is open, or close it first."
        ) from error


def _hold(path: Path, seconds: float = 0) -> sqlite3.Connection:
    lock = sqlite3.connect(path, timeout=seconds, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        lock.close()
        raise
    return lock


def _is_held(path: Path) -> bool:
    try:
        _hold(path).close()
    except sqlite3.OperationalError as error:
        return _is_busy(error)
    return False


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def path_to_bytes(path: Path) -> bytes:
    """A path as it is kept."""
    return os.fsencode(path)


def path_from_bytes(kept: bytes) -> Path:
    """The path that was kept."""
    return Path(os.fsdecode(kept))
