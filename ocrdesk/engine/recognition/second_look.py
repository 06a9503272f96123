"""Reads rows of ink that the first look over a page found no line for."""

from collections.abc import Callable, Sequence

import numpy as np

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.ctc import ReadLine, is_ideographic
from ocrdesk.engine.recognition.ink import Ink
from ocrdesk.engine.recognition.lines import Boxes, cut_out, grown
from ocrdesk.engine.recognition.uncovered_ink import FEWEST, InkRow, uncovered_ink

MARGIN = 0.4
"""A row is cut out with so much of its letters' height around it, as the detector does it."""

MOST_ROWS = 30
"""So many rows of a page are read, those with most letters: a page with more is a picture."""

CLEAR = 0.85
"""What is less clear is no text, or none that can be read."""

FEWEST_LETTERS = 3
"""Texture is taken for two letters now and then, hardly ever for three clear ones."""

FEWEST_IDEOGRAPHS = 2

LEAST_READ = 0.4
"""Of the letters that a row seems to have, so many are read at least: a pattern gives one or two for many."""

FEWEST_ALONE = 2
"""Where nothing else is on a page, two letters are enough: they may be its number."""


def read_uncovered(
    picture: Pixels, ink: Ink, boxes: Boxes, read: Callable[[Sequence[Pixels]], list[ReadLine]]
) -> tuple[Boxes, list[ReadLine]]:
    """The lines that stand in a page's uncovered ink, and what they say.

    Args:
        picture: The upright page, RGB.
        ink: Its ink.
        boxes: The lines found on it, n × 4 × 2.
        read: Reads RGB pictures of one line each.
    """
    fewest = FEWEST if len(boxes) else FEWEST_ALONE
    rows = sorted(uncovered_ink(ink, boxes, fewest), key=lambda row: -row.letters)[:MOST_ROWS]
    if not rows:
        return np.zeros((0, 4, 2), np.float32), []
    height, width = picture.shape[:2]
    margins = np.array([MARGIN * row.height for row in rows], np.float32)
    places: Boxes = grown(np.stack([row.box for row in rows]), margins).clip(0, (width - 1, height - 1))
    lines = read([_cut_out(picture, place, row) for place, row in zip(places, rows, strict=True)])
    fewest = FEWEST_LETTERS if len(boxes) else 1
    sure = [
        number for number, line in enumerate(lines) if _is_text(line, max(fewest, LEAST_READ * rows[number].letters))
    ]
    return places[sure], [lines[number] for number in sure]


def _cut_out(picture: Pixels, place: Boxes, row: InkRow) -> Pixels:
    crop = cut_out(picture, place)
    return (255 - crop).astype(np.uint8) if row.is_light else crop


def _is_text(line: ReadLine, fewest: float) -> bool:
    letters = [letter for letter in line.text if letter.isalnum()]
    ideographs = sum(map(is_ideographic, letters))
    return line.clearness >= CLEAR and (len(letters) >= fewest or ideographs >= FEWEST_IDEOGRAPHS)
