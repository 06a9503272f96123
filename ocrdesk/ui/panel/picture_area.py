"""An area of the picture, drawn with the mouse, whose text is copied."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGraphicsView, QRubberBand

from ocrdesk.engine.layout.area import Area, count_rows, text_in
from ocrdesk.engine.layout.page_text import PageText
from ocrdesk.engine.words import _, plural, quoted
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command

_LEAST = 4
"""Edge in device-independent pixels of the smallest area that is meant."""

_FIRST_LETTERS = 40
"""How much of what was copied a message says."""


class AreaHand(QObject):
    """Draws a rectangle at any time while it is active, and if wanted while Ctrl is held.

    Attributes:
        drawn: A rectangle was drawn; carries it in coordinates of the scene.
        left: Esc was pressed while it was active.
    """

    drawn = Signal(QRectF)
    left = Signal()

    def __init__(self, view: QGraphicsView, *, by_ctrl: bool = True) -> None:
        super().__init__(view)
        self.is_active = False
        self._by_ctrl = by_ctrl
        self._view = view
        self._viewport = view.viewport()
        self._band: QRubberBand | None = None
        self._start: QPointF | None = None
        self._is_crossed = False
        self._on_viewport: dict[QEvent.Type, Callable[..., bool]] = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseButtonDblClick: self._press,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release,
        }
        self._viewport.setMouseTracking(True)
        self._viewport.installEventFilter(self)
        view.installEventFilter(self)

    def set_active(self, active: bool) -> None:
        """Takes the mouse without Ctrl, or gives it back."""
        self.is_active = active
        self._give_up()
        if active:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._point(is_meant=active)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Looked up first: of the view's end it must hear nothing, for then there is nothing left to ask.
        if (act := self._on_viewport.get(event.type())) is not None:
            return watched is self._viewport and act(event)
        return event.type() == QEvent.Type.KeyPress and watched is self._view and self._key_down(event)  # type: ignore[arg-type]

    def _press(self, event: QMouseEvent) -> bool:
        if not self._is_meant(event) or event.button() != Qt.MouseButton.LeftButton:
            return False
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        self._start = self._view.mapToScene(event.position().toPoint())
        return self.is_active  # with Ctrl it may be a click on a line as well

    def _move(self, event: QMouseEvent) -> bool:
        if self._start is None:
            self._point(is_meant=self._is_meant(event))
            return False  # the view remembers where the pointer is, to zoom there
        end = event.position().toPoint()
        if not self._viewport.rect().contains(end):
            self._view.ensureVisible(QRectF(self._view.mapToScene(end), QSizeF(1, 1)), 8, 8)
        begin = self._view.mapFromScene(self._start)
        if self._band is None:
            self._band = QRubberBand(QRubberBand.Shape.Rectangle, self._viewport)
        self._band.setGeometry(QRectF(begin, end).normalized().toRect())
        self._band.show()
        return True

    def _release(self, event: QMouseEvent) -> bool:
        if self._start is None or event.button() != Qt.MouseButton.LeftButton:
            return self._start is not None
        start, end = self._start, event.position().toPoint()
        is_meant = (self._view.mapFromScene(start) - end).manhattanLength() >= _LEAST
        self._give_up()
        if is_meant:
            self.drawn.emit(QRectF(start, self._view.mapToScene(end)).normalized())
        return self.is_active  # the view ends what it began when the button was pressed

    def _is_meant(self, event: QMouseEvent) -> bool:
        return self.is_active or (self._by_ctrl and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def _point(self, *, is_meant: bool) -> None:
        """Lets the pointer show whether a press would begin an area."""
        if is_meant != self._is_crossed:
            self._is_crossed = is_meant
            self._viewport.setCursor(Qt.CursorShape.CrossCursor if is_meant else Qt.CursorShape.ArrowCursor)

    def _key_down(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape or not (self.is_active or self._start is not None):
            return False
        if self._start is not None:
            self._give_up()
        else:
            self.left.emit()
        return True

    def _give_up(self) -> None:
        self._start = None
        if self._band is not None:
            self._band.hide()


class AreaCopy(QObject):
    """Copies the text of the area that was drawn."""

    def __init__(self, desk: Desk, view: QGraphicsView, text: Callable[[], PageText]) -> None:
        """Lets areas be drawn on a view.

        Args:
            desk: What all in the window works with.
            view: Shows the picture of a page, in whose pixels its scene is.
            text: Returns the text of that page.
        """
        super().__init__(view)
        self._notices = desk.notices
        self._text = text
        self._hand = AreaHand(view)
        self._hand.drawn.connect(self._copy)
        action, regions = desk.actions["select_area"], desk.actions["regions"]
        self._hand.left.connect(lambda: action.setChecked(False))
        regions.toggled.connect(lambda drawing: action.setChecked(action.isChecked() and not drawing))
        action.toggled.connect(lambda active: regions.setChecked(regions.isChecked() and not active))
        desk.actions.join(self)

    @Command(
        "Select an area",
        "Copy the text of an area: draw it on the picture, here or at any time with Ctrl held",
        icon="select-area",
        is_checkable=True,
    )
    def select_area(self, is_chosen: bool) -> None:
        """Lets areas be drawn without Ctrl."""
        self._hand.set_active(is_chosen)

    def _copy(self, drawn: QRectF) -> None:
        area = Area(drawn.left(), drawn.top(), drawn.right(), drawn.bottom())
        inside = text_in(self._text(), area)
        if not inside.blocks:
            self._notices.say(_("There is no text in this area."), about=self)
            return
        QGuiApplication.clipboard().setText(inside.text)
        copied = plural("Copied {count} line.", "Copied {count:,} lines.", count_rows(inside))
        self._notices.say(f"{copied} {_beginning(inside.text)}", about=self)


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= _FIRST_LETTERS:
        return quoted(words)
    return quoted(f"{words[:_FIRST_LETTERS].rsplit(' ', 1)[0]}…")
