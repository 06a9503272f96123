"""Removes for good what was removed: when it is wanted, or some time after the next start."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QTimer

from ocrdesk.engine.batch_file import remove_extracted
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.questions import confirmed

KEPT_FOR = 60_000
"""Milliseconds from the start until what was removed before it is removed for good."""


class RemovalCommands(Commands):
    """Removes hidden batches from the library, in the background: thousands of pages take a while."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._removing = desk.library.removing
        self._lane = desk.tasks.lane()
        self._of_last_time: list[int] = []
        self._end_of_keeping = QTimer(self, singleShot=True)
        self._end_of_keeping.timeout.connect(lambda: self._remove(self._of_last_time))
        desk.history.changed.connect(self.update)
        self.update()

    def follow(self) -> None:
        """Lets what was removed be removed for good where there is any of it."""
        self._desk.actions["remove_for_good"].setEnabled(bool(self._desk.removals.kept or self._of_last_time))

    def begin(self) -> None:
        """At the start: lets what was removed before be for a while, and removes it then."""
        self._of_last_time = self._removing.hidden()
        self._end_of_keeping.start(KEPT_FOR)
        self.update()

    def close(self) -> None:
        """Leaves the rest for the next start; does not wait for what has begun."""
        self._end_of_keeping.stop()

    @Command("Remove for good…", "Delete at once what was removed; nothing of it can be brought back then")
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
        kept = {*self._desk.removals.kept, *self._of_last_time}
        self._desk.removals.kept.clear()
        self._remove(sorted(kept))

    def _remove(self, batch_ids: Iterable[int]) -> None:
        for batch_id in batch_ids:
            done = lambda _: self._desk.removals.completed.emit()  # noqa: E731
            self._lane.run(partial(self._remove_one, batch_id), done, self.warn)
        self._of_last_time = []
        self.update()

    def _remove_one(self, batch_id: int) -> None:
        folder = self._removing.finish(batch_id, self._lane.stop.is_set)
        if folder is not None:
            remove_extracted(self._desk.library, folder)
