"""What runs do with pages before they are read: queue, claim and release them."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from ocrdesk.engine.document import Mode, Page
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.rows import PAGE_COLUMNS, page_of

MARKED_AT_ONCE = 500
"""How many pages are marked in one transaction, some hundredths of a second."""

QUEUE_SOME = "UPDATE page SET queued = 1 WHERE id IN (SELECT value FROM json_each(?)) AND status = 'pending'"
_UNQUEUE_SOME = "UPDATE page SET queued = 0 WHERE id IN (SELECT value FROM json_each(?)) AND status = 'pending'"
READ_AGAIN = (
    "UPDATE page SET status = 'pending', queued = 1, message = NULL, content = NULL "
    "WHERE id IN (SELECT value FROM json_each(?)) AND status <> 'running'"
)


class Runs:
    """Which pages are queued, being read, or suspects; a part of the library.

    A page becomes a suspect if a process dies while reading it. That proves nothing, since the process may have been
    reading other pages, too, or the computer may have been switched off. It remains one until it has been read or its
    file is changed.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def recover(self) -> None:
        """Makes the pages that were being read when the program died wait again, as suspects."""
        if not self._connection.read("SELECT 1 FROM page WHERE status = 'running' LIMIT 1"):
            return
        with self._connection.write() as db:
            db.execute("UPDATE page SET status = 'pending', suspect = 1 WHERE status = 'running'")

    # Which pages are queued

    def queue(self, batch_id: int, page_ids: Iterable[int] | None = None) -> None:
        """Queues pages for a run: all that wait in a batch, or only those of the given ones that wait."""
        waiting = "SELECT json_group_array(id) FROM page WHERE batch_id = ? AND status = 'pending' AND queued = 0"
        if page_ids is None:
            page_ids = json.loads(self._connection.read(waiting, batch_id)[0][0])
        self._mark(page_ids, QUEUE_SOME)

    def unqueue(self, batch_id: int) -> None:
        """Takes those pages of a batch that no worker has claimed out of the queue; they stay PENDING."""
        self._mark(self.wanted(batch_id), _UNQUEUE_SOME)

    def wanted(self, batch_id: int) -> list[int]:
        """Returns the pages of a batch that are queued but not claimed, in the order in which they will be read."""
        rows = self._connection.read(
            "SELECT json_group_array(id) FROM (SELECT id FROM page "
            "WHERE batch_id = ? AND status = 'pending' AND queued = 1 ORDER BY suspect, position)",
            batch_id,
        )
        wanted: list[int] = json.loads(rows[0][0])
        return wanted

    def drop_checkpoints(self, page_ids: Iterable[int]) -> None:
        """Queues pages to be read again. Their old reading stays until a new one replaces it."""
        self._mark(page_ids, READ_AGAIN)

    def read_in_mode(self, page_ids: Iterable[int], mode: Mode | None) -> None:
        """Queues pages to be read again in a mode, which they keep; None: in that of the run, whatever they had."""
        value = f"'{mode.value}'" if mode is not None else "NULL"
        wanted = (
            f"UPDATE page SET mode_wanted = {value} "
            "WHERE id IN (SELECT value FROM json_each(?)) AND status <> 'running'"
        )
        self._mark(page_ids, wanted, READ_AGAIN)

    def modes_of(self, page_ids: Iterable[int]) -> set[Mode | None]:
        """Returns the modes that pages are to be read in; None: that of the run."""
        rows = self._connection.read(
            "SELECT DISTINCT mode_wanted FROM page WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(page_ids)),
        )
        return {Mode(row["mode_wanted"]) if row["mode_wanted"] else None for row in rows}

    def turn_pages(self, page_ids: Iterable[int], by: int) -> None:
        """Queues pages to be read again, turned by 90, 180 or -90 degrees clockwise from how they are now."""
        turned = (
            f"UPDATE page SET turn_wanted = (coalesce(turn_wanted, turn) + {by:d} + 360) % 360 "
            "WHERE id IN (SELECT value FROM json_each(?)) AND status <> 'running'"
        )
        self._mark(page_ids, turned, READ_AGAIN)

    def turns_of(self, page_ids: Iterable[int]) -> dict[int, int | None]:
        """Returns how pages are to be turned; None: as their lines say."""
        rows = self._connection.read(
            "SELECT json_group_array(id), json_group_array(turn_wanted) FROM page "
            "WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(page_ids)),
        )
        return dict(zip(*map(json.loads, rows[0]), strict=True))

    def set_turns(self, turns: Mapping[int, int | None]) -> None:
        """Queues pages to be read again, turned as given; None: as their lines say."""
        for turn in set(turns.values()):
            turned = (
                f"UPDATE page SET turn_wanted = {'NULL' if turn is None else int(turn)} "
                "WHERE id IN (SELECT value FROM json_each(?)) AND status <> 'running'"
            )
            self._mark([page_id for page_id, wanted in turns.items() if wanted == turn], turned, READ_AGAIN)

    def _mark(self, page_ids: Iterable[int], *updates: str) -> None:
        """Runs updates on pages, a part at a time."""

        def update(db: sqlite3.Connection, some: Sequence[int]) -> None:
            chosen = json.dumps(list(some))
            for sql in updates:
                db.execute(sql, (chosen,))

        self._connection.write_in_parts(list(page_ids), MARKED_AT_ONCE, update)

    # Which pages are being read

    def claim_next(self, batch_id: int) -> Page | None:
        """Makes the next queued page that is no suspect RUNNING and returns it, or None if there is none."""
        return self._claim(
            "SELECT id FROM page WHERE batch_id = ? AND status = 'pending' AND queued = 1 AND suspect = 0 "
            "ORDER BY position LIMIT 1",
            batch_id,
        )

    def claim(self, page_id: int) -> Page | None:
        """Makes one page RUNNING and returns it, suspect or not; returns None if it is no longer queued."""
        return self._claim("SELECT id FROM page WHERE id = ? AND status = 'pending' AND queued = 1", page_id)

    def _claim(self, which: str, value: int) -> Page | None:
        with self._connection.write() as db:
            row = db.execute(
                f"UPDATE page SET status = 'running' WHERE id = ({which}) RETURNING {PAGE_COLUMNS}", (value,)
            ).fetchone()
        return page_of(row) if row else None

    def release(self, page_id: int) -> None:
        """Makes a claimed page PENDING again, as if it had never been claimed."""
        with self._connection.write() as db:
            db.execute("UPDATE page SET status = 'pending' WHERE id = ? AND status = 'running'", (page_id,))

    def suspect(self, page_id: int) -> None:
        """Makes a claimed page PENDING again, as a suspect."""
        with self._connection.write() as db:
            db.execute(
                "UPDATE page SET status = 'pending', suspect = 1 WHERE id = ? AND status = 'running'", (page_id,)
            )

    def requeue_running(self, batch_id: int) -> None:
        """Makes pages PENDING that a run left RUNNING because it could not store them; call it when no worker reads."""
        left = "SELECT 1 FROM page WHERE batch_id = ? AND status = 'running' LIMIT 1"
        if not self._connection.read(left, batch_id):  # as nearly always: the window need not wait for another writer
            return
        with self._connection.write() as db:
            db.execute("UPDATE page SET status = 'pending' WHERE batch_id = ? AND status = 'running'", (batch_id,))
