"""What can be done with the chosen pages."""

from functools import partial
from pathlib import Path

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
from ocrdesk.ui.thumbnails import Thumbnails


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
        errands: Errands,
        notices: NoticeBar,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._library = library
        self._runner = runner
        self._model = model
        self._selection = selection
        self._thumbnails = thumbnails
        self._errands = errands
        self._notices = notices
        actions.retry.triggered.connect(self.retry)
        actions.turn_left.triggered.connect(partial(self.turn, -90))
        actions.turn_right.triggered.connect(partial(self.turn, 90))
        actions.open_picture.triggered.connect(self.open_picture)
        actions.show_in_folder.triggered.connect(self.show_in_folder)
        actions.copy_text.triggered.connect(self.copy_text)
        actions.remove_pages.triggered.connect(self.remove)
        actions.next_doubtful.triggered.connect(self.next_doubtful)
        selection.selectionChanged.connect(self.update_actions)
        self.update_actions()

    def chosen_ids(self) -> list[int]:
        """The chosen pages in the order shown."""
        return self._model.ids_at(chosen_rows(self._selection))

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
        rows = chosen_rows(self._selection)
        return self._model.page_at(rows[0]) if rows else None

    def update_actions(self) -> None:
        """Lets the actions be chosen that have something to act on."""
        some = self._selection.hasSelection()
        a = self._actions
        for action in (
            a.retry, a.turn_left, a.turn_right, a.page_way, a.open_picture, a.show_in_folder, a.copy_text,
            a.remove_pages,
        ):  # fmt: skip
            action.setEnabled(some)

    def retry(self) -> None:
        """Reads the chosen pages again."""
        batch_id, page_ids = self._model.batch_id, self.chosen_ids()
        if batch_id is None or not page_ids:
            return
        self._thumbnails.forget(page_ids)
        self._runner.retry(batch_id, page_ids)
        self._model.pages_changed(page_ids)
        self.pages_changed.emit()

    def turn(self, by: int) -> None:
        """Turns the chosen pages by so many degrees clockwise and reads them again."""
        batch_id, page_ids = self._model.batch_id, self.chosen_ids()
        if batch_id is None or not page_ids:
            return
        if any(page.status is PageStatus.RUNNING for page in self._library.pages(page_ids).values()):
            self._notices.say("A page that is being read is not turned. Turn it again once it is read.")
        self._runner.turn(batch_id, page_ids, by)
        self._model.pages_changed(page_ids)
        self.pages_changed.emit()

    def open_picture(self) -> None:
        """Opens the picture in the system's viewer, if it is one: a file of that name may be something else by now."""
        if (page := self.current_page()) is not None:
            path = page.path
            self._errands.run(partial(opens_as_picture, path), partial(self._open, path), self._on_problem)

    def _open(self, path: Path, is_picture: bool) -> None:
        name = shown_in_field(Path(path.name))
        if not is_picture:
            self._notices.warn(f"“{name}” is not there, or is no picture, so it was not opened. Show it in its folder.")
        elif not open_outside(path):
            self._notices.warn(f"No program could be started for “{name}”. Show it in its folder instead.")

    def _on_problem(self, error: OcrdeskError) -> None:
        self._notices.warn(str(error))

    def show_in_folder(self) -> None:
        """Opens the folder of the page."""
        page = self.current_page()
        if page is not None:
            show_folder(page.path, self._notices)

    def copy_text(self) -> None:
        """Copies the text of the chosen pages, an empty line between two."""
        if text := self._library.texts.flowing(self.chosen_ids()):
            QGuiApplication.clipboard().setText(text)
        else:
            self._notices.say("The chosen pages have no text to copy.")

    def remove(self) -> None:
        """Takes the chosen pages out of the batch, after a question if they were read."""
        page_ids = self.chosen_ids()
        read = sum(page.status is PageStatus.DONE for page in self._library.pages(page_ids).values())
        what = "this page" if len(page_ids) == 1 else f"these {len(page_ids):,} pages"
        if not page_ids or (
            read
            and not confirmed(
                self._window,
                f"Remove {what} from the batch?",
                "What was read of them is forgotten. The files stay where they are.",
                "Remove",
            )
        ):
            return
        self._library.remove_pages(page_ids)
        self.pages_changed.emit()

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
