"""What can be added: folders and files from a dialog, a drop or the command line, and the sample pages."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ocrdesk.engine.batch_file import SUFFIX, is_batch_file
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.decode.formats import PAGE_SUFFIXES
from ocrdesk.engine.document import Batch
from ocrdesk.engine.intake import Drop
from ocrdesk.engine.library import Library
from ocrdesk.resources import samples_folder
from ocrdesk.runner import BatchRunner, RunState
from ocrdesk.ui.folders.adding import Adding
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.kit.file_names import path_from_field
from ocrdesk.ui.kit.notices import NoticeBar
from ocrdesk.ui.kit.under_way import UnderWay

MANY = 500
"""So many pages take a while to find; the foot of the window counts them."""


class AddCommands(QObject):
    """Looks through what is added, starts reading it at once, and says what was left out.

    Attributes:
        batch_grown: A batch has more pages; carries its number.
        batch_made: Something was added that makes a batch of its own; carries its number.
        show_left_out: The files that were left out of a batch are to be listed; carries its number.
        saved_named: Saved batches are among what was added; carries their files.
    """

    batch_grown = Signal(int)
    batch_made = Signal(int)
    show_left_out = Signal(int)
    saved_named = Signal(list)

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        library: Library,
        decoder: Decoder,
        runner: BatchRunner,
        under_way: UnderWay,
        notices: NoticeBar,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._runner = runner
        self._under_way = under_way
        self._notices = notices
        self._adding = Adding(library, decoder, self)
        self._awaited_batch = False
        self._adding.pages_added.connect(self._on_pages_added)
        self._adding.finished.connect(self._on_finished)
        self._adding.failed.connect(notices.warn)
        self._adding.ended.connect(under_way.end)
        actions.add_folder.triggered.connect(self._choose_folder)
        actions.add_files.triggered.connect(self._choose_files)
        actions.try_samples.triggered.connect(lambda: self.add([samples_folder()]))

    @property
    def is_busy(self) -> bool:
        """Whether something is still being looked through."""
        return self._adding.is_busy

    def add(self, paths: Sequence[Path], batch_id: int | None = None) -> None:
        """Reads files and folders: into a batch of their own, or into one that is there. Saved batches are opened."""
        if saved := [path for path in paths if is_batch_file(path)]:
            self.saved_named.emit(saved)
            paths = [path for path in paths if path not in saved]
        if paths:
            self._awaited_batch = batch_id is None
            self._adding.add(paths, batch_id)

    def rescan(self, batch: Batch) -> None:
        """Adds what is new in the folder of a batch."""
        self._adding.rescan(batch)

    def take_arrived(self, batch_id: int, files: Sequence[Path]) -> None:
        """Reads files that arrived in the folder of a batch."""
        self._adding.take_arrived(batch_id, files)

    def close(self) -> None:
        """Stops looking; what was found is kept."""
        self._adding.close()

    @property
    def has_ended(self) -> bool:
        """Whether nothing is being looked through."""
        return self._adding.has_ended

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._window, "Add a folder of pictures and PDF files")
        if folder:
            self.add([path_from_field(folder)])

    def _choose_files(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted({*PAGE_SUFFIXES, SUFFIX}))
        kinds = f"Pictures, PDF and saved batches ({patterns});;All files (*)"
        names, _ = QFileDialog.getOpenFileNames(self._window, "Add pictures and PDF files", "", kinds)
        if names:
            self.add([path_from_field(name) for name in names])

    def _on_pages_added(self, number: int) -> None:
        drop = self._adding.drop(number)
        if drop.batch_id is None:
            return
        batch = self._library.batch(drop.batch_id)
        if batch is not None and batch.counts.queued and not self._waits(drop, batch):  # else all was read before
            self._runner.start_queued(batch.id)
        self.batch_grown.emit(drop.batch_id)
        if self._awaited_batch:
            self._awaited_batch = False
            self.batch_made.emit(drop.batch_id)
        if len(drop.page_ids) >= MANY:
            self._under_way.say(number, f"{len(drop.page_ids):,} pages found in {_place(drop)}…")

    def _waits(self, drop: Drop, batch: Batch) -> bool:
        """Whether what came in by itself must wait: for a paused run, or for the answer to the offer to resume."""
        if not drop.only_new:
            return False
        if not self._runner.is_busy_with(batch.id):
            return batch.counts.queued > drop.new
        is_held = self._runner.state in (RunState.PAUSING, RunState.PAUSED)
        return batch.id == self._runner.batch_id and is_held

    def _on_finished(self, number: int) -> None:
        drop = self._adding.drop(number)
        if not drop.page_ids and not drop.arrived:
            found = f"It has {drop.left_out}." if drop.left_out.count else "It is empty."
            self._notices.warn(f"No pictures in {_place(drop)}. {found} Drop a folder with pictures or PDF files.")
        elif drop.arrived:
            return
        elif drop.left_out.count and drop.batch_id is not None:
            batch_id = drop.batch_id
            self._notices.say(
                f"{_pages(len(drop.page_ids))} found in {_place(drop)}. Left out: {drop.left_out}.",
                [("Show list", lambda: self.show_left_out.emit(batch_id))],
            )
        elif not drop.new:
            all_of_them = "The page" if len(drop.page_ids) == 1 else f"All {len(drop.page_ids):,} pages"
            are = "is" if len(drop.page_ids) == 1 else "are"
            self._notices.say(f"{all_of_them} of {_place(drop)} {are} here already.")
        elif drop.new < len(drop.page_ids):
            known = len(drop.page_ids) - drop.new
            self._notices.say(
                f"{_pages(drop.new)} in {_place(drop)} new or changed; {_pages(known)} were here already."
            )
        elif len(drop.page_ids) >= MANY:
            self._notices.say(f"{len(drop.page_ids):,} pages found in {_place(drop)}.")


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count:,} pages"


def _place(drop: Drop) -> str:
    return f"“{drop.paths[0].name}”"
