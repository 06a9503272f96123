"""Pictures of cells: cut out of their pages off the GUI thread, a page at a time."""

import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from ocrdesk.engine.decode import Decoder, Pixels
from ocrdesk.engine.document import Page
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.review.crops import Frame, Grey, crop_of, is_line_typed
from ocrdesk.engine.review.groups import Member
from ocrdesk.ui.kit.tasks import Tasks

log = logging.getLogger(__name__)

MOST_KEPT = 800
"""Pictures of cells, of some 14 to 56 kilobytes each."""

CELL = Frame(134, 104, 62)
"""The picture of a cell, in device-independent pixels: its line is 62 high."""

LINE = Frame(720, 64, 32)
"""The picture of a line that is shown under the pointer."""


class CellPictures(QObject):
    """Gives pictures that are at hand and loads the others, those that were asked for first sooner.

    Attributes:
        arrived: The picture of a word can be had now; carries its ``key``.
        line_arrived: The picture of a line was cut out; carries the member and the picture.
        pages: The pages that words are on.
    """

    arrived = Signal(object)
    line_arrived = Signal(object, QPixmap)

    def __init__(self, decoder: Decoder, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pages: Mapping[int, Page] = {}
        self._decoder = decoder
        self._lane = tasks.lane(threads=2)
        self._lines = tasks.lane()
        self._ratio = 1.0
        self._kept: OrderedDict[object, QPixmap | None] = OrderedDict()
        self._loading: set[object] = set()
        self._round = 0

    def set_ratio(self, ratio: float) -> None:
        """Makes pictures for another screen from now on.

        Args:
            ratio: Device pixels for each device-independent one.
        """
        if ratio != self._ratio:
            self._ratio = ratio
            self.forget()

    def forget(self) -> None:
        """Cuts all out anew next time."""
        self._round += 1
        self._kept.clear()
        self._loading.clear()

    def get(self, member: Member) -> QPixmap | None:
        """The picture of a cell; None while it is being loaded, or if there is none."""
        return self._kept.get(_key(member))

    def has_none(self, member: Member) -> bool:
        """Whether there is no picture, as opposed to not yet."""
        key = _key(member)
        return key in self._kept and self._kept[key] is None

    def is_there(self, members: Iterable[Member]) -> bool:
        """Whether the pictures of all of these can be had, or that there are none is known."""
        return all(_key(member) in self._kept for member in members)

    def want(self, members: Iterable[Member], beside: Iterable[Member] = ()) -> None:
        """Loads pictures, those of a page together.

        Args:
            members: The parts of words of which pictures are wanted.
            beside: Others that are cut out as well where their page is loaded anyway.
        """
        by_page: dict[int, list[Member]] = {}
        for member in members:
            key = _key(member)
            if key in self._kept:
                self._kept.move_to_end(key)
            elif key not in self._loading:
                self._loading.add(key)
                by_page.setdefault(member.placed.page_id, []).append(member)
        for member in beside:
            key = _key(member)
            if member.placed.page_id in by_page and key not in self._kept and key not in self._loading:
                self._loading.add(key)
                by_page[member.placed.page_id].append(member)
        for page_id, some in by_page.items():
            page = self.pages.get(page_id)
            if page is None:
                self._keep(self._round, [(member, None) for member in some])
            else:
                cut = partial(self._cut, page, some, _scaled(CELL, self._ratio))
                none: list[tuple[Member, Grey | None]] = [(member, None) for member in some]
                self._lane.run(cut, partial(self._keep, self._round), partial(self._on_failed, self._round, none))

    def want_line(self, member: Member, ratio: float) -> None:
        """Cuts the line of a word out, for ``line_arrived``."""
        page = self.pages.get(member.placed.page_id)
        if page is None:
            return
        line = member.placed.line

        def cut() -> Grey:
            pixels, scale = load_page(self._decoder, page)
            return crop_of(pixels, scale, line.polygon, line.text, (0, len(line.text)), _scaled(LINE, ratio))

        def done(grey: Grey) -> None:
            self.line_arrived.emit(member, _pixmap(grey, ratio))

        self._lines.run(cut, done, lambda error: None)

    def _cut(self, page: Page, members: Sequence[Member], frame: Frame) -> list[tuple[Member, Grey | None]]:
        """In a thread: loads a page and cuts cells out of it."""
        pixels, scale = load_page(self._decoder, page)
        return [
            (
                member,
                crop_of(
                    pixels, scale, member.placed.word.polygon, member.placed.word.text,
                    (member.start, member.end), frame, is_typed=is_line_typed(member.placed.line),
                ),
            )
            for member in members
        ]  # fmt: skip

    def _keep(self, asked: int, cut: Sequence[tuple[Member, Grey | None]]) -> None:
        if asked != self._round:
            return
        for member, grey in cut:
            key = _key(member)
            self._loading.discard(key)
            self._kept[key] = _pixmap(grey, self._ratio) if grey is not None else None
            self.arrived.emit(member.placed.key)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    def _on_failed(self, asked: int, none: Sequence[tuple[Member, Grey | None]], error: OcrdeskError) -> None:
        log.warning("A page of cells cannot be shown: %s", error)
        self._keep(asked, none)


def _key(member: Member) -> object:
    return member.placed.key, member.start, member.end


def load_page(decoder: Decoder, page: Page) -> tuple[Pixels, tuple[float, float]]:
    """A page as large as it was read, and how many of its pixels one of the upright page is."""
    pixels = decoder.load_small(page.path, page.frame, page.turn, max(page.width or 1, page.height or 1)).pixels
    return pixels, (pixels.shape[1] / (page.width or 1), pixels.shape[0] / (page.height or 1))


def _scaled(frame: Frame, ratio: float) -> Frame:
    return Frame(round(frame.width * ratio), round(frame.height * ratio), round(frame.line * ratio))


def _pixmap(grey: Grey, ratio: float) -> QPixmap:
    height, width = grey.shape
    held = np.ascontiguousarray(grey)  # until the copy is made
    pixmap = QPixmap.fromImage(QImage(held.data, width, height, width, QImage.Format.Format_Grayscale8).copy())
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
