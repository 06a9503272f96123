"""Places on a page, and the lines and corrections that lie there."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPolygonF

from ocrdesk.engine.document import Correction, Polygon


def contains(polygon: Polygon, place: QPointF) -> bool:
    """Whether a place lies within a line or on its edge."""
    shape = QPolygonF([QPointF(x, y) for x, y in polygon])
    return shape.containsPoint(place, Qt.FillRule.WindingFill) or place in shape.toList()


def removed_at(corrections: Iterable[Correction], place: QPointF) -> Correction | None:
    """The line that was removed at a place, if one was."""
    found = (it for it in corrections if it.after is None and it.numbers and contains(it.polygon, place))
    return next(found, None)
