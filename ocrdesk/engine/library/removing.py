"""Removes pages and batches from the library: hidden immediately, and removed from disk a part at a time."""

import json
import sqlite3
from collections.abc import Callable, Sequence

from ocrdesk.engine.facts import Fact, pack_told
from ocrdesk.engine.library.connection import Connection

PART = 100
"""How many pages are removed in one transaction, some hundredths of a second."""


class Removing:
    """Removes pages and batches; a part of the library.

    A batch that is being removed or opened is hidden. If the program is killed, the remainder is removed later.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take_out(self, page_ids: Sequence[int], is_over: Callable[[], bool] = lambda: False) -> None:
        """Removes pages from their batch; a file whose pages are all removed is not added again."""

        def take_some(db: sqlite3.Connection, some: Sequence[int]) -> None:
            db.execute(
                "INSERT OR REPLACE INTO left_out (batch_id, path, why) SELECT batch_id, path, ? FROM page "
                "WHERE id IN (SELECT value FROM json_each(?)) GROUP BY batch_id, path HAVING count(*) = (SELECT "
                "count(*) FROM page AS whole WHERE whole.batch_id = page.batch_id AND whole.path = page.path)",
                (pack_told(Fact.TAKEN_OUT()), json.dumps(list(some))),
            )
            _delete(db, some)

        self._connection.write_in_parts(page_ids, PART, take_some, is_over)

    def hide(self, batch_id: int) -> None:
        """Begins to remove a batch: from now on it is hidden, and its folder can be added again."""
        with self._connection.write() as db:
            db.execute("UPDATE batch SET hidden = 1 WHERE id = ?", (batch_id,))

    def hidden(self) -> list[int]:
        """Returns the batches being removed or opened; at the program's start, those left when it was killed."""
        return [row["id"] for row in self._connection.read("SELECT id FROM batch WHERE hidden = 1")]

    def finish(self, batch_id: int, is_over: Callable[[], bool] = lambda: False) -> None:
        """Removes a hidden batch with its pages."""
        pages = self._connection.search(
            "SELECT page.id FROM page JOIN batch ON batch.id = batch_id WHERE batch.id = :batch AND hidden = 1",
            batch=batch_id,
        )
        self._connection.write_in_parts([row["id"] for row in pages], PART, _delete, is_over)
        if not is_over():
            with self._connection.write() as db:
                db.execute("DELETE FROM batch WHERE id = ? AND hidden = 1", (batch_id,))


def _delete(db: sqlite3.Connection, page_ids: Sequence[int]) -> None:
    db.execute("DELETE FROM page WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(page_ids)),))
