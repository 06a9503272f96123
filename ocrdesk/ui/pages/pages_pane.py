"""The middle of the window: header, filter, and the pages as grid or table."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.library import PageFilter
from ocrdesk.engine.words import _
from ocrdesk.runner import RunState
from ocrdesk.ui.desk.chosen import Change, WayBack
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command, tool_button
from ocrdesk.ui.kit.selections import RowSelection
from ocrdesk.ui.pages.batch_header import BatchHeader
from ocrdesk.ui.pages.filter_chips import CHIPS, FilterChips
from ocrdesk.ui.pages.filter_row import FilterRow
from ocrdesk.ui.pages.kept_place import KeptPlace
from ocrdesk.ui.pages.page_card import SIZES
from ocrdesk.ui.pages.page_grid import PageGrid
from ocrdesk.ui.pages.page_model import PageModel
from ocrdesk.ui.pages.results_table import ResultsTable
from ocrdesk.ui.pages.review_button import ReviewButton
from ocrdesk.ui.pages.some_pages import SomePages
from ocrdesk.ui.pages.thumbnails import Thumbnails


class PagesPane(QWidget):
    """Grid and table are two views of one model and one selection.

    Attributes:
        selection: The selection that both share.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._actions = actions = desk.actions
        self.thumbnails = Thumbnails(desk.thumbnails, desk.decoder, desk.tasks, self)
        self.model = model = PageModel(desk.library, self.thumbnails, desk.tasks, self)
        self.header = BatchHeader(actions, self)
        self.chips = FilterChips(self)
        self._size = QSlider(Qt.Orientation.Horizontal, objectName="sizeSlider")
        self._size.setRange(0, len(SIZES) - 1)
        self._size.setPageStep(1)
        self._size.setValue(1)
        keep = self._size.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._size.setSizePolicy(keep)
        self._size.setFixedWidth(56)
        self._size.setToolTip(_("Size of the thumbnails"))
        self._size.setAccessibleName(_("Size of the thumbnails"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        views = [tool_button(actions[name]) for name in ("view_grid", "view_table", "page_panel")]
        review = ReviewButton(actions["review"])
        column.addWidget(FilterRow(self.chips, review, [self._size, *views]))
        self._some_pages = SomePages(self)
        self._some_pages.left.connect(desk.chosen.all_pages_wanted)
        self._some_pages.back_wanted.connect(lambda command: actions[command].trigger())
        column.addWidget(self._some_pages)
        self._views = QStackedWidget(self)
        self.grid = PageGrid(self._views)
        self.table = ResultsTable(desk.choices, self._views)
        self.grid.setModel(model)
        self.table.show_pages(model)
        self.selection = RowSelection(model)
        self.grid.setSelectionModel(self.selection)
        self.table.setSelectionModel(self.selection)
        self._place = KeptPlace(model, desk.chosen, self.selection, [self.grid, self.table])
        self._nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._nothing.setBackgroundRole(QPalette.ColorRole.Base)
        self._nothing.setAutoFillBackground(True)
        for view in (self.grid, self.table, self._nothing):
            self._views.addWidget(view)
        column.addWidget(self._views, 1)
        self.chips.chosen.connect(self.show_only)
        self._size.valueChanged.connect(self.grid.set_size)
        model.rowsInserted.connect(self._update_view)
        model.rowsRemoved.connect(self._update_view)
        model.modelReset.connect(self._update_view)
        model.search.searching.connect(self.header.show_searching)
        model.search.searching.connect(self._update_view)
        model.search.failed.connect(desk.notices.warn)
        desk.actions.join(self)
        actions["view_grid"].setChecked(True)
        self._update_view()
        self._follow_the_desk()

    def show_only(self, show: PageFilter) -> None:
        """Shows only some of the pages."""
        self.chips.choose(show)
        self.model.set_filter(show, among=self.model.among)

    def forget_filter(self) -> None:
        """Shows all pages again."""
        self._some_pages.hide()
        self.chips.choose(PageFilter.ALL)
        self.model.set_filter(PageFilter.ALL)

    def show_some(self, page_ids: tuple[int, ...], what: str, way_back: WayBack | None) -> None:
        """Shows some pages of the batch and no others; ``what`` says what they are."""
        self.forget_filter()
        self.model.set_filter(PageFilter.ALL, among=page_ids)
        self._some_pages.say(what, len(page_ids), way_back)

    def focus_pages(self) -> None:
        """Gives the keyboard to the pages; where none is found, to all of them."""
        if not self.model.rowCount():
            self.forget_filter()
        self._shown().setFocus()

    def _shown(self) -> QWidget:
        return self.grid if self._actions["view_grid"].isChecked() else self.table

    def _update_view(self) -> None:
        as_grid = self._actions["view_grid"].isChecked()
        self._size.setVisible(as_grid)
        if not self.model.rowCount():
            self._nothing.setText("" if self.model.search.is_asking else _(CHIPS[self.model.show].nothing))
            self._views.setCurrentWidget(self._nothing)
            return
        view = self.grid if as_grid else self.table
        if self._views.currentWidget() is view:
            return
        had_focus = self._shown().hasFocus()
        with self._desk.chosen.moving_once():
            self._show_view(view, had_focus=had_focus)

    def _show_view(self, view: QAbstractItemView, *, had_focus: bool) -> None:
        self._views.setCurrentWidget(view)
        current = self.selection.currentIndex()
        if current.isValid():  # the grid knows the first column only
            self.selection.setCurrentIndex(current.siblingAtColumn(0), QItemSelectionModel.SelectionFlag.NoUpdate)
            view.scrollTo(current.siblingAtColumn(0))
        if had_focus:
            view.setFocus()

    @Command("Select all", "Select everything in the list or text with the keyboard", keys="Ctrl+A")
    def select_all(self) -> None:
        """Selects everything in what has the keyboard, or all pages where there is nothing to select."""
        select = getattr(
            QApplication.focusWidget(), "selectAll", self.grid.selectAll
        )  # lists, texts and fields have it
        select()

    @Command("Thumbnails", "Show the pages as thumbnails", keys="Ctrl+1", icon="grid", is_checkable=True, group="view")
    def view_grid(self, is_chosen: bool) -> None:
        """Shows the pages as thumbnails, or as a table."""
        self._update_view()

    @Command("Table", "Show the pages as a table", keys="Ctrl+2", icon="table", is_checkable=True, group="view")
    def view_table(self, is_chosen: bool) -> None:
        """Shows the pages as a table, or as thumbnails."""
        self._update_view()

    # What is chosen, and what changes

    def _follow_the_desk(self) -> None:
        chosen, removals = self._desk.chosen, self._desk.removals
        chosen.follow_pages(self.model, self.selection)
        self.selection.currentChanged.connect(self._on_current_moved)
        chosen.batch_moved.connect(self._on_batch_moved)
        chosen.all_pages_wanted.connect(self.forget_filter)
        chosen.some_pages_wanted.connect(self.show_some)
        chosen.changed.connect(self._on_changed)
        removals.going_changed.connect(lambda: self.model.show_going(removals.going))
        self._desk.runner.state_changed.connect(self._show_batch)
        self._desk.batches.day_changed.connect(self._show_batch)

    def _on_current_moved(self, current: QModelIndex) -> None:
        self.model.work_on(self.model.ids_at([current.row()])[0] if current.isValid() else None)

    def _on_batch_moved(self) -> None:
        chosen = self._desk.chosen
        if chosen.batch_id != self.model.batch_id:
            self.model.set_batch(chosen.batch_id)
            self.forget_filter()
        if chosen.show is not PageFilter.ALL:
            self.show_only(chosen.show)
        self._show_batch()

    def _on_changed(self, change: Change) -> None:
        if not change.concerns(self.model.batch_id):
            return
        self.thumbnails.forget(list(change.files_of))
        if change.page_ids is None:
            self.model.refresh()
        else:
            self.model.pages_changed(change.page_ids)
            if change.has_more:
                self.model.reload()
        self._show_batch()

    def _show_batch(self) -> None:
        """Shows how the batch stands."""
        runner, batch = self._desk.runner, self._desk.chosen.batch
        if batch is not None:
            is_read = batch.id == runner.batch_id and runner.state is RunState.RUNNING
            self.header.show_batch(batch, self._desk.batches.headline_of(batch), is_read=is_read)
            self.chips.set_counts(batch.counts)
