"""What a person said of the values on receipts: values they wrote, and fields of their own marked by example."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from ocrdesk.engine.errors import Gone
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.words import _

MOST_OWN = 50
"""How many own fields a batch may have."""


class Side(StrEnum):
    """Where a value stands, seen from its label."""

    BEHIND = "behind"
    """In the same line, after it."""

    RIGHT = "right"
    """In the next line to the right."""

    BELOW = "below"
    """In the line under it."""


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field that a person marked on one page, to be looked for on all pages of the batch.

    Attributes:
        name: What it is called, as the heading of its column.
        label: The text printed beside the value.
        side: Where the value stands, seen from the label.
        words: How many words the value has; 0: all that stand there.
    """

    name: str
    label: str
    side: Side = Side.BEHIND
    words: int = 0


class Fields:
    """The values that a person wrote, and their own fields; a part of the library.

    A value stays with its page, also when that is read again; an empty one says that the page has no such value.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def kept(self, page_ids: Iterable[int]) -> dict[int, dict[str, str]]:
        """Returns the values that a person wrote, of those pages that have any."""
        rows = self._connection.read(
            "SELECT id, fields FROM page WHERE fields IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
            json.dumps(list(page_ids)),
        )
        return {row["id"]: json.loads(row["fields"]) for row in rows}

    def keep(self, page_id: int, values: Mapping[str, str | None]) -> dict[str, str | None]:
        """Keeps values of a page; they are on disk when this returns.

        Args:
            page_id: The page.
            values: By the names of their fields; None: what the rules find counts again.

        Returns:
            What was kept of the same fields before, for undoing it.

        Raises:
            Gone: The page was removed.
            LibraryError: It could not be stored.
        """
        with self._connection.write() as db:
            before = _fields_of(db, page_id)
            now = {name: value for name, value in {**before, **values}.items() if value is not None}
            packed = json.dumps(now, ensure_ascii=False) if now else None
            db.execute("UPDATE page SET fields = ? WHERE id = ?", (packed, page_id))
        return {name: before.get(name) for name in values}

    def own(self, batch_id: int) -> tuple[OwnField, ...]:
        """Returns the own fields of a batch."""
        rows = self._connection.read("SELECT own_fields FROM batch WHERE id = ?", batch_id)
        return own_fields_of(rows[0]["own_fields"]) if rows else ()

    def set_own(self, batch_id: int, own: Sequence[OwnField]) -> tuple[OwnField, ...]:
        """Sets the own fields of a batch; returns those it had.

        Raises:
            Gone: It was removed.
        """
        before = self.own(batch_id)
        self._connection.change_batch("own_fields", json.dumps([asdict(it) for it in own]), batch_id)
        return before


def own_fields_of(packed: str) -> tuple[OwnField, ...]:
    """Restores own fields.

    Raises:
        ValueError: They are none.
    """
    fields = json.loads(packed)
    if not isinstance(fields, list) or len(fields) > MOST_OWN:
        raise ValueError("own_fields")
    return tuple(map(_own_field, fields))


def _own_field(record: object) -> OwnField:
    match record:
        case {"name": str(name), "label": str(label), "side": str(side), "words": int(words)} if name and label:
            return OwnField(name, label, Side(side), words)
    raise ValueError("own_fields")


def _fields_of(db: sqlite3.Connection, page_id: int) -> dict[str, str]:
    row = db.execute("SELECT fields FROM page WHERE id = ?", (page_id,)).fetchone()
    if row is None:
        raise Gone(_("The page was removed in the meantime, so nothing was changed."))
    return dict(json.loads(row["fields"] or "{}"))
