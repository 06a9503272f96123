"""Pictures of pages as large as they are looked at: loaded off the GUI thread, before they are asked for."""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Page
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.ui.kit.images import to_image
from ocrdesk.ui.kit.tasks import Lane, Tasks

log = logging.getLogger(__name__)

MOST_PIXELS_A_SIDE = 3200
"""A larger picture is shown reduced."""

MOST_KEPT = 3
MOST_BYTES = 160_000_000
"""How many pictures are kept, and how large all of them may be: the page that is looked at and one on each side."""

_SMALLEST = 400
"""Edge in pixels below which no further reduction is made."""

_Key = tuple[int, int, bytes | None]
"""Page, turn and fingerprint: a page that was turned, or whose file changed, has another picture."""


class ShownPicture:
    """A picture as large as it is looked at, and halves of it.

    Painted much reduced from its full size, it would show some of its pixels and leave out the rest, and letters would
    be jagged.

    Attributes:
        sizes: The picture, and each time half of the one before.
    """

    def __init__(self, image: QImage) -> None:
        self.sizes = [image]
        while min(self.sizes[-1].width(), self.sizes[-1].height()) > _SMALLEST:
            half = self.sizes[-1].size() / 2
            aspect, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.sizes.append(self.sizes[-1].scaled(half, aspect, smooth))

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        return sum(image.sizeInBytes() for image in self.sizes)


class Pictures(QObject):
    """Loads the picture of the page that is looked at, and those beside it; a page passed over in haste is not loaded.

    Attributes:
        arrived: The page that is looked at has its picture now; carries a ``ShownPicture``, None if it cannot be shown.
    """

    arrived = Signal(object)

    def __init__(self, decoder: Decoder, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decoder = decoder
        self._lane = tasks.lane()
        self._lane_beside = tasks.lane()  # so that the page that is looked at waits for none beside it
        self._looked_at: Page | None = None
        self._wanted: dict[_Key, Page] = {}
        self._loading: set[_Key] = set()
        self._kept: OrderedDict[_Key, ShownPicture] = OrderedDict()

    def has(self, page: Page) -> bool:
        """Whether the picture of a page is at hand."""
        return _key(page) in self._kept

    def look_at(self, page: Page | None) -> None:
        """Has ``arrived`` tell the picture of a page: at once, if it is there."""
        self._looked_at = page
        self._wanted = {_key(page): page} if page is not None else {}
        if page is None:
            return
        key = _key(page)
        if key in self._kept:
            self._kept.move_to_end(key)
            self.arrived.emit(self._kept[key])
        else:
            self._load(key, page, self._lane)

    def expect(self, pages: Sequence[Page]) -> None:
        """Loads pages that may be looked at next, the likeliest first."""
        for page in pages:
            self._wanted = {**self._wanted, _key(page): page}  # a new one: threads look at it
            self._load(_key(page), page, self._lane_beside)

    def _load(self, key: _Key, page: Page, lane: Lane) -> None:
        if key in self._kept or key in self._loading:
            return
        self._loading.add(key)

        def load() -> ShownPicture | None:
            if key not in self._wanted:
                return None
            small = self._decoder.load_small(page.path, page.frame, page.turn, MOST_PIXELS_A_SIDE)
            return ShownPicture(to_image(small.pixels))

        lane.run(load, partial(self._on_loaded, key), partial(self._on_failed, key, page))

    def _on_loaded(self, key: _Key, picture: ShownPicture | None) -> None:
        self._loading.discard(key)
        if picture is not None:
            self._keep(key, picture)
            if self._is_looked_at(key):
                self.arrived.emit(picture)
        elif (page := self._wanted.get(key)) is not None:  # it was passed over, and then wanted again
            self._load(key, page, self._lane if self._is_looked_at(key) else self._lane_beside)

    def _on_failed(self, key: _Key, page: Page, error: OcrdeskError) -> None:
        self._loading.discard(key)
        log.warning("%s cannot be shown: %s", page.path, error)
        if self._is_looked_at(key):
            self.arrived.emit(None)

    def _keep(self, key: _Key, picture: ShownPicture) -> None:
        self._kept[key] = picture
        for wanted in reversed(
            self._wanted
        ):  # so that what is wanted goes last, the page that is looked at last of all
            if wanted in self._kept:
                self._kept.move_to_end(wanted)
        while len(self._kept) > 1 and (len(self._kept) > MOST_KEPT or self._bytes() > MOST_BYTES):
            self._kept.popitem(last=False)

    def _bytes(self) -> int:
        return sum(picture.bytes for picture in self._kept.values())

    def _is_looked_at(self, key: _Key) -> bool:
        return self._looked_at is not None and _key(self._looked_at) == key


def _key(page: Page) -> _Key:
    return page.id, page.turn, page.content
