"""Batches, pages and checkpoints, as the rest of the program uses them."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ocrdesk.engine.document import Batch, FolderOfPages, Page, PageStatus, Source
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library.checking import Checking
from ocrdesk.engine.library.checkpoints import Checkpoints
from ocrdesk.engine.library.connection import Connection, path_to_bytes
from ocrdesk.engine.library.copies import Copies
from ocrdesk.engine.library.corrections import Corrections
from ocrdesk.engine.library.doubts import Doubts
from ocrdesk.engine.library.fields import Fields
from ocrdesk.engine.library.files import BatchFiles
from ocrdesk.engine.library.finding import find_folders, find_pages
from ocrdesk.engine.library.moving import Moving
from ocrdesk.engine.library.reading_languages import ReadingLanguages
from ocrdesk.engine.library.removing import Removing
from ocrdesk.engine.library.replacing import Replacing
from ocrdesk.engine.library.reported import Reported
from ocrdesk.engine.library.rows import (
    BATCH_COLUMNS,
    PAGE_COLUMNS,
    SEEN,
    PageFilter,
    PageOrder,
    batch_of,
    page_of,
)
from ocrdesk.engine.library.runs import QUEUE_SOME, Runs
from ocrdesk.engine.library.saved import SavedBatches
from ocrdesk.engine.library.search_index import mark_to_index
from ocrdesk.engine.library.searching import Searching
from ocrdesk.engine.library.space import Space
from ocrdesk.engine.library.texts import PageTexts
from ocrdesk.engine.library.user_words import UserWords
from ocrdesk.engine.library.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Added:
    """The result of adding sources to a batch.

    Attributes:
        page_ids: The pages of the sources, in order, including known ones.
        new: How many of them were not in the batch before, or have a changed file.
        inserted: Those that were not in the batch before.
    """

    page_ids: tuple[int, ...]
    new: int
    inserted: tuple[int, ...] = ()


class Library:
    """Everything that was read, in one SQLite file. It can be used from any thread.

    Attributes:
        files: What is known about the files of the pages.
        texts: The texts of the pages, and their reading order.
        checkpoints: Keeps what was read.
        corrections: What a person corrected in the texts.
        doubts: Where the words to check are.
        fields: What a person said of the values on receipts.
        reading_languages: The languages in which batches and pages are to be read.
        replacing: Replaces in many texts at once.
        search: Finds pages in all batches by what they have.
        reported: What a report says about pages.
        user_words: The words that a person accepted.
        removing: Removes pages and batches, and brings them back.
        moving: Moves pages between batches, and merges these.
        saved: Exports batches from the library and imports them.
        runs: Which pages are queued, being read, or suspects.
        copies: Copies the whole of it, and takes a copy in its place.
        vocabulary: The words of all pages.
        space: Frees the disk space of what was removed.
        checking: Tells whether its file and its index are sound, and mends the index.
    """

    def __init__(self, folder: Path, *, writable: bool = True) -> None:
        """Opens the library in a folder, creating it if there is none.

        Pages that were being read when the program died wait again, as suspects; those that were being put back are.

        Raises:
            LibraryInUse: Another program has opened it for writing.
            LibraryClosing: Another program has opened it for writing, and is about to end.
            LibraryTooNew: It was written by a newer version of the program.
            LibraryError: It cannot be opened.
        """
        self.folder = folder
        self._connection = Connection(folder, writable=writable)
        self.files = BatchFiles(self._connection)
        self.texts = PageTexts(self._connection)
        self.checkpoints = Checkpoints(self._connection)
        self.corrections = Corrections(self._connection)
        self.doubts = Doubts(self._connection)
        self.fields = Fields(self._connection)
        self.reading_languages = ReadingLanguages(self._connection)
        self.replacing = Replacing(self._connection)
        self.search = Searching(self._connection)
        self.reported = Reported(self._connection)
        self.user_words = UserWords(self._connection)
        self.removing = Removing(self._connection)
        self.moving = Moving(self._connection)
        self.saved = SavedBatches(self._connection, self.removing)
        self.runs = Runs(self._connection)
        self.space = Space(self._connection)
        self.copies = Copies(self._connection)
        self.vocabulary = Vocabulary(self._connection)
        self.checking = Checking(self._connection)
        if writable:
            try:
                self.runs.recover()
                self.removing.recover()
            except LibraryError:
                self.close()
                raise

    def begin_close(self) -> None:
        """Makes programs that start from now on wait for the end of this one."""
        self._connection.begin_close()

    def close(self) -> None:
        """Closes the file and lets another program open the library."""
        self._connection.close()

    # Batches

    def batches(self) -> list[Batch]:
        """Returns all batches, the newest first."""
        return self._batches("1")

    def batch(self, batch_id: int) -> Batch | None:
        """Returns one batch, or None if it was removed."""
        return next(iter(self._batches("id = :batch", batch=batch_id)), None)

    def _batches(self, where: str, **values: object) -> list[Batch]:
        rows = self._connection.read(
            f"SELECT {BATCH_COLUMNS} FROM batch WHERE hidden = 0 AND {where} ORDER BY id DESC",
            **values,
        )
        return [batch_of(row) for row in rows]

    def find_batch(self, folder: Path, *, whole: bool) -> int | None:
        """Returns the batch made from a folder, or None; takes the same arguments as ``batch_of_folder``."""
        rows = self._connection.read(
            "SELECT id FROM batch WHERE origin = ? AND whole_folder = ? AND hidden = 0", path_to_bytes(folder), whole
        )
        return int(rows[0]["id"]) if rows else None

    def batch_of_folder(self, folder: Path, *, whole: bool) -> int:
        """Returns the batch made from a folder, making it if there is none.

        Args:
            folder: The absolute path of the folder.
            whole: False for the batch of files that were chosen one by one from the folder.
        """
        origin = path_to_bytes(folder)
        name = str(folder.name or folder).encode("utf-8", "replace").decode("utf-8")
        with self._connection.write() as db:
            row = db.execute(
                "INSERT INTO batch (name, origin, whole_folder) VALUES (?, ?, ?) "
                "ON CONFLICT (origin, whole_folder) WHERE hidden = 0 DO UPDATE SET name = name RETURNING id",
                (name, origin, whole),
            ).fetchone()
        return int(row["id"])

    def rename_batch(self, batch_id: int, name: str) -> None:
        """Renames a batch.

        Raises:
            Gone: It was removed.
        """
        self._connection.change_batch("name", name, batch_id)

    def remove_batch(self, batch_id: int, is_over: Callable[[], bool] = lambda: False) -> None:
        """Removes a batch and its checkpoints for good, but not its files. It disappears from lists immediately."""
        self.removing.hide(batch_id)
        self.removing.finish(batch_id, is_over)

    # Pages

    def add_pages(self, batch_id: int, sources: Sequence[Source], *, queued: bool = False) -> Added:
        """Adds pages at the end of a batch; known ones stay as they are unless their file has changed.

        Args:
            batch_id: The number of the batch.
            sources: Where the pages come from.
            queued: Whether pages that wait are queued for a run at once.

        Returns:
            What was added; nothing if the batch has been removed meanwhile.
        """
        with self._connection.write() as db:
            if not sources or not db.execute("SELECT 1 FROM batch WHERE id = ? AND hidden = 0", (batch_id,)).fetchone():
                return Added((), 0)
            last = "SELECT coalesce(max(position), 0) FROM page WHERE batch_id = ?"
            position = db.execute(last, (batch_id,)).fetchone()[0]
            before = db.total_changes
            latest = db.execute("SELECT coalesce(max(id), 0) FROM page").fetchone()[0]
            db.executemany(
                "INSERT INTO page (batch_id, position, path, frame, name, size, modified) VALUES (?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (batch_id, path, frame) DO UPDATE SET size = excluded.size, "
                "modified = excluded.modified, name = excluded.name, status = 'pending', suspect = 0, message = NULL "
                "WHERE (size <> excluded.size OR modified <> excluded.modified) AND status <> 'running'",
                (
                    (batch_id, position + number, path_to_bytes(source.path), source.frame, source.name, source.size,
                     source.modified)
                    for number, source in enumerate(sources, start=1)
                ),
            )  # fmt: skip
            new = db.total_changes - before
            db.executemany(  # if a file had one page and has several now, names get page numbers
                "UPDATE page SET name = ?1 WHERE batch_id = ?2 AND path = ?3 AND frame = 0 AND name <> ?1",
                ((source.name, batch_id, path_to_bytes(source.path)) for source in sources if not source.frame),
            )
            find = "SELECT id FROM page WHERE batch_id = ? AND path = ? AND frame = ?"
            page_ids = tuple(
                db.execute(find, (batch_id, path_to_bytes(source.path), source.frame)).fetchone()["id"]
                for source in sources
            )
            if new:
                mark_to_index(db, page_ids)  # they can be found by their names
            if queued:
                db.execute(QUEUE_SOME, (json.dumps(page_ids),))
        return Added(page_ids, new, tuple(page_id for page_id in page_ids if page_id > latest))

    def page_ids(
        self,
        batch_id: int,
        show: PageFilter = PageFilter.ALL,
        order: PageOrder = PageOrder.POSITION,
        *,
        descending: bool = False,
        among: Sequence[int] | None = None,
        with_page: int | None = None,
        is_over: Callable[[], bool] = lambda: False,
    ) -> list[int]:
        """Returns the pages of a batch that match a filter, in order.

        Args:
            batch_id: The number of the batch.
            show: The filter.
            order: What to sort by.
            descending: Whether the greatest comes first.
            among: Only these pages; None: any.
            with_page: A page of the batch that is among them in any case.
            is_over: Called now and then; once it returns True, the search ends and finds nothing.
        """
        return find_pages(self._connection, batch_id, show, order, descending, among, with_page, is_over)

    def folders(
        self, batch_id: int, page_ids: Sequence[int], *, is_over: Callable[[], bool] = lambda: False
    ) -> list[FolderOfPages]:
        """Returns the folders that pages of a batch lie in, in the order of the pages; as there ``is_over``."""
        return find_folders(self._connection, batch_id, page_ids, is_over)

    def pages(self, page_ids: Iterable[int]) -> dict[int, Page]:
        """Returns pages by their numbers, without those that were removed."""
        rows = self._connection.read(
            f"SELECT {PAGE_COLUMNS} FROM page WHERE id IN (SELECT value FROM json_each(?)) AND {SEEN}",
            json.dumps(list(page_ids)),
        )
        return {row["id"]: page_of(row) for row in rows}

    def page(self, page_id: int) -> Page | None:
        """Returns one page, or None if it was removed."""
        return self.pages([page_id]).get(page_id)

    def languages(self) -> list[str]:
        """Returns the languages of all pages, such as ``en``."""
        return [
            row["language"]
            for row in self._connection.read(
                f"SELECT DISTINCT language FROM page WHERE language IS NOT NULL AND {SEEN} ORDER BY language"
            )
        ]

    def text(self, page_id: int) -> str:
        """Returns the text of a page as it is printed, in reading order."""
        return self.texts.of(page_id).text

    def are_any(self, page_ids: Iterable[int], status: PageStatus) -> bool:
        """Whether any of these pages has a status."""
        of_them = f"SELECT 1 FROM json_each(?) JOIN page ON page.id = value WHERE status = ? AND {SEEN} LIMIT 1"
        return bool(self._connection.read(of_them, json.dumps(list(page_ids)), status.value))

    def remove_pages(self, page_ids: Iterable[int]) -> None:
        """Removes pages and their checkpoints for good, but not their files, which are not added again."""
        batches: dict[int, list[int]] = {}
        for page in self.pages(page_ids).values():
            batches.setdefault(page.batch_id, []).append(page.id)
        for batch_id, some in batches.items():
            self.removing.finish(self.removing.take_out(batch_id, some))

    def queued_batches(self) -> list[Batch]:
        """Returns the batches with queued pages, the newest first."""
        return self._batches("queued > 0")
