"""What can be done with the chosen pages."""

from collections.abc import Callable, Iterable, Sized
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QGuiApplication

from ocrdesk.engine.document import Mode, PageStatus
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import PageFilter
from ocrdesk.engine.ordinary_files import opens_as_picture
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import Act
from ocrdesk.ui.kit.actions import Command, Needs, menu_of
from ocrdesk.ui.kit.desktop import open_outside, show_folder
from ocrdesk.ui.kit.file_names import shown_in_field
from ocrdesk.ui.kit.table_clipboard import copy_tables
from ocrdesk.ui.kit.words import MODES

MANY = 100
"""The text of more pages takes longer than a moment to copy."""

_Content = TypeVar("_Content", bound=Sized)


class PageCommands(Commands):
    """Does what is to be done with all chosen pages, or with the one that has the focus."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._library = desk.library
        self._notices = desk.notices
        self._chosen = desk.chosen
        self._copying = desk.tasks.lane()
        self._opening = desk.tasks.lane()  # a picture may lie on a drive that does not answer
        menu_of(desk.actions["read_again_in"]).aboutToShow.connect(self._check_modes)
        self.update()

    @Command("Read again", "Read the selected pages again", keys="F5", icon="retry", needs=Needs.PAGES)
    def retry(self) -> None:
        """Reads the chosen pages again, from their files as they are now, in the mode that all are read in."""
        self._read_in_mode(None)

    @Command("Read again in another mode", "Read the selected pages again, carefully or quickly, whatever the mode is",
             needs=Needs.PAGES, choices=MODES)  # fmt: skip
    def read_again_in(self, mode: Mode) -> None:
        """Reads the chosen pages again in a mode that they keep until they are read again without one."""
        self._read_in_mode(mode)

    def _read_in_mode(self, mode: Mode | None) -> None:
        batch_id, page_ids = self._chosen.batch_id, self._chosen.page_ids()
        if batch_id is None or not page_ids:
            return

        def drop() -> bool:
            is_any_read = mode is not None and self._library.are_any(page_ids, PageStatus.RUNNING)
            self._library.runs.read_in_mode(page_ids, mode)
            return is_any_read

        def follow(is_any_read: bool) -> None:
            if is_any_read:
                self._notices.say(
                    _("A page that is being read is not read in another mode. Choose it again once it is read.")
                )
            self._read_again(Change(batch_id, files_of=frozenset(page_ids)))

        self._desk.acts.run(drop, follow, self.warn, at_once=True)

    def _check_modes(self) -> None:
        wanted = self._library.runs.modes_of(self._chosen.page_ids())
        for mode, entry in self._desk.actions.choices("read_again_in"):
            entry.setChecked(wanted == {mode})

    @Command("Turn left", "Turn the selected pages left and read them again", keys="Alt+Left", icon="turn-left",
             needs=Needs.PAGES)  # fmt: skip
    def turn_left(self) -> None:
        """Turns the chosen pages left and reads them again."""
        self._turn(-90)

    @Command("Turn right", "Turn the selected pages right and read them again", keys="Alt+Right", icon="turn-right",
             needs=Needs.PAGES)  # fmt: skip
    def turn_right(self) -> None:
        """Turns the chosen pages right and reads them again."""
        self._turn(90)

    def _turn(self, by: int) -> None:
        batch_id, page_ids = self._chosen.batch_id, self._chosen.page_ids()
        if batch_id is None or not page_ids:
            return

        runs, former, is_any_read = self._library.runs, dict[int, int | None](), list[bool]()
        not_turned = _("A page that is being read is not turned. Turn it again once it is read.")

        def turn() -> None:
            is_any_read[:] = [self._library.are_any(page_ids, PageStatus.RUNNING)]
            before = runs.turns_of(page_ids)
            runs.turn_pages(page_ids, by)
            after = runs.turns_of(page_ids)
            former.clear()
            former.update({page_id: turn for page_id, turn in before.items() if after.get(page_id) != turn})
            if not former and any(is_any_read):
                raise OcrdeskError(not_turned)  # there is nothing that could be undone

        def turn_back() -> None:
            runs.set_turns(_other_than(former))
            if _other_than(former):  # what is turned back by now is not touched again at the next try
                raise OcrdeskError(_("A page that is being read is not turned back. Undo it again once it is read."))

        def _other_than(turns: dict[int, int | None]) -> dict[int, int | None]:
            present = runs.turns_of(turns)
            return {page_id: turns[page_id] for page_id, turn in present.items() if turn != turns[page_id]}

        def follow(is_undo: bool) -> None:
            if not is_undo and former and any(is_any_read):
                self._notices.say(not_turned)
            if is_undo:
                self._chosen.choose_batch(batch_id)
            self._read_again(Change(batch_id))

        words = plural("turn {count} page", "turn {count:,} pages", len(page_ids))
        self._desk.history.do(Act(words, turn, turn_back, follow))

    def _read_again(self, change: Change) -> None:
        assert change.batch_id is not None
        self._desk.runner.start_queued(change.batch_id)
        self._chosen.tell_soon(change)

    @Command(
        "Open in another program",
        "Open the picture in the system’s viewer",
        keys="Ctrl+Return",
        icon="open",
        needs=Needs.PAGES,
    )
    def open_picture(self) -> None:
        """Opens the picture in the system’s viewer, if it is one: a file of that name may be something else by now."""
        if (page := self._chosen.page()) is not None:
            path = page.path
            self._opening.run(partial(opens_as_picture, path), partial(self._open, path), self.warn)

    def _open(self, path: Path, is_picture: bool) -> None:
        name = shown_in_field(Path(path.name))
        if not is_picture:
            self._notices.warn(
                _("“{name}” is not there, or is not a picture, so it was not opened. Show it in its folder.").format(
                    name=name
                )
            )
        elif not open_outside(path):
            self._notices.warn(
                _("No program could be started for “{name}”. Show it in its folder instead.").format(name=name)
            )

    @Command("Show in folder", "Open the folder of this page", icon="show-in-folder", needs=Needs.PAGES)
    def show_in_folder(self) -> None:
        """Opens the folder of the page."""
        page = self._chosen.page()
        if page is not None:
            show_folder(page.path, self._notices)

    @Command("Copy text", "Copy the text of the selected pages", keys="Ctrl+C", icon="copy", needs=Needs.PAGES)
    def copy_text(self) -> None:
        """Copies the text of the chosen pages, an empty line between two."""
        self._copy(_("text"), self._library.texts.flowing, lambda text: QGuiApplication.clipboard().setText(text))

    @Command("Copy as table", "Copy the tables of the selected pages as cells", needs=Needs.PAGES)
    def copy_tables(self) -> None:
        """Copies the tables of the chosen pages."""
        self._copy(_("tables"), self._library.texts.tables, copy_tables)

    def _copy(
        self,
        what: str,
        gather: Callable[[Iterable[int], Callable[[], bool]], _Content],
        put: Callable[[_Content], None],
    ) -> None:
        page_ids = self._chosen.page_ids()
        copying = object()

        def copy(content: _Content) -> None:
            self._desk.under_way.end(copying)
            if content:
                put(content)
            else:
                self._notices.say(_("The selected pages have no {what} to copy.").format(what=what))

        def warn(error: OcrdeskError) -> None:
            self._desk.under_way.end(copying)
            self.warn(error)

        if len(page_ids) > MANY:
            self._desk.under_way.say(
                copying, _("Copying the {what} of {count:,} pages…").format(what=what, count=len(page_ids))
            )
        self._copying.run(partial(gather, page_ids, self._copying.stop.is_set), copy, warn, at_once=True)

    @Command("Remove from batch", "Remove the selected pages from the batch; the files stay", keys="Del", icon="remove",
             needs=Needs.PAGES)  # fmt: skip
    def remove_pages(self) -> None:
        """Takes the chosen pages out of the batch."""
        batch_id, page_ids = self._chosen.batch_id, self._chosen.page_ids()
        if batch_id is not None and page_ids:
            self._desk.removals.remove_pages(batch_id, page_ids)

    @Command("Next page to check", "Go to the next page with something to check", keys="F3", icon="doubtful")
    def next_doubtful(self) -> None:
        """Chooses the next page worth a look, from the top again after the last."""
        if (batch_id := self._chosen.batch_id) is not None:
            doubtful = self._library.page_ids(batch_id, PageFilter.DOUBTFUL)
            if not self._chosen.choose_next_page(doubtful):
                self._notices.say(_("No page shown here needs to be checked."))
