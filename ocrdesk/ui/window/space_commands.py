"""Gives back what the program no longer needs of the disk: the room of removed pages and of old thumbnails."""

from PySide6.QtCore import QObject, QTimer

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library.space import Untidy
from ocrdesk.engine.library.trouble import amount
from ocrdesk.engine.words import _, plural
from ocrdesk.runner import RunState
from ocrdesk.ui.desk.desk import Desk

SOON = 2_000
"""Milliseconds: what is removed one after the other is given back together."""

LATER = 20_000
"""Milliseconds until something is tried again that had to give way."""


class SpaceCommands(QObject):
    """Gives room back in the background, and offers to tidy up the library of an earlier version once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._library = desk.library
        self._thumbnails = desk.thumbnails
        self._runner = desk.runner
        self._notices = desk.notices
        self._choices = desk.choices
        self._lane = desk.tasks.lane()
        self._was_offered = False
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._give_back)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._tidy_up)
        desk.removals.completed.connect(self.give_back)
        desk.runner.run_finished.connect(self.give_back)

    def begin(self) -> None:
        """At the start: goes on with what the last end interrupted."""
        self._lane.run(lambda: self._thumbnails.make_room(self._lane.stop), lambda _: self.give_back(), self._on_failed)

    def give_back(self) -> None:
        """Gives back, soon, what was removed."""
        self._soon.start(SOON)

    def close(self) -> None:
        """Leaves the rest for the next start; does not wait for what has begun."""
        self._soon.stop()
        self._again.stop()

    def _give_back(self) -> None:
        def work() -> Untidy | None:
            self._library.space.give_back(self._lane.stop)
            return self._library.space.untidy()

        self._lane.run(work, self._offer, self._on_failed)

    def _offer(self, untidy: Untidy | None) -> None:
        if untidy is None or self._was_offered or untidy.unused < 2 * int(self._choices.get("space/declined")):
            return
        if self._notices.isVisible() or self._runner.state is not RunState.IDLE:
            self._soon.start(LATER)  # something that matters more is being said or done
            return
        self._was_offered = True
        unused = _("Removed pages left {unused} of the library’s file unused.").format(unused=amount(untidy.unused))
        if untidy.free < untidy.needed:
            self._notices.say(
                _(
                    "{unused} Giving it back takes {needed} of free space for a while; {free} are free. Make "
                    "room on that disk, then start ocrdesk again."
                ).format(unused=unused, needed=amount(untidy.needed), free=amount(untidy.free))
            )
            return
        minutes = plural("about a minute", "about {count} minutes", untidy.minutes)
        self._notices.say(
            _(
                "{unused} Tidying up once gives it back: it takes {minutes} in the background, and "
                "{needed} of free space for that time."
            ).format(unused=unused, minutes=minutes, needed=amount(untidy.needed)),
            [(_("Tidy up"), self._tidy_up), (_("Not now"), lambda: self._choices.set("space/declined", untidy.unused))],
            stays=True,
        )

    def _tidy_up(self) -> None:
        if self._runner.state is not RunState.IDLE:  # each page that is kept would interrupt it
            self._again.start(LATER)
            return
        self._lane.run(lambda: self._library.space.tidy_up(self._lane.stop), self._on_tidied, self._on_failed)

    def _on_tidied(self, is_done: bool) -> None:
        if is_done:
            self._notices.say(
                _("The library has been tidied up. From now on, removing pages gives their room back at once.")
            )
        else:
            self._again.start(LATER)

    def _on_failed(self, error: OcrdeskError) -> None:
        self._notices.warn(str(error))
