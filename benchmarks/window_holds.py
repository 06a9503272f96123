"""Measures how long the window is held by large batches: 100,000 pages, acts of a person on a batch of 20,000.

    python benchmarks/window_holds.py CACHE [ACT…]     CACHE keeps the library between measurements (300 MB)

A timer comes every 5 ms in the GUI thread and notes how much processor time the thread has used since it came last.
The grid's own layout, which is Qt's, is taken out of that and told apart. Works with QT_QPA_PLATFORM=offscreen or on a
display.
"""

import argparse
import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from ocrdesk.engine.batch_file import save_batch
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Reading, Source
from ocrdesk.engine.export.export import ExportChoices
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.rows import POLYGON
from ocrdesk.places import find_places
from ocrdesk.runner import BatchRunner
from ocrdesk.settings import Settings
from ocrdesk.ui import batch_commands, page_commands
from ocrdesk.ui.actions import page_menu
from ocrdesk.ui.background import Errands
from ocrdesk.ui.export_dialog import ExportDialog
from ocrdesk.ui.main_window import MainWindow
from ocrdesk.ui.page_grid import PageGrid
from ocrdesk.ui.theme import apply_appearance

SIZES = {"Letters": 20_000, "Invoices": 20_000, "Failed": 20_000} | {f"Volume {number}": 10_000 for number in range(4)}
LINES = 8
WORDS = (  # noqa: SIM905
    "Invoice für die Lieferung vom Größe délivré à l'école the quick brown fox Straße number total amount paid "
    "within thirty days Rechnung Nummer please quote reference account received balance carried forward"
).split()
FOUND = "remittance"
"""On 89 of 100 pages."""


# The library


def make_library(cache: Path) -> None:
    """Makes it once: every second page doubtful, one batch all failed, two with pictures that are there."""
    if (cache / "whole").exists():
        return
    shutil.rmtree(cache, ignore_errors=True)
    library = Library(find_places(cache / "home").library)
    pictures = cache / "pictures"
    for name, count in SIZES.items():
        print(f"making “{name}”, {count:,} pages…", flush=True)
        folder = pictures / name
        sources = [
            Source(
                folder / f"{number // 1000:02}" / f"scan {number:05}.png",
                f"{number // 1000:02}/scan {number:05}.png",
                0,
                1,
                1,
            )
            for number in range(count)
        ]
        if name in ("Letters", "Failed"):
            _draw(sources)
        batch_id = library.batch_of_folder(folder, whole=True)
        for start in range(0, count, 2000):
            added = library.add_pages(batch_id, sources[start : start + 2000])
            _read(library, added.page_ids, failed=name == "Failed")
    batch = library.find_batch(pictures / "Volume 0", whole=True)
    assert batch is not None
    save_batch(library, batch, cache / "saved.ocrdesk", with_pictures=False, thumbnail=lambda page: None)
    library.close()
    (cache / "whole").touch()


def _draw(sources: list[Source]) -> None:
    """One small picture under many names."""
    one = sources[0].path
    one.parent.mkdir(parents=True)
    Image.new("L", (64, 88), 200).save(one)
    for source in sources[1:]:
        source.path.parent.mkdir(exist_ok=True)
        source.path.hardlink_to(one)


def _read(library: Library, page_ids: tuple[int, ...], *, failed: bool) -> None:
    polygon = POLYGON.pack(0, 0, 900, 0, 900, 30, 0, 30)
    with library._connection.write() as db:
        if failed:
            db.executemany(
                "UPDATE page SET status = 'failed', message = 'The file is empty. Scan it again.' WHERE id = ?",
                [(page_id,) for page_id in page_ids],
            )
            return
        for page_id in page_ids:
            lines = [
                " ".join(WORDS[(page_id * 7 + line * 5 + word) % len(WORDS)] for word in range(8))
                for line in range(LINES)
            ]
            if page_id % 100 < 89:
                lines[page_id % LINES] += f" {FOUND}"
            confidence = 0.5 if page_id % 2 else 0.95
            db.execute(
                "UPDATE page SET status = 'done', line_count = ?, confidence = ?, seconds = ?, width = 1000, "
                "height = 1400, recognizer = 'benchmark', content = ?, text_start = ? WHERE id = ?",
                (LINES, confidence, 1 + page_id % 17 / 10, page_id.to_bytes(16, "big"), " ".join(lines)[:300], page_id),
            )
            db.executemany(
                "INSERT INTO line (page_id, number, text, confidence, polygon) VALUES (?, ?, ?, ?, ?)",
                [(page_id, number, text, confidence, polygon) for number, text in enumerate(lines)],
            )


# Measuring


class Holds(QObject):
    """The longest that the GUI thread was held since it was asked last."""

    def __init__(self) -> None:
        super().__init__()
        self.layout = 0.0
        self._laid_out = 0.0
        self.writes: list[float] = []
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.restart()

    def restart(self) -> None:
        self.cpu = self.wall = self.layout = self._laid_out = 0.0
        self.writes.clear()
        self._cpu, self._wall = time.thread_time(), time.perf_counter()

    def note_layout(self, seconds: float) -> None:
        self.layout = max(self.layout, seconds)
        self._laid_out += seconds

    def _tick(self) -> None:
        cpu, wall = time.thread_time(), time.perf_counter()
        self.cpu = max(self.cpu, cpu - self._cpu - self._laid_out)
        self.wall = max(self.wall, wall - self._wall)
        self._cpu, self._wall, self._laid_out = cpu, wall, 0.0


def watch_layout_and_writes(holds: Callable[[], Holds]) -> None:
    """Notes what the grid's layout takes, and how long each transaction holds the library's write lock."""
    write = Connection.write

    def do_items_layout(self: PageGrid) -> None:
        begun = time.thread_time()
        super(PageGrid, self).doItemsLayout()
        holds().note_layout(time.thread_time() - begun)

    @contextmanager
    def timed(self: Connection) -> Iterator[object]:
        with write(self) as db:
            begun = time.perf_counter()
            yield db
        holds().writes.append(time.perf_counter() - begun)

    PageGrid.doItemsLayout = do_items_layout  # type: ignore[method-assign]
    Connection.write = timed  # type: ignore[method-assign, assignment]


class Blank:
    """Finds nothing, so that the window is measured and not the recognition."""

    name = "blank"

    def read(self, picture: object, turn: int | None = None) -> Reading:
        return Reading((), 64, 88)


class Desk:
    """The window on a copy of the library, and what a person does with it."""

    def __init__(self, home: Path, cache: Path) -> None:
        self.cache = cache
        places = find_places(home)
        self.library = Library(places.library)
        self.decoder = Decoder()
        self.runner = BatchRunner(self.library, self.decoder, Blank, workers=1)
        self.window = MainWindow(self.library, self.decoder, self.runner, places, Settings(), lambda _: Blank)
        self.holds: Holds
        self.model = self.window._pages
        self.pane = self.window.pages_pane
        self.actions = self.window.actions_
        self.settings = Settings()

    def open(self, name: str) -> None:
        batch = next(batch for batch in self.library.batches() if batch.name == name)
        self.window._choose_batch(batch.id)
        self.until(lambda: self.model.batch_id == batch.id and self.model.rowCount() == batch.counts.total)
        self.rest(0.5)

    def until(self, done: Callable[[], object], seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while not done():
            QApplication.processEvents()
            time.sleep(0.0005)
            if time.monotonic() > end:
                raise TimeoutError

    def rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def chip(self, name: str) -> None:
        chip = self.pane.chips.findChild(QPushButton, f"chip{name}")
        assert chip is not None
        chip.click()

    def shows(self, count: int) -> None:
        self.until(lambda: self.model.rowCount() == count)

    def select_all(self) -> None:
        view = self.pane.grid if self.actions.view_grid.isChecked() else self.pane.table
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    def count(self, name: str) -> int:
        return next((batch.counts.total for batch in self.window._batches.batches() if batch.name == name), 0)


Act = Callable[[Desk], Iterator[None]]

# The acts. Each is a generator: what stands before its first ``yield`` is made ready, the rest is measured.


def doubtful(desk: Desk) -> Iterator[None]:
    yield
    desk.chip("Doubtful")
    desk.shows(10_000)


def all_again(desk: Desk) -> Iterator[None]:
    yield
    desk.chip("All")
    desk.shows(20_000)


def doubtful_chosen(desk: Desk) -> Iterator[None]:
    """With all pages chosen, which stay chosen."""
    desk.select_all()
    yield
    desk.chip("Doubtful")
    desk.shows(10_000)


def all_chosen(desk: Desk) -> Iterator[None]:
    """Back again: 10,000 pieces, each of one page, stay chosen."""
    yield
    desk.chip("All")
    desk.shows(20_000)


def find(desk: Desk) -> Iterator[None]:
    desk.pane.selection.clear()
    yield
    desk.pane.search.setText(FOUND)
    desk.shows(17_800)


def find_folded(desk: Desk) -> Iterator[None]:
    yield
    desk.pane.search.setText("STRASSE NUM")
    desk.rest(2)


def find_no_more(desk: Desk) -> Iterator[None]:
    yield
    desk.pane.search.setText("")
    desk.shows(20_000)


def select_all(desk: Desk) -> Iterator[None]:
    yield
    desk.select_all()


def context_menu(desk: Desk) -> Iterator[None]:
    desk.select_all()
    yield
    menu = page_menu(desk.window, desk.actions)
    menu.popup(desk.window.rect().center())
    desk.rest(0.2)
    ways = desk.actions.page_way.menu()
    assert ways is not None
    ways.popup(desk.window.rect().center())
    desk.rest(0.2)
    ways.close()
    menu.close()


def table(desk: Desk) -> Iterator[None]:
    yield
    desk.actions.view_table.trigger()


def sort(desk: Desk) -> Iterator[None]:
    desk.pane.selection.clear()
    yield
    for column in (4, 2, 3):
        desk.pane.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        desk.rest(0.7)


def sort_chosen(desk: Desk) -> Iterator[None]:
    """With every second page chosen."""
    desk.chip("Doubtful")
    desk.shows(10_000)
    desk.select_all()
    desk.chip("All")
    desk.shows(20_000)
    desk.rest(0.3)
    yield
    desk.pane.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    desk.rest(1.5)


def grid(desk: Desk) -> Iterator[None]:
    desk.pane.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    desk.rest(1)
    yield
    desk.actions.view_grid.trigger()


def other_batch(desk: Desk) -> Iterator[None]:
    yield
    desk.open("Volume 1")
    desk.open("Letters")


def threshold(desk: Desk) -> Iterator[None]:
    yield
    desk.window._settings_commands.use(Settings(doubtful_below=0.4))
    desk.rest(1)
    desk.window._settings_commands.use(Settings())
    desk.rest(1)


def reading_order(desk: Desk) -> Iterator[None]:
    desk.select_all()
    yield
    from ocrdesk.engine.layout.ways import Way

    desk.window._way_commands.read_pages(Way.ROWS)
    desk.rest(2)


def counts(desk: Desk) -> Iterator[None]:
    """Not a hold of its own: what each look at a batch's counts takes."""
    batch_id = desk.window.chosen_batch()
    assert batch_id is not None
    begun = time.perf_counter()
    for _ in range(10):
        desk.library.batch(batch_id)
    print(f"    counts of 20,000 pages: {(time.perf_counter() - begun) * 100:.1f} ms", flush=True)
    yield
    desk.window._batches.refresh(batch_id)


def export_names(desk: Desk) -> Iterator[None]:
    out = desk.cache / "out"
    out.mkdir(exist_ok=True)
    page_ids = desk.library.page_ids(desk.window.chosen_batch() or 0)
    first = next(iter(desk.library.pages(page_ids[:1]).values()))
    (out / f"{first.path.stem}.txt").touch()
    yield
    choices = ExportChoices("txt", out, "{stem}")
    dialog = ExportDialog(
        desk.library, desk.decoder, choices, desk.window._page_commands.sets(), Errands(desk.window), desk.window
    )
    dialog.open()
    desk.rest(0.5)
    template = dialog.findChild(QLineEdit, "exportTemplate")
    assert template is not None
    for letter in "-{page}":
        template.setText(template.text() + letter if letter != "{" else template.text())
        desk.rest(0.1)
    template.setText("{stem}")
    desk.rest(3)
    dialog.reject()


def open_saved(desk: Desk) -> Iterator[None]:
    yield
    before = len(desk.library.batches())
    desk.window._save_commands.open([desk.cache / "saved.ocrdesk"])
    desk.until(lambda: len(desk.library.batches()) > before)
    desk.rest(1)


def run(desk: Desk) -> Iterator[None]:
    """Retries all 20,000 that failed, and watches them being read for a while."""
    desk.open("Failed")
    yield
    desk.actions.retry_failed.trigger()
    desk.until(lambda: desk.runner.batch_id is not None)
    desk.rest(8)


def run_filtered(desk: Desk) -> Iterator[None]:
    yield
    desk.chip("Done")
    desk.rest(4)
    desk.pane.search.setText("scan")
    desk.rest(4)
    desk.pane.search.setText("")
    desk.chip("All")
    desk.rest(1)


def cancel(desk: Desk) -> Iterator[None]:
    yield
    desk.actions.cancel.trigger()
    desk.until(lambda: desk.runner.batch_id is None)
    desk.rest(1)


def turn(desk: Desk) -> Iterator[None]:
    desk.open("Letters")
    desk.select_all()
    yield
    desk.actions.turn_right.trigger()
    desk.rest(3)
    desk.actions.cancel.trigger()
    desk.until(lambda: desk.runner.batch_id is None)
    desk.rest(1)


def remove_pages(desk: Desk) -> Iterator[None]:
    desk.open("Letters")
    desk.select_all()
    yield
    desk.actions.remove_pages.trigger()
    desk.until(lambda: not desk.count("Letters"))
    desk.rest(0.5)


def remove_batch(desk: Desk) -> Iterator[None]:
    desk.open("Invoices")
    yield
    desk.actions.remove_batch.trigger()
    desk.until(lambda: not desk.count("Invoices"))
    desk.rest(5)


ACTS = (
    doubtful, all_again, doubtful_chosen, all_chosen, find, find_no_more, find_folded, find_no_more, select_all,
    context_menu, table, sort, sort_chosen, grid, other_batch, threshold, counts, export_names, reading_order,
    open_saved, run, run_filtered, cancel, turn, remove_pages, remove_batch,
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cache", type=Path)
    parser.add_argument("acts", nargs="*")
    options = parser.parse_args()
    make_library(options.cache)
    home = Path(tempfile.mkdtemp(prefix="ocrdesk-holds-"))
    shutil.copytree(options.cache / "home", home, dirs_exist_ok=True)
    try:
        measure_all([act for act in ACTS if not options.acts or act.__name__ in options.acts], home, options.cache)
    finally:
        shutil.rmtree(home)
        sys.stdout.flush()
        os._exit(0)  # measured; nothing is gained by tearing Qt down


def measure_all(acts: Sequence[Act], home: Path, cache: Path) -> None:
    """Opens the window, acts, and prints what each act took."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_appearance(app, "light")
    page_commands.confirmed = batch_commands.confirmed = lambda *_: True  # type: ignore[assignment]
    measured: list[Holds] = []
    watch_layout_and_writes(lambda: measured[0])
    measured.append(Holds())
    desk = Desk(home, cache)
    desk.window.resize(1400, 900)
    desk.window.show()
    desk.window.begin([])
    desk.open("Letters")
    gc.freeze()  # as the program does
    print(f"{'act':18} {'CPU':>8} {'wall':>8} {'layout':>8} {'longest write':>14} {'whole act':>10}   (ms)", flush=True)
    for act in acts:
        measure(desk, measured[0], act)
    desk.window.close()
    desk.runner.close(60)


def measure(desk: Desk, holds: Holds, act: Act) -> None:
    steps = act(desk)
    next(steps)
    desk.rest(0.3)
    holds.restart()
    begun = time.perf_counter()
    for _ in steps:
        pass
    whole = time.perf_counter() - begun
    desk.rest(0.3)
    writes = 1000 * max(holds.writes, default=0)
    print(
        f"{act.__name__:18} {1000 * holds.cpu:8.0f} {1000 * holds.wall:8.0f} {1000 * holds.layout:8.0f} "
        f"{writes:14.0f} {1000 * whole:10.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
