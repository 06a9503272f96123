"""What can be dropped on the window, what that does at each place, and the veil that says so meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ocrdesk.engine.batch_file import is_batch_file
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.batches.batch_list import BatchList
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.dragged import BATCHES, PAGES, numbers_of
from ocrdesk.ui.kit.file_names import paths_of
from ocrdesk.ui.kit.theme import SPACE, token


@dataclass(frozen=True, slots=True)
class Offer:
    """What comes of letting go at a place.

    Attributes:
        words: What that is, or why nothing comes of it.
        place: The part of the window that it is done to; a flat one is a gap between two rows.
        act: Does it; None: it cannot be done.
    """

    words: str
    place: QRect
    act: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class _Dragged:
    """What is being dragged, looked at once: a drive that must be asked may be slow."""

    paths: list[Path] = field(default_factory=list)
    has_folders: bool = False
    are_saved: bool = False
    pages: list[int] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)


class Drops(QObject):
    """Takes what is dragged over the window.

    Attributes:
        files_dropped: Files and folders are to be read; carries them, and the batch that takes them, or None.
        pages_dropped: Pages are to be moved; carries their numbers and that of the batch.
        batches_dropped: Batches are to be shown in another order; carries the numbers of all.
    """

    files_dropped = Signal(object, object)
    pages_dropped = Signal(object, int)
    batches_dropped = Signal(object)

    def __init__(self, window: QWidget, desk: Desk, batches: BatchList, pages: QWidget) -> None:
        """Follows what is dragged.

        Args:
            window: All of it takes files.
            desk: Knows the batches.
            batches: Their list; a batch in it takes files and pages.
            pages: Shows the pages of the chosen batch, and takes files for it.
        """
        super().__init__(window)
        self._window, self._desk, self._batches, self._pages = window, desk, batches, pages
        self._dragged: _Dragged | None = None
        self._heard: dict[QEvent.Type, Callable[..., bool]] = {
            QEvent.Type.DragEnter: self.enter,
            QEvent.Type.DragMove: self.move,
            QEvent.Type.DragLeave: self.leave,
            QEvent.Type.Drop: self.drop,
        }
        self._veil = DropVeil(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (does := self._heard.get(event.type())) is None:
            return False
        is_taken = does(event)
        if isinstance(event, QDropEvent):  # else it leaves
            event.setDropAction(Qt.DropAction.CopyAction)
            event.setAccepted(is_taken)
        return True

    def enter(self, event: QDragMoveEvent) -> bool:
        """Looks at what is dragged into the window; tells whether it can be taken."""
        data = event.mimeData()
        if event.source() is not None:  # it is from this window, whose files are here already
            pages, batches = numbers_of(data, PAGES), numbers_of(data, BATCHES)
            self._dragged = _Dragged(pages=pages, batches=batches) if pages or batches else None
        elif paths := paths_of(data):
            has_folders = any(path.is_dir() for path in paths)
            self._dragged = _Dragged(paths, has_folders, all(map(is_batch_file, paths)))
        else:
            self._dragged = None
        return self._dragged is not None

    def move(self, event: QDragMoveEvent) -> bool:
        """Says what letting go would do here; tells whether it would do anything."""
        place = event.position().toPoint()
        if (row := self._in_list(place)) is not None:
            self._batches.scroll_at(row)
        self._desk.batches.hold(row is not None and self._batches.batch_at(row) is not None)
        offer = self._offer(place)
        self._veil.show_offer(offer)
        return offer is not None and offer.act is not None

    def drop(self, event: QDropEvent) -> bool:
        """Does what was said."""
        offer = self._offer(event.position().toPoint())
        self.leave()
        if offer is not None and offer.act is not None:
            offer.act()
        return True

    def leave(self, _event: QEvent | None = None) -> bool:
        """Forgets what was dragged."""
        self._dragged = None
        self._desk.batches.hold(False)
        self._veil.show_offer(None)
        return True

    def _in_list(self, place: QPoint) -> QPoint | None:
        """A point of the window as one of the list, if it is in that."""
        viewport = self._batches.viewport()
        inside = viewport.mapFrom(self._window, place)
        return inside if viewport.isVisible() and viewport.rect().contains(inside) else None

    def _rect(self, widget: QWidget, part: QRect | None = None) -> QRect:
        part = part if part is not None else widget.rect()
        return QRect(widget.mapTo(self._window, part.topLeft()), part.size())

    def _row(self, place: QPoint) -> QRect:
        """The row of the list at a point of that."""
        return self._rect(self._batches.viewport(), self._batches.row_at(place))

    # What would come of it

    def _offer(self, place: QPoint) -> Offer | None:
        dragged, row = self._dragged, self._in_list(place)
        if dragged is None:
            return None
        if dragged.batches:
            return self._offer_for_batches(dragged, row) if row is not None else None
        if dragged.pages:
            return self._offer_for_pages(dragged, row) if row is not None else None
        return self._offer_for_files(dragged, place, row)

    def _offer_for_files(self, dragged: _Dragged, place: QPoint, row: QPoint | None) -> Offer:
        into = partial(self.files_dropped.emit, dragged.paths)
        if dragged.are_saved:
            return Offer(_("Open the saved batch"), self._window.rect(), partial(into, None))
        batch_id = self._batches.batch_at(row) if row is not None else None
        if batch_id is not None and row is not None:
            where = self._row(row)
        elif row is not None:
            return Offer(_("Read in a new batch"), self._rect(self._batches.viewport()), partial(into, None))
        elif self._pages.isVisible() and self._rect(self._pages).contains(place) and not dragged.has_folders:
            batch_id, where = self._desk.chosen.batch_id, self._rect(self._pages)
        if (batch := self._desk.batches.batch(batch_id)) is None:
            return Offer(_("Read in a new batch"), self._window.rect(), partial(into, None))
        words = (
            _("Add to “{name}”").format(name=batch.name)
            if dragged.has_folders
            else plural(
                "Add {count} file to “{name}”", "Add {count:,} files to “{name}”", len(dragged.paths), name=batch.name
            )
        )
        return Offer(words, where, partial(into, batch.id))

    def _offer_for_pages(self, dragged: _Dragged, row: QPoint) -> Offer | None:
        batch = self._desk.batches.batch(self._batches.batch_at(row))
        if batch is None:
            return None
        where = self._row(row)
        if batch.id == self._desk.chosen.batch_id:
            return Offer(_("The pages are in “{name}” already").format(name=batch.name), where)
        words = plural(
            "Move {count} page to “{name}”", "Move {count:,} pages to “{name}”", len(dragged.pages), name=batch.name
        )
        return Offer(words, where, partial(self.pages_dropped.emit, dragged.pages, batch.id))

    def _offer_for_batches(self, dragged: _Dragged, row: QPoint) -> Offer | None:
        if (beside := self._batches.batch_at(row)) is None:
            return None
        order = self._desk.batches.order_with
        gap, is_below = self._batches.gap_at(row)
        if found := order(dragged.batches, beside, below=is_below):
            return Offer("", self._rect(self._batches.viewport(), gap), partial(self.batches_dropped.emit, found))
        return Offer(_("Batches can be put in order within their section"), self._row(row))


class DropVeil(QWidget):
    """Lies over the window while something is dragged onto it, and shows what would come of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setObjectName("dropVeil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.offer: Offer | None = None
        self.hide()

    def show_offer(self, offer: Offer | None) -> None:
        """Shows what letting go would do; nothing, where it would do nothing."""
        if offer == self.offer:
            return
        self.offer = offer
        self.setGeometry(self._covered.rect())
        self.raise_()
        self.setVisible(offer is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if (offer := self.offer) is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = token("accent" if offer.act is not None else "border")
        place = QRectF(offer.place).adjusted(1, 1, -1, -1)
        if offer.place.height() <= SPACE:
            painter.fillRect(offer.place, edge)
        else:
            painter.setPen(QPen(edge, 2))
            if offer.act is not None:
                ground = token("sel")
                ground.setAlphaF(0.4)  # what is there stays in sight
                painter.setBrush(ground)
            painter.drawRoundedRect(place, SPACE, SPACE)
        if offer.words:
            self._paint_words(painter, offer)
        painter.end()

    def _paint_words(self, painter: QPainter, offer: Offer) -> None:
        """A label beside a row, or in the middle of a pane."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        metrics, space = painter.fontMetrics(), self.rect().adjusted(SPACE, SPACE, -SPACE, -SPACE)
        words = metrics.elidedText(offer.words, Qt.TextElideMode.ElideMiddle, space.width() - 3 * SPACE)
        label = QRect(0, 0, metrics.horizontalAdvance(words) + 3 * SPACE, metrics.height() + 2 * SPACE)
        label.moveCenter(offer.place.center())
        if offer.place.height() < 3 * label.height():
            label.moveLeft(offer.place.right() + SPACE)
        label.moveLeft(max(space.left(), min(label.left(), space.right() - label.width())))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(token("toast"))
        painter.drawRoundedRect(QRectF(label), SPACE, SPACE)
        painter.setPen(token("toasttext"))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)
