"""What the help menu shows: the keys, and what this program is."""

from html import escape

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

from ocrdesk import __version__
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.theme import SPACE


class KeysDialog(QDialog):
    """Lists what can be done with keys."""

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard"))
        self.setObjectName("keysDialog")
        keys = [
            (action.iconText().rstrip("…"), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            for action in actions
            if not action.shortcut().isEmpty()
        ]
        keys += [
            (_("Show the page"), _("Return")),
            (_("Back to the pages"), _("Esc")),
            (_("Zoom the picture"), _("Ctrl+Wheel")),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setVerticalSpacing(SPACE - 2)
        half = -(-len(keys) // 2)
        for number, (words, key) in enumerate(keys):
            row, column = number % half, 3 * (number // half)
            name = QLabel(key)
            name.setStyleSheet("font-weight: 600")
            grid.addWidget(name, row, column)
            grid.addWidget(QLabel(words), row, column + 1)
        grid.setColumnMinimumWidth(2, 2 * SPACE)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column_box.setSpacing(2 * SPACE)
        column_box.addLayout(grid)
        column_box.addWidget(buttons)


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
