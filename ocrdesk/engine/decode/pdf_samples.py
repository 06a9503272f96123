"""Cuts samples of a PDF's embedded text out of its page, to check that the text is what is drawn there."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from ocrdesk.engine.decode.pdf_ink import Grey
from ocrdesk.engine.decode.pdf_letters import Letter, bounds_of, letter_height, text_of
from ocrdesk.engine.decode.picture import Sample
from ocrdesk.engine.written import is_ideographic

FEWEST = 4
"""Fewest letters in a sample."""

WIDEST = 9.0
"""Greatest length of a sample, in letter heights: a longer one takes more time and proves no more."""

FONTS, OF_MAIN_FONT = 8, 2
"""How many fonts are sampled, the most frequent first, and how many samples are taken of that one. A rare font may be
that of the heading or of the total."""

SHORT, OF_SHORT = 8, 4
"""A sample with fewer letters and digits than this proves little; of a font without longer ones, as in a table, this
many samples are taken."""

FIGURES = 4
"""If a font has at least this many digits in a line, one sample has them: the digits alone may be mapped wrongly."""

SMALLEST = 9.0
"""Least letter height, in pixels of the drawing: smaller letters can hardly be read."""

MARGIN = 0.15
"""White space around a sample, in letter heights."""


def samples_of(runs: Sequence[Sequence[Letter]], turn: int, upright: Grey, share: float) -> tuple[Sample, ...]:
    """Takes samples from all over the page: long lines in a script that every recognizer reads.

    Args:
        runs: The letters of each line.
        turn: The turn of most letters; others are on their side in the drawing.
        upright: The page, drawn upright.
        share: The scale of that drawing, compared with the one to which the boxes of the letters refer.
    """
    stretches = [stretch for run in runs if (stretch := _stretch(run, turn, share))]
    by_font: dict[int, list[list[Letter]]] = defaultdict(list)
    for stretch in stretches:
        by_font[stretch[0].font].append(stretch)
    letters = Counter(letter.font for run in runs for letter in run if letter.is_mark)
    samples: list[Sample] = []
    for font in [font for font, _ in letters.most_common() if font in by_font][:FONTS]:
        is_short = max(map(_letters, by_font[font])) < SHORT
        count = OF_SHORT if is_short else 1 if samples else OF_MAIN_FONT
        chosen = _spread(by_font[font], count)
        figures = max(by_font[font], key=_digits)
        if _digits(figures) >= FIGURES > max(map(_digits, chosen)):
            chosen.append(figures)
        samples += [_sample(stretch, upright, share) for stretch in chosen]
    return tuple(samples)


def _stretch(run: Sequence[Letter], turn: int, share: float) -> list[Letter]:
    """Returns the longest part of a line, in one font, that can be a sample, or nothing."""
    best: list[Letter] = []
    begun: list[Letter] = []
    for letter in [*run, None]:
        fits = letter is not None and (not letter.is_mark or _is_readable(letter, turn, share))
        if letter is not None and fits and (not begun or not letter.is_mark or letter.font == begun[0].font):
            if begun or letter.is_mark:
                begun.append(letter)
            continue
        best = max(best, begun, key=_worth)
        begun = [letter] if letter is not None and fits and letter.is_mark else []
    best = _at_most(best)
    return best if _count(best) >= FEWEST else []


def _at_most(stretch: list[Letter]) -> list[Letter]:
    """Returns as much of a stretch as fits into ``WIDEST``, cut at the end of a word if possible."""
    if not stretch:
        return []
    end = stretch[0].box[0] + WIDEST * letter_height(stretch)
    within = [place for place, letter in enumerate(stretch) if letter.box[2] <= end]
    if len(within) == len(stretch):
        return stretch
    ends = [place for place in within if not stretch[place].is_mark and _count(stretch[:place]) >= FEWEST]
    return stretch[: ends[-1]] if ends else stretch[: len(within)]


def _count(stretch: Sequence[Letter]) -> int:
    return sum(letter.is_mark for letter in stretch)


def _letters(stretch: Sequence[Letter]) -> int:
    """Counts letters and digits: other characters are not compared."""
    return sum(letter.text.isalnum() for letter in stretch)


def _digits(stretch: Sequence[Letter]) -> int:
    return sum(letter.text.isdecimal() for letter in stretch)


def _worth(stretch: Sequence[Letter]) -> tuple[int, int]:
    return _letters(stretch), _count(stretch)


def _is_readable(letter: Letter, turn: int, share: float) -> bool:
    is_tall = letter.box[3] - letter.box[1] >= SMALLEST / share
    return is_tall and letter.turn == turn and is_of_known_script(letter.text)


def is_of_known_script(letter: str) -> bool:
    """Whether every recognizer reads letters like this one: Latin, Chinese, and what is used among them."""
    if letter.isascii() or is_ideographic(letter):
        return True
    return not letter.isalpha() or unicodedata.name(letter, "").startswith("LATIN")


def _spread(stretches: Sequence[list[Letter]], count: int) -> list[list[Letter]]:
    """Returns the stretch with the most text from each of ``count`` parts of the page."""
    parts = np.array_split(np.arange(len(stretches)), count) if stretches else []
    return [max((stretches[place] for place in part), key=_worth) for part in parts if len(part)]


def _sample(stretch: Sequence[Letter], upright: Grey, share: float) -> Sample:
    box = bounds_of([letter.box for letter in stretch if letter.is_mark])
    left, top, right, bottom = (side * share for side in box)
    margin = MARGIN * (bottom - top)
    rows = slice(max(0, round(top - margin / 2)), max(1, round(bottom + margin / 2)))
    columns = slice(max(0, round(left - margin)), max(1, round(right + margin)))
    pixels = np.repeat(upright[rows, columns, None], 3, axis=2)
    return Sample(text_of(stretch), stretch[0].font, pixels)
