"""The index in which all pages are searched: a row a page, in a table of SQLite's FTS5.

A page is in the index as it is, or noted in ``to_index``: both are written in the transaction that changes its text.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library.index_words import note_words
from ocrdesk.engine.search.folding import EDITION, TOKENIZER, indexed
from ocrdesk.engine.words import _

INDEX = "page_index"
_MADE_BY = (
    f'CREATE VIRTUAL TABLE {INDEX} USING fts5(text, name, folder, tokenize = "{TOKENIZER}", prefix = 2, columnsize = 0'
    f" /* texts folded as in edition {EDITION} */)"
)
"""It keeps what it was given, so that its rows can be changed, removed and compared; no row is ranked. Where this
differs from how an index was made, all pages are indexed again."""

_MARK_SOME = "INSERT OR IGNORE INTO to_index SELECT value FROM json_each(?)"
REMOVED = "SELECT page_id FROM to_index WHERE page_id NOT IN (SELECT id FROM page)"
"""The removed pages whose words are still in the file: FTS5 keeps them until it writes its parts anew."""

_LEAVES_OF_A_STEP = 200
"""Leaves of the index that are written anew in one transaction, some hundredths of a second."""


@cache
def has_fts5() -> bool:
    """Whether this Python's SQLite can search. If not, pages are noted as to be indexed, by another Python."""
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("CREATE VIRTUAL TABLE any_index USING fts5(text)")
        except sqlite3.OperationalError:
            return False
    return True


def demand_fts5() -> None:
    """Raises: LibraryError: This Python's SQLite cannot search."""
    if not has_fts5():
        raise LibraryError(
            _(
                "The texts cannot be searched, because the SQLite of this Python was built without FTS5. "
                "Run ocrdesk with another Python."
            )
        )


def make_index(db: sqlite3.Connection) -> None:
    """Makes the index where there is none as this version has it; then all pages are to be indexed."""
    if not has_fts5():
        return
    there = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (INDEX,)).fetchone()
    if there is not None and there[0] == _MADE_BY:
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        make_anew(db)
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def make_anew(db: sqlite3.Connection) -> None:
    """Makes within a transaction an empty index instead of the one that is there."""
    db.execute(f"DROP TABLE IF EXISTS {INDEX}")
    db.execute(_MADE_BY)
    db.execute("DELETE FROM indexed_word")
    db.execute("INSERT OR IGNORE INTO to_index SELECT id FROM page")


def mark_to_index(db: sqlite3.Connection, page_ids: Iterable[int]) -> None:
    """Notes within a transaction that the index has not what these pages have."""
    db.execute(_MARK_SOME, (json.dumps(list(page_ids)),))


def index_page(db: sqlite3.Connection, page_id: int, lines: Iterable[str]) -> None:
    """Brings within a transaction what the index has of a page to what it has.

    Args:
        db: The library.
        page_id: The page.
        lines: The lines of its text, in reading order.
    """
    if not has_fts5():
        mark_to_index(db, [page_id])
        return
    row = row_of_page(db, page_id, lines)
    if row is not None and row != indexed_row(db, page_id):
        db.execute(f"INSERT OR REPLACE INTO {INDEX} (rowid, text, name, folder) VALUES (?, ?, ?, ?)", (page_id, *row))
        note_words(db, row[0])
    db.execute("DELETE FROM to_index WHERE page_id = ?", (page_id,))


def row_of_page(db: sqlite3.Connection, page_id: int, lines: Iterable[str]) -> tuple[str, str, str] | None:
    """Returns what the index is to have of a page with these lines: text, name and folder; None if there is no page."""
    page = db.execute("SELECT name, path FROM page WHERE id = ?", (page_id,)).fetchone()
    if page is None:
        return None
    name = page["name"].replace(os.sep, "/").rpartition("/")[2]
    folder = str(Path(os.fsdecode(page["path"])).parent)
    return indexed(lines), indexed([name]), indexed([folder])


def indexed_row(db: sqlite3.Connection, page_id: int) -> tuple[str, str, str] | None:
    """Returns what the index has of a page."""
    row = db.execute(f"SELECT text, name, folder FROM {INDEX} WHERE rowid = ?", (page_id,)).fetchone()
    return (row[0], row[1], row[2]) if row else None


def remove_from_index(db: sqlite3.Connection, page_ids: Sequence[int]) -> None:
    """Takes pages that are removed for good out of the index within their transaction.

    They stay noted until ``Space.give_back`` has taken their words out of the file, too.
    """
    if not has_fts5():
        mark_to_index(db, page_ids)
        return
    is_there = f"EXISTS (SELECT 1 FROM {INDEX} WHERE rowid = value)"
    some = (json.dumps(list(page_ids)),)
    db.execute(f"DELETE FROM to_index WHERE page_id IN (SELECT value FROM json_each(?) WHERE NOT {is_there})", some)
    db.execute(f"INSERT OR IGNORE INTO to_index SELECT value FROM json_each(?) WHERE {is_there}", some)
    delete_rows(db, page_ids)


def delete_rows(db: sqlite3.Connection, page_ids: Sequence[int]) -> None:
    """Deletes the rows of pages from the index within a transaction."""
    db.execute(f"DELETE FROM {INDEX} WHERE rowid IN (SELECT value FROM json_each(?))", (json.dumps(list(page_ids)),))


def write_anew(db: sqlite3.Connection, is_first: bool) -> bool:
    """Writes some more of the index anew, without what is no longer in it.

    Args:
        db: The library, in a transaction.
        is_first: Whether this is the first step.

    Returns:
        Whether there is more to do.
    """
    before = db.total_changes
    leaves = -_LEAVES_OF_A_STEP if is_first else _LEAVES_OF_A_STEP  # negative: so that all its parts become one
    db.execute(f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('merge', ?)", (leaves,))
    return db.total_changes - before >= 2  # this is how FTS5 tells it


def is_sound(db: sqlite3.Connection) -> bool:
    """Whether FTS5 finds in the index just the words that its rows have. It takes seconds for many pages."""
    try:
        db.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return False
    return True
