"""Reads text lines cut out of a page, in batches of equal width, so that nothing is computed for padding."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.ctc import best_path, joined
from ocrdesk.engine.recognition.ppocr.lines import as_input
from ocrdesk.engine.recognition.ppocr.sessions import Floats, Steps
from ocrdesk.engine.recognition.read_line import ReadLine

HEIGHT = 48
"""Height of the lines that the reader was trained with, in pixels."""

WIDTHS = (
    48, 64, 80, 96, 112, 128, 160, 192, 224, 272, 320, 384, 464, 560, 672, 800, 960, 1152, 1376,
)  # fmt: skip
"""A line is stretched or squeezed to the nearest of these widths, in pixels, by at most a tenth (the shortest by a
seventh). That needs no padding, and only a few widths, each of which costs the model 7 MB per worker."""

TOGETHER = {160: 4, 256: 2}
"""How many lines up to each of these widths are read at once; longer ones gain nothing from it."""

LONGEST_PIECE = 33
"""A line that is more than this many times as long as high is read in pieces."""

GAP = 6
"""A long line is cut at its emptiest place within this many heights."""


class LineReader:
    """Reads lines with the reader of one worker.

    Args:
        read: The model: lines × 3 × 48 × width.
        characters: The character of each of its classes; the first is the blank.
        width: How wide lines are made, compared with their own width.
    """

    def __init__(self, read: Callable[[Floats], Steps], characters: Sequence[str], width: float) -> None:
        self._width = width
        self._read = read
        self._characters = characters

    def read(self, crops: Sequence[Pixels]) -> list[ReadLine]:
        """Reads RGB pictures of one line each."""
        pieces = [_pieces(crop) for crop in crops]
        read = iter(self._read_pieces([piece for its in pieces for piece in its]))
        return [joined([next(read) for _ in its], [piece.shape[1] for piece in its]) for its in pieces]

    def _read_pieces(self, crops: Sequence[Pixels]) -> list[ReadLine]:
        widths = [width_for(crop, self._width) for crop in crops]
        lines: dict[int, ReadLine] = {}
        for width in sorted(set(widths)):
            alike = [number for number, its in enumerate(widths) if its == width]
            for group in _groups(alike, _together(width)):
                steps = self._read(as_input([_resized(crops[number], width) for number in group], HEIGHT, width))
                for place, number in enumerate(group):
                    lines[number] = best_path(steps.of_line(place), self._characters)
        return [lines[number] for number in range(len(crops))]


def _pieces(crop: Pixels) -> list[Pixels]:
    """Returns a line whole, or, if it is too long, in about equal pieces, cut between letters where it is emptiest."""
    height, width = crop.shape[:2]
    if width <= LONGEST_PIECE * height:
        return [crop]
    busy = cv2.blur(crop.astype(np.float32).std(axis=(0, 2))[None], (max(1, height // 4), 1))[0]
    count = -(-width // ((LONGEST_PIECE - GAP) * height))
    firsts = [number * width // count - GAP * height // 2 for number in range(1, count)]
    ends = [first + int(busy[first : first + GAP * height].argmin()) for first in firsts]
    return [crop[:, start:end] for start, end in pairwise([0, *ends, width])]


def width_for(crop: Pixels, share: float) -> int:
    """Returns the width in ``WIDTHS`` nearest, in proportion, to a given share of the line's own width."""
    wished = HEIGHT * crop.shape[1] / crop.shape[0] * share
    return min(WIDTHS, key=lambda width: max(width, wished) / min(width, wished))


def _together(width: int) -> int:
    return next((count for widest, count in TOGETHER.items() if width <= widest), 1)


def _groups(numbers: list[int], size: int) -> list[list[int]]:
    """Splits lines into groups of one size, the last one padded by repeating its last line.

    So the model sees only one input size for each width.
    """
    groups = [numbers[start : start + size] for start in range(0, len(numbers), size)]
    return [group + group[-1:] * (size - len(group)) for group in groups]


def _resized(crop: Pixels, width: int) -> Pixels:
    how = cv2.INTER_AREA if crop.shape[0] > HEIGHT else cv2.INTER_LINEAR
    return cv2.resize(np.ascontiguousarray(crop), (width, HEIGHT), interpolation=how).astype(np.uint8)
