"""Strips of pages on which something was found, cut out off the GUI thread."""

import logging
import math
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Page
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.search.found import Hit
from ocrdesk.ui.kit.images import to_image
from ocrdesk.ui.kit.tasks import Tasks
from ocrdesk.ui.kit.theme import token
from ocrdesk.ui.kit.word_marks import height_of, widened

log = logging.getLogger(__name__)

STRIP = QSize(620, 40)
"""A strip at most, in device-independent pixels as all sizes here."""

MOST_KEPT = 400
"""Strips, of up to 100 kilobytes each."""

_LINE = 24.0
"""How high the line is in its strip."""

_BEFORE, _AFTER = 14.0, 24.0
"""What is seen before and after a line, or before the found word where the line is too long for a strip."""

_MOST_ZOOM = 4.0
_THREADS = 2

_SOFTEST = 1.25
"""How many times its size a picture may be enlarged in a strip."""

_PAGES_KEPT = 6
"""Pictures of pages, of some megabytes each: who types on mostly finds other words on the same pages."""


class HitStrips(QObject):
    """Gives strips that are at hand and loads the others, a page at a time.

    Attributes:
        arrived: Strips of a page can be had now.
    """

    arrived = Signal()

    def __init__(self, decoder: Decoder, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decoder = decoder
        self._lane = tasks.lane(threads=_THREADS)
        self._ratio = 1.0
        self._picture = lru_cache(maxsize=_PAGES_KEPT)(self._load)
        self._kept: OrderedDict[Hit, QPixmap | None] = OrderedDict()
        self._loading: set[Hit] = set()
        self._wanted: frozenset[Hit] = frozenset()

    def set_ratio(self, ratio: float) -> None:
        """Makes strips for another screen from now on.

        Args:
            ratio: Device pixels for each device-independent one.
        """
        if ratio != self._ratio:
            self._ratio = ratio
            self._kept.clear()

    def get(self, hit: Hit) -> QPixmap | None:
        """The strip of a hit; None while it is being loaded, or if there is none."""
        return self._kept.get(hit)

    def has_none(self, hit: Hit) -> bool:
        """Whether there is no strip, as opposed to not yet."""
        return hit in self._kept and self._kept[hit] is None

    def want(self, hits: Iterable[tuple[Hit, Page]]) -> None:
        """Loads strips of places that are seen; those that were wanted before and are not begun are forgotten."""
        by_page: dict[int, tuple[Page, list[Hit]]] = {}
        wanted = list(hits)
        self._wanted = frozenset(hit for hit, _ in wanted)
        for hit, page in wanted:
            if hit in self._kept:
                self._kept.move_to_end(hit)
            elif hit not in self._loading:
                self._loading.add(hit)
                by_page.setdefault(page.id, (page, []))[1].append(hit)
        for page, some in by_page.values():
            self._lane.run(partial(self._cut, page, some), partial(self._keep, some), partial(self._on_failed, some))

    def _cut(self, page: Page, hits: Sequence[Hit]) -> list[QImage] | None:
        """In a thread: loads a page no larger than is needed, and cuts strips out of it; None: no longer wanted."""
        if self._wanted.isdisjoint(hits):
            return None
        zoom = max(_zoom(hit) for hit in hits)
        width, height = page.width or 1, page.height or 1
        longest = math.ceil(max(width, height) / 2 ** halvings(zoom * self._ratio))
        picture = self._picture(page.path, page.frame, page.turn, longest)
        return [strip_of(picture, width, hit, self._ratio) for hit in hits]

    def _load(self, path: Path, frame: int, turn: int, longest: int) -> QImage:
        """In a thread."""
        return to_image(self._decoder.load_small(path, frame, turn, longest).pixels)

    def _keep(self, hits: Sequence[Hit], strips: Sequence[QImage] | None) -> None:
        self._loading.difference_update(hits)
        if strips is None:
            return
        for hit, strip in zip(hits, strips, strict=True):
            self._kept[hit] = QPixmap.fromImage(strip)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit()

    def _on_failed(self, hits: Sequence[Hit], error: OcrdeskError) -> None:
        log.warning("What was found cannot be shown: %s", error)
        self._loading.difference_update(hits)
        self._kept.update(dict.fromkeys(hits))
        self.arrived.emit()


def strip_of(picture: QImage, width: float, hit: Hit, ratio: float) -> QImage:
    """Cuts the line of a hit out of its page, with the found words tinted.

    Args:
        picture: The page, upright, perhaps reduced.
        width: Of the page, in its own pixels.
        hit: What was found there.
        ratio: Device pixels for each device-independent one.
    """
    zoom = _zoom(hit)
    seen = _part(hit, zoom)
    strip = QImage(round(seen.width() * zoom * ratio), round(STRIP.height() * ratio), QImage.Format.Format_RGB32)
    strip.fill(Qt.GlobalColor.white)
    painter = QPainter(strip)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(zoom * ratio, zoom * ratio)
    painter.translate(-seen.left(), -seen.top())
    scale = width / picture.width()
    painter.drawImage(QRectF(0, 0, width, picture.height() * scale), picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(token("hit"))
    for polygon in hit.polygons:
        painter.drawPolygon(widened(polygon))
    painter.end()
    strip.setDevicePixelRatio(ratio)
    return strip


def first_seen(hit: Hit, width: int) -> float:
    """From where on a strip is seen that has no more room than this: so that the found word is.

    Args:
        hit: What was found there.
        width: The room, in device-independent pixels as the result.
    """
    if not hit.polygons:
        return 0.0
    zoom = _zoom(hit)
    seen, word = _part(hit, zoom), _rect(hit.polygons[0])
    begin, end = ((x - seen.left()) * zoom for x in (word.left(), word.right()))
    return max(0.0, min(end + _AFTER, seen.width() * zoom, begin - _BEFORE + width) - width)


def halvings(scale: float) -> int:
    """How often a picture that is shown so small can be halved: JPEG decodes halves much sooner than anything else."""
    return max(0, math.floor(math.log2(_SOFTEST / scale)))


def _zoom(hit: Hit) -> float:
    """How many device-independent pixels of a strip one of the page is."""
    height = height_of(hit.line_polygon)
    return min(_MOST_ZOOM, _LINE / height) if height else 1.0


def _part(hit: Hit, zoom: float) -> QRectF:
    """Which part of its page is seen: the whole line if it is short enough, else what stands round the found word."""
    line, word = _rect(hit.line_polygon), _rect(hit.polygons[0] if hit.polygons else hit.line_polygon)
    across, down = STRIP.width() / zoom, STRIP.height() / zoom
    left, right = line.left() - _BEFORE / zoom, line.right() + _AFTER / zoom
    if right - left > across:
        left = min(max(left, word.center().x() - across / 2), right - across)
        right = left + across
    return QRectF(left, word.center().y() - down / 2, right - left, down)


def _rect(polygon: Polygon) -> QRectF:
    xs, ys = [x for x, _ in polygon], [y for _, y in polygon]
    return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
