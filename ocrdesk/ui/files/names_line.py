"""The names of some files in one line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ocrdesk.ui.kit.dialog import quiet


class NamesLine(QLabel):
    """A quiet line, in which each name that has no room is cut in its middle; the tooltip has all of them."""

    def __init__(self, name: str) -> None:
        super().__init__(objectName=name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setFont(quiet("").font())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._names: Sequence[str] = ()

    def show_names(self, names: Sequence[str]) -> None:
        """Shows names."""
        self._names = tuple(names)
        self.setToolTip("\n".join(names))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(fitted(self._names, self.fontMetrics(), self.width()))


def fitted(names: Sequence[str], metrics: QFontMetrics, width: int) -> str:
    """Names in a line of a width, with the beginning and the end of each."""
    words = ", ".join(names)
    if metrics.horizontalAdvance(words) <= width:
        return words
    each = width // max(1, len(names)) - metrics.horizontalAdvance(", ")
    return ", ".join(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, each) for name in names)
