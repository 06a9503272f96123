"""Reads rows of ink in which the detector found no text line."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.ink import Ink
from ocrdesk.engine.recognition.ppocr.lines import Boxes, bounds_of, cut_out, grown, sizes_of
from ocrdesk.engine.recognition.ppocr.uncovered_ink import FEWEST, InkRow, large_rows, uncovered_ink
from ocrdesk.engine.recognition.ppocr.word_ends import with_fitting_words
from ocrdesk.engine.recognition.read_line import ReadLine
from ocrdesk.engine.written import is_ideographic

MARGIN = 0.4
"""A row is cut out with this much of its letters' height around it, as much as the detector's boxes have."""

AT_ONCE = 2
"""Rows are read in groups of this many, those with most letters first, until a group has no text: if a page has many
rows, most of them are the grain of a picture."""

WIDEST = 1.6
"""On a page with other lines, a row is hardly ever text if its median letter is more than this many times as wide as
high: in a row of text some letters may touch, in the grain of a picture most do. Of rows of text 98 in 100 are
narrower, of other rows one in four."""

CLEAR = 0.88
"""What is read less clearly than this is no text, or none that can be read."""

FEWEST_LETTERS, FEWEST_IDEOGRAPHS = 3, 2
"""Fewest letters, or Chinese characters, in a row: texture is now and then read as two letters, but hardly ever as
three clear ones or two Chinese characters."""

LEAST_READ = 0.4
"""Least share of a row's apparent letters that must be read: in a pattern, one or two of many are."""

PIECE = 0.6
"""A box that shares this much of its own area with a row of huge letters is a piece of the row; one that shares this
much of the row's area contains it."""

SMALL = 0.4
"""A box lower than this, compared with the letters of a row, is no piece of the row."""

TOO_LARGE = 2.0
"""A box with more than this many times the area of a row contains more than the row."""

FEWEST_ALONE, CLEAR_ALONE = 1, 0.97
"""If a page has no other text, this many letters of this clearness are enough: it may be the page number."""

LIKE_DIRT = frozenset("cCoO0ilI一")
"""One of these on its own is hardly ever text, but a hair, a ring or a stroke."""

Read = Callable[[Sequence[Pixels]], list[ReadLine]]
"""Reads RGB pictures of one line each."""


def look_again(
    picture: Pixels, ink: Ink, boxes: Boxes, lines: Sequence[ReadLine], read: Read
) -> tuple[Boxes, list[ReadLine]]:
    """Returns the lines of a page, adding those found in uncovered ink and joining huge ones found in pieces.

    Args:
        picture: The upright page, RGB.
        ink: Its ink.
        boxes: The lines found on it, n × 4 × 2.
        lines: What was read of them.
        read: Reads RGB pictures of one line each.
    """
    boxes, lines = _in_one_piece(picture, ink, boxes, lines, read)
    is_alone = not any(line.text for line in lines)
    spots, letters = (FEWEST_ALONE, FEWEST_ALONE) if is_alone else (FEWEST, FEWEST_LETTERS)
    rows = [row for row in uncovered_ink(ink, boxes, spots) if is_alone or row.width <= WIDEST * row.height]
    rows.sort(key=lambda row: (-row.letters, -row.height))
    for start in range(0, len(rows), AT_ONCE):
        group = rows[start : start + AT_ONCE]
        places, texts = _read_rows(picture, group, read)
        sure = [number for number, row in enumerate(group) if _is_text(texts[number], row, letters)]
        if not sure:
            break
        boxes = np.concatenate([boxes, places[sure]])
        lines = [*lines, *(texts[number] for number in sure)]
    return boxes, list(lines)


def _in_one_piece(
    picture: Pixels, ink: Ink, boxes: Boxes, lines: Sequence[ReadLine], read: Read
) -> tuple[Boxes, Sequence[ReadLine]]:
    """Returns the lines of a page, with lines too large for the detector in place of the pieces found of them."""
    for row in large_rows(ink):
        pieces = _pieces_of(row, boxes)
        if not len(pieces):
            continue
        (place,), (line,) = _read_rows(picture, [row], read)
        if line.clearness >= CLEAR and len(line.text) >= max(len(lines[number].text) for number in pieces):
            rest = [number for number in range(len(boxes)) if number not in pieces]
            boxes = np.concatenate([boxes[rest], place[None]])
            lines = [*(lines[number] for number in rest), line]
    return boxes, lines


def _pieces_of(row: InkRow, boxes: Boxes) -> npt.NDArray[np.intp]:
    """Returns the numbers of the boxes that are pieces of a row or cover far more than it.

    There are none if a single box fits the row, or if it mostly contains small lines: then it is paper or a picture.
    """
    own, others = bounds_of(row.box[None])[0], bounds_of(boxes)
    shared = (np.minimum(own[2:], others[:, 2:]) - np.maximum(own[:2], others[:, :2])).clip(0).prod(axis=1)
    area, areas = (own[2:] - own[:2]).prod(), (others[:, 2:] - others[:, :2]).prod(axis=1)
    is_inside, is_small = shared >= PIECE * areas, sizes_of(boxes).min(axis=1) < SMALL * row.height
    pieces = np.flatnonzero(is_inside | (shared >= PIECE * area))
    if 2 * np.count_nonzero(is_inside & is_small) > len(pieces):
        return pieces[:0]
    return pieces if len(pieces) > 1 or (areas[pieces] > TOO_LARGE * area).any() else pieces[:0]


def _read_rows(picture: Pixels, rows: Sequence[InkRow], read: Read) -> tuple[Boxes, list[ReadLine]]:
    places = np.array([_place(row, picture) for row in rows], np.float32)
    crops = [_cut_out(picture, place, row) for place, row in zip(places, rows, strict=True)]
    return places, list(map(with_fitting_words, crops, read(crops)))


def _place(row: InkRow, picture: Pixels) -> Boxes:
    height, width = picture.shape[:2]
    margin = np.array([MARGIN * row.height], np.float32)
    place: Boxes = grown(row.box[None], margin)[0].clip(0, (width - 1, height - 1)).astype(np.float32)
    return place


def _cut_out(picture: Pixels, place: Boxes, row: InkRow) -> Pixels:
    crop = cut_out(picture, place)
    return (255 - crop).astype(np.uint8) if row.is_light else crop


def _is_text(line: ReadLine, row: InkRow, fewest: int) -> bool:
    letters = [letter for letter in line.text if letter.isalnum()]
    if line.clearness < CLEAR or len(letters) < LEAST_READ * row.letters:
        return False
    if len(letters) == 1 and (line.clearness < CLEAR_ALONE or letters[0] in LIKE_DIRT):
        return False
    return len(letters) >= fewest or sum(map(is_ideographic, letters)) >= FEWEST_IDEOGRAPHS
