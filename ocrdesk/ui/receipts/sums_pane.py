"""What receipts add up to: in all, by month and by shop, each currency by itself."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from ocrdesk.engine.fields.table import Sum
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.kit.dialog import quiet
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.receipts.receipt_words import money
from ocrdesk.ui.receipts.receipts_reading import Sums

WIDTH = 290
MOST_SHOWN = 100
"""Sums of a kind that are shown; the export has all of them."""


class SumsPane(QFrame):
    """Shows sums beside the table."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sumsPane")
        self.setFixedWidth(WIDTH)
        self._list = QTreeWidget(objectName="sums")
        self._list.setAccessibleName(_("Sums"))
        self._list.setColumnCount(2)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setIndentation(0)
        self._list.setUniformRowHeights(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._list.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        head = self._list.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE + 4, SPACE + 4, SPACE, SPACE)
        column.setSpacing(SPACE)
        title = QLabel(_("Sums"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        column.addWidget(title)
        column.addWidget(self._list, 1)
        self._note = quiet("", "sumsNote")
        column.addWidget(self._note)

    def show_sums(self, sums: Sums) -> None:
        """Shows other sums."""
        by_currency, by_month, by_shop, to_check = sums
        self._list.clear()
        self._add(_("In all"), by_currency, lambda it: plural("{count} receipt", "{count:,} receipts", it.count))
        self._add(_("By month"), by_month, lambda it: it.name or _("no date"))
        self._add(_("By shop"), by_shop, lambda it: it.name or _("no shop"))
        self._note.setText(_("Values that are to be checked are counted as they stand.") if to_check else "")

    def _add(self, title: str, sums: Sequence[Sum], name_of: Callable[[Sum], str]) -> None:
        head = QTreeWidgetItem(self._list, [title])
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        for it in sums[:MOST_SHOWN]:
            name = name_of(it)
            row = QTreeWidgetItem(self._list, [name, f"{money(it.total)} {it.currency}".strip()])
            row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.setToolTip(0, name)
        if len(sums) > MOST_SHOWN:
            QTreeWidgetItem(self._list, [_("… and {count:,} more").format(count=len(sums) - MOST_SHOWN)])
