"""The list of what was found: a strip of the page for each place, and the text that was read there."""

from collections.abc import Iterator

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.dialog import sized
from ocrdesk.ui.kit.directions import as_window_reads, layout_direction, side_of_begin, side_of_end
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.search.found_model import ROW_ROLE, FoundBatch, FoundModel, More, Place, Row
from ocrdesk.ui.search.hit_strips import STRIP, HitStrips, first_seen

_HEADING, _MORE = 40, 32
"""Heights of the rows that are no places, in device-independent pixels as all sizes here."""

_SIDE = 2 * SPACE
_SMALL = 12 / 13
_TEXT_BEFORE = 24
"""Letters that are shown before the first found word where the line has no room."""

_Index = QModelIndex | QPersistentModelIndex


class FoundRow(QStyledItemDelegate):
    """Paints batches, places and what leads to more of them."""

    def __init__(self, strips: HitStrips, view: QListView) -> None:
        super().__init__(view)
        self._strips = strips

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        match index.data(ROW_ROLE):
            case Place() as place:
                strip = STRIP.height() + SPACE // 2 if place.hit is not None else 0
                return QSize(1, SPACE + strip + QFontMetrics(option.font).height() + SPACE)
            case More():
                return QSize(1, _MORE)
        return QSize(1, _HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row | None = index.data(ROW_ROLE)
        if row is None:
            return
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        inner = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        if isinstance(row, FoundBatch):
            _paint_heading(painter, option, inner, row)
        else:
            _paint_ground(painter, option)
            if isinstance(row, More):
                painter.setPen(option.palette.color(QPalette.ColorRole.Link))
                painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | side_of_begin(), row.words)
            else:
                self._paint_place(painter, option, inner.adjusted(0, SPACE, 0, -SPACE), row)
        painter.restore()

    def _paint_place(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, place: Place) -> None:
        if place.hit is not None:
            strip = self._strips.get(place.hit)
            width = min(inner.width(), strip.deviceIndependentSize().toSize().width() if strip else inner.width() // 2)
            frame = as_window_reads(QRect(inner.left(), inner.top(), width, STRIP.height()), inner)
            if strip is not None:
                ratio = strip.devicePixelRatio()
                first = first_seen(place.hit, width) * ratio
                painter.drawPixmap(QRectF(frame), strip, QRectF(first, 0, width * ratio, strip.height()))
            elif self._strips.has_none(place.hit):
                painter.setPen(token("text3"))
                painter.drawText(frame, Qt.AlignmentFlag.AlignVCenter, _("The picture cannot be shown."))
            else:
                painter.fillRect(frame, token("hover"))
            if strip is not None:
                painter.setPen(QPen(token("border"), 1))
                painter.drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        height = QFontMetrics(option.font).height()
        _paint_words(painter, option, QRect(inner.left(), inner.bottom() + 1 - height, inner.width(), height), place)


def link_in(heading: QRect, font: QFont) -> QRect:
    """Where the link stands that shows the pages of a batch among all its pages."""
    width = QFontMetrics(sized(font, _SMALL)).horizontalAdvance(_show_pages())
    return as_window_reads(heading.adjusted(heading.width() - width - _SIDE, 0, -_SIDE, 0), heading)


def _show_pages() -> str:
    return _("Show in grid")


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, inner: QRect, batch: FoundBatch) -> None:
    side = Qt.AlignmentFlag.AlignVCenter | side_of_begin()
    bold = sized(option.font, 1, option.font.Weight.DemiBold)
    small = sized(option.font, _SMALL)
    words = batch.words
    link = link_in(option.rect, option.font)
    room = inner.width() - link.width() - QFontMetrics(small).horizontalAdvance(words) - 3 * SPACE
    name = QFontMetrics(bold).elidedText(batch.name, Qt.TextElideMode.ElideRight, room)
    painter.setFont(bold)
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    painter.drawText(inner, side, name)
    painter.setFont(small)
    painter.setPen(token("text3"))
    behind_name = inner.adjusted(QFontMetrics(bold).horizontalAdvance(name) + SPACE, 0, 0, 0)
    painter.drawText(as_window_reads(behind_name, inner), side, words)
    if not batch.has_more:
        painter.setPen(option.palette.color(QPalette.ColorRole.Link))
        painter.drawText(link, side, _show_pages())


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(option.rect.adjusted(SPACE, 0, -SPACE, 0)), SPACE, SPACE)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillPath(shape, token("sel"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillPath(shape, token("hover"))


def _paint_words(painter: QPainter, option: QStyleOptionViewItem, place_of_text: QRect, place: Place) -> None:
    """Paints the line with the found words on a ground of their own, and at the right where it stands."""
    small, rect = sized(option.font, _SMALL), QRect(place_of_text)
    if place.hit is None:  # its name is what was found
        painter.setFont(option.font)
        name = QFontMetrics(option.font).elidedText(place.page.name, Qt.TextElideMode.ElideMiddle, rect.width())
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | side_of_begin(), name)
        return
    where = _("{page} · line {line:,}").format(page=place.page.name, line=place.hit.line + 1)
    where = QFontMetrics(small).elidedText(where, Qt.TextElideMode.ElideMiddle, rect.width() // 2)
    painter.setFont(small)
    painter.setPen(token("text3"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | side_of_end(), where)
    rect.setRight(rect.right() - QFontMetrics(small).horizontalAdvance(where) - 2 * SPACE)
    rect = as_window_reads(rect, place_of_text)
    metrics = QFontMetrics(option.font)
    text, spans = cut_to(place.hit.text, place.hit.spans, metrics, rect.width())
    layout = QTextLayout(metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width()), option.font)
    found = QTextCharFormat()  # what is found stands on yellow in both looks
    found.setBackground(token("hit"))
    found.setForeground(token("papertext"))
    layout.setTextOption(_way(text))
    layout.setFormats([_range(text, begin, end, found) for begin, end in spans])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    layout.endLayout()
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    layout.draw(painter, QPointF(rect.topLeft()))


def _way(text: str) -> QTextOption:
    """A text where lines of the window begin, in the direction in which it is read."""
    option = QTextOption(side_of_begin())
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(layout_direction(text))
    return option


def _range(text: str, begin: int, end: int, how: QTextCharFormat) -> QTextLayout.FormatRange:
    """A part of a text as Qt counts, for which rare characters are two."""
    found = QTextLayout.FormatRange()
    found.start, found.length = _qt_length(text[:begin]), _qt_length(text[begin:end])
    found.format = how
    return found


def _qt_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut_to(
    text: str, spans: tuple[tuple[int, int], ...], metrics: QFontMetrics, room: int
) -> tuple[str, list[tuple[int, int]]]:
    """The end of a line whose first found word would not be seen, or the whole line."""
    first = spans[0] if spans else (0, 0)
    if first[0] <= _TEXT_BEFORE or metrics.horizontalAdvance(text[: first[1]]) <= room * 2 // 3:
        return text, list(spans)
    cut = text.find(" ", first[0] - _TEXT_BEFORE, first[0]) + 1 or first[0] - _TEXT_BEFORE
    return "…" + text[cut:], [(begin - cut + 1, end - cut + 1) for begin, end in spans]


class FoundList(QListView):
    """The list. The keyboard goes from place to place over the headings.

    Attributes:
        place_chosen: A place is the current one; carries a ``Place``.
        place_opened: A place is to be looked at in the whole window; carries a ``Place``.
        more_wanted: More places of a batch are wanted; carries a ``FoundBatch``.
        pages_wanted: The pages of a batch are wanted among all its pages; carries a ``FoundBatch``.
    """

    place_chosen = Signal(object)
    place_opened = Signal(object)
    more_wanted = Signal(object)
    pages_wanted = Signal(object)

    def __init__(self, model: FoundModel, strips: HitStrips, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foundList")
        self.setAccessibleName(_("What was found"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._found, self._strips = model, strips
        self.setModel(model)
        self.setItemDelegate(FoundRow(strips, self))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._want_strips)
        self.verticalScrollBar().valueChanged.connect(self._soon.start)
        self.verticalScrollBar().rangeChanged.connect(self._soon.start)
        for signal in (model.modelReset, model.rowsInserted):
            signal.connect(self._soon.start)
        strips.arrived.connect(self.viewport().update)

    # The current place

    @property
    def place(self) -> Place | None:
        """The current place."""
        row = self._found.row_at(self.currentIndex().row())
        return row if isinstance(row, Place) else None

    def go(self, step: int) -> None:
        """Goes to the next place, or to the one before; what stands for more places shows these."""
        row = self._found.next_place(self.currentIndex().row(), step)
        if row is None:
            return
        there = self._found.row_at(row)
        if isinstance(there, More) and step > 0:
            self._choose(row)
            self.more_wanted.emit(there.batch)
        elif isinstance(there, Place):
            self._choose(row)
            self.place_chosen.emit(there)

    def choose_first(self) -> None:
        """Chooses the first place, if there is one."""
        row = self._found.next_place(-1)
        if row is not None:
            self._choose(row)

    def _choose(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._found.index(row), flags)
        self.scrollTo(self._found.index(row))

    # Keys and the mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers():
            self.go(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        self.setFocus()
        match row := self._found.row_at(index.row()):
            case FoundBatch() if self._is_on_link(event.position().toPoint(), index):
                self.pages_wanted.emit(row)
            case Place():
                self._choose(index.row())
                self.place_chosen.emit(row)
            case More():
                self.more_wanted.emit(row.batch)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        is_link = self._is_on_link(place, self.indexAt(place))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def _is_on_link(self, place: QPoint, index: QModelIndex) -> bool:
        row = self._found.row_at(index.row())
        return (
            isinstance(row, FoundBatch)
            and not row.has_more
            and link_in(self.visualRect(index), self.font()).contains(place)
        )

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._open(self.indexAt(event.position().toPoint()).row())

    def _open(self, row: int) -> None:
        match there := self._found.row_at(row):
            case Place():
                self.place_opened.emit(there)
            case More():
                self.more_wanted.emit(there.batch)

    # Strips

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def _want_strips(self) -> None:
        self._strips.set_ratio(self.devicePixelRatioF())
        self._strips.want((place.hit, place.page) for place in self._seen() if place.hit is not None)

    def _seen(self) -> Iterator[Place]:
        """The places that are seen, and some below them."""
        room = self.viewport().rect()
        first = self.indexAt(room.topLeft() + self._inset()).row()
        for number in range(max(0, first), self._found.rowCount()):
            if self.visualRect(self._found.index(number)).top() > room.bottom() + room.height() // 2:
                break
            row = self._found.row_at(number)
            if isinstance(row, Place):
                yield row

    @staticmethod
    def _inset() -> QPoint:
        return QPoint(SPACE, 1)
