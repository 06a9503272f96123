"""Places on a page, and the lines and corrections that lie there."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPolygonF

from ocrdesk.engine.document import Correction, Line
from ocrdesk.engine.geometry import Polygon


def contains(polygon: Polygon, place: QPointF) -> bool:
    """Whether a place lies within a line or on its edge."""
    shape = QPolygonF([QPointF(x, y) for x, y in polygon])
    return shape.containsPoint(place, Qt.FillRule.WindingFill) or place in shape.toList()


def removed_at(corrections: Iterable[Correction], place: QPointF) -> Correction | None:
    """The line that was removed at a place, if one was."""
    found = (it for it in corrections if it.after is None and it.numbers and contains(it.polygon, place))
    return next(found, None)


def line_above(polygon: Polygon, lines: Sequence[Line]) -> int | None:
    """The number of the line below which one is shown that is to be added; None: it is above all of them."""
    left, right, middle = polygon[0][0], polygon[1][0], (polygon[0][1] + polygon[2][1]) / 2
    above = [(line.polygon[3][1], number) for number, line in enumerate(lines) if line.polygon[3][1] <= middle]
    over = [
        (bottom, number)
        for bottom, number in above
        if lines[number].polygon[0][0] < right and left < lines[number].polygon[1][0]
    ]
    return max(over or above)[1] if above else None
