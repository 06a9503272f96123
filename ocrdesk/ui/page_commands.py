"""What can be done with the chosen pages."""

from collections.abc import Callable, Iterable, Sized
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QItemSelectionModel, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.engine.ordinary_files import opens_as_picture
from ocrdesk.runner import BatchRunner
from ocrdesk.ui.actions import Actions
from ocrdesk.ui.background import Errands
from ocrdesk.ui.dialogs import confirmed
from ocrdesk.ui.file_names import shown_in_field
from ocrdesk.ui.notices import NoticeBar
from ocrdesk.ui.opening import open_outside, show_folder
from ocrdesk.ui.page_model import PageModel, chosen_rows
from ocrdesk.ui.removals import Removals
from ocrdesk.ui.table_clipboard import copy_tables
from ocrdesk.ui.thumbnails import Thumbnails
from ocrdesk.ui.under_way import UnderWay

MANY = 100
"""The text of more pages takes longer than a moment to copy."""


_Content = TypeVar("_Content", bound=Sized)


class PageCommands(QObject):
    """Does what the page actions say, on the whole selection.

    Attributes:
        pages_changed: The selected batch has other pages, or their state changed.
    """

    pages_changed = Signal()

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        library: Library,
        runner: BatchRunner,
        model: PageModel,
        selection: QItemSelectionModel,
        thumbnails: Thumbnails,
        acts: Errands,
        removals: Removals,
        under_way: UnderWay,
        notices: NoticeBar,
    ) -> None:
        """Joins the actions.

        Args:
            window: Over which questions are asked.
            actions: Those of the window.
            library: What the pages are of.
            runner: Reads pages again.
            model: The pages shown.
            selection: Which of them are chosen.
            thumbnails: Forgets those of pages that are read again.
            acts: Does the short writes that a person waits for, in the order in which they were asked for.
            removals: Removes pages.
            under_way: Tells what takes long.
            notices: Tells what went wrong.
        """
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._library = library
        self._runner = runner
        self._model = model
        self._selection = selection
        self._thumbnails = thumbnails
        self._acts = acts
        self._copying = Errands(self)
        self._opening = Errands(self)  # a picture may lie on a drive that does not answer
        self._removals = removals
        self._under_way = under_way
        self._notices = notices
        actions.retry.triggered.connect(self.retry)
        actions.turn_left.triggered.connect(partial(self.turn, -90))
        actions.turn_right.triggered.connect(partial(self.turn, 90))
        actions.open_picture.triggered.connect(self.open_picture)
        actions.show_in_folder.triggered.connect(self.show_in_folder)
        actions.copy_text.triggered.connect(self.copy_text)
        actions.copy_tables.triggered.connect(self.copy_tables)
        actions.remove_pages.triggered.connect(self.remove)
        actions.next_doubtful.triggered.connect(self.next_doubtful)
        selection.selectionChanged.connect(self.update_actions)
        self.update_actions()

    def chosen_ids(self) -> list[int]:
        """The chosen pages in the order shown."""
        return self._model.ids_at(chosen_rows(self._selection))

    def some_chosen_ids(self, most: int) -> list[int]:
        """Some of the chosen pages, in any order: to tell what they are, thousands need not be looked at."""
        selection = self._selection.selection()
        parts = [selection.at(number) for number in range(min(selection.count(), most))]
        rows = islice((row for part in parts for row in range(part.top(), part.bottom() + 1)), most)
        return self._model.ids_at(rows)

    def sets(self) -> dict[str, list[int]]:
        """Pages of the batch by the words for them, all of them first."""
        if (batch_id := self._model.batch_id) is None:
            return {}
        shown, chosen = self._model.ids_at(range(self._model.rowCount())), self.chosen_ids()
        sets = {"All pages of the batch": self._library.page_ids(batch_id), "Pages shown": shown}
        return sets | ({"Chosen pages": chosen} if chosen else {})

    def current_page(self) -> Page | None:
        """The page that has the focus, if it is among the chosen ones."""
        index = self._selection.currentIndex()
        if index.isValid() and self._selection.isRowSelected(index.row()):
            return self._model.page_at(index.row())
        first = min((part.top() for part in self._selection.selection().toList()), default=None)
        return self._model.page_at(first) if first is not None else None

    def update_actions(self) -> None:
        """Lets the actions be chosen that have something to act on."""
        some = self._selection.hasSelection()
        a = self._actions
        for action in (
            a.retry, a.turn_left, a.turn_right, a.page_way, a.open_picture, a.show_in_folder, a.copy_text,
            a.copy_tables, a.remove_pages,
        ):  # fmt: skip
            action.setEnabled(some)

    def retry(self) -> None:
        """Reads the chosen pages again."""
        batch_id, page_ids = self._model.batch_id, self.chosen_ids()
        if batch_id is None or not page_ids:
            return
        self._thumbnails.forget(page_ids)
        drop = partial(self._library.runs.drop_checkpoints, page_ids)
        self._acts.run(drop, lambda _: self._read_again(batch_id, page_ids), self._warn, at_once=True)

    def turn(self, by: int) -> None:
        """Turns the chosen pages by so many degrees clockwise and reads them again."""
        batch_id, page_ids = self._model.batch_id, self.chosen_ids()
        if batch_id is None or not page_ids:
            return

        def turn_pages() -> bool:
            is_one_read = self._library.are_any(page_ids, PageStatus.RUNNING)
            self._library.runs.turn_pages(page_ids, by)
            return is_one_read

        def follow(is_one_read: bool) -> None:
            if is_one_read:
                self._notices.say("A page that is being read is not turned. Turn it again once it is read.")
            self._read_again(batch_id, page_ids)

        self._acts.run(turn_pages, follow, self._warn, at_once=True)

    def _read_again(self, batch_id: int, page_ids: list[int]) -> None:
        self._runner.start_queued(batch_id)
        self._model.pages_changed(page_ids)
        self.pages_changed.emit()

    def _warn(self, error: OcrdeskError) -> None:
        self._notices.warn(str(error))

    def open_picture(self) -> None:
        """Opens the picture in the system's viewer, if it is one: a file of that name may be something else by now."""
        if (page := self.current_page()) is not None:
            path = page.path
            self._opening.run(partial(opens_as_picture, path), partial(self._open, path), self._warn)

    def _open(self, path: Path, is_picture: bool) -> None:
        name = shown_in_field(Path(path.name))
        if not is_picture:
            self._notices.warn(f"“{name}” is not there, or is no picture, so it was not opened. Show it in its folder.")
        elif not open_outside(path):
            self._notices.warn(f"No program could be started for “{name}”. Show it in its folder instead.")

    def show_in_folder(self) -> None:
        """Opens the folder of the page."""
        page = self.current_page()
        if page is not None:
            show_folder(page.path, self._notices)

    def copy_text(self) -> None:
        """Copies the text of the chosen pages, an empty line between two."""
        self._copy("text", self._library.texts.flowing, lambda text: QGuiApplication.clipboard().setText(text))

    def copy_tables(self) -> None:
        """Copies the tables of the chosen pages."""
        self._copy("tables", self._library.texts.tables, copy_tables)

    def _copy(
        self,
        what: str,
        gather: Callable[[Iterable[int], Callable[[], bool]], _Content],
        put: Callable[[_Content], None],
    ) -> None:
        page_ids = self.chosen_ids()
        copying = object()

        def copy(content: _Content) -> None:
            self._under_way.end(copying)
            if content:
                put(content)
            else:
                self._notices.say(f"The chosen pages have no {what} to copy.")

        def warn(error: OcrdeskError) -> None:
            self._under_way.end(copying)
            self._warn(error)

        if len(page_ids) > MANY:
            self._under_way.say(copying, f"Copying the {what} of {len(page_ids):,} pages…")
        self._copying.run(partial(gather, page_ids, self._copying.stop.is_set), copy, warn, at_once=True)

    def remove(self) -> None:
        """Takes the chosen pages out of the batch, after a question if they were read."""
        page_ids = self.chosen_ids()
        what = "this page" if len(page_ids) == 1 else f"these {len(page_ids):,} pages"
        if not page_ids or (
            self._library.are_any(page_ids, PageStatus.DONE)
            and not confirmed(
                self._window,
                f"Remove {what} from the batch?",
                "What was read of them is forgotten. The files stay where they are.",
                "Remove",
            )
        ):
            return
        self._selection.clear()
        self._removals.remove_pages(page_ids)

    def show_one(self) -> None:
        """Chooses the first page where none is chosen, in the page panel."""
        self._actions.page_panel.setChecked(True)
        if not self._selection.hasSelection() and self._model.rowCount():
            self._choose(0)

    def next_doubtful(self) -> None:
        """Chooses the next page worth a look, from the top again after the last."""
        if self._model.batch_id is None:
            return
        doubtful = self._library.page_ids(self._model.batch_id, PageFilter.DOUBTFUL)
        rows = sorted(row for page_id in doubtful if (row := self._model.row_of(page_id)) is not None)
        if not rows:
            self._notices.say("No page shown here is doubtful.")
            return
        here = self._selection.currentIndex().row() if self._selection.hasSelection() else -1
        row = next((row for row in rows if row > here), rows[0])
        self._choose(row)

    def _choose(self, row: int) -> None:
        self._selection.setCurrentIndex(
            self._model.index(row, 0),
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )
