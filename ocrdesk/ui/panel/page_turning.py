"""Goes from the page that is looked at to those before and after it."""

from PySide6.QtCore import QTimer

from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command


class PageTurning(Commands):
    """Turns at once, or once the page before is seen: a key that is held down comes sooner than pages are shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._steps = 0
        self._turned = QTimer(self, singleShot=True, interval=0)  # over once the page is painted and no key waits
        self._turned.timeout.connect(self._turn_on)

    @Command("Previous page", keys="Ctrl+PgUp", icon="chevron-left")
    def previous_page(self) -> None:
        """Looks at the page before."""
        self._turn(-1)

    @Command("Next page", keys="Ctrl+PgDown", icon="chevron-right")
    def next_page(self) -> None:
        """Looks at the page after."""
        self._turn(1)

    def _turn(self, step: int) -> None:
        self._steps += step
        if not self._turned.isActive():
            self._turn_on()

    def _turn_on(self) -> None:
        """Turns as many pages as were asked for meanwhile, so that none is asked for in vain and none waits."""
        steps, self._steps = self._steps, 0
        if steps:
            self._desk.chosen.choose_neighbour(steps)
            self._turned.start()
