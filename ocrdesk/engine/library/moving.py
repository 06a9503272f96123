"""Moves pages from one batch to another, and makes one batch of several, in a way that can be undone."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from ocrdesk.engine.errors import Gone
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.rows import TAKEN_OUT
from ocrdesk.engine.library.search_index import mark_to_index
from ocrdesk.engine.words import _

PART = 200
"""How many pages are moved in one transaction, some hundredths of a second."""

_NEVER = lambda: False  # noqa: E731

_SOME = "(SELECT value FROM json_each(:pages))"
_WHAT_MOVES = (
    "SELECT page.id, page.batch_id, page.position, page.way, batch.way AS way_of_batch, "
    "page.status = 'done' AS is_read, there.id AS there, there.position AS there_position, there.way AS there_way, "
    "there.status IN ('done', 'running') AS there_stays FROM json_each(:pages) "
    "JOIN page ON page.id = value JOIN batch ON batch.id = page.batch_id "
    "LEFT JOIN page AS there ON there.batch_id = :into AND there.path = page.path AND there.frame = page.frame "
    "WHERE page.batch_id <> :into AND page.status <> 'running' ORDER BY json_each.key"
)
_KEEP_OUT = (  # of a file none of whose pages will be left in its batch
    "INSERT OR REPLACE INTO left_out (batch_id, path, why) SELECT batch_id, path, :why FROM page "
    f"WHERE id IN {_SOME} GROUP BY batch_id, path HAVING count(*) = "
    "(SELECT count(*) FROM page AS whole WHERE whole.batch_id = page.batch_id AND whole.path = page.path)"
)
_LET_IN = (
    "DELETE FROM left_out WHERE why = :why AND (batch_id, path) IN "
    f"(SELECT batch_id, path FROM page WHERE id IN {_SOME})"
)
_SET_ASIDE = f"UPDATE page SET frame = -1 - frame WHERE id IN {_SOME}"
"""Two pages of the same file can only change places where one is no page of it meanwhile."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page is, and its own reading order."""

    page_id: int
    batch_id: int
    position: int
    way: str | None


@dataclass(frozen=True, slots=True)
class Moved:
    """The result of moving pages.

    Attributes:
        moved: How many pages are in the other batch now.
        known: How many are not, because that batch had the same page.
        stayed: How many stay where they were, because they are being read.
        merged: The batches that were merged into another one, and are hidden.
        into: That one, or the batch to which the pages were moved.
        before: Where the pages were, a part at a time; pages that changed places are together.
    """

    moved: int = 0
    known: int = 0
    stayed: int = 0
    merged: tuple[int, ...] = field(default=(), compare=False)
    into: int = field(default=0, compare=False)
    before: tuple[tuple[tuple[_Place, ...], ...], ...] = field(default=(), compare=False)

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(
            self.moved + other.moved,
            self.known + other.known,
            self.stayed + other.stayed,
            self.merged + other.merged,
            self.into or other.into,
            self.before + other.before,
        )


class Moving:
    """Moves pages between batches; a part of the library.

    A page keeps its reading, its number and whether it is queued. Of a page that is in both batches, the one that was
    read comes to the batch to which they are moved, and the other one stays behind; of two that were read, the one that
    is there already.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def move(self, page_ids: Sequence[int], into: int, is_over: Callable[[], bool] = _NEVER) -> Moved:
        """Moves pages to the end of a batch, in this order; their files are not added again where they were.

        Args:
            page_ids: The numbers of the pages.
            into: The number of the batch; if it was removed, nothing happens.
            is_over: Called before each transaction; if it returns True, the rest stays.
        """
        parts = [Moved(into=into)]
        self._connection.write_in_parts(page_ids, PART, partial(_move_some, into, parts.append), is_over)
        return sum(parts, Moved())

    def merge(self, batch_ids: Sequence[int], is_over: Callable[[], bool] = _NEVER) -> Moved:
        """Moves all pages of batches into the first of them, one batch after another, and hides the other batches.

        A batch in which a page is being read stays with that page. Those that are hidden hold the pages that would be
        there twice; they are removed for good, or shown again, like any other batch that was removed.

        Args:
            batch_ids: The numbers of the batches.
            is_over: Called before each transaction; if it returns True, the rest stays where it is.
        """
        into, moved = batch_ids[0], Moved(into=batch_ids[0])
        for batch_id in batch_ids[1:]:
            pages = self._connection.search(
                "SELECT id FROM page WHERE batch_id = :batch ORDER BY position", batch=batch_id
            )
            moved += self.move([row["id"] for row in pages], into, is_over)
            if is_over():
                break
            with self._connection.write() as db:
                hidden = db.execute(
                    "UPDATE batch SET hidden = 1 WHERE id = :batch AND id <> :into "
                    "AND EXISTS (SELECT 1 FROM batch WHERE id = :into AND hidden = 0) "
                    "AND NOT EXISTS (SELECT 1 FROM page WHERE batch_id = :batch AND status = 'running')",
                    {"batch": batch_id, "into": into},
                ).rowcount
                if hidden:
                    db.execute(
                        "INSERT OR IGNORE INTO left_out (batch_id, path, why) "
                        "SELECT ?, path, why FROM left_out WHERE batch_id = ? AND why <> ?",
                        (into, batch_id, TAKEN_OUT),
                    )
                    moved += Moved(merged=(batch_id,))
        return moved

    def undo(self, moved: Moved, is_over: Callable[[], bool] = _NEVER) -> None:
        """Moves pages back to where they were, but for those that are being read now.

        Args:
            moved: What came of moving them. The batches that were merged must have been shown again.
            is_over: Called before each transaction; if it returns True, the rest stays.

        Raises:
            Gone: None of them is there any more.
        """
        count = 0

        def put_back(db: sqlite3.Connection, part: Sequence[tuple[tuple[_Place, ...], ...]]) -> None:
            nonlocal count
            places = list(chain.from_iterable(part))
            rest = {"pages": json.dumps([place.page_id for place in chain.from_iterable(places)])}
            free = {
                row["id"]
                for row in db.execute(f"SELECT id FROM page WHERE id IN {_SOME} AND status <> 'running'", rest)
            }
            goes = [place for some in places if all(it.page_id in free for it in some) for place in some]
            _place(db, goes)
            count += len(goes)

        self._connection.write_in_parts(moved.before[::-1], 1, put_back, is_over)
        with self._connection.write() as db:
            db.executemany(
                "DELETE FROM left_out WHERE batch_id = ?1 AND (path, why) IN "
                "(SELECT path, why FROM left_out WHERE batch_id = ?2)",
                [(moved.into, batch_id) for batch_id in moved.merged],
            )
        if not count and moved.before:
            raise Gone(_("The pages cannot be moved back, because they were removed for good."))


def _move_some(into: int, tell: Callable[[Moved], object], db: sqlite3.Connection, some: Sequence[int]) -> None:
    target = db.execute("SELECT way FROM batch WHERE id = ? AND hidden = 0", (into,)).fetchone()
    if target is None:
        return
    values = {"pages": json.dumps(list(some)), "into": into}
    rows = db.execute(_WHAT_MOVES, values).fetchall()
    end = db.execute("SELECT coalesce(max(position), 0) FROM page WHERE batch_id = ?", (into,)).fetchone()[0]
    before: list[tuple[_Place, ...]] = []
    after: list[_Place] = []
    for row in rows:
        here = _Place(row["id"], row["batch_id"], row["position"], row["way"])
        # Its text stays as it is, whatever the order in which pages of the other batch are read.
        way = row["way"] or (row["way_of_batch"] if row["way_of_batch"] != target["way"] else None)
        if row["there"] is None:
            end += 1
            before.append((here,))
            after.append(_Place(here.page_id, into, end, way))
        elif row["is_read"] and not row["there_stays"]:
            before.append((here, _Place(row["there"], into, row["there_position"], row["there_way"])))
            after.append(_Place(here.page_id, into, row["there_position"], way))
            after.append(_Place(row["there"], here.batch_id, here.position, row["there_way"]))
    moved = {"pages": json.dumps([places[0].page_id for places in before if len(places) == 1]), "why": TAKEN_OUT}
    db.execute(_KEEP_OUT, moved)
    _place(db, after)
    stayed = "SELECT count(*) FROM page WHERE status = 'running' AND batch_id <> :into AND id IN " + _SOME
    count = db.execute(stayed, values).fetchone()[0]
    tell(Moved(len(before), len(rows) - len(before), count, before=((tuple(before)),)))


def _place(db: sqlite3.Connection, places: Sequence[_Place]) -> None:
    """Puts pages where they are to be."""
    values = {"pages": json.dumps([place.page_id for place in places]), "why": TAKEN_OUT}
    db.execute(_SET_ASIDE, values)
    db.executemany(
        "UPDATE page SET batch_id = ?, position = ?, way = ?, frame = -1 - frame WHERE id = ?",
        [(place.batch_id, place.position, place.way, place.page_id) for place in places],
    )
    db.execute(_LET_IN, values)
    mark_to_index(db, [place.page_id for place in places])  # other regions may count there
