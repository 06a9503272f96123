"""How words are marked on pictures of pages, the same everywhere."""

from math import dist

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from ocrdesk.engine.geometry import Polygon, is_standing, slices_of

BEFORE, AFTER = 0.18, 0.12
"""Words are measured up to half a letter late: what is painted begins and ends by this part of its height outside."""

TINT = 0.55
"""How strongly a word is tinted."""


def widened(word: Polygon) -> QPolygonF:
    """Returns a word as it is tinted, a little longer than it was measured."""
    length = length_of(word)
    share = height_of(word) / length if length else 0.0
    (place,) = slices_of(word, [(-BEFORE * share, 1 + AFTER * share)])
    return QPolygonF([QPointF(x, y) for x, y in place])


def height_of(polygon: Polygon) -> float:
    """Returns how high a line or word is across the way in which it is read, in the pixels of its polygon."""
    across, down = _sides(polygon)
    return across if is_standing(polygon) else down


def length_of(polygon: Polygon) -> float:
    """Returns how long it is in the way in which it is read."""
    across, down = _sides(polygon)
    return down if is_standing(polygon) else across


def _sides(polygon: Polygon) -> tuple[float, float]:
    a, b, c, d = polygon
    return (dist(a, b) + dist(d, c)) / 2, (dist(a, d) + dist(b, c)) / 2
