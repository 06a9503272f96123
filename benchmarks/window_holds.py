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
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from large_library import make_library
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from search_acts import first_strip, indexing
from window_acts import ACTS, Act, Desk

from ocrdesk.engine.library.connection import Connection
from ocrdesk.ui.kit.theme import apply_appearance
from ocrdesk.ui.pages.page_grid import PageGrid
from ocrdesk.ui.window import removal_commands


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cache", type=Path)
    parser.add_argument("acts", nargs="*")
    options = parser.parse_args()
    make_library(options.cache)
    home = Path(tempfile.mkdtemp(prefix="ocrdesk-holds-"))
    shutil.copytree(options.cache / "home", home, dirs_exist_ok=True)
    acts = (first_strip, *ACTS, indexing)
    try:
        measure_all([act for act in acts if not options.acts or act.__name__ in options.acts], home, options.cache)
    except BaseException:
        traceback.print_exc()  # or it would be lost below
        raise
    finally:
        shutil.rmtree(home)
        sys.stdout.flush()
        os._exit(0)  # measured; nothing is gained by tearing Qt down


def measure_all(acts: Sequence[Act], home: Path, cache: Path) -> None:
    """Opens the window, acts, and prints what each act took."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_appearance(app, "light")
    removal_commands.confirmed = lambda *_: True  # type: ignore[assignment]
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
