"""Measures that the window stays quick: how late a 10 ms timer on the GUI thread is, and how memory grows.

    python benchmarks/window.py many                 20,000 small pictures: adding, scrolling, filtering, sorting
    python benchmarks/window.py reading FOLDER       while real pages are read: lateness of the timer
    python benchmarks/window.py memory FOLDER        over 300 pages: resident memory every ten pages

Needs the extra ``test`` (nothing else); works with QT_QPA_PLATFORM=offscreen or on a display.
"""

import argparse
import gc
import itertools
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ocrdesk.app import desk_of, maker_of
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Reading
from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.engine.recognition.recognizer import Recognizer
from ocrdesk.places import find_places
from ocrdesk.runner import BatchRunner
from ocrdesk.settings import Settings
from ocrdesk.ui.kit.theme import apply_appearance
from ocrdesk.ui.window.main_window import MainWindow

TICK = 0.010


class Lateness(QObject):
    """A 10 ms timer on the GUI thread that notes how late it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=int(TICK * 1000), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late.append(now - self._last - TICK)
        self._last = now

    def restart(self) -> None:
        self.late.clear()
        self._last = time.perf_counter()

    def report(self, name: str) -> None:
        late = sorted(1000 * value for value in self.late)
        over = sum(value > 50 for value in late)
        print(
            f"{name:34} ticks {len(late):6}  late: median {statistics.median(late):5.1f}  "
            f"p99 {late[int(len(late) * 0.99)]:5.1f}  max {late[-1]:6.1f} ms  over 50 ms: {over}"
        )


class BlankRecognizer:
    """Finds nothing, so that the window is measured and not the recognition."""

    name = "blank"

    def as_wanted(self, mode: object, languages: object = ()) -> "BlankRecognizer":
        return self

    def read(self, picture: object, turn: int | None = None) -> Reading:
        return Reading((), 64, 64)


def make_window(home: Path, maker: Callable[[Settings], Callable[[], Recognizer]]) -> MainWindow:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    settings = Settings()
    apply_appearance(app, "light")
    places = find_places(home)
    library = Library(places.library)
    decoder = Decoder()
    runner = BatchRunner(library, decoder, maker(settings))
    window = MainWindow(desk_of(library, decoder, runner, places), settings, maker)
    window.show()
    window.begin([])
    return window


def wait(done: Callable[[], bool], seconds: float = 600) -> None:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.0005)


def many(options: argparse.Namespace, home: Path) -> None:
    folder = home / "many"
    print(f"drawing {options.pages:,} small pictures…")
    for number in range(options.pages):
        place = folder / f"{number // 1000:02}"
        place.mkdir(parents=True, exist_ok=True)
        picture = Image.new("L", (64, 88), 40 + number % 200)
        picture.save(place / f"scan {number}.png")
    window = make_window(home / "library", lambda _: BlankRecognizer)
    runner, pane = window.desk.runner, window.pages_pane
    lateness = Lateness()
    start = time.perf_counter()
    window.add([folder])
    wait(lambda: not window.adding.is_busy)
    scanned = time.perf_counter()
    QApplication.processEvents()
    print(f"scanned and kept in {scanned - start:.2f} s; usable {1000 * (time.perf_counter() - scanned):.0f} ms later")
    lateness.report("adding")
    lateness.restart()
    scroll(pane.grid.verticalScrollBar(), 6)
    lateness.report("scrolling the grid, reading")
    window.desk.actions["cancel"].trigger()
    wait(lambda: runner.batch_id is None)
    print(f"{window.desk.library.batches()[0].counts.done:,} pages read meanwhile")
    lateness.restart()
    scroll(pane.grid.verticalScrollBar(), 6)
    lateness.report("scrolling the grid")
    window.desk.actions["view_table"].trigger()
    QApplication.processEvents()
    lateness.restart()
    scroll(pane.table.verticalScrollBar(), 6)
    lateness.report("scrolling the table")
    for name, act in (
        ("filter", lambda: pane.show_only(PageFilter.DONE)),
        ("all again", lambda: pane.show_only(PageFilter.ALL)),
        ("sort", lambda: window.pages_pane.model.sort(5)),
        ("grid", window.desk.actions["view_grid"].trigger),
        ("other batch", lambda: window.pages_pane.model.set_batch(None)),
        ("this batch", lambda: window.pages_pane.model.set_batch(1)),
    ):
        begun = time.perf_counter()
        act()
        QApplication.processEvents()
        print(f"{name:34} {1000 * (time.perf_counter() - begun):6.1f} ms")
    end(window)


def scroll(bar, seconds: float) -> None:  # noqa: ANN001
    """Drags a scroll bar to the end and back in small and large steps."""
    begun = time.monotonic()
    for step in itertools.cycle([37, 211, 1409, -53, 5003]):
        value = bar.value() + step
        bar.setValue(value if value < bar.maximum() else 0)
        wait(lambda: True)
        QApplication.processEvents()
        time.sleep(0.004)
        if time.monotonic() - begun > seconds:
            return


def reading(options: argparse.Namespace, home: Path) -> None:
    window = make_window(home / "library", partial(maker_of, say=print))
    lateness = Lateness()
    window.add([options.folder])
    wait(lambda: window.desk.runner.pace.pages_per_minute is not None)
    lateness.restart()
    began = time.monotonic()
    runner = window.desk.runner
    wait(lambda: runner.batch_id is None or time.monotonic() - began > options.seconds, options.seconds + 60)
    lateness.report(f"reading with {runner._crew.size} workers")
    end(window)


def memory(options: argparse.Namespace, home: Path) -> None:
    window = make_window(home / "library", partial(maker_of, say=print))
    seen, sizes = 0, []

    def count() -> None:
        nonlocal seen
        seen += 1
        if seen % 10 == 0:
            sizes.append(resident())
            print(f"{seen:5} pages  {sizes[-1]:7.0f} MB")

    window.desk.runner.page_finished.connect(count)
    batches = itertools.count()
    while seen < options.pages:
        copy = home / f"copy {next(batches)}"
        copy.mkdir()
        for file in sorted(options.folder.iterdir()):
            (copy / file.name).symlink_to(file.resolve())
        window.add([copy])
        wait(lambda: window.desk.runner.batch_id is not None, 60)
        wait(lambda: (window.desk.runner.batch_id is None and not window.adding.is_busy) or seen >= options.pages, 3600)
    half = len(sizes) // 2
    first, second = statistics.mean(sizes[len(sizes) // 4 : half]), statistics.mean(sizes[half:])
    print(f"mean of the second quarter {first:.0f} MB, of the second half {second:.0f} MB, peak {peak():.0f} MB")
    end(window)


def resident() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def end(window: MainWindow) -> None:
    window.close()
    window.desk.runner.close(120)
    window.desk.library.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("many")
    command.add_argument("--pages", type=int, default=20_000)
    command.set_defaults(measure=many)
    command = commands.add_parser("reading")
    command.add_argument("folder", type=Path)
    command.add_argument("--seconds", type=float, default=60)
    command.set_defaults(measure=reading)
    command = commands.add_parser("memory")
    command.add_argument("folder", type=Path)
    command.add_argument("--pages", type=int, default=300)
    command.set_defaults(measure=memory)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocrdesk-bench-") as home:
        options.measure(options, Path(home))
    sys.stdout.flush()
    os._exit(0)  # measured; nothing is gained by tearing Qt down


if __name__ == "__main__":
    main()
