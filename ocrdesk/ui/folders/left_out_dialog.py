"""Lists the files of a folder that gave no page, and why; they can be put back or added nevertheless."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeView,
    QWidget,
)

from ocrdesk.engine.document import Batch, LeftOutFile
from ocrdesk.engine.facts import Fact, tells
from ocrdesk.engine.steering import harmless
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.kit.dialog import Dialog
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.selections import chosen_rows
from ocrdesk.ui.kit.theme import SPACE

_NEVER = (Fact.MORE_PAGES, Fact.NO_FOLDER, Fact.PIPE, Fact.SOCKET, Fact.DEVICE)
"""What cannot become a page, or is one already."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


_WIDTH, _LEAST, _ELSE = 760, 240, 320
"""Device-independent pixels: its width, the least height of the list, and what it leaves of the window's height."""


class LeftOutDialog(Dialog):
    """Shows the list; it can be copied.

    Attributes:
        wanted: Files are to be in the batch nevertheless; carries their paths.
    """

    wanted = Signal(object)

    def __init__(self, batch: Batch, files: Sequence[LeftOutFile], parent: QWidget | None = None) -> None:
        title = _("Files of “{name}” that were skipped").format(name=batch.name)
        super().__init__(title, _("They stay where they are."), parent, width=_WIDTH)
        self.setObjectName("leftOutDialog")
        self._model = _Files(files, batch.origin, QSize(0, self.fontMetrics().height() + SPACE + 4))
        self._tree = tree = QTreeView(objectName="leftOutList")
        tree.setAccessibleName(_("Skipped files"))
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setAlternatingRowColors(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setModel(self._model)
        tree.header().setStretchLastSection(True)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        tree.header().resizeSection(0, 400)
        tree.setMinimumHeight(max(_LEAST, parent.window().height() - _ELSE if parent is not None else 0))
        self.content.addWidget(tree, 1)
        self.add_button(_("Copy list"), self._copy, name="copyLeftOut")
        self._put_back = self.add_button(_("Add anyway"), self._want_selected, name="putBack")
        self.add_button(_("Close"), self.reject, name="closeLeftOut", kind="primary")
        tree.selectionModel().selectionChanged.connect(self._follow)
        tree.activated.connect(self._want_selected)
        self._follow()

    def _possible(self) -> list[LeftOutFile]:
        """The selected files that can be in the batch."""
        return [
            self._model.files[row] for row in chosen_rows(self._tree.selectionModel()) if self._model.is_possible(row)
        ]

    def _follow(self) -> None:
        """Says how many files there are, and what can be done with the selected ones."""
        self.set_sentence(
            plural(
                "{count} file was skipped. It stays where it is.",
                "{count:,} files were skipped. They stay where they are.",
                self._model.rowCount(),
            )
        )
        possible = self._possible()
        were_removed = all(tells(file.why, Fact.TAKEN_OUT) for file in possible)
        self._put_back.setText(_("Put back") if were_removed else _("Add anyway"))
        self._put_back.setToolTip(
            _("Put the selected files back into the batch")
            if were_removed
            else _("Add the selected files to the batch; a page that cannot be read says why")
        )
        self._put_back.setEnabled(bool(possible))

    def _want_selected(self) -> None:
        """Has the selected files in the batch; the list goes when nothing is left in it."""
        if not (possible := self._possible()):
            return
        self._model.drop(possible)
        self._follow()
        self.wanted.emit([file.path for file in possible])
        if not self._model.rowCount():
            self.accept()

    def _copy(self) -> None:
        rows = "\n".join("\t".join(self._model.words_of(row)) for row in range(self._model.rowCount()))
        QGuiApplication.clipboard().setText(harmless(rows))  # which may be pasted into a terminal


class _Files(QAbstractTableModel):
    """The skipped files, a row each: their names within the folder, and why they were skipped."""

    def __init__(self, files: Sequence[LeftOutFile], origin: Path, row_size: QSize) -> None:
        super().__init__()
        self.files = list(files)
        self._origin = origin
        self._row_size = row_size

    def is_possible(self, row: int) -> bool:
        """Whether a file can be in the batch."""
        return not tells(self.files[row].why, *_NEVER)

    def words_of(self, row: int) -> tuple[str, str]:
        """What is shown in a row."""
        return _name(self.files[row].path, self._origin), str(self.files[row].why)

    def drop(self, files: Sequence[LeftOutFile]) -> None:
        """Shows some files no more."""
        gone = {file.path for file in files}
        self.beginResetModel()
        self.files = [file for file in self.files if file.path not in gone]
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.files)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        is_shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return (_("File"), _("Why"))[section] if is_shown else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.words_of(index.row())[index.column()]
            case Qt.ItemDataRole.ToolTipRole if not index.column():
                return plainly(self.words_of(index.row())[0])
            case Qt.ItemDataRole.SizeHintRole:
                return self._row_size
        return None


def _name(path: Path, origin: Path) -> str:
    shown = path.relative_to(origin) if path.is_relative_to(origin) and path != origin else path
    return str(shown).encode("utf-8", "replace").decode("utf-8")
