"""Text of pages and files where Qt decides by itself whether it is markup."""

from PySide6.QtGui import Qt


def plainly(text: str) -> str:
    """Gives what Qt shows as that text, letter for letter, where it would take it for markup."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
