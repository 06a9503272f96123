"""Where the words to check are: noted on each page as its text is shown, so that thousands of pages tell it at once."""

import json
import sqlite3
from dataclasses import dataclass
from typing import NamedTuple

from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.rows import SEEN, unpack_doubts
from ocrdesk.engine.library.texts import CHUNK, renew_starts
from ocrdesk.engine.quality import DOUBTFUL_PAGES


class Doubt(NamedTuple):
    """A word to check. The word itself is found when it is needed: the text may be another by then.

    Attributes:
        confidence: How likely it is right, 0 to 1.
        page_id: Its page.
        x: Where its middle is, in pixels of the upright page.
        y: Likewise.
    """

    confidence: float
    page_id: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scope:
    """Which pages are meant.

    Attributes:
        batch_id: Those of a batch; None: those of all batches.
        page_ids: These alone, if they are given.
    """

    batch_id: int | None = None
    page_ids: tuple[int, ...] | None = None


class Doubts:
    """The words to check; a part of the library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, scope: Scope) -> list[Doubt]:
        """Returns the words to check of some pages, those first that are least likely right.

        Pages that an earlier version read, or that came in a batch file, are looked through the first time, which takes
        milliseconds a page.
        """
        found = [
            Doubt(confidence, row["id"], x, y)
            for row in self._rows(scope)
            for x, y, confidence in unpack_doubts(row["doubts"])
        ]
        return sorted(found, key=lambda doubt: doubt.confidence)  # else in the order of the pages

    def page_ids(self, scope: Scope) -> list[int]:
        """Returns those of some pages that have words to check, in their order."""
        return [row["id"] for row in self._rows(scope)]

    def _rows(self, scope: Scope) -> list[sqlite3.Row]:
        where, values = "1", dict[str, object]()
        if scope.page_ids is not None:
            where, values = "id IN (SELECT value FROM json_each(:pages))", {"pages": json.dumps(scope.page_ids)}
        elif scope.batch_id is not None:
            where, values = "batch_id = :batch", {"batch": scope.batch_id}
        wanted = f"FROM page WHERE {where} AND {DOUBTFUL_PAGES} AND {SEEN}"
        missing = [row["id"] for row in self._connection.read(f"SELECT id {wanted} AND doubts IS NULL", **values)]
        if missing:
            self._connection.write_in_parts(missing, CHUNK, renew_starts)
        return self._connection.read(
            f"SELECT id, doubts {wanted} AND doubts <> x'' ORDER BY batch_id, position", **values
        )
