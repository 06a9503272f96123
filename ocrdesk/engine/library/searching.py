"""Finds the pages of all batches that have what somebody looks for."""

import json
from collections import Counter
from collections.abc import Callable

from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.rows import SEEN
from ocrdesk.engine.library.search_index import INDEX, demand_fts5
from ocrdesk.engine.quality import DOUBTFUL_PAGES
from ocrdesk.engine.search.found import EVERYWHERE, FoundPage, Narrowing
from ocrdesk.engine.search.query import Query
from ocrdesk.engine.words import _

FEW = 1000
"""Pages that are sought one by one in the table of pages; among more of them, it is quicker to go through the table."""

_NEVER = lambda: False  # noqa: E731
_ORDER = "batch_id DESC, position"


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
            is_over: Called about every millisecond; once it returns True, the rest is left out.
            limit: How many are wanted at most: the first of them are there sooner than all.

        Raises:
            LibraryError: This Python, or this library, cannot be searched.
        """
        where, values = self._where(query, narrowing, is_over)
        rows = self._connection.search(
            f"SELECT id, batch_id FROM page WHERE {where} ORDER BY {_ORDER} LIMIT :limit",
            is_over,
            **values,
            limit=-1 if limit is None else limit,
        )
        return [FoundPage(row[0], row[1]) for row in rows]

    def counts(
        self, query: Query, narrowing: Narrowing = EVERYWHERE, is_over: Callable[[], bool] = _NEVER
    ) -> Counter[int]:
        """Returns how many pages ``pages`` would find in which batches."""
        where, values = self._where(query, narrowing, is_over)
        sql = f"SELECT batch_id, count(*) FROM page WHERE {where} GROUP BY batch_id"
        return Counter({row[0]: row[1] for row in self._connection.search(sql, is_over, **values)})

    def not_indexed(self) -> int:
        """Returns how many pages are not found, or not by what they have now, until they are indexed."""
        return int(self._connection.read("SELECT count(*) FROM to_index WHERE page_id IN (SELECT id FROM page)")[0][0])

    def _where(self, query: Query, narrowing: Narrowing, is_over: Callable[[], bool]) -> tuple[str, dict[str, object]]:
        """Returns the SQL for which pages are found, and its values."""
        where, values = _narrowed(narrowing)
        match = query.match
        if match is None:
            return where, values
        self._check()
        matching = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH :match"
        found = self._connection.search(f"{matching} LIMIT {FEW}", is_over, match=match)
        few = [row[0] for row in found]
        if len(few) < FEW:
            return f"id IN (SELECT value FROM json_each(:few)) AND {where}", {**values, "few": json.dumps(few)}
        return f"+id IN ({matching}) AND {where}", {**values, "match": match}

    def _check(self) -> None:
        """Raises: LibraryError: Nothing can be searched."""
        demand_fts5()
        if not self._connection.read("SELECT 1 FROM sqlite_master WHERE name = ?", INDEX):
            raise LibraryError(
                _("This library was not indexed yet, and cannot be written from here. Open it once where it can be.")
            )


def _narrowed(to: Narrowing) -> tuple[str, dict[str, object]]:
    """Returns the SQL for which pages are searched, and its values."""
    doubtful = f"({DOUBTFUL_PAGES})"
    parts: dict[str, tuple[str, object]] = {
        "batches": ("batch_id IN (SELECT value FROM json_each(:batches))", _listed(to.batch_ids)),
        "status": ("status = :status", to.status),
        "since": ("read_at >= :since", to.read_since),
        "until": ("read_at < :until", to.read_until),
        "to_check": (f"{doubtful} = :to_check", to.to_check),
        "below": ("confidence < :below", to.confidence_below),
        "languages": ("language IN (SELECT value FROM json_each(:languages))", _listed(to.languages)),
        "corrected": ("(corrected > 0) = :corrected", to.corrected),
    }
    wanted = {name: part for name, part in parts.items() if part[1] is not None}
    return " AND ".join([SEEN, *(sql for sql, _ in wanted.values())]), {name: it for name, (_, it) in wanted.items()}


def _listed(values: object) -> str | None:
    return None if values is None else json.dumps(list(values))  # type: ignore[call-overload]
