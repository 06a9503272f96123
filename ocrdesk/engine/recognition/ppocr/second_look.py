"""Reads rows of ink that the first look over a page found no line for."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.ink import Ink
from ocrdesk.engine.recognition.ppocr.ctc import ReadLine, is_ideographic
from ocrdesk.engine.recognition.ppocr.lines import Boxes, bounds_of, cut_out, grown, sizes_of
from ocrdesk.engine.recognition.ppocr.uncovered_ink import FEWEST, InkRow, large_rows, uncovered_ink

MARGIN = 0.4
"""A row is cut out with so much of its letters' height around it, as the detector does it."""

AT_ONCE = 2
"""So many rows are read, those with most letters first, and as many again as long as one of them was text: most rows of
a page that has many are the grain of a picture."""

WIDEST = 1.6
"""Beside other lines, letters so many times wider than high are hardly ever any: in a row of text some may touch each
other, in the grain of a picture most do. Of rows of text 98 in 100 are narrower, of others one in four."""

CLEAR = 0.88
"""What is less clear is no text, or none that can be read."""

FEWEST_LETTERS, FEWEST_IDEOGRAPHS = 3, 2
"""Texture is taken for two letters now and then, hardly ever for three clear ones or two Chinese characters."""

LEAST_READ = 0.4
"""Of the letters that a row seems to have, so many are read at least: a pattern gives one or two for many."""

PIECE = 0.6
"""A box that shares so much of its area with a row of huge letters, or of the row's, is a piece of it, or holds it."""

SMALL = 0.4
"""A box so high, compared with the letters of a row, is no piece of it."""

TOO_LARGE = 2.0
"""A box so many times as large as a row has taken more than it in."""

FEWEST_ALONE, CLEAR_ALONE = 1, 0.97
"""Where nothing else is on a page, one letter is enough, if it is so clear: it may be its number."""

LIKE_DIRT = frozenset("cCoO0ilI一")
"""One of these alone is hardly ever a number, but a hair, a ring or a stroke."""

Read = Callable[[Sequence[Pixels]], list[ReadLine]]
"""Reads RGB pictures of one line each."""


def look_again(
    picture: Pixels, ink: Ink, boxes: Boxes, lines: Sequence[ReadLine], read: Read
) -> tuple[Boxes, list[ReadLine]]:
    """The lines of a page, with those that stand in its uncovered ink, and huge ones in one piece.

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
    """The lines of a page, with those put in the place of their pieces that are too large for the detector."""
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
    """The numbers of boxes that are pieces of a row or cover far more than it.

    There are none where one box fits the row, or where mostly small lines stand in it: it is the paper, or a picture.
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
    return places, read([_cut_out(picture, place, row) for place, row in zip(places, rows, strict=True)])


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
