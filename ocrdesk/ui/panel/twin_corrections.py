"""Corrections that another page of the same file has: a quiet line above the text that offers to take them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ocrdesk.engine.document import Page
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.correcting import change_corrections
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.theme import SPACE


class TwinCorrections(QWidget):
    """Says which page has them, and how many; seen only where the page shown has none of its own.

    Attributes:
        page: The page.
        twin: The other page; None: there is none.
        moved: Another one is offered, or none.
    """

    moved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("twinCorrections")
        self._desk = desk
        self.page: Page | None = None
        self.twin: Page | None = None
        self._words = ElidedLabel()
        self._take = QPushButton(_("Take them"), objectName="takeCorrections")
        self._take.setToolTip(desk.actions["take_corrections"].toolTip())
        self._take.clicked.connect(desk.actions["take_corrections"].trigger)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self._words, 1)
        row.addWidget(self._take)
        self.hide()

    def show_page(self, page: Page | None) -> None:
        """Asks whether another page has corrections for a page."""
        self.page = page
        self.twin = twin = self._desk.library.corrections.twin(page) if page is not None else None
        if twin is not None:
            is_here = page is not None and twin.batch_id == page.batch_id
            batch = None if is_here else self._desk.batches.batch(twin.batch_id)
            self._words.setText(
                plural(
                    "The same page in “{place}” has {count} correction",
                    "The same page in “{place}” has {count:,} corrections",
                    twin.corrected,
                    place=batch.name if batch is not None else twin.name,
                )
            )
        self.setVisible(twin is not None)
        self.moved.emit()


class TwinCommands(Commands):
    """Takes them, so that it can be undone."""

    def __init__(self, desk: Desk, offer: TwinCorrections) -> None:
        super().__init__(desk)
        self._offer = offer
        offer.moved.connect(self.update)
        self.update()

    def follow(self) -> None:
        """They can be taken where there are any."""
        self._desk.actions["take_corrections"].setEnabled(self._offer.twin is not None)

    @Command("Take corrections", "Take the corrections of the same page in another place", icon="check")
    def take_corrections(self) -> None:
        """Takes the corrections that are offered."""
        page, twin, kept = self._offer.page, self._offer.twin, self._desk.library.corrections
        if page is None or twin is None:
            return
        words = plural("taking {count} correction", "taking {count:,} corrections", twin.corrected)
        change_corrections(self._desk, page, words, lambda: kept.take(page.id, twin.id))
