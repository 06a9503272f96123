"""What the help menu shows: the keys, and what this program is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ocrdesk import __version__
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.dialog import NARROW, Dialog, quiet, sized
from ocrdesk.ui.kit.theme import SPACE


class KeysDialog(Dialog):
    """Lists what can be done with keys."""

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(_("Keyboard"), _("What can be done with keys, in the order of the menus."), parent)
        self.setObjectName("keysDialog")
        keys = [
            (action.text().rstrip("…"), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
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
            name.setFont(sized(name.font(), 1, QFont.Weight.DemiBold))
            grid.addWidget(name, row, column)
            grid.addWidget(QLabel(words), row, column + 1)
        grid.setColumnMinimumWidth(2, 2 * SPACE)
        self.content.addLayout(grid)
        self.add_button(_("Close"), self.reject, kind="primary")


class AboutDialog(Dialog):
    """Tells what this program is and where its things are."""

    def __init__(self, library: str, parent: QWidget | None = None) -> None:
        words = _("Reads folders of scans into text, on this computer alone: it opens no network connection.")
        super().__init__(f"ocrdesk {__version__}", words, parent, width=NARROW)
        self.setObjectName("aboutDialog")
        place = quiet(library, "aboutLibrary", small=False)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for label in (QLabel(_("What was read is kept in")), place, quiet(_("Apache License 2.0"))):
            self.content.addWidget(label)
        self.content.setSpacing(SPACE // 2)
        self.add_button(_("Close"), self.reject, kind="primary")
