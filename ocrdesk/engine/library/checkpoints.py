"""Checkpoints: what was read of a page, or why nothing could be, kept the moment it is known."""

import sqlite3
import time

from ocrdesk.engine.document import Page, Reading
from ocrdesk.engine.facts import Fact, of_content, pack_told, together
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.corrections import attach, present
from ocrdesk.engine.library.rows import LINE_COLUMNS, pack_rules, row_of
from ocrdesk.engine.scan_quality.measures import Measures


class Checkpoints:
    """Keeps readings; a part of the library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(
        self,
        page_id: int,
        reading: Reading,
        *,
        seconds: float,
        rotation: int,
        recognizer: str,
        content: bytes | None = None,
        remark: str | None = None,
        scan: Measures | None = None,
    ) -> None:
        """Stores the reading of a page; it is on disk when this returns. A page removed meanwhile stays removed.

        Args:
            page_id: The number of the page.
            reading: What was read.
            seconds: How long reading took.
            rotation: Degrees clockwise by which the stored picture was turned in all.
            recognizer: The name of the recognizer that read it.
            content: Fingerprint of the file.
            remark: What the user should know about the reading.
            scan: How well it was scanned, as far as that was measured.

        Raises:
            LibraryError: It could not be stored; what was there before is untouched.
        """
        if reading.unread:
            remark = together(remark, Fact.MUCH_UNREAD())
        now = int(time.time())
        with self._connection.write() as db:
            if db.execute("SELECT 1 FROM page WHERE id = ?", (page_id,)).fetchone() is None:
                return
            former, is_other_file = present(db, page_id), _is_other_file(db, page_id, content)
            db.execute(
                "UPDATE page SET status = 'done', queued = 0, suspect = 0, brought = 0, message = NULL, "
                "corrected = 0, confidence_read = NULL, line_count = ?, "
                "confidence = ?, seconds = ?, width = ?, height = ?, turn = ?, rotation = ?, "
                "recognizer = ?, content = ?, content_read = ?, remark = ?, rules = ?, language = ?, read_at = ?, "
                "scan = ? "
                "WHERE id = ?",
                (len(reading.lines), _confidence_of(reading), seconds, reading.width, reading.height, reading.turn,
                 rotation, recognizer, content, content, pack_told(remark), pack_rules(reading.rules),
                 reading.language, now, scan.packed() if scan else None, page_id),
            )  # fmt: skip
            db.execute("DELETE FROM line WHERE page_id = ?", (page_id,))
            db.executemany(
                f"INSERT INTO line (page_id, number, {LINE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
                ((page_id, number, *row_of(line)) for number, line in enumerate(reading.lines)),
            )
            attach(db, former, is_other_file=is_other_file)

    def keep_twin(self, page_id: int, twin: Page, content: bytes) -> bool:
        """Stores the reading of another page of the same content for this page; if they are the same, keeps its own.

        The corrections of the other page are not taken: a person is asked (``Corrections.twin``).

        Args:
            page_id: The number of the page.
            twin: The other page.
            content: Fingerprint of the file.

        Returns:
            False if either was removed meanwhile.

        Raises:
            LibraryError: As in ``keep``.
        """
        copied = "seconds, width, height, turn, rotation, recognizer, rules, brought, language, scan"
        is_same = twin.id == page_id
        remark = twin.remark if is_same else together(Fact.SAME_FILE(name=twin.name), of_content(twin.remark))
        with self._connection.write() as db:
            both = db.execute("SELECT count(*) FROM page WHERE id IN (?, ?)", (page_id, twin.id)).fetchone()[0]
            if both < 2 - is_same:
                return False
            former, is_other_file = present(db, page_id), _is_other_file(db, page_id, content)
            db.execute(
                "UPDATE page SET status = 'done', queued = 0, suspect = 0, message = NULL, content = ?, "
                "content_read = ?, remark = ?, read_at = iif(?, read_at, ?) WHERE id = ?",
                (content, content, pack_told(remark), is_same, int(time.time()), page_id),
            )
            if not is_same:
                db.execute(
                    f"UPDATE page SET ({copied}, line_count, confidence, confidence_read, corrected) = "
                    f"(SELECT {copied}, "
                    "(SELECT count(*) FROM line WHERE page_id = page.id), "
                    "iif(corrected, confidence_read, confidence), NULL, 0 FROM page WHERE id = ?) WHERE id = ?",
                    (twin.id, page_id),
                )
                db.execute("DELETE FROM line WHERE page_id = ?", (page_id,))
                db.execute(
                    f"INSERT INTO line (page_id, number, {LINE_COLUMNS}) "
                    f"SELECT ?, number, {LINE_COLUMNS} FROM line WHERE page_id = ?",
                    (page_id, twin.id),
                )
                # This also renews the beginning of the text: the reading order may differ from the twin's.
                attach(db, former, is_other_file=is_other_file)
        return True

    def keep_failure(self, page_id: int, message: str, *, content: bytes | None = None, locked: bool = False) -> None:
        """Stores that a page could not be read, and why. A page that has an earlier reading keeps it and stays DONE.

        A suspect remains one: if the user wants it read again, it is read in a separate process again.

        Args:
            page_id: The number of the page.
            message: The reason, as facts or as a sentence.
            content: Fingerprint of the file.
            locked: Whether a password would help.
        """
        with self._connection.write() as db:
            db.execute(
                "UPDATE page SET status = iif(seconds IS NULL, 'failed', 'done'), queued = 0, "
                "message = iif(seconds IS NULL, :why, :again), locked = :locked, "
                "brought = iif(seconds IS NULL, 0, brought), "
                "content = iif(seconds IS NULL, :content, content) WHERE id = :page",
                {
                    "why": pack_told(message),
                    "again": pack_told(together(Fact.TEXT_KEPT(), message)),
                    "page": page_id,
                    "content": content,
                    "locked": locked,
                },
            )


def _confidence_of(reading: Reading) -> float | None:
    """Returns the mean confidence of a page's letters, counting unread ones as 0; None if there is no text."""
    letters = sum(len(line.text) for line in reading.lines)
    if not letters:
        return 0.0 if reading.unread else None
    mean = sum(line.confidence * len(line.text) for line in reading.lines) / letters
    return mean * (1 - reading.unread)


def _is_other_file(db: sqlite3.Connection, page_id: int, content: bytes | None) -> bool:
    """Whether the reading that a page has was made of a file with other content."""
    (before,) = db.execute("SELECT COALESCE(content_read, content) FROM page WHERE id = ?", (page_id,)).fetchone()
    return None not in (before, content) and before != content
