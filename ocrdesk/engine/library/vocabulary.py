"""The words that occur in the index, among which similar ones are looked for.

FTS5 has a list of its own (``fts5vocab``), but looks for each word in all parts of the index: a hundred times as long.
"""

import json
import re
import sqlite3
from collections.abc import Iterable

from ocrdesk.engine.library.connection import Connection

_WORD = re.compile(r"(?<!\S)(?=\w*[a-z])[a-z0-9]{2,40}(?!\S)", re.ASCII)
"""Words of Latin letters; others are not misread in the ways that are looked for."""

_BEHIND = "char(1114111)"
"""What is sorted behind all letters."""


def note_words(db: sqlite3.Connection, indexed: str) -> None:
    """Notes the words of a page within the transaction that indexes it.

    Args:
        db: The library.
        indexed: Its text, as it is indexed.
    """
    words = [(word,) for word in set(_WORD.findall(indexed))]
    db.executemany("INSERT OR IGNORE INTO indexed_word VALUES (?)", words)


class Vocabulary:
    """The words of all pages; a part of the library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, words: Iterable[str], *, as_beginnings: bool) -> set[str]:
        """Returns those of some words that occur, or with which others begin."""
        here = f"word >= value AND word < value || {_BEHIND}" if as_beginnings else "word = value"
        sql = f"SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM indexed_word WHERE {here})"
        return {row[0] for row in self._connection.read(sql, json.dumps(list(words)))}

    def beginning_with(self, letters: str) -> list[str]:
        """Returns the words that begin with these letters."""
        sql = f"SELECT word FROM indexed_word WHERE word >= ?1 AND word < ?1 || {_BEHIND}"
        return [row[0] for row in self._connection.read(sql, letters)]
