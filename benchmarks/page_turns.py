"""Measures how long it takes until the next page is seen in the full page view, with pictures of 12 megapixels.

    python benchmarks/page_turns.py FOLDER [--pages 8]     FOLDER gets the pages and the library

Works with QT_QPA_PLATFORM=offscreen or on a display. Between two turns it waits as somebody who looks at the page does.
"""

import argparse
import time
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_acts import Desk

from ocrdesk.engine.document import Line, Reading, Source, Word
from ocrdesk.engine.geometry import slices_of
from ocrdesk.ui.kit.theme import apply_appearance
from ocrdesk.ui.panel.picture_item import PictureItem

WIDTH, HEIGHT = 3000, 4000
ROWS, WORDS = 60, 10


def draw(path: Path, number: int) -> None:
    grain = np.random.default_rng(number).integers(225, 255, (HEIGHT // 4, WIDTH // 4), np.uint8)
    image = Image.fromarray(grain).resize((WIDTH, HEIGHT)).convert("RGB")
    pen = ImageDraw.Draw(image)
    for row in range(ROWS):
        pen.text((300, 200 + 60 * row), f"page {number} row {row} " * 5, fill="black", font_size=36)
    image.save(path, quality=90)


def reading(number: int) -> Reading:
    lines = []
    for row in range(ROWS):
        top = 200.0 + 60 * row
        polygon = ((300.0, top), (2500.0, top), (2500.0, top + 40), (300.0, top + 40))
        places = slices_of(polygon, [(word / WORDS, (word + 0.9) / WORDS) for word in range(WORDS)])
        words = [Word(f"word{word}", 0.5 if word == row % 20 else 0.95, it) for word, it in enumerate(places)]
        lines.append(Line(" ".join(word.text for word in words), 0.9, polygon, tuple(words)))
    return Reading(tuple(lines), WIDTH, HEIGHT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=8)
    given = parser.parse_args()
    scans = make_pages(given.folder, given.pages)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_appearance(app, "light")
    desk = Desk(given.folder / "home", given.folder)
    fill(desk, scans)
    desk.window.resize(1920, 1080)
    desk.window.show()
    desk.window.begin([])
    desk.until(lambda: desk.model.rowCount() == given.pages)
    desk.rest(1)
    desk.actions["full_page"].setChecked(True)
    view = desk.window.page_view
    desk.until(lambda: view.picture.has_picture)
    for name, pause in (("at leisure", 1.5), ("in haste", 0.0)):
        print(f"{name}: {turns(desk, given.pages, pause)}")
    desk.window.close()
    desk.until(lambda: desk.window.closing.is_over)
    desk.runner.close(5)
    desk.decoder.close()
    desk.library.close()


def make_pages(folder: Path, pages: int) -> Path:
    """Draws the pages that are not there yet; the folder they lie in."""
    scans = folder / "scans"
    scans.mkdir(parents=True, exist_ok=True)
    for number in range(pages):
        if not (scans / f"{number:02}.jpg").exists():
            draw(scans / f"{number:02}.jpg", number)
    return scans


def fill(desk: Desk, scans: Path) -> None:
    if desk.library.batches():
        return
    batch_id = desk.library.batch_of_folder(scans, whole=True)
    added = desk.library.add_pages(batch_id, [Source(path, path.name) for path in sorted(scans.iterdir())])
    for number, page_id in enumerate(added.page_ids):
        desk.library.checkpoints.keep(page_id, reading(number), seconds=1.0, rotation=0, recognizer="drawn")
    desk.window.desk.batches.follow(None)


def turns(desk: Desk, pages: int, pause: float) -> str:
    took, used, seen = [], [], []
    paint = PictureItem.paint

    def paint_and_tell(item: PictureItem, *given: object) -> None:
        paint(item, *given)  # type: ignore[arg-type]
        seen.append(time.perf_counter())

    PictureItem.paint = paint_and_tell  # type: ignore[method-assign, assignment]
    picture = desk.window.page_view.picture
    for key, count in ((Qt.Key.Key_PageDown, pages - 1), (Qt.Key.Key_PageUp, pages - 1)):
        for _ in range(count):
            desk.rest(pause)
            seen.clear()
            begun, before = time.perf_counter(), time.thread_time()
            QTest.keyClick(picture, key)
            desk.until(lambda: picture.has_picture and seen)
            took.append(1000 * (seen[0] - begun))
            QApplication.processEvents()
            used.append(1000 * (time.thread_time() - before))
    PictureItem.paint = paint  # type: ignore[method-assign]
    return (
        f"seen after {median(took):.0f} ms (median), {max(took):.0f} at most; "
        f"of the processor {median(used):.0f} and {max(used):.0f} ms with the text"
    )


if __name__ == "__main__":
    main()
