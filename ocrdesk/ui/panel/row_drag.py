"""Moves a line in the reading order with the mouse: by a handle at the left of its row."""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.panel.page_text_view import PageTextView

_WIDTH, _DOT, _EDGE = 14, 1.5, 2


class RowDrag(QObject):
    """Shows the handle beside the row under the pointer, and while it is dragged where the line would come.

    As it is printed: in paragraphs, rows are no lines.

    Attributes:
        dropped: A line is to be moved; carries its number, and that of the line behind which it comes or None.
    """

    dropped = Signal(int, object)

    def __init__(self, view: PageTextView) -> None:
        super().__init__(view)
        self._view, self._viewport = view, view.viewport()
        self._number: int | None = None
        self._handle, self._mark = _Handle(self._viewport), _Mark(self._viewport)
        self._handle.dragged.connect(self._drag)
        self._handle.let_go.connect(self._drop)
        self._viewport.installEventFilter(self)
        view.verticalScrollBar().valueChanged.connect(self._hide)
        view.textChanged.connect(self._hide)
        view.edit_wanted.connect(self._hide)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Of the view's end it must hear nothing, for then there is nothing left to ask.
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            if not event.buttons():
                self._show_beside(round(event.position().y()))
        elif event.type() == QEvent.Type.Leave:
            self._hide()
        return False

    def _show_beside(self, y: int) -> None:
        row = self._row_at(y)
        numbers, rect = self._numbers_in(row), self._rect_of(row)
        is_possible = self._view.shown.is_as_printed and not self._view.card.is_there
        if not is_possible or not numbers or not rect.top() <= y <= rect.bottom():
            self._hide()
            return
        self._number = numbers[0]
        left = max(0, rect.left() - _WIDTH - SPACE // 4)
        self._handle.setGeometry(left, rect.top(), _WIDTH, rect.height())
        self._handle.show()

    def _hide(self) -> None:
        self._handle.hide()
        self._mark.hide()

    def _drag(self, y: int) -> None:
        """Shows where the line would come."""
        row = self._row_at(y)
        rect = self._rect_of(row)
        edge = rect.top() if y < rect.center().y() else rect.bottom()
        self._mark.setGeometry(rect.left(), edge - _EDGE // 2, self._viewport.width() - 2 * rect.left(), _EDGE)
        self._mark.show()

    def _drop(self, y: int) -> None:
        row = self._row_at(y)
        numbers, number = self._numbers_in(row), self._number
        self._hide()
        if number is None or not numbers:
            return
        behind = numbers[0] - 1 if y < self._rect_of(row).center().y() else numbers[-1]
        if behind not in (number, number - 1):
            self.dropped.emit(number, behind if behind >= 0 else None)

    def _row_at(self, y: int) -> QTextBlock:
        return self._view.cursorForPosition(QPoint(round(self._view.document().documentMargin()), y)).block()

    def _rect_of(self, row: QTextBlock) -> QRect:
        return self._view.cursorRect(self._view.cursor_at(row.position()))

    def _numbers_in(self, row: QTextBlock) -> list[int]:
        """The lines that begin in a row of the text."""
        shown, begin, end = self._view.shown, row.position(), row.position() + row.length()
        return [number for number in range(len(shown.lines)) if begin <= shown.span(number)[0] < end]


class _Handle(QWidget):
    """Six dots.

    Attributes:
        dragged: It is being dragged; carries how far down on the viewport.
        let_go: It was let go; likewise.
    """

    dragged = Signal(int)
    let_go = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rowHandle")
        self.setToolTip(_("Drag the line to where it is read"))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._begun: int | None = None
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begun = round(event.globalPosition().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._begun is not None:
            self.dragged.emit(self._place(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._begun is not None and event.button() == Qt.MouseButton.LeftButton:
            begun, self._begun = self._begun, None
            is_moved = abs(event.globalPosition().y() - begun) >= self.height() // 2
            self.let_go.emit(self._place(event) if is_moved else self.geometry().center().y())

    def _place(self, event: QMouseEvent) -> int:
        return round(self.mapToParent(event.position()).y())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(token("text3"))
        middle = self.rect().toRectF().center()
        for across in (-2.5, 2.5):
            for down in (-5.0, 0.0, 5.0):
                painter.drawEllipse(middle + QPointF(across, down), _DOT, _DOT)
        painter.end()


class _Mark(QWidget):
    """The line between two rows where a dragged one would come."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rowMark")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), token("accent"))
        painter.end()
