"""The connection to a library: one writer and some readers for its file, shared by all threads of the program."""

import logging
import os
import sqlite3
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from ocrdesk.engine import private
from ocrdesk.engine.errors import Gone, LibraryError
from ocrdesk.engine.library.database import FILE_NAME, claimed, connect, end_announced, log_of
from ocrdesk.engine.library.readers import Readers
from ocrdesk.engine.library.reading import open_for_reading
from ocrdesk.engine.library.schema import make_or_upgrade
from ocrdesk.engine.library.trouble import in_sentences
from ocrdesk.engine.words import _

log = logging.getLogger(__name__)

_LARGEST_LOG = 16_000_000
"""Most bytes that the write-ahead log may occupy on disk while it is empty."""

_PAGES_OF_A_LOG = 1_000
"""Pages in the write-ahead log from which a writer transfers them to the file, SQLite's default."""

_PAGES_OF_A_STEP = 500
"""Pages of the file that are replaced between two checks whether a writer is waiting: some 10 ms."""

STEPS_BETWEEN_LOOKS = 20_000
"""Steps of SQLite's virtual machine, about a millisecond, between two checks whether a search is still wanted."""

BREATH = 0.001
"""Seconds between two parts of a long write in which others get the lock, because it goes to whoever asks first."""

_Item = TypeVar("_Item")


class Connection:
    """One writer and some readers for the library's file, which can be used from any thread.

    Readers never wait for a writer (write-ahead log) nor for each other, so the window does not wait while a page is
    being stored or a large batch looked through. What a write block does is on disk when the block ends
    (``synchronous=FULL``), or has not happened at all.

    Attributes:
        path: The file.
        writes: How many write blocks have begun.
    """

    def __init__(self, folder: Path, *, writable: bool) -> None:
        self.path = folder / FILE_NAME
        self.writes = 0
        self._write_lock = threading.Lock()
        self._waiting: list[None] = []
        self._writer: sqlite3.Connection | None = None
        self._announced: ExitStack | None = None
        with in_sentences(self.path), ExitStack() as opened:
            if writable:
                _make_folder(folder)
                opened.enter_context(claimed(folder))
                self._writer = _open_writer(self.path)
                opened.callback(lambda: self._writer_or_error().close())
                self._readers = Readers(connect(self.path), partial(connect, self.path))
            elif self.path.exists():
                reader = open_for_reading(self.path, opened)
                _teach(reader)
                self._readers = Readers(reader)  # just one, perhaps to a copy
            else:
                raise LibraryError(
                    _("There is no library in “{folder}” yet. Read something first.").format(folder=folder)
                )
            opened.callback(lambda: self._readers.close())
            self._opened = opened.pop_all()

    def begin_close(self) -> None:
        """Makes programs that start from now on wait until this connection is closed, instead of refusing to start."""
        if self._writer is None or self._announced is not None:
            return
        self._announced = ExitStack()
        try:
            self._announced.enter_context(end_announced(self.path.parent))
        except sqlite3.Error as error:  # then they refuse to start
            log.warning("Other programs cannot be told that this one is about to end", exc_info=error)

    def close(self) -> None:
        """Closes the file; after that, the connection cannot be used."""
        with self._write_lock:
            self._opened.close()
            if self._announced is not None:  # last, because until then it tells others to wait
                self._announced.close()

    def read(self, sql: str, *values: object, **named: object) -> list[sqlite3.Row]:
        """Runs one query, with values for ``?`` or for ``:name``, and returns all its rows.

        Whoever wants tens of thousands of them has SQLite make one text of each column (``json_group_array``): Python
        lets go of its lock and takes it again for each row, and so the window waits for it as often as the reader does.
        """
        with in_sentences(self.path), self._readers.lend() as reader:
            return reader.execute(sql, named or values).fetchall()

    def search(self, sql: str, is_over: Callable[[], bool] = lambda: False, **values: object) -> Iterator[sqlite3.Row]:
        """Runs one query that may take long and yields its rows; its SQL may call ``folded``.

        Rows are yielded one by one, because tens of thousands at once would trigger Python's garbage collector.

        Args:
            sql: The query.
            is_over: Called about every millisecond. Once it returns True, the query ends and yields no more rows.
            values: The values for ``:name``.
        """
        if self._writer is None:
            yield from self.read(sql, **values)
            return
        with self.searcher(is_over) as searcher:
            yield from searcher.execute(sql, values)

    @contextmanager
    def searcher(self, is_over: Callable[[], bool] = lambda: False) -> Iterator[sqlite3.Connection]:
        """A connection for several queries that belong together, which may make temporary tables.

        Args:
            is_over: As for ``search``; the block is left then.
        """
        with ExitStack() as opened:
            opened.enter_context(in_sentences(self.path))
            if self._writer is None:
                searcher = opened.enter_context(self._readers.lend())
                opened.callback(searcher.set_progress_handler, None, STEPS_BETWEEN_LOOKS)
            else:
                searcher = opened.enter_context(closing(connect(self.path)))
                _teach(searcher)
            searcher.execute("PRAGMA temp_store = MEMORY")
            searcher.set_progress_handler(is_over, STEPS_BETWEEN_LOOKS)
            try:
                yield searcher
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
        """Does long work in short transactions, so that storing a page meanwhile hardly waits.

        Args:
            items: The items to be processed.
            size: How many of them are processed in one transaction.
            write: Processes some of them.
            is_over: Called before each transaction; if it returns True, the rest is left undone.
        """
        for start in range(0, len(items), size):
            if is_over():
                return
            with self.write() as db:
                write(db, items[start : start + size])
            time.sleep(BREATH)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction: everything in the block is stored, or nothing is.

        Raises:
            LibraryError: The disk is full, the file cannot be written, or the library was opened for reading only.
        """
        self._waiting.append(None)  # so that replacing the whole file gives way
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

    def change_batch(self, column: str, value: object, batch_id: int, *, changes_texts: bool = False) -> None:
        """Sets a column of a batch.

        Args:
            column: The name of the column.
            value: Its value.
            batch_id: The batch.
            changes_texts: Whether its pages have other texts then, so that they are to be indexed.

        Raises:
            Gone: The batch was removed.
        """
        with self.write() as db:
            changed = db.execute(
                f"UPDATE batch SET {column} = ? WHERE id = ? AND hidden = 0", (value, batch_id)
            ).rowcount
            if changes_texts:
                db.execute("INSERT OR IGNORE INTO to_index SELECT id FROM page WHERE batch_id = ?", (batch_id,))
        if not changed:
            raise Gone(_("The batch was removed in the meantime, so nothing was changed."))

    def empty_log(self) -> None:
        """Transfers the content of the write-ahead log to the file, and frees the disk space of the log.

        Writers only wait for the end of this. If another program is reading, the log stays as it is for now.
        """
        with in_sentences(self.path), closing(connect(self.path)) as db:
            db.execute("PRAGMA busy_timeout = 0")
            db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            with self._write_lock:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                self._writer_or_error().execute(f"PRAGMA wal_autocheckpoint = {_PAGES_OF_A_LOG}")

    def replace_all(self, source: sqlite3.Connection, since: int, stop: threading.Event) -> bool:
        """Replaces the whole content of this database by that of another one, in one transaction.

        The write-ahead log is large afterwards, so ``empty_log`` must be called next.

        Args:
            source: A database with the same content.
            since: The value of ``writes`` when ``source`` had that content.
            stop: Set to end this early.

        Returns:
            Whether it was done: not if something was written since, or a writer is waiting.
        """
        with self._write_lock, in_sentences(self.path):
            if self.writes != since or stop.is_set():
                return False
            with closing(connect(self.path)) as target, open(log_of(self.path), "rb") as written:  # noqa: PTH123
                target.execute("PRAGMA synchronous = FULL")
                target.execute("PRAGMA wal_autocheckpoint = 0")  # done afterwards, while others write

                def go_on(*_: int) -> None:
                    if self._waiting or stop.is_set():
                        raise _GaveWay
                    with suppress(OSError):  # little by little, so that the final commit is quick
                        os.fsync(written.fileno())

                try:
                    source.backup(target, pages=_PAGES_OF_A_STEP, progress=go_on)
                except _GaveWay:
                    return False
            # Open connections do not notice that the file can now be shrunk. The new ones are opened before the old
            # ones are closed, because closing the last one would empty the log while everybody waits.
            former = self._writer_or_error()
            writer, reader = _open_writer(self.path), connect(self.path)
            reader.execute("SELECT 1 FROM batch").fetchone()
            writer.execute("PRAGMA wal_autocheckpoint = 0")  # until empty_log() has been called
            self._writer = writer
            self._readers.renew(reader)
            former.close()
        return True

    def _writer_or_error(self) -> sqlite3.Connection:
        if self._writer is None:
            raise LibraryError(_("This library was opened for reading only. Close the other ocrdesk first."))
        return self._writer


class _GaveWay(Exception):
    """A writer is waiting."""


def _open_writer(path: Path) -> sqlite3.Connection:
    """Opens a library for writing, and creates or upgrades it if necessary."""
    with ExitStack() as attempt:
        writer = attempt.enter_context(closing(connect(path)))
        make_or_upgrade(writer, path)
        writer.execute(f"PRAGMA journal_size_limit = {_LARGEST_LOG}")
        writer.execute("PRAGMA secure_delete = ON")  # what is removed is not readable in the file
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
    """Returns a text in the form used for searching: without differences of case, ß and ss, or composed accents."""
    return unicodedata.normalize("NFC", text.casefold())


def path_to_bytes(path: Path) -> bytes:
    """Returns a path in the form in which it is stored."""
    return os.fsencode(path)


def path_from_bytes(kept: bytes) -> Path:
    """Returns the path that was stored."""
    return Path(os.fsdecode(kept))
