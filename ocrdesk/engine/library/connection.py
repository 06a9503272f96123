"""The library's file: opening, locking, schema, and turning SQLite's errors into sentences."""

import os
import sqlite3
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from importlib import resources
from pathlib import Path
from typing import TypeVar

from ocrdesk.engine.errors import LibraryError, LibraryInUse, LibraryTooNew

SCHEMA_VERSION = 5
FILE_NAME = "library.sqlite"

STEPS_BETWEEN_LOOKS = 20_000
"""Steps of SQLite's machine, about a millisecond, after which a search looks whether it is still wanted."""

BREATH = 0.001
"""Seconds between two parts of a long write, in which others get the lock: it goes to whoever asks first."""

_Item = TypeVar("_Item")


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

    def close(self) -> None:
        """Closes the file; the connection cannot be used any more."""
        with self._write_lock, self._read_lock:
            self._opened.close()

    def read(self, sql: str, *values: object, **named: object) -> list[sqlite3.Row]:
        """Runs one query, with values for ``?`` or for ``:name``, and gives all its rows."""
        with self._read_lock, self._sentences():
            return self._reader.execute(sql, named or values).fetchall()

    def search(self, sql: str, is_over: Callable[[], bool] = lambda: False, **values: object) -> Iterator[sqlite3.Row]:
        """Runs one query that may take long, and gives its rows; SQL may call ``folded(text)``.

        It has a connection of its own, so that nobody waits for it who only reads a page. The rows are given one by
        one: tens of thousands at once would set off Python's garbage collector.

        Args:
            sql: The query.
            is_over: Asked every millisecond or so. Once it says yes, the query ends and gives no more rows.
            values: For ``:name``.
        """
        with self._sentences(), closing(_connect(self.path)) as searcher:
            searcher.create_function("folded", 1, folded, deterministic=True)
            searcher.set_progress_handler(is_over, STEPS_BETWEEN_LOOKS)
            try:
                yield from searcher.execute(sql, values)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                    raise

    def write_in_parts(
        self,
        items: Sequence[_Item],
        size: int,
        write: Callable[[sqlite3.Connection, Sequence[_Item]], object],
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        """Does a long work in short transactions, so that a page being kept meanwhile hardly waits.

        Args:
            items: What there is to do.
            size: How many of them go into one transaction.
            write: Does some of them.
            is_over: Asked before each transaction whether to leave the rest.
        """
        for start in range(0, len(items), size):
            if is_over():
                return
            with self.write() as db:
                write(db, items[start : start + size])
            time.sleep(BREATH)

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
    claim = sqlite3.connect(folder / "library.lock", timeout=0, isolation_level=None, check_same_thread=False)
    try:
        claim.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        claim.close()
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise LibraryInUse(
                "ocrdesk is already running with this library. Use the window that is open, or close it first."
            ) from error
        raise
    return claim


def folded(text: str) -> str:
    """A text as it is compared when something is searched: upper and lower case, ß and ss, é of one letter or two."""
    return unicodedata.normalize("NFC", text.casefold())


def path_to_bytes(path: Path) -> bytes:
    """A path as it is kept."""
    return os.fsencode(path)


def path_from_bytes(kept: bytes) -> Path:
    """The path that was kept."""
    return Path(os.fsdecode(kept))
