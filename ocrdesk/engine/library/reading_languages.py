"""The languages in which the pages of a library are to be read."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from ocrdesk.engine.document import Page
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.rows import languages_of
from ocrdesk.engine.library.runs import MARKED_AT_ONCE, READ_AGAIN

BETWEEN = "+"


class ReadingLanguages:
    """The languages of batches and pages, by their keys; a part of the library.

    Where there are none, the reader chooses.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_batch(self, batch_id: int) -> tuple[str, ...]:
        """Returns the languages of a batch, for its pages that have none of their own."""
        rows = self._connection.read("SELECT languages FROM batch WHERE id = ?", batch_id)
        return languages_of(rows[0]["languages"]) or () if rows else ()

    def of_pages(self, page_ids: Iterable[int]) -> set[tuple[str, ...] | None]:
        """Returns the languages of pages; None is among them if a page has those of its batch."""
        rows = self._connection.read(
            "SELECT DISTINCT languages_wanted FROM page WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(page_ids)),
        )
        return {languages_of(row["languages_wanted"]) for row in rows}

    def to_read(self, page: Page) -> tuple[str, ...]:
        """Returns the languages in which a page is to be read: its own or those of its batch."""
        return page.languages_wanted if page.languages_wanted is not None else self.of_batch(page.batch_id)

    def set_for_batch(self, batch_id: int, languages: Sequence[str]) -> None:
        """Sets the languages of a batch; what was read stays until it is read again.

        Raises:
            Gone: It was removed.
        """
        self._connection.change_batch("languages", BETWEEN.join(languages), batch_id)

    def read_in(self, page_ids: Iterable[int], languages: Sequence[str] | None) -> None:
        """Queues pages to be read again in languages, which they keep; None: in those of their batch."""
        kept = BETWEEN.join(languages) if languages is not None else None

        def update(db: sqlite3.Connection, some: Sequence[int]) -> None:
            chosen = json.dumps(list(some))
            db.execute(
                "UPDATE page SET languages_wanted = ? "
                "WHERE id IN (SELECT value FROM json_each(?)) AND status <> 'running'",
                (kept, chosen),
            )
            db.execute(READ_AGAIN, (chosen,))

        self._connection.write_in_parts(list(page_ids), MARKED_AT_ONCE, update)
