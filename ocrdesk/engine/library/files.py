"""What the library knows of the files behind the pages: which are known, moved, the same, or left out."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ocrdesk.engine.document import Brought, KnownFile, LeftOutFile, Page
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.facts import Fact, pack_told, told_of
from ocrdesk.engine.library.connection import Connection, path_from_bytes, path_to_bytes
from ocrdesk.engine.library.rows import PAGE_COLUMNS, page_of
from ocrdesk.engine.words import _

CHUNK = 1000
"""How many pages are changed in one transaction."""

_TAKEN_OUT = pack_told(Fact.TAKEN_OUT())


@dataclass(frozen=True, slots=True)
class MovedPage:
    """A page whose file is found in another place.

    Attributes:
        page_id: The page.
        path: Where its file is.
        name: What people see of it now.
        size: Of the file in bytes.
        modified: Time of its last change, in nanoseconds.
    """

    page_id: int
    path: Path
    name: str
    size: int
    modified: int


class BatchFiles:
    """The files of batches; a part of the library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, batch_id: int) -> dict[Path, KnownFile]:
        """The files of a batch as they were when their pages were added."""
        rows = self._connection.read(
            "SELECT path, max(size) AS size, max(modified) AS modified, group_concat(frame) AS frames "
            "FROM page WHERE batch_id = ? GROUP BY path",
            batch_id,
        )
        return {
            path_from_bytes(row["path"]): KnownFile(
                row["size"],
                row["modified"],
                tuple(sorted(int(frame) for frame in row["frames"].split(","))),
            )
            for row in rows
        }

    def taken_out(self, batch_id: int) -> set[Path]:
        """The files of a batch that a person took out of it."""
        rows = self._connection.read("SELECT path FROM left_out WHERE batch_id = ? AND why = ?", batch_id, _TAKEN_OUT)
        return {path_from_bytes(row["path"]) for row in rows}

    def contents(self, batch_id: int) -> dict[Path, bytes]:
        """The fingerprints of those files of a batch that were read."""
        rows = self._connection.read(
            "SELECT path, max(content) AS content FROM page WHERE batch_id = ? AND content IS NOT NULL GROUP BY path",
            batch_id,
        )
        return {path_from_bytes(row["path"]): row["content"] for row in rows}

    def twin(self, page: Page, content: bytes) -> Page | None:
        """A page of the same content that was read in the same way: the page itself, or the first that was.

        A page that a person turned has none and is none: it is read as it was turned. Nor is one whose reading came
        in a batch file without its picture: anybody can write any text beside any fingerprint.
        """
        if page.turn_wanted is not None:
            return None
        rows = self._connection.read(
            f"SELECT {PAGE_COLUMNS} FROM page WHERE content = ? AND frame = ? AND as_picture = ? "
            "AND turn_wanted IS NULL AND seconds IS NOT NULL AND (id = ? OR status = 'done') AND brought <> ? "
            "AND batch_id NOT IN (SELECT id FROM batch WHERE hidden = 1) "
            "ORDER BY id <> ?, id LIMIT 1",
            content, page.frame, page.as_picture, page.id, Brought.ALONE, page.id,
        )  # fmt: skip
        return page_of(rows[0]) if rows else None

    def put_in_order(self, batch_id: int, page_ids: Sequence[int]) -> None:
        """Gives pages this order; those of the batch that are not named come after them, in theirs."""
        named = set(page_ids)
        rows = self._connection.read("SELECT id FROM page WHERE batch_id = ? ORDER BY position", batch_id)
        order = [*page_ids, *(row["id"] for row in rows if row["id"] not in named)]
        if order == [row["id"] for row in rows]:
            return
        self._connection.write_in_parts(
            list(enumerate(order, start=1)),
            CHUNK,
            lambda db, some: db.executemany("UPDATE page SET position = ? WHERE id = ?", some),
        )

    def locked(self, batch_id: int) -> list[Path]:
        """The files of a batch that wait for a password."""
        rows = self._connection.read(
            "SELECT DISTINCT path FROM page WHERE batch_id = ? AND locked = 1 AND status = 'failed' ORDER BY position",
            batch_id,
        )
        return [path_from_bytes(row["path"]) for row in rows]

    def keep_locked(self, batch_id: int, path: Path) -> list[int]:
        """Marks all pages of a file as protected, and gives them in their order."""
        with self._connection.write() as db:
            rows = db.execute(
                "UPDATE page SET locked = 1 WHERE batch_id = ? AND path = ? RETURNING id, frame",
                (batch_id, path_to_bytes(path)),
            ).fetchall()
        return [row["id"] for row in sorted(rows, key=lambda row: row["frame"])]

    def read_as_picture(self, page_ids: Iterable[int], as_picture: bool) -> None:
        """Sets whether pages are read even where their file has text of its own; for when they are read next.

        That text cannot be turned: a page that takes it is no longer wanted at another turn.
        """
        sql = (
            "UPDATE page SET as_picture = ?1, turn_wanted = iif(?1, turn_wanted, NULL) "
            "WHERE id IN (SELECT value FROM json_each(?2))"
        )
        self._connection.write_in_parts(
            list(page_ids), CHUNK, lambda db, some: db.execute(sql, (as_picture, json.dumps(list(some))))
        )

    def watched(self) -> list[int]:
        """The batches whose folders are watched."""
        return [row["id"] for row in self._connection.read("SELECT id FROM batch WHERE watched = 1 AND hidden = 0")]

    def watch(self, batch_id: int, watched: bool) -> None:
        """Sets whether what arrives in the folder of a batch is read."""
        with self._connection.write() as db:
            db.execute("UPDATE batch SET watched = ? WHERE id = ?", (watched, batch_id))

    def left_out(self, batch_id: int) -> list[LeftOutFile]:
        """The files of a batch that gave no page."""
        rows = self._connection.read("SELECT path, why FROM left_out WHERE batch_id = ? ORDER BY path", batch_id)
        return [LeftOutFile(path_from_bytes(row["path"]), told_of(row["why"]) or "") for row in rows]

    def keep_left_out(self, batch_id: int, files: Iterable[LeftOutFile], *, all_of_it: bool) -> None:
        """Keeps which files gave no page.

        Args:
            batch_id: The batch.
            files: Those found now.
            all_of_it: Whether the whole folder was walked, so that what was known before is out of date.
        """
        with self._connection.write() as db:
            if all_of_it:
                # Of a file with pages it stays known that it has more: it is not counted again while it is unchanged.
                db.execute(
                    "DELETE FROM left_out WHERE batch_id = ?1 "
                    "AND path NOT IN (SELECT path FROM page WHERE batch_id = ?1)",
                    (batch_id,),
                )
            db.executemany(
                "INSERT OR REPLACE INTO left_out (batch_id, path, why) SELECT ?, ?, ? "
                "WHERE EXISTS (SELECT 1 FROM batch WHERE id = ?)",
                [(batch_id, path_to_bytes(file.path), pack_told(file.why), batch_id) for file in files],
            )
            db.execute(  # added by name
                "DELETE FROM left_out WHERE batch_id = ?1 AND why IN (?2, ?3, ?4) "
                "AND path IN (SELECT path FROM page WHERE batch_id = ?1)",
                (batch_id, _TAKEN_OUT, pack_told(Fact.NO_PAGE()), pack_told(Fact.OWN_EXPORT())),
            )

    def move(self, batch_id: int, origin: Path, moved: Sequence[MovedPage]) -> None:
        """Follows pages to where their files are now; those that failed because theirs was gone wait again.

        Raises:
            LibraryError: There is another batch of that folder.
        """
        kept = path_to_bytes(origin)
        with self._connection.write() as db:
            other = db.execute(
                "SELECT other.name FROM batch JOIN batch AS other ON other.origin = ? AND other.id <> batch.id "
                "AND other.hidden = 0 AND other.whole_folder = batch.whole_folder WHERE batch.id = ?",
                (kept, batch_id),
            ).fetchone()
            if other:
                raise LibraryError(
                    _("That folder is the batch “{name}” already. Remove one of the two batches first.").format(
                        name=other["name"]
                    )
                )
            db.execute("UPDATE batch SET origin = ? WHERE id = ?", (kept, batch_id))
            db.executemany(
                "UPDATE OR IGNORE page SET path = ?, name = ?, size = ?, modified = ?, "
                "message = iif(status = 'failed' AND content IS NULL, NULL, message), "
                "status = iif(status = 'failed' AND content IS NULL, 'pending', status) WHERE id = ?",
                [(path_to_bytes(page.path), page.name, page.size, page.modified, page.page_id) for page in moved],
            )
