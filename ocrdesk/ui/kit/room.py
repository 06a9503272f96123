"""A room: what takes the place of the panes for a while, and leads back to them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Room(QWidget):
    """What all rooms have in common; the window shows the one that is open.

    Attributes:
        opened: It is open, or no longer.
        is_open: Whether it is.
    """

    opened = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_open = False

    @property
    def ground(self) -> QWidget:
        """What messages lie over while it is open."""
        return self

    def close_room(self) -> None:
        """Goes back to the panes."""
        raise NotImplementedError

    def recolour(self) -> None:
        """Takes the colours of the other look."""
