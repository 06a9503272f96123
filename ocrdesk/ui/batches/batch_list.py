"""The list of batches at the left: name, done of total, failed badge, state, progress bar."""

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrdesk.engine.document import Batch
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.batch_model import BATCH_ROLE, STATE_ROLE
from ocrdesk.ui.kit.theme import SPACE, STATUS_COLOURS, mixed, status_colour

_BAR = 4
_Index = QModelIndex | QPersistentModelIndex


class BatchList(QListView):
    """The list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batchList")
        self.setAccessibleName(_("Batches"))
        self.setItemDelegate(_BatchRow(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)  # several can be exported at once
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setSpacing(0)

    def chosen(self) -> list[int]:
        """The batches that are chosen, from the top down; one of them is shown."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        batches: list[Batch] = [self.model().index(row, 0).data(BATCH_ROLE) for row in rows]
        return [batch.id for batch in batches]

    def batch_at(self, place: QPoint) -> int | None:
        """The batch at a point of the list."""
        batch: Batch | None = self.indexAt(place).data(BATCH_ROLE)
        return batch.id if batch else None


class _BatchRow(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = QFontMetrics(option.font).height()
        return QSize(200, 2 * line + _BAR + 4 * SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        batch: Batch | None = index.data(BATCH_ROLE)
        if batch is None:
            return
        palette = option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(SPACE // 2, 2, -SPACE // 2, -2)
        self._paint_ground(painter, row, option)
        inner = row.adjusted(SPACE, SPACE, -SPACE, -SPACE)
        line = painter.fontMetrics().height()
        badge_width = self._paint_failed(painter, inner, line, batch.counts.failed)
        name = QRect(inner.left(), inner.top(), inner.width() - badge_width, line)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        elided = painter.fontMetrics().elidedText(batch.name, Qt.TextElideMode.ElideMiddle, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
        painter.setFont(option.font)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        below = QRect(inner.left(), name.bottom() + 3, inner.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, _done_of_total(batch))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, index.data(STATE_ROLE))
        self._paint_bar(painter, QRectF(inner.left(), below.bottom() + 5, inner.width(), _BAR), batch, palette)
        painter.restore()

    def _paint_ground(self, painter: QPainter, row: QRect, option: QStyleOptionViewItem) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(row), 8, 8)
        base = QGuiApplication.palette().color(QPalette.ColorRole.Window)  # the list itself is transparent
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillPath(shape, mixed(base, option.palette.color(QPalette.ColorRole.Highlight), 0.16))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillPath(shape, option.palette.color(QPalette.ColorRole.Midlight))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.strokePath(shape, QPen(option.palette.color(QPalette.ColorRole.Highlight), 1.5))

    def _paint_failed(self, painter: QPainter, inner: QRect, line: int, failed: int) -> int:
        """Paints the badge at the right; gives the width it takes."""
        if not failed:
            return 0
        words = _("{failed} failed").format(failed=QLocale().toString(failed))
        width = painter.fontMetrics().horizontalAdvance(words) + 2 * SPACE
        pill = QRectF(inner.right() - width + 1, inner.top(), width, line)
        shape = QPainterPath()
        shape.addRoundedRect(pill, line / 2, line / 2)
        painter.fillPath(shape, QColor(STATUS_COLOURS["failed"][0]))  # dark enough for white words
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        return width + SPACE

    def _paint_bar(self, painter: QPainter, bar: QRectF, batch: Batch, palette: QPalette) -> None:
        counts = batch.counts
        whole = QPainterPath()
        whole.addRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.fillPath(whole, palette.color(QPalette.ColorRole.Midlight))
        if not counts.total:
            return
        painter.setClipPath(whole)
        done = bar.width() * counts.done / counts.total
        failed = bar.width() * counts.failed / counts.total
        is_complete = counts.done + counts.failed == counts.total
        colour = status_colour("done") if is_complete else palette.color(QPalette.ColorRole.Highlight)
        painter.fillRect(QRectF(bar.left(), bar.top(), done, _BAR), colour)
        painter.fillRect(QRectF(bar.left() + done, bar.top(), failed, _BAR), status_colour("failed"))


def _done_of_total(batch: Batch) -> str:
    locale = QLocale()
    return _("{done} of {total}").format(
        done=locale.toString(batch.counts.done), total=locale.toString(batch.counts.total)
    )
