"""The table of receipts: walks from one value that is to be checked to the next."""

from typing import cast

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from ocrdesk.engine.fields.found import FieldName
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.fonts import heading_width
from ocrdesk.ui.receipts.receipt_cells import ReceiptCells
from ocrdesk.ui.receipts.receipts_model import PAGE_COLUMN, ReceiptsModel
from ocrdesk.ui.receipts.value_strips import ValueStrips

_WIDTHS = {FieldName.DATE: 120, FieldName.TOTAL: 110, FieldName.CURRENCY: 80, FieldName.TAX: 100, FieldName.SHOP: 220,
           FieldName.NUMBER: 150}  # fmt: skip
_PAGE_WIDTH, _OWN_WIDTH = 150, 150

_Hint = QAbstractItemDelegate.EndEditHint
_AND_ON = QItemSelectionModel.SelectionFlag.ClearAndSelect


class ReceiptsTable(QTableView):
    """Shows receipts. Return accepts a value or what was typed and goes on; Tab goes on and leaves it.

    Attributes:
        accepted: The value of a cell is right as it is; carries its index.
        page_wanted: A page is to be shown; carries its index.
    """

    accepted = Signal(QModelIndex)
    page_wanted = Signal(QModelIndex)

    def __init__(self, model: ReceiptsModel, strips: ValueStrips) -> None:
        super().__init__()
        self.setObjectName("receiptsTable")
        self.setAccessibleName(_("Receipts"))
        self._cells = ReceiptCells(strips, self)
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self._cells.row_height())
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        model.modelReset.connect(self._set_widths)
        strips.arrived.connect(self._on_strips)
        self.doubleClicked.connect(self._on_double_click)
        self._set_widths()

    def go_to(self, index: QModelIndex) -> None:
        """Makes a value the present one."""
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _AND_ON)
            self.scrollTo(index)

    def go_on(self, step: int = 1) -> None:
        """Goes to the next value that is to be checked, or the one before."""
        self.go_to(cast(ReceiptsModel, self.model()).next_to_check(self.currentIndex(), step))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # the field hands on what it has dealt with
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.currentIndex()
            if index.column() == PAGE_COLUMN:
                self.page_wanted.emit(index)
                return
            if index.isValid():
                self.accepted.emit(index)
            self.go_on()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.go_on(-1 if event.key() == Qt.Key.Key_Backtab else 1)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # which leads back to the pages
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab walks through the values, while some are to be checked."""
        if cast(ReceiptsModel, self.model()).next_to_check(self.currentIndex()).isValid():
            return False
        return super().focusNextPrevChild(is_next)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Goes on to the next value that is to be checked after one was written."""
        is_on = hint in (_Hint.SubmitModelCache, _Hint.EditNextItem, _Hint.EditPreviousItem)
        super().closeEditor(editor, _Hint.NoHint)
        if is_on:
            self.go_on(-1 if hint is _Hint.EditPreviousItem else 1)

    def _set_widths(self) -> None:
        self.setColumnWidth(PAGE_COLUMN, _PAGE_WIDTH)
        model = cast(ReceiptsModel, self.model())
        for column in range(1, model.columnCount()):
            name = model.name_of(column)
            width = _WIDTHS[FieldName(name)] if name in set(FieldName) else _OWN_WIDTH
            self.setColumnWidth(column, max(width, heading_width(self.horizontalHeader(), column)))

    def _on_strips(self, page_id: int) -> None:
        row = cast(ReceiptsModel, self.model()).row_of(page_id)
        if row is not None:
            top = self.rowViewportPosition(row)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(row))

    def _on_double_click(self, index: QModelIndex) -> None:
        if index.column() == PAGE_COLUMN:
            self.page_wanted.emit(index)
