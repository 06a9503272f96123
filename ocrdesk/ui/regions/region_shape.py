"""How a person's hand changes a region: drawn, moved, sized; always within the page."""

from dataclasses import dataclass, replace
from itertools import product

from PySide6.QtCore import QPointF, QRectF

from ocrdesk.engine.layout.regions import Region

LEAST = 0.004
"""Part of the page's width and height that a region has at least: thinner ones could not be taken hold of again."""


@dataclass(frozen=True, slots=True)
class Grip:
    """Which edges of a region move.

    Attributes:
        across: -1 the left edge, 1 the right one, 0 neither.
        down: -1 the top edge, 1 the bottom one, 0 neither.
    """

    across: int = 0
    down: int = 0


WHOLE = Grip()
"""No edge alone: the region as it is goes elsewhere."""

HANDLES = tuple(Grip(across, down) for down, across in product((-1, 0, 1), repeat=2) if across or down)
"""The corners, and the middle of each edge."""


def drawn(start: QPointF, end: QPointF, *, is_only: bool) -> Region:
    """The region between two points, in fractions of the page; what lies outside of the page is cut off."""
    left, right = sorted((_on_page(start.x()), _on_page(end.x())))
    top, bottom = sorted((_on_page(start.y()), _on_page(end.y())))
    return Region(left, top, right, bottom, is_only)


def moved(region: Region, by: QPointF) -> Region:
    """The region elsewhere, of the same size; it stops at the edges of the page."""
    right = min(max(by.x(), -region.left), 1 - region.right)
    down = min(max(by.y(), -region.top), 1 - region.bottom)
    return replace(
        region,
        left=_on_page(region.left + right),
        top=_on_page(region.top + down),
        right=_on_page(region.right + right),
        bottom=_on_page(region.bottom + down),
    )


def sized(region: Region, grip: Grip, by: QPointF) -> Region:
    """The region with some of its edges elsewhere; an edge stops before the one across from it."""
    left, top, right, bottom = region.left, region.top, region.right, region.bottom
    if grip.across < 0:
        left = _on_page(min(left + by.x(), right - LEAST))
    elif grip.across > 0:
        right = _on_page(max(right + by.x(), left + LEAST))
    if grip.down < 0:
        top = _on_page(min(top + by.y(), bottom - LEAST))
    elif grip.down > 0:
        bottom = _on_page(max(bottom + by.y(), top + LEAST))
    return replace(region, left=left, top=top, right=right, bottom=bottom)


def handle_place(rect: QRectF, grip: Grip) -> QPointF:
    """Where on a rectangle a handle lies."""
    centre = rect.center()
    return QPointF(centre.x() + grip.across * rect.width() / 2, centre.y() + grip.down * rect.height() / 2)


def _on_page(part: float) -> float:
    return min(1.0, max(0.0, part))
