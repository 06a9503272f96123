"""What can be done with PDF pages: give the password, and read them as pictures."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QObject, Signal
from PySide6.QtWidgets import QWidget

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Page, has_own_text
from ocrdesk.engine.errors import OcrdeskError, PasswordWrong
from ocrdesk.engine.library import Library
from ocrdesk.engine.sources import shown_name
from ocrdesk.engine.unlock import unlock
from ocrdesk.runner import BatchRunner
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.kit.background import Errands
from ocrdesk.ui.kit.notices import NoticeBar
from ocrdesk.ui.kit.questions import answered
from ocrdesk.ui.pages.page_commands import PageCommands
from ocrdesk.ui.pages.page_model import PageModel
from ocrdesk.ui.pages.thumbnails import Thumbnails

ASKED_AT_MOST = 200
"""Of so many chosen pages it is found out what they are; a menu must open at once."""


class PdfCommands(QObject):
    """Does what the actions on PDF pages say.

    Attributes:
        pages_changed: The selected batch has other pages, or their state changed.
    """

    pages_changed = Signal()

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        library: Library,
        decoder: Decoder,
        runner: BatchRunner,
        model: PageModel,
        pages: PageCommands,
        selection: QItemSelectionModel,
        thumbnails: Thumbnails,
        errands: Errands,
        acts: Errands,
        notices: NoticeBar,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._library = library
        self._decoder = decoder
        self._runner = runner
        self._model = model
        self._pages = pages
        self._thumbnails = thumbnails
        self._errands = errands
        self._acts = acts
        self._notices = notices
        actions.enter_password.triggered.connect(self.enter_password)
        actions.read_as_picture.triggered.connect(partial(self._read_as, True))
        actions.use_own_text.triggered.connect(partial(self._read_as, False))
        selection.selectionChanged.connect(self.update_actions)
        self.update_actions()

    def update_actions(self) -> None:
        """Shows the actions that have something to act on."""
        chosen = self._library.pages(self._pages.some_chosen_ids(ASKED_AT_MOST)).values()
        a = self._actions
        a.enter_password.setVisible(any(page.locked for page in chosen))
        a.read_as_picture.setVisible(any(has_own_text(page.recognizer) for page in chosen))
        a.use_own_text.setVisible(any(page.as_picture for page in chosen))

    def enter_password(self) -> None:
        """Asks for the password of the chosen page's file."""
        chosen = self._library.pages(self._pages.some_chosen_ids(ASKED_AT_MOST)).values()
        page = next((page for page in chosen if page.locked), None)
        if page is not None:
            self._ask(page.batch_id, page.path)

    def ask_for_batch(self, batch_id: int) -> None:
        """Asks for the password of the first file of a batch that waits for one."""
        if locked := self._library.files.locked(batch_id):
            self._ask(batch_id, locked[0])

    def _ask(self, batch_id: int, path: Path, before: str = "") -> None:
        others = len(self._library.files.locked(batch_id)) - 1
        also = f" or of {others:,} other protected file{'s' if others > 1 else ''}" if others > 0 else ""
        question = f"{before}\n\nPassword of “{_shown(path)}”{also}:".strip()
        if password := answered(self._window, "Protected PDF", question, secret=True):
            self._errands.run(
                partial(unlock, self._library, self._decoder, batch_id, path, password),
                partial(self._on_unlocked, batch_id),
                partial(self._on_refused, batch_id, path),
            )

    def _on_unlocked(self, batch_id: int, opened: list[Path]) -> None:
        what = f"“{_shown(opened[0])}” is open" if len(opened) == 1 else f"{len(opened):,} PDF files are open"
        locked = len(self._library.files.locked(batch_id))
        still = f" {locked:,} more need{'s' if locked == 1 else ''} another password." if locked else ""
        self._notices.say(f"{what}. The password is kept until you quit, and nowhere on disk.{still}")
        self._thumbnails.forget(self._library.page_ids(batch_id))
        self._runner.start_queued(batch_id)
        self.pages_changed.emit()

    def _on_refused(self, batch_id: int, path: Path, error: OcrdeskError) -> None:
        if isinstance(error, PasswordWrong):
            self._ask(batch_id, path, str(error))
        else:
            self._notices.warn(str(error))

    def _read_as(self, as_picture: bool) -> None:
        batch_id, page_ids = self._model.batch_id, self._pages.chosen_ids()
        if batch_id is None:
            return

        def set_and_drop() -> list[int]:
            pages = self._library.pages(page_ids)
            wanted = [page_id for page_id, page in pages.items() if _can_be_read(page, as_picture)]
            self._library.files.read_as_picture(wanted, as_picture)
            self._library.runs.drop_checkpoints(wanted)
            return wanted

        def read_again(wanted: list[int]) -> None:
            self._runner.start_queued(batch_id)
            self._model.pages_changed(wanted)
            self.pages_changed.emit()

        self._acts.run(set_and_drop, read_again, lambda error: self._notices.warn(str(error)), at_once=True)


def _can_be_read(page: Page, as_picture: bool) -> bool:
    return has_own_text(page.recognizer) if as_picture else page.as_picture


def _shown(path: Path) -> str:
    return shown_name(path, path.parent)
