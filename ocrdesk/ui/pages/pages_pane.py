"""The middle of the window: header, filter, and the pages as grid or table."""

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QSlider, QStackedWidget, QVBoxLayout, QWidget

from ocrdesk.engine.document import Batch
from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.engine.pace import Pace
from ocrdesk.ui.kit.actions import Actions, tool_button
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.pages.batch_header import BatchHeader
from ocrdesk.ui.pages.filter_chips import FilterChips
from ocrdesk.ui.pages.filter_row import FilterRow
from ocrdesk.ui.pages.kept_place import KeptPlace
from ocrdesk.ui.pages.page_grid import SIZES, PageGrid
from ocrdesk.ui.pages.page_model import PageModel
from ocrdesk.ui.pages.results_table import ResultsTable

_NOTHING = {
    PageFilter.ALL: "This batch has no pages.",
    PageFilter.DONE: "No page of this batch has been read yet.",
    PageFilter.DOUBTFUL: "No page is doubtful.",
    PageFilter.BLANK: "No page is without text.",
    PageFilter.FAILED: "No page failed.",
}
_TYPING_PAUSE = 200


class PagesPane(QWidget):
    """Grid and table are two views of one model and one selection."""

    def __init__(self, library: Library, model: PageModel, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._actions = actions
        self.header = BatchHeader(
            [actions.locate, actions.resume, actions.pause, actions.cancel, actions.retry_failed],
            actions.show_left_out,
        )
        self.chips = FilterChips()
        self.grid = PageGrid(library)
        self.table = ResultsTable(library)
        self.grid.setModel(model)
        self.table.show_pages(model)
        self.table.setSelectionModel(self.grid.selectionModel())
        self._place = KeptPlace(model, self.grid.selectionModel(), [self.grid, self.table])
        self.search = QLineEdit(objectName="searchField", placeholderText="Find")
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(240)
        self.search.setAccessibleName("Find in text and names")
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)
        self._size = QSlider(Qt.Orientation.Horizontal, objectName="sizeSlider")
        self._size.setRange(0, len(SIZES) - 1)
        self._size.setPageStep(1)
        self._size.setValue(1)
        keep = self._size.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._size.setSizePolicy(keep)
        self._size.setFixedWidth(56)
        self._size.setToolTip("Size of the thumbnails")
        self._size.setAccessibleName("Size of the thumbnails")
        self._nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._nothing.setBackgroundRole(QPalette.ColorRole.Base)
        self._nothing.setAutoFillBackground(True)
        self._views = QStackedWidget()
        for view in (self.grid, self.table, self._nothing):
            self._views.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        views = [tool_button(action) for action in (actions.view_grid, actions.view_table, actions.page_panel)]
        column.addWidget(FilterRow(self.chips, self.search, [self._size, *views]))
        column.addWidget(self._views, 1)
        self.chips.chosen.connect(self.show_only)
        self.search.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._find)
        self._size.valueChanged.connect(self.grid.set_size)
        actions.view_grid.toggled.connect(self._update_view)
        actions.find.triggered.connect(self._focus_search)
        model.rowsInserted.connect(self._update_view)
        model.rowsRemoved.connect(self._update_view)
        model.modelReset.connect(self._update_view)
        model.search.searching.connect(self.header.show_searching)
        model.search.searching.connect(self._update_view)
        actions.view_grid.setChecked(True)
        self._update_view()

    @property
    def selection(self) -> QItemSelectionModel:
        """The selection that both views share."""
        return self.grid.selectionModel()

    def show_batch(self, batch: Batch, state: str, pace: Pace | None) -> None:
        """Shows how the batch stands."""
        self.header.show_batch(batch, state, pace)
        self.chips.set_counts(batch.counts)

    def show_only(self, show: PageFilter) -> None:
        """Shows only some of the pages."""
        self.chips.choose(show)
        self._model.set_filter(show, self.search.text())

    def forget_filter(self) -> None:
        """Shows all pages again."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.show_only(PageFilter.ALL)

    def focus_pages(self) -> None:
        """Gives the keyboard to the pages; where none is found, to all of them."""
        if not self._model.rowCount():
            self.forget_filter()
        self._shown().setFocus()

    def _shown(self) -> QWidget:
        return self.grid if self._actions.view_grid.isChecked() else self.table

    def _update_view(self) -> None:
        as_grid = self._actions.view_grid.isChecked()
        self._size.setVisible(as_grid)
        if not self._model.rowCount():
            sought = self._model.containing
            words = f"No page has “{sought}”." if sought else _NOTHING[self._model.show]
            self._nothing.setText("" if self._model.search.is_asking else words)
            self._views.setCurrentWidget(self._nothing)
            return
        view = self.grid if as_grid else self.table
        if self._views.currentWidget() is view:
            return
        had_focus = self._shown().hasFocus()
        self._views.setCurrentWidget(view)
        current = self.selection.currentIndex()
        if current.isValid():  # the grid knows the first column only
            self.selection.setCurrentIndex(current.siblingAtColumn(0), QItemSelectionModel.SelectionFlag.NoUpdate)
            view.scrollTo(current.siblingAtColumn(0))
        if had_focus:
            view.setFocus()

    def _find(self) -> None:
        self._model.set_filter(self._model.show, self.search.text())

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
