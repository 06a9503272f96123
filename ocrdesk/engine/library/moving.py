"""Moves pages from one batch to another, and makes one batch of several."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from ocrdesk.engine.facts import Fact, pack_told
from ocrdesk.engine.library.connection import Connection

PART = 200
"""How many pages are moved in one transaction, some hundredths of a second."""

_TAKEN_OUT = pack_told(Fact.TAKEN_OUT())

_SOME = "(SELECT value FROM json_each(:pages))"
_WHAT_MOVES = (
    "SELECT page.id, page.status = 'done' AS is_read, there.id AS there, there.position AS place, "
    "there.status IN ('done', 'running') AS there_stays "
    "FROM json_each(:pages) JOIN page ON page.id = value "
    "LEFT JOIN page AS there ON there.batch_id = :into AND there.path = page.path AND there.frame = page.frame "
    "WHERE page.batch_id <> :into AND page.status <> 'running' ORDER BY json_each.key"
)
_MOVE = (  # its text stays as it is, whatever the order in which pages of the other batch are read
    "UPDATE page SET position = ?2, batch_id = ?3, way = coalesce(way, (SELECT nullif(batch.way, other.way) "
    "FROM batch JOIN batch AS other ON other.id = ?3 WHERE batch.id = page.batch_id)) WHERE id = ?1"
)
_KEEP_OUT = (  # of a file none of whose pages is left in its batch
    "INSERT OR REPLACE INTO left_out (batch_id, path, why) SELECT batch_id, path, :why FROM page "
    f"WHERE id IN {_SOME} AND batch_id <> :into AND status <> 'running' GROUP BY batch_id, path HAVING count(*) = "
    "(SELECT count(*) FROM page AS whole WHERE whole.batch_id = page.batch_id AND whole.path = page.path)"
)
_LET_IN = (
    "DELETE FROM left_out WHERE batch_id = :into AND why = :why "
    f"AND path IN (SELECT path FROM page WHERE id IN {_SOME})"
)


@dataclass(frozen=True, slots=True)
class Moved:
    """The result of moving pages.

    Attributes:
        moved: How many pages are in the other batch now.
        known: How many are not kept twice, because that batch had the same page.
        stayed: How many stay where they were, because they are being read.
    """

    moved: int = 0
    known: int = 0
    stayed: int = 0

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(self.moved + other.moved, self.known + other.known, self.stayed + other.stayed)


class Moving:
    """Moves pages between batches; a part of the library.

    A page keeps its reading, its number and whether it is queued. Of a page that is in both batches, the one that was
    read is kept; of two, that of the batch to which they are moved.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def move(self, page_ids: Sequence[int], into: int, is_over: Callable[[], bool] = lambda: False) -> Moved:
        """Moves pages to the end of a batch, in this order; their files are not added again where they were.

        Args:
            page_ids: The numbers of the pages.
            into: The number of the batch; if it was removed, nothing happens.
            is_over: Called before each transaction; if it returns True, the rest stays.
        """
        return self._move(page_ids, into, is_over, keep_out=True)

    def merge(self, batch_ids: Sequence[int], is_over: Callable[[], bool] = lambda: False) -> Moved:
        """Moves all pages of batches into the first of them, one batch after another, and removes the empty ones.

        A batch in which a page is being read stays with that page.

        Args:
            batch_ids: The numbers of the batches.
            is_over: Called before each transaction; if it returns True, the rest stays where it is.
        """
        into, moved = batch_ids[0], Moved()
        for batch_id in batch_ids[1:]:
            pages = self._connection.search(
                "SELECT id FROM page WHERE batch_id = :batch ORDER BY position", batch=batch_id
            )
            moved += self._move([row["id"] for row in pages], into, is_over, keep_out=False)
            if is_over():
                break
            with self._connection.write() as db:
                db.execute("UPDATE OR IGNORE left_out SET batch_id = ? WHERE batch_id = ?", (into, batch_id))
                db.execute(
                    "DELETE FROM batch WHERE id = ?1 AND id <> ?2 AND EXISTS (SELECT 1 FROM batch WHERE id = ?2) "
                    "AND NOT EXISTS (SELECT 1 FROM page WHERE batch_id = ?1)",
                    (batch_id, into),
                )
        return moved

    def _move(self, page_ids: Sequence[int], into: int, is_over: Callable[[], bool], *, keep_out: bool) -> Moved:
        parts: list[Moved] = []
        write = partial(_move_some, into, keep_out, parts.append)
        self._connection.write_in_parts(page_ids, PART, write, is_over)
        return sum(parts, Moved())


def _move_some(
    into: int, keep_out: bool, tell: Callable[[Moved], object], db: sqlite3.Connection, some: Sequence[int]
) -> None:
    if not db.execute("SELECT 1 FROM batch WHERE id = ? AND hidden = 0", (into,)).fetchone():
        return
    values = {"pages": json.dumps(list(some)), "into": into, "why": _TAKEN_OUT}
    rows = db.execute(_WHAT_MOVES, values).fetchall()
    if keep_out:
        db.execute(_KEEP_OUT, values)
    db.execute(_LET_IN, values)
    end = db.execute("SELECT coalesce(max(position), 0) FROM page WHERE batch_id = ?", (into,)).fetchone()[0]
    moves: list[tuple[int, int, int]] = []
    goes: list[int] = []
    for row in rows:
        if row["there"] is None:
            moves.append((row["id"], end + len(moves) + 1, into))
        elif row["is_read"] and not row["there_stays"]:
            goes.append(row["there"])
            moves.append((row["id"], row["place"], into))
        else:
            goes.append(row["id"])
    db.execute("DELETE FROM page WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(goes),))
    db.executemany(_MOVE, moves)
    stayed = "SELECT count(*) FROM page WHERE status = 'running' AND batch_id <> :into AND id IN " + _SOME
    tell(Moved(len(moves), len(rows) - len(moves), db.execute(stayed, values).fetchone()[0]))
