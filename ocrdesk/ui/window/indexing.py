"""Brings the index and the lists to the texts of pages in the background, where that was not done with these."""

import threading

from PySide6.QtCore import QObject, QTimer

from ocrdesk.engine.words import _
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.tasks import Tell

SOON = 3_000
"""Milliseconds from the start, or from a change, until it begins: what comes first has enough to do."""

WORTH_TELLING = 500
"""From this many pages on, a person is told."""


class Indexing(QObject):
    """Renews what is kept of texts: of an earlier version, of saved batches, of batches read otherwise, of new names.

    A program that is ended meanwhile goes on at its next start, as does one whose user cancelled it.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._texts = desk.library.texts
        self._chosen = desk.chosen
        self._under_way = desk.under_way
        self._lane = desk.tasks.lane()
        self._is_cancelled = threading.Event()
        self._is_busy = False
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._begin)
        desk.chosen.changed.connect(self._on_changed)

    def begin(self) -> None:
        """At the start: indexes after a moment."""
        self._soon.start(SOON)

    def close(self) -> None:
        """Leaves the rest for the next start; does not wait for what has begun."""
        self._soon.stop()

    def _on_changed(self) -> None:
        if not (self._is_busy or self._soon.isActive() or self._is_cancelled.is_set()):
            self._soon.start(SOON)

    def _begin(self) -> None:
        self._is_busy = True
        # What cannot be written now is indexed at the next start.
        self._lane.run_telling(self._index, self._end, lambda _: self._end(0), self._tell)

    def _index(self, tell: Tell) -> int:
        return self._texts.renew_outdated(self._is_over, tell)

    def _is_over(self) -> bool:
        return self._lane.stop.is_set() or self._is_cancelled.is_set()

    def _tell(self, done: int, total: int) -> None:
        if total >= WORTH_TELLING and not self._is_cancelled.is_set():
            words = _("Indexing {done:,} of {total:,} pages").format(done=done, total=total)
            self._under_way.say(self, words, self._cancel)

    def _cancel(self) -> None:
        self._is_cancelled.set()
        self._under_way.end(self)

    def _end(self, count: int) -> None:
        self._is_busy = False
        self._under_way.end(self)
        if count:
            self._chosen.tell(Change(None))
