"""What a person does with the search in a large library, to be measured; for ``window_holds.py``."""

import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from large_library import FOUND
from PIL import Image, ImageDraw
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from window_acts import Desk

from ocrdesk.engine.library.rows import POLYGON

TYPED = (FOUND, "strasse", "quick brown", "rem", "lieferung", '"fox Straße"', "balance account")
BETWEEN_KEYS = 90
"""Milliseconds, as somebody types who types well."""

ROUNDS = 21
SCANNED = 12
"""How many pages of each batch are scans."""

A4, EVERY, HIGH = (2480, 3508), 100, 50
"""Of the scans, in pixels: their size, how far their lines are apart, and how high these are."""

INDEXED_FOR = 12
"""Seconds."""


class _Painted(QObject):
    """Notes when a widget was painted, once it is asked to."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at: float | None = None
        self.is_awaited = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and self.is_awaited and self.at is None:
            self.at = time.perf_counter()
        return False


def first_strip(desk: Desk) -> Iterator[None]:
    """Until the first strip is seen, from the last key and from the pause after it; each search finds other pages."""
    _scan_some(desk)
    painted = _Painted(desk.window.search.list.viewport())
    strips = desk.window.search.list._strips
    shown, searching = desk.window.search.model, desk.window.search.searching

    def on_arrived() -> None:
        is_asked = searching.query is not None and searching.query.text == desk.field.text()
        if is_asked and any(place.hit is not None and strips.get(place.hit) is not None for place in shown.places):
            painted.is_awaited = True

    strips.arrived.connect(on_arrived)
    yield
    from_key, from_pause = [], []
    asked: list[float] = []
    desk.field.typed.connect(lambda _: asked.append(time.perf_counter()))
    for number in range(ROUNDS):
        desk.field.setText("")
        desk.rest(0.6)
        strips._picture.cache_clear()
        desk.field.setFocus()
        *letters, end = TYPED[number % len(TYPED)]
        for letter in letters:
            QTest.keyClicks(desk.field, letter)
            desk.rest(BETWEEN_KEYS / 1000)
        strips._kept.clear()  # those of the letters before
        painted.at, painted.is_awaited = None, False
        QTest.keyClicks(desk.field, end)
        last = time.perf_counter()
        desk.until(lambda: painted.at is not None, seconds=10)
        assert painted.at is not None
        from_key.append(1000 * (painted.at - last))
        from_pause.append(1000 * (painted.at - asked[-1]))
    desk.field.setText("")
    for words, taken in (("the last key", from_key), ("the pause", from_pause)):
        p95 = sorted(taken)[int(0.95 * (len(taken) - 1))]
        print(f"    first strip from {words}: median {statistics.median(taken):.0f} ms, p95 {p95:.0f} ms", flush=True)


def _scan_some(desk: Desk) -> None:
    """Has the first pages of each batch be scans of a whole page, drawn with as many words."""
    folder = desk.home / "scans"
    folder.mkdir()
    chance = random.Random(1)
    with desk.library._connection.write() as db:
        batches = [row["id"] for row in db.execute("SELECT id FROM batch WHERE hidden = 0").fetchall()]
        for batch_id in batches:
            picture = Image.new("RGB", A4, (250, 248, 240))
            draw = ImageDraw.Draw(picture)
            for _ in range(4000):
                x, y = chance.randrange(A4[0]), chance.randrange(0, A4[1], EVERY)
                draw.rectangle((x, y, x + chance.randrange(4, 40), y + chance.randrange(4, HIGH)), fill=(40, 40, 50))
            drawn = folder / f"{batch_id}.jpg"
            picture.save(drawn, quality=85)
            pages = "SELECT id FROM page WHERE batch_id = ? AND status = 'done' ORDER BY position LIMIT ?"
            for row in db.execute(pages, (batch_id, SCANNED)).fetchall():
                _make_scan(db, row["id"], drawn)


def _make_scan(db, page_id: int, drawn: Path) -> None:  # noqa: ANN001
    path = drawn.with_name(f"page {page_id}.jpg")
    path.hardlink_to(drawn)
    size = "UPDATE page SET path = CAST(? AS BLOB), width = ?, height = ?, content = NULL WHERE id = ?"
    db.execute(size, (str(path), *A4, page_id))
    for line in db.execute("SELECT number FROM line WHERE page_id = ?", (page_id,)).fetchall():
        top = EVERY * (line["number"] + 1)
        polygon = POLYGON.pack(200, top, 2200, top, 2200, top + HIGH, 200, top + HIGH)
        db.execute("UPDATE line SET polygon = ? WHERE page_id = ? AND number = ?", (polygon, page_id, line["number"]))


def indexing(desk: Desk) -> Iterator[None]:
    """An older library is indexed in the background while a person searches and turns pages."""
    with desk.library._connection.write() as db:
        db.execute("INSERT OR IGNORE INTO to_index SELECT id FROM page")
    yield
    desk.window._indexing._soon.start(0)
    end = time.monotonic() + INDEXED_FOR
    for number in range(1000):
        desk.field.setText(TYPED[number % len(TYPED)])
        desk.rest(1)
        desk.actions["next_place"].trigger()
        desk.rest(0.5)
        desk.field.setText("")
        desk.actions["next_page"].trigger()
        desk.rest(0.5)
        if time.monotonic() > end:
            break
    left, begun = desk.library.search.not_indexed(), time.perf_counter()
    desk.window._indexing._cancel()
    desk.until(lambda: desk.window._indexing._lane.has_ended)
    print(f"    {left:,} pages were left; cancelled within {1000 * (time.perf_counter() - begun):.0f} ms", flush=True)
    with desk.library._connection.write() as db:
        db.execute("DELETE FROM to_index")
