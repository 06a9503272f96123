"""Above the pages, while only some of them are shown: what these are, and the way back to all."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.chosen import WayBack
from ocrdesk.ui.kit.dialog import link_button, sized
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.theme import SPACE


class SomePages(QFrame):
    """The heading of some pages that were asked for elsewhere, such as those that a search or a report found.

    Attributes:
        left: All pages are to be shown again.
        back_wanted: A person wants to go back to where they asked for these; carries the name of a command.
    """

    left = Signal()
    back_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("somePages")
        self._what = ElidedLabel(objectName="somePagesWhat")
        self._what.setFont(sized(self._what.font(), 1, QFont.Weight.DemiBold))
        self._what.setMinimumWidth(1)  # may be cut off, rather than hold the window open
        self._number = QLabel(objectName="somePagesNumber")
        self._back: QPushButton = link_button("backFromPages", _("Back"))
        self._back.clicked.connect(self._go_back)
        self._command = ""
        self._all: QPushButton = link_button("allPages", _("Show all pages"))
        self._all.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self._what)
        row.addWidget(self._number)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addSpacing(SPACE)
        row.addWidget(self._all)
        self.hide()

    def say(self, what: str, number: int, way_back: WayBack | None = None) -> None:
        """Shows what the pages are that are shown, how many, and the way back to where they were asked for."""
        self._what.setText(what)
        self._what.setToolTip(what)
        self._number.setText(plural("{count} page", "{count:,} pages", number))
        self._back.setVisible(way_back is not None)
        if way_back is not None:
            self._back.setText(way_back.words)
            self._command = way_back.command
        self.show()

    def _go_back(self) -> None:
        self.back_wanted.emit(self._command)
