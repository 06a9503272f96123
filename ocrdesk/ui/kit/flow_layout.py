"""Small widgets one after another, in as many rows as they need."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocrdesk.ui.kit.theme import SPACE


class Flow(QWidget):
    """Lays out those of its widgets that are not hidden, each as large as it wants to be."""

    def __init__(self, parts: Sequence[QWidget]) -> None:
        super().__init__()
        self._parts = parts
        for part in parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def width_in_one_row(self) -> int:
        """How wide it is if all of them stand in one row."""
        return sum(_size_of(part).width() + SPACE for part in self._shown()) - SPACE if self._shown() else 0

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(self.width_in_one_row, self.heightForWidth(self.width()))

    def lay_out(self) -> None:
        """Follows that some were hidden or shown, or are larger."""
        self.updateGeometry()
        for part, place in zip(self._shown(), self._places(self.width()), strict=True):
            part.setGeometry(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _places(self, width: int) -> list[QRect]:
        places: list[QRect] = []
        left = top = 0
        for part in self._shown():
            size = _size_of(part)
            wide = min(size.width(), width)
            if left and left + wide > width:
                left, top = 0, max(place.bottom() for place in places) + 1 + SPACE
            places.append(QRect(left, top, wide, size.height()))
            left += wide + SPACE
        return places


def _size_of(part: QWidget) -> QSize:
    return part.sizeHint().expandedTo(part.minimumSize())
