"""Rows of the library as the words of the field, and the SQL for choosing and sorting pages."""

import sqlite3
import struct
from enum import Enum, StrEnum

from ocrdesk.engine.document import Line, Page, PageStatus, Polygon
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library.connection import path_from_bytes

PAGE_COLUMNS = (
    "id, batch_id, path, frame, name, status, message, text_start, line_count, confidence, seconds, "
    "width, height, turn, rotation, recognizer, content, as_picture, locked, remark"
)
_POLYGON = struct.Struct("<8f")


class PageFilter(StrEnum):
    """Which pages of a batch to show."""

    ALL = "all"
    DONE = "done"
    DOUBTFUL = "doubtful"
    BLANK = "blank"
    FAILED = "failed"


class PageOrder(Enum):
    """What to sort pages by. The value is the SQL for it."""

    POSITION = "position"
    STATUS = "status"
    TEXT = "text_start COLLATE NOCASE"
    LINES = "line_count"
    CONFIDENCE = "confidence"
    SECONDS = "seconds"
    MESSAGE = "message COLLATE NOCASE"


FILTERS = {
    PageFilter.ALL: "1",
    PageFilter.DONE: "status = 'done'",
    PageFilter.DOUBTFUL: "status = 'done' AND confidence < :doubtful_below",
    PageFilter.BLANK: "status = 'done' AND line_count = 0",
    PageFilter.FAILED: "status = 'failed'",
}


def page_of(row: sqlite3.Row) -> Page:
    """A page of its row.

    Raises:
        LibraryError: It is in a state that only a newer version knows.
    """
    try:
        return Page(
            **{
                **dict(row),
                "path": path_from_bytes(row["path"]),
                "status": PageStatus(row["status"]),
                "as_picture": bool(row["as_picture"]),
                "locked": bool(row["locked"]),
            }
        )
    except ValueError as error:
        raise LibraryError(
            "The library holds a page in a state unknown to this version. Install the newest."
        ) from error


def line_of(row: sqlite3.Row) -> Line:
    """A line of its row."""
    a, b, c, d, e, f, g, h = _POLYGON.unpack(row["polygon"])
    return Line(row["text"], row["confidence"], ((a, b), (c, d), (e, f), (g, h)))


def packed(polygon: Polygon) -> bytes:
    """A polygon as it is kept."""
    return _POLYGON.pack(*sum(polygon, ()))
