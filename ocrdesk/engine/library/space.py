"""Frees the disk space of removed batches."""

import json
import logging
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ocrdesk.engine.library.connection import BREATH, Connection
from ocrdesk.engine.library.database import TIDIED_NAME, connect
from ocrdesk.engine.library.index_words import forget_unused
from ocrdesk.engine.library.removing import PART
from ocrdesk.engine.library.search_index import INDEX, REMOVED, delete_rows, has_fts5, write_anew
from ocrdesk.engine.library.trouble import in_sentences

log = logging.getLogger(__name__)

WORTH_BYTES = 100_000_000
WORTH_SHARE = 0.25
"""Tidying up is offered if at least this many bytes, and this share of the file, are unused."""

_PAGES_OF_A_STEP = 200
"""Pages of the file freed in one step, which takes some 10 ms in which nobody else can write."""

_PAUSE = 0.01
"""Seconds between two steps, in which others can write."""

_BYTES_A_SECOND = 10_000_000
"""Bytes that are tidied up per second on a slow disk."""

_INSTRUCTIONS = 10_000
"""Steps of SQLite's virtual machine between two checks whether to end early: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Untidy:
    """A library of an earlier version, which does not shrink when something is removed.

    Attributes:
        unused: Bytes that can be freed.
        needed: Bytes of free disk space that this takes.
        free: Bytes of free disk space.
        minutes: About how many minutes it takes.
    """

    unused: int
    needed: int
    free: int
    minutes: int


class Space:
    """The disk space of a library; a part of the library. All methods are slow and not for the GUI thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give_back(self, stop: threading.Event) -> None:
        """Shrinks the file to the size of its content, in many small steps between which others can write.

        If it is stopped, the next call continues. A library of an earlier version does not shrink until it has been
        tidied up once.

        Args:
            stop: Set to end this early.

        Raises:
            LibraryError: The library cannot be written.
        """
        self._remove_tidied()
        self._forget_removed(stop)
        while self._gives_back and self._unused_pages() and not stop.wait(_PAUSE):
            with self._connection.write() as db:
                for _ in range(_PAGES_OF_A_STEP):  # one by one, since Python only executes the first step of a pragma
                    db.execute("PRAGMA incremental_vacuum(1)")
        self._connection.empty_log()

    def untidy(self) -> Untidy | None:
        """Returns what tidying up would gain, or None if it is not worth it.

        Raises:
            LibraryError: The library cannot be read.
        """
        if self._gives_back:
            return None
        size, page_size = self._number("page_count"), self._number("page_size")
        unused = self._unused_pages()
        if unused * page_size < WORTH_BYTES or unused < WORTH_SHARE * size:
            return None
        left = (size - unused) * page_size
        free = shutil.disk_usage(self._connection.path.parent).free
        return Untidy(unused * page_size, 2 * left, free, max(1, round(left / _BYTES_A_SECOND / 60)))

    def tidy_up(self, stop: threading.Event) -> bool:
        """Rewrites the file, once, so that from then on it can shrink.

        Its content is written to a file beside the library, while others can read and write, and then replaces the
        library's in one transaction: if the program ends at any moment, the library is either unchanged or tidied up.
        If somebody writes meanwhile, this gives way and must be called again.

        Args:
            stop: Set to end this early.

        Returns:
            Whether it was done.

        Raises:
            LibraryError: There is no room for it; the library is unchanged.
        """
        since = self._connection.writes
        self._remove_tidied()
        try:
            with in_sentences(self._connection.path):
                if not self._write_tidied(since, stop):
                    return False
                with closing(connect(self._tidied)) as tidied:
                    is_done = self._connection.replace_all(tidied, since, stop)
            self._connection.empty_log()
        finally:
            self._remove_tidied()
        return is_done

    def _forget_removed(self, stop: threading.Event) -> None:
        """Takes the words of removed pages out of the index for good, in many small steps."""
        gone = [row["page_id"] for row in self._connection.read(REMOVED)] if has_fts5() else []
        if not gone:
            return
        self._connection.write_in_parts(gone, PART, delete_rows, stop.is_set)  # left by a Python that cannot search
        is_first = has_more = True
        while has_more and not stop.is_set():
            with self._connection.write() as db:
                has_more = write_anew(db, is_first)
            is_first = False
            time.sleep(BREATH)
        word: str | None = ""
        while word is not None and not stop.is_set():
            with self._connection.write() as db:
                word = forget_unused(db, INDEX, word)
            time.sleep(BREATH)
        if not stop.is_set():
            with self._connection.write() as db:
                db.execute(
                    "DELETE FROM to_index WHERE page_id IN (SELECT value FROM json_each(?))", (json.dumps(gone),)
                )

    def _write_tidied(self, since: int, stop: threading.Event) -> bool:
        with closing(connect(self._connection.path)) as source:
            source.set_progress_handler(lambda: stop.is_set() or self._connection.writes != since, _INSTRUCTIONS)
            source.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connect(self._tidied).close()  # creates it as a private file
            try:
                source.execute("VACUUM INTO ?", (str(self._tidied),))
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_INTERRUPT:
                    return False
                raise
        return True

    @property
    def _tidied(self) -> Path:
        return self._connection.path.with_name(TIDIED_NAME)

    def _remove_tidied(self) -> None:
        """Removes files left behind by tidying up that was interrupted."""
        for name in (TIDIED_NAME, f"{TIDIED_NAME}-journal"):
            try:
                self._tidied.with_name(name).unlink(missing_ok=True)
            except OSError as error:
                log.info("What tidying up left cannot be removed", exc_info=error)

    @property
    def _gives_back(self) -> bool:
        return self._number("auto_vacuum") == 2

    def _unused_pages(self) -> int:
        return self._number("freelist_count")

    def _number(self, pragma: str) -> int:
        return int(self._connection.read(f"PRAGMA {pragma}")[0][0])
