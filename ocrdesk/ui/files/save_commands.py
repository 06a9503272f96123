"""Saving a batch as one file and opening such files: asks, works in the background, and tells what came of it."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ocrdesk.engine.batch_file import (
    SUFFIX,
    Saved,
    open_batch,
    remove_extracted,
    remove_leftovers,
    save_batch,
    size_of_pictures,
)
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Batch
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.engine.naming import A_BATCH, Named, Naming
from ocrdesk.engine.thumbnail_files import ThumbnailFiles
from ocrdesk.ui.files.save_dialog import KINDS, SaveDialog
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.kit.background import Errands
from ocrdesk.ui.kit.choices import kept_choices
from ocrdesk.ui.kit.desktop import show_folder
from ocrdesk.ui.kit.file_names import path_from_field, shown_in_field
from ocrdesk.ui.kit.notices import NoticeBar
from ocrdesk.ui.kit.under_way import UnderWay

FILE_NAME = "save.ini"


class SaveCommands(QObject):
    """Does what the actions on saved batches say; one file after another.

    Attributes:
        batch_made: A batch was opened; carries its number.
        locate_wanted: The folder of a batch is to be asked for; carries its number.
        looks: Looks at sizes, which need not wait for a file being saved.
    """

    batch_made = Signal(int)
    locate_wanted = Signal(int)
    _progressed = Signal(int)

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        library: Library,
        decoder: Decoder,
        thumbnails: ThumbnailFiles,
        under_way: UnderWay,
        notices: NoticeBar,
        chosen: Callable[[], int | None],
        settings: Path,
    ) -> None:
        """Joins the actions.

        Args:
            window: Over which questions are asked.
            actions: Those of the window.
            library: Holds what is saved, and gets what is opened.
            decoder: For small pictures that are not there yet.
            thumbnails: Those that are.
            under_way: Tells how far it is.
            notices: Tells how it ended.
            chosen: Gives the batch whose pages are shown.
            settings: Folder where the choices are kept.
        """
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._library = library
        self._decoder = decoder
        self._thumbnails = thumbnails
        self._under_way = under_way
        self._notices = notices
        self._chosen = chosen
        self._kept = kept_choices(settings, FILE_NAME)
        self._errands = Errands(self)
        self.looks = Errands(self)
        self._cancel = threading.Event()
        self._doing = ""
        self._percent = 0
        self._waiting: list[Path] = []
        actions.save_batch.triggered.connect(self.save)
        actions.open_batch.triggered.connect(self._choose_files)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._errands.run(partial(remove_leftovers, library), lambda _: None, self._warn)  # before any batch is opened
        self.update_actions()

    def update_actions(self) -> None:
        """Lets a batch be saved where there is one, and one thing be done at a time."""
        self._actions.save_batch.setEnabled(not self._doing and self._chosen() is not None)
        self._actions.open_batch.setEnabled(not self._doing)

    def close(self) -> None:
        """Gives up what is being saved or opened; nothing half is left."""
        self._cancel.set()
        self._errands.close()

    @property
    def has_ended(self) -> bool:
        """Whether nothing is being saved or opened."""
        return self._errands.has_ended

    def save(self) -> None:
        """Asks where to save the batch, and saves it."""
        chosen = self._chosen()
        batch = self._library.batch(chosen) if chosen is not None else None
        if batch is None:
            return
        with_pictures = bool(self._kept.value("pictures", False, bool))
        dialog = SaveDialog(batch.name, self._file_for(batch), with_pictures=with_pictures, parent=self._window)
        self.looks.run(partial(size_of_pictures, self._library, batch.id), dialog.show_size, self._warn)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        self._kept.setValue("folder", shown_in_field(dialog.file().parent))
        self._kept.setValue("pictures", dialog.with_pictures)
        self._begin(f"Saving “{batch.name}”")
        work = partial(
            save_batch, self._library, batch.id, dialog.file(), with_pictures=dialog.with_pictures,
            thumbnail=partial(self._thumbnails.jpeg, self._decoder), cancel=self._cancel, progress=self._tell,
        )  # fmt: skip
        self._errands.run(work, partial(self._on_saved, batch.name, dialog.file()), self._on_problem)

    def open(self, files: Sequence[Path]) -> None:
        """Opens saved batches, one after the other, when nothing else is being saved or opened."""
        self._waiting += files
        if self._waiting and not self._doing:
            file = self._waiting.pop(0)
            self._begin(f"Opening “{file.name}”")
            self._errands.run(partial(self._open, file), partial(self._on_opened, file), self._on_problem)

    def forget(self, origin: Path) -> None:
        """Removes the pictures that came with a batch that was removed."""
        self.looks.run(partial(remove_extracted, self._library, origin), lambda _: None, self._warn)

    def _choose_files(self) -> None:
        folder = str(self._kept.value("folder", str(Path.home())))
        names, _ = QFileDialog.getOpenFileNames(self._window, "Open saved batches", folder, KINDS)
        self.open([path_from_field(name) for name in names])

    def _file_for(self, batch: Batch) -> Path:
        """A file named as the batch, in the folder chosen last."""
        folder = path_from_field(str(self._kept.value("folder", str(Path.home()))))
        return Naming(folder, A_BATCH, SUFFIX).path_of(Named(PurePosixPath("-"), 0, False, 1, batch.name))

    def _open(self, file: Path) -> tuple[Batch, str] | None:
        """In a thread: the batch, and why its folder should be named, if so; None: it was cancelled."""
        batch_id = open_batch(
            self._library, file, keep_thumbnail=self._thumbnails.take, cancel=self._cancel, progress=self._tell
        )
        batch = self._library.batch(batch_id) if batch_id is not None else None
        return (batch, self._why_locate(batch)) if batch is not None else None

    def _why_locate(self, batch: Batch) -> str:
        """In a thread: what there is to say of its pictures; nothing where they came along."""
        if batch.origin.exists():
            return ""
        known = self._library.files.known(batch.id)
        missing = sum(not path.exists() for path in known)
        if not missing:
            return "Its pictures are where they were. To find new ones there too, say where its folder is."
        return f"{'Its' if missing == len(known) else 'Some of its'} pictures were not found on this computer."

    # How far it is, and how it ended

    def _begin(self, doing: str) -> None:
        self._doing = doing
        self._percent = 0
        self._cancel.clear()
        self.update_actions()
        self._show_progress(0)

    def _tell(self, done: int, total: int) -> None:
        """In a thread."""
        percent = 100 * done // total
        if percent != self._percent:
            self._percent = percent
            self._progressed.emit(percent)

    def _show_progress(self, percent: int) -> None:
        if self._doing and not self._cancel.is_set():
            self._under_way.say(self, f"{self._doing}: {percent} %", self._cancel.set)

    def _end(self) -> None:
        self._doing = ""
        self._under_way.end(self)
        self.update_actions()
        self.open([])

    def _on_saved(self, name: str, file: Path, saved: Saved | None) -> None:
        if saved is None:
            self._notices.say(f"Saving “{name}” was cancelled. No file was written.")
        else:
            show = [("Show folder", partial(show_folder, file, self._notices))]
            words = f"Saved to “{file}”: {_counted(saved.pages, 'page')}"
            words += f" with {_counted(saved.pictures, 'picture')}." if saved.pictures else "."
            if saved.missing:
                words += f" {_counted(saved.missing, 'file')} could not be had as a picture."
            (self._notices.warn if saved.missing else self._notices.say)(words, show)
        self._end()

    def _on_opened(self, file: Path, opened: tuple[Batch, str] | None) -> None:
        if opened is None:
            self._notices.say(f"Opening “{file.name}” was cancelled.")
        else:
            batch, why_locate = opened
            self.batch_made.emit(batch.id)
            words = f"Opened “{batch.name}”: {_counted(batch.counts.total, 'page')}."
            if why_locate:
                self._notices.say(f"{words} {why_locate}", [("Locate…", partial(self.locate_wanted.emit, batch.id))])
            else:
                self._notices.say(words)
        self._end()

    def _on_problem(self, error: OcrdeskError) -> None:
        self._warn(error)
        self._end()

    def _warn(self, error: OcrdeskError) -> None:
        self._notices.warn(str(error))


def _counted(count: int, word: str) -> str:
    return f"1 {word}" if count == 1 else f"{count:,} {word}s"
