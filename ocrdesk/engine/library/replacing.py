"""Finds places in which something is to be replaced, and has them corrected, some pages at a time."""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from ocrdesk.engine.corrections.replacing import Place, Sought, places_in
from ocrdesk.engine.document import Line
from ocrdesk.engine.errors import Gone
from ocrdesk.engine.layout.regions import lines_that_count
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.corrections import Former, give_back, keep_changes
from ocrdesk.engine.library.rows import line_of
from ocrdesk.engine.library.stored_text import AS_CHOSEN, SEEN, StoredText, regions_of

CHUNK = 20
"""On how many pages is replaced in one transaction, which is the longest that other writers have to wait."""

_FIND = (
    "SELECT page.id AS page_id, page.name, corrected, width, height, regions, "
    "number, line.text, line.confidence, polygon, words, rivals "
    "FROM page JOIN batch ON batch.id = batch_id "
    "LEFT JOIN line ON line.page_id = page.id AND line.text LIKE :like ESCAPE '\\' "
    "WHERE batch_id = :batch AND hidden = 0 AND status = 'done' AND (:page IS NULL OR page.id = :page) "
    "AND (number IS NOT NULL OR (corrected > 0 AND "
    "EXISTS (SELECT 1 FROM correction WHERE page_id = page.id AND after LIKE :like ESCAPE '\\'))) "
    "ORDER BY position, number"
)

_Item = TypeVar("_Item")


class Replacing:
    """Replaces in the texts of pages; a part of the library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(
        self,
        sought: Sought,
        batch_id: int | None = None,
        page_id: int | None = None,
        is_over: Callable[[], bool] = lambda: False,
    ) -> Iterator[Place]:
        """Yields the places in which something is to be replaced, page by page in the order shown.

        Args:
            sought: What is to be replaced.
            batch_id: The batch; None: all batches.
            page_id: The page of that batch; None: all pages.
            is_over: Called now and then; if it returns True, the rest is left out.
        """
        batches = [batch_id]
        if batch_id is None:
            rows = self._connection.read("SELECT id FROM batch WHERE hidden = 0 ORDER BY id DESC")
            batches = [row["id"] for row in rows]
        for batch in batches:  # one by one, so that the first places are there before all pages were looked at
            found = self._connection.search(_FIND, is_over, batch=batch, page=page_id, like=sought.like)
            for page, lines in groupby(found, key=itemgetter("page_id")):
                if is_over():
                    return
                its = list(lines)
                yield from places_in(page, self._lines_in(its), sought, its[0]["name"])

    def _lines_in(self, rows: Sequence[sqlite3.Row]) -> Sequence[Line]:
        """Returns those lines of a page that count and may have what is sought."""
        page = rows[0]
        if page["corrected"]:
            return StoredText(self._connection.read(AS_CHOSEN, page["page_id"], SEEN)).counting
        lines = [line_of(row) for row in rows]
        return lines_that_count(lines, regions_of(page["regions"]), page["width"] or 0, page["height"] or 0)

    def keep(self, sought: Sought, keys: Mapping[int, Collection[int]]) -> list[Former]:
        """Replaces something in some places.

        Pages that were removed meanwhile, and lines that are other now, are left out.

        Args:
            sought: What is to be replaced.
            keys: The pages, and what their places have as ``key``.

        Returns:
            What the pages had before, for ``put_back``.

        Raises:
            LibraryError: It could not be stored; then nothing is replaced, as far as it can be put back.
        """
        former: list[Former] = []

        def keep_one(db: sqlite3.Connection, page: tuple[int, Collection[int]]) -> Former:
            page_id, wanted = page
            places = places_in(page_id, StoredText.within(db, page_id).counting, sought)
            return keep_changes(db, page_id, [place.change for place in places if place.key in wanted])

        try:
            self._on_each(list(keys.items()), keep_one, former)
        except BaseException:
            self.put_back(former)
            raise
        return former

    def put_back(self, former: Sequence[Former]) -> list[Former]:
        """Gives pages the corrections back that they had; returns what they had until now.

        Raises:
            LibraryError: It could not be stored.
        """
        now: list[Former] = []
        self._on_each(former, give_back, now)
        return now

    def _on_each(
        self, items: Sequence[_Item], change: Callable[[sqlite3.Connection, _Item], Former], former: list[Former]
    ) -> None:
        """Changes pages, some in each transaction, and notes what they had before."""

        def write(db: sqlite3.Connection, some: Sequence[_Item]) -> None:
            for item in some:
                try:
                    former.append(change(db, item))
                except Gone:
                    continue

        self._connection.write_in_parts(items, CHUNK, write)
