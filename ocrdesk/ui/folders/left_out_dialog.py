"""Lists the files of a folder that gave no page, and why."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ocrdesk.engine.document import Batch, LeftOutFile
from ocrdesk.engine.steering import harmless
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.kit.dialog import Dialog
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.theme import SPACE

_WIDTH, _LEAST, _ELSE = 760, 240, 320
"""Device-independent pixels: its width, the least height of the list, and what it leaves of the window's height."""


class LeftOutDialog(Dialog):
    """Shows the list; it can be copied."""

    def __init__(self, batch: Batch, files: Sequence[LeftOutFile], parent: QWidget | None = None) -> None:
        words = plural(
            "{count} file was skipped. It stays where it is.",
            "{count:,} files were skipped. They stay where they are.",
            len(files),
        )
        title = _("Files of “{name}” that were skipped").format(name=batch.name)
        super().__init__(title, words, parent, width=_WIDTH)
        self.setObjectName("leftOutDialog")
        self._rows = [(_name(file.path, batch.origin), file.why) for file in files]
        tree = QTreeWidget(objectName="leftOutList")
        tree.setAccessibleName(_("Skipped files"))
        tree.setHeaderLabels([_("File"), _("Why")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setAlternatingRowColors(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        row_size = QSize(0, self.fontMetrics().height() + SPACE + 4)
        items = [QTreeWidgetItem(list(row)) for row in self._rows]
        for item, (name, _why) in zip(items, self._rows, strict=True):
            item.setToolTip(0, plainly(name))
            item.setSizeHint(0, row_size)
        tree.addTopLevelItems(items)
        tree.header().setStretchLastSection(True)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        tree.header().resizeSection(0, 400)
        tree.setMinimumHeight(max(_LEAST, parent.window().height() - _ELSE if parent is not None else 0))
        self.content.addWidget(tree, 1)
        self.add_button(_("Copy list"), self._copy, name="copyLeftOut")
        self.add_button(_("Close"), self.reject, name="closeLeftOut", kind="primary")

    def _copy(self) -> None:
        rows = "\n".join(f"{name}\t{why}" for name, why in self._rows)
        QGuiApplication.clipboard().setText(harmless(rows))  # which may be pasted into a terminal


def _name(path: Path, origin: Path) -> str:
    shown = path.relative_to(origin) if path.is_relative_to(origin) and path != origin else path
    return str(shown).encode("utf-8", "replace").decode("utf-8")
