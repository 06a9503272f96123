"""Looks words up among those that the index has."""

import json
from collections.abc import Iterable

from ocrdesk.engine.library.connection import Connection

_BEHIND = "char(1114111)"
"""What is sorted behind all letters."""


class Vocabulary:
    """The words of Latin letters on all pages; a part of the library."""

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
