"""Lists the corrections of a batch that found no place, and leads to their pages."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from ocrdesk.engine.document import Correction, Page
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.kit.dialog import Dialog
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.selections import chosen_rows

_WIDTH, _LEAST = 760, 240


class LostDialog(Dialog):
    """Shows the list.

    Attributes:
        wanted: A page is to be shown; carries it.
    """

    wanted = Signal(object)

    def __init__(self, lost: Sequence[Correction], pages: Mapping[int, Page], parent: QWidget | None = None) -> None:
        sentence = plural(
            "{count} correction belongs to a line that was not found when its page was read again.",
            "{count:,} corrections belong to lines that were not found when their pages were read again.",
            len(lost),
        )
        super().__init__(_("Corrections without a place"), sentence, parent, width=_WIDTH)
        self.setObjectName("lostDialog")
        self._pages = [pages.get(correction.page_id) for correction in lost]
        model = QStandardItemModel(0, 3, self)
        model.setHorizontalHeaderLabels([_("Read"), _("Corrected to"), _("Page")])
        for correction, page in zip(lost, self._pages, strict=True):
            words = (correction.before, correction.after or _("(no text)"), page.name if page is not None else "")
            row = [QStandardItem(word) for word in words]
            for item, word in zip(row, words, strict=True):
                item.setEditable(False)
                item.setToolTip(plainly(word))
            model.appendRow(row)
        self.list = view = QTreeView(objectName="lostList")
        view.setAccessibleName(_("Corrections without a place"))
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setModel(model)
        view.setMinimumHeight(_LEAST)
        view.header().setStretchLastSection(False)
        for column in (0, 1):
            view.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.content.addWidget(view, 1)
        self.add_button(_("Close"), self.reject, name="closeLost")
        self.add_button(_("Show page"), self._want, name="showLost", kind="primary")
        view.activated.connect(self._want)
        view.setCurrentIndex(model.index(0, 0))
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _want(self) -> None:
        rows = chosen_rows(self.list.selectionModel())
        page = self._pages[rows[0]] if rows else None
        if page is not None:
            self.accept()
            self.wanted.emit(page)
