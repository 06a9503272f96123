"""Finds where words begin and end by the ink of their line, and how high they are.

The reader has a step for every eight pixels, and it gives a letter at any step that shows enough of it, mostly late. So
only the middles of letters are known, and not well; the white between words is seen exactly.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.word_heights import Inked, heights_of, without_rules
from ocrdesk.engine.recognition.read_line import ReadLine, ReadWord
from ocrdesk.engine.written import is_ideographic

SIDE = 48
"""Height, in pixels, to which a line is reduced before its ink is looked for."""

FAINTEST = 6
"""The least difference in grey levels between a line's ink and its background."""

DARK = 0.3
"""A column of pixels has ink if it is this far from the background to the strongest ink. From 0.2 to 0.5, words are
found equally well."""

RIM = 0.08
"""This much of a line's height at its top and bottom is left out, because it may show the lines above and below."""

STROKES, IDEOGRAPHIC_STROKES = 0.12, 0.35
"""White up to this wide, in line heights, may lie within the first or the last letter of a line; the second is for
Chinese characters, some of which have strokes far from each other."""

LETTER = 1.0
"""How far, in line heights, a letter may reach from its middle as the reader gives it."""

ASTRAY = 0.4
"""How far, in line heights, the ink of a letter may be from its middle as the reader gives it."""


@dataclass(frozen=True, slots=True)
class _Ink:
    """The runs of columns with ink, in pixels: where each begins and ends."""

    begins: Sequence[int]
    ends: Sequence[int]


def with_fitting_words(crop: Pixels, line: ReadLine) -> ReadLine:
    """Returns a line whose words end where their ink does; words whose ends are not seen stay as they are.

    Args:
        crop: An RGB picture of the line.
        line: What was read of it.
    """
    if line.has_places or not line.words or sum(len(word.text) for word in line.words) != len(line.middles):
        return line
    inked = _inked(crop)
    if inked is None:
        return line
    length, height = inked.shape[1], inked.shape[1] * crop.shape[0] / crop.shape[1]
    inked, columns = without_rules(inked)
    framed = np.zeros(length + 2, np.bool_)
    framed[1:-1] = columns
    changes = np.flatnonzero(framed[1:] != framed[:-1]).tolist()
    ink = _Ink(changes[::2], changes[1::2])
    letters = list(_letters_of(line, length))
    gaps = [_gap(ink, last, first, is_parted) for (_, last, _), (first, _, is_parted) in pairwise(letters)]
    before, after = (
        (IDEOGRAPHIC_STROKES if is_ideographic(letter) else STROKES) * height
        for letter in (line.words[0].text[0], line.words[-1].text[-1])
    )
    lefts = [_first_ink(ink, letters[0][0], height, before), *(gap and gap[1] for gap in gaps)]
    rights = [*(gap and gap[0] for gap in gaps), _last_ink(ink, letters[-1][1], height, after)]
    ends = list(map(_ends, line.words, lefts, rights, [length] * len(lefts)))
    rim = int(RIM * crop.shape[0]) / crop.shape[0]
    heights = heights_of(inked, line.words, [(round(begin * length), round(end * length)) for begin, end in ends], rim)
    words = tuple(
        ReadWord(word.text, word.confidence, *along, word.rival_letters, across)  # "replace" takes ten times as long
        for word, along, across in zip(line.words, ends, heights, strict=True)
    )
    return replace(line, words=words)


def _ends(word: ReadWord, left: int | None, right: int | None, length: int) -> tuple[float, float]:
    begin = word.left if left is None else left / length
    end = word.right if right is None else right / length
    return (begin, end) if begin < end else (word.left, word.right)


def _letters_of(line: ReadLine, length: int) -> Iterator[tuple[float, float, bool]]:
    """Yields the middles of the first and the last letter of each word, and whether white parts it from the last word.

    Between Chinese characters there need not be any.
    """
    letter = place = 0
    for word in line.words:
        start = line.text.find(word.text, place)
        is_parted = start > place or not is_ideographic(word.text[0])
        place, letter = start + len(word.text), letter + len(word.text)
        yield line.middles[letter - len(word.text)] * length, line.middles[letter - 1] * length, is_parted


def _inked(crop: Pixels) -> Inked | None:
    """Returns which pixels of a line are ink, without its rim, or None if it has a single colour."""
    height, width = crop.shape[:2]
    rim = int(RIM * height)
    grey = cv2.extractChannel(crop[rim : height - rim], 1)
    if height > SIDE:
        grey = cv2.resize(grey, (max(1, round(width * SIDE / height)), SIDE), interpolation=cv2.INTER_AREA)
    counts = np.bincount(grey[::2, ::4].ravel()).cumsum()
    darkest, ground, lightest = np.searchsorted(counts, counts[-1] * np.array([0.01, 0.5, 0.99])).tolist()
    if max(ground - darkest, lightest - ground) < FAINTEST:
        return None
    inked: Inked
    if ground - darkest >= lightest - ground:
        inked = grey < ground - DARK * (ground - darkest)
    else:
        inked = grey > ground + DARK * (lightest - ground)
    return inked


def _gap(ink: _Ink, last: float, first: float, is_parted: bool) -> tuple[int, int] | None:
    """Returns the white between two words: the widest between the middles of the letters that stand there.

    Between two Chinese characters it is that nearest to the place halfway, because there is white within them, too.
    """
    before = max(1, bisect_left(ink.begins, last))
    after = min(len(ink.begins) - 1, bisect_right(ink.ends, first))
    gaps = [(ink.ends[number - 1], ink.begins[number]) for number in range(before, after + 1)]
    if not gaps:
        return None
    if is_parted:
        return max(gaps, key=lambda gap: gap[1] - gap[0])
    begin, end = min(gaps, key=lambda gap: abs(gap[0] + gap[1] - last - first))
    return (begin, end) if abs(begin + end - last - first) <= first - last else None


def _first_ink(ink: _Ink, middle: float, height: float, white: float) -> int | None:
    """Returns where the ink of a line's first letter begins, which may have white of some width within."""
    number = bisect_right(ink.begins, middle + STROKES * height) - 1
    if number < 0 or ink.ends[number] < middle - ASTRAY * height:
        return None
    while number and ink.begins[number] - ink.ends[number - 1] <= white:
        if middle - ink.begins[number - 1] > LETTER * height:
            break
        number -= 1
    return ink.begins[number]


def _last_ink(ink: _Ink, middle: float, height: float, white: float) -> int | None:
    """Returns where the ink of a line's last letter ends, likewise."""
    number = bisect_left(ink.ends, middle - STROKES * height)
    if number == len(ink.ends) or ink.begins[number] > middle + ASTRAY * height:
        return None
    while number + 1 < len(ink.ends) and ink.begins[number + 1] - ink.ends[number] <= white:
        if ink.ends[number + 1] - middle > LETTER * height:
            break
        number += 1
    return ink.ends[number]
