"""Every action of the window: its words, icon and keys. What it does is the window's."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolButton, QWidget

from ocrdesk.engine.layout.ways import Way
from ocrdesk.settings import ACCURATE, FAST, QUIET
from ocrdesk.ui.icons import icon

WAYS = {
    Way.AUTO: "Automatic",
    Way.COLUMNS: "Columns",
    Way.SINGLE: "Single column",
    Way.ROWS: "Rows (receipts, tables)",
    Way.DETECTED: "As detected",
}
"""Ways of reading, in words."""

AS_BATCH = "As the batch"


@dataclass(slots=True)
class Actions:
    """The actions by name; ``objectName`` is ``action`` and the name."""

    add_folder: QAction
    add_files: QAction
    try_samples: QAction
    export: QAction
    export_again: QAction
    save_batch: QAction
    open_batch: QAction
    settings: QAction
    quit: QAction
    resume: QAction
    pause: QAction
    cancel: QAction
    retry_failed: QAction
    locate: QAction
    rescan: QAction
    watch: QAction
    show_left_out: QAction
    show_batch_folder: QAction
    regions: QAction
    batch_way: QAction
    rename_batch: QAction
    remove_batch: QAction
    retry: QAction
    turn_left: QAction
    turn_right: QAction
    page_way: QAction
    enter_password: QAction
    read_as_picture: QAction
    use_own_text: QAction
    open_picture: QAction
    show_in_folder: QAction
    copy_text: QAction
    copy_tables: QAction
    remove_pages: QAction
    next_doubtful: QAction
    find: QAction
    view_grid: QAction
    view_table: QAction
    page_panel: QAction
    number_lines: QAction
    mode_accurate: QAction
    mode_fast: QAction
    mode_quiet: QAction
    keys: QAction
    show_log: QAction
    about: QAction

    def all(self) -> list[QAction]:
        """All of them, in the order of the menus."""
        return [getattr(self, field.name) for field in fields(self)]

    @property
    def kept(self) -> dict[str, QAction]:
        """Those that are checked again at the next start if they were, by the name under which that is kept."""
        return {"table": self.view_table, "numbers": self.number_lines}

    @property
    def modes(self) -> QActionGroup:
        """Those of the modes, of which one is checked; the data of each is its mode."""
        return self.mode_accurate.actionGroup()


def make_actions(window: QWidget) -> Actions:
    """Makes the actions of a window."""

    def make(name: str, words: str, tip: str = "", keys: str = "", icon_name: str = "") -> QAction:
        action = QAction(words, window)
        action.setObjectName("action" + "".join(part.capitalize() for part in name.split("_")))
        if icon_name:
            action.setIcon(icon(icon_name))
        if keys:
            action.setShortcut(QKeySequence(keys))
        hint = f" ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})" if keys else ""
        action.setToolTip((tip or words.rstrip("…")) + hint)
        return action

    actions = Actions(
        add_folder=make("add_folder", "Add folder…", "Read all pictures of a folder", "Ctrl+O", "add-folder"),
        add_files=make("add_files", "Add files…", "Read some pictures", "Ctrl+Shift+O", "add-files"),
        try_samples=make("try_samples", "Try with sample pages", "Read the pages of ocrdesk itself", "", "samples"),
        export=make("export", "Export…", "Write the pages as text, documents or tables", "Ctrl+E", "export"),
        export_again=make("export_again", "Export again", "Write all pages of the batch as chosen last",
                          "Ctrl+Shift+E"),
        save_batch=make("save_batch", "Save batch as…", "Save this batch as one file, for another computer", "Ctrl+S",
                        "save-batch"),
        open_batch=make("open_batch", "Open batch…", "Open a batch that was saved as one file", "", "open-batch"),
        settings=make("settings", "Settings…", "", "Ctrl+,", "settings"),
        quit=make("quit", "Quit", "", "Ctrl+Q"),
        resume=make("resume", "Resume", "Read the pages that wait", "Ctrl+R", "resume"),
        pause=make("pause", "Pause", "Hold after the pages being read", "Ctrl+P", "pause"),
        cancel=make("cancel", "Cancel", "Stop reading this batch; what is read is kept", "Ctrl+.", "cancel"),
        retry_failed=make("retry_failed", "Retry failed", "Read all failed pages of this batch again", "Shift+F5",
                          "retry-failed"),
        locate=make("locate", "Locate…", "Tell where the folder of this batch is now", "", "locate"),
        rescan=make("rescan", "Rescan folder", "Add what is new in this batch's folder", "Ctrl+Shift+R", "rescan"),
        watch=make("watch", "Watch folder", "Read what arrives in this batch's folder", "", "watch"),
        show_left_out=make("show_left_out", "Files left out…", "List the files that gave no page, and why", "",
                           "left-out"),
        show_batch_folder=make("show_batch_folder", "Show folder", "Open this batch's folder", "", "show-in-folder"),
        regions=make("regions", "Regions…", "Draw what is ignored on every page of this batch, or alone is read", "",
                     "regions"),
        batch_way=make("batch_way", "Reading order", "How the lines of this batch are put in order", "",
                       "reading-order"),
        rename_batch=make("rename_batch", "Rename…", "Give this batch another name", "F2"),
        remove_batch=make("remove_batch", "Remove batch…", "Forget this batch; the files stay", "", "remove"),
        retry=make("retry", "Retry", "Read the chosen pages again", "F5", "retry"),
        turn_left=make("turn_left", "Turn left", "Turn the chosen pages left and read them again", "Alt+Left",
                       "turn-left"),
        turn_right=make("turn_right", "Turn right", "Turn the chosen pages right and read them again", "Alt+Right",
                        "turn-right"),
        page_way=make("page_way", "Reading order", "How the lines of the chosen pages are put in order", "",
                      "reading-order"),
        enter_password=make("enter_password", "Enter password…", "Open this protected PDF", "", "password"),
        read_as_picture=make("read_as_picture", "Read as picture instead",
                             "Read what is seen on these pages, not the text that the PDF has", "", "picture"),
        use_own_text=make("use_own_text", "Use the PDF's text", "Take the text that the PDF itself has", "", "text"),
        open_picture=make("open_picture", "Open picture", "Open it in the system's viewer", "Ctrl+Return", "open"),
        show_in_folder=make("show_in_folder", "Show in folder", "Open the folder of this page", "", "show-in-folder"),
        copy_text=make("copy_text", "Copy text", "Copy the text of the chosen pages", "Ctrl+C", "copy"),
        copy_tables=make("copy_tables", "Copy tables", "Copy the tables of the chosen pages as cells"),
        remove_pages=make("remove_pages", "Remove from batch…", "Forget these pages; the files stay", "Del", "remove"),
        next_doubtful=make("next_doubtful", "Next doubtful page", "Go to the next page worth a look", "F3", "doubtful"),
        find=make("find", "Find…", "Show only pages with these words", "Ctrl+F", "search"),
        view_grid=make("view_grid", "Thumbnails", "Show the pages as thumbnails", "Ctrl+1", "grid"),
        view_table=make("view_table", "Table", "Show the pages as a table", "Ctrl+2", "table"),
        page_panel=make("page_panel", "Page panel", "Show the chosen page beside the list", "Ctrl+3", "panel"),
        number_lines=make("number_lines", "Number the lines", "Show the order of the lines on the picture", "",
                          "numbers"),
        mode_accurate=make("mode_accurate", "Accurate", "Read for the best text"),
        mode_fast=make("mode_fast", "Fast", "Read more pages a minute, with a few more errors"),
        mode_quiet=make("mode_quiet", "Quiet", "Leave a core free and give way to other programs"),
        keys=make("keys", "Keyboard…", "", "F1", "keyboard"),
        show_log=make("show_log", "Show log", "Open the folder with the log", "", "log"),
        about=make("about", "About ocrdesk", "", "", "info"),
    )  # fmt: skip
    for action in (
        actions.watch,
        actions.regions,
        actions.view_grid,
        actions.view_table,
        actions.page_panel,
        actions.number_lines,
    ):
        action.setCheckable(True)
    for action, own in ((actions.batch_way, []), (actions.page_way, [(None, AS_BATCH)])):
        action.setMenu(_ways_menu(window, [*own, *WAYS.items()]))
    views = QActionGroup(window)
    views.addAction(actions.view_grid)
    views.addAction(actions.view_table)
    modes = QActionGroup(window)
    for mode, action in ((ACCURATE, actions.mode_accurate), (FAST, actions.mode_fast), (QUIET, actions.mode_quiet)):
        action.setData(mode)
        action.setCheckable(True)
        modes.addAction(action)
    actions.quit.setMenuRole(QAction.MenuRole.QuitRole)
    actions.about.setMenuRole(QAction.MenuRole.AboutRole)
    actions.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
    return actions


def _ways_menu(window: QWidget, ways: Sequence[tuple[Way | None, str]]) -> QMenu:
    """A menu of which one is chosen; each action carries its ``Way``, or None."""
    menu = QMenu(window)
    group = QActionGroup(menu)
    for way, words in ways:
        action = menu.addAction(words)
        action.setData(way)
        action.setCheckable(True)
        group.addAction(action)
    return menu


def menu_of(action: QAction) -> QMenu:
    """The menu of an action that has one."""
    menu = action.menu()
    assert isinstance(menu, QMenu)
    return menu


def fill_menu_bar(bar: QMenuBar, actions: Actions) -> None:
    """Puts the actions into menus."""
    a = actions
    for title, entries in (
        ("&File", [a.add_folder, a.add_files, a.try_samples, None, a.export, a.export_again, None,
                   a.save_batch, a.open_batch, None, a.settings, None, a.quit]),
        ("&Batch", [a.resume, a.pause, a.cancel, None, a.retry_failed, None, a.locate, a.rescan, a.watch,
                    a.show_left_out, a.show_batch_folder, None, a.batch_way, a.regions, None, a.rename_batch,
                    a.remove_batch]),
        ("&Page", [a.retry, a.turn_left, a.turn_right, a.page_way, a.enter_password, a.read_as_picture,
                   a.use_own_text, None, a.open_picture, a.show_in_folder, a.copy_text, a.copy_tables, None,
                   a.next_doubtful, None, a.remove_pages]),
        ("&View", [a.view_grid, a.view_table, a.page_panel, None, a.number_lines, None, a.find]),
        ("&Mode", [a.mode_accurate, a.mode_fast, a.mode_quiet]),
        ("&Help", [a.keys, a.show_log, None, a.about]),
    ):  # fmt: skip
        _fill(bar.addMenu(title), entries)


def page_menu(parent: QWidget, actions: Actions) -> QMenu:
    """The menu on the chosen pages."""
    a = actions
    menu = QMenu(parent)
    _fill(
        menu,
        [
            a.retry,
            a.turn_left,
            a.turn_right,
            a.page_way,
            a.enter_password,
            a.read_as_picture,
            a.use_own_text,
            a.retry_failed,
            None,
            a.copy_text,
            a.copy_tables,
            a.open_picture,
            a.show_in_folder,
            None,
            a.remove_pages,
        ],
    )
    return menu


def batch_menu(parent: QWidget, actions: Actions) -> QMenu:
    """The menu on a batch."""
    a = actions
    menu = QMenu(parent)
    _fill(
        menu,
        [a.resume, a.pause, a.cancel, a.retry_failed, None, a.locate, a.rescan, a.watch, a.show_left_out,
         a.show_batch_folder, None, a.export, a.save_batch, None, a.batch_way, a.regions, None, a.rename_batch,
         a.remove_batch],
    )  # fmt: skip
    return menu


def tool_button(action: QAction) -> QToolButton:
    """A small button of an action, with its icon alone."""
    button = QToolButton()
    button.setDefaultAction(action)
    if action.menu() is not None:
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setIconSize(QSize(18, 18))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAccessibleName(action.text())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _fill(menu: QMenu, entries: Sequence[QAction | None]) -> None:
    for action in entries:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
