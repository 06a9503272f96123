"""The room of the receipts: a bar above, the table of the batch below it, and what it adds up to at the side."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from ocrdesk.engine.document import Batch
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.export.receipts import export_receipts
from ocrdesk.engine.fields.found import FieldName
from ocrdesk.engine.fields.table import Receipt
from ocrdesk.engine.library.fields import MOST_OWN, OwnField
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.desktop import show_folder
from ocrdesk.ui.kit.dialog import sized
from ocrdesk.ui.kit.file_dialogs import ask_where_to_save
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.room import Room
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.receipts.field_dialog import FieldDialog
from ocrdesk.ui.receipts.keeping import keep_values, set_own_fields
from ocrdesk.ui.receipts.receipt_words import TITLES
from ocrdesk.ui.receipts.receipts_model import RECEIPT_ROLE, ReceiptsModel
from ocrdesk.ui.receipts.receipts_reading import ReceiptsReading, Sums
from ocrdesk.ui.receipts.receipts_table import ReceiptsTable
from ocrdesk.ui.receipts.sums_pane import SumsPane
from ocrdesk.ui.receipts.value_strips import ValueStrips

_NARROWEST, _ROOM_FOR_SUMS = 600, 900
_LONGEST_NAME = 24
_REST = 400
"""Milliseconds after which a change is added up, so that a series of them is added up once."""


class ReceiptsRoom(Room):
    """Takes the place of the panes while receipts are looked through.

    Attributes:
        page_wanted: A page is to be shown; carries it.
    """

    page_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("receiptsRoom")
        self._desk = desk
        self._batch_id: int | None = None
        self._batch_name = ""
        self._back_to: int | None = None
        self._whole_of: int | None = None
        self._outdated: set[int] = set()
        self._files = desk.tasks.lane(of_files=True)
        self._reading = ReceiptsReading(desk, self)
        self._strips = ValueStrips(desk.decoder, desk.tasks, self)
        self._model = ReceiptsModel(self)
        self._table = ReceiptsTable(self._model, self._strips)
        self._sums = SumsPane()
        self._soon = QTimer(self, singleShot=True, interval=_REST)
        self._lay_out()
        self._soon.timeout.connect(self._add_up)
        self._reading.own_read.connect(self._model.begin)
        self._reading.found.connect(self._on_found)
        self._reading.ended.connect(self._on_ended)
        self._reading.added_up.connect(self._on_added_up)
        self._model.written.connect(self._keep)
        self._table.accepted.connect(self._accept)
        self._table.page_wanted.connect(self._want_page)
        self._table.horizontalHeader().customContextMenuRequested.connect(self._show_column_menu)
        desk.chosen.changed.connect(self._on_changed)

    @property
    def ground(self) -> QWidget:
        """What messages lie over."""
        return self._table

    def open_room(self, batch: Batch) -> None:
        """Opens the room for a batch."""
        self._batch_id, self._batch_name = batch.id, batch.name
        is_there = batch.id == self._whole_of
        if not is_there:
            self._model.begin(())
        shown = batch.name if len(batch.name) <= _LONGEST_NAME else batch.name[: _LONGEST_NAME - 1] + "…"
        self._back.setText(shown)
        self._back.setAccessibleName(_("Back to {name}").format(name=batch.name))
        self.is_open = True
        self.opened.emit(True)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if is_there:
            self._reading.renew(sorted(self._outdated))
            self._outdated.clear()
            self._soon.start()
        else:
            self._begin()

    def close_room(self) -> None:
        """Goes back to the pages."""
        if self.is_open:
            self.is_open = False
            self._reading.end()
            self._strips.forget()
            self.opened.emit(False)

    def recolour(self) -> None:
        """Takes the colours of the other look."""
        self._table.viewport().update()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is without what goes where there is no room."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sums.setVisible(self.width() >= _ROOM_FOR_SUMS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_room()
        else:
            super().keyPressEvent(event)

    # What it shows

    def _lay_out(self) -> None:
        self._back = QPushButton(icon("chevron-left"), _("Pages"), objectName="receiptsBack")
        self._back.setToolTip(_("Back to the pages (Esc)"))
        self._back.clicked.connect(self.close_room)
        title = QLabel(_("Receipts"))
        title.setFont(sized(title.font(), 1, QFont.Weight.DemiBold))
        self._far = QLabel(objectName="receiptsFar")
        self._far.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._next: QPushButton = QPushButton(_("Next to check"), objectName="receiptsNext")
        self._next.setToolTip(_("Go to the next value that is to be checked (Tab)"))
        self._next.clicked.connect(self._go_on)
        self._new = QPushButton(icon("plus"), _("New field"), objectName="newField")
        self._new.setToolTip(_("Mark a value on the page of this row, to find it on all pages"))
        self._new.clicked.connect(self._make_field)
        self._export = QPushButton(_("Export…"), objectName="exportReceipts")
        self._export.setProperty("primary", True)
        self._export.setToolTip(_("Export the table to Excel or CSV"))
        self._export.clicked.connect(self._ask_where)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE + 4, SPACE, SPACE + 4, SPACE)
        row.setSpacing(2 * SPACE)
        row.addWidget(self._back)
        row.addWidget(title)
        row.addWidget(self._far)
        row.addStretch(1)
        for button in (self._next, self._new, self._export):
            row.addWidget(button)
        for button in (self._back, self._next, self._new, self._export):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the table
            button.setAutoDefault(False)
        line = QFrame(objectName="reviewLine")
        line.setFixedHeight(1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._table, 1)
        below.addWidget(self._sums)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(line)
        column.addLayout(below, 1)

    def _begin(self) -> None:
        assert self._batch_id is not None
        self._whole_of = None
        self._outdated.clear()
        receipt: Receipt | None = self._table.currentIndex().data(RECEIPT_ROLE)
        self._back_to = receipt.page.id if receipt is not None else None
        self._next.hide()
        self._reading.begin(self._batch_id)

    def _on_found(self, receipts: list[Receipt]) -> None:
        was_empty = not self._model.receipts
        self._model.put(receipts)
        if was_empty and receipts:
            self._table.go_to(self._model.index(0, 1))
        if self._back_to is not None and (row := self._model.row_of(self._back_to)) is not None:
            self._table.go_to(self._model.index(row, 1))  # where a person was before all was read again
            self._back_to = None
        self._say_how_far()
        if not self._soon.isActive():
            self._soon.start()

    def _on_ended(self) -> None:
        self._whole_of = self._batch_id
        self._say_how_far()

    def _say_how_far(self) -> None:
        count, left = len(self._model.receipts), self._reading.left
        if left:
            words = _("{count:,} of {total:,} pages").format(count=count, total=count + left)
        else:
            words = plural("{count} page", "{count:,} pages", count)
        self._far.setText(words)
        for button in (self._new, self._export):
            button.setEnabled(bool(count) and not (left and button is self._export))

    def _add_up(self) -> None:
        if self.is_open:
            names = [self._model.name_of(column) for column in range(1, self._model.columnCount())]
            self._reading.add_up(tuple(self._model.receipts), names)

    def _on_added_up(self, sums: Sums) -> None:
        self._sums.show_sums(sums)
        self._next.setVisible(bool(sums[-1]))
        self._next.setText(_("{count:,} to check").format(count=sums[-1]))

    def _on_changed(self, change: Change) -> None:
        if not change.concerns(self._batch_id):
            return
        if not self.is_open:  # what was found stays for the next time, but for what changed
            self._outdated.update(change.page_ids or ())
            self._whole_of = self._whole_of if change.page_ids is not None else None
        elif self._desk.batches.batch(self._batch_id) is None:
            self.close_room()
        elif change.page_ids is not None:
            self._reading.renew(sorted(change.page_ids))
        else:
            self._begin()

    def _go_on(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._table.go_on()

    # What a person does

    def _keep(self, receipt: Receipt, name: str, value: str) -> None:
        title = self._title(name)
        words = _("correct “{field}”").format(field=title)
        keep_values(self._desk, receipt, {name: value}, words, self._on_kept)

    def _accept(self, index: QModelIndex) -> None:
        receipt: Receipt = index.data(RECEIPT_ROLE)
        name = self._model.name_of(index.column())
        if receipt.is_to_check(name):
            words = _("accept “{field}”").format(field=self._title(name))
            keep_values(self._desk, receipt, {name: receipt.value(name)}, words, self._on_kept)

    def _on_kept(self, page_id: int, kept: Mapping[str, str]) -> None:
        self._model.set_kept(page_id, kept)
        if not self._soon.isActive():
            self._soon.start()

    def _want_page(self, index: QModelIndex) -> None:
        self.page_wanted.emit(index.data(RECEIPT_ROLE).page)

    def _title(self, name: str) -> str:
        return _(TITLES[FieldName(name)]) if name in set(FieldName) else name.removeprefix("own ")

    def _make_field(self) -> None:
        receipt = self._table.currentIndex().data(RECEIPT_ROLE)
        if receipt is None or self._batch_id is None:
            return
        own = self._reading.own
        taken = [*(_(title) for title in TITLES.values()), *(field.name for field in own), _("Page")]
        dialog = FieldDialog(self._desk, receipt.page, taken)
        if dialog.exec() == FieldDialog.DialogCode.Accepted and len(own) < MOST_OWN:
            field = dialog.field()
            words = _("add the field “{field}”").format(field=field.name)
            set_own_fields(self._desk, self._batch_id, (*own, field), words)
        dialog.deleteLater()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_column_menu(self, place: QPoint) -> None:
        head = self._table.horizontalHeader()
        number = head.logicalIndexAt(place) - 1 - len(FieldName)
        if 0 <= number < len(self._reading.own):
            menu = QMenu(self)
            field = self._reading.own[number]
            menu.addAction(_("Remove the field “{field}”").format(field=field.name), partial(self._remove, field))
            menu.exec(head.mapToGlobal(place))
            menu.deleteLater()

    def _remove(self, field: OwnField) -> None:
        if self._batch_id is not None:
            rest = [it for it in self._reading.own if it != field]
            set_own_fields(self._desk, self._batch_id, rest, _("remove the field “{field}”").format(field=field.name))

    def _ask_where(self) -> None:
        kinds = f"{_('Excel')} (*.xlsx);;CSV (*.csv)"
        name = f"{self._batch_name.replace('/', '_')}.xlsx"
        path = ask_where_to_save(
            self._desk.window, _("Export receipts"), kinds, name, self._desk.choices, "receipts/folder"
        )
        if path is not None:
            path = path if path.suffix.lower() in (".xlsx", ".csv") else path.with_name(path.name + ".xlsx")
            work = partial(export_receipts, path, tuple(self._model.receipts), self._reading.own)
            self._files.run(work, partial(self._on_exported, path), self._on_failed)

    def _on_exported(self, path: Path, nothing: None) -> None:
        notices = self._desk.notices
        notices.say(
            _("Exported “{name}”.").format(name=path.name), [(_("Show folder"), partial(show_folder, path, notices))]
        )

    def _on_failed(self, error: OcrdeskError) -> None:
        self._desk.notices.warn(str(error))
