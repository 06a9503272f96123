"""Which lines of a page are chosen, seen on its picture and in its text alike, and the menus of both."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ocrdesk.engine.document import Correction, Line
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.correcting import named
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.table_clipboard import copy_tables
from ocrdesk.ui.panel.line_places import removed_at
from ocrdesk.ui.panel.page_text_view import PageTextView
from ocrdesk.ui.panel.picture_view import PictureView
from ocrdesk.ui.panel.row_drag import RowDrag

LINE_MENU = (
    "edit_line", "accept_lines", "put_back_lines", None,
    "join_lines", "split_line", "move_lines_up", "move_lines_down", None,
    "remove_lines", None,
)  # fmt: skip
"""On chosen lines, on the picture as well as in the text."""

_KEYS_OF_PICTURE = {"edit_line": "F2", "remove_lines": "Del"}
_KEYS_OF_TEXT = {"edit_line": "F2"}
"""Keys that hold only where lines are chosen, and mean something else elsewhere in the window."""

_OF_PAGE = ("retry", "read_again_in", "show_in_folder")


class PageLines(QObject):
    """A click chooses a line; with Ctrl it is chosen as well or no longer, with Shift all up to it are.

    Attributes:
        chosen: The numbers of the lines; the one that was chosen last at the end.
        moved: Other lines are chosen.
        remove_wanted: There is no text where lines are chosen.
        move_wanted: A line is to come behind another one; carries their numbers, None for the beginning.
        put_back_wanted: A line that was removed is to come back; carries its correction.
        corrections: Those of the page.
    """

    moved = Signal()
    remove_wanted = Signal()
    move_wanted = Signal(int, object)
    put_back_wanted = Signal(object)

    def __init__(self, picture: PictureView, text: PageTextView, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen: list[int] = []
        self.corrections: Sequence[Correction] = ()
        self._picture = picture
        self._text = text
        self._actions = actions
        picture.line_pressed.connect(self._on_pressed)
        picture.line_hovered.connect(text.hover)
        picture.copy_wanted.connect(self.copy)
        picture.remove_wanted.connect(self.remove_wanted)
        picture.menu_wanted.connect(self._open_picture_menu)
        text.line_hovered.connect(picture.hover)
        text.line_chosen.connect(lambda number: self.choose([number] if number is not None else []))
        text.menu_wanted.connect(self._open_text_menu)
        RowDrag(text).dropped.connect(self.move_wanted)

    @property
    def all(self) -> Sequence[Line]:
        """All lines of the page in reading order."""
        return self._text.shown.lines

    @property
    def sorted(self) -> list[int]:
        """The numbers of the chosen lines in reading order."""
        return sorted(set(self.chosen))

    def choose(self, numbers: Sequence[int]) -> None:
        """Chooses lines."""
        self.chosen = list(numbers)
        self._text.choose_lines(self.chosen)
        self._picture.choose_lines(self.chosen)
        self.moved.emit()

    def choose_all(self) -> None:
        """Chooses every line."""
        self.choose(range(len(self.all)))

    def copy(self) -> None:
        """Copies the lines that are chosen, as they are shown."""
        self._copy(self.chosen)

    def _copy(self, numbers: Sequence[int]) -> None:
        QGuiApplication.clipboard().setText(self._text.shown.of_lines(numbers))

    def _on_pressed(self, number: int, held: Qt.KeyboardModifier) -> None:
        if held & Qt.KeyboardModifier.ControlModifier:
            others = [it for it in self.chosen if it != number]
            self.choose(others if number in self.chosen else [*others, number])
        elif held & Qt.KeyboardModifier.ShiftModifier and self.chosen:
            first = self.chosen[0]
            step = 1 if number >= first else -1
            self.choose(range(first, number + step, step))
        else:
            self._text.go_to(number)
            self.choose([number])

    # Menus

    def _open_picture_menu(self, place: QPoint, number: int | None) -> None:
        if number is not None and number not in self.chosen:
            self.choose([number])
        menu = QMenu(self._picture)
        if number is not None:
            self._add_commands(menu, _KEYS_OF_PICTURE)
        at = self._picture.mapToScene(self._picture.viewport().mapFromGlobal(place))
        if (removed := removed_at(self.corrections, QPointF(at))) is not None:
            words = _("Put {line} back").format(line=named(removed.before))
            menu.addAction(icon("undo"), words.replace("&", "&&"), partial(self.put_back_wanted.emit, removed))
            menu.addSeparator()
        copy = menu.addAction(icon("copy"), _("Copy"), self.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(bool(self.chosen))
        line = menu.addAction(_("Copy line"), partial(self._copy, [number] if number is not None else []))
        line.setEnabled(number is not None)
        everything = menu.addAction(_("Select all"), self.choose_all)
        everything.setEnabled(bool(self.all))
        self._finish(menu, place)

    def _open_text_menu(self, place: QPoint, at: int) -> None:
        number = self._text.shown.line_at(at)
        has_selection = self._text.textCursor().hasSelection()
        menu = QMenu(self._text)
        if number is not None and not has_selection:
            self._text.put_cursor(at)
            if number not in self.chosen:
                self.choose([number])
            self._add_commands(menu, _KEYS_OF_TEXT)
        copy = menu.addAction(icon("copy"), _("Copy"), self._text.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(has_selection)
        line = menu.addAction(_("Copy line"), partial(self._copy, [number] if number is not None else []))
        line.setEnabled(number is not None)
        if (table := self._text.shown.table_at(self._text.cursor_at(at).blockNumber())) is not None:
            menu.addAction(icon("table"), _("Copy as table"), partial(copy_tables, [table])).setObjectName(
                "copyAsTable"
            )
        menu.addAction(_("Select all"), self._text.selectAll)
        self._finish(menu, place)

    def _add_commands(self, menu: QMenu, keys: Mapping[str, str]) -> None:
        """What can be done with the chosen lines; keys that hold here alone are shown as those of all others are."""
        for name in LINE_MENU:
            if name is None:
                menu.addSeparator()
            elif name not in keys:
                menu.addAction(self._actions[name])
            else:
                entry = menu.addAction(
                    self._actions[name].icon(), self._actions[name].text(), self._actions[name].trigger
                )
                entry.setShortcut(QKeySequence(keys[name]))
                entry.setEnabled(self._actions[name].isEnabled())

    def _finish(self, menu: QMenu, place: QPoint) -> None:
        menu.addSeparator()
        for name in _OF_PAGE:
            menu.addAction(self._actions[name])
        menu.exec(place)
        menu.deleteLater()
