"""Finds from where to where the ink of words reaches across their line, whose polygon has white above and below."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.geometry import ALL_ACROSS, in_steps
from ocrdesk.engine.recognition.read_line import ReadWord
from ocrdesk.engine.written import is_ideographic

Inked = npt.NDArray[np.bool_]
"""Which pixels of a line are ink: height × width."""

CORE = 0.4, 0.6
"""Letters have ink between these parts of the height of their line, whatever they are; marks need not."""

WHITE, IDEOGRAPHIC_WHITE = 0.14, 0.25
"""White this high, in heights of the line, parts a word from what is above and below it. There is less between an i and
its dot, but not within all Chinese characters."""

RULED = 0.95
"""A row of pixels in a piece of a line is a rule if so much of it is ink: letters have white between them."""

REACH = 2.5
"""How long a piece of a line is in which rules are looked for, in heights of the line: a rule may lie askew to it, or
under a few words alone; but a dash is shorter."""

THICKEST = 0.2
"""No rule is thicker than this part of the height of a line."""

_Rows = tuple[int, int]
"""The first row with ink, and the first one below it without."""


def without_rules(ink: Inked) -> tuple[Inked, Inked]:
    """Returns the ink of a line without rules over, under or through its words, and which columns have ink then."""
    height, width = ink.shape
    columns: Inked = np.logical_or.reduce(ink, axis=0)
    count = max(1, int(width / (REACH * height)))
    ends = [number * width // count for number in range(count + 1)]
    full = np.add.reduceat(columns, ends[:-1], dtype=np.int32) >= RULED * np.diff(ends)
    if not full.any() or width < REACH * height:
        return ink, columns
    clear = ink.copy()
    for number in np.flatnonzero(full).tolist():  # only where there is hardly any white it is looked at rows
        piece = clear[:, ends[number] : ends[number + 1]]
        ruled = piece.mean(axis=1) >= RULED
        if ruled.sum() <= THICKEST * height:
            piece[ruled] = False
    return clear, np.logical_or.reduce(clear, axis=0)


def heights_of(
    ink: Inked, words: Sequence[ReadWord], ends: Sequence[tuple[int, int]], rim: float
) -> list[tuple[float, float]]:
    """Returns from where to where the ink of each word reaches, as fractions of the height of the line.

    Args:
        ink: Of the line.
        words: From left to right.
        ends: In which column each begins, and the first one behind it.
        rim: The part of the line above the ink that is given, and below it.
    """
    edges = _edges(len(ink), rim)
    return [(edges[rows[0]], edges[rows[1]]) if rows else ALL_ACROSS for rows in _rows_of(ink, words, ends)]


@lru_cache(maxsize=64)
def _edges(rows: int, rim: float) -> Sequence[float]:
    """Returns where each row of a line begins, and where the last one ends, as fractions of the line's height."""
    inner = [in_steps(rim + (1 - 2 * rim) * row / rows) for row in range(1, rows)]
    return [ALL_ACROSS[0], *inner, ALL_ACROSS[1]]  # what reaches the rim reaches into it


def _rows_of(ink: Inked, words: Sequence[ReadWord], ends: Sequence[tuple[int, int]]) -> list[_Rows | None]:
    """Returns in which rows each word has ink."""
    height, width = ink.shape
    inside = [(max(0, begin), min(width, max(end, begin + 1))) for begin, end in ends]
    begins_and_ends = [min(width - 1, place) for pair in inside for place in pair]
    columns = np.logical_or.reduceat(ink, begins_and_ends, axis=1)[:, ::2].T.tobytes()
    rows = [columns[place : place + height] for place in range(0, len(columns), height)]
    found = [
        _around_core(its, height, is_ideographic(word.text[0])) if any(map(str.isalnum, word.text)) else None
        for word, its in zip(words, rows, strict=True)
    ]
    top = min((its[0] for its in found if its), default=0)
    bottom = max((its[1] for its in found if its), default=height)
    return [its or _within(row, top, bottom) for its, row in zip(found, rows, strict=True)]


def _around_core(rows: bytes, height: int, is_wide: bool) -> _Rows | None:
    """Returns the rows of a word with letters: those in the middle of the line, and what is near above and below."""
    at = rows.find(1, int(CORE[0] * height), int(CORE[1] * height) + 1)
    if at < 0:
        return None
    white = bytes(max(2, round((IDEOGRAPHIC_WHITE if is_wide else WHITE) * height)))
    above, below = rows.rfind(white, 0, at), rows.find(white, at)
    top = rows.index(1, above + len(white) if above >= 0 else 0)
    return top, rows.rindex(1, 0, below if below >= 0 else height) + 1


def _within(rows: bytes, top: int, bottom: int) -> _Rows | None:
    """Returns the rows of a mark, which is no higher than the words beside it."""
    first = rows.find(1, top, bottom)
    return (first, rows.rindex(1, top, bottom) + 1) if first >= 0 else None
