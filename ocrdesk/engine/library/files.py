"""What the library knows about the files of the pages: which are known, moved, identical, or skipped."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ocrdesk.engine.document import Brought, KnownFile, LeftOutFile, Page
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.facts import Fact, pack_told, told_of
from ocrdesk.engine.library.connection import Connection, path_from_bytes, path_to_bytes
from ocrdesk.engine.library.rows import PAGE_COLUMNS, SEEN, TAKEN_OUT, page_of
from ocrdesk.engine.library.search_index import mark_to_index
from ocrdesk.engine.words import _

CHUNK = 1000
"""How many pages are changed in one transaction."""


@dataclass(frozen=True, slots=True)
class MovedPage:
    """A page whose file was found in another place.

    Attributes:
        page_id: The number of the page.
        path: The new path of its file.
        name: The new name shown.
        size: Size of the file, in bytes.
        modified: Time of the file's last change, in nanoseconds.
    """

    page_id: int
    path: Path
    name: str
    size: int
    modified: int


class PdfState(NamedTuple):
    """What decides how the file of a page can be read otherwise.

    Attributes:
        locked: Whether the file is protected by a password.
        as_picture: Whether the page is to be read as a picture, whatever text the PDF has.
        recognizer: The name stored with its reading.
    """

    locked: bool
    as_picture: bool
    recognizer: str | None


class BatchFiles:
    """The files of batches; a part of the library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, batch_id: int) -> dict[Path, KnownFile]:
        """Returns the files of a batch as they were when their pages were added."""
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
        """Returns the files that the user removed from a batch."""
        rows = self._connection.read("SELECT path FROM left_out WHERE batch_id = ? AND why = ?", batch_id, TAKEN_OUT)
        return {path_from_bytes(row["path"]) for row in rows}

    def contents(self, batch_id: int) -> dict[Path, bytes]:
        """Returns the fingerprints of the files of a batch that were read."""
        rows = self._connection.read(
            "SELECT path, max(content) AS content FROM page WHERE batch_id = ? AND content IS NOT NULL GROUP BY path",
            batch_id,
        )
        return {path_from_bytes(row["path"]): row["content"] for row in rows}

    def pages_in(self, folder: Path, batch_id: int) -> set[int]:
        """Returns the pages of a batch whose files lie in a folder."""
        rows = self._connection.read(
            "SELECT id FROM page WHERE batch_id = ? AND path > ? AND path < ?", batch_id, *_bounds(folder)
        )
        return {row["id"] for row in rows}

    def all_in(self, folder: Path) -> set[Path]:
        """Returns the files in a folder that any batch has, even one that is being opened or removed."""
        begin, end = _bounds(folder)
        rows = self._connection.search(
            "SELECT DISTINCT path FROM page WHERE path > :begin AND path < :end", begin=begin, end=end
        )
        return {path_from_bytes(row["path"]) for row in rows}

    def twin(self, page: Page, content: bytes) -> Page | None:
        """Returns a page of the same content that was read in the same manner: the page itself, or the first such one.

        A page that the user turned neither has a twin nor is one: it is read as it was turned. Neither is a page whose
        reading came in a batch file without its picture, because anybody can write any text with any fingerprint.
        """
        if page.turn_wanted is not None:
            return None
        rows = self._connection.read(
            f"SELECT {PAGE_COLUMNS} FROM page WHERE content = ? AND frame = ? AND as_picture = ? "
            "AND turn_wanted IS NULL AND seconds IS NOT NULL AND (id = ? OR status = 'done') AND brought <> ? "
            f"AND {SEEN} "
            "ORDER BY id <> ?, id LIMIT 1",
            content, page.frame, page.as_picture, page.id, Brought.ALONE, page.id,
        )  # fmt: skip
        return page_of(rows[0]) if rows else None

    def put_in_order(self, batch_id: int, page_ids: Sequence[int]) -> None:
        """Puts pages in this order; the other pages of the batch follow them in their old order."""
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

    def place_of(self, page: Page) -> tuple[int, int]:
        """Returns which page of its batch one is, from 1 on, and how many there are."""
        count = "SELECT count(*) AS count FROM page WHERE batch_id = ?"
        upto = f"{count} AND position <= (SELECT position FROM page WHERE id = ?)"
        (all_of_them,), (to_it,) = (
            self._connection.read(count, page.batch_id),
            self._connection.read(upto, page.batch_id, page.id),
        )
        return to_it["count"], all_of_them["count"]

    def locked(self, batch_id: int) -> list[Path]:
        """Returns the files of a batch that wait for a password."""
        rows = self._connection.read(
            "SELECT DISTINCT path FROM page WHERE batch_id = ? AND locked = 1 AND status = 'failed' ORDER BY position",
            batch_id,
        )
        return [path_from_bytes(row["path"]) for row in rows]

    def keep_locked(self, batch_id: int, path: Path) -> list[int]:
        """Marks all pages of a file as protected, and returns them in order."""
        with self._connection.write() as db:
            rows = db.execute(
                "UPDATE page SET locked = 1 WHERE batch_id = ? AND path = ? RETURNING id, frame",
                (batch_id, path_to_bytes(path)),
            ).fetchall()
        return [row["id"] for row in sorted(rows, key=lambda row: row["frame"])]

    def pdf_states(self, page_ids: Iterable[int]) -> set[PdfState]:
        """Returns which states pages are in. It is asked whenever others are chosen, so no page is made of a row."""
        rows = self._connection.read(
            "SELECT DISTINCT locked, as_picture, recognizer FROM page "
            f"WHERE id IN (SELECT value FROM json_each(?)) AND {SEEN}",
            json.dumps(list(page_ids)),
        )
        return {PdfState(bool(row["locked"]), bool(row["as_picture"]), row["recognizer"]) for row in rows}

    def read_as_picture(self, page_ids: Iterable[int], as_picture: bool) -> None:
        """Sets whether pages are read as pictures even if their file has embedded text, from their next reading on.

        Embedded text cannot be turned, so a page that uses it loses any turn that the user wanted.
        """
        sql = (
            "UPDATE page SET as_picture = ?1, turn_wanted = iif(?1, turn_wanted, NULL) "
            "WHERE id IN (SELECT value FROM json_each(?2))"
        )
        self._connection.write_in_parts(
            list(page_ids), CHUNK, lambda db, some: db.execute(sql, (as_picture, json.dumps(list(some))))
        )

    def watched(self) -> list[int]:
        """Returns the batches whose folders are watched."""
        return [row["id"] for row in self._connection.read("SELECT id FROM batch WHERE watched = 1 AND hidden = 0")]

    def watch(self, batch_id: int, watched: bool) -> None:
        """Sets whether files that arrive in the folder of a batch are read."""
        with self._connection.write() as db:
            db.execute("UPDATE batch SET watched = ? WHERE id = ?", (watched, batch_id))

    def left_out(self, batch_id: int) -> list[LeftOutFile]:
        """Returns the files of a batch that were skipped."""
        rows = self._connection.read("SELECT path, why FROM left_out WHERE batch_id = ? ORDER BY path", batch_id)
        return [LeftOutFile(path_from_bytes(row["path"]), told_of(row["why"]) or "") for row in rows]

    def keep_left_out(self, batch_id: int, files: Iterable[LeftOutFile], *, all_of_it: bool) -> None:
        """Stores which files were skipped.

        Args:
            batch_id: The number of the batch.
            files: The files skipped now.
            all_of_it: Whether the whole folder was walked, so that earlier entries are out of date.
        """
        with self._connection.write() as db:
            if all_of_it:
                # That a file has more pages than were added stays stored, since an unchanged file is not counted again.
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
            db.execute(  # files that the user has now added explicitly
                "DELETE FROM left_out WHERE batch_id = ?1 AND why IN (?2, ?3, ?4) "
                "AND path IN (SELECT path FROM page WHERE batch_id = ?1)",
                (batch_id, TAKEN_OUT, pack_told(Fact.NO_PAGE()), pack_told(Fact.OWN_EXPORT())),
            )

    def forget_left_out(self, batch_id: int, files: Iterable[Path]) -> None:
        """Forgets that files were skipped, because they are wanted nevertheless."""
        sql = "DELETE FROM left_out WHERE batch_id = ? AND path = ?"
        self._connection.write_in_parts(
            [(batch_id, path_to_bytes(file)) for file in files], CHUNK, lambda db, some: db.executemany(sql, some)
        )

    def move(self, batch_id: int, origin: Path, moved: Sequence[MovedPage]) -> None:
        """Stores where the files of pages are now; pages that failed because their file was gone wait again.

        Raises:
            LibraryError: There is another batch for that folder.
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
                    _("That folder belongs to the batch “{name}” already. Remove one of the two batches first.").format(
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
            mark_to_index(db, [page.page_id for page in moved])


def _bounds(folder: Path) -> tuple[bytes, bytes]:
    """Returns what the paths of all files in a folder lie between."""
    inside = path_to_bytes(folder / "_")[:-1]
    return inside, inside[:-1] + bytes([inside[-1] + 1])
