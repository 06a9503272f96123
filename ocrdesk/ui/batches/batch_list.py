"""The list of batches at the left."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDrag, QFocusEvent, QImage, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ocrdesk.engine.document import Batch
from ocrdesk.engine.words import _
from ocrdesk.ui.batches.batch_row import BatchRow
from ocrdesk.ui.desk.batch_model import BATCH_ROLE, BatchModel
from ocrdesk.ui.kit.dragged import BATCHES, packed

_EDGE, _STEP = 24, 12
"""Within the former from its edge, the list scrolls by the latter at every move of what is dragged."""

_BESIDE = 12
"""How far what is dragged is from the pointer."""

_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class BatchList(QListView):
    """The list.

    Attributes:
        removal_wanted: The chosen batches are to be removed.
    """

    removal_wanted = Signal()

    def __init__(
        self, batches: BatchModel, cover_of: Callable[[Batch], QImage | None], parent: QWidget | None = None
    ) -> None:
        """Shows batches.

        Args:
            batches: Those there are.
            cover_of: Gives the first page of a batch as a picture, if there is one by now.
            parent: The pane.
        """
        super().__init__(parent)
        self.setObjectName("batchList")
        self.setAccessibleName(_("Batches"))
        self._batches = batches
        self._row = BatchRow(cover_of, self)
        self.setModel(batches)
        self.setItemDelegate(self._row)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setDragEnabled(True)  # the window takes what is dropped

    def set_rail(self, is_rail: bool) -> None:
        """Shows first pages alone, or all there is to a batch."""
        self._row.is_rail = is_rail
        self.scheduleDelayedItemsLayout()

    def chosen(self) -> list[int]:
        """The batches that are chosen, from the top down; one of them is shown."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        batches: list[Batch] = [self.model().index(row, 0).data(BATCH_ROLE) for row in rows]
        return [batch.id for batch in batches]

    def batch_at(self, place: QPoint) -> int | None:
        """The batch at a point of the list."""
        batch: Batch | None = self.indexAt(place).data(BATCH_ROLE)
        return batch.id if batch else None

    # Dragging

    def row_at(self, place: QPoint) -> QRect:
        """The row of the batch at a point of the list."""
        return self.visualRect(self.indexAt(place))

    def gap_at(self, place: QPoint) -> tuple[QRect, bool]:
        """The gap above or below the row at a point, whichever is nearer, and whether it is the one below."""
        row = self.row_at(place)
        is_below = place.y() > row.center().y()
        return QRect(row.left(), row.bottom() - 1 if is_below else max(0, row.top() - 1), row.width(), 2), is_below

    def scroll_at(self, place: QPoint) -> None:
        """Scrolls on when something is dragged to the upper or lower edge."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if place.y() < _EDGE:
            bar.setValue(bar.value() - _STEP)
        elif place.y() > height - _EDGE:
            bar.setValue(bar.value() + _STEP)

    def startDrag(self, actions: Qt.DropAction) -> None:
        drag, data = QDrag(self), QMimeData()
        data.setData(BATCHES, packed(self.chosen()))
        drag.setMimeData(data)
        drag.setPixmap(self.viewport().grab(self.visualRect(self.currentIndex())))
        drag.setHotSpot(QPoint(-_BESIDE, -_BESIDE))  # the gap in which it will be stays in sight
        drag.exec(Qt.DropAction.CopyAction)

    # The row under the pointer stays there

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._batches.hold(self.indexAt(event.position().toPoint()).isValid())
        super().mouseMoveEvent(event)

    def let_go(self) -> None:
        """Lets rows move: the pointer may have left while a menu was open, of which Qt does not tell."""
        self._batches.hold(False)

    def leaveEvent(self, event: QEvent) -> None:
        self._batches.hold(False)
        super().leaveEvent(event)

    # Where the keyboard is, is shown to those who use it

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._row.shows_focus = event.reason() in _BY_KEY
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _is_removal(event):
            event.accept()  # here it is for batches, and not for the pages that are shown
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_removal(event):
            self.removal_wanted.emit()
            return
        self._row.shows_focus = True
        super().keyPressEvent(event)

    def moveCursor(self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if action is QListView.CursorAction.MoveHome and self._batches.rowCount():
            return self._batches.index(1)  # the first row is a heading, at which Qt would give up
        return super().moveCursor(action, modifiers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._row.shows_focus = False
        if self.batch_at(event.position().toPoint()) is not None:  # beside the batches, nothing is chosen instead
            super().mousePressEvent(event)


def _is_removal(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Delete)
