"""Asks what is to be replaced by what, and shows every place before anything is changed."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
)

from ocrdesk.engine.corrections.replacing import Place, Sought
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.words import N_, _, plural
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.dialog import Dialog, add_row, form, quiet
from ocrdesk.ui.kit.directions import layout_direction
from ocrdesk.ui.kit.fields import choice_field
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.tasks import Lane, Tell
from ocrdesk.ui.kit.theme import SPACE

SOON = 250
"""Milliseconds after the last key when places are looked for."""

MOST = 100_000
"""How many lines are shown, and replaced, at a time: so much fits into memory, and nobody looks through more."""

_WIDTH, _HIGH = 760, 240
_AROUND = 24
"""How many letters are shown before the place in its line."""

_NEXT_LINE = " ⏎ "
"""Shown between two lines that a place runs over."""

_HEADINGS = (N_("Before"), N_("After"), N_("Page"))
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

Row = tuple[int, int, int, int, str, str, str]
"""A line in which something is found: its page and its key there, how many places it has, from where on it is shown,
its text, what becomes of it, and the name of its page. Plain tuples cost the garbage collector nothing, though many."""

Scope = tuple[str, int | None, int | None]
"""Words, and the batch and the page that are meant; None: all of them."""


class ReplaceDialog(Dialog):
    """Looks for places while something is typed.

    Attributes:
        wanted: Something is to be replaced; carries a ``Sought``, the keys of places by their pages, and how many.
    """

    wanted = Signal(object, object, int)

    def __init__(self, desk: Desk, lane: Lane, scopes: Sequence[Scope], sought: str) -> None:
        """Makes the dialog.

        Args:
            desk: What all in the window works with.
            lane: Looks for places.
            scopes: Where can be looked; the first is chosen.
            sought: What is looked for at first.
        """
        super().__init__(
            _("Replace"), _("Look at the places first; nothing is changed before."), desk.window, width=_WIDTH
        )
        self.setObjectName("replaceDialog")
        self._desk = desk
        self._scopes = scopes
        self._lane = lane
        self._search = 0
        self._is_searching = False
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._look)
        self._sought: QLineEdit = QLineEdit(sought, objectName="replaceSought")
        self._instead: QLineEdit = QLineEdit(objectName="replaceInstead")
        self._scope = choice_field("replaceScope")
        self._scope.addItems([scope[0] for scope in scopes])
        self._case: QCheckBox = QCheckBox(_("Match case"), objectName="replaceCase")
        self._words: QCheckBox = QCheckBox(_("Whole words"), objectName="replaceWords", checked=True)
        rows = form()
        add_row(rows, _("Find"), self._sought)
        add_row(rows, _("Replace with"), self._instead)
        add_row(rows, _("Where"), self._scope)
        options = QHBoxLayout()
        options.setSpacing(3 * SPACE)
        options.addWidget(self._case)
        options.addWidget(self._words)
        options.addStretch(1)
        rows.addRow("", options)
        self.model = Places()
        self._list = _list_of(self.model)
        self._said = quiet("", "replaceSaid")
        column = QVBoxLayout()
        column.setSpacing(SPACE)
        column.addWidget(self._list, 1)
        column.addWidget(self._said)
        self.content.addLayout(rows)
        self.content.addLayout(column, 1)
        self.add_cancel()
        self._verb = self.add_button(_("Replace"), self._replace, name="replaceVerb", kind="primary")
        for field in (self._sought, self._instead):
            field.textChanged.connect(self._look_soon)
        for box in (self._case, self._words):
            box.toggled.connect(self._look_soon)
        self._scope.currentIndexChanged.connect(self._look_soon)
        self.model.ticked.connect(self._tell)
        self._sought.selectAll()
        self._sought.setFocus()
        self._look()

    @property
    def what(self) -> Sought:
        """What is to be replaced, as it is typed."""
        return Sought(self._sought.text(), self._instead.text(), self._case.isChecked(), self._words.isChecked())

    def done(self, result: int) -> None:
        """Ends the search as well."""
        self._search += 1
        super().done(result)

    # Looking

    def _look_soon(self) -> None:
        self._search += 1  # what is looked for at present is not wanted any more
        self._verb.setEnabled(False)
        self._soon.start()

    def _look(self) -> None:
        self._search = number = self._search + 1
        sought = self.what
        if not sought.text.strip():
            self._show_none()
            return
        self._said.setText(_("Searching…"))
        batch_id, page_id = self._scopes[self._scope.currentIndex()][1:]
        replacing, stop = self._desk.library.replacing, self._lane.stop
        found: list[Row] = []  # grows in the other thread

        def find(tell: Tell) -> None:
            is_over = lambda: stop.is_set() or number != self._search  # noqa: E731
            for place in islice(replacing.find(sought, batch_id, page_id, is_over), MOST):
                found.append(_row_of(place))
                tell()

        def show(is_all: bool) -> None:
            if number == self._search:
                self._is_searching = not is_all
                self.model.take(found)
                self._tell()

        self.model.take(found)
        self._is_searching = True
        self._lane.run_telling(find, lambda nothing: show(True), partial(self._fail, number), lambda: show(False))

    def _fail(self, number: int, error: OcrdeskError) -> None:
        if number == self._search:
            self._show_none()
            self._said.setText(str(error))

    def _show_none(self) -> None:
        self._is_searching = False
        self.model.take([])
        self._tell()

    def _tell(self) -> None:
        """Says what is found, and what the button does."""
        model = self.model
        self._verb.setText(
            plural("Replace {count} place", "Replace {count:,} places", model.count) if model.count else _("Replace")
        )
        self._verb.setEnabled(bool(model.count) and not self._is_searching)
        if not self._sought.text().strip():
            self._said.setText("")
        elif not model.rowCount():
            self._said.setText(_("Searching…") if self._is_searching else _("Nothing is found."))
        else:
            pages = plural("{count} page", "{count:,} pages", model.page_count)
            lines = plural("{count} line", "{count:,} lines", model.line_count)
            words = _("{lines} on {pages}; searching…") if self._is_searching else _("{lines} on {pages}")
            if model.rowCount() >= MOST:
                words = _("{lines} on {pages}. There are more: replace these first, then those.")
            self._said.setText(words.format(lines=lines, pages=pages))

    def _replace(self) -> None:
        if self.model.count:
            self.wanted.emit(self.what, self.model.chosen(), self.model.count)
            self.accept()


class Places(QAbstractTableModel):
    """A row for each line in which something is to be replaced, with a tick.

    Attributes:
        ticked: A tick was set or taken away.
        count: How many places are ticked; there may be several in a line.
        line_count: How many lines are.
    """

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._show([])

    def _show(self, rows: list[Row]) -> None:
        self._rows = rows
        self._shown = self.count = self.line_count = 0
        self._ticked_on: Counter[int] = Counter()
        self._without: set[int] = set()

    @property
    def page_count(self) -> int:
        """On how many pages lines are ticked."""
        return len(self._ticked_on)

    def take(self, rows: list[Row]) -> None:
        """Shows rows, all of them ticked; of those that are shown, the ones that came since."""
        if rows is not self._rows:
            self.beginResetModel()
            self._show(rows)
            self.endResetModel()
        if (there := len(rows)) > self._shown:
            self.beginInsertRows(_ROOT, self._shown, there - 1)
            for row in rows[self._shown : there]:
                self._count(row, 1)
            self._shown = there
            self.endInsertRows()

    def _count(self, row: Row, by: int) -> None:
        page_id, _key, count, *_rest = row
        self.count += by * count
        self.line_count += by
        self._ticked_on[page_id] += by
        if not self._ticked_on[page_id]:
            del self._ticked_on[page_id]

    def chosen(self) -> dict[int, set[int]]:
        """The keys of the places that are ticked, by their pages."""
        keys: dict[int, set[int]] = {}
        for number, (page_id, key, *_rest) in enumerate(self._rows[: self._shown]):
            if number not in self._without:
                keys.setdefault(page_id, set()).add(key)
        return keys

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        is_shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _(_HEADINGS[section]) if is_shown else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        can_be_ticked = index.isValid() and index.column() == 0
        return super().flags(index) | (Qt.ItemFlag.ItemIsUserCheckable if can_be_ticked else Qt.ItemFlag.NoItemFlags)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self._shown:
            return None
        *_numbers, begin, before, after, page_name = self._rows[index.row()]
        text = (before, after or _("(no text)"), page_name)[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"…{text[begin:]}" if begin and begin < len(text) and index.column() < 2 else text
            case Qt.ItemDataRole.ToolTipRole:
                return plainly(text)
            case Qt.ItemDataRole.CheckStateRole if index.column() == 0:
                return Qt.CheckState.Unchecked if index.row() in self._without else Qt.CheckState.Checked
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        is_ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        if is_ticked == (index.row() in self._without):
            (self._without.discard if is_ticked else self._without.add)(index.row())
            self._count(self._rows[index.row()], 1 if is_ticked else -1)
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True


def _row_of(place: Place) -> Row:
    begin = max(0, place.found[0][0] - _AROUND)
    before, after = (
        _NEXT_LINE.join(texts) for texts in zip(*((it.line.text, it.after) for it in place.lines), strict=True)
    )
    return place.page_id, place.key, place.count, begin, before, after, place.page_name


class _TextCell(QStyledItemDelegate):
    """A text of a page in the direction in which it is read."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        option.direction = layout_direction(option.text)


class _PageCell(QStyledItemDelegate):
    """The name of a page, which differs from others at its end."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


def _list_of(model: Places) -> QTableView:
    view = QTableView(objectName="replacePlaces")  # which asks for nothing about rows that are not seen
    view.setAccessibleName(_("Places"))
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setTabKeyNavigation(False)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + SPACE)
    view.setModel(model)
    view.setMinimumHeight(_HIGH)
    view.setItemDelegate(_TextCell(view))
    view.setItemDelegateForColumn(2, _PageCell(view))
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column in (0, 1):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    header.resizeSection(2, 150)
    return view
