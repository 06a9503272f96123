"""Mouse and keys on the regions of a picture."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGraphicsView, QMenu, QToolTip

from ocrdesk.engine.words import _
from ocrdesk.ui.regions.region_layer import RegionLayer
from ocrdesk.ui.regions.region_shape import WHOLE, Grip

_STILL = 4.0
"""A pointer that moved less, in device-independent pixels, has clicked and not dragged."""

_STEP = 0.005
"""Part of the page by which an arrow key moves."""

_ARROWS: dict[int, QPointF] = {
    Qt.Key.Key_Left: QPointF(-_STEP, 0),
    Qt.Key.Key_Right: QPointF(_STEP, 0),
    Qt.Key.Key_Up: QPointF(0, -_STEP),
    Qt.Key.Key_Down: QPointF(0, _STEP),
}
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_SHORT_ABSENCES = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)
_CURSORS = {
    Grip(-1, -1): Qt.CursorShape.SizeFDiagCursor,
    Grip(1, 1): Qt.CursorShape.SizeFDiagCursor,
    Grip(1, -1): Qt.CursorShape.SizeBDiagCursor,
    Grip(-1, 1): Qt.CursorShape.SizeBDiagCursor,
    Grip(-1, 0): Qt.CursorShape.SizeHorCursor,
    Grip(1, 0): Qt.CursorShape.SizeHorCursor,
    Grip(0, -1): Qt.CursorShape.SizeVerCursor,
    Grip(0, 1): Qt.CursorShape.SizeVerCursor,
    WHOLE: Qt.CursorShape.SizeAllCursor,
}


class RegionHand(QObject):
    """Takes the events of a view while regions are drawn, and tells the layer what they mean."""

    def __init__(self, layer: RegionLayer, view: QGraphicsView) -> None:
        super().__init__(layer)
        self._layer = layer
        self._view = view
        self._viewport = view.viewport()
        self._pressed: QPointF | None = None
        self._is_dragged = False
        self._on_viewport: dict[QEvent.Type, Callable[..., bool]] = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseButtonDblClick: self._press,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.ContextMenu: self._open_menu,
            QEvent.Type.ToolTip: lambda event: True,  # those of the lines would cover what is drawn on
        }
        self._on_view: dict[QEvent.Type, Callable[..., bool]] = {
            QEvent.Type.ShortcutOverride: self._claim_key,
            QEvent.Type.KeyPress: self._key_down,
            QEvent.Type.KeyRelease: self._key_up,
            QEvent.Type.FocusIn: self._focus_came,
            QEvent.Type.FocusOut: self._focus_went,
            QEvent.Type.ContextMenu: self._open_menu,
        }
        self._viewport.setMouseTracking(True)
        self._viewport.installEventFilter(self)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Looked up first: of the view's end it must hear nothing, for then there is nothing left to ask.
        act = (self._on_viewport if watched is self._viewport else self._on_view).get(event.type())
        if act is None:
            return False
        if self._layer.is_active and not self._layer.has_no_page():
            return act(event)
        return isinstance(event, QHelpEvent) and self._tell_why(event)

    def _tell_why(self, event: QHelpEvent) -> bool:
        """Tells, while nothing is drawn, why there is no text at a place."""
        item = self._view.itemAt(event.pos())
        if self._layer.has_no_page() or (item is not None and item.toolTip()):
            return False
        place = QPointF(event.pos())
        at = self._layer.at(place)
        if any(not region.is_only for region in at):
            words = _("Ignored on every page of this batch")
        elif not at and any(region.is_only for region in self._layer.regions) and self._layer.page().contains(place):
            words = _("Ignored: only what is outlined counts on the pages of this batch")
        else:
            return False
        QToolTip.showText(event.globalPos(), words, self._viewport)
        return True

    # Mouse

    def _press(self, event: QMouseEvent) -> bool:
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        self._layer.let_go()
        self._pressed, self._is_dragged = None, False
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            anew = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._layer.take_hold(self._pressed, anew=anew)
        return True

    def _move(self, event: QMouseEvent) -> bool:
        place = event.position()
        if self._pressed is None:
            self._point(place)
            return False  # the view remembers where the pointer is, to zoom there
        self._is_dragged = self._is_dragged or (place - self._pressed).manhattanLength() >= _STILL
        if self._is_dragged:
            if not self._viewport.rect().contains(place.toPoint()):
                self._view.ensureVisible(QRectF(self._view.mapToScene(place.toPoint()), QSizeF(1, 1)), 8, 8)
            self._layer.pull_to(place)
        return True

    def _release(self, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return True
        pressed, self._pressed = self._pressed, None
        if self._is_dragged:
            self._layer.let_go()
        else:
            self._layer.drop_hold()
            self._layer.choose(next(iter(self._layer.at(pressed)), None))
        self._point(event.position())
        return True

    def _point(self, place: QPointF) -> None:
        """Lets the pointer show what a press would do."""
        region, grip = self._layer.grip_at(place)
        self._viewport.setCursor(_CURSORS[grip] if region is not None else Qt.CursorShape.CrossCursor)

    def _open_menu(self, event: QContextMenuEvent) -> bool:
        layer = self._layer
        place = event.pos()
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            layer.choose(next(iter(layer.at(QPointF(place))), None))
        elif layer.chosen is not None:
            place = layer.rect_of(layer.chosen).center().toPoint()
        else:
            place = QPoint()
        if layer.regions:
            menu = QMenu(self._view)
            if layer.chosen is not None:
                menu.addAction(_("Delete"), layer.delete_chosen)
                menu.addAction(
                    _("Ignore this") if layer.chosen.is_only else _("Read only this"), layer.turn_chosen_over
                )
                menu.addSeparator()
            menu.addAction(_("Delete all"), layer.delete_all)
            menu.exec(self._viewport.mapToGlobal(place))
            menu.deleteLater()
        return True

    # Keys

    def _claim_key(self, event: QKeyEvent) -> bool:
        """Del removes pages elsewhere in the window, and Esc ends the drawing: not while they have a nearer sense."""
        is_own = event.key() in (*_DELETE, *_ARROWS) and not event.modifiers() & Qt.KeyboardModifier.AltModifier
        if is_own or (event.key() == Qt.Key.Key_Escape and self._layer.is_held):
            event.accept()
            return True
        return False

    def _key_down(self, event: QKeyEvent) -> bool:
        key, layer = event.key(), self._layer
        if key == Qt.Key.Key_Escape and layer.is_held:
            self._pressed = None
            layer.drop_hold()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return layer.choose_next(1 if key == Qt.Key.Key_Tab else -1)
        elif key in _DELETE:
            layer.delete_chosen()
        elif key == Qt.Key.Key_Insert:
            layer.insert()
        elif key in _ARROWS and layer.chosen is not None:
            layer.nudge(_ARROWS[key], sizes=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            return False
        return True

    def _key_up(self, event: QKeyEvent) -> bool:
        # A key held down repeats itself; like a drag, it is kept when it is let go.
        if event.key() in _ARROWS and not event.isAutoRepeat() and self._pressed is None:
            self._layer.let_go()
            return True
        return False

    def _focus_came(self, event: QFocusEvent) -> bool:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._layer.choose_next(1 if event.reason() == Qt.FocusReason.TabFocusReason else -1)
        return False

    def _focus_went(self, event: QFocusEvent) -> bool:
        self._pressed = None
        self._layer.let_go()
        if event.reason() not in _SHORT_ABSENCES:
            self._layer.choose(None)  # or it would seem that Del, which removes pages elsewhere, deletes it
        return False
