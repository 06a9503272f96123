"""Measures how long each frame takes while a page of 12 megapixels is zoomed with the wheel and dragged.

    python benchmarks/page_motion.py FOLDER     FOLDER is that of ``page_turns.py``

Works with QT_QPA_PLATFORM=offscreen or on a display. A frame is one event of the mouse and what is painted after it.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from page_turns import fill, make_pages
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from window_acts import Desk

from ocrdesk.ui.kit.theme import apply_appearance

FRAME = 1000 / 60
"""Milliseconds."""

STEPS = 12
"""How often the wheel is turned from the whole page to its largest, …"""

DRAGS = 60
"""… and how often the pointer moves, in each direction."""


def main() -> None:
    """Zooms and drags, with the lines hidden and shown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    scans = make_pages(given.folder, 8)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_appearance(app, "light")
    desk = Desk(given.folder / "home", given.folder)
    fill(desk, scans)
    desk.window.resize(1920, 1080)
    desk.window.show()
    desk.window.begin([])
    desk.until(lambda: desk.model.rowCount() > 0)
    desk.rest(1)
    desk.actions["full_page"].setChecked(True)
    desk.until(lambda: desk.window.page_view.picture.has_picture)
    desk.rest(3)
    for shown in (False, True):
        desk.actions["show_lines"].setChecked(shown)
        desk.rest(0.5)
        words = "lines shown" if shown else "lines hidden"
        print(f"zoom, {words}: {told(zoomed(desk))}", flush=True)
        desk.actions["zoom_fit"].trigger()
        for steps in (0, 2, 5):  # from the width of the page to pixels larger than those of the screen
            for _ in range(steps and 3):
                desk.actions["zoom_in"].trigger()
            scale = desk.window.page_view.picture.transform().m11()
            desk.rest(0.5)
            print(f"drag at {scale:.2f}, {words}: {told(dragged(desk))}", flush=True)
        desk.actions["zoom_fit"].trigger()
    desk.window.close()
    desk.until(lambda: desk.window.closing.is_over)
    desk.runner.close(5)
    desk.decoder.close()
    desk.library.close()


def frame(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of the clock and of the processor, in all threads, for one event and its painting."""
    begun, used = time.perf_counter(), time.process_time()
    act()
    QApplication.processEvents()
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - used)


def zoomed(desk: Desk) -> list[tuple[float, float]]:
    """The frames of turning the wheel both ways, twice."""
    picture = desk.window.page_view.picture
    viewport = picture.viewport()
    place = QPointF(viewport.rect().center())
    frames = []
    for up in (True, False, True, False):
        for _ in range(STEPS):
            wheel = QWheelEvent(
                place, viewport.mapToGlobal(place), QPoint(), QPoint(0, 120 if up else -120),
                Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            frames.append(frame(lambda wheel=wheel: QApplication.sendEvent(viewport, wheel)))
    return frames


def dragged(desk: Desk) -> list[tuple[float, float]]:
    """The frames of dragging the page one way and back."""
    picture = desk.window.page_view.picture
    viewport = picture.viewport()
    place = QPointF(viewport.rect().center())
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    frames = []

    def mouse(kind: QEvent.Type, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        event = QMouseEvent(kind, place, viewport.mapToGlobal(place), button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(viewport, event)

    mouse(QEvent.Type.MouseButtonPress, left, left)
    for step in (QPointF(-7, -11), QPointF(7, 11)):
        for _ in range(DRAGS):
            place += step
            frames.append(frame(lambda: mouse(QEvent.Type.MouseMove, none, left)))
    mouse(QEvent.Type.MouseButtonRelease, left, none)
    return frames


def told(frames: list[tuple[float, float]]) -> str:
    """Says how long frames took."""
    clock, used = (sorted(times) for times in zip(*frames, strict=True))
    late = sum(time > FRAME for time in used)

    def some(times: list[float]) -> str:
        return f"{median(times):.1f}, {times[int(0.95 * len(times))]:.1f}, {times[-1]:.1f}"

    return f"median, 95th, most: {some(clock)} ms; of the processor {some(used)} ms, {late} of {len(used)} above 16.7"


if __name__ == "__main__":
    main()
