"""How long the table of receipts takes with 3,000 pages, and how long it holds the window meanwhile.

    python benchmarks/receipts_window.py CACHE

The library is made in CACHE the first time. A timer comes every 5 ms in the GUI thread and notes how much processor
time the thread has used since it came last. Works with QT_QPA_PLATFORM=offscreen or on a display.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget
from window_holds import Holds

from ocrdesk.app import desk_of
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Line, Reading, Source, Word
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.rows import LINE_COLUMNS
from ocrdesk.places import find_places
from ocrdesk.runner import BatchRunner
from ocrdesk.ui.kit.theme import apply_appearance
from ocrdesk.ui.receipts.receipts_room import ReceiptsRoom

PAGES, DIFFERENT, GOODS, TIMES = 3_000, 60, 28, 40
LETTER, HEIGHT = 14.0, 28.0


def make_library(cache: Path) -> None:
    """Makes it once: receipts of 45 lines, of 60 kinds; every third may be of two days."""
    if (cache / "whole").exists():
        return
    pictures = cache / "pictures"
    pictures.mkdir(parents=True)
    Image.new("RGB", (800, 2200), "white").save(pictures / "page.jpg")
    sources = []
    for number in range(PAGES):
        path = pictures / f"{number:04}.jpg"
        path.hardlink_to(pictures / "page.jpg")
        sources.append(Source(path, path.name, 0, 1, 1))
    library = Library(find_places(cache / "home").library)
    batch_id = library.batch_of_folder(pictures, whole=True)
    page_ids = library.add_pages(batch_id, sources).page_ids
    for number, page_id in enumerate(page_ids[:DIFFERENT]):
        reading = Reading(tuple(_lines(number)), 800, 2200)
        library.checkpoints.keep(page_id, reading, seconds=1, rotation=0, recognizer="benchmark")
    copied = "status, line_count, confidence, seconds, width, height, recognizer, to_check, text_start, rules"
    with library._connection.write() as db:  # which is much quicker than to keep each
        for number, page_id in enumerate(page_ids[DIFFERENT:]):
            like = page_ids[number % DIFFERENT]
            db.execute(
                f"UPDATE page SET ({copied}) = (SELECT {copied} FROM page WHERE id = ?) WHERE id = ?", (like, page_id)
            )
            db.execute(
                f"INSERT INTO line (page_id, number, {LINE_COLUMNS}) SELECT ?, number, {LINE_COLUMNS} FROM line "
                "WHERE page_id = ?",
                (page_id, like),
            )
    library.close()
    (cache / "whole").touch()


def _lines(number: int) -> list[Line]:
    price = 100 + number % 900
    total = GOODS * price
    day = f"0{number % 9 + 1}/0{number // 9 % 9 + 1}/2023" if number % 3 == 0 else f"{number % 17 + 13}/05/2023"
    sign = "$" if number % 3 == 0 else "£"
    rows = [(f"Shop number {number % 60} Ltd", ""), ("12 High Street, Leeds", ""), (f"Receipt No: R{number:06}", ""),
            (f"Date: {day}", "12:30"), *((f"Article {it} of the shop", f"{price / 100:.2f}") for it in range(GOODS)),
            ("Subtotal", f"{total / 100:.2f}"), ("TOTAL", f"{sign}{total / 100:.2f}"),
            ("Card", f"{sign}{total / 100:.2f}"), ("Thank you", "")]  # fmt: skip
    lines = []
    for row, (left, right) in enumerate(rows):
        lines.append(_line(left, 40, 40 + row * 50.0))
        if right:
            lines.append(_line(right, 760 - len(right) * LETTER, 40 + row * 50.0))
    return lines


def _line(text: str, left: float, top: float) -> Line:
    def place(begin: int, end: int):  # noqa: ANN202
        first, last = left + begin * LETTER, left + end * LETTER
        return (first, top), (last, top), (last, top + HEIGHT), (first, top + HEIGHT)

    words, begin = [], 0
    for word in text.split(" "):
        words.append(Word(word, 0.95, place(begin, begin + len(word))))
        begin += len(word) + 1
    return Line(text, 0.95, place(0, len(text)), tuple(words))


def main() -> None:
    """Measures, and prints."""
    cache = Path(sys.argv[1])
    make_library(cache)
    app = QApplication([])
    apply_appearance(app, "light")
    places = find_places(cache / "home")
    library, decoder = Library(places.library), Decoder()
    desk = desk_of(library, decoder, BatchRunner(library, decoder, lambda: None, workers=1), places)
    window, middle = QMainWindow(), QWidget()
    window.setCentralWidget(middle)
    column = QVBoxLayout(middle)
    column.addWidget(desk.notices)
    room = ReceiptsRoom(desk)
    column.addWidget(room, 1)
    window.resize(1260, 740)
    window.show()
    batch = library.batches()[0]
    desk.batches.follow(None)
    holds, table = Holds(), room.ground
    model = table.model()

    def wait(until: Callable[[], bool]) -> None:
        while not until():
            app.processEvents()
            time.sleep(0.001)

    def measure(title: str, act: Callable[[], object], until: Callable[[], bool]) -> None:
        holds.restart()
        begun, used = time.perf_counter(), time.process_time()
        act()
        wait(until)
        QTest.qWait(100)
        seconds, used = time.perf_counter() - begun - 0.1, time.process_time() - used
        print(f"{title:44}{seconds:9.2f} s{used:9.2f} s of the processor{1000 * holds.cpu:8.1f} ms held", flush=True)

    QTest.qWait(500)
    measure("opened, first rows", lambda: room.open_room(batch), lambda: model.rowCount() > 0)
    measure("all pages looked at", lambda: None, lambda: model.rowCount() == PAGES)
    QTest.qWait(1500)
    count = [len(library.fields.kept(library.page_ids(batch.id)))]

    def accept() -> None:
        table.go_on()
        QTest.keyClick(table, Qt.Key.Key_Return)

    for _time in range(3):
        measure("a value accepted", accept, lambda: not desk.history.lane.wait(0) or True)
    holds.restart()
    for _time in range(TIMES):
        accept()
        QTest.qWait(30)
    QTest.qWait(1000)
    kept = len(library.fields.kept(library.page_ids(batch.id))) - count[0]
    print(f"{TIMES} values accepted, {kept} pages kept: {1000 * holds.cpu:.1f} ms held at most")
    holds.restart()
    bar = table.verticalScrollBar()
    for step in range(60):
        bar.setValue(step * bar.maximum() // 60)
        QTest.qWait(20)
    print(f"scrolled through: {1000 * holds.cpu:.1f} ms held at most")
    window.close()
    desk.tasks.stop.set()
    desk.tasks.wait(10)
    decoder.close()
    library.close()


if __name__ == "__main__":
    main()
