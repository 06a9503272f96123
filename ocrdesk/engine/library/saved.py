"""Copies batches out of a library and into another one, page by page, with every column as it is."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import Path

from ocrdesk.engine.document import Brought, Correction, LeftOutFile, ReadingOrder
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.facts import pack_told
from ocrdesk.engine.library.connection import BREATH, Connection, path_from_bytes, path_to_bytes
from ocrdesk.engine.library.corrections import bring
from ocrdesk.engine.library.removing import Removing
from ocrdesk.engine.library.rows import CORRECTIONS_OF_PAGE, LINE_COLUMNS, SEEN, corrections_of, pack_corrections
from ocrdesk.engine.library.search_index import mark_to_index
from ocrdesk.engine.words import _

PAGE_VALUES = (
    "frame", "name", "size", "modified", "status", "message", "text_start", "line_count", "confidence",
    "seconds", "width", "height", "turn", "rotation", "recognizer", "rules", "content", "as_picture", "locked",
    "remark", "turn_wanted", "way", "mode_wanted", "read_at", "language", "to_check", "fields", "scan",
    "languages_wanted",
)  # fmt: skip
"""The columns that describe a page; its path, and whether it is queued, only matter to one library."""

_NAMES = ", ".join(PAGE_VALUES)
_GIVEN = ", ".join(f":{name}" for name in PAGE_VALUES)
_OUT = ", ".join(
    "iif(corrected, confidence_read, page.confidence) AS confidence" if name == "confidence" else f"page.{name}"
    for name in PAGE_VALUES
)

PART = 50
"""How many pages are inserted in one transaction, some hundredths of a second."""

LineRow = tuple[str, float, bytes, bytes, bytes]
"""A line in its stored form, in the order of ``LINE_COLUMNS``."""


@dataclass(frozen=True, slots=True)
class SavedBatch:
    """What a library stores about a batch besides its pages.

    Attributes:
        name: The name shown.
        whole_folder: Whether it contains all of its folder.
        reading_order: The reading order of its pages.
        regions: Which regions of each page count, as stored JSON.
        own_fields: The fields that a person marked by example, likewise.
        languages: The languages in which its pages are to be read, as stored.
    """

    name: str
    whole_folder: bool
    reading_order: ReadingOrder
    regions: str
    own_fields: str = "[]"
    languages: str = ""


@dataclass(frozen=True, slots=True)
class SavedPage:
    """All that a library stores about a page that also matters to another library.

    Attributes:
        values: The values of the columns in ``PAGE_VALUES``, by their names.
        lines: The lines as the recognizer returned them.
        corrections: What a person corrected in them.
    """

    values: dict[str, object]
    lines: Sequence[LineRow]
    corrections: Sequence[Correction] = ()


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file of a batch that is being imported.

    Attributes:
        name: The name given to ``Incoming.add``.
        was: Its former path, if that does not follow from its name.
        size: Its size, in bytes.
        modified: Time of its last change, in nanoseconds.
        content: The fingerprint that all of its pages claim, or None.
    """

    name: str
    was: str | None
    size: int
    modified: int
    content: bytes | None


class Incoming:
    """The pages of a batch that is being imported, stored outside the library until all of them have been checked.

    They are in a private SQLite database, on disk if it is large, which is removed when it is closed. So the library is
    only locked for as long as it takes to copy rows.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.executescript(
            f"PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; BEGIN; "
            f"CREATE TABLE page (position INTEGER PRIMARY KEY, file TEXT, was TEXT, {_NAMES}, corrections, "
            f"brought INTEGER NOT NULL DEFAULT {Brought.ALONE.value}, UNIQUE (file, frame));"
            f"CREATE TABLE line (position, number, {LINE_COLUMNS}, PRIMARY KEY (position, number)) WITHOUT ROWID;"
        )
        self.count = 0

    def close(self) -> None:
        """Removes the database."""
        self._db.close()

    def add(self, file: str, was: str | None, page: SavedPage) -> None:
        """Adds a page after the previous ones.

        Raises:
            ValueError: This page of this file was already added.
            LibraryError: There is no room for it.
        """
        self.count += 1
        try:
            self._db.execute(
                f"INSERT INTO page (position, file, was, corrections, {_NAMES}) "
                f"VALUES (:position, :file, :was, :corrections, {_GIVEN})",
                {
                    **page.values,
                    "position": self.count,
                    "file": file,
                    "was": json.dumps(was),
                    "corrections": pack_corrections(page.corrections),
                },
            )
            self._db.executemany(
                "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?)",
                ((self.count, number, *line) for number, line in enumerate(page.lines)),
            )
        except sqlite3.IntegrityError as error:
            raise ValueError(f"page {self.count} is there twice") from error
        except sqlite3.Error as error:
            raise LibraryError(
                _(
                    "The pages cannot be written to the disk with temporary files ({error}). Make room on it, "
                    "then try again."
                ).format(error=error)
            ) from error

    def files(self) -> Iterator[SavedFile]:
        """Yields the files of the pages, in order, each once."""
        rows = self._db.execute(
            "SELECT file, was, max(size) AS size, max(modified) AS modified, "
            "iif(count(content) = count(*) AND count(DISTINCT content) = 1, max(content), NULL) AS content "
            "FROM page GROUP BY file ORDER BY min(position)"
        )
        for row in rows:
            yield SavedFile(row["file"], json.loads(row["was"]), row["size"], row["modified"], row["content"])

    def came_along(self, file: str, content: bytes) -> None:
        """Records the fingerprint of a picture that was saved with the batch; pages that claim another one lose it."""
        self._db.execute(
            "UPDATE page SET brought = iif(content = ?1, ?2, ?3), content = iif(content = ?1, content, NULL) "
            "WHERE file = ?4",
            (content, Brought.WITH_PICTURE, Brought.ALONE, file),
        )

    def pages(self) -> Iterator[tuple[int, str, sqlite3.Row]]:
        """Yields the position, file and values of each page."""
        for row in self._db.execute(
            f"SELECT position, file, {_NAMES}, corrections, brought FROM page ORDER BY position"
        ):
            yield row["position"], row["file"], row

    def lines(self, position: int) -> Iterator[sqlite3.Row]:
        """Yields the rows of the lines of a page, with their numbers."""
        return self._db.execute(f"SELECT number, {LINE_COLUMNS} FROM line WHERE position = ?", (position,))


class SavedBatches:
    """Copies batches out of the library and into it; a part of the library."""

    def __init__(self, connection: Connection, removing: Removing) -> None:
        self._connection = connection
        self._removing = removing

    def batch(self, batch_id: int) -> SavedBatch | None:
        """Returns what is stored about a batch, or None if it was removed."""
        rows = self._connection.read(
            "SELECT name, whole_folder, way, regions, own_fields, languages FROM batch WHERE id = ? AND hidden = 0",
            batch_id,
        )
        if not rows:
            return None
        name, whole_folder, way, *rest = rows[0]
        return SavedBatch(name, bool(whole_folder), ReadingOrder(way), *rest)

    def pages(self, page_ids: Sequence[int]) -> Iterator[tuple[int, Path, SavedPage]]:
        """Yields pages with their numbers and files, in the order given, without those that were removed.

        A page that is being read is returned as PENDING.
        """
        rows = self._connection.read(  # in one query, so that no checkpoint comes between a page and its lines
            f"SELECT page.id, page.path, {_OUT}, line.number, line.text, line.confidence AS sure, polygon, words, "
            f"rivals, iif(corrected AND coalesce(number, 0) = 0, {CORRECTIONS_OF_PAGE}, '[]') AS corrections "
            "FROM json_each(?) AS wanted JOIN page ON page.id = wanted.value LEFT JOIN line ON page_id = page.id "
            f"WHERE {SEEN} ORDER BY wanted.key, line.number",
            json.dumps(list(page_ids)),
        )
        for page_id, group in groupby(rows, lambda row: int(row["id"])):
            own = list(group)
            values = {name: own[0][name] for name in PAGE_VALUES}
            if values["status"] == "running":
                values["status"] = "pending"
            lines = [(row["text"], row["sure"], row["polygon"], row["words"], row["rivals"]) for row in own]
            if own[0]["number"] is None:
                lines = []
            if values["line_count"] is not None:
                values["line_count"] = len(lines)
            corrections = corrections_of(own[0]["corrections"], page_id)
            yield page_id, path_from_bytes(own[0]["path"]), SavedPage(values, lines, corrections)

    def restore(
        self,
        batch: SavedBatch,
        origin: Path,
        incoming: Incoming,
        place: Callable[[str], Path],
        left_out: Iterable[LeftOutFile],
    ) -> int:
        """Makes a batch of imported pages, all of them or none; returns its number.

        It is inserted hidden, a part at a time, so that storing pages meanwhile does not wait, and appears once it is
        complete.

        Args:
            batch: What the batch has besides its pages.
            origin: Its folder.
            incoming: Its pages.
            place: Returns where a file is now.
            left_out: The files that were skipped.

        Raises:
            LibraryError: It could not be stored.
        """
        with self._connection.write() as db:
            batch_id: int = db.execute(
                "INSERT INTO batch (name, origin, whole_folder, way, regions, own_fields, languages, hidden) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, 1) RETURNING id",
                (
                    batch.name,
                    path_to_bytes(origin),
                    batch.whole_folder,
                    batch.reading_order.value,
                    batch.regions,
                    batch.own_fields,
                    batch.languages,
                ),
            ).fetchone()["id"]
        is_whole = False
        try:
            pages = (
                (position, place(file), values, list(incoming.lines(position)))
                for position, file, values in incoming.pages()
            )
            while some := list(islice(pages, PART)):  # all that is inserted is at hand before the library is locked
                with self._connection.write() as db:
                    for page in some:
                        _put_in(db, batch_id, *page)
                time.sleep(BREATH)
            with self._connection.write() as db:
                db.executemany(
                    "INSERT OR IGNORE INTO left_out (batch_id, path, why) VALUES (?, ?, ?)",
                    ((batch_id, path_to_bytes(file.path), pack_told(file.why)) for file in left_out),
                )
                db.execute("UPDATE batch SET hidden = 0 WHERE id = ?", (batch_id,))
            is_whole = True
        finally:
            if not is_whole:
                with suppress(LibraryError):  # on a full disk, say: the next start removes it
                    self._removing.finish(batch_id)
        return batch_id

    def has_origin(self, origin: Path) -> bool:
        """Whether a folder belongs to a batch, with all of it or some files; a removed one counts while it is kept."""
        return bool(self._connection.read("SELECT 1 FROM batch WHERE origin = ?", path_to_bytes(origin)))

    def files(self) -> Iterator[Path]:
        """Yields the files of all batches, including what was removed but can be brought back."""
        for row in self._connection.search("SELECT DISTINCT path FROM page"):
            yield path_from_bytes(row["path"])


def _put_in(
    db: sqlite3.Connection, batch_id: int, position: int, path: Path, values: sqlite3.Row, lines: Iterable[sqlite3.Row]
) -> None:
    page_id: int = db.execute(
        f"INSERT INTO page (batch_id, position, path, brought, {_NAMES}) "
        f"VALUES (:batch, :position, :path, :brought, {_GIVEN}) RETURNING id",
        {**dict(values), "batch": batch_id, "position": position, "path": path_to_bytes(path)},
    ).fetchone()["id"]
    db.executemany(
        f"INSERT INTO line (page_id, number, {LINE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((page_id, *row) for row in lines),
    )
    if corrections := corrections_of(values["corrections"], 0):
        bring(db, page_id, (replace(it, id=0) for it in corrections))
    mark_to_index(db, [page_id])  # which takes too long here
