"""The menus: which commands they hold, and in which order. All commands are in the menu bar, each once."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ocrdesk.engine.words import N_, _
from ocrdesk.ui.batches.batch_commands import BatchCommands
from ocrdesk.ui.files.export_commands import ExportCommands
from ocrdesk.ui.files.save_commands import SaveCommands
from ocrdesk.ui.folders.add_commands import AddCommands
from ocrdesk.ui.folders.folder_commands import FolderCommands
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.pages.page_commands import PageCommands
from ocrdesk.ui.pages.pages_pane import PagesPane
from ocrdesk.ui.pages.pdf_commands import PdfCommands
from ocrdesk.ui.pages.reading_order_commands import ReadingOrderCommands
from ocrdesk.ui.panel.page_panel import PagePanel
from ocrdesk.ui.regions.region_commands import RegionCommands
from ocrdesk.ui.window.edit_commands import EditCommands
from ocrdesk.ui.window.removal_commands import RemovalCommands
from ocrdesk.ui.window.settings_commands import SettingsCommands
from ocrdesk.ui.window.window_commands import WindowCommands

LINE = None
"""A line between two commands."""

Menu = Sequence[str | None]

MENU_BAR: dict[str, Menu] = {
    N_("&File"): (
        "add_folder", "add_files", "try_samples", LINE,
        "export", "export_again", LINE,
        "save_batch", "open_batch", LINE,
        "settings", LINE,
        "quit",
    ),
    N_("&Edit"): (
        "undo", "redo", LINE,
        "copy_text", "copy_tables", LINE,
        "select_all", "find_pages", LINE,
        "remove_for_good",
    ),
    N_("&Batch"): (
        "resume", "pause", "cancel", LINE,
        "retry_failed", LINE,
        "locate", "rescan", "watch", "show_left_out", "show_batch_folder", LINE,
        "batch_reading_order", "regions", LINE,
        "rename_batch", "remove_batch",
    ),
    N_("&Page"): (
        "retry", "turn_left", "turn_right", "page_reading_order",
        "enter_password", "read_as_picture", "use_own_text", LINE,
        "open_picture", "show_in_folder", LINE,
        "next_doubtful", LINE,
        "remove_pages",
    ),
    N_("&View"): ("view_grid", "view_table", "page_panel", LINE, "number_lines"),
    N_("&Mode"): ("mode_accurate", "mode_fast", "mode_quiet"),
    N_("&Help"): ("keys", "show_log", LINE, "about"),
}  # fmt: skip

PAGE_MENU: Menu = (
    "retry", "turn_left", "turn_right", "page_reading_order", "enter_password", "read_as_picture", "use_own_text",
    "retry_failed", LINE,
    "copy_text", "copy_tables", "open_picture", "show_in_folder", LINE,
    "remove_pages",
)  # fmt: skip
"""On the chosen pages."""

BATCH_MENU: Menu = (
    "resume", "pause", "cancel", "retry_failed", LINE,
    "locate", "rescan", "watch", "show_left_out", "show_batch_folder", LINE,
    "export", "save_batch", LINE,
    "batch_reading_order", "regions", LINE,
    "rename_batch", "remove_batch",
)  # fmt: skip
"""On a batch."""

WHO_DOES_THEM = (
    AddCommands, ExportCommands, SaveCommands, SettingsCommands, EditCommands, RemovalCommands, WindowCommands,
    BatchCommands, FolderCommands, RegionCommands, PageCommands, PdfCommands, ReadingOrderCommands, PagesPane,
    PagePanel,
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
