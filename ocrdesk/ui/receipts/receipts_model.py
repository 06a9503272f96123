"""The receipts of a batch as a table for Qt: a row each page, a column each field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ocrdesk.engine.fields.found import FieldName
from ocrdesk.engine.fields.table import AMOUNTS, Receipt, as_kept, column_of
from ocrdesk.engine.library.fields import OwnField
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.receipts.receipt_words import TITLES, shown, why

RECEIPT_ROLE = Qt.ItemDataRole.UserRole
"""The ``Receipt`` of a row."""

CHECK_ROLE = Qt.ItemDataRole.UserRole + 1
"""Whether a value is to be checked."""

PAGE_COLUMN = 0

_SEEN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_WRITABLE = _SEEN | Qt.ItemFlag.ItemIsEditable

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_OWN_KINDS = tuple(name.value for name in FieldName)


class ReceiptsModel(QAbstractTableModel):
    """Shows receipts. What a person writes is not shown before it is kept: it is only told.

    Attributes:
        written: A person wrote a value; carries the receipt, the name of the field and the value as it is to be kept.
    """

    written = Signal(object, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._receipts: list[Receipt] = []
        self._rows: dict[int, int] = {}
        self._names: tuple[str, ...] = _OWN_KINDS
        self._titles = self._titles_of(())

    @property
    def receipts(self) -> Sequence[Receipt]:
        """What is shown."""
        return self._receipts

    def begin(self, own: Sequence[OwnField]) -> None:
        """Becomes empty, with columns for the own fields of a batch."""
        self.beginResetModel()
        self._receipts, self._rows = [], {}
        self._names = (*_OWN_KINDS, *(column_of(field) for field in own))
        self._titles = self._titles_of(own)
        self.endResetModel()

    def put(self, receipts: Iterable[Receipt]) -> None:
        """Shows receipts: those of pages that are shown already in their place, others below."""
        new = []
        for receipt in receipts:
            row = self._rows.get(receipt.page.id)
            if row is None:
                new.append(receipt)
            elif self._receipts[row] != receipt:
                self._receipts[row] = receipt
                self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        if new:
            first = len(self._receipts)
            self.beginInsertRows(_ROOT, first, first + len(new) - 1)
            self._receipts += new
            self._rows |= {receipt.page.id: first + number for number, receipt in enumerate(new)}
            self.endInsertRows()

    def set_kept(self, page_id: int, kept: Mapping[str, str]) -> None:
        """Shows what is kept of a page by now."""
        if (row := self._rows.get(page_id)) is not None:
            self.put([replace(self._receipts[row], kept=kept)])

    def name_of(self, column: int) -> str:
        """The name of the field in a column; empty for that of the pages."""
        return self._names[column - 1] if column > PAGE_COLUMN else ""

    def row_of(self, page_id: int) -> int | None:
        """The row of a page; None if it has none."""
        return self._rows.get(page_id)

    def next_to_check(self, index: _Index, step: int = 1) -> QModelIndex:
        """Returns the next value that is to be checked, row by row from a place on, beginning anew at the end."""
        width = len(self._names)
        count = len(self._receipts) * width
        start = index.row() * width + index.column() - 1 if index.isValid() else -1
        for number in range(1, count + 1):
            row, column = divmod((start + step * number) % count, width)
            if self._receipts[row].is_to_check(self._names[column]):
                return self.index(row, column + 1)
        return QModelIndex()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._receipts)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else 1 + len(self._names)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._titles):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.side_of(section)
        if role == Qt.ItemDataRole.ToolTipRole and section > len(FieldName):
            return _("Right click to remove this field")
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _WRITABLE if index.column() > PAGE_COLUMN else _SEEN

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._receipts):
            return None
        receipt, name = self._receipts[index.row()], self.name_of(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown(name, receipt.value(name)) if name else receipt.page.name
            case Qt.ItemDataRole.EditRole:
                return receipt.value(name) if name else receipt.page.name
            case Qt.ItemDataRole.ToolTipRole:
                return plainly(why(receipt, name) or (receipt.value(name) if name else receipt.page.name))
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return why(receipt, name)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.side_of(index.column())
            case _ if role == RECEIPT_ROLE:
                return receipt
            case _ if role == CHECK_ROLE:
                return bool(name) and receipt.is_to_check(name)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        receipt, name = self._receipts[index.row()], self.name_of(index.column())
        kept = as_kept(name, str(value))
        if kept != receipt.value(name) or receipt.is_to_check(name):
            self.written.emit(receipt, name, kept)
        return True

    def side_of(self, column: int) -> Qt.AlignmentFlag:
        """At which side of a column its values stand: amounts at the right."""
        return RIGHT if self.name_of(column) in AMOUNTS else LEFT

    @staticmethod
    def _titles_of(own: Sequence[OwnField]) -> tuple[str, ...]:
        return _("Page"), *(_(TITLES[name]) for name in FieldName), *(field.name for field in own)
