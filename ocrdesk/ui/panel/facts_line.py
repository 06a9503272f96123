"""The facts of a page in one line, however little room there is: what lies below never moves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle

from ocrdesk.ui.kit.theme import token

_BETWEEN = " · "


class FactsLine(QLabel):
    """Shows as many facts as there is room for, each of them whole; its tooltip has those that are missing."""

    def __init__(self, name: str) -> None:
        super().__init__(objectName=name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._facts: Sequence[str] = ()
        self.colour = ""
        self._more = ""

    def show_facts(self, facts: Sequence[str], colour: str = "", more: str = "") -> None:
        """Shows facts.

        Args:
            facts: What is told, the most important first.
            colour: Name of the colour of the first one, if it needs a person.
            more: What the tooltip tells beside.
        """
        self._facts, self.colour, self._more = facts, colour, more
        self.setText(_BETWEEN.join(facts))
        self._follow()

    def seen(self) -> str:
        """The facts that there is room for."""
        metrics, room = self.fontMetrics(), self.width()
        for count in range(len(self._facts), 0, -1):
            words = _BETWEEN.join([*self._facts[:count], *(["…"] if count < len(self._facts) else [])])
            if metrics.horizontalAdvance(words) <= room:
                return words
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def _follow(self) -> None:
        missing = [self.text()] if self.seen() != self.text() else []
        self.setToolTip("\n".join(filter(None, [*missing, self._more])))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        words, place = self.seen(), self.rect()
        painter.setLayoutDirection(self.layoutDirection())
        begin = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        side = begin | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        if self.colour and self._facts:
            first = words[: len(self._facts[0])]
            painter.setPen(token(self.colour))
            painter.drawText(place, side, first)
            width = self.fontMetrics().horizontalAdvance(first)
            place.adjust(*((0, 0, -width, 0) if self.isRightToLeft() else (width, 0, 0, 0)))
            words = words[len(first) :]
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(place, side, words)
        painter.end()
