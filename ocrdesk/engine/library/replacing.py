"""Finds places in which something is to be replaced, and has them corrected, some pages at a time."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from ocrdesk.engine.corrections.replacing import Place, Sought, like, places_in, runs_of
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
    "SELECT page.id AS page_id, page.name, corrected, width, height, regions, runs_over, "
    "number, line.text, line.confidence, polygon, words, rivals "
    "FROM (SELECT *, {runs_over} AS runs_over FROM page) AS page JOIN batch ON batch.id = batch_id "
    "LEFT JOIN line ON line.page_id = page.id AND line.text LIKE :like ESCAPE '\\' "
    "WHERE batch_id = :batch AND hidden = 0 AND status = 'done' AND (:page IS NULL OR page.id = :page) "
    "AND (number IS NOT NULL OR runs_over OR (corrected > 0 AND "
    "EXISTS (SELECT 1 FROM correction WHERE page_id = page.id AND after LIKE :like ESCAPE '\\'))) "
    "ORDER BY position, number"
)

_TEXTS = (
    "SELECT text FROM line WHERE page_id = page.id "
    "UNION ALL SELECT after FROM correction WHERE page_id = page.id AND corrected > 0"
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
        runs_over, breaks = _runs_over(sought)
        find = _FIND.format(runs_over=runs_over)
        batches = [batch_id]
        if batch_id is None:
            rows = self._connection.read("SELECT id FROM batch WHERE hidden = 0 ORDER BY id DESC")
            batches = [row["id"] for row in rows]
        for batch in batches:  # one by one, so that the first places are there before all pages were looked at
            found = self._connection.search(find, is_over, batch=batch, page=page_id, like=sought.like, **breaks)
            for page, lines in groupby(found, key=itemgetter("page_id")):
                if is_over():
                    return
                its = list(lines)
                yield from places_in(page, self._runs_in(its, sought), sought, its[0]["name"])

    def _runs_in(self, rows: Sequence[sqlite3.Row], sought: Sought) -> Iterable[Sequence[Line]]:
        """Returns those lines of a page that count and may have what is sought."""
        page = rows[0]
        if page["corrected"] or page["runs_over"]:
            return _runs_of(StoredText(self._connection.read(AS_CHOSEN, page["page_id"], SEEN)), sought)
        lines = [line_of(row) for row in rows]
        return [
            [line]
            for line in lines_that_count(lines, regions_of(page["regions"]), page["width"] or 0, page["height"] or 0)
        ]

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
            places = places_in(page_id, _runs_of(StoredText.within(db, page_id), sought), sought)
            return keep_changes(
                db, page_id, [part.change for place in places if place.key in wanted for part in place.lines]
            )

        with ExitStack() as unless_all_is_kept:
            unless_all_is_kept.callback(self.put_back, former)
            self._on_each(list(keys.items()), keep_one, former)
            unless_all_is_kept.pop_all()
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


def _runs_over(sought: Sought) -> tuple[str, dict[str, str]]:
    """Returns SQL for whether on a page one text begins with the rest of what another ends with, and its values.

    Few texts begin so, and only for these it is looked how others end.
    """
    conditions, values = [], dict[str, str]()
    for number, (before, after, is_broken) in enumerate(sought.breaks):
        values |= {f"end{number}": f"%{like(before)}{'_' if is_broken else ''}", f"start{number}": f"{like(after)}%"}
        ends = f"EXISTS (SELECT 1 FROM ({_TEXTS}) AS before WHERE before.text LIKE :end{number} ESCAPE '\\')"
        conditions.append(f"(rest.text LIKE :start{number} ESCAPE '\\' AND {ends})")
    if not conditions:
        return "0", {}
    return f"EXISTS (SELECT 1 FROM ({_TEXTS}) AS rest WHERE {' OR '.join(conditions)})", values


def _runs_of(text: StoredText, sought: Sought) -> Iterable[Sequence[Line]]:
    """Returns the lines of a page that count; those that follow each other together if what is sought may run over."""
    lines = text.counting
    return runs_of(lines, text.arranged) if sought.may_run_over(lines) else [[line] for line in lines]
