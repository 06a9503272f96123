"""Lists the files of a folder that gave no page, and why; they can be put back or added nevertheless."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ocrdesk.engine.document import Batch, LeftOutFile
from ocrdesk.engine.facts import Fact, tells
from ocrdesk.engine.steering import harmless
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.kit.dialog import Dialog
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.theme import SPACE

_NEVER = (Fact.MORE_PAGES, Fact.NO_FOLDER, Fact.PIPE, Fact.SOCKET, Fact.DEVICE)
"""What cannot become a page, or is one already."""


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
        self._origin = batch.origin
        self._files = list(files)
        self._tree = tree = QTreeWidget(objectName="leftOutList")
        tree.setAccessibleName(_("Skipped files"))
        tree.setHeaderLabels([_("File"), _("Why")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setAlternatingRowColors(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.addTopLevelItems([self._item(file) for file in self._files])
        tree.header().setStretchLastSection(True)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        tree.header().resizeSection(0, 400)
        tree.setMinimumHeight(max(_LEAST, parent.window().height() - _ELSE if parent is not None else 0))
        self.content.addWidget(tree, 1)
        self.add_button(_("Copy list"), self._copy, name="copyLeftOut")
        self._put_back = self.add_button(_("Add anyway"), self._want_selected, name="putBack")
        self.add_button(_("Close"), self.reject, name="closeLeftOut", kind="primary")
        tree.itemSelectionChanged.connect(self._follow)
        tree.itemActivated.connect(self._want_selected)
        self._follow()

    def _item(self, file: LeftOutFile) -> QTreeWidgetItem:
        name = _name(file.path, self._origin)
        item = QTreeWidgetItem([name, file.why])
        item.setToolTip(0, plainly(name))
        item.setSizeHint(0, QSize(0, self.fontMetrics().height() + SPACE + 4))
        return item

    def _possible(self) -> list[LeftOutFile]:
        """The selected files that can be in the batch."""
        rows = self._tree.selectionModel().selectedRows()
        return [file for row in rows if not tells((file := self._files[row.row()]).why, *_NEVER)]

    def _follow(self) -> None:
        """Says how many files there are, and what can be done with the selected ones."""
        self.set_sentence(
            plural(
                "{count} file was skipped. It stays where it is.",
                "{count:,} files were skipped. They stay where they are.",
                len(self._files),
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
        wanted = [file.path for file in possible]
        gone = set(wanted)
        self._tree.clearSelection()  # or Qt looks through all that is selected for each row that goes
        self._files = [file for file in self._files if file.path not in gone]
        self._tree.clear()
        self._tree.addTopLevelItems([self._item(file) for file in self._files])
        self._follow()
        self.wanted.emit(wanted)
        if not self._files:
            self.accept()

    def _copy(self) -> None:
        rows = "\n".join(f"{_name(file.path, self._origin)}\t{file.why}" for file in self._files)
        QGuiApplication.clipboard().setText(harmless(rows))  # which may be pasted into a terminal


def _name(path: Path, origin: Path) -> str:
    shown = path.relative_to(origin) if path.is_relative_to(origin) and path != origin else path
    return str(shown).encode("utf-8", "replace").decode("utf-8")
