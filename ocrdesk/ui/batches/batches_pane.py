"""The left side of the window: the list of batches, and what adds to it."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, QTimer
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
from ocrdesk.ui.kit.menu_buttons import hang_menu
from ocrdesk.ui.kit.theme import SPACE

WIDE, RAIL = 232, 56
"""Widths of the pane at first, and where there is room for first pages alone."""

_LEAST, _MOST = 192, 16_777_215
"""Widths of the pane where there is room for more."""


class BatchesPane(QWidget):
    """Title, what adds batches, their list, and how much there is in it.

    Attributes:
        is_rail: Whether it shows first pages alone.
        wide: How wide it is otherwise, as it was laid out or as a person made it.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.is_rail = False
        self.wide = WIDE
        self.setObjectName("batchesPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        kept = desk.choices.get("batches/order").split()
        desk.batches.put_in_order([int(number) for number in kept if number.isdecimal()])
        covers = Covers(desk, self)
        self.list = batches = BatchList(desk.batches, covers.get)
        batches.removal_wanted.connect(desk.actions["remove_batch"].trigger)
        covers.ready.connect(batches.viewport().update)
        batches.selectionModel().currentChanged.connect(self._on_chosen)
        batches.selectionModel().selectionChanged.connect(self._on_several_chosen)
        desk.chosen.batch_moved.connect(self._show_chosen)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        column.addWidget(batches, 1)
        column.addLayout(self._make_foot())
        self.set_rail(False)
        desk.chosen.changed.connect(self._count)
        self._count()

    def set_rail(self, is_rail: bool) -> None:
        """Shows first pages alone, or all there is to a batch."""
        self.is_rail = is_rail
        self.setMinimumWidth(RAIL if is_rail else _LEAST)
        self.setMaximumWidth(RAIL if is_rail else _MOST)
        beside = SPACE // 2 if is_rail else SPACE
        self._column.setContentsMargins(beside, SPACE + 4, beside, SPACE)
        self._head.setContentsMargins(0 if is_rail else SPACE, 0, 0, 0)
        self._foot.setContentsMargins(0 if is_rail else SPACE, SPACE, 0, 0)
        for words in (self._title, self._counted):
            words.setVisible(not is_rail)
        style = Qt.ToolButtonStyle
        self._add.setToolButtonStyle(style.ToolButtonIconOnly if is_rail else style.ToolButtonTextBesideIcon)
        self.setProperty("rail", is_rail)
        self.style().polish(self._add)
        self.list.set_rail(is_rail)

    def put_in_order(self, batch_ids: Sequence[int]) -> None:
        """Shows batches in this order within their sections, now and after the next start."""
        self._desk.batches.put_in_order(batch_ids)
        self._desk.choices.set("batches/order", " ".join(map(str, batch_ids)))
        self._desk.choices.keep()

    def _make_head(self) -> QHBoxLayout:
        self._title = QLabel(_("Batches"))
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self._add = self._add_button()
        self._head = head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._add, 0, Qt.AlignmentFlag.AlignCenter)
        return head

    def _make_foot(self) -> QHBoxLayout:
        """How much there is, and the settings."""
        self._counted = ElidedLabel(objectName="batchesCount")
        self._counted.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._counted.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._foot = foot = QHBoxLayout()
        foot.addWidget(self._counted, 1)
        foot.addWidget(tool_button(self._desk.actions["settings"]), 0, Qt.AlignmentFlag.AlignCenter)
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
        hang_menu(menu, button)
        return button

    def _on_chosen(self, current: QModelIndex) -> None:
        batch: Batch | None = current.data(BATCH_ROLE) if current.isValid() else None
        if batch is None and self._desk.batches.rowCount():
            QTimer.singleShot(0, self, self._show_another)  # not while Qt is still removing rows
            return
        self._desk.chosen.choose_batch(batch.id if batch is not None else None)

    def _show_another(self) -> None:
        """Shows the nearest batch: where the last one of a section goes, Qt goes on to a heading, or to nothing."""
        batches, current = self._desk.batches, self.list.currentIndex()
        rows = [row for batch in batches.batches() if (row := batches.row_of(batch.id)) is not None]
        if current.data(BATCH_ROLE) is None and rows:
            nearest = min(rows, key=lambda row: abs(row - current.row()))
            this_alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(batches.index(nearest), this_alone)
        elif not rows:
            self._desk.chosen.choose_batch(None)

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
            # Said outright: Qt would ask which keys are held, and those of a shortcut are.
            this_alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(index, this_alone)
