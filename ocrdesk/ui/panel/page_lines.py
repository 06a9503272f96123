"""Which lines of a page are chosen, seen on its picture and in its text alike, and the menus of both."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.table_clipboard import copy_tables
from ocrdesk.ui.panel.page_text_view import PageTextView
from ocrdesk.ui.panel.picture_view import PictureView

_OF_PAGE = ("retry", "read_again_in", "show_in_folder")


class PageLines(QObject):
    """A click chooses a line; with Ctrl it is chosen as well or no longer, with Shift all up to it are.

    Attributes:
        chosen: The numbers of the lines; the one that was chosen last at the end.
    """

    def __init__(self, picture: PictureView, text: PageTextView, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen: list[int] = []
        self._picture = picture
        self._text = text
        self._actions = actions
        picture.line_pressed.connect(self._on_pressed)
        picture.line_hovered.connect(text.hover)
        picture.copy_wanted.connect(self.copy)
        picture.menu_wanted.connect(self._open_picture_menu)
        text.line_hovered.connect(picture.hover)
        text.line_chosen.connect(lambda number: self.choose([number] if number is not None else []))
        text.menu_wanted.connect(self._open_text_menu)

    def choose(self, numbers: Sequence[int]) -> None:
        """Chooses lines."""
        self.chosen = list(numbers)
        self._text.choose_lines(self.chosen)
        self._picture.choose_lines(self.chosen)

    def choose_all(self) -> None:
        """Chooses every line."""
        self.choose(range(len(self._text.shown.lines)))

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
        copy = menu.addAction(icon("copy"), _("Copy"), self.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(bool(self.chosen))
        line = menu.addAction(_("Copy line"), partial(self._copy, [number] if number is not None else []))
        line.setEnabled(number is not None)
        everything = menu.addAction(_("Select all"), self.choose_all)
        everything.setEnabled(bool(self._text.shown.lines))
        self._finish(menu, place)

    def _open_text_menu(self, place: QPoint, at: int) -> None:
        number = self._text.shown.line_at(at)
        menu = QMenu(self._text)
        copy = menu.addAction(icon("copy"), _("Copy"), self._text.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(self._text.textCursor().hasSelection())
        line = menu.addAction(_("Copy line"), partial(self._copy, [number] if number is not None else []))
        line.setEnabled(number is not None)
        if (table := self._text.shown.table_at(self._text.cursor_at(at).blockNumber())) is not None:
            menu.addAction(icon("table"), _("Copy as table"), partial(copy_tables, [table])).setObjectName(
                "copyAsTable"
            )
        menu.addAction(_("Select all"), self._text.selectAll)
        self._finish(menu, place)

    def _finish(self, menu: QMenu, place: QPoint) -> None:
        menu.addSeparator()
        for name in _OF_PAGE:
            menu.addAction(self._actions[name])
        menu.exec(place)
        menu.deleteLater()
