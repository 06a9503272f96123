"""The connection to a library: one writer and one reader on its file, for all threads of the program."""

import logging
import os
import sqlite3
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from ocrdesk.engine import private
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library.database import FILE_NAME, claimed, connect, end_announced, log_of
from ocrdesk.engine.library.reading import open_for_reading
from ocrdesk.engine.library.schema import make_or_upgrade
from ocrdesk.engine.library.trouble import in_sentences
from ocrdesk.engine.words import _

log = logging.getLogger(__name__)

_LARGEST_LOG = 16_000_000
"""Bytes that the write-ahead log may keep of the disk when it is empty."""

_PAGES_OF_A_LOG = 1_000
"""Of the write-ahead log; whoever writes more brings them into the file, as SQLite does by default."""

_PAGES_OF_A_STEP = 500
"""Of the file; as many are replaced between two looks at whether somebody waits to write: some 10 ms."""

STEPS_BETWEEN_LOOKS = 20_000
"""Steps of SQLite's machine, about a millisecond, after which a search looks whether it is still wanted."""

BREATH = 0.001
"""Seconds between two parts of a long write, in which others get the lock: it goes to whoever asks first."""

_Item = TypeVar("_Item")


class Connection:
    """One writer and one reader on the library's file, usable from every thread.

    Readers never wait for a writer (write-ahead log), so the window does not wait for a page being kept. What a
    write block did is on disk when the block ends (``synchronous=FULL``), or has not happened at all.

    Attributes:
        path: The file.
        writes: How many write blocks have begun.
    """

    def __init__(self, folder: Path, *, writable: bool) -> None:
        self.path = folder / FILE_NAME
        self.writes = 0
        self._write_lock = threading.Lock()
        self._read_lock = threading.Lock()
        self._waiting: list[None] = []
        self._writer: sqlite3.Connection | None = None
        self._announced: ExitStack | None = None
        with in_sentences(self.path), ExitStack() as opened:
            if writable:
                _make_folder(folder)
                opened.enter_context(claimed(folder))
                self._writer = _open_writer(self.path)
                opened.callback(lambda: self._writer_or_error().close())
                self._reader = connect(self.path)
            elif self.path.exists():
                self._reader = open_for_reading(self.path, opened)
                _teach(self._reader)
            else:
                raise LibraryError(
                    _("There is no library in “{folder}” yet. Read something first.").format(folder=folder)
                )
            opened.callback(lambda: self._reader.close())
            self._opened = opened.pop_all()

    def begin_close(self) -> None:
        """Lets programs that start from now on wait until this connection is closed, instead of turning them away."""
        if self._writer is None or self._announced is not None:
            return
        self._announced = ExitStack()
        try:
            self._announced.enter_context(end_announced(self.path.parent))
        except sqlite3.Error as error:  # they are turned away, then
            log.warning("Other programs cannot be told that this one is about to end", exc_info=error)

    def close(self) -> None:
        """Closes the file; the connection cannot be used any more."""
        with self._write_lock, self._read_lock:
            self._opened.close()
            if self._announced is not None:  # last: until then it says why the library is held
                self._announced.close()

    def read(self, sql: str, *values: object, **named: object) -> list[sqlite3.Row]:
        """Runs one query, with values for ``?`` or for ``:name``, and gives all its rows."""
        with self._read_lock, in_sentences(self.path):
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
        if self._writer is None:  # where nothing can be written there is just the one connection, perhaps to a copy
            yield from self.read(sql, **values)
            return
        with in_sentences(self.path), closing(connect(self.path)) as searcher:
            _teach(searcher)
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
        self._waiting.append(None)  # so that who replaces the whole file gives way
        with self._write_lock, in_sentences(self.path):
            self._waiting.pop()
            writer = self._writer_or_error()
            self.writes += 1
            writer.execute("BEGIN IMMEDIATE")
            try:
                yield writer
                writer.execute("COMMIT")
            finally:
                if writer.in_transaction:
                    writer.execute("ROLLBACK")

    def empty_log(self) -> None:
        """Brings what the write-ahead log holds into the file, and gives the room of the log back.

        Writers wait only for the end of it; where another program is reading, the log stays as it is for now.
        """
        with in_sentences(self.path), closing(connect(self.path)) as db:
            db.execute("PRAGMA busy_timeout = 0")
            db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            with self._write_lock:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                self._writer_or_error().execute(f"PRAGMA wal_autocheckpoint = {_PAGES_OF_A_LOG}")

    def replace_all(self, source: sqlite3.Connection, since: int, stop: threading.Event) -> bool:
        """Puts another database in the place of all that is in this one, in one transaction.

        The write-ahead log is large afterwards: ``empty_log`` is to be called next.

        Args:
            source: Has the same content.
            since: What ``writes`` was when it had.
            stop: Ends it early.

        Returns:
            Whether it was done: not if something was written since, or somebody waits to write.
        """
        with self._write_lock, in_sentences(self.path):
            if self.writes != since or stop.is_set():
                return False
            with closing(connect(self.path)) as target, open(log_of(self.path), "rb") as written:  # noqa: PTH123
                target.execute("PRAGMA synchronous = FULL")
                target.execute("PRAGMA wal_autocheckpoint = 0")  # that is done afterwards, while others write

                def go_on(*_: int) -> None:
                    if self._waiting or stop.is_set():
                        raise _GaveWay
                    with suppress(OSError):  # little by little, so that the commit at the end has little to do
                        os.fsync(written.fileno())

                try:
                    source.backup(target, pages=_PAGES_OF_A_STEP, progress=go_on)
                except _GaveWay:
                    return False
            # Open connections do not notice that the file can give back room now. The new ones are opened before the
            # old ones are closed, because the last one to be closed would empty the log while everybody waits.
            former = self._writer_or_error(), self._reader
            writer, reader = _open_writer(self.path), connect(self.path)
            reader.execute("SELECT 1 FROM batch").fetchone()
            writer.execute("PRAGMA wal_autocheckpoint = 0")  # until empty_log() has done it once
            with self._read_lock:
                self._writer, self._reader = writer, reader
            for connection in former:
                connection.close()
        return True

    def _writer_or_error(self) -> sqlite3.Connection:
        if self._writer is None:
            raise LibraryError(_("This library was opened for reading only. Close the other ocrdesk first."))
        return self._writer


class _GaveWay(Exception):
    """Somebody waits to write."""


def _open_writer(path: Path) -> sqlite3.Connection:
    """Opens a library for writing, made or upgraded as needed."""
    with ExitStack() as attempt:
        writer = attempt.enter_context(closing(connect(path)))
        make_or_upgrade(writer, path)
        writer.execute(f"PRAGMA journal_size_limit = {_LARGEST_LOG}")
        attempt.pop_all()  # it stays open
    return writer


def _make_folder(folder: Path) -> None:
    try:
        private.make_folder(folder)
    except OSError as error:
        raise LibraryError(
            _("The folder “{folder}” cannot be made ({strerror}). Choose another place for the library.").format(
                folder=folder, strerror=error.strerror
            )
        ) from error


def _teach(connection: sqlite3.Connection) -> None:
    connection.create_function("folded", 1, folded, deterministic=True)


def folded(text: str) -> str:
    """A text as it is compared when something is searched: upper and lower case, ß and ss, é of one letter or two."""
    return unicodedata.normalize("NFC", text.casefold())


def path_to_bytes(path: Path) -> bytes:
    """A path as it is kept."""
    return os.fsencode(path)


def path_from_bytes(kept: bytes) -> Path:
    """The path that was kept."""
    return Path(os.fsdecode(kept))
