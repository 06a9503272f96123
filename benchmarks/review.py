"""How long the review of a batch of 3,000 pages takes to open, to show the next word and to keep one.

Usage: python benchmarks/review.py CACHE

The library is made in CACHE the first time. All times are in milliseconds: median and worst, by the clock and of the
processor, on which this process also loads the pictures that come next. Words are kept on the disk of CACHE, with
everything written through to it.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PIL import Image, ImageDraw
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from ocrdesk.app import desk_of
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Line, Reading, Source, Word
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.doubts import Scope
from ocrdesk.garbage import Garbage
from ocrdesk.places import find_places
from ocrdesk.runner import BatchRunner
from ocrdesk.ui.kit.theme import apply_appearance
from ocrdesk.ui.review.review_view import OneByOne

PAGES, LINES, WORDS, DOUBTFUL = 3_000, 45, 9, 10
SIZE = 2480, 3508
TIMES = 100


def make_library(cache: Path) -> None:
    """Makes it once: A4 pages at 300 dpi, 10 words of each to check."""
    if (cache / "whole").exists():
        return
    pictures = cache / "pictures"
    pictures.mkdir(parents=True)
    one = pictures / "page.jpg"
    _draw(one)
    sources = []
    for number in range(PAGES):
        path = pictures / f"{number:04}.jpg"
        path.hardlink_to(one)
        sources.append(Source(path, path.name, 0, 1, 1))
    library = Library(find_places(cache / "home").library)
    batch_id = library.batch_of_folder(pictures, whole=True)
    page_ids = library.add_pages(batch_id, sources).page_ids
    chance = np.random.default_rng(7)
    for count, page_id in enumerate(page_ids):
        if count % 500 == 0:
            print(f"making page {count:,} of {PAGES:,}…", flush=True)
        library.checkpoints.keep(page_id, _reading(chance), seconds=1, rotation=0, recognizer="benchmark")
    library.close()
    (cache / "whole").touch()


def _draw(path: Path) -> None:
    picture = Image.new("RGB", SIZE, "white")
    brush = ImageDraw.Draw(picture)
    for line in range(LINES):
        brush.text((200, 200 + 70 * line), "printed words " * 8, fill="black", font_size=46)
    picture.save(path, quality=85)


def _reading(chance: np.random.Generator) -> Reading:
    lines, wrong = [], set(chance.choice(LINES * WORDS, DOUBTFUL, replace=False).tolist())
    for number in range(LINES):
        top, words = 200.0 + 70 * number, []
        for place in range(WORDS):
            left = 200.0 + 230 * place
            sure = float(chance.uniform(0.05, 0.69)) if number * WORDS + place in wrong else 0.98
            polygon = ((left, top), (left + 200, top), (left + 200, top + 50), (left, top + 50))
            words.append(Word(f"word{chr(97 + place)}", sure, polygon))
        whole = ((200, top), (2270, top), (2270, top + 50), (200, top + 50))
        lines.append(Line(" ".join(word.text for word in words), 0.9, whole, tuple(words)))
    return Reading(tuple(lines), *SIZE)


def measured(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that something took, and those in which this process calculated."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


def tell(what: str, times: list[tuple[float, float]]) -> None:
    """Prints the median and the worst of both."""
    walls, cpus = zip(*times, strict=True)
    print(
        f"{what:34} {statistics.median(walls):8.1f} median {max(walls):8.1f} worst   "
        f"(processor {statistics.median(cpus):6.1f} and {max(cpus):6.1f})"
    )


def main(cache: Path) -> None:
    """Makes the library and measures."""
    make_library(cache)
    app = QApplication(sys.argv[:1])
    apply_appearance(app, "light")
    with Garbage():  # as the program does
        measure_review(app, cache)


def measure_review(app: QApplication, cache: Path) -> None:
    """Opens the library and measures."""
    places = find_places(cache / "home")
    library, decoder = Library(places.library), Decoder()
    desk = desk_of(library, decoder, BatchRunner(library, decoder, lambda: None, workers=1), places)  # type: ignore[arg-type,return-value]
    (batch,) = library.batches()
    print(f"{batch.counts.words:,} words to check on {batch.counts.doubtful:,} pages")
    tell("order of all words", [measured(lambda: library.doubts.of(Scope(batch.id))) for _ in range(5)])
    window, middle = QMainWindow(), QWidget()
    view = OneByOne(desk)
    column = QVBoxLayout(middle)
    for part in (view, desk.notices, desk.under_way):
        column.addWidget(part)
    window.setCentralWidget(middle)
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    items = view.items

    def until(condition: Callable[[], object]) -> None:
        while not condition():
            app.processEvents()

    def shown() -> None:
        until(lambda: items.present is not None)
        window.repaint()

    def all_at_hand() -> bool:
        at_hand = map(items.of, items.queue.upcoming(20))
        return all(shown is not None and shown.strip is not None for shown in at_hand)

    def begin() -> None:
        view.begin(Scope(batch.id))
        shown()

    def seen() -> None:
        until(lambda: items.present is not None and items.present.strip is not None)
        window.repaint()

    opened, pictures = [], []
    for _ in range(6):
        opened.append(measured(begin))
        pictures.append(measured(seen))
    tell("opened", opened[1:])  # the first time, decoding processes start
    tell("its picture, after that", pictures[1:])
    for name, act in (
        ("next word (left for later)", items.leave_for_later),
        ("kept, and the next word", lambda: items.decide("written")),
        ("accepted, and the next word", lambda: items.decide(items.present.item.text)),  # type: ignore[union-attr]
    ):
        times = []
        for _ in range(TIMES):
            until(all_at_hand)
            before = items.queue.present

            def once(act: Callable[[], object] = act, before: object = before) -> None:
                act()
                until(lambda: items.queue.present != before)
                shown()

            times.append(measured(once))
        tell(name, times)
    times = []
    for _ in range(TIMES):
        until(all_at_hand)
        shown_now = items.present
        assert shown_now is not None
        change, page = shown_now.item.changed_to("kept"), shown_now.page
        times.append(measured(lambda change=change, page=page: library.corrections.keep(page.id, change)))  # type: ignore[misc]
        items.leave_for_later()
    tell("on disk", times)
    waited = [measured(lambda: until(lambda: _ahead(items.leave_for_later, all_at_hand))) for _ in range(20)]
    tell("a picture ahead", waited)
    view.end()
    desk.tasks.close()
    desk.tasks.wait(20)
    library.close()
    decoder.close()


def _ahead(go_on: Callable[[], object], is_there: Callable[[], bool]) -> bool:
    """Goes on once everything is at hand; how long that takes is how long loading one picture does."""
    if not is_there():
        return False
    go_on()
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]))
