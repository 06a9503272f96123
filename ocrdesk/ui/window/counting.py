"""Counts what is to check on pages that an earlier version read, in the background."""

from PySide6.QtCore import QObject, QTimer

from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk

SOON = 3_000
"""Milliseconds from the start until it begins: the start has enough to do."""


class Counting(QObject):
    """Counts once; a program that is ended meanwhile goes on at its next start."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._texts = desk.library.texts
        self._chosen = desk.chosen
        self._lane = desk.tasks.lane()
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._begin)

    def begin(self) -> None:
        """At the start: counts after a moment."""
        self._soon.start(SOON)

    def close(self) -> None:
        """Leaves the rest for the next start; does not wait for what has begun."""
        self._soon.stop()

    def _begin(self) -> None:
        self._lane.run(
            self._count, self._tell, lambda _: None
        )  # what cannot be written now is counted at the next start

    def _count(self) -> int:
        pages = self._texts.uncounted()
        self._texts.count(pages, self._lane.stop.is_set)
        return len(pages)

    def _tell(self, count: int) -> None:
        if count:
            self._chosen.tell(Change(None))
