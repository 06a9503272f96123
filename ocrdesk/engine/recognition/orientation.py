"""Which way up a page is, decided once a page by its lines and not line by line.

The shapes of the lines tell whether the page lies on its side; a vote of the classifier over a few long lines raises
the suspicion that it stands on its head; reading those lines both ways decides.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels

VOTERS = 12
"""How many of the longest lines the classifier looks at."""

READERS = 5
"""How many of the longest lines are read both ways."""

SURE = 0.75
"""Confidence from which a page that lies on its side is believed."""


class _Models(Protocol):
    def upside_down(self, crops: Sequence[Pixels]) -> list[bool]: ...
    def recognize(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]: ...


def find_turn(
    models: _Models,
    picture: Pixels,
    boxes: npt.NDArray[np.float32],
    cut_out: Callable[[Pixels, npt.NDArray[np.float32]], Pixels],
) -> int:
    """Tells by how many degrees clockwise (0, 90, 180, 270) a picture must be turned to stand upright.

    Args:
        models: The classifier and the reader of lines.
        picture: RGB.
        boxes: The lines found in it, n × 4 × 2.
        cut_out: Cuts a line out and lays a standing one on its side, turning it anticlockwise.
    """
    if not len(boxes):
        return 0
    sizes = np.ptp(boxes, axis=1)
    longest = np.argsort(-sizes.max(axis=1))
    standing = sizes[:, 1] > 1.5 * sizes[:, 0]
    if sizes[standing].max(axis=1, initial=0).sum() > 0.6 * sizes.max(axis=1).sum():
        chosen = [index for index in longest if standing[index]][:READERS]
        crops = [cut_out(picture, boxes[index]) for index in chosen]
        # Cutting out turns a standing line anticlockwise, by 270 degrees clockwise.
        anticlockwise, clockwise = models.recognize(crops), models.recognize(_flipped(crops))
        if max(_confidence(anticlockwise), _confidence(clockwise)) < SURE:
            return 0
        if _confidence(anticlockwise) <= _confidence(clockwise):
            return 90
        # Chinese written downwards is read in just this way too, and such a page already stands upright.
        return 0 if _mostly_chinese(anticlockwise) else 270
    crops = [cut_out(picture, boxes[index]) for index in longest if not standing[index]]
    votes = models.upside_down(crops[:VOTERS])
    if 2 * sum(votes) <= len(votes):
        return 0
    upright, flipped = models.recognize(crops[:READERS]), models.recognize(_flipped(crops[:READERS]))
    return 180 if _confidence(flipped) > _confidence(upright) else 0


def _flipped(crops: Sequence[Pixels]) -> list[Pixels]:
    return [np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops]


def _confidence(read: list[tuple[str, float]]) -> float:
    letters = sum(len(text) for text, _ in read)
    return sum(confidence * len(text) for text, confidence in read) / letters if letters else 0.0


def _mostly_chinese(read: list[tuple[str, float]]) -> bool:
    letters = [letter for text, _ in read for letter in text]
    return 2 * sum("\u2e80" <= letter <= "\u9fff" for letter in letters) > len(letters)
