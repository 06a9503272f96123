"""The left side of the window: the list of batches, and what adds to it."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ocrdesk.engine.document import Batch
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.batches.batch_list import BatchList
from ocrdesk.ui.batches.covers import Covers
from ocrdesk.ui.desk.batch_model import BATCH_ROLE
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import tool_button
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.theme import SPACE


class BatchesPane(QWidget):
    """Title, what adds batches, their list, and how much there is in it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("batchesPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        kept = desk.choices.get("batches/order").split()
        desk.batches.put_in_order([int(number) for number in kept if number.isdecimal()])
        covers = Covers(desk, self)
        self.list = batches = BatchList(desk.batches, covers.get)
        covers.ready.connect(batches.viewport().update)
        batches.selectionModel().currentChanged.connect(self._on_chosen)
        batches.selectionModel().selectionChanged.connect(self._on_several_chosen)
        desk.chosen.batch_moved.connect(self._show_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE + 4, SPACE, SPACE)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(batches, 1)
        column.addLayout(self._foot())
        desk.chosen.changed.connect(self._count)
        self._count()

    def put_in_order(self, batch_ids: Sequence[int]) -> None:
        """Shows batches in this order within their sections, now and after the next start."""
        self._desk.batches.put_in_order(batch_ids)
        self._desk.choices.set("batches/order", " ".join(map(str, batch_ids)))
        self._desk.choices.keep()

    def _head(self) -> QHBoxLayout:
        title = QLabel(_("Batches"))
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE, 0, 0, 0)
        head.addWidget(title, 1)
        head.addWidget(self._add_button())
        return head

    def _foot(self) -> QHBoxLayout:
        """How much there is, and the settings."""
        self._counted = ElidedLabel(objectName="batchesCount")
        self._counted.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._counted.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE, SPACE, 0, 0)
        foot.addWidget(self._counted, 1)
        foot.addWidget(tool_button(self._desk.actions["settings"]))
        return foot

    def _count(self) -> None:
        batches = self._desk.batches.batches()
        pages = plural("{count} page", "{count:,} pages", sum(batch.counts.total for batch in batches))
        some = plural("{count} batch", "{count:,} batches", len(batches))
        self._counted.setText(_("{pages} in {batches}").format(pages=pages, batches=some))

    def _add_button(self) -> QToolButton:
        """Offers all that can be added."""
        actions = self._desk.actions
        button = QToolButton(objectName="addButton", text=_("Add"), icon=icon("plus"))
        button.setAccessibleName(_("Add"))
        button.setToolTip(_("Add folders, files and saved batches"))
        button.setProperty("framed", True)
        button.setIconSize(QSize(16, 16))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        menu.addActions([actions[name] for name in ("add_folder", "add_files", "paste", "read_screen", "open_batch")])
        menu.insertSeparator(actions["open_batch"])
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _on_chosen(self, current: QModelIndex) -> None:
        batch: Batch | None = current.data(BATCH_ROLE) if current.isValid() else None
        self._desk.chosen.choose_batch(batch.id if batch is not None else None)

    def _on_several_chosen(self) -> None:
        """The batch that is shown is always one of the chosen ones: commands are for both."""
        chosen, batch_ids = self._desk.chosen, self.list.chosen()
        if not batch_ids:
            self._show_chosen()
        elif chosen.batch_id not in batch_ids and (row := self._desk.batches.row_of(batch_ids[0])) is not None:
            no_more = QItemSelectionModel.SelectionFlag.NoUpdate
            self.list.selectionModel().setCurrentIndex(self._desk.batches.index(row), no_more)
        chosen.choose_batches(self.list.chosen())

    def _show_chosen(self) -> None:
        batch_id = self._desk.chosen.batch_id
        row = self._desk.batches.row_of(batch_id) if batch_id is not None else None
        if row is None:
            return
        index = self._desk.batches.index(row)
        # The first batch of a list that has the keyboard becomes the current one by itself, and is not chosen with it.
        if index != self.list.currentIndex() or not self.list.selectionModel().hasSelection():
            self.list.setCurrentIndex(index)
