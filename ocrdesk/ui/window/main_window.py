"""The window: batches at the left, pages in the middle, the chosen page at the right."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMainWindow, QMenuBar, QStackedWidget

from ocrdesk.engine.document import Page
from ocrdesk.engine.recognition.recognizer import Recognizer
from ocrdesk.engine.search.query import Query
from ocrdesk.engine.words import _
from ocrdesk.settings import Settings
from ocrdesk.ui.batches.batch_commands import BatchCommands
from ocrdesk.ui.batches.batches_pane import BatchesPane
from ocrdesk.ui.batches.move_commands import MoveCommands
from ocrdesk.ui.capture.paste_commands import PasteCommands
from ocrdesk.ui.capture.screen_commands import ScreenCommands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.files.export_commands import ExportCommands
from ocrdesk.ui.files.save_commands import SaveCommands
from ocrdesk.ui.folders.add_commands import AddCommands
from ocrdesk.ui.folders.folder_commands import FolderCommands
from ocrdesk.ui.kit.room import Room
from ocrdesk.ui.languages.language_commands import LanguageCommands
from ocrdesk.ui.pages.page_commands import PageCommands
from ocrdesk.ui.pages.pages_pane import PagesPane
from ocrdesk.ui.pages.pdf_commands import PdfCommands
from ocrdesk.ui.pages.reading_order_commands import ReadingOrderCommands
from ocrdesk.ui.panel.full_page import FullPage
from ocrdesk.ui.panel.page_panel import PagePanel
from ocrdesk.ui.panel.page_strip import PageStrip
from ocrdesk.ui.receipts.receipts_commands import ReceiptsCommands
from ocrdesk.ui.receipts.receipts_room import ReceiptsRoom
from ocrdesk.ui.regions.region_commands import RegionCommands
from ocrdesk.ui.report.report_commands import ReportCommands
from ocrdesk.ui.report.report_room import ReportRoom
from ocrdesk.ui.review.more_like_this import MoreLikeThis
from ocrdesk.ui.review.review_commands import ReviewCommands
from ocrdesk.ui.review.review_room import ReviewRoom
from ocrdesk.ui.search.found_model import Place
from ocrdesk.ui.search.search_commands import SearchCommands
from ocrdesk.ui.search.search_field import SearchField
from ocrdesk.ui.search.search_pane import SearchPane
from ocrdesk.ui.window.backup_commands import BackupCommands
from ocrdesk.ui.window.closing import Closing
from ocrdesk.ui.window.drops import Drops
from ocrdesk.ui.window.edit_commands import EditCommands
from ocrdesk.ui.window.empty_state import EmptyState
from ocrdesk.ui.window.head import Head
from ocrdesk.ui.window.indexing import Indexing
from ocrdesk.ui.window.lost_commands import LostCommands
from ocrdesk.ui.window.menu_offer import MenuOffer
from ocrdesk.ui.window.menus import (
    BATCH_MENU,
    IN_RECEIPTS,
    IN_REPORT,
    IN_REVIEW,
    PAGE_MENU,
    Menu,
    fill_menu_bar,
    menu_on,
)
from ocrdesk.ui.window.middle import Middle
from ocrdesk.ui.window.panes import Panes
from ocrdesk.ui.window.removal_commands import RemovalCommands
from ocrdesk.ui.window.replace_commands import ReplaceCommands
from ocrdesk.ui.window.settings_commands import SettingsCommands
from ocrdesk.ui.window.space_commands import SpaceCommands
from ocrdesk.ui.window.window_commands import WindowCommands
from ocrdesk.ui.window.window_layout import keep_layout, restore_layout


class MainWindow(QMainWindow):
    """Holds the panes, and whoever does the commands. What it shows, it reads from the library.

    Attributes:
        comes_back: Whether it is closed only to be built anew.
    """

    def __init__(self, desk: Desk, settings: Settings, maker: Callable[[Settings], Callable[[], Recognizer]]) -> None:
        """Furnishes a window.

        Args:
            desk: What all in it works with.
            settings: Those that hold.
            maker: Makes what makes recognizers as settings say.
        """
        super().__init__()
        self.comes_back = False
        self.setWindowTitle("ocrdesk")
        self.setAcceptDrops(True)
        self.desk = desk
        self._frame()
        for part in (desk.actions, desk.batches, desk.chosen, desk.history, desk.removals, desk.tasks, desk.notices):
            part.setParent(self)
        self.adding = AddCommands(desk)
        self.paste_commands = PasteCommands(desk, self.adding)
        self.screen_commands = ScreenCommands(desk, self.paste_commands)
        self.folder_commands = FolderCommands(desk, self.adding)
        self.batch_commands = BatchCommands(desk)
        self.move_commands = MoveCommands(desk)
        self.page_commands = PageCommands(desk)
        self.pdf_commands = PdfCommands(desk)
        self.backup_commands = BackupCommands(desk)
        self.reading_order_commands = ReadingOrderCommands(desk)
        self.language_commands = LanguageCommands(desk)
        self.export_commands = ExportCommands(desk)
        self.save_commands = SaveCommands(desk)
        self.settings_commands = SettingsCommands(desk, settings, maker)
        self.edit_commands = EditCommands(desk)
        self.window_commands = WindowCommands(desk)
        self.removal_commands = RemovalCommands(desk)
        self.space_commands = SpaceCommands(desk)
        self._indexing = Indexing(desk)
        self._menu_offer = MenuOffer(desk)
        self.batches_pane = BatchesPane(desk, self._split)
        self.pages_pane = PagesPane(desk, self._middle)
        self.panel = PagePanel(desk, self.pages_pane.thumbnails, self._split)
        self.page_view = self.panel.view
        self.replace_commands = ReplaceCommands(desk, self.page_view)
        self.lost_commands = LostCommands(desk)
        strip = PageStrip(self.pages_pane.model, self.pages_pane.selection)
        self.full_page = FullPage(desk, self.page_view, strip, self._stack)
        self.review = ReviewRoom(desk, self._stack)
        self.review_commands = ReviewCommands(desk, self.review)
        self.receipts = ReceiptsRoom(desk, self._stack)
        self.receipts_commands = ReceiptsCommands(desk, self.receipts)
        self.report = ReportRoom(desk, self._stack)
        self.report_commands = ReportCommands(desk, self.report)
        self._rooms: dict[Room, Sequence[str]] = {
            self.review: IN_REVIEW, self.receipts: IN_RECEIPTS, self.report: IN_REPORT,
        }  # fmt: skip
        self.more_like_this = MoreLikeThis(desk)
        self.search = SearchPane(desk, self._field, self._middle)
        self.search_commands = SearchCommands(desk, self._field, self.search)
        self.region_commands = RegionCommands(desk, self.page_view.picture.regions, self.page_view.region_bar)
        parts = (
            self.folder_commands, self.export_commands, self.save_commands, self.removal_commands,
            self.space_commands, self.screen_commands, self._indexing,
        )  # fmt: skip
        self.closing = Closing(self, desk, parts)
        self._drops = Drops(self, desk, self.batches_pane.list, self.pages_pane)
        self._lay_out()
        self._connect()
        restore_layout(self, self._split, desk)
        self._update_stack()

    def begin(self, paths: Sequence[Path]) -> None:
        """Once shown: chooses the newest batch, offers to resume, and adds what the command line named."""
        if newest := self.desk.batches.batches()[:1]:
            self.desk.chosen.choose_batch(newest[0].id)
            self.pages_pane.focus_pages()
        self.removal_commands.begin()
        self.batch_commands.offer_to_resume()  # this question is answered first
        self.space_commands.begin()
        self._indexing.begin()
        self.add(paths)
        self._menu_offer.begin()

    def go_on(self, batch_id: int | None) -> None:
        """Once shown in the place of a window that was closed for it: shows the same batch, and reads on by itself."""
        if batch_id is not None:
            self.desk.chosen.choose_batch(batch_id)
            self.pages_pane.focus_pages()
        self.removal_commands.begin()
        self.batch_commands.start_queued()
        self.space_commands.begin()
        self._indexing.begin()

    def come_back(self) -> None:
        """Closes, to be built anew at once."""
        self.comes_back = True
        self.close()

    def come_forward(self, paths: Sequence[Path]) -> None:
        """Shows itself before other windows, and adds what another start was given."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.add(paths)

    def add(self, paths: Sequence[Path], batch_id: int | None = None) -> None:
        """Reads files and folders: into a batch of their own, or into one that is there."""
        self.adding.add(paths, batch_id)

    # Layout

    def _frame(self) -> None:
        """What lies around the panes. Messages are in the window before anything can ask over it.

        All panes and rooms are made in it from the start: what has come to lie in a widget is all dressed once more
        where that comes to lie in another.
        """
        self._field = SearchField()
        menus = QMenuBar()
        menus.setAccessibleName(_("Menus"))
        self._head = Head(menus, self._field)
        self.setMenuWidget(self._head)
        self._split = Panes()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self.setCentralWidget(Middle(self._stack, self.desk.under_way))
        self._middle = QStackedWidget(self._split)

    def _lay_out(self) -> None:
        actions = self.desk.actions
        fill_menu_bar(self._head.menus, actions)
        self.addActions(actions.all())
        self._split.hold(self.batches_pane, self._middle, self.panel)
        for pane in (self.pages_pane, self.search):
            self._middle.addWidget(pane)
        self.desk.notices.lie_over(self._middle, self)
        actions["page_panel"].setChecked(True)
        self._empty = EmptyState(actions, self._stack)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.full_page)
        for room in self._rooms:
            self._stack.addWidget(room)

    def _connect(self) -> None:
        batches = self.desk.batches
        for signal in (batches.modelReset, batches.rowsInserted, batches.rowsRemoved):
            signal.connect(self._update_stack)
        self._split.panel_fits.connect(self.desk.actions["page_panel"].setEnabled)
        self.full_page.opened.connect(self._show_full_page)
        for room, commands in self._rooms.items():
            room.opened.connect(partial(self._show_room, commands))
        for leading in (self.review, self.receipts):
            leading.page_wanted.connect(self._leave_for_page)
        self.review.ground_moved.connect(self._lay_notices)
        self.search.opened.connect(self._show_search)
        self.search.place_shown.connect(self._show_place)
        self.search.place_opened.connect(self._open_place)
        self.search.pages_shown.connect(self.page_view.show_found)
        self.search_commands.export_wanted.connect(self.export_commands.export_these)
        self.desk.runner.noticed.connect(self.desk.notices.warn)
        self.settings_commands.language_changed.connect(self.come_back)
        self._drops.files_dropped.connect(self.add)
        self._drops.pages_dropped.connect(self.move_commands.move_pages)
        self._drops.batches_dropped.connect(self.batches_pane.put_in_order)
        batch_list = self.batches_pane.list
        batch_list.customContextMenuRequested.connect(partial(self._menu, BATCH_MENU, batch_list))
        for view in (self.pages_pane.grid, self.pages_pane.table):
            view.activated.connect(self._enter_page)
            view.customContextMenuRequested.connect(partial(self._menu, PAGE_MENU, view))

    def _menu(self, names: Menu, view: QAbstractItemView, place: QPoint) -> None:
        menu = menu_on(self, names, self.desk.actions)
        menu.exec(view.viewport().mapToGlobal(place))
        menu.deleteLater()
        self.batches_pane.list.let_go()

    def _update_stack(self) -> None:
        has_any = bool(self.desk.batches.rowCount())
        self._head.show_field(has_any)
        if not has_any:
            self._close_rooms()
            self.search.close_pane()
            self._stack.setCurrentWidget(self._empty)
        elif (room := self._room) is not None:
            self._stack.setCurrentWidget(room)
        else:
            is_full = self.desk.actions["full_page"].isChecked()
            self._stack.setCurrentWidget(self.full_page if is_full else self._split)

    @property
    def _room(self) -> Room | None:
        """The room that is open."""
        return next((room for room in self._rooms if room.is_open), None)

    def _close_rooms(self) -> None:
        for room in self._rooms:
            room.close_room()

    def _enter_page(self) -> None:
        self.desk.actions["full_page"].setChecked(True)

    def _show_full_page(self, is_open: bool) -> None:
        self._update_stack()
        if not is_open:
            self.panel.hold()
            self._focus_middle()

    def _show_room(self, commands: Sequence[str], is_open: bool) -> None:
        """Shows a room in the place of the panes, in which these commands make sense, or the panes again."""
        if is_open:
            self.desk.actions.hold(all_but=commands)
        else:
            self.desk.actions.free()
        self._update_stack()
        self._lay_notices()
        if not is_open and not self.desk.actions["full_page"].isChecked():
            self._focus_middle()

    def _leave_for_page(self, page: Page) -> None:
        """Leaves a room for a page."""
        self._close_rooms()
        self.desk.chosen.show_pages(page.batch_id, [page.id])
        self._enter_page()

    def _lay_notices(self) -> None:
        self.desk.notices.lie_over(self._room.ground if self._room is not None else self._middle, self)

    def _show_search(self, is_open: bool) -> None:
        self._middle.setCurrentWidget(self.search if is_open else self.pages_pane)
        if is_open:
            self._close_rooms()
            self.full_page.close_page()
        else:
            self.page_view.show_found(None)
            self.pages_pane.focus_pages()

    def _focus_middle(self) -> None:
        if self.search.is_open:
            self.search.list.setFocus()
        else:
            self.pages_pane.focus_pages()

    def _show_place(self, place: Place, query: Query) -> None:
        self.page_view.show_found(query, place.hit)
        self.desk.chosen.show_pages(place.page.batch_id, [place.page.id])

    def _open_place(self, place: Place, query: Query) -> None:
        self._show_place(place, query)
        self._enter_page()

    # Keys, colours, end

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.full_page.close_page()
            self._focus_middle()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:  # the desktop has keys of its own for that
            self.desk.actions["full_screen"].setChecked(self.isFullScreen())
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "page_view"):
            self.page_view.recolour()
            for room in self._rooms:
                room.recolour()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keeps everything: what is in hand is finished, the rest waits for the next start."""
        if not self.closing.has_begun:
            keep_layout(self, self.desk)
            self.page_view.editing.keep()  # what is being typed is begun to be written before nothing new begins
        if not self.closing.is_over:
            self.closing.close()
        event.setAccepted(self.closing.is_over)
