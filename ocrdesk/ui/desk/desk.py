"""The desk: what every pane and every family of commands works with."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.library import Library
from ocrdesk.engine.thumbnail_files import ThumbnailFiles
from ocrdesk.places import Places
from ocrdesk.runner import BatchRunner
from ocrdesk.ui.desk.batch_model import BatchModel
from ocrdesk.ui.desk.chosen import Chosen
from ocrdesk.ui.desk.history import History
from ocrdesk.ui.desk.removals import Removals
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.kit.choices import Choices
from ocrdesk.ui.kit.notices import NoticeBar
from ocrdesk.ui.kit.tasks import Lane, Tasks
from ocrdesk.ui.kit.under_way import UnderWay


@dataclass(frozen=True, slots=True)
class Desk:
    """Built once, in ``app.py``, and given to all that is in the window.

    Attributes:
        library: Holds batches and pages.
        decoder: Opens files.
        runner: Reads pages.
        places: Where things are kept.
        choices: What was chosen last, and is chosen again.
        thumbnails: Small pictures of pages on disk.
        notices: Tells what happened and what went wrong.
        under_way: Tells what takes long.
        tasks: Does in other threads what would hold up the window; whoever has a series of its own takes a lane.
        acts: The lane of short writes that a person waits for, in the order in which they were asked for.
        batches: All batches as they were read last.
        chosen: What is chosen, and the word that something changed.
        history: What was done and can be undone; whoever does such a thing has it done here.
        removals: Removes pages and batches.
        actions: What can be done, by name.
    """

    library: Library
    decoder: Decoder
    runner: BatchRunner
    places: Places
    choices: Choices
    thumbnails: ThumbnailFiles
    notices: NoticeBar
    under_way: UnderWay
    tasks: Tasks
    acts: Lane
    batches: BatchModel
    chosen: Chosen
    history: History
    removals: Removals
    actions: Actions

    @property
    def window(self) -> QWidget:
        """The window, over which questions are asked."""
        return self.notices.window()
