"""What this program is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ocrdesk import __version__
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.dialog import NARROW, Dialog, quiet
from ocrdesk.ui.kit.theme import SPACE


class AboutDialog(Dialog):
    """Tells what this program is and where its things are."""

    def __init__(self, library: str, parent: QWidget | None = None) -> None:
        words = _("Turns folders of scans into text, on this computer alone. It opens no network connections.")
        super().__init__(f"ocrdesk {__version__}", words, parent, width=NARROW)
        self.setObjectName("aboutDialog")
        place = quiet(library, "aboutLibrary", small=False)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for label in (QLabel(_("What was read is kept in")), place, quiet(_("Apache License 2.0"))):
            self.content.addWidget(label)
        self.content.setSpacing(SPACE // 2)
        self.add_button(_("Close"), self.reject, kind="primary")
