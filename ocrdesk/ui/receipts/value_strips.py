"""Strips of pages: what is printed where a value was found, cut out off the GUI thread, a page at a time."""

import logging
from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.fields.table import Receipt
from ocrdesk.engine.geometry import Polygon
from ocrdesk.ui.kit.images import to_image
from ocrdesk.ui.kit.tasks import Tasks

log = logging.getLogger(__name__)

HEIGHT, WIDEST = 20, 320
"""Of a strip, in device-independent pixels."""

MOST_KEPT = 400
"""Pages whose strips are kept, of some 60 kilobytes each."""

MOST_WAITING = 24
"""Pages that wait to be loaded; where somebody scrolls past more of them, the earlier ones are forgotten."""

_LONGEST_EDGE = 1800
_ABOVE, _BESIDE = 0.15, 0.8
"""How much is seen round a value, in heights of it."""

Cut = dict[str, QImage]


class ValueStrips(QObject):
    """Gives strips that are at hand and loads the others, in the order in which they were asked for.

    Attributes:
        arrived: The strips of a page can be had now; carries its number.
    """

    arrived = Signal(int)

    def __init__(self, decoder: Decoder, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decoder = decoder
        self._lane = tasks.lane()
        self._ratio = 1.0
        self._kept: OrderedDict[int, tuple[Receipt, dict[str, QPixmap]]] = OrderedDict()
        self._waiting: OrderedDict[int, Receipt] = OrderedDict()
        self._is_loading = False

    def forget(self) -> None:
        """Loads nothing more, and all anew next time."""
        self._kept.clear()
        self._waiting.clear()

    def get(self, receipt: Receipt, name: str, ratio: float) -> QPixmap | None:
        """The strip of a value; None while it is being loaded, or if there is none.

        Args:
            receipt: The page and its values.
            name: The field.
            ratio: Device pixels of the screen for each device-independent one.
        """
        if ratio != self._ratio:
            self._ratio = ratio
            self._kept.clear()
        kept = self._kept.get(receipt.page.id)
        if kept is not None and kept[0].found is receipt.found:
            self._kept.move_to_end(receipt.page.id)
            return kept[1].get(name)
        self._waiting[receipt.page.id] = receipt
        self._waiting.move_to_end(receipt.page.id)
        while len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)
        self._load()
        return kept[1].get(name) if kept is not None else None  # until the new ones are there

    def _load(self) -> None:
        if not self._is_loading and self._waiting:
            self._is_loading = True
            _page_id, receipt = self._waiting.popitem(last=False)
            work = partial(_cut, self._decoder, receipt, round(HEIGHT * self._ratio), round(WIDEST * self._ratio))
            self._lane.run(work, partial(self._keep, receipt, self._ratio), partial(self._on_failed, receipt))

    def _keep(self, receipt: Receipt, ratio: float, cut: Cut) -> None:
        self._is_loading = False
        strips = {name: QPixmap.fromImage(image) for name, image in cut.items()}
        for strip in strips.values():
            strip.setDevicePixelRatio(ratio)
        self._kept[receipt.page.id] = receipt, strips
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit(receipt.page.id)
        self._load()

    def _on_failed(self, receipt: Receipt, error: OcrdeskError) -> None:
        log.warning("A receipt cannot be shown: %s", error)
        self._keep(receipt, self._ratio, {})


def _cut(decoder: Decoder, receipt: Receipt, height: int, widest: int) -> Cut:
    """In a thread: loads a page and cuts out where its values stand."""
    page = receipt.page
    longest = min(_LONGEST_EDGE, max(page.width or 1, page.height or 1))
    image = to_image(decoder.load_small(page.path, page.frame, page.turn, longest).pixels)
    scale = image.width() / (page.width or 1)
    return {
        name: _scaled(image.copy(_round(found.polygon, scale) & image.rect()), height, widest)
        for name, found in receipt.found.items()
        if found.polygon is not None
    }


def _round(polygon: Polygon, scale: float) -> QRect:
    across, down = zip(*polygon, strict=True)
    high = max(down) - min(down)
    left, top = min(across) - _BESIDE * high, min(down) - _ABOVE * high
    width, height = max(across) - min(across) + 2 * _BESIDE * high, high * (1 + 2 * _ABOVE)
    return QRect(int(left * scale), int(top * scale), max(1, round(width * scale)), max(1, round(height * scale)))


def _scaled(strip: QImage, height: int, widest: int) -> QImage:
    if strip.isNull():
        return strip
    width = min(widest, max(1, round(strip.width() * height / strip.height())))
    return strip.scaled(
        QSize(width, height), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
