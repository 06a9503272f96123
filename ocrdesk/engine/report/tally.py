"""Counts the words of thousands of pages: how likely right they are, and how large they are printed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.library.reported import LineRow, PageRow
from ocrdesk.engine.quality import CHECK_BELOW

CONFIDENCES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
"""From where on words belong to each bar."""

POINTS = (0.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 14.0)
PIXELS = (0.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 60.0)
"""The same for the size of the print, in points, or in pixels where the resolution is not known."""

SMALL_POINTS, SMALL_PIXELS = 6.0, 10.0
"""Print smaller than this is hard to read."""

TYPE_SIZE = 0.8
"""The size of a type, in heights of the lines that are found of it."""

PDF_DPI = 300
"""The pixels an inch has of which the places in a PDF's own text are told."""

POINTS_PER_INCH = 72

_WORD = np.dtype([("start", "<u4"), ("end", "<u4"), ("left", "<f4"), ("right", "<f4"), ("confidence", "<f4")])
_WORD_BYTES = _WORD.itemsize


class Unit(Enum):
    """What the bars of a distribution are labelled with."""

    PERCENT = "percent"
    POINTS = "points"
    PIXELS = "pixels"


@dataclass(frozen=True, slots=True)
class Bar:
    """The words of a distribution that are alike.

    Attributes:
        begin: From which value on.
        words: How many there are.
        page_ids: The pages they are on.
        is_poor: Whether they are worth a look.
    """

    begin: float
    words: int
    page_ids: tuple[int, ...]
    is_poor: bool


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many words have which values.

    Attributes:
        unit: In what the values are.
        bars: The words, from the least value to the greatest.
        left_out: How many words are not counted, because their value is not known.
    """

    unit: Unit
    bars: tuple[Bar, ...]
    left_out: int = 0


class Tally:
    """Counts words, some pages at a time.

    Attributes:
        words: How many words each page has.
    """

    def __init__(self, pages: Sequence[PageRow]) -> None:
        """Begins with nothing counted.

        Args:
            pages: The pages whose lines will be added.
        """
        self.words: Counter[int] = Counter()
        self._page_ids = [page.id for page in pages]
        self._place_of = {page.id: place for place, page in enumerate(pages)}
        self._points = np.array([_points_a_pixel(page) for page in pages])
        self._sure = np.zeros((len(pages), len(CONFIDENCES)), np.int32)
        self._in_points = np.zeros((len(pages), len(POINTS)), np.int32)
        self._in_pixels = np.zeros((len(pages), len(PIXELS)), np.int32)

    def add(self, lines: Iterable[LineRow]) -> None:
        """Counts the words of some lines."""
        rows = list(lines)
        if not rows:
            return
        page_ids, sure, polygons, packed, spoken = zip(*rows, strict=True)
        place = np.array([self._place_of[page_id] for page_id in page_ids])
        measured = np.array([len(words) // _WORD_BYTES for words in packed])
        counts = np.where(measured > 0, measured, spoken)
        words = np.frombuffer(b"".join(packed), _WORD)
        unmeasured = measured == 0
        confidence = np.concatenate((words["confidence"], np.repeat(sure, np.where(unmeasured, counts, 0))))
        of_page = np.concatenate((np.repeat(place, measured), np.repeat(place, np.where(unmeasured, counts, 0))))
        _count(self._sure, of_page, confidence, CONFIDENCES, np.ones(len(confidence)))
        corners = np.frombuffer(b"".join(polygons), "<f4").reshape(-1, 4, 2)
        across, down = _sides(corners)
        size = TYPE_SIZE * np.minimum(across, down)
        _count(self._in_pixels, place, size, PIXELS, counts)
        known = self._points[place] > 0
        _count(self._in_points, place[known], (size * self._points[place])[known], POINTS, counts[known])
        per_page = np.bincount(place, counts, len(self._page_ids))
        for at in np.flatnonzero(per_page):
            self.words[self._page_ids[at]] += int(per_page[at])

    def confidence(self) -> Distribution:
        """Returns how likely right the words are."""
        return Distribution(Unit.PERCENT, self._bars(self._sure, CONFIDENCES, CHECK_BELOW))

    def print_size(self) -> Distribution:
        """Returns how large the words are printed: in points, if the resolution of most of them is known."""
        in_points, all_words = int(self._in_points.sum()), int(self._in_pixels.sum())
        if 2 * in_points >= all_words and all_words:
            bars = self._bars(self._in_points, POINTS, SMALL_POINTS)
            return Distribution(Unit.POINTS, bars, all_words - in_points)
        return Distribution(Unit.PIXELS, self._bars(self._in_pixels, PIXELS, SMALL_PIXELS))

    def _bars(self, counts: npt.NDArray[np.int32], begins: Sequence[float], poor_below: float) -> tuple[Bar, ...]:
        return tuple(
            Bar(
                begin,
                int(counts[:, number].sum()),
                tuple(self._page_ids[at] for at in np.flatnonzero(counts[:, number])),
                end <= poor_below,
            )
            for number, (begin, end) in enumerate(zip(begins, (*begins[1:], np.inf), strict=True))
        )


def _points_a_pixel(page: PageRow) -> float:
    """Returns how many points a pixel of a page is; 0 if that is unknown."""
    dpi = PDF_DPI if page.is_own_text else page.scan.dpi if page.scan is not None else 0.0
    return POINTS_PER_INCH / dpi if dpi else 0.0


def _sides(corners: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    a, b, c, d = (corners[:, number].astype(np.float64) for number in range(4))
    across = (np.hypot(*(b - a).T) + np.hypot(*(c - d).T)) / 2
    down = (np.hypot(*(d - a).T) + np.hypot(*(c - b).T)) / 2
    return across, down


def _count(
    counts: npt.NDArray[np.int32],
    of_page: npt.NDArray[np.int64],
    values: npt.NDArray[np.floating],
    begins: Sequence[float],
    weights: npt.NDArray[np.number],
) -> None:
    """Adds the weights of values to the counts of their pages, each in the column in which it lies."""
    column = np.searchsorted(begins, values.astype(np.float64), side="right") - 1
    flat = of_page * len(begins) + column.clip(0)
    first = int(flat.min()) if len(flat) else 0
    added = np.bincount(flat - first, weights)
    counts.reshape(-1)[first : first + len(added)] += added.astype(np.int32)
