"""Which way Qt lays out texts of pages, whichever way the window is."""

from PySide6.QtCore import Qt

from ocrdesk.engine.direction import runs_left


def layout_direction(text: str, page_runs_left: bool | None = None) -> Qt.LayoutDirection:
    """Returns the direction in which a text is read.

    Args:
        text: The text.
        page_runs_left: Whether its page is read from right to left; None: that is not known.
    """
    is_left = runs_left(text, page_runs_left)
    return Qt.LayoutDirection.RightToLeft if is_left else Qt.LayoutDirection.LeftToRight
