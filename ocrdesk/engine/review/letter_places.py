"""Where the letters of a word are along it, which is not stored: from the usual widths of letters."""

from itertools import accumulate

from ocrdesk.engine.written import is_full_width

_NARROW, _SLIM, _BROAD = frozenset("iIl|!.,:;'’‘`·jJ1"), frozenset("tfr()[]{}/\\-\"“”°* "), frozenset("mwMWœæŒÆ@%&—…")
_WIDTHS = ((_NARROW, 0.55), (_SLIM, 0.7), (_BROAD, 1.5))


def width_of(letter: str) -> float:
    """Returns how wide a letter is in most fonts, compared with an ordinary one."""
    for letters, width in _WIDTHS:
        if letter in letters:
            return width
    if is_full_width(letter):
        return 2.0
    return 1.2 if letter.isupper() else 1.0


def place_of(text: str, start: int, end: int) -> tuple[float, float]:
    """Returns where a part of a word begins and ends, as fractions of the length of the word."""
    ends = [0.0, *accumulate(width_of(letter) for letter in text)]
    return ends[start] / ends[-1], ends[end] / ends[-1]
