"""Creates the tables of a library, and upgrades those of an earlier version."""

import shutil
import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path

from ocrdesk.engine.errors import DiskFull, ExportFailed, LibraryNotCopied, LibraryTooNew
from ocrdesk.engine.facts import pack_told, recalled
from ocrdesk.engine.library.database import COPY_NAME, connect
from ocrdesk.engine.library.search_index import make_index
from ocrdesk.engine.library.trouble import amount
from ocrdesk.engine.whole_files import remove_parts, written
from ocrdesk.engine.words import _

SCHEMA_VERSION = 11

_JOURNAL_IN_HEADER = 18
"""Offset of the two bytes in a database's header that say with which kind of journal it is written and read."""


def version_of(db: sqlite3.Connection, path: Path) -> int:
    """Returns the version of a library, 0 if it is new.

    Raises:
        LibraryTooNew: It was written by a newer version of the program.
    """
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise LibraryTooNew(
            _("The library “{path}” was written by a newer ocrdesk. Install the newest version to open it.").format(
                path=path
            )
        )
    return version


def make_or_upgrade(db: sqlite3.Connection, path: Path) -> None:
    """Creates the tables of a new library, or upgrades an older one after copying it to a file beside it.

    Raises:
        LibraryTooNew: It was written by a newer version of the program.
        LibraryNotCopied: There is no room for the copy, or it cannot be made; the library is unchanged.
    """
    version = version_of(db, path)
    if not version:
        # So that the file can shrink when something is removed. It must be set while the file is still empty.
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
    elif version < SCHEMA_VERSION:
        _keep_copy(db, path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    upgrade(db, version)


def upgrade(db: sqlite3.Connection, version: int) -> None:
    """Upgrades a library from a version, 0 if it has no tables yet, to the present one, or leaves it unchanged."""
    if not version:
        _run(db, "schema.sql")
    elif version < SCHEMA_VERSION:
        db.create_function("as_facts", 1, _as_facts, deterministic=True)
        _run(db, *(f"upgrade_{newer}.sql" for newer in range(version + 1, SCHEMA_VERSION + 1)))
    make_index(db)


def _as_facts(sentences: str) -> str:
    """Returns the stored form of sentences from version 6: unchanged if no fact is recognized in them."""
    told = recalled(sentences)
    is_known = any(not isinstance(part, str) for part in told.parts)
    return pack_told(told) or sentences if is_known else sentences


def _run(db: sqlite3.Connection, *names: str) -> None:
    """Runs scripts in one transaction."""
    scripts = [resources.files(__package__).joinpath(name).read_text(encoding="utf-8") for name in names]
    try:
        db.executescript(f"BEGIN IMMEDIATE; {' '.join(scripts)} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _keep_copy(db: sqlite3.Connection, path: Path) -> None:
    """Copies a library, including its write-ahead log, replacing the copy of an earlier upgrade."""
    remove_parts(path.parent)
    needed = sum(db.execute("PRAGMA page_count").fetchone()) * sum(db.execute("PRAGMA page_size").fetchone())
    before = _(
        "Before the library “{path}” is upgraded for this version of ocrdesk, a copy of it is made beside it"
    ).format(path=path)
    no_room = LibraryNotCopied(
        _("{before}. Make {needed} of room on that disk, then try again. The library was left as it is.").format(
            before=before, needed=amount(needed)
        )
    )
    if shutil.disk_usage(path.parent).free < needed:
        raise no_room
    try:
        with written(path.with_name(COPY_NAME), is_private=True) as part:
            # No other program uses this file, so it needs no locks and no journal; written() syncs it.
            with closing(connect(Path(part.name), "nolock=1")) as copy:
                copy.execute("PRAGMA synchronous = OFF")
                copy.execute("PRAGMA journal_mode = OFF")
                db.backup(copy)
            part.seek(_JOURNAL_IN_HEADER)
            part.write(b"\1\1")  # a rollback journal instead of a write-ahead log: the copy is one file
    except DiskFull as error:
        raise no_room from error
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
            raise no_room from error
        raise
    except ExportFailed as error:
        raise LibraryNotCopied(_("{before}, which failed: {error}").format(before=before, error=error)) from error
