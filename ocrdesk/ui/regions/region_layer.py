"""The regions of a batch as they lie on the picture of a page: which there are, which is chosen, what is held."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsView

from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.words import _
from ocrdesk.ui.regions.region_painting import HANDLE, paint_regions, words_of
from ocrdesk.ui.regions.region_shape import HANDLES, WHOLE, Grip, drawn, handle_place, moved, sized

_LEAST = 4.0
"""Edge in device-independent pixels of the smallest region that is meant."""

_EDGE = 5.0
"""How far within an outline, in device-independent pixels, it can be taken hold of."""


@dataclass(slots=True)
class _Hold:
    """What the pointer or an arrow key holds.

    Attributes:
        start: Where it took hold, in fractions of the page.
        old: The region as it is kept; None while a new one is drawn.
        grip: Which edges of it move.
        new: As it will be kept; None while nothing has moved.
    """

    start: QPointF
    old: Region | None
    grip: Grip = WHOLE
    new: Region | None = None


class RegionLayer(QObject):
    """Lies over a picture; only while it is active the mouse and the keys are its own.

    It keeps nothing: what a person does comes out of ``wanted``, and what is kept goes in by ``show_regions``.

    Attributes:
        wanted: The person wants these regions; carries a tuple of ``Region``.
        chosen_changed: Another region is chosen, or none.
    """

    wanted = Signal(object)
    chosen_changed = Signal()

    def __init__(self, view: QGraphicsView, page_rect: Callable[[], QRectF]) -> None:
        """Lies down on a view.

        Args:
            view: Shows the picture; it calls ``paint`` when all else is painted.
            page_rect: Where the page lies in the scene; empty while there is no picture.
        """
        super().__init__(view)
        self._view = view
        self._page_rect = page_rect
        self._regions: tuple[Region, ...] = ()
        self._chosen: Region | None = None
        self._hold: _Hold | None = None
        self._is_active = False
        self._draws_only = False

    # What is shown

    @property
    def regions(self) -> tuple[Region, ...]:
        """As they are kept."""
        return self._regions

    @property
    def chosen(self) -> Region | None:
        """The region that keys and handles change."""
        return self._chosen if self._chosen in self._regions else None

    @property
    def is_active(self) -> bool:
        """Whether regions can be drawn."""
        return self._is_active

    def show_regions(self, regions: Sequence[Region]) -> None:
        """Shows regions as they are kept; the chosen one stays chosen if it is among them."""
        if tuple(regions) == self._regions:
            return
        self._regions = tuple(regions)
        if self.chosen is None:
            self.choose(None)
        self._repaint()

    def set_active(self, active: bool) -> None:
        """Takes mouse and keys, or gives them back."""
        self._is_active = active
        self._hold = None
        self.choose(None)
        if active:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._view.viewport().setCursor(Qt.CursorShape.CrossCursor if active else Qt.CursorShape.ArrowCursor)
        self._repaint()

    def draw_only(self, only: bool) -> None:
        """Lets what is drawn next be “only here”, or ignored; nothing is chosen, so that it can be drawn anywhere."""
        self._draws_only = only
        self.choose(None)

    def paint(self, painter: QPainter) -> None:
        """Paints the regions, over everything that the view has painted."""
        regions = self._as_held()
        if not regions or self.has_no_page():
            return
        painter.save()
        painter.resetTransform()
        painter.setFont(self._view.font())
        held = self._hold.new if self._hold is not None else None
        placed = [(region, self.rect_of(region)) for region in regions]
        paint_regions(painter, self.page(), placed, held or self.chosen, faintly=not self._is_active)
        painter.restore()

    # Where it lies, in device-independent pixels of the view

    def has_no_page(self) -> bool:
        """Whether there is no picture to draw on."""
        return self._page_rect().isEmpty()

    def page(self) -> QRectF:
        """Where the page lies."""
        return QRectF(self._view.viewportTransform().mapRect(self._page_rect()))

    def rect_of(self, region: Region) -> QRectF:
        """Where a region lies."""
        page = self.page()
        return QRectF(
            QPointF(page.left() + region.left * page.width(), page.top() + region.top * page.height()),
            QPointF(page.left() + region.right * page.width(), page.top() + region.bottom * page.height()),
        )

    def at(self, place: QPointF) -> list[Region]:
        """The regions at a place, the smallest first."""
        at = [region for region in self._regions if self.rect_of(region).contains(place)]
        return sorted(at, key=lambda region: (region.right - region.left) * (region.bottom - region.top))

    def grip_at(self, place: QPointF) -> tuple[Region | None, Grip]:
        """What would be taken hold of at a place; where that is nothing, a new region is drawn.

        Within an “only here” region that is not chosen there is nothing either: it may be as large as the page, and
        what is to be ignored in it must be drawn there.
        """
        if self.chosen is not None:
            rect = self.rect_of(self.chosen)
            for grip in HANDLES:
                square = QRectF(QPointF(), QSizeF(HANDLE + 4, HANDLE + 4))
                square.moveCenter(handle_place(rect, grip))
                if square.contains(place):
                    return self.chosen, grip
            if rect.contains(place):
                return self.chosen, WHOLE
        for region in self.at(place):
            within = self.rect_of(region).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE).contains(place)
            if not (region.is_only and within):
                return region, WHOLE
        return None, WHOLE

    # Choosing

    def choose(self, region: Region | None) -> None:
        """Chooses a region, or none."""
        if region == self._chosen:
            return
        self._chosen = region
        self._view.setAccessibleDescription(self.describe_chosen())
        if region is not None:
            self._bring_into_view(region)
        self._repaint()
        self.chosen_changed.emit()

    def choose_next(self, step: int) -> bool:
        """Chooses the next region (1) or the one before (-1); gives whether there is one."""
        self.let_go()
        if self.chosen is not None:
            number = self._regions.index(self.chosen) + step
        else:
            number = 0 if step > 0 else len(self._regions) - 1
        there = 0 <= number < len(self._regions)
        self.choose(self._regions[number] if there else None)
        return there

    def describe_chosen(self) -> str:
        """Which region is chosen, in words; empty if none is."""
        if self.chosen is None:
            return ""
        number = self._regions.index(self.chosen) + 1
        return _("Region {number} of {count}, {kind}").format(
            number=number, count=len(self._regions), kind=words_of(self.chosen).lower()
        )

    # Holding: what moves is seen at once, and wanted when it is let go

    @property
    def is_held(self) -> bool:
        """Whether something is held."""
        return self._hold is not None

    def take_hold(self, place: QPointF, *, anew: bool) -> None:
        """Takes hold of what is at a place; ``anew``: of nothing, to draw a region."""
        region, grip = (None, WHOLE) if anew else self.grip_at(place)
        self._hold = _Hold(self._fraction(place), region, grip)

    def pull_to(self, place: QPointF) -> None:
        """Draws, moves or sizes as far as a place."""
        hold = self._hold
        if hold is None:
            return
        here = self._fraction(place)
        if hold.old is None:
            hold.new = drawn(hold.start, here, is_only=self._draws_only)
        elif hold.grip == WHOLE:
            hold.new = moved(hold.old, here - hold.start)
        else:
            hold.new = sized(hold.old, hold.grip, here - hold.start)
        self._repaint()

    def nudge(self, by: QPointF, *, sizes: bool) -> None:
        """Moves the chosen region, or its right and bottom edges, by fractions of the page."""
        if self._hold is None:
            self._hold = _Hold(QPointF(), self.chosen)
        now = self._hold.new or self._hold.old
        if now is not None:
            self._hold.new = sized(now, Grip(1, 1), by) if sizes else moved(now, by)
            self._bring_into_view(self._hold.new)
            self._repaint()

    def let_go(self) -> None:
        """Lets go, and wants what came of it."""
        hold = self._hold
        if hold is None or hold.new is None or (hold.old is None and self._is_slip(hold.new)):
            self.drop_hold()
            return
        regions = tuple(self._as_held())
        self._hold = None
        self._want(regions, hold.new)

    def drop_hold(self) -> None:
        """Lets go, and leaves everything as it was."""
        self._hold = None
        self._repaint()

    # What keys and menu do

    def delete_chosen(self) -> None:
        """Wants all but the chosen region."""
        self.let_go()
        if self.chosen is not None:
            number = self._regions.index(self.chosen)
            self._want(self._regions[:number] + self._regions[number + 1 :], None)

    def delete_all(self) -> None:
        """Wants no region."""
        self._want((), None)

    def turn_chosen_over(self) -> None:
        """Makes of an ignored region one that alone counts, or the other way round."""
        if (chosen := self.chosen) is not None:
            other = replace(chosen, is_only=not chosen.is_only)
            self._want(tuple(other if region == chosen else region for region in self._regions), other)

    def insert(self) -> None:
        """Draws a region in the middle of what is seen, for people without a mouse."""
        self.let_go()
        seen = QRectF(self._view.viewport().rect()) & self.page()
        middle = QRectF(QPointF(), seen.size() / 3)
        middle.moveCenter(seen.center())
        new = drawn(self._fraction(middle.topLeft()), self._fraction(middle.bottomRight()), is_only=self._draws_only)
        self._want((*self._regions, new), new)

    def _want(self, regions: tuple[Region, ...], chosen: Region | None) -> None:
        self._repaint()
        if regions != self._regions:
            self.wanted.emit(regions)
        self.choose(chosen if chosen in self._regions else None)

    def _as_held(self) -> list[Region]:
        """The regions as they are to be seen at present."""
        hold = self._hold
        if hold is None or hold.new is None:
            return list(self._regions)
        if hold.old is None:
            return [*self._regions, hold.new]
        return [hold.new if region == hold.old else region for region in self._regions]

    def _is_slip(self, region: Region) -> bool:
        rect = self.rect_of(region)
        return min(rect.width(), rect.height()) < _LEAST

    def _fraction(self, place: QPointF) -> QPointF:
        page = self.page()
        return QPointF((place.x() - page.left()) / page.width(), (place.y() - page.top()) / page.height())

    def _bring_into_view(self, region: Region) -> None:
        to_scene, _ = self._view.viewportTransform().inverted()
        self._view.ensureVisible(to_scene.mapRect(self.rect_of(region)), 16, 16)

    def _repaint(self) -> None:
        self._view.viewport().update()
