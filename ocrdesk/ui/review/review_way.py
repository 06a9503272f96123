"""What the ways of checking words have in common: one by one, or in groups."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocrdesk.engine.library.doubts import Scope


class ReviewWay(QWidget):
    """One way of checking words. The room shows it below its bar, and tells it when it begins and ends.

    Attributes:
        progressed: How far it is: how many are done, how many there are, and words such as how long it will take.
        left: It wants to be left, and the pages to be shown again.
        ground_moved: Messages are to lie over something else.
    """

    progressed = Signal(int, int, str)
    left = Signal()
    ground_moved = Signal()

    @property
    def ground(self) -> QWidget:
        """What messages lie over while it is seen, so that they cover nothing that a person works with."""
        return self

    def reset(self) -> None:
        """Forgets what became of words: another review begins, in whichever way."""

    def begin(self, scope: Scope) -> None:
        """Shows what is to be checked on some pages; called each time it comes to be seen."""
        raise NotImplementedError

    def end(self) -> None:
        """Lets go of what it shows; called when it is not seen any more."""
        raise NotImplementedError

    def recolour(self) -> None:
        """Takes the colours of the other look."""
