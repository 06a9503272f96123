"""The tables of a library: made, and brought to this version from that of an earlier ocrdesk."""

import shutil
import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path

from ocrdesk.engine.errors import DiskFull, ExportFailed, LibraryNotCopied, LibraryTooNew
from ocrdesk.engine.facts import pack_told, recalled
from ocrdesk.engine.library.database import COPY_NAME, connect
from ocrdesk.engine.library.trouble import amount
from ocrdesk.engine.whole_files import remove_parts, written
from ocrdesk.engine.words import _

SCHEMA_VERSION = 7

_JOURNAL_IN_HEADER = 18
"""Where the header of a database says with which kind of journal it is written and read, a byte each."""


def version_of(db: sqlite3.Connection, path: Path) -> int:
    """The version of a library, 0 if it is new.

    Raises:
        LibraryTooNew: A newer program wrote it.
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
    """Makes the tables of a new library; upgrades an older one after a copy of it was made beside it.

    Raises:
        LibraryTooNew: A newer program wrote it.
        LibraryNotCopied: There is no room for the copy, or it cannot be made; the library is as it was.
    """
    version = version_of(db, path)
    if not version:
        # So that the file can give back what is removed. It has to be said before anything is in the file.
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
    elif version < SCHEMA_VERSION:
        _keep_copy(db, path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    upgrade(db, version)


def upgrade(db: sqlite3.Connection, version: int) -> None:
    """Brings a library of some version, 0 if it has no tables yet, to the present one, or leaves it as it was."""
    if not version:
        _run(db, "schema.sql")
    elif version < SCHEMA_VERSION:
        db.create_function("as_facts", 1, _as_facts, deterministic=True)
        _run(db, *(f"upgrade_{newer}.sql" for newer in range(version + 1, SCHEMA_VERSION + 1)))


def _as_facts(sentences: str) -> str:
    """What is kept in place of sentences that version 6 kept: themselves, where none of them is known again."""
    told = recalled(sentences)
    is_known = any(not isinstance(part, str) for part in told.parts)
    return pack_told(told) or sentences if is_known else sentences


def _run(db: sqlite3.Connection, *names: str) -> None:
    """Runs scripts; all of them or nothing."""
    scripts = [resources.files(__package__).joinpath(name).read_text(encoding="utf-8") for name in names]
    try:
        db.executescript(f"BEGIN IMMEDIATE; {' '.join(scripts)} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _keep_copy(db: sqlite3.Connection, path: Path) -> None:
    """Copies a library, with all that its write-ahead log holds, in place of the copy of an earlier upgrade."""
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
            # Nobody else knows of this file, so it needs no locks and no journal; written() syncs it.
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
