"""Converts rows of the library to objects such as pages and lines; has the SQL for filtering and sorting pages."""

import json
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, StrEnum
from typing import Any

from ocrdesk.engine.document import (
    Batch,
    Brought,
    Correction,
    Counts,
    Line,
    Mode,
    Page,
    PageStatus,
    ReadingOrder,
    Rule,
    Word,
)
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.facts import Fact, pack_told, told_of
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.library.connection import path_from_bytes
from ocrdesk.engine.library.words import KeptWords, pack_words
from ocrdesk.engine.quality import DOUBTFUL_PAGES
from ocrdesk.engine.steering import harmless
from ocrdesk.engine.words import _

_COUNTS = {
    "done": "status = 'done'",
    "failed": "status = 'failed'",
    "pending": "status = 'pending'",
    "running": "status = 'running'",
    "queued": "status IN ('pending', 'running', 'done', 'failed') AND queued = 1",
    "doubtful": f"{DOUBTFUL_PAGES} AND queued IN (0, 1)",
    "blank": "status = 'done' AND line_count = 0",
    "locked": "status = 'failed' AND locked = 1",
    "corrected": "corrected > 0",
}
MUCH_UNREAD = f"instr(remark, '{Fact.MUCH_UNREAD.name.lower()}') > 0"
"""Whether a page has letters that could not be read at all: one more thing to check, beside its words."""

TAKEN_OUT = pack_told(Fact.TAKEN_OUT())
"""Why a file is left out whose pages a person removed, or moved to another batch."""

BATCH_COLUMNS = ", ".join(
    [
        "id, name, origin, whole_folder, watched, way, languages",
        *(f"(SELECT count(*) FROM page WHERE batch_id = batch.id AND {of}) AS {name}" for name, of in _COUNTS.items()),
        f"(SELECT coalesce(sum(to_check), 0) FROM page WHERE batch_id = batch.id AND {_COUNTS['doubtful']}) - "
        f"(SELECT count(*) FROM page WHERE batch_id = batch.id AND {MUCH_UNREAD} AND {DOUBTFUL_PAGES}) AS words",
        f"(SELECT count(*) FROM left_out WHERE batch_id = batch.id AND why <> '{TAKEN_OUT}') AS left_out",
        f"(SELECT count(*) FROM left_out WHERE batch_id = batch.id AND why = '{TAKEN_OUT}') AS taken_out",
        "(SELECT id FROM page WHERE batch_id = batch.id ORDER BY position LIMIT 1) AS first_page",
        "(SELECT max(read_at) FROM page WHERE batch_id = batch.id AND read_at IS NOT NULL) AS read_at",
    ]
)
"""Each count is a range of an index, so that 100,000 pages are counted in a few milliseconds; the first page is the
beginning of one, and the time of the last reading the end of another."""

PAGE_COLUMNS = (
    "id, batch_id, path, frame, name, status, message, text_start, line_count, confidence, seconds, "
    "width, height, turn, rotation, recognizer, content, as_picture, locked, remark, turn_wanted, "
    "way AS reading_order, brought, suspect, corrected, mode_wanted, read_at, language, to_check, languages_wanted"
)
SEEN = "batch_id NOT IN (SELECT id FROM batch WHERE hidden = 1)"
"""Whether a page was not removed."""

LINE_COLUMNS = "text, confidence, polygon, words, rivals"
POLYGON = struct.Struct("<8f")
"""The stored form of x and y of four points."""

RULE = struct.Struct("<4i")
"""The stored form of x and y of the two ends of a rule."""

DOUBT = struct.Struct("<3f")
"""The stored form of a word to check: x and y of its middle, and its confidence."""

CORRECTIONS_OF_PAGE = (
    "(SELECT json_group_array(json_array(id, json(numbers), json(polygon), before, after, json(checked), "
    "json(follows), made)) FROM correction WHERE page_id = page.id)"
)
"""The corrections of a row of ``page``, as ``corrections_of`` takes them."""


class PageFilter(StrEnum):
    """Which pages of a batch to show."""

    ALL = "all"
    DONE = "done"
    DOUBTFUL = "doubtful"
    BLANK = "blank"
    FAILED = "failed"
    CORRECTED = "corrected"


class PageOrder(Enum):
    """What to sort pages by. The value is the SQL for it."""

    POSITION = "position"
    STATUS = "status"
    TEXT = "text_start COLLATE NOCASE"
    LINES = "line_count"
    TO_CHECK = "to_check"
    CONFIDENCE = "confidence"
    SECONDS = "seconds"
    CORRECTED = "corrected"


FILTERS = {
    PageFilter.ALL: "1",
    PageFilter.DONE: _COUNTS["done"],
    PageFilter.DOUBTFUL: DOUBTFUL_PAGES,
    PageFilter.BLANK: _COUNTS["blank"],
    PageFilter.FAILED: _COUNTS["failed"],
    PageFilter.CORRECTED: _COUNTS["corrected"],
}


def languages_of(kept: str | None) -> tuple[str, ...] | None:
    """Returns languages by their keys, as batches and pages have them; None: no own ones."""
    return tuple(key for key in kept.split("+") if key) if kept is not None else None


def page_of(row: sqlite3.Row) -> Page:
    """Returns the page in a row.

    Raises:
        LibraryError: Its state is unknown to this version.
    """
    try:
        return Page(
            **{
                **dict(row),
                "path": path_from_bytes(row["path"]),
                "status": PageStatus(row["status"]),
                "message": told_of(row["message"]),
                "remark": told_of(row["remark"]),
                "as_picture": bool(row["as_picture"]),
                "locked": bool(row["locked"]),
                "suspect": bool(row["suspect"]),
                "reading_order": ReadingOrder(row["reading_order"]) if row["reading_order"] else None,
                "brought": Brought(row["brought"]),
                "mode_wanted": Mode(row["mode_wanted"]) if row["mode_wanted"] else None,
                "languages_wanted": languages_of(row["languages_wanted"]),
            }
        )
    except ValueError as error:
        raise LibraryError(
            _("The library holds a page in a state unknown to this version. Install the newest version.")
        ) from error


def batch_of(row: sqlite3.Row) -> Batch:
    """Returns the batch in a row."""
    return Batch(
        row["id"],
        row["name"],
        path_from_bytes(row["origin"]),
        Counts(
            total=sum(row[name] for name in ("done", "failed", "pending", "running")),
            **{name: row[name] for name in (*_COUNTS, "words", "left_out", "taken_out") if name != "running"},
        ),
        bool(row["whole_folder"]),
        bool(row["watched"]),
        ReadingOrder(row["way"]),
        row["first_page"],
        row["read_at"],
        languages_of(row["languages"]) or (),
    )


def line_of(row: sqlite3.Row) -> Line:
    """Returns the line in a row."""
    text = harmless(row["text"])  # from a PDF or a batch file, it may contain anything
    a, b, c, d, e, f, g, h = POLYGON.unpack(row["polygon"])
    polygon = ((a, b), (c, d), (e, f), (g, h))
    return Line(
        text, row["confidence"], polygon, KeptWords(text, polygon, row["words"], row["rivals"]), (row["number"],)
    )


def row_of(line: Line) -> tuple[str, float, bytes, bytes, bytes]:
    """Returns a line in its stored form, in the order of ``LINE_COLUMNS``."""
    packed = pack_words(line.text, line.polygon, line.words)
    return line.text, line.confidence, POLYGON.pack(*sum(line.polygon, ())), *packed


def rules_of(kept: bytes | None) -> tuple[Rule, ...]:
    """Restores the rules of a page; none if it was read by a version that did not find rules."""
    return tuple(Rule((a, b), (c, d)) for a, b, c, d in RULE.iter_unpack(kept or b""))


def pack_rules(rules: Iterable[Rule]) -> bytes:
    """Returns rules in their stored form."""
    return b"".join(RULE.pack(*map(round, (*rule.begin, *rule.end))) for rule in rules)


def pack_doubts(words: Iterable[Word]) -> bytes:
    """Returns words to check in their stored form."""
    return b"".join(DOUBT.pack(*word.middle, word.confidence) for word in words)


def unpack_doubts(kept: bytes) -> Iterator[tuple[float, float, float]]:
    """Returns x and y of the middle of each word to check, and its confidence."""
    return DOUBT.iter_unpack(kept)


def corrections_of(kept: str, page_id: int) -> tuple[Correction, ...]:
    """Restores the corrections of a page, in the order in which they were made."""
    return tuple(
        Correction(
            polygon_of(polygon),
            harmless(after) if after is not None else None,  # from a batch file, it may contain anything
            tuple(numbers),
            harmless(before),
            tuple((start, end) for start, end in checked) if checked is not None else None,
            None if follows is None else (polygon_of(follows),) if follows else (),
            made,
            number,
            page_id,
        )
        for number, numbers, polygon, before, after, checked, follows, made in sorted(
            json.loads(kept), key=lambda record: int(record[0])
        )
    )


def polygon_of(numbers: Sequence[float]) -> Polygon:
    """Restores a polygon from x and y of its corners."""
    a, b, c, d, e, f, g, h = numbers
    return (a, b), (c, d), (e, f), (g, h)


def row_of_correction(correction: Correction) -> tuple[object, ...]:
    """Returns a correction in its stored form: id, numbers, polygon, before, after, checked, follows and made."""
    number, numbers, polygon, before, after, checked, follows, made = _record_of(correction)
    return (
        number or None,
        json.dumps(numbers),
        json.dumps(polygon),
        before,
        after,
        None if checked is None else json.dumps(checked),
        None if follows is None else json.dumps(follows),
        made or None,
    )


def pack_corrections(corrections: Iterable[Correction]) -> str:
    """Returns the corrections of a page as one text, as ``CORRECTIONS_OF_PAGE`` does."""
    return json.dumps([_record_of(correction) for correction in corrections])


def _record_of(it: Correction) -> tuple[Any, ...]:
    follows = None if it.follows is None else numbers_of(*it.follows)
    return it.id, it.numbers, numbers_of(it.polygon), it.before, it.after, it.checked, follows, it.made


def numbers_of(*polygons: Polygon) -> list[float]:
    """Returns x and y of the corners of polygons."""
    return [round(number, 2) for polygon in polygons for point in polygon for number in point]
