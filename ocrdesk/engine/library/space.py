"""Gives the room on the disk back that removed batches took."""

import logging
import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.database import TIDIED_NAME, connect
from ocrdesk.engine.library.trouble import in_sentences

log = logging.getLogger(__name__)

WORTH_BYTES = 100_000_000
WORTH_SHARE = 0.25
"""Tidying up is offered where as many bytes, and as much of the file, are unused."""

_PAGES_OF_A_STEP = 200
"""Of the file; giving back as many takes some 10 ms, in which nobody else can write."""

_PAUSE = 0.01
"""Seconds between two steps, for those who wait to write."""

_BYTES_A_SECOND = 10_000_000
"""What is tidied up in a second on a slow disk."""

_INSTRUCTIONS = 10_000
"""Of SQLite, between two looks at whether to end early: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Untidy:
    """A library of an earlier version that keeps the room of what was removed.

    Attributes:
        unused: Bytes that can be given back.
        needed: Bytes of free space that it takes to do so.
        free: Bytes of free space that there are.
        minutes: About how long it takes.
    """

    unused: int
    needed: int
    free: int
    minutes: int


class Space:
    """The room that a library takes; a part of the library. All methods take long and are not for the GUI thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give_back(self, stop: threading.Event) -> None:
        """Makes the file as small as what is in it, in many small steps between which others write.

        What is left when it is stopped, the next call gives back. A library of an earlier version keeps its room until
        it was tidied up once.

        Args:
            stop: Ends it early.

        Raises:
            LibraryError: It cannot be written.
        """
        self._remove_tidied()
        while self._gives_back and self._unused_pages() and not stop.wait(_PAUSE):
            with self._connection.write() as db:
                for _ in range(_PAGES_OF_A_STEP):  # one by one, since Python takes only the first step of a pragma
                    db.execute("PRAGMA incremental_vacuum(1)")
        self._connection.empty_log()

    def untidy(self) -> Untidy | None:
        """What tidying up would bring, or None where it is not worth it.

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
        """Makes the file anew, once, so that from then on it can give room back.

        What is used is written to a file beside the library while others read and write as they like, and then put
        in the place of everything in one transaction: an end at any moment leaves the library as it was, or tidied up.
        Whoever writes goes first, and this begins anew another time.

        Args:
            stop: Ends it early.

        Returns:
            Whether it was done.

        Raises:
            LibraryError: There is no room for it; the library is as it was.
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

    def _write_tidied(self, since: int, stop: threading.Event) -> bool:
        with closing(connect(self._connection.path)) as source:
            source.set_progress_handler(lambda: stop.is_set() or self._connection.writes != since, _INSTRUCTIONS)
            source.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connect(self._tidied).close()  # makes it a private file
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
        """Removes what an end in the middle of tidying up left."""
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
