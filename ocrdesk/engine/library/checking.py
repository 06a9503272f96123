"""Tells whether the file of a library is sound, and whether its index has the texts of its pages."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.search_index import (
    INDEX,
    demand_fts5,
    indexed_row,
    is_sound,
    make_anew,
    mark_to_index,
    row_of_page,
)
from ocrdesk.engine.library.stored_text import StoredText
from ocrdesk.engine.library.texts import CHUNK

_WITHOUT_PAGE = (
    f"SELECT rowid FROM {INDEX} WHERE rowid NOT IN (SELECT id FROM page) "
    "AND rowid NOT IN (SELECT page_id FROM to_index)"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check.

    Attributes:
        is_whole: Whether SQLite finds nothing wrong with the file.
        is_index_sound: Whether the words of the index are those of its rows.
        pages: How many pages there are.
        waiting: How many of them are noted as to be indexed; the window does that.
        wrong: How many others the index has otherwise than they are, or not at all.
        superfluous: How many rows the index has of pages that are not there.
    """

    is_whole: bool
    is_index_sound: bool
    pages: int
    waiting: int
    wrong: int
    superfluous: int

    @property
    def is_sound(self) -> bool:
        """Whether all is as it is to be, or noted."""
        return self.is_whole and self.is_index_sound and not self.wrong and not self.superfluous


class Checking:
    """Checks the library; a part of it. It is slow, and others cannot write meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def check(self, *, mark: bool, is_over: Callable[[], bool], tell: Callable[[int, int], object]) -> Checked:
        """Compares the index with all texts.

        Args:
            mark: Whether to note what is wrong, so that ``PageTexts.renew_outdated`` and ``Space.give_back`` mend it.
            is_over: Called now and then; if it returns True, the rest is left out.
            tell: Called with how many pages were compared, of how many.

        Raises:
            LibraryError: This Python cannot search.
        """
        demand_fts5()
        with self._connection.write() as db:
            is_index_sound = is_sound(db)
            if mark and not is_index_sound:
                make_anew(db)
        told = [row[0] for row in self._connection.search("PRAGMA quick_check", is_over)]
        is_whole = all(line == "ok" or INDEX in line for line in told)  # later versions of SQLite look into the index
        pages = [row["id"] for row in self._connection.read("SELECT id FROM page ORDER BY id")]
        waiting = {row["page_id"] for row in self._connection.read("SELECT page_id FROM to_index")}.intersection(pages)
        compared, wrong = 0, 0

        def compare(db: sqlite3.Connection, some: Sequence[int]) -> None:
            nonlocal compared, wrong
            tell(compared, len(pages))
            differing = [page_id for page_id in some if page_id not in waiting and not _agrees(db, page_id)]
            if mark:
                mark_to_index(db, differing)
            compared += len(some)
            wrong += len(differing)

        self._connection.write_in_parts(pages, CHUNK, compare, is_over)
        superfluous = [row[0] for row in self._connection.search(_WITHOUT_PAGE, is_over)]
        if mark:
            with self._connection.write() as db:
                mark_to_index(db, superfluous)
        return Checked(is_whole, is_index_sound, len(pages), len(waiting), wrong, len(superfluous))


def _agrees(db: sqlite3.Connection, page_id: int) -> bool:
    lines = [line.text for line in StoredText.within(db, page_id).arranged.lines]
    return row_of_page(db, page_id, lines) == indexed_row(db, page_id)
