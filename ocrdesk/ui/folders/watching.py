"""Watches the folders of batches, and tells which files have arrived."""

import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.intake.arrivals import Arrivals
from ocrdesk.engine.library import Library
from ocrdesk.engine.products import Products
from ocrdesk.ui.kit.tasks import Lane

SOON = 700
"""Milliseconds after a change, and between looks at files that are still being written."""

NOW_AND_THEN = 20_000
"""Milliseconds between looks without a reason: network drives and some others tell nothing of changes."""


class Watching(QObject):
    """Looks into the folders of all watched batches, at once when the system tells of a change.

    Attributes:
        arrived: Files of a batch have come to rest; carries its number, ``pop`` gives them.
    """

    arrived = Signal(int)

    def __init__(self, library: Library, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._arrivals: dict[int, Arrivals] = {}
        self._ready: dict[int, list[Path]] = {}
        self._looking: set[int] = set()
        self._system = QFileSystemWatcher(self)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._look)
        self._now_and_then = QTimer(self, interval=NOW_AND_THEN)
        self._now_and_then.timeout.connect(self._look)
        self._system.directoryChanged.connect(lambda _: self._look_soon())

    def begin(self) -> None:
        """Takes up all batches that are watched, and later those that came back."""
        for batch_id in set(self._library.files.watched()) - self._arrivals.keys():
            self.watch(batch_id)

    def watch(self, batch_id: int) -> None:
        """Watches one more batch."""
        batch = self._library.batch(batch_id)
        if batch is None:
            return
        self._arrivals[batch_id] = Arrivals(batch.origin, Products(self._library.folder).has)
        self._now_and_then.start()
        self._look_soon()

    def leave(self, batch_id: int) -> None:
        """Watches a batch no more."""
        self._arrivals.pop(batch_id, None)
        self._ready.pop(batch_id, None)
        if not self._arrivals:
            self._now_and_then.stop()
            if folders := self._system.directories():
                self._system.removePaths(folders)

    def close(self) -> None:
        """Looks no more."""
        self._soon.stop()
        self._now_and_then.stop()
        self._arrivals.clear()

    def pop(self, batch_id: int) -> list[Path]:
        """The files that arrived; only once."""
        return self._ready.pop(batch_id, [])

    def _look_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _look(self) -> None:
        still = set(self._library.files.watched())
        for batch_id in self._arrivals.keys() - still:  # removed
            self.leave(batch_id)
        for batch_id in self._arrivals:
            if batch_id not in self._looking:
                self._looking.add(batch_id)
                self._lane.run(
                    partial(self._look_into, batch_id, self._arrivals[batch_id]),
                    partial(self._on_looked, batch_id),
                    partial(self._on_problem, batch_id),
                )

    def _look_into(self, batch_id: int, arrivals: Arrivals) -> tuple[list[Path], list[str]]:
        """In the lane's thread: the files at rest, and all folders there are."""
        known = self._library.files.known(batch_id)
        stay_out = self._library.files.taken_out(batch_id)
        ready = arrivals.look(known, time.monotonic(), self._lane.stop.is_set, stay_out)
        return ready, [str(folder) for folder in arrivals.folders]

    def _on_looked(self, batch_id: int, found: tuple[list[Path], list[str]]) -> None:
        self._looking.discard(batch_id)
        arrivals = self._arrivals.get(batch_id)
        if arrivals is None:
            return
        if self._library.batch(batch_id) is None:
            self.leave(batch_id)
            return
        ready, folders = found
        if new := sorted(set(folders) - set(self._system.directories())):
            self._system.addPaths(new)
            self._look_soon()  # at what came before the system was asked to tell
        if ready:
            self._ready.setdefault(batch_id, []).extend(ready)
            self.arrived.emit(batch_id)
        if arrivals.are_expected:
            self._look_soon()

    def _on_problem(self, batch_id: int, error: OcrdeskError) -> None:
        self._looking.discard(batch_id)
