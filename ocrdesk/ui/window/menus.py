"""The menus: which commands they hold, and in which order. All commands are in the menu bar, each once."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ocrdesk.engine.words import N_, _
from ocrdesk.ui.batches.batch_commands import BatchCommands
from ocrdesk.ui.batches.move_commands import MoveCommands
from ocrdesk.ui.capture.paste_commands import PasteCommands
from ocrdesk.ui.capture.screen_commands import ScreenCommands
from ocrdesk.ui.files.export_commands import ExportCommands
from ocrdesk.ui.files.save_commands import SaveCommands
from ocrdesk.ui.folders.add_commands import AddCommands
from ocrdesk.ui.folders.folder_commands import FolderCommands
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.languages.language_commands import LanguageCommands
from ocrdesk.ui.pages.page_commands import PageCommands
from ocrdesk.ui.pages.pages_pane import PagesPane
from ocrdesk.ui.pages.pdf_commands import PdfCommands
from ocrdesk.ui.pages.reading_order_commands import ReadingOrderCommands
from ocrdesk.ui.panel.full_page import FullPage
from ocrdesk.ui.panel.line_adding import LineAdding
from ocrdesk.ui.panel.line_commands import LineCommands
from ocrdesk.ui.panel.page_panel import PagePanel
from ocrdesk.ui.panel.page_turning import PageTurning
from ocrdesk.ui.panel.page_view import PageView
from ocrdesk.ui.panel.picture_area import AreaCopy
from ocrdesk.ui.panel.picture_commands import PictureCommands
from ocrdesk.ui.panel.twin_corrections import TwinCommands
from ocrdesk.ui.receipts.receipts_commands import ReceiptsCommands
from ocrdesk.ui.regions.region_commands import RegionCommands
from ocrdesk.ui.report.report_commands import ReportCommands
from ocrdesk.ui.review.review_commands import ReviewCommands
from ocrdesk.ui.search.search_commands import SearchCommands
from ocrdesk.ui.window.backup_commands import BackupCommands
from ocrdesk.ui.window.edit_commands import EditCommands
from ocrdesk.ui.window.lost_commands import LostCommands
from ocrdesk.ui.window.removal_commands import RemovalCommands
from ocrdesk.ui.window.replace_commands import ReplaceCommands
from ocrdesk.ui.window.settings_commands import SettingsCommands
from ocrdesk.ui.window.window_commands import WindowCommands

LINE = None
"""A line between two commands."""

Menu = Sequence[str | None]

MENU_BAR: dict[str, Menu] = {
    N_("&File"): (
        "add_folder", "add_files", "read_screen", "try_samples", LINE,
        "export", "export_again", "export_found", LINE,
        "save_batch", "open_batch", LINE,
        "back_up_library", "restore_library", LINE,
        "settings", "accepted_words", LINE,
        "quit",
    ),
    N_("&Edit"): (
        "undo", "redo", LINE,
        "copy_page", "copy_text", "copy_tables", "paste", LINE,
        "select_all", LINE,
        "search", "next_place", "previous_place", "show_found", "save_search", LINE,
        "remove_for_good",
    ),
    N_("&Batch"): (
        "resume", "pause", "cancel", LINE,
        "retry_failed", "read_batch_again", "batch_languages", "report", LINE,
        "locate", "rescan", "watch", "show_left_out", "show_batch_folder", LINE,
        "batch_reading_order", "regions", "receipts_table", LINE,
        "rename_batch", "merge_batches", "remove_batch",
    ),
    N_("&Page"): (
        "retry", "read_again_in", "read_again_in_languages", "turn_left", "turn_right", "page_reading_order",
        "enter_password", "read_as_picture", "use_own_text", LINE,
        "open_picture", "show_in_folder", "select_area", LINE,
        "review", "check_groups", "review_everything", "next_doubtful", LINE,
        "move_pages_to", "remove_pages",
    ),
    N_("&Text"): (
        "edit_line", "accept_lines", "put_back_lines", LINE,
        "join_lines", "split_line", "move_lines_up", "move_lines_down", LINE,
        "add_line", "remove_lines", LINE,
        "replace_text", "take_corrections", "show_lost",
    ),
    N_("&View"): (
        "view_grid", "view_table", "page_panel", "full_page", "full_screen", LINE,
        "previous_page", "next_page", LINE,
        "show_lines", "number_lines", LINE,
        "zoom_in", "zoom_out", "zoom_fit", LINE,
        "text_layout", "text_larger", "text_smaller",
    ),
    N_("&Mode"): ("mode_accurate", "mode_fast", "mode_quiet"),
    N_("&Help"): ("show_help", LINE, "show_library", "show_log", LINE, "about"),
}  # fmt: skip

PAGE_MENU: Menu = (
    "retry", "read_again_in", "read_again_in_languages", "turn_left", "turn_right", "page_reading_order",
    "enter_password", "read_as_picture", "use_own_text", "retry_failed", LINE,
    "full_page", "copy_text", "copy_tables", "open_picture", "show_in_folder", LINE,
    "move_pages_to", "remove_pages",
)  # fmt: skip
"""On the chosen pages."""

BATCH_MENU: Menu = (
    "resume", "pause", "cancel", "retry_failed", "read_batch_again", "batch_languages", "report", LINE,
    "locate", "rescan", "watch", "show_left_out", "show_batch_folder", LINE,
    "export", "save_batch", LINE,
    "batch_reading_order", "regions", "receipts_table", LINE,
    "rename_batch", "merge_batches", "remove_batch",
)  # fmt: skip
"""On a batch."""

IN_REVIEW = ("undo", "redo", "export", "review", "check_groups", "full_screen", "show_help", "about", "quit")
"""Those that make sense while words are checked and no page is seen to be chosen."""

IN_RECEIPTS = ("undo", "redo", "full_screen", "show_help", "about", "quit")
"""Those that make sense while receipts are looked through."""

IN_REPORT = ("export", "report", "full_screen", "show_help", "about", "quit")
"""Those that make sense while a report is shown."""

WHO_DOES_THEM = (
    AddCommands, PasteCommands, ScreenCommands, ExportCommands, SaveCommands, BackupCommands, SettingsCommands,
    EditCommands, RemovalCommands, WindowCommands, BatchCommands, MoveCommands, FolderCommands, RegionCommands,
    PageCommands, PdfCommands, ReadingOrderCommands, ReviewCommands, ReceiptsCommands, ReportCommands, PagesPane,
    PagePanel, PageView, PictureCommands, PageTurning, FullPage, AreaCopy, LineCommands, LineAdding, TwinCommands,
    ReplaceCommands, LostCommands, SearchCommands, LanguageCommands,
)  # fmt: skip
"""The classes that declare commands."""


def make_actions() -> Actions:
    """Makes the actions of a window, in the order of the menus."""
    names = [name for menu in MENU_BAR.values() for name in menu if name is not LINE]
    return Actions(WHO_DOES_THEM, names)


def fill_menu_bar(bar: QMenuBar, actions: Actions) -> None:
    """Puts the actions into menus."""
    for title, names in MENU_BAR.items():
        _fill(bar.addMenu(_(title)), names, actions)


def menu_on(parent: QWidget, names: Menu, actions: Actions) -> QMenu:
    """A menu that opens where it was asked for."""
    menu = QMenu(parent)
    _fill(menu, names, actions)
    return menu


def _fill(menu: QMenu, names: Menu, actions: Actions) -> None:
    for name in names:
        if name is LINE:
            menu.addSeparator()
        else:
            menu.addAction(actions[name])
