"""What is between the head of the window and its edge."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Middle(QWidget):
    """What a person works with, and below it what goes on.

    The latter comes and goes by itself, so it must not make the window any higher: where there is no room for both, it
    takes its height from what a person works with.
    """

    def __init__(self, work: QWidget, under_way: QWidget) -> None:
        super().__init__()
        self._work = work
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(work, 1)
        column.addWidget(under_way)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._work.minimumSizeHint().height())
