"""The window: batches at the left, pages in the middle, the chosen page at the right."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ocrdesk.engine.batch_file import is_batch_file
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.engine.recognition.recognizer import Recognizer
from ocrdesk.engine.thumbnail_files import ThumbnailFiles
from ocrdesk.places import Places
from ocrdesk.runner import BatchRunner, RunState
from ocrdesk.settings import Settings
from ocrdesk.ui.batches.batch_commands import BatchCommands
from ocrdesk.ui.batches.batch_list import BatchList
from ocrdesk.ui.batches.batch_model import BATCH_ROLE, BatchModel
from ocrdesk.ui.batches.batches_pane import BatchesPane
from ocrdesk.ui.files.export_commands import ExportCommands
from ocrdesk.ui.files.save_commands import SaveCommands
from ocrdesk.ui.folders.add_commands import AddCommands
from ocrdesk.ui.folders.folder_commands import FolderCommands
from ocrdesk.ui.kit.actions import Actions, batch_menu, fill_menu_bar, make_actions, page_menu
from ocrdesk.ui.kit.background import Errands
from ocrdesk.ui.kit.desktop import open_outside
from ocrdesk.ui.kit.file_names import paths_of
from ocrdesk.ui.kit.notices import NoticeBar
from ocrdesk.ui.kit.under_way import UnderWay
from ocrdesk.ui.pages.page_commands import PageCommands
from ocrdesk.ui.pages.page_model import PageModel
from ocrdesk.ui.pages.pages_pane import PagesPane
from ocrdesk.ui.pages.pdf_commands import PdfCommands
from ocrdesk.ui.pages.removals import Removals
from ocrdesk.ui.pages.thumbnails import Thumbnails
from ocrdesk.ui.pages.way_commands import WayCommands
from ocrdesk.ui.panel.page_panel import PagePanel
from ocrdesk.ui.regions.region_commands import RegionCommands
from ocrdesk.ui.window.closing import Closing
from ocrdesk.ui.window.drops import DropVeil
from ocrdesk.ui.window.empty_state import EmptyState
from ocrdesk.ui.window.help_dialogs import KeysDialog, show_about
from ocrdesk.ui.window.settings_commands import SettingsCommands
from ocrdesk.ui.window.space_commands import SpaceCommands
from ocrdesk.ui.window.window_layout import keep_layout, restore_layout

REFRESH = 80
"""Least milliseconds in which changes are gathered before the screen follows them."""

RESTS = 10
"""The screen rests at least so many times as long as following took: a huge batch must not hold the window."""


class MainWindow(QMainWindow):
    """Joins the panes. What it shows, it reads from the library; what it starts, the runner does."""

    def __init__(
        self,
        library: Library,
        decoder: Decoder,
        runner: BatchRunner,
        places: Places,
        settings: Settings,
        maker: Callable[[Settings], Callable[[], Recognizer]],
    ) -> None:
        super().__init__()
        self.setWindowTitle("ocrdesk")
        self.setAcceptDrops(True)
        self._library = library
        self._runner = runner
        self._places = places
        self._changed: set[int] = set()
        self._grown: set[int] = set()
        self._rest = REFRESH
        self.actions_ = make_actions(self)
        self.notices = NoticeBar()
        self.under_way = UnderWay()
        thumbnail_files = ThumbnailFiles(places.thumbnails)
        self._thumbnails = Thumbnails(thumbnail_files, decoder, self)
        self._adding = AddCommands(self, self.actions_, library, decoder, runner, self.under_way, self.notices)
        self._pages = PageModel(library, self._thumbnails, self)
        self._batches = BatchModel(library, runner, self)
        self.batch_list = BatchList()
        self.batch_list.setModel(self._batches)
        self.pages_pane = PagesPane(library, self._pages, self.actions_)
        self.panel = PagePanel(library, decoder, self.actions_)
        self._errands = Errands(self)
        self._acts = Errands(self)  # short writes, which do not wait for what the others do
        self.removals = Removals(library, self._pages, self.under_way, self.notices, self)
        self._page_commands = PageCommands(
            self, self.actions_, library, runner, self._pages, self.pages_pane.selection, self._thumbnails,
            self._acts, self.removals, self.under_way, self.notices,
        )  # fmt: skip
        self._batch_commands = BatchCommands(
            self, self.actions_, library, runner, self._batches, self._acts, self.removals, self.notices,
            self.chosen_batch,
        )  # fmt: skip
        self._folder_commands = FolderCommands(
            self, self.actions_, library, runner, self._batches, self._adding, self._errands, self._acts,
            self.under_way, self.notices, self.chosen_batch,
        )  # fmt: skip
        self._pdf_commands = PdfCommands(
            self, self.actions_, library, decoder, runner, self._pages, self._page_commands,
            self.pages_pane.selection, self._thumbnails, self._errands, self._acts, self.notices,
        )  # fmt: skip
        self._way_commands = WayCommands(
            self, self.actions_, library, self._errands, self.notices, self.chosen_batch,
            self._page_commands.chosen_ids,
        )  # fmt: skip
        self._region_commands = RegionCommands(
            self, self.actions_, library.texts, self.panel.picture.regions, self.panel.region_bar, self.chosen_batch
        )
        self._export_commands = ExportCommands(
            self, self.actions_, library, decoder, self.under_way, self.notices, self.chosen_batch,
            self._page_commands.sets, self._batches.batches, self.batch_list.chosen, places.settings,
        )  # fmt: skip
        self._settings_commands = SettingsCommands(
            self, self.actions_, library, runner, places.settings, settings, maker, self.notices
        )
        self._save_commands = SaveCommands(
            self, self.actions_, library, decoder, thumbnail_files, self.under_way, self.notices, self.chosen_batch,
            places.settings,
        )  # fmt: skip
        self._space_commands = SpaceCommands(self, library, thumbnail_files, runner, self.notices, places.settings)
        self.closing = Closing(
            self, library, runner, [self._export_commands, self._save_commands],
            [self._space_commands, self._adding, self._thumbnails, self.panel.picture.loader],
        )  # fmt: skip
        self._veil = DropVeil(self)
        self._refresh_timer = QTimer(self, singleShot=True)
        self._refresh_timer.timeout.connect(self._refresh)
        self._lay_out()
        self._connect()
        restore_layout(self, self._split, self.actions_.kept, places.settings)
        self._update_stack()

    def begin(self, paths: Sequence[Path]) -> None:
        """Once shown: chooses the newest batch, offers to resume, and adds what the command line named."""
        if self._batches.rowCount():
            self.batch_list.setCurrentIndex(self._batches.index(0))
            self.pages_pane.focus_pages()
        self._batch_commands.update_actions()
        self._batch_commands.offer_to_resume()
        self.removals.finish(self._library.removing.hidden())
        self._space_commands.begin()
        if paths:
            self.add(paths)

    def chosen_batch(self) -> int | None:
        """The batch whose pages are shown."""
        return self._pages.batch_id

    def add(self, paths: Sequence[Path], batch_id: int | None = None) -> None:
        """Reads files and folders: into a batch of their own, or into one that is there."""
        self._adding.add(paths, batch_id)

    # Layout

    def _lay_out(self) -> None:
        fill_menu_bar(self.menuBar(), self.actions_)
        for action in self.actions_.all():
            self.addAction(action)
        self._split = QSplitter(Qt.Orientation.Horizontal, objectName="mainSplitter")
        for pane in (BatchesPane(self.batch_list, self.actions_), self.pages_pane, self.panel):
            self._split.addWidget(pane)
        self._split.setCollapsible(0, False)
        self._split.setCollapsible(1, False)
        self._split.setStretchFactor(1, 1)
        a = self.actions_
        self._empty = EmptyState(a.add_folder, a.add_files, a.try_samples)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._split)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self._stack, 1)
        column.addWidget(self.under_way)
        self.setCentralWidget(middle)

    def _connect(self) -> None:
        a, runner = self.actions_, self._runner
        a.quit.triggered.connect(self.close)
        a.page_panel.toggled.connect(self.panel.setVisible)
        a.page_panel.setChecked(True)
        a.keys.triggered.connect(lambda: KeysDialog(a.all(), self).exec())
        a.show_log.triggered.connect(lambda: open_outside(self._places.log))
        a.about.triggered.connect(lambda: show_about(self, str(self._library.folder)))
        runner.page_started.connect(self._page_changed)
        runner.page_finished.connect(self._page_changed)
        runner.state_changed.connect(self._show_batch)
        runner.noticed.connect(self.notices.warn)
        self._adding.batch_grown.connect(self._on_batch_grown)
        self._adding.saved_named.connect(self._save_commands.open)
        self._batch_commands.removed.connect(self._save_commands.forget)
        for shrinks in (self.removals.completed, runner.run_finished):
            shrinks.connect(self._space_commands.give_back)
        self._save_commands.locate_wanted.connect(self._locate)
        for making in (self._adding, self._save_commands):
            making.batch_made.connect(self._on_batch_made)
        for signal in (self._batches.modelReset, self._batches.rowsInserted, self._batches.rowsRemoved):
            signal.connect(self._update_stack)
        for commands in (self._batch_commands, self._folder_commands):
            commands.batch_changed.connect(self._batch_changed)
        self._batch_commands.show_failed.connect(self._show_failed)
        self._batch_commands.enter_password.connect(self._pdf_commands.ask_for_batch)
        for asking in (self._batch_commands, self._adding):
            asking.show_left_out.connect(self._show_left_out)
        self._region_commands.batch_changed.connect(self._way_commands.follow_batch)
        self._region_commands.page_wanted.connect(self._page_commands.show_one)
        for page_commands in (self._page_commands, self._pdf_commands, self._way_commands):
            page_commands.pages_changed.connect(self._pages_changed)
        self.removals.pages_removed.connect(self._pages_changed)
        self._pages.search.failed.connect(self.notices.warn)
        self._settings_commands.changed.connect(self._batches.refresh_all)
        self._settings_commands.changed.connect(self._pages_changed)
        self.batch_list.selectionModel().currentChanged.connect(self._on_batch_chosen)
        self.batch_list.customContextMenuRequested.connect(partial(self._menu, batch_menu, self.batch_list))
        selection = self.pages_pane.selection
        selection.selectionChanged.connect(self._show_page)
        selection.currentChanged.connect(self._show_page)
        for view in (self.pages_pane.grid, self.pages_pane.table):
            view.activated.connect(self._enter_page)
            view.customContextMenuRequested.connect(partial(self._menu, page_menu, view))

    def _menu(self, make: Callable[[QWidget, Actions], QMenu], view: QAbstractItemView, place: QPoint) -> None:
        menu = make(self, self.actions_)
        menu.exec(view.viewport().mapToGlobal(place))
        menu.deleteLater()

    def _update_stack(self) -> None:
        self._stack.setCurrentWidget(self._split if self._batches.rowCount() else self._empty)

    # What changed

    def _page_changed(self, page_id: int) -> None:
        self._changed.add(page_id)
        self._refresh_soon()

    def _refresh_soon(self) -> None:
        if not self._refresh_timer.isActive():
            self._refresh_timer.start(self._rest)

    def _refresh(self) -> None:
        """Brings everything on the screen up to what the library holds."""
        begun = time.perf_counter()
        changed, self._changed = self._changed, set()
        grown, self._grown = self._grown, set()
        self._pages.pages_changed(changed)
        if self.chosen_batch() in grown:
            self._pages.reload()
        if self._runner.batch_id is not None:
            grown.add(self._runner.batch_id)
        for batch_id in grown:
            self._batches.refresh(batch_id)
        if self.panel.page_id in changed:
            self.panel.refresh()
        if changed:
            self._pdf_commands.update_actions()
        self._show_batch()
        self._rest = max(REFRESH, int(1000 * (time.perf_counter() - begun)) * RESTS)

    def _batch_changed(self, batch_id: int) -> None:
        self._batches.refresh(batch_id)
        if batch_id == self.chosen_batch():
            self._pages_changed()

    def _pages_changed(self) -> None:
        batch_id = self.chosen_batch()
        if batch_id is not None:
            self._batches.refresh(batch_id)
        self._pages.refresh()
        self.panel.refresh()
        self._pdf_commands.update_actions()
        self._show_batch()

    def _show_batch(self) -> None:
        batch = self._batches.batch(self.chosen_batch())
        if batch is not None:
            is_read = batch.id == self._runner.batch_id and self._runner.state is RunState.RUNNING
            pace = self._runner.pace if is_read else None
            self.pages_pane.show_batch(batch, self._batches.state_of(batch), pace)
        self._batch_commands.update_actions()
        self._folder_commands.update_actions()
        self._region_commands.update_actions()
        self._export_commands.update_actions()
        self._save_commands.update_actions()

    def _on_batch_chosen(self, current: QModelIndex) -> None:
        batch = current.data(BATCH_ROLE) if current.isValid() else None
        self._pages.set_batch(batch.id if batch is not None else None)
        self.pages_pane.forget_filter()
        self.panel.show_page(None)
        self._show_batch()
        self._folder_commands.look_for_folder()

    def _show_page(self) -> None:
        page = self._page_commands.current_page()
        self.panel.show_page(page.id if page is not None else None)

    def _enter_page(self) -> None:
        self.actions_.page_panel.setChecked(True)
        self.panel.focus_text()

    def _show_failed(self, batch_id: int) -> None:
        self._choose_batch(batch_id)
        self.pages_pane.show_only(PageFilter.FAILED)

    def _show_left_out(self, batch_id: int) -> None:
        self._choose_batch(batch_id)
        self._folder_commands.show_left_out()

    def _locate(self, batch_id: int) -> None:
        self._choose_batch(batch_id)
        self._folder_commands.locate()

    # Adding

    def _on_batch_grown(self, batch_id: int) -> None:
        self._grown.add(batch_id)
        self._refresh_soon()

    def _on_batch_made(self, batch_id: int) -> None:
        self._batches.refresh(batch_id)
        self._choose_batch(batch_id)

    def _choose_batch(self, batch_id: int) -> None:
        row = self._batches.row_of(batch_id)
        if row is not None:
            self.batch_list.setCurrentIndex(self._batches.index(row))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is None and paths_of(event.mimeData()):  # its own pages are here already
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        batch = self._batches.batch(self._drop_target(event))
        if all(map(is_batch_file, paths_of(event.mimeData()))):
            self._veil.show_words("Open what was saved")
        else:
            self._veil.show_words(f"Add to “{batch.name}”" if batch else "Read these in a new batch")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._veil.hide()
        self.add(paths_of(event.mimeData()), self._drop_target(event))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _drop_target(self, event: QDropEvent) -> int | None:
        """A batch in the list takes all that is dropped on it; the open batch takes files; else there is a new one."""
        if self._stack.currentWidget() is not self._split:
            return None
        place = event.position().toPoint()
        in_list = self.batch_list.viewport().mapFrom(self, place)
        if self.batch_list.viewport().rect().contains(in_list):
            return self.batch_list.batch_at(in_list)
        in_pages = self.pages_pane.rect().contains(self.pages_pane.mapFrom(self, place))
        only_files = not any(path.is_dir() for path in paths_of(event.mimeData()))
        return self.chosen_batch() if in_pages and only_files else None

    # Keys, colours, end

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.pages_pane.focus_pages()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "panel"):
            self.panel.repaint_lines()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keeps everything: what is in hand is finished, the rest waits for the next start."""
        if not self.closing.has_begun:
            keep_layout(self, self._split, self.actions_.kept, self._places.settings)
            self._folder_commands.close()
        if not self.closing.is_over:
            self.closing.close()
        event.setAccepted(self.closing.is_over)
