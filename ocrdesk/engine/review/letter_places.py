"""Where the letters of a word are along it, which is not stored: found by the usual widths of letters and the ink."""

from itertools import accumulate

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.written import is_full_width

_NARROW, _SLIM, _BROAD = frozenset("iIl|!.,:;'’‘`·jJ1íìï"), frozenset('tfr()[]{}/\\-"“”°* '), frozenset("mwMWœæŒÆ@%&—…")
_WIDTHS = ((_NARROW, 0.6), (_SLIM, 0.75), (_BROAD, 1.4))

STEPS = 12
"""Columns that an ordinary letter has on average where cuts are looked for."""

LEAST, MOST = 0.35, 1.9
"""How much narrower or wider than expected a letter may be; in a typescript, an i is as wide as an m."""

STIFF = 0.25
"""What a letter costs that is half as wide again as expected, against a cut through the densest column."""


def width_of(letter: str) -> float:
    """Returns how wide a letter is in most fonts, compared with an ordinary one."""
    for letters, width in _WIDTHS:
        if letter in letters:
            return width
    if is_full_width(letter):
        return 2.0
    return 1.15 if letter.isupper() else 1.0


def likely_cuts(text: str) -> list[float]:
    """Returns where letters begin and the last one ends, as fractions of the word's length, by their usual widths."""
    ends = [0.0, *accumulate(width_of(letter) for letter in text)]
    return [end / ends[-1] for end in ends]


def cuts_in(text: str, ink: npt.NDArray[np.float32]) -> list[float]:
    """Returns the same as ``likely_cuts``, moved to where there is little ink.

    Of all ways to cut the word, the one is taken that cuts through the least ink with letters of the likeliest widths.

    Args:
        text: The word.
        ink: How much ink each column of the word has, in any unit; some ``STEPS`` columns for each letter.
    """
    likely = likely_cuts(text)
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
