"""Finds out which way up a page is, once for the whole page and not line by line.

The shapes of the text lines show whether the page lies on its side. A vote of the classifier on a few long lines raises
the suspicion that it is upside down; then reading those lines both ways decides.
"""

from collections.abc import Callable, Sequence

import numpy as np

from ocrdesk.engine.decode import Pixels, turn_pixels
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.lines import Boxes, as_input, cut_out, is_standing, sizes_of
from ocrdesk.engine.recognition.ppocr.sessions import Floats
from ocrdesk.engine.recognition.read_line import ReadLine, ReadWord
from ocrdesk.engine.written import is_ideographic

VOTERS = 12
"""How many of the longest lines the classifier looks at."""

SUSPICIOUS = 0.34
"""If at least this share of the voters looks upside down, lines are read both ways."""

READERS = 8
"""How many of the longest lines are read both ways."""

LONGEST_READ = 20
"""A line that is read both ways is cut off at this many times its height: more of it would not tell more."""

SURE = 0.75
"""Lines below this clearness do not count: a row of asterisks looks the same both ways."""

SINGLE = 3.0
"""A box that is less than this many times as high as wide may hold one upright letter."""

EVIDENCE = 1.9
"""Two letters as clear as print: the page is only turned if at least this much more is read that way than as it lies.
On pictures without text, a letter or two are often misread."""

STANDING_SHARE = 0.6
"""A page lies on its side if more than this share of the total length of its lines is vertical."""

RUN_TOGETHER = 0.15
"""A line that covers more than this share of the picture is several close lines, a few huge letters, or a photo."""

LITTLE = 12
"""If this many clear letters are read besides such a line, the page is not on its side."""

DOWNWARDS = 0.7
"""Chinese is written vertically if its characters, each set upright, are read at least this well compared with the line
on its side."""

SET_UPRIGHT = (4, 12)
"""How many of the lines, and how many words of each (characters, in Chinese), are set upright at most."""

CLASSIFIED = (48, 192)
"""Height and width of the pictures that the classifier was trained with, in pixels."""


class Orientation:
    """Finds out which way up pages are, with the models of one worker.

    Args:
        find: Finds the text lines of an RGB picture.
        classify: The model: lines × 3 × 48 × 192.
        read: Reads RGB pictures of one line each.
    """

    def __init__(
        self,
        find: Callable[[Pixels], Boxes],
        classify: Callable[[Floats], Floats],
        read: Callable[[Sequence[Pixels]], list[ReadLine]],
    ) -> None:
        self._find = find
        self._classify = classify
        self._read = read

    def find_turn(self, picture: Pixels, boxes: Boxes) -> int:
        """Returns by how many degrees clockwise (0, 90, 180, 270) a picture must be turned to be upright.

        Args:
            picture: RGB.
            boxes: The lines found in it, n × 4 × 2.
        """
        if not len(boxes):
            return 0
        lengths, standing = sizes_of(boxes).max(axis=1), is_standing(boxes)
        if lengths[standing].sum() > STANDING_SHARE * lengths.sum():
            return self._turn_of_standing(picture, boxes[standing])
        crops = _cut_longest(picture, boxes[~standing], VOTERS)
        if sizes_of(boxes).prod(axis=1).max() > RUN_TOGETHER * picture.shape[0] * picture.shape[1]:
            clear = max(map(_weight, self._both_ways(crops[:READERS])))
            if clear < LITTLE and (turn := self._turn_of_unclear(picture, clear)):
                return turn
        return self._turn_of_lying(crops)

    def is_on_its_side(self, boxes: Boxes, crops: Sequence[Pixels], read: Sequence[ReadLine]) -> bool:
        """Whether horizontal lines are really vertical writing, so that the page must be turned clockwise once more.

        Args:
            boxes: The lines of a page that ``find_turn`` took for upright, n × 4 × 2.
            crops: RGB pictures of them.
            read: What was read of them: the reader recognizes Chinese characters that lie on their left side.
        """
        if not len(boxes) or not _mostly_ideographic(read) or 2 * is_standing(boxes).sum() > len(boxes):
            return False
        lying = [number for number, stands in enumerate(is_standing(boxes)) if not stands]
        longest = sorted(lying, key=lambda number: -len(read[number].text))[:READERS]
        lines = [read[number] for number in longest]
        return _weight(lines) >= EVIDENCE and self._is_written_downwards([crops[number] for number in longest], lines)

    def _turn_of_lying(self, crops: Sequence[Pixels]) -> int:
        if self._share_upside_down(crops) < SUSPICIOUS:
            return 0
        upright, flipped = self._both_ways(crops[:READERS])
        return 180 if _weight(flipped) - _weight(upright) >= EVIDENCE else 0

    def _turn_of_standing(self, picture: Pixels, boxes: Boxes) -> int:
        # Cutting out rotates a vertical line anticlockwise, which is 270 degrees clockwise.
        crops = _cut_longest(picture, boxes, READERS)
        anticlockwise, clockwise = self._both_ways(crops)
        lying = max(_weight(anticlockwise), _weight(clockwise))
        if lying < EVIDENCE:
            return self._turn_of_unclear(picture)
        if 2 * sum(crop.shape[1] < SINGLE * crop.shape[0] for crop in crops) > len(crops):
            # Digits and other single letters are upright in boxes that are higher than wide, and some read just as
            # clearly on their side.
            upright = self._read([np.ascontiguousarray(np.rot90(crop, -1)) for crop in crops])
            if lying - _weight(upright) < EVIDENCE:
                return 0
        if _weight(anticlockwise) <= _weight(clockwise):
            return 180 if self._is_written_downwards([crop[::-1, ::-1] for crop in crops], clockwise) else 90
        return 0 if self._is_written_downwards(crops, anticlockwise) else 270

    def _turn_of_unclear(self, picture: Pixels, clear: float = 0.0) -> int:
        """Looks for lines on the page laid on its side, because close vertical lines may be found two in one.

        Args:
            picture: The page.
            clear: The weight of what was read of the page as it is, which must be exceeded.
        """
        laid = turn_pixels(picture, 90)
        boxes = self._find(laid)
        upright, flipped = self._both_ways(_cut_longest(laid, boxes[~is_standing(boxes)], READERS))
        worse, better = sorted((_weight(upright), _weight(flipped)))
        if better - max(worse, clear) < EVIDENCE:
            return 0
        return 90 if _weight(upright) > _weight(flipped) else 270

    def _is_written_downwards(self, crops: Sequence[Pixels], read: Sequence[ReadLine]) -> bool:
        """Whether Chinese characters are upright in a vertical line, unlike those of a horizontal line on its side."""
        if not _mostly_ideographic(read):
            return False
        most, words = SET_UPRIGHT
        clear = [(crop, line) for crop, line in zip(crops, read, strict=True) if line.clearness >= SURE][:most]
        lying = sum(line.clearness * len(word.text) for _, line in clear for word in line.words[:words])
        set_upright = [_row_of(crop, line.words[:words]) for crop, line in clear if line.words]
        return _weight(self._read(set_upright)) >= DOWNWARDS * lying

    def _share_upside_down(self, crops: Sequence[Pixels]) -> float:
        if not crops:
            return 0.0
        likely = self._classify(as_input([_for_classifier(crop) for crop in crops], *CLASSIFIED))
        return float((likely[:, 1] > likely[:, 0]).mean())

    def _both_ways(self, crops: Sequence[Pixels]) -> tuple[list[ReadLine], list[ReadLine]]:
        read = self._read([*crops, *(crop[::-1, ::-1] for crop in crops)])
        return read[: len(crops)], read[len(crops) :]


def _cut_longest(picture: Pixels, boxes: Boxes, count: int) -> list[Pixels]:
    longest = boxes[np.argsort(-sizes_of(boxes).max(axis=1), kind="stable")[:count]]
    crops = [cut_out(picture, box) for box in longest]
    return [crop[:, : LONGEST_READ * crop.shape[0]] for crop in crops]


def _row_of(crop: Pixels, words: Sequence[ReadWord]) -> Pixels:
    """Returns the words of a line that was rotated anticlockwise, each turned back and set beside the one before."""
    length, side = crop.shape[1], crop.shape[0]
    cells = [
        crop[:, int(word.left * length) : max(int(word.left * length) + 1, int(word.right * length))] for word in words
    ]
    turned = [np.ascontiguousarray(np.rot90(cell, -1)) for cell in cells]
    return np.hstack([cv2.resize(cell, (side, side), interpolation=cv2.INTER_AREA).astype(np.uint8) for cell in turned])


def _for_classifier(crop: Pixels) -> Pixels:
    """Returns the beginning of a line in the classifier's size; a short line is padded with grey, as in training."""
    height, width = CLASSIFIED
    part = np.ascontiguousarray(crop[:, : crop.shape[0] * width // height])
    wide = max(1, min(width, round(height * part.shape[1] / part.shape[0])))
    part = cv2.resize(part, (wide, height), interpolation=cv2.INTER_AREA).astype(np.uint8)
    return cv2.copyMakeBorder(part, 0, 0, 0, width - wide, cv2.BORDER_CONSTANT, value=(127, 127, 127)).astype(np.uint8)


def _weight(read: Sequence[ReadLine]) -> float:
    return sum((line.clearness * len(line.text) for line in read if line.clearness >= SURE), 0.0)


def _mostly_ideographic(read: Sequence[ReadLine]) -> bool:
    letters = [letter for line in read for letter in line.text]
    return 2 * sum(map(is_ideographic, letters)) > len(letters)
