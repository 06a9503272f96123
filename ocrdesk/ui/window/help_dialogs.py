"""What this program is."""

from html import escape

from PySide6.QtWidgets import QMessageBox, QWidget

from ocrdesk import __version__
from ocrdesk.engine.words import _


def show_about(parent: QWidget, library: str) -> None:
    """Tells what this program is and where its things are."""
    QMessageBox.about(
        parent,
        _("About ocrdesk"),
        _(
            "<h3>ocrdesk {version}</h3><p>Reads folders of scans into text, on this computer alone: it "
            "opens no network connection.</p><p>The library is in<br>{folder}</p><p>Apache License "
            "2.0</p>"
        ).format(version=__version__, folder=escape(library)),
    )
