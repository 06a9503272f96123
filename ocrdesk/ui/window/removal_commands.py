"""Offers what was removed in the last session, and removes for good what was removed before or is to go at once."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QTimer

from ocrdesk.engine.batch_file import remove_extracted
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.questions import confirmed

LATER = 60_000
"""Milliseconds from the start until what can no longer be brought back is removed: the start has enough to do."""


class RemovalCommands(Commands):
    """Removes hidden batches from the library in the background: thousands of pages take a while."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._removing = desk.library.removing
        self._lane = desk.tasks.lane()
        self._later = QTimer(self, singleShot=True)
        desk.history.changed.connect(self.update)
        self.update()

    def follow(self) -> None:
        """Lets what was removed be removed for good where there is any of it."""
        self._desk.actions["remove_for_good"].setEnabled(bool(self._desk.removals.kept))

    def begin(self) -> None:
        """At the start: offers once what was removed in the last session, and removes the rest after a while."""
        removed = self._removing.removed()
        offered = [one.holder for one in removed]
        rest = sorted({*self._removing.hidden()} - {*offered})
        self._later.timeout.connect(partial(self._remove, rest))
        self._later.start(LATER)
        if removed:
            self._lane.run(partial(self._removing.offer_no_more, offered), lambda _: None, self.warn)
            self._desk.removals.take_up_removed(removed, self.remove_for_good)

    def close(self) -> None:
        """Leaves the rest for the next start; does not wait for what has begun."""
        self._later.stop()

    @Command("Remove for good…", "Delete what was removed now; it cannot be brought back after that")
    def remove_for_good(self) -> None:
        """Removes everything that was removed so far, after a question: nothing of it can be undone then."""
        if confirmed(
            self._desk.window,
            _("Remove for good what you have removed so far?"),
            _(
                "It cannot be brought back after that. Your files stay where they are; pictures that were pasted, or "
                "came in a saved batch, are deleted with it."
            ),
            _("Remove for good"),
        ):
            history = self._desk.history
            history.forget()
            history.lane.run(lambda: None, lambda _: self._remove_kept(), self.warn, at_once=True)

    def _remove_kept(self) -> None:
        """Once nothing is being removed or undone."""
        kept = sorted(self._desk.removals.kept)
        self._desk.removals.kept.clear()
        self._lane.run(partial(self._removing.offer_no_more, kept), lambda _: None, self.warn)
        self._remove(kept)
        self.update()

    def _remove(self, batch_ids: Iterable[int]) -> None:
        for batch_id in batch_ids:
            done = lambda _: self._desk.removals.completed.emit()  # noqa: E731
            self._lane.run(partial(self._remove_one, batch_id), done, self.warn)

    def _remove_one(self, batch_id: int) -> None:
        folder = self._removing.finish(batch_id, self._lane.stop.is_set)
        if folder is not None:
            remove_extracted(self._desk.library, folder)
