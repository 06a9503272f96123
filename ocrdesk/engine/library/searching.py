"""Finds the pages of all batches that have what somebody looks for."""

import json
import sqlite3
from collections.abc import Callable

from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.search_index import INDEX, demand_fts5
from ocrdesk.engine.quality import DOUBTFUL_PAGES
from ocrdesk.engine.search.found import EVERYWHERE, FoundPage, Narrowing
from ocrdesk.engine.search.query import Query
from ocrdesk.engine.words import _

FEW = 5000
"""Pages that are sought one by one in the table of pages; among more of them, it is quicker to go through the table."""

_NEVER = lambda: False  # noqa: E731


class Searching:
    """Finds pages; a part of the library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pages(
        self,
        query: Query,
        narrowing: Narrowing = EVERYWHERE,
        is_over: Callable[[], bool] = _NEVER,
        limit: int | None = None,
    ) -> list[FoundPage]:
        """Returns the pages that have what is looked for: those of the newest batch first, each batch in its order.

        Args:
            query: What is looked for; if it has no words, all pages are found that the narrowing leaves.
            narrowing: Among which pages.
            is_over: Called about every millisecond; once it returns True, the search ends and finds nothing.
            limit: How many are wanted at most: the first of them are there sooner than all.

        Raises:
            LibraryError: This Python, or this library, cannot be searched.
        """
        if query.match is not None:
            self._check()
        found: list[FoundPage] = []
        where, values = _narrowed(narrowing)
        index = "page_corrected" if narrowing.corrected else "page_by_position"
        pages = f"batch CROSS JOIN page INDEXED BY {index}"  # in their order, so that it ends with the first of them
        with self._connection.searcher(is_over) as db:
            if query.match is not None:
                is_few = _collect(db, query.match) < FEW
                pages = "found CROSS JOIN page CROSS JOIN batch" if is_few else pages
                where = f"{'page.id = found.id' if is_few else '+page.id IN found'} AND {where}"
            rows = db.execute(
                "SELECT json_group_array(id), json_group_array(batch_id) FROM (SELECT page.id AS id, batch_id "
                f"FROM {pages} WHERE {where} ORDER BY batch.id DESC, position LIMIT :limit)",
                {**values, "limit": -1 if limit is None else limit},
            )
            for ids, batch_ids in rows:
                found += map(FoundPage, json.loads(ids), json.loads(batch_ids))
        return found

    def not_indexed(self) -> int:
        """Returns how many pages are not found, or not by what they have now, until they are indexed."""
        return int(self._connection.read("SELECT count(*) FROM to_index WHERE page_id IN (SELECT id FROM page)")[0][0])

    def _check(self) -> None:
        """Raises: LibraryError: Nothing can be searched."""
        demand_fts5()
        if not self._connection.read("SELECT 1 FROM sqlite_master WHERE name = ?", INDEX):
            raise LibraryError(
                _("This library was not indexed yet, and cannot be written from here. Open it once where it can be.")
            )


def _collect(db: sqlite3.Connection, match: str) -> int:
    """Collects in the table ``found`` which pages have what is looked for; returns how many there are.

    What is most of the work is so done once, however many there are.
    """
    db.execute("DROP TABLE IF EXISTS temp.found")  # of another search, where all have one connection
    db.execute("CREATE TEMP TABLE found (id INTEGER PRIMARY KEY)")
    return db.execute(f"INSERT INTO found SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH ?", (match,)).rowcount


def _narrowed(to: Narrowing) -> tuple[str, dict[str, object]]:
    """Returns the SQL for which pages are searched, and its values."""
    doubtful = f"({DOUBTFUL_PAGES})"
    parts: dict[str, tuple[str, object]] = {
        "batches": ("batch.id IN (SELECT value FROM json_each(:batches))", _listed(to.batch_ids)),
        "status": ("status = :status", to.status),
        "since": ("read_at >= :since", to.read_since),
        "until": ("read_at < :until", to.read_until),
        "to_check": (f"{doubtful} = :to_check", to.to_check),
        "below": ("confidence < :below", to.confidence_below),
        "languages": ("language IN (SELECT value FROM json_each(:languages))", _listed(to.languages)),
        "corrected": (f"corrected {'>' if to.corrected else '='} 0", to.corrected),
    }
    wanted = {name: part for name, part in parts.items() if part[1] is not None}
    seen = ("batch.id = batch_id", "hidden = 0")
    return " AND ".join([*seen, *(sql for sql, _ in wanted.values())]), {name: it for name, (_, it) in wanted.items()}


def _listed(values: object) -> str | None:
    return None if values is None else json.dumps(list(values))  # type: ignore[call-overload]
