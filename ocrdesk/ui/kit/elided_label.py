"""A label for names, which may be longer than the room there is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ElidedLabel(QLabel):
    """One line of plain text; what has no room is left out of its middle, for the number is at the end.

    Attributes:
        elides: Where else something is left out.
    """

    elides = Qt.TextElideMode.ElideMiddle

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), self.elides, place.width())
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(painter, place, side, self.palette(), self.isEnabled(), words, self.foregroundRole())
        painter.end()
