"""What a report says about pages, asked of thousands of them at once."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.library.rows import MUCH_UNREAD, SEEN
from ocrdesk.engine.quality import DOUBTFUL_PAGES
from ocrdesk.engine.reading_names import OWN_TEXT
from ocrdesk.engine.scan_quality.measures import Measures


class PageRow(NamedTuple):
    """What a report says about a page.

    Attributes:
        id: Its number.
        name: The name shown.
        status: Its state.
        line_count: How many lines it has; None if it was never read.
        turn: Degrees clockwise by which it was turned upright.
        seconds: How long reading took; None if it was never read.
        recognizer: The name stored with its reading.
        language: The language of its words.
        to_check: How many of its words are to check.
        read_at: When it was read, in seconds since 1970 (UTC).
        is_taken: Whether its text was taken from another page of the same file, and not read.
        scan: How well it was scanned.
    """

    id: int
    name: str
    status: PageStatus
    line_count: int | None
    turn: int
    seconds: float | None
    recognizer: str | None
    language: str | None
    to_check: int
    read_at: int | None
    is_taken: int
    scan: Measures | None

    @property
    def is_own_text(self) -> bool:
        """Whether its text was in its PDF."""
        return self.recognizer == OWN_TEXT


class LineRow(NamedTuple):
    """A line, as it is stored.

    Attributes:
        page_id: Its page.
        confidence: How likely every letter of it is right.
        polygon: Its corners.
        words: Its words.
        spoken: How many words it has if these were not measured.
    """

    page_id: int
    confidence: float
    polygon: bytes
    words: bytes
    spoken: int


class TwinRow(NamedTuple):
    """A page whose file has the same content as that of an earlier page.

    Attributes:
        page_id: Its number.
        of_page_id: The number of the earliest page with this content.
        of_name: The name of that page.
        of_batch: The name of that page's batch.
    """

    page_id: int
    of_page_id: int
    of_name: str
    of_batch: str


class Reported:
    """Reads what a report needs; a part of the library. Each method is one query, for tasks in other threads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pages(self, scope: Scope, is_over: Callable[[], bool]) -> Iterator[PageRow]:
        """Yields some pages in their order."""
        where, values = _meant(scope)
        rows = self._connection.search(
            f"SELECT id, name, status, line_count, turn, seconds, recognizer, language, "
            f"iif({DOUBTFUL_PAGES}, to_check - ifnull({MUCH_UNREAD}, 0), 0), read_at, "
            f"ifnull(instr(remark, '{Fact.SAME_FILE.name.lower()}'), 0), scan "
            f"FROM page WHERE {where} AND {SEEN} ORDER BY batch_id, position",
            is_over,
            **values,
        )
        for row in rows:
            page_id, name, status, *rest, scan = row
            yield PageRow._make((page_id, name, PageStatus(status), *rest, Measures.unpacked(scan)))

    def lines(self, page_ids: Sequence[int], is_over: Callable[[], bool]) -> Iterator[LineRow]:
        """Yields the lines of pages as they were read, in any order."""
        spaces = "length(trim(text)) - length(replace(trim(text), ' ', '')) + 1"
        rows = self._connection.search(
            f"SELECT page_id, confidence, polygon, words, iif(words = x'', {spaces}, 0) "
            "FROM json_each(:pages) AS meant JOIN line ON page_id = meant.value",
            is_over,
            pages=json.dumps(list(page_ids)),
        )
        yield from map(LineRow._make, rows)

    def twins(self, scope: Scope, is_over: Callable[[], bool]) -> Iterator[TwinRow]:
        """Yields those of some pages whose file has the same content as that of an earlier page, in any batch."""
        where, values = _meant(scope)
        rows = self._connection.search(
            "SELECT twin, page.id, page.name, batch.name FROM (SELECT mine.id AS twin, mine.batch_id AS b, "
            "mine.position AS p, (SELECT min(id) FROM page WHERE page.content = mine.content "
            f"AND page.frame = mine.frame AND {SEEN}) AS first FROM page AS mine "
            f"WHERE {where} AND {SEEN} AND content IS NOT NULL) JOIN page ON page.id = first "
            "JOIN batch ON batch.id = batch_id WHERE first < twin ORDER BY b, p",
            is_over,
            **values,
        )
        yield from map(TwinRow._make, rows)


def _meant(scope: Scope) -> tuple[str, dict[str, object]]:
    if scope.page_ids is not None:
        return "id IN (SELECT value FROM json_each(:pages))", {"pages": json.dumps(scope.page_ids)}
    return ("1", {}) if scope.batch_id is None else ("batch_id = :batch", {"batch": scope.batch_id})
