"""What can be done with PDF pages: give the password, and read them as pictures."""

from functools import partial
from pathlib import Path

from ocrdesk.engine.document import Page
from ocrdesk.engine.errors import OcrdeskError, PasswordWrong
from ocrdesk.engine.intake.unlock import unlock
from ocrdesk.engine.intake.walk import shown_name
from ocrdesk.engine.reading_names import has_own_text
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.questions import answered

ASKED_AT_MOST = 200
"""Of this many chosen pages it is found out what they are; a menu must open at once."""


class PdfCommands(Commands):
    """Does what is to be done with PDF pages."""

    follows_pages = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._unlocking = desk.tasks.lane()
        self._library = desk.library
        self._notices = desk.notices
        self._chosen = desk.chosen
        self.update()

    def follow(self) -> None:
        """Shows the actions that have something to act on."""
        states = self._library.files.pdf_states(self._chosen.some_page_ids(ASKED_AT_MOST))
        actions = self._desk.actions
        actions["enter_password"].setVisible(any(state.locked for state in states))
        actions["read_as_picture"].setVisible(any(has_own_text(state.recognizer) for state in states))
        actions["use_own_text"].setVisible(any(state.as_picture for state in states))

    @Command("Enter password…", "Open this protected PDF", icon="password")
    def enter_password(self, batch_id: int | None = None) -> None:
        """Asks for the password of the chosen page's file, or of the first file of a batch that waits for one."""
        if batch_id is not None:
            if locked := self._library.files.locked(batch_id):
                self._ask(batch_id, locked[0])
            return
        some = self._library.pages(self._chosen.some_page_ids(ASKED_AT_MOST)).values()
        if (page := next((page for page in some if page.locked), None)) is not None:
            self._ask(page.batch_id, page.path)

    @Command("Read as picture instead", "Read what these pages show, not the text stored in the PDF",
             icon="picture")  # fmt: skip
    def read_as_picture(self) -> None:
        """Reads what is seen on the chosen pages."""
        self._read_as(True)

    @Command("Use the PDF’s text", "Use the text that is stored in the PDF", icon="text")
    def use_own_text(self) -> None:
        """Takes the text that the PDF of the chosen pages has."""
        self._read_as(False)

    def _ask(self, batch_id: int, path: Path, before: str = "") -> None:
        others = len(self._library.files.locked(batch_id)) - 1
        also = ""
        if others > 0:
            also = plural(" or of {count} other protected file", " or of {count:,} other protected files", others)
        question = (
            _("{before}\n\nPassword of “{path}”{also}:").format(before=before, path=_shown(path), also=also).strip()
        )
        if password := answered(self._desk.window, _("Protected PDF"), question, _("Open"), secret=True):
            self._unlocking.run(
                partial(unlock, self._library, self._desk.decoder, batch_id, path, password),
                partial(self._on_unlocked, batch_id),
                partial(self._on_refused, batch_id, path),
            )

    def _on_unlocked(self, batch_id: int, opened: list[Path]) -> None:
        what = plural(
            "“{name}” is open.", "{count:,} PDF files are open.", len(opened), name=_shown(opened[0]) if opened else ""
        )
        locked = len(self._library.files.locked(batch_id))
        still = ""
        if locked:
            still = " " + plural(
                "{count} more needs another password.", "{count:,} more need another password.", locked
            )
        self._notices.say(
            _("{what} The password is kept until you quit, and never on disk.{still}").format(what=what, still=still)
        )
        self._desk.runner.start_queued(batch_id)
        self._chosen.tell(Change(batch_id, files_of=frozenset(self._library.page_ids(batch_id))))

    def _on_refused(self, batch_id: int, path: Path, error: OcrdeskError) -> None:
        if isinstance(error, PasswordWrong):
            self._ask(batch_id, path, str(error))
        else:
            self.warn(error)

    def _read_as(self, as_picture: bool) -> None:
        batch_id, page_ids = self._chosen.batch_id, self._chosen.page_ids()
        if batch_id is None:
            return

        def set_and_drop() -> None:
            pages = self._library.pages(page_ids)
            wanted = [page_id for page_id, page in pages.items() if _can_be_read(page, as_picture)]
            self._library.files.read_as_picture(wanted, as_picture)
            self._library.runs.drop_checkpoints(wanted)

        def read_again(_: None) -> None:
            self._desk.runner.start_queued(batch_id)
            self._chosen.tell(Change(batch_id))

        self._desk.acts.run(set_and_drop, read_again, self.warn, at_once=True)


def _can_be_read(page: Page, as_picture: bool) -> bool:
    return has_own_text(page.recognizer) if as_picture else page.as_picture


def _shown(path: Path) -> str:
    return shown_name(path, path.parent)
