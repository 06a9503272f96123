"""The words that the index has, in a table of their own, among which similar ones are looked for.

FTS5 can list its words (``fts5vocab``), but seeks each in all parts of the index, which takes a hundred times as long.
"""

import re
import sqlite3

_WORD = re.compile(r"(?<!\S)(?=\w*[a-z])[a-z0-9]{2,40}(?!\S)", re.ASCII)
"""A word of Latin letters; others are not misread in the ways that are looked for."""

_AT_ONCE = 200
"""How many words are compared with the index in one transaction, some milliseconds."""

_FORGET = (
    "DELETE FROM indexed_word WHERE word > :first AND word <= :last AND word NOT IN "
    "(SELECT term FROM words_of_index WHERE term > :first AND term <= :last)"
)


def note_words(db: sqlite3.Connection, indexed: str) -> None:
    """Notes the words of a page within the transaction that indexes it.

    Args:
        db: The library.
        indexed: Its text, as it is indexed.
    """
    words = [(word,) for word in set(_WORD.findall(indexed))]
    db.executemany("INSERT OR IGNORE INTO indexed_word VALUES (?)", words)


def forget_unused(db: sqlite3.Connection, index: str, first: str) -> str | None:
    """Removes some of the words that are no longer in the index, within a transaction.

    Args:
        db: The library.
        index: The name of its index.
        first: The word behind which to begin; empty: with the first one.

    Returns:
        The word behind which to go on; None if that was all.
    """
    db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_index USING fts5vocab(main, {index}, row)")
    next_ones = f"SELECT word FROM indexed_word WHERE word > ? ORDER BY word LIMIT {_AT_ONCE}"
    last = db.execute(f"SELECT max(word) FROM ({next_ones})", (first,)).fetchone()[0]
    if last is not None:
        db.execute(_FORGET, {"first": first, "last": last})
    return str(last) if last is not None else None
