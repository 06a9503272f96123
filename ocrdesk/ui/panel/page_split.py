"""Picture and text of a page beside each other or one above the other, and how they share the room."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.choices import Choices
from ocrdesk.ui.kit.fields import name_dividers

SIDE_BY_SIDE = 900
"""From this width on, in device-independent pixels, picture and text stand beside each other."""

_SHARES = {Qt.Orientation.Vertical: "picture/above", Qt.Orientation.Horizontal: "picture/beside"}
"""Under which names it is kept how much of the room the picture has, in hundredths."""


class PageSplit(QSplitter):
    """Keeps how the room was shared, for each way of standing."""

    def __init__(self, choices: Choices, picture: QWidget, text: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setObjectName("pageSplitter")
        self._choices = choices
        self.addWidget(picture)
        self.addWidget(text)
        self.setChildrenCollapsible(False)
        name_dividers(self, [_("Room for the picture and the text")])
        self._share_room()
        self.splitterMoved.connect(self._keep_share)

    def fit(self, width: int) -> None:
        """Stands as there is room for it."""
        wanted = Qt.Orientation.Horizontal if width >= SIDE_BY_SIDE else Qt.Orientation.Vertical
        if self.orientation() != wanted:
            self.setOrientation(wanted)
            self._share_room()

    def _share_room(self) -> None:
        share = int(self._choices.get(_SHARES[self.orientation()]))
        self.setSizes([10 * share, 10 * (100 - share)])
        for number, part in enumerate((share, 100 - share)):
            self.setStretchFactor(number, part)

    def _keep_share(self) -> None:
        picture, text = self.sizes()
        if picture and text:  # else one of them is hidden
            self._choices.set(_SHARES[self.orientation()], round(100 * picture / (picture + text)))
