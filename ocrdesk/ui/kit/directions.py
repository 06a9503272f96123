"""Which way Qt lays out texts of pages, whichever way the window is."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QStyle

from ocrdesk.engine.direction import runs_left


def layout_direction(text: str, page_runs_left: bool | None = None) -> Qt.LayoutDirection:
    """Returns the direction in which a text is read.

    Args:
        text: The text.
        page_runs_left: Whether its page is read from right to left; None: that is not known.
    """
    is_left = runs_left(text, page_runs_left)
    return Qt.LayoutDirection.RightToLeft if is_left else Qt.LayoutDirection.LeftToRight


def side_of_begin() -> Qt.AlignmentFlag:
    """The side at which lines of the window begin, for words that have another direction than the window."""
    begin = QStyle.visualAlignment(QGuiApplication.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
    return begin | Qt.AlignmentFlag.AlignAbsolute


def side_of_end() -> Qt.AlignmentFlag:
    """The side at which lines of the window end."""
    end = QStyle.visualAlignment(QGuiApplication.layoutDirection(), Qt.AlignmentFlag.AlignRight)
    return end | Qt.AlignmentFlag.AlignAbsolute


def as_window_reads(rect: QRect, within: QRect) -> QRect:
    """Returns where a part lies that is at a place within a whole where the window reads from left to right."""
    return QStyle.visualRect(QGuiApplication.layoutDirection(), within, rect)


def draw_as_read(painter: QPainter, rect: QRect | QRectF, side: Qt.AlignmentFlag, words: str) -> None:
    """Draws a text in the direction in which it is read.

    Args:
        painter: Draws all else from left to right.
        rect: Where.
        side: At which side of it. What is read from the right stands at the other one, unless it is ``AlignAbsolute``.
        words: The text.
    """
    painter.setLayoutDirection(layout_direction(words))
    painter.drawText(rect, side, words)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
