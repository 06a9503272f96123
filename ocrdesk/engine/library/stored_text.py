"""What is stored of the text of one page, put together as far as somebody needs it."""

import json
import sqlite3
from collections.abc import Sequence
from functools import cached_property

from ocrdesk.engine.corrections.laid_over import laid_over
from ocrdesk.engine.corrections.order import in_order
from ocrdesk.engine.document import Correction, Line, ReadingOrder
from ocrdesk.engine.layout.arrangement import arrange
from ocrdesk.engine.layout.page_text import PageText
from ocrdesk.engine.layout.regions import Region, lines_that_count
from ocrdesk.engine.library.rows import CORRECTIONS_OF_PAGE, corrections_of, line_of, rules_of

AS_CHOSEN = (
    "SELECT page.id AS page_id, number, line.text, line.confidence, polygon, words, rivals, width, height, regions, "
    "coalesce(page.way, batch.way) AS way, iif(coalesce(number, 0) = 0, rules, NULL) AS rules, "
    f"iif(coalesce(number, 0) = 0 AND corrected > 0, {CORRECTIONS_OF_PAGE}, '[]') AS corrections "
    "FROM page JOIN batch ON batch.id = batch_id LEFT JOIN line ON page_id = page.id "
    "WHERE page.id = ?1 AND hidden <= ?2 AND (number IS NOT NULL OR corrected > 0) ORDER BY number"
)
"""The text of a page, and how it is wanted: the first value is the page, the second says whether it may be hidden."""

SEEN, SEEN_OR_NOT = 0, 1


class StoredText:
    """The text of one page, from the rows of ``AS_CHOSEN``; empty if there are none."""

    def __init__(self, rows: Sequence[sqlite3.Row]) -> None:
        self._rows = rows

    @classmethod
    def within(cls, db: sqlite3.Connection, page_id: int) -> "StoredText":
        """Reads it within a transaction, be the page hidden or not."""
        return cls(db.execute(AS_CHOSEN, (page_id, SEEN_OR_NOT)).fetchall())

    @cached_property
    def read(self) -> list[Line]:
        """The lines as they were read."""
        return [line_of(row) for row in self._rows if row["number"] is not None]

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections, in the order in which they were made."""
        return corrections_of(self._rows[0]["corrections"], self._rows[0]["page_id"]) if self._rows else ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines with the corrections, in the order they were found in."""
        return laid_over(self.read, self.corrections)

    @property
    def counting(self) -> Sequence[Line]:
        """Those lines that count, in no order."""
        if not self._rows:
            return ()
        page = self._rows[0]
        return lines_that_count(self.lines, regions_of(page["regions"]), page["width"] or 0, page["height"] or 0)

    @cached_property
    def arranged(self) -> PageText:
        """The lines that count, in reading order."""
        if not self._rows:
            return PageText(())
        page = self._rows[0]
        text = arrange(self.counting, ReadingOrder(page["way"]), rules_of(page["rules"]))
        return in_order(text, self.corrections)


def regions_of(kept: str) -> tuple[Region, ...]:
    """Restores the regions of a batch."""
    return tuple(Region(*numbers) for numbers in json.loads(kept))
