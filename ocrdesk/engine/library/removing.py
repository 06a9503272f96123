"""Removes pages and batches: hidden immediately, brought back if wanted, and removed from disk a part at a time."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ocrdesk.engine.errors import Gone, LibraryError
from ocrdesk.engine.library.connection import Connection, path_from_bytes, path_to_bytes
from ocrdesk.engine.library.rows import TAKEN_OUT
from ocrdesk.engine.library.search_index import mark_to_index, remove_from_index
from ocrdesk.engine.words import _

PART = 100
"""How many pages are taken out, put back or removed in one transaction, some hundredths of a second."""

_NEVER = lambda: False  # noqa: E731


@dataclass(frozen=True, slots=True)
class Removed:
    """What a person removed at one go, and can be brought back.

    Attributes:
        holder: The hidden batch that holds it.
        batch_id: The batch that it was removed from: ``holder`` itself where the whole batch was removed.
        name: The name of that batch.
        pages: The numbers of the pages that were removed, in order; empty where the whole batch was.
    """

    holder: int
    batch_id: int
    name: str
    pages: tuple[int, ...] = ()


class Removing:
    """Removes pages and batches; a part of the library.

    A batch that was removed is hidden, and pages that were taken out of a batch are put into a hidden one of their own:
    nobody sees them, and others can take their place. So they can be brought back until ``finish`` is called for the
    hidden batch. A batch that is being opened is hidden, too, and one whose pages were moved into another: only what a
    person removed says from where (``removed_from``), so that the next start can offer to bring it back.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Pages

    def take_out(self, batch_id: int, page_ids: Sequence[int], is_over: Callable[[], bool] = _NEVER) -> int:
        """Takes pages out of their batch; a file whose pages are all taken out is not added again.

        All of them are, or none: what was taken out when it fails, or the program dies, is put back, if need be at the
        next start. What ``is_over`` leaves stays in the batch.

        Returns:
            The hidden batch that holds them.

        Raises:
            LibraryError: They could not be taken out.
        """
        with self._connection.write() as db:
            holder: int = db.execute(  # its pages are still read as those of their batch
                "INSERT INTO batch (name, origin, whole_folder, way, regions, languages, hidden, back_to) "
                "SELECT '', x'', 0, coalesce(max(way), 'auto'), coalesce(max(regions), '[]'), "
                "coalesce(max(languages), ''), 1, max(id) "
                "FROM batch WHERE id = ? RETURNING id",
                (batch_id,),
            ).fetchone()["id"]

        def take_some(db: sqlite3.Connection, some: Sequence[int]) -> None:
            values = {"batch": batch_id, "holder": holder, "pages": json.dumps(list(some)), "why": TAKEN_OUT}
            whole = (
                "SELECT path FROM page WHERE batch_id = :batch AND id IN (SELECT value FROM json_each(:pages)) "
                "GROUP BY path HAVING count(*) = (SELECT count(*) FROM page AS whole "
                "WHERE whole.batch_id = :batch AND whole.path = page.path)"
            )
            for sql in (
                "INSERT OR REPLACE INTO left_out (batch_id, path, why) "
                f"SELECT :holder, path, why FROM left_out WHERE batch_id = :batch AND path IN ({whole})",
                f"INSERT OR REPLACE INTO left_out (batch_id, path, why) SELECT :batch, path, :why FROM ({whole})",
                "UPDATE page SET batch_id = :holder WHERE batch_id = :batch "
                "AND id IN (SELECT value FROM json_each(:pages))",
            ):
                db.execute(sql, values)

        try:
            self._connection.write_in_parts(page_ids, PART, take_some, is_over)
            with self._connection.write() as db:
                db.execute("UPDATE batch SET back_to = NULL, removed_from = back_to WHERE id = ?", (holder,))
        except LibraryError:
            with suppress(LibraryError):  # on a full disk, say: the next start does it
                self._go_on(holder, batch_id, _NEVER)
            raise
        return holder

    def put_back(self, holder: int, batch_id: int, is_over: Callable[[], bool] = _NEVER) -> None:
        """Puts pages back that were taken out of a batch; once begun, the next start goes on with it.

        Args:
            holder: The hidden batch that holds them.
            batch_id: Their batch. A page that was added to it again meanwhile stays, and the one taken out is not
                put back.
            is_over: Called before each transaction; if it returns True, the rest is left for the next start.

        Raises:
            Gone: The pages or their batch were removed for good, or all pages are there again.
        """
        with self._connection.write() as db:
            begun = db.execute(
                "UPDATE batch SET back_to = :batch WHERE id = :holder AND hidden = 1 "
                "AND EXISTS (SELECT 1 FROM batch WHERE id = :batch AND hidden = 0)",
                {"holder": holder, "batch": batch_id},
            ).rowcount
        if not begun:
            raise Gone(_("The pages cannot be put back, because they were removed for good."))
        if not self._go_on(holder, batch_id, is_over) and not is_over():
            raise Gone(_("The pages were not put back, because they are in the batch again already."))

    def recover(self) -> None:
        """Puts pages back where the program died or ended meanwhile, or while it took them out."""
        for row in self._connection.read(
            "SELECT id, back_to FROM batch WHERE back_to IN (SELECT other.id FROM batch AS other)"
        ):
            self._go_on(row["id"], row["back_to"], _NEVER)

    def put_back_files(
        self, holder: int, batch_id: int, files: Collection[Path], is_over: Callable[[], bool] = _NEVER
    ) -> dict[int, Path]:
        """Puts those pages back that are of some files, as ``put_back`` does with all.

        Returns:
            The pages that were held, and their files.
        """
        rows = self._connection.read("SELECT id, path FROM page WHERE batch_id = ? ORDER BY position", holder)
        wanted = {path_to_bytes(file) for file in files}
        held = {row["id"]: path_from_bytes(row["path"]) for row in rows if row["path"] in wanted}
        self._move_back(list(held), holder, batch_id, is_over)
        return held

    def _go_on(self, holder: int, batch_id: int, is_over: Callable[[], bool]) -> int:
        """Puts all pages back; returns how many."""
        found = self._connection.read("SELECT id FROM page WHERE batch_id = ? ORDER BY position", holder)
        count = self._move_back([row["id"] for row in found], holder, batch_id, is_over)
        if not is_over():
            with self._connection.write() as db:
                db.execute("UPDATE batch SET back_to = NULL, removed_from = NULL WHERE id = ?", (holder,))
                db.execute(
                    "DELETE FROM batch WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM page WHERE batch_id = ?1)", (holder,)
                )
        return count

    def _move_back(self, page_ids: Sequence[int], holder: int, batch_id: int, is_over: Callable[[], bool]) -> int:
        count = 0

        def move_some(db: sqlite3.Connection, some: Sequence[int]) -> None:
            nonlocal count
            values = {"batch": batch_id, "holder": holder, "pages": json.dumps(list(some)), "why": TAKEN_OUT}
            of_them = "path IN (SELECT path FROM page WHERE id IN (SELECT value FROM json_each(:pages)))"
            db.execute(f"DELETE FROM left_out WHERE batch_id = :batch AND why = :why AND {of_them}", values)
            db.execute(
                f"UPDATE OR IGNORE left_out SET batch_id = :batch WHERE batch_id = :holder AND {of_them}", values
            )
            count += db.execute(
                "UPDATE OR IGNORE page SET batch_id = :batch WHERE id IN (SELECT value FROM json_each(:pages)) "
                "AND EXISTS (SELECT 1 FROM batch WHERE id = :batch AND hidden = 0)",
                values,
            ).rowcount
            mark_to_index(db, some)  # other regions may count there by now

        self._connection.write_in_parts(page_ids, PART, move_some, is_over)
        return count

    # Batches

    def hide(self, batch_id: int) -> None:
        """Removes a batch in a way that can be undone: it is hidden, and its folder can be added again."""
        with self._connection.write() as db:
            db.execute("UPDATE batch SET hidden = 1, removed_from = id WHERE id = ?", (batch_id,))

    def show(self, batch_id: int) -> None:
        """Brings a hidden batch back.

        Raises:
            Gone: It was removed for good.
            LibraryError: Its folder is another batch meanwhile.
        """
        with self._connection.write() as db:
            other = db.execute(
                "SELECT other.name FROM batch JOIN batch AS other ON other.origin = batch.origin AND other.hidden = 0 "
                "AND other.whole_folder = batch.whole_folder AND other.id <> batch.id WHERE batch.id = ?",
                (batch_id,),
            ).fetchone()
            if other:
                raise LibraryError(
                    _("The folder was added again, as the batch “{name}”. Remove that one first, then undo.").format(
                        name=other["name"]
                    )
                )
            if not db.execute("UPDATE batch SET hidden = 0, removed_from = NULL WHERE id = ?", (batch_id,)).rowcount:
                raise Gone(_("The batch cannot be put back, because it was removed for good."))

    # What is hidden

    def hidden(self) -> list[int]:
        """Returns the hidden batches."""
        return [row["id"] for row in self._connection.read("SELECT id FROM batch WHERE hidden = 1")]

    def removed(self) -> list[Removed]:
        """Returns what a person removed and can be brought back: pages before the batches that they were removed from.

        Pages of a batch that was removed for good are not among them.
        """
        rows = self._connection.read(
            "SELECT batch.id, batch.removed_from, of.name FROM batch JOIN batch AS of ON of.id = batch.removed_from "
            "WHERE batch.hidden = 1 AND batch.back_to IS NULL AND (of.hidden = 0 OR of.removed_from = of.id) "
            "ORDER BY batch.id = batch.removed_from, batch.id"
        )
        found = [Removed(row["id"], row["removed_from"], row["name"], self._pages_of(row)) for row in rows]
        return [removed for removed in found if removed.pages or removed.holder == removed.batch_id]

    def _pages_of(self, row: sqlite3.Row) -> tuple[int, ...]:
        if row["id"] == row["removed_from"]:
            return ()
        held = self._connection.read("SELECT id FROM page WHERE batch_id = ? ORDER BY position", row["id"])
        return tuple(page["id"] for page in held)

    def offer_no_more(self, batch_ids: Iterable[int]) -> None:
        """Keeps hidden batches out of ``removed``; they can still be brought back until they are removed for good."""
        with self._connection.write() as db:
            db.executemany("UPDATE batch SET removed_from = NULL WHERE id = ?", [(one,) for one in batch_ids])

    def finish(self, batch_id: int, is_over: Callable[[], bool] = _NEVER) -> Path | None:
        """Removes a hidden batch with its pages for good.

        Returns:
            The folder that it was made from; None if there is no such batch, or it is not removed to its end.
        """
        pages = self._connection.search(
            "SELECT page.id FROM page JOIN batch ON batch.id = batch_id WHERE batch.id = :batch AND hidden = 1",
            batch=batch_id,
        )
        self._connection.write_in_parts([row["id"] for row in pages], PART, _delete, is_over)
        if is_over():
            return None
        with self._connection.write() as db:
            gone = db.execute("DELETE FROM batch WHERE id = ? AND hidden = 1 RETURNING origin", (batch_id,)).fetchall()
        return path_from_bytes(gone[0]["origin"]) if gone and gone[0]["origin"] else None


def _delete(db: sqlite3.Connection, page_ids: Sequence[int]) -> None:
    remove_from_index(db, page_ids)
    db.execute("DELETE FROM page WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(page_ids)),))
