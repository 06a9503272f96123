"""Reads what is in the clipboard."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.intake.drops import Drop
from ocrdesk.engine.intake.pasted import PastedPictures
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.capture.clipboard import files_named_in, picture_in, png_of
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.file_names import paths_of

SOON = 200
"""Milliseconds until pictures without a page are removed, or until that is tried again."""


class Adding(Protocol):
    """Reads files and folders."""

    @property
    def is_busy(self) -> bool:
        """Whether some of them may have no page yet."""
        ...

    def add(
        self, paths: Sequence[Path], batch_id: int | None = None, then: Callable[[Drop], object] = lambda drop: None
    ) -> None:
        """Reads them into a batch, or into one of their own; ``then`` is called with what became of them."""


class PasteCommands(Commands):
    """Adds what is in the clipboard to the chosen batch; pictures are kept as files, and removed with their pages."""

    def __init__(self, desk: Desk, adding: Adding) -> None:
        super().__init__(desk)
        self._adding = adding
        self._keeping = 0
        self._pictures = PastedPictures(desk.library)
        self._lane = desk.tasks.lane()
        self._looking = desk.tasks.lane()  # a named file may lie on a drive that does not answer
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._remove_unused)
        desk.removals.completed.connect(self._soon.start)
        self._soon.start()

    @Command("Paste", "Read the picture or the files in the clipboard", keys="Ctrl+V", icon="paste")
    def paste(self) -> None:
        """Reads files, a picture, or the files that a text names, whichever is there first."""
        data = QGuiApplication.clipboard().mimeData()
        batch_id = self._desk.chosen.batch_id
        if paths := paths_of(data):  # before the picture: some file managers put that of the file's kind beside it
            self._add_files(batch_id, paths)
        elif (png := picture_in(data)) is not None:
            self._keep(png)
        elif data.hasText():
            self._looking.run(partial(files_named_in, data.text()), partial(self._add_files, batch_id), self.warn)
        else:
            self._add_files(batch_id, [])

    def keep_picture(self, image: QImage) -> None:
        """Keeps a picture as a page of the chosen batch, or of a new one."""
        self._keep(partial(png_of, image))

    def _keep(self, png: Callable[[], bytes]) -> None:
        when = datetime.now()
        add = partial(self._add_picture, self._desk.chosen.batch_id)
        self._keeping += 1
        self._lane.run(lambda: self._pictures.keep(png(), when), add, self._on_not_kept)

    def _add_picture(self, batch_id: int | None, path: Path) -> None:
        batch = self._desk.batches.batch(batch_id)
        self._keeping -= 1
        self._adding.add([path], batch_id if batch is not None else None, self._show_pasted)

    def _add_files(self, batch_id: int | None, paths: Sequence[Path]) -> None:
        if not paths:
            self._desk.notices.say(_("There is neither a picture nor a file in the clipboard. Copy one first."))
        else:  # as with a drop, folders are batches of their own
            self._adding.add(paths, None if any(path.is_dir() for path in paths) else batch_id, self._show_pasted)

    def _show_pasted(self, drop: Drop) -> None:
        """Chooses the pages that were pasted, and lets pasting them be undone."""
        batch = self._desk.library.batch(drop.batch_id) if drop.batch_id is not None else None
        if batch is None or not drop.page_ids:
            return
        self._desk.chosen.tell(Change(batch.id))
        self._desk.chosen.show_pages(batch.id, drop.page_ids)
        if not drop.inserted:
            return  # it was said that they were there already
        count = len(drop.inserted)
        said = plural(
            "Pasted {count} page into “{name}”.", "Pasted {count:,} pages into “{name}”.", count, name=batch.name
        )
        if drop.left_out.count:
            said += " " + _("Skipped: {left_out}.").format(left_out=drop.left_out)
        words = plural("paste {count} page", "paste {count:,} pages", count)
        self._desk.removals.take_up_added(batch, drop.inserted, is_new=drop.has_made_batch, words=words, said=said)

    def _on_not_kept(self, error: OcrdeskError) -> None:
        self._keeping -= 1
        self.warn(error)

    def _remove_unused(self) -> None:
        """Removes pictures without a page, once each that was pasted has one."""
        if self._keeping or self._adding.is_busy:
            self._soon.start()
        else:
            self._lane.run(self._pictures.remove_unused, lambda _: None, self.warn)
