"""The first page of each batch as a small picture, made off the GUI thread."""

from functools import partial

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage

from ocrdesk.engine.document import Batch
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.images import to_image

SIZE = QSize(32, 40)
"""In device-independent pixels."""

_DENSEST = 2
"""Device pixels for each of those, on the sharpest of screens."""


class Covers(QObject):
    """Gives covers that are at hand and makes the others.

    Attributes:
        ready: A cover can be had now.
    """

    ready = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lane = desk.tasks.lane()
        self._known: dict[int, QImage | None] = {}
        self._asked: set[int] = set()
        desk.chosen.changed.connect(self._on_changed)

    def get(self, batch: Batch) -> QImage | None:
        """The cover of a batch; None while it is being made, and where its first page cannot be shown."""
        page_id = batch.first_page
        if page_id is None:
            return None
        if page_id not in self._asked:
            self._asked.add(page_id)
            keep = partial(self._keep, page_id)
            self._lane.run(partial(self._make, page_id), keep, lambda _: keep(None))
        return self._known.get(page_id)

    def _make(self, page_id: int) -> QImage | None:
        """In the lane's thread."""
        page = self._desk.library.page(page_id)
        pixels = self._desk.thumbnails.load(self._desk.decoder, page) if page is not None else None
        return _cropped(to_image(pixels)) if pixels is not None else None

    def _keep(self, page_id: int, cover: QImage | None) -> None:
        self._known[page_id] = cover
        self.ready.emit()

    def _on_changed(self, change: Change) -> None:
        """Makes covers anew that may look otherwise; until then they are shown as they were."""
        if change.page_ids is not None:
            self._asked -= change.page_ids | change.files_of
        elif change.batch_id is None:
            self._asked.clear()
        elif (batch := self._desk.batches.batch(change.batch_id)) is not None and batch.first_page is not None:
            self._asked.discard(batch.first_page)


def _cropped(page: QImage) -> QImage:
    """The upper part of a page."""
    whole = SIZE * _DENSEST
    scaled = page.scaled(
        whole, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    place = QRect((scaled.width() - whole.width()) // 2, 0, whole.width(), whole.height())
    return scaled.copy(place)
