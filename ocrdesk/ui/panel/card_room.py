"""The room for a card within a text: the card lies over a row that is as high as it."""

from collections.abc import Callable

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from ocrdesk.ui.kit.fonts import reading_font
from ocrdesk.ui.kit.theme import SPACE


class CardRoom:
    """Keeps a card over its row, a little wider than the text, wherever that is scrolled."""

    def __init__(self, view: QTextEdit, row: Callable[[], int | None]) -> None:
        """Makes room in a text.

        Args:
            view: Shows the text.
            row: Returns the row that the card lies over.
        """
        self._view = view
        self._row = row
        self._card: QWidget | None = None

    def hold(self, card: QWidget | None, *, stays_seen: bool = False) -> None:
        """Takes a card, or lets the one that is there go.

        Args:
            card: A child of the viewport; None: no card.
            stays_seen: Whether the former one is not hidden.
        """
        if self._card is not None and card is not self._card and not stays_seen:
            self._card.hide()
        self._card = card

    @property
    def is_there(self) -> bool:
        """Whether there is a card."""
        return self._card is not None

    @property
    def height(self) -> int:
        """How high the row must be."""
        return self._card.heightForWidth(self._sides()[1]) if self._card is not None else 0

    def follow(self) -> None:
        """Puts the card where its row is."""
        row = self._row()
        if self._card is not None and row is not None:
            left, width = self._sides()
            layout = self._view.document().documentLayout()
            top = layout.blockBoundingRect(self._view.document().findBlockByNumber(row)).top()
            bar = self._view.verticalScrollBar()
            self._card.setGeometry(left, round(top) - bar.value(), width, self._card.heightForWidth(width))

    def bring_into_view(self) -> None:
        """Scrolls so that all of the card is seen, and a little of what is above and below."""
        bar, room = self._view.verticalScrollBar(), self._view.viewport().height()
        if self._card is not None:
            around = min(4 * SPACE, max(0, room - self._card.height()) // 2)
            top, bottom = self._card.y() - around, self._card.y() + self._card.height() + around
            if bottom > room:  # where there is no room for all of it, for its lower part, in which one types
                bar.setValue(bar.value() + bottom - room)
            elif top < 0 and bottom - top <= room:
                bar.setValue(bar.value() + top)

    def _sides(self) -> tuple[int, int]:
        """Where the card begins, and how wide it is."""
        margin = self._view.document().documentMargin()
        wider = min(2 * SPACE, margin - SPACE // 2)
        width = min(int(self._view.lineWrapColumnOrWidth()), self._view.viewport().width())
        return round(margin - wider), round(width - 2 * (margin - wider))


def make_room(block: QTextBlock, height: int) -> None:
    """Makes a row of a text high enough for a card, and its letters so small that they are one line of it."""
    if block.blockFormat().lineHeight() == height:
        return
    form, tiny, cursor = QTextBlockFormat(), QTextCharFormat(), QTextCursor(block)
    form.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    form.setNonBreakableLines(True)
    tiny.setFont(reading_font(1))
    cursor.setBlockFormat(form)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(tiny)
