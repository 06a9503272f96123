"""The text of pages, computed from their lines in the reading order and the regions that the user chose."""

import json
import sqlite3
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import takewhile

from ocrdesk.engine.document import Line, ReadingOrder
from ocrdesk.engine.layout.page_text import PageText, Table
from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.rows import MUCH_UNREAD, pack_doubts
from ocrdesk.engine.library.search_index import has_fts5, index_page, mark_to_index
from ocrdesk.engine.library.stored_text import AS_CHOSEN, SEEN, SEEN_OR_NOT, StoredText, regions_of
from ocrdesk.engine.library.user_words import KNOWN_WORDS
from ocrdesk.engine.quality import doubtful_words

TEXT_START = 300
CHUNK = 20
"""How many texts are renewed in one transaction, which is the longest that other writers have to wait."""

FEW = 5
"""How many of them are renewed in one where nobody waits for it, so that the window goes first soon."""

SET_AT_ONCE = 500
"""How many pages get a reading order in one transaction."""

_TO_CHECK = f"(?2 + coalesce({MUCH_UNREAD}, 0))"
"""What could not be read at all is one more thing to check."""


class PageTexts:
    """The texts of pages; a part of the library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lines(self, page_id: int) -> tuple[Line, ...]:
        """Returns all lines of a page with its corrections, whatever regions count, in the order they were found in."""
        return StoredText(self._connection.read(AS_CHOSEN, page_id, SEEN_OR_NOT)).lines

    def counting(self, page_id: int) -> Sequence[Line]:
        """Returns the lines of a page that count, with its corrections, in no order; quicker than ``of``."""
        return StoredText(self._connection.read(AS_CHOSEN, page_id, SEEN)).counting

    def of(self, page_id: int) -> PageText:
        """Returns the text of a page; empty if it has none or was removed."""
        return StoredText(self._connection.read(AS_CHOSEN, page_id, SEEN)).arranged

    def flowing(self, page_ids: Iterable[int], is_over: Callable[[], bool] = lambda: False) -> str:
        """Returns the texts of pages as one, for pasting elsewhere, with an empty line between two pages with text.

        Args:
            page_ids: The numbers of the pages.
            is_over: Called before each page; if it returns True, the rest is left out.
        """
        wanted = takewhile(lambda _: not is_over(), page_ids)
        return "\n\n".join(text for page_id in wanted if (text := self.of(page_id).flowing))

    def tables(self, page_ids: Iterable[int], is_over: Callable[[], bool] = lambda: False) -> list[Table]:
        """Returns the tables of pages, one after the other.

        Args:
            page_ids: The numbers of the pages.
            is_over: Called before each page; if it returns True, the rest is left out.
        """
        wanted = takewhile(lambda _: not is_over(), page_ids)
        return [table for page_id in wanted for table in self.of(page_id).tables]

    # What the user chose

    def reading_order_of(self, batch_id: int) -> ReadingOrder:
        """Returns the reading order of a batch, for its pages that have none of their own."""
        rows = self._connection.read("SELECT way FROM batch WHERE id = ?", batch_id)
        return ReadingOrder(rows[0]["way"]) if rows else ReadingOrder.AUTO

    def reading_orders_of(self, page_ids: Iterable[int]) -> set[ReadingOrder | None]:
        """Returns the reading orders of pages; None is among them if a page uses that of its batch."""
        of_pages = "SELECT DISTINCT way FROM page WHERE id IN (SELECT value FROM json_each(?))"
        rows = self._connection.read(of_pages, json.dumps(list(page_ids)))
        return {ReadingOrder(row["way"]) if row["way"] is not None else None for row in rows}

    def by_reading_order(self, page_ids: Iterable[int]) -> dict[ReadingOrder | None, list[int]]:
        """Returns pages by their reading orders; None: that of their batch."""
        of_pages = "SELECT id, way FROM page WHERE id IN (SELECT value FROM json_each(?))"
        found: dict[str | None, list[int]] = {}
        for row in self._connection.read(of_pages, json.dumps(list(page_ids))):
            found.setdefault(row["way"], []).append(row["id"])
        return {ReadingOrder(way) if way is not None else None: ids for way, ids in found.items()}

    def set_reading_order_of_batch(self, batch_id: int, reading_order: ReadingOrder) -> None:
        """Sets the reading order of a batch; pages with one of their own keep it. ``renew`` must be called after it.

        Raises:
            Gone: It was removed.
        """
        self._connection.change_batch("way", reading_order.value, batch_id, changes_texts=True)

    def set_reading_order_of_pages(self, page_ids: Iterable[int], reading_order: ReadingOrder | None) -> None:
        """Sets the reading order of pages; None: that of their batch. ``renew`` must be called after it."""
        kept = reading_order.value if reading_order is not None else None

        def set_some(db: sqlite3.Connection, some: Sequence[int]) -> None:
            sql = "UPDATE page SET way = ? WHERE id IN (SELECT value FROM json_each(?))"
            db.execute(sql, (kept, json.dumps(list(some))))
            mark_to_index(db, some)

        self._connection.write_in_parts(list(page_ids), SET_AT_ONCE, set_some)

    def regions(self, batch_id: int) -> tuple[Region, ...]:
        """Returns the regions of a batch."""
        rows = self._connection.read("SELECT regions FROM batch WHERE id = ?", batch_id)
        return regions_of(rows[0]["regions"]) if rows else ()

    def set_regions(self, batch_id: int, regions: Sequence[Region]) -> None:
        """Sets which regions of each page of a batch count. ``renew`` must be called after it.

        Raises:
            Gone: The batch was removed.
        """
        kept = [[region.left, region.top, region.right, region.bottom, region.is_only] for region in regions]
        self._connection.change_batch("regions", json.dumps(kept), batch_id, changes_texts=True)

    def renew(self, page_ids: Sequence[int], is_over: Callable[[], bool] = lambda: False) -> None:
        """Brings to the texts of pages what is kept of them elsewhere; takes milliseconds a page.

        That are their beginnings, which lists show, which words are to check, and what is in the index.

        Args:
            page_ids: The numbers of the pages.
            is_over: Called now and then; if it returns True, the rest is left out.
        """
        self._connection.write_in_parts(page_ids, CHUNK, renew_starts, is_over)

    def outdated(self) -> list[int]:
        """Returns the pages that ``renew`` was not called for, by an earlier version or before the program ended."""
        pages = f"SELECT id FROM page WHERE {_is_outdated('id')} ORDER BY id DESC"
        rows = self._connection.read(f"SELECT json_group_array(id) FROM ({pages})")
        outdated: list[int] = json.loads(rows[0][0])
        return outdated

    def renew_outdated(
        self,
        is_over: Callable[[], bool] = lambda: False,
        tell: Callable[[int, int], object] = lambda done, total: None,
    ) -> int:
        """Renews those pages, the latest first; returns how many there were.

        Args:
            is_over: Called now and then; if it returns True, the rest is left out.
            tell: Called with how many are done, of how many.
        """
        pages, done = self.outdated(), 0
        some_left = (  # each is looked up (+), or SQLite would go through all that are left, some ten milliseconds
            f"SELECT id FROM page WHERE id IN (SELECT value FROM json_each(?)) AND {_is_outdated('+id')}"
        )

        def renew_some(db: sqlite3.Connection, some: Sequence[int]) -> None:
            nonlocal done
            left = db.execute(some_left, (json.dumps(list(some)),))
            renew_starts(db, [row["id"] for row in left.fetchall()])
            done += len(some)

        def is_to_end() -> bool:
            if is_over():
                return True
            tell(done, len(pages))
            return False

        self._connection.write_in_parts(pages, FEW, renew_some, is_to_end)
        return len(pages)


def _is_outdated(page_id: str) -> str:
    """Returns the SQL for whether a page is to be renewed."""
    return f"{page_id} IN (SELECT page_id FROM to_index)" if has_fts5() else "status = 'done' AND to_check IS NULL"


def renew_starts(db: sqlite3.Connection, page_ids: Iterable[int]) -> None:
    """Does what ``PageTexts.renew`` does within a transaction.

    So no checkpoint comes in between.
    """
    accepted = _accepted(db)
    for page_id in page_ids:
        _renew_start(db, page_id, StoredText.within(db, page_id), accepted)


def renew_start(db: sqlite3.Connection, page_id: int, text: StoredText) -> None:
    """Does the same for one page whose text has been read already."""
    _renew_start(db, page_id, text, _accepted(db))


def _renew_start(db: sqlite3.Connection, page_id: int, text: StoredText, accepted: Container[str]) -> None:
    lines = text.arranged.lines
    start = " ".join(line.text for line in lines)[:TEXT_START]
    doubtful = list(doubtful_words(lines, accepted))
    db.execute(
        f"UPDATE page SET text_start = ?1, to_check = {_TO_CHECK}, doubts = ?3 WHERE id = ?4 AND "
        f"seconds IS NOT NULL AND (text_start <> ?1 OR to_check IS NOT {_TO_CHECK} OR doubts IS NOT ?3)",
        (start, len(doubtful), pack_doubts(doubtful), page_id),
    )
    index_page(db, page_id, [line.text for line in lines])


def _accepted(db: sqlite3.Connection) -> set[str]:
    return {row["word"] for row in db.execute(KNOWN_WORDS)}
