"""Reads vertical lines on an upright page: labels of axes, headings of narrow columns, turned tables.

Cutting out rotates a vertical line as if it ran downwards. If that gives no clear letters, all vertical lines of the
page are also read the other way, because those on one page usually run the same way.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.ppocr.lines import Boxes, is_standing, sizes_of
from ocrdesk.engine.recognition.ppocr.orientation import EVIDENCE
from ocrdesk.engine.recognition.read_line import ReadLine

CLEAR = 0.95
"""If most vertical lines are read at least this clearly, as print is, they run downwards."""

BETTER = 1.2
"""How many times as much must be read the other way. On a page with lines that run upwards, each box that is about as
wide as high is also tested: its shape does not show which way its line runs."""


def read_upwards(
    read_again: Callable[[Sequence[Pixels]], list[ReadLine]],
    boxes: Boxes,
    crops: Sequence[Pixels],
    read: Sequence[ReadLine],
) -> tuple[list[Pixels], list[ReadLine]]:
    """Returns the lines of a page as cut out and read, with those that run upwards turned and read again.

    The positions of their words are left out, since words of a vertical line are taken to run downwards.

    Args:
        read_again: Reads RGB pictures of one line each.
        boxes: The lines, n × 4 × 2.
        crops: RGB pictures of them.
        read: What was read of them.
    """
    crops, read = list(crops), list(read)
    standing = [number for number, stands in enumerate(is_standing(boxes)) if stands]
    lengths = sizes_of(boxes)[:, 1]
    unclear = [number for number in standing if read[number].clearness < CLEAR]
    if 2 * lengths[unclear].sum() <= lengths[standing].sum():
        return crops, read
    flipped = [crops[number][::-1, ::-1] for number in standing]
    upwards = read_again(flipped)
    if _weight(upwards) < max(EVIDENCE, BETTER * _weight([read[number] for number in standing])):
        return crops, read
    short = np.flatnonzero(~is_standing(boxes) & ~is_standing(np.roll(boxes, 1, axis=1))).tolist()
    laid = [np.rot90(crops[number], -1) for number in short]
    again = [*zip(standing, flipped, upwards, strict=True)]
    again += [
        (number, crop, line)
        for number, crop, line in zip(short, laid, read_again(laid), strict=True)
        if _weight([line]) >= BETTER * _weight([read[number]])
    ]
    for number, crop, line in again:
        crops[number], read[number] = crop, replace(line, words=())
    return crops, read


def _weight(lines: Sequence[ReadLine]) -> float:
    return sum((line.clearness * len(line.text) for line in lines), 0.0)
