"""How a batch looks in the list: its first page, its name, where it stands, and one number that matters."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrdesk.engine.document import Batch, Counts
from ocrdesk.engine.words import _, written_number
from ocrdesk.ui.batches.covers import SIZE
from ocrdesk.ui.desk.batch_model import BATCH_ROLE, LINE_ROLE, SECTION_ROLE
from ocrdesk.ui.desk.batch_states import Section
from ocrdesk.ui.kit.icons import icon_pixmap
from ocrdesk.ui.kit.motion import Gliding
from ocrdesk.ui.kit.theme import SPACE, token

ROW, HEADING = 56, 36
"""Heights of a batch and of the heading of a section, in device-independent pixels."""

_GAP = 2
_BAR = 3
_TICK = 14
_SMALL = 12 / 13
"""The second line and what stands in pills, as a part of the size of the name."""

_Index = QModelIndex | QPersistentModelIndex


class BatchRow(QStyledItemDelegate):
    """Paints batches and the headings of their sections.

    Attributes:
        shows_focus: Whether the keyboard was used last, so that it must be seen where it is.
        is_rail: Whether there is room for first pages alone.
    """

    def __init__(self, cover_of: Callable[[Batch], QImage | None], view: QAbstractItemView) -> None:
        super().__init__(view)
        self._cover_of = cover_of
        self._bars: dict[int, Gliding] = {}
        self.shows_focus = False
        self.is_rail = False

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        if index.data(BATCH_ROLE) is None:
            return QSize(1, SPACE if self.is_rail else HEADING)
        lines = QFontMetrics(option.font).height() + QFontMetrics(_small(option.font)).height()
        return QSize(1, max(ROW, lines + _BAR + 2 * SPACE) + _GAP)  # larger where the desktop's letters are

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        batch: Batch | None = index.data(BATCH_ROLE)
        if batch is None:
            if not self.is_rail:
                _paint_heading(painter, option, index.data())
        else:
            row = option.rect.adjusted(0, 0, 0, -_GAP)
            self._paint_ground(painter, row, option)
            inner = row.adjusted(SPACE, 0, -SPACE, 0)
            cover = QRectF(inner.left(), inner.top() + (inner.height() - SIZE.height()) / 2, *SIZE.toTuple())
            if self.is_rail:
                cover.moveLeft(row.left() + (row.width() - cover.width()) / 2)
            _paint_cover(painter, cover, self._cover_of(batch))
            if self.is_rail:
                _paint_dot(painter, cover, batch.counts)
            else:
                bar = _paint_words(painter, inner.adjusted(SIZE.width() + SPACE, 0, 0, 0), option, index)
                if bar is not None:
                    _paint_bar(painter, bar, batch.counts, self._seen(batch, option.widget))
        painter.restore()

    def _seen(self, batch: Batch, view: QWidget) -> float:
        """How many pages of a batch are seen to be finished: soon all that are."""
        is_new = batch.id not in self._bars
        bar = self._bars.setdefault(batch.id, Gliding(view))
        bar.go_to(batch.counts.finished, at_once=is_new)
        return bar.seen

    def _paint_ground(self, painter: QPainter, row: QRect, option: QStyleOptionViewItem) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(row), SPACE, SPACE)
        has_keyboard = option.state & QStyle.StateFlag.State_Active and option.widget.hasFocus()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillPath(shape, token("sel" if has_keyboard else "press"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillPath(shape, token("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus and self.shows_focus:
            painter.setPen(QPen(token("accent"), 2))
            painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), SPACE - 1, SPACE - 1)


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, words: str) -> None:
    painter.setFont(_semibold(_small(option.font)))
    painter.setPen(token("text3"))
    place = option.rect.adjusted(SPACE, SPACE, -SPACE, 0)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


def _paint_cover(painter: QPainter, place: QRectF, cover: QImage | None) -> None:
    """Paints the first page, or an empty one while it cannot be seen; paper is bright in every look."""
    shape = QPainterPath()
    shape.addRoundedRect(place, 2, 2)
    painter.fillPath(shape, Qt.GlobalColor.white)
    if cover is not None:
        painter.save()
        painter.setClipPath(shape)
        painter.drawImage(place, cover)
        painter.restore()
    painter.setPen(QPen(token("border"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)


def _paint_dot(painter: QPainter, cover: QRectF, counts: Counts) -> None:
    """Paints at the corner of a page that some of the batch failed, or else that some are to be checked."""
    if counts.failed or counts.doubtful:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(token("red" if counts.failed else "wave"))
        painter.drawEllipse(cover.topRight(), SPACE / 2, SPACE / 2)


def _paint_words(painter: QPainter, beside: QRect, option: QStyleOptionViewItem, index: _Index) -> QRectF | None:
    """Paints all words; gives the place of the bar below them, if there is one."""
    batch, section = index.data(BATCH_ROLE), index.data(SECTION_ROLE)
    name_font, small_font = _semibold(option.font), _small(option.font)
    name_height, line_height = QFontMetrics(name_font).height(), QFontMetrics(small_font).height()
    has_bar = section is Section.READING
    height = name_height + line_height + (_BAR + _GAP if has_bar else 0)
    name = QRect(beside.left(), beside.top() + (beside.height() - height) // 2, beside.width(), name_height)
    line = QRect(beside.left(), name.bottom() + 1, beside.width(), line_height)
    name.setRight(name.right() - _paint_pill(painter, name, name_font, small_font, batch))
    painter.setFont(name_font)
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    _draw(painter, name, batch.name)
    if section is Section.DONE and batch.counts.total:
        tick = icon_pixmap("check", _TICK, token("text3").name(), painter.device().devicePixelRatioF())
        painter.drawPixmap(line.left(), line.top() + (line.height() - _TICK) // 2, tick)
        line.setLeft(line.left() + _TICK + SPACE // 2)
    painter.setFont(small_font)
    painter.setPen(token("text2"))
    _draw(painter, line, index.data(LINE_ROLE))
    return QRectF(beside.left(), line.bottom() + 1 + _GAP, beside.width(), _BAR) if has_bar else None


def _paint_pill(painter: QPainter, name: QRect, name_font: QFont, font: QFont, batch: Batch) -> int:
    """Paints how many pages failed, or else how many words are to be checked; gives the width that takes.

    The number alone says what failed where the name would be cut for the word.
    """
    counts = batch.counts
    if counts.failed:
        words, colour = _("{failed:,} failed").format(failed=counts.failed), "red"
    elif counts.words:
        words, colour = written_number(counts.words), "amber"
    else:
        return 0
    painter.setFont(_semibold(font))
    metrics = painter.fontMetrics()
    beside = 2 * SPACE - 2
    room = name.width() - QFontMetrics(name_font).horizontalAdvance(batch.name) - SPACE // 2
    if counts.failed and metrics.horizontalAdvance(words) + beside > room:
        words = written_number(counts.failed)
    width, height = metrics.horizontalAdvance(words) + beside, metrics.height() + _GAP
    pill = QRectF(name.right() + 1 - width, name.center().y() + 0.5 - height / 2, width, height)
    shape = QPainterPath()
    shape.addRoundedRect(pill, height / 2, height / 2)
    painter.fillPath(shape, token(colour + "fill"))
    painter.setPen(token(colour))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
    return width + SPACE // 2


def _paint_bar(painter: QPainter, bar: QRectF, counts: Counts, seen: float) -> None:
    """Paints how many pages are finished, as far as the bar has come."""
    whole = QPainterPath()
    whole.addRoundedRect(bar, _BAR / 2, _BAR / 2)
    painter.fillPath(whole, token("border"))  # seen on every ground that a row can have
    if not counts.total:
        return
    painter.setClipPath(whole)
    done = min(seen, counts.done)
    done, failed = (bar.width() * part / counts.total for part in (done, seen - done))
    painter.fillRect(QRectF(bar.left(), bar.top(), done, _BAR), token("accent"))
    painter.fillRect(QRectF(bar.left() + done, bar.top(), failed, _BAR), token("red"))


def _draw(painter: QPainter, place: QRect, words: str) -> None:
    elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * _SMALL)
    return small


def _semibold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold
