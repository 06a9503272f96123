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

AT_ONCE = 4
"""So many rows are read, those with most letters first, and as many again as long as one of them was text: most rows of
a page that has many are the grain of a picture."""

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
    rows = sorted(uncovered_ink(ink, boxes, FEWEST if len(boxes) else FEWEST_ALONE), key=lambda row: -row.letters)
    found: list[Boxes] = []
    texts: list[ReadLine] = []
    for start in range(0, len(rows), AT_ONCE):
        group = rows[start : start + AT_ONCE]
        places = [_place(row, picture) for row in group]
        lines = read([_cut_out(picture, place, row) for place, row in zip(places, group, strict=True)])
        sure = [number for number, row in enumerate(group) if _is_text(lines[number], row, is_alone=not len(boxes))]
        if not sure:
            break
        found += [places[number] for number in sure]
        texts += [lines[number] for number in sure]
    return np.array(found, np.float32).reshape(-1, 4, 2), texts


def _place(row: InkRow, picture: Pixels) -> Boxes:
    height, width = picture.shape[:2]
    margin = np.array([MARGIN * row.height], np.float32)
    place: Boxes = grown(row.box[None], margin)[0].clip(0, (width - 1, height - 1)).astype(np.float32)
    return place


def _cut_out(picture: Pixels, place: Boxes, row: InkRow) -> Pixels:
    crop = cut_out(picture, place)
    return (255 - crop).astype(np.uint8) if row.is_light else crop


def _is_text(line: ReadLine, row: InkRow, *, is_alone: bool) -> bool:
    letters = [letter for letter in line.text if letter.isalnum()]
    if line.clearness < CLEAR or len(letters) < max(1, LEAST_READ * row.letters):
        return False
    return is_alone or len(letters) >= FEWEST_LETTERS or sum(map(is_ideographic, letters)) >= FEWEST_IDEOGRAPHS
