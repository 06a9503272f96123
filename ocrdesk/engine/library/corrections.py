"""What a person corrected in the text of pages: kept beside the lines, never among them."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from ocrdesk.engine.corrections.changes import Change
from ocrdesk.engine.corrections.found_again import found_again
from ocrdesk.engine.corrections.overlap import Sheet, common_area
from ocrdesk.engine.corrections.pieces import ReadThere
from ocrdesk.engine.document import Brought, Correction, Line, Page, PageStatus
from ocrdesk.engine.errors import Gone
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.rows import (
    CORRECTIONS_OF_PAGE,
    LINE_COLUMNS,
    PAGE_COLUMNS,
    SEEN,
    corrections_of,
    line_of,
    page_of,
    row_of_correction,
)
from ocrdesk.engine.library.stored_text import StoredText
from ocrdesk.engine.library.texts import renew_start, renew_starts
from ocrdesk.engine.library.user_words import accept, put_back
from ocrdesk.engine.words import _

_EACH = (
    "SELECT correction.page_id, json_array(correction.id, json(numbers), json(polygon), before, after, "
    "json(checked), json(follows), made) AS correction FROM correction"
)


@dataclass(frozen=True, slots=True)
class Former:
    """The corrections that a page had before they were changed.

    Attributes:
        page_id: The page.
        corrections: What it had.
        sheet: How the page lay.
        reading: A fingerprint of the lines that it had; empty if there are no corrections.
        accepted: How often words had been accepted that were accepted with the change.
    """

    page_id: int
    corrections: tuple[Correction, ...]
    sheet: Sheet
    reading: bytes
    accepted: tuple[tuple[str, int], ...] = ()

    def of_page(self, page_id: int) -> "Former":
        """Returns the same corrections for another page, as new ones."""
        return replace(self, page_id=page_id, corrections=tuple(replace(it, id=0) for it in self.corrections))


class Corrections:
    """The corrections of pages; a part of the library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, page_id: int) -> tuple[Correction, ...]:
        """Returns the corrections of a page in the order in which they were made."""
        rows = self._connection.read(f"SELECT {CORRECTIONS_OF_PAGE} AS corrections FROM page WHERE id = ?", page_id)
        return corrections_of(rows[0]["corrections"], page_id) if rows else ()

    def latest(self) -> Correction | None:
        """Returns the correction that was made last, on whichever page."""
        found = self._connection.read(f"{_EACH} ORDER BY correction.id DESC LIMIT 1")
        return corrections_of(f"[{found[0]['correction']}]", found[0]["page_id"])[0] if found else None

    def keep(self, page_id: int, *changes: Change, accepted: str = "", times: int = 1) -> Former:
        """Keeps what a person changed in the lines of a page; it is on disk when this returns.

        Args:
            page_id: The page.
            changes: What is other now.
            accepted: A word that the person found right, as in ``UserWords.accept``; empty: none.
            times: How many times they found it on the page.

        Returns:
            What the page had before, for ``put_back``.

        Raises:
            Gone: The page was removed.
            LibraryError: It could not be stored; what was there before is untouched.
        """
        with self._connection.write() as db:
            return keep_changes(db, page_id, changes, accepted, times)

    def put_back(self, former: Former) -> Former:
        """Gives a page the corrections back that it had.

        Returns:
            What it had until now.

        Raises:
            Gone: The page was removed.
            LibraryError: As in ``keep``.
        """
        with self._connection.write() as db:
            return give_back(db, former)

    def twin(self, page: Page) -> Page | None:
        """Returns a page of the same content that has corrections, if this one has none and was read; the newest one.

        As with readings, nothing is taken from a page that came in a batch file without its picture.
        """
        if page.content is None or page.corrected or page.status is not PageStatus.DONE:
            return None
        rows = self._connection.read(
            f"SELECT {PAGE_COLUMNS} FROM page WHERE content = ? AND frame = ? AND corrected > 0 AND id <> ? "
            f"AND brought <> ? AND {SEEN} ORDER BY id DESC LIMIT 1",
            page.content, page.frame, page.id, Brought.ALONE,
        )  # fmt: skip
        return page_of(rows[0]) if rows else None

    def take(self, page_id: int, twin_id: int) -> Former:
        """Gives a page the corrections of another one of the same content; returns what it had, for ``put_back``.

        Raises:
            Gone: One of them was removed.
            LibraryError: As in ``keep``.
        """
        with self._connection.write() as db:
            former = present(db, page_id)
            attach(db, present(db, twin_id).of_page(page_id))
        return former

    def lost(self, batch_id: int | None = None) -> list[Correction]:
        """Returns the corrections whose line was not found when their page was read again, page by page.

        Args:
            batch_id: The batch; None: all batches.
        """
        rows = self._connection.read(
            f"{_EACH} JOIN page ON page.id = page_id "
            "JOIN batch ON batch.id = batch_id WHERE numbers = '[]' AND before <> '' AND hidden = 0 "
            "AND (:batch IS NULL OR batch_id = :batch) ORDER BY batch_id DESC, position, correction.id",
            batch=batch_id,
        )
        return [corrections_of(f"[{row['correction']}]", row["page_id"])[0] for row in rows]


def keep_changes(
    db: sqlite3.Connection, page_id: int, changes: Iterable[Change], accepted: str = "", times: int = 1
) -> Former:
    """Does within a transaction what ``Corrections.keep`` does."""
    former = present(db, page_id)
    lines = _lines(db, page_id)
    for change in changes:
        instead_of = [it for it in former.corrections if it.id in change.instead_of]
        _delete(db, [it.id for it in instead_of])
        settled = [_settled(it, instead_of, lines, former.sheet) for it in change.corrections]
        _insert(db, page_id, [it for it in settled if it.after is not None or it.before or it.numbers])
    if accepted and (by_now := [accept(db, accepted) for _ in range(times)]) and by_now[0]:
        former = replace(former, accepted=((accepted, by_now[0] - 1),))
    renew_start(db, page_id, _renew(db, page_id))
    return former


def give_back(db: sqlite3.Connection, former: Former) -> Former:
    """Does within a transaction what ``Corrections.put_back`` does."""
    now = present(db, former.page_id)
    before = [(word, put_back(db, word, times)) for word, times in former.accepted]
    attach(db, former)
    return replace(now, accepted=tuple(before))


def present(db: sqlite3.Connection, page_id: int) -> Former:
    """Returns the corrections that a page has.

    Raises:
        Gone: The page was removed.
    """
    row = db.execute(
        f"SELECT width, height, turn, {CORRECTIONS_OF_PAGE} AS corrections FROM page WHERE id = ?", (page_id,)
    ).fetchone()
    if row is None:
        raise Gone(_("The page was removed in the meantime, so nothing was changed."))
    sheet = Sheet(row["width"] or 0, row["height"] or 0, row["turn"])
    corrections = corrections_of(row["corrections"], page_id)
    return Former(page_id, corrections, sheet, _fingerprint(db, page_id) if corrections else b"")


def attach(db: sqlite3.Connection, former: Former, *, is_other_file: bool = False) -> None:
    """Gives a page these corrections and no others, each on the line of its present reading that it belongs to.

    Args:
        db: The library, in a transaction.
        former: The corrections, perhaps from before the page was read again.
        is_other_file: Whether the page was of another file then.
    """
    now, corrections = present(db, former.page_id), former.corrections
    if not corrections and not now.corrections:
        renew_starts(db, [former.page_id])
        return
    reading = _fingerprint(db, former.page_id)
    if (former.reading, former.sheet) != (reading, now.sheet):
        lines = _lines(db, former.page_id)
        corrections = tuple(found_again(corrections, lines, former.sheet, now.sheet, is_other_file=is_other_file))
    if corrections != now.corrections:
        db.execute("DELETE FROM correction WHERE page_id = ?", (former.page_id,))
        _insert(db, former.page_id, corrections)
    renew_start(db, former.page_id, _renew(db, former.page_id))


def bring(db: sqlite3.Connection, page_id: int, corrections: Iterable[Correction]) -> None:
    """Adds corrections to a page that came with them, as its beginning did."""
    _insert(db, page_id, corrections)
    _renew(db, page_id)


def _renew(db: sqlite3.Connection, page_id: int) -> StoredText:
    """Brings what a page's row says of its text, but for its beginning, to its lines and corrections."""
    db.execute(  # as if nothing were corrected, but for their number
        "UPDATE page SET corrected = count, confidence_read = iif(count, iif(corrected, confidence_read, confidence), "
        "NULL), confidence = iif(corrected, confidence_read, confidence) "
        "FROM (SELECT count(*) AS count FROM correction WHERE page_id = :page) WHERE id = :page",
        {"page": page_id},
    )
    text = StoredText.within(db, page_id)
    values: dict[str, object] = {"page": page_id, "lines": len(text.lines)}
    db.execute("UPDATE page SET line_count = iif(line_count IS NULL, NULL, :lines) WHERE id = :page", values)
    if text.corrections:
        read, sure = _mean(text.read), _mean(text.lines)
        kept = db.execute("SELECT confidence_read FROM page WHERE id = ?", (page_id,)).fetchone()[0]
        seen = min(1.0, kept / read) if kept is not None and read else 1.0  # letters that were not read lower it
        value = sure * seen if sure is not None else None if seen == 1 else 0.0
        db.execute("UPDATE page SET confidence = ? WHERE id = ?", (value, page_id))
    return text


def _insert(db: sqlite3.Connection, page_id: int, corrections: Iterable[Correction]) -> None:
    """Adds corrections to a page; those that have a number keep it."""
    db.executemany(
        "INSERT INTO correction (id, page_id, numbers, polygon, before, after, checked, follows, made) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, datetime('now')))",
        ((number, page_id, *values) for number, *values in map(row_of_correction, corrections)),
    )


def _settled(
    correction: Correction, instead_of: Sequence[Correction], lines: Sequence[Line], sheet: Sheet
) -> Correction:
    """Returns a correction with what was read in its place, and moved as those were that it replaces."""
    follows = next((it.follows for it in (correction, *instead_of) if it.follows is not None), None)
    own = [line for number in correction.numbers for line in lines if number in line.numbers]
    fits = len(own) == len(correction.numbers) and all(common_area(correction.polygon, it.polygon) for it in own)
    if not fits:  # the page was read again just now
        (correction,) = found_again([correction], lines, sheet, sheet)
        return replace(correction, follows=follows)
    is_new = not own or any(not it.before for it in instead_of)
    return replace(correction, before="" if is_new else ReadThere(own, correction.polygon).text, follows=follows)


def _fingerprint(db: sqlite3.Connection, page_id: int) -> bytes:
    """Returns what tells one reading of a page from another."""
    digest = blake2b(digest_size=16)
    for row in db.execute("SELECT number, text, polygon FROM line WHERE page_id = ? ORDER BY number", (page_id,)):
        digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return digest.digest()


def _lines(db: sqlite3.Connection, page_id: int) -> list[Line]:
    rows = db.execute(f"SELECT number, {LINE_COLUMNS} FROM line WHERE page_id = ? ORDER BY number", (page_id,))
    return [line_of(row) for row in rows]


def _delete(db: sqlite3.Connection, ids: Sequence[int]) -> None:
    db.execute("DELETE FROM correction WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))


def _mean(lines: Iterable[Line]) -> float | None:
    """Returns the mean confidence of letters; None if there are none."""
    letters = [(line.confidence, len(line.text)) for line in lines]
    count = sum(length for _, length in letters)
    return sum(sure * length for sure, length in letters) / count if count else None
