"""The words that a person accepted, so that they are not asked about again."""

import sqlite3
from collections.abc import Callable, Iterable

from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.finding import as_sought, contains
from ocrdesk.engine.written import bare

ENOUGH = 2
"""From this many times on, a word that is accepted is known."""

KNOWN_WORDS = f"SELECT word FROM user_word WHERE times >= {ENOUGH}"


class UserWords:
    """The words that a person accepted; a part of the library.

    Pages are marked with them at once. How many words of each page are to check is renewed by ``PageTexts.renew``.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self) -> frozenset[str]:
        """Returns the words that are known, in lower case and without punctuation around them."""
        return frozenset(row["word"] for row in self._connection.read(KNOWN_WORDS))

    def accept(self, word: str) -> bool:
        """Notes that a word was found to be right; returns whether it is known from now on and was not before."""
        with self._connection.write() as db:
            return accept(db, word) == ENOUGH

    def add(self, word: str) -> None:
        """Makes a word known."""
        if plain := bare(word):
            with self._connection.write() as db:
                db.execute(
                    "INSERT INTO user_word VALUES (?1, ?2) ON CONFLICT (word) DO UPDATE SET times = max(times, ?2)",
                    (plain, ENOUGH),
                )

    def pages_with(self, words: Iterable[str], is_over: Callable[[], bool] = lambda: False) -> list[int]:
        """Returns the pages that have one of some words in their text, with more letters round it perhaps.

        Args:
            words: The words, as ``known`` returns them.
            is_over: Called now and then; once it returns True, the search ends.
        """
        found: dict[int, None] = {}
        for word in words:
            rows = self._connection.search(
                f"SELECT DISTINCT page_id FROM line WHERE {contains('text')}", is_over, **as_sought(word)
            )
            found.update(dict.fromkeys(row[0] for row in rows))
        return list(found)

    def remove(self, word: str) -> None:
        """Forgets a word, however often it was accepted."""
        with self._connection.write() as db:
            db.execute("DELETE FROM user_word WHERE word = ?", (bare(word),))


def accept(db: sqlite3.Connection, word: str) -> int:
    """Notes within a transaction that a word was found to be right; returns how often it was by now.

    A number that was right in two places says nothing about a third one, so numbers are not noted.
    """
    plain = bare(word)
    if not any(letter.isalpha() for letter in plain) or any(letter.isdecimal() for letter in plain):
        return 0
    return int(
        db.execute(
            "INSERT INTO user_word VALUES (?, 1) ON CONFLICT (word) DO UPDATE SET times = times + 1 RETURNING times",
            (plain,),
        ).fetchone()[0]
    )


def put_back(db: sqlite3.Connection, word: str, times: int) -> int:
    """Sets within a transaction how often a word was accepted; returns how often it was before."""
    plain = bare(word)
    row = db.execute("SELECT times FROM user_word WHERE word = ?", (plain,)).fetchone()
    if times:
        db.execute("INSERT INTO user_word VALUES (?1, ?2) ON CONFLICT (word) DO UPDATE SET times = ?2", (plain, times))
    else:
        db.execute("DELETE FROM user_word WHERE word = ?", (plain,))
    return int(row[0]) if row is not None else 0
