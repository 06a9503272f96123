"""Copies the whole of a library, and takes such a copy in its place."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library.connection import Connection, path_to_bytes
from ocrdesk.engine.library.database import connect
from ocrdesk.engine.library.schema import upgrade, version_of
from ocrdesk.engine.library.trouble import in_sentences
from ocrdesk.engine.words import _

_PATHS = (("page", "path"), ("batch", "origin"), ("left_out", "path"))
_INSTRUCTIONS = 10_000
"""Steps of SQLite's virtual machine between two checks whether to end early: a few milliseconds."""

_ATTEMPTS = 100
_PAUSE = 0.05


class Copies:
    """Copies of a library; a part of the library. All methods are slow and not for the GUI thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, target: Path, stop: threading.Event) -> bool:
        """Writes a copy of the library as it is at this moment; others can read and write meanwhile.

        Args:
            target: A file that is not there yet.
            stop: Set to end this early.

        Returns:
            Whether the copy is complete.

        Raises:
            LibraryError: It cannot be written.
        """
        with in_sentences(target), closing(connect(self._connection.path)) as source:
            source.set_progress_handler(stop.is_set, _INSTRUCTIONS)
            connect(target).close()  # creates it as a private file
            try:
                source.execute("VACUUM INTO ?", (str(target),))
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_INTERRUPT:
                    return False
                raise
        return True

    def make_ready(self, copy: Path, folder: Path) -> None:
        """Checks a copy, brings it to the present version, and lets its own pictures lie beside this library.

        Args:
            copy: The file, which is changed.
            folder: The folder of the library that it is a copy of.

        Raises:
            LibraryError: It is no library, is damaged, or is of a newer version.
        """
        with in_sentences(copy), closing(connect(copy)) as db:
            is_whole = db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            foreign = "SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')"
            version = version_of(db, copy)
            if not is_whole or not version or db.execute(foreign).fetchone()[0]:
                raise LibraryError(_("This backup is damaged. Choose another one."))
            upgrade(db, version)
            self._move_paths(db, folder)

    def take_place(self, copy: Path, stop: threading.Event) -> bool:
        """Replaces the content of the library by that of a copy, at once or not at all.

        Returns:
            Whether it was done: not if it was stopped.

        Raises:
            LibraryError: It cannot be written, or others do not stop writing; the library is unchanged.
        """
        with in_sentences(self._connection.path), closing(connect(copy)) as source:
            for _attempt in range(_ATTEMPTS):
                if self._connection.replace_all(source, self._connection.writes, stop):
                    self._connection.empty_log()
                    return True
                if stop.wait(_PAUSE):
                    return False
        raise LibraryError(_("The library is being written to all the time. Stop what is being read, then try again."))

    def _move_paths(self, db: sqlite3.Connection, folder: Path) -> None:
        """Renames pictures that lie in the folder of the library, which may be another one on this computer."""
        old, new = path_to_bytes(folder), path_to_bytes(self._connection.path.parent)
        inside = old + os.fsencode(os.sep)

        def moved(path: bytes) -> bytes:
            return new + path[len(old) :] if path.startswith(inside) else path

        if old == new:
            return
        db.create_function("moved", 1, moved, deterministic=True)
        with db:
            db.execute("BEGIN")
            for table, column in _PATHS:
                if table == "page":
                    db.execute(f"INSERT OR IGNORE INTO to_index SELECT id FROM page WHERE {column} <> moved({column})")
                db.execute(f"UPDATE {table} SET {column} = moved({column}) WHERE {column} <> moved({column})")
