"""Where the letters of a word are along it, which is not stored: found by the usual widths of letters and the ink."""

from collections.abc import Iterable
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.written import is_full_width

_NARROW, _SLIM, _BROAD = frozenset("iIl|!.,:;'’‘`·jJ1íìï"), frozenset('tfr()[]{}/\\-"“”°* '), frozenset("mwMWœæŒÆ@%&—…")
_WIDTHS = ((_NARROW, 0.6), (_SLIM, 0.75), (_BROAD, 1.4))

STEPS = 12
"""Columns that an ordinary letter has on average where cuts are looked for."""

LEAST, MOST = 0.35, 1.9
"""How much narrower or wider than expected a letter may be: fonts differ."""

STIFF = 0.5
"""What a letter costs that is half as wide again as expected, against a cut through the densest column."""

LEAST_WORDS = 4
"""Of fewer words it cannot be told whether their letters are all of one width."""


def width_of(letter: str) -> float:
    """Returns how wide a letter is in most fonts, compared with an ordinary one."""
    for letters, width in _WIDTHS:
        if letter in letters:
            return width
    if is_full_width(letter):
        return 2.0
    return 1.15 if letter.isupper() else 1.0


def are_of_one_width(words: Iterable[tuple[str, float]]) -> bool:
    """Whether letters are all of one width, as a typewriter has them: an i is then as wide as an m.

    It is told from how long the words of a line are: whether that goes with how many letters they have, or with how
    wide these are in print.

    Args:
        words: The words of a line, each with its length in any unit.
    """
    some = list(words)
    if len(some) < LEAST_WORDS:
        return False
    lengths = np.array([length for _, length in some])
    typed, printed = (
        _misfit(np.array([sum(_widths(text, is_typed=is_typed)) for text, _ in some]), lengths)
        for is_typed in (True, False)
    )
    return typed < printed


def _widths(text: str, *, is_typed: bool) -> list[float]:
    return [(2.0 if is_full_width(letter) else 1.0) if is_typed else width_of(letter) for letter in text]


def _misfit(expected: npt.NDArray[np.float64], lengths: npt.NDArray[np.float64]) -> float:
    """How far lengths are from what is expected, in whatever unit, and with the white at the ends of each word."""
    known = np.stack([expected, np.ones_like(expected)], axis=1)
    found = np.linalg.lstsq(known, lengths, rcond=None)[0]
    return float(((known @ found - lengths) ** 2).sum())


def likely_cuts(text: str, *, is_typed: bool = False) -> list[float]:
    """Returns where letters begin and the last one ends, as fractions of the word's length, by their usual widths.

    Args:
        text: The word.
        is_typed: Whether its letters are all of one width.
    """
    ends = [0.0, *accumulate(_widths(text, is_typed=is_typed))]
    return [end / ends[-1] for end in ends]


def cuts_in(text: str, ink: npt.NDArray[np.float32], *, is_typed: bool = False) -> list[float]:
    """Returns the same as ``likely_cuts``, moved to where there is little ink.

    Of all ways to cut the word, the one is taken that cuts through the least ink with letters of the likeliest widths.

    Args:
        text: The word.
        ink: How much ink each column of the word has, in any unit; some ``STEPS`` columns for each letter.
        is_typed: Whether its letters are all of one width.
    """
    likely = likely_cuts(text, is_typed=is_typed)
    count, length = len(text), len(ink)
    if count < 2 or length < 2 * count or not ink.any():
        return likely
    through = np.append(ink, ink[-1]) / ink.max()
    through[1:] = np.minimum(through[1:], through[:-1])  # a cut lies between two columns
    best = np.full(length + 1, np.inf)
    best[0] = 0.0
    came = np.zeros((count + 1, length + 1), np.int32)
    for number in range(1, count + 1):
        wide = (likely[number] - likely[number - 1]) * length
        least, most = max(1, round(LEAST * wide)), min(length, max(2, round(MOST * wide)))
        found = np.full(length + 1, np.inf)
        for width in range(least, most + 1):
            cost = best[: length + 1 - width] + STIFF * ((width / wide - 1) / 0.5) ** 2
            better = cost < found[width:]
            found[width:][better] = cost[better]
            came[number, width:][better] = width
        best = found + (through if number < count else 0.0)
    if not np.isfinite(best[length]):
        return likely
    cuts, at = [length], length
    for number in range(count, 0, -1):
        at -= int(came[number, at])
        cuts.append(at)
    return [cut / length for cut in reversed(cuts)]
