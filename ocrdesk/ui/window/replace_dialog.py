"""Asks what is to be replaced by what, and shows every place before anything is changed."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QHeaderView, QLineEdit, QTreeView, QVBoxLayout

from ocrdesk.engine.corrections.replacing import Place, Sought
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.words import N_, _, plural
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.dialog import Dialog, add_row, form, quiet
from ocrdesk.ui.kit.fields import choice_field
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.tasks import Lane
from ocrdesk.ui.kit.theme import SPACE

SOON = 250
"""Milliseconds after the last key when places are looked for."""

_WIDTH, _HIGH = 760, 240
_AROUND = 24
"""How many letters are shown before the place in its line."""

_HEADINGS = (N_("Before"), N_("After"), N_("Page"))
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

Scope = tuple[str, int | None, int | None]
"""Words, and the batch and the page that are meant; None: all of them."""


class ReplaceDialog(Dialog):
    """Looks for places while something is typed.

    Attributes:
        wanted: Something is to be replaced; carries a list of ``Place``, and a ``Sought``.
    """

    wanted = Signal(object, object)

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
        self.model = Places(QSize(0, self.fontMetrics().height() + SPACE))
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
            self._show(number, [], {})
            return
        self._said.setText(_("Searching…"))
        batch_id, page_id = self._scopes[self._scope.currentIndex()][1:]
        library, stop = self._desk.library, self._lane.stop

        def find() -> tuple[list[Place], Mapping[int, str]]:
            places = library.replacing.find(sought, batch_id, page_id, lambda: stop.is_set() or number != self._search)
            pages = library.pages({place.page_id for place in places})
            return places, {page.id: page.name for page in pages.values()}

        self._lane.run(find, lambda found: self._show(number, *found), partial(self._fail, number), at_once=True)

    def _show(self, number: int, places: list[Place], names: Mapping[int, str]) -> None:
        if number == self._search:
            self.model.show(places, names)
            self._tell()

    def _fail(self, number: int, error: OcrdeskError) -> None:
        if number == self._search:
            self.model.show([], {})
            self._tell()
            self._said.setText(str(error))

    def _tell(self) -> None:
        """Says what is found, and what the button does."""
        places = self.model.chosen()
        count = sum(len(place.found) for place in places)
        self._verb.setText(
            plural("Replace {count} place", "Replace {count:,} places", count) if count else _("Replace")
        )
        self._verb.setEnabled(bool(count))
        if not self._sought.text().strip():
            self._said.setText("")
        elif not self.model.rowCount():
            self._said.setText(_("Nothing is found."))
        else:
            pages = plural("{count} page", "{count:,} pages", len({place.page_id for place in places}))
            lines = plural("{count} line", "{count:,} lines", len(places))
            self._said.setText(_("{lines} on {pages}").format(lines=lines, pages=pages))

    def _replace(self) -> None:
        if places := self.model.chosen():
            self.wanted.emit(places, self.what)
            self.accept()


class Places(QAbstractTableModel):
    """A row for each line in which something is to be replaced, with a tick.

    Attributes:
        ticked: A tick was set or taken away.
    """

    ticked = Signal()

    def __init__(self, row_size: QSize) -> None:
        super().__init__()
        self._row_size = row_size
        self._places: list[Place] = []
        self._names: Mapping[int, str] = {}
        self._without: set[int] = set()

    def show(self, places: list[Place], names: Mapping[int, str]) -> None:
        """Shows places, all of them ticked, and the names of their pages."""
        self.beginResetModel()
        self._places, self._names, self._without = places, names, set()
        self.endResetModel()

    def chosen(self) -> list[Place]:
        """The places that are ticked."""
        return [place for row, place in enumerate(self._places) if row not in self._without]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        is_shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _(_HEADINGS[section]) if is_shown else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        can_be_ticked = index.isValid() and index.column() == 0
        return super().flags(index) | (Qt.ItemFlag.ItemIsUserCheckable if can_be_ticked else Qt.ItemFlag.NoItemFlags)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._places):
            return None
        place = self._places[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words_of(place, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return plainly((place.line.text, place.after, self._names.get(place.page_id, ""))[index.column()])
            case Qt.ItemDataRole.CheckStateRole if index.column() == 0:
                return Qt.CheckState.Unchecked if index.row() in self._without else Qt.CheckState.Checked
            case Qt.ItemDataRole.SizeHintRole:
                return self._row_size
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        is_ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        (self._without.discard if is_ticked else self._without.add)(index.row())
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True

    def _words_of(self, place: Place, column: int) -> str:
        if column == 2:
            return self._names.get(place.page_id, "")
        text = (place.line.text, place.after)[column] or _("(no text)")
        begin = max(0, place.found[0][0] - _AROUND)
        return f"…{text[begin:]}" if begin and begin < len(text) else text


def _list_of(model: Places) -> QTreeView:
    view = QTreeView(objectName="replacePlaces")
    view.setAccessibleName(_("Places"))
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setAllColumnsShowFocus(True)
    view.setModel(model)
    view.setMinimumHeight(_HIGH)
    header = view.header()
    header.setStretchLastSection(False)
    for column in (0, 1):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    header.resizeSection(2, 150)
    return view
