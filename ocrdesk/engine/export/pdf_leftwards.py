"""Text that is read from right to left as a PDF has it: in the order in which it stands on the page.

Printed programs write it so, and readers turn it round. How they do that, they have in common: from the right, letters
of Hebrew or Arabic and what is between them are turned, up to a letter of another script or a figure; what comes then
stays as it is, up to the next letter that is read from the right. Commas, points, hyphens and signs of currencies count
as figures. So each word is written in such a way that this gives it back. Where it would take the white beside a word
to the other side of it, a mark without width, which Unicode has for this, ends the run.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from unicodedata import bidirectional

from ocrdesk.engine.direction import has_leftward, order_on_paper, runs_left
from ocrdesk.engine.geometry import Polygon

PlacedText = tuple[str, Polygon, bool]
"""A word, its place, and whether there is white before it."""

MARKS = _TO_LEFT, _TO_RIGHT = "\u200f", "\u200e"
"""They stand beside words, have no width, and count as letters that are read from the right, or from the left."""

_LETTERS = frozenset({"R", "AL"})
_STAYING = frozenset({"L", "EN", "AN", "ES", "ET", "CS"})

_IN_MIRROR = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")

_WORD = re.compile(r"\S+")


def from_left(words: Sequence[PlacedText], *, page_runs_left: bool) -> list[PlacedText]:
    """Returns the words of a line as they stand from left to right, their letters likewise.

    Args:
        words: In the order in which they are read; or the line as a single one, if their places were not measured.
        page_runs_left: Whether most of the page is read from right to left.
    """
    if len(words) == 1:
        return [(_line_from_left(words[0][0], page_runs_left=page_runs_left), *words[0][1:])]
    order = sorted(range(len(words)), key=lambda number: words[number][1][0][0] + words[number][1][1][0])
    texts = _with_marks([_turned(words[number][0]) for number in order], order, page_runs_left=page_runs_left)
    shown: list[PlacedText] = []
    before: int | None = None
    for number, text in zip(order, texts, strict=True):
        follows = before is not None and abs(before - number) == 1
        is_apart = before is not None and not (follows and not words[max(before, number)][2])
        shown.append((text, words[number][1], is_apart))
        before = number
    return shown


def bare(text: str) -> str:
    """Returns a text without the marks beside its words."""
    return text.translate(dict.fromkeys(map(ord, MARKS)))


def _line_from_left(text: str, *, page_runs_left: bool) -> str:
    word_at = {place: found for found in _WORD.finditer(text) for place in range(*found.span())}
    order = order_on_paper(text, leftwards=runs_left(text, page_runs_left))
    words = list(dict.fromkeys(word_at[place] for place in order if place in word_at))
    starts = [word.start() for word in words]
    return " ".join(_with_marks([_turned(word[0]) for word in words], starts, page_runs_left=page_runs_left))


def _turned(word: str) -> str:
    """A word from left to right, of letters and of figures in turn; one without letters that are turned stays."""
    if not has_leftward(word):
        return word
    runs: list[tuple[bool, str]] = []
    for letter in word:
        kind = bidirectional(letter)
        stays = kind in _STAYING or (kind not in _LETTERS and bool(runs) and runs[-1][0])
        if runs and runs[-1][0] == stays:
            runs[-1] = stays, runs[-1][1] + letter
        else:
            marks = _marks_behind(runs[-1][1]) if stays and runs else ""
            if marks:  # those of the last letter go with the figures, where readers leave them behind it
                runs[-1] = False, runs[-1][1][: -len(marks)]
            runs.append((stays, marks + letter))
    return "".join(text if stays else _backwards(text) for stays, text in reversed(runs))


def _backwards(text: str) -> str:
    """Letters from the last to the first, brackets in a mirror; several marks of one letter keep their order."""
    clusters: list[str] = []
    for letter in text:
        if bidirectional(letter) == "NSM" and clusters:
            clusters[-1] = clusters[-1][:-1] + letter + clusters[-1][-1]
        else:
            clusters.append(letter.translate(_IN_MIRROR))
    return "".join(reversed(clusters))


def _marks_behind(text: str) -> str:
    return "".join(reversed([*takewhile(lambda letter: bidirectional(letter) == "NSM", reversed(text))]))


def _with_marks(words: Sequence[str], order: Sequence[int], *, page_runs_left: bool) -> list[str]:
    """Words from left to right, with marks at those behind which readers would take white to the other side.

    Args:
        words: As they stand from left to right.
        order: Which of the words of the line each of them is, in the order in which they are read.
        page_runs_left: Whether most of the page is read from right to left: then readers begin at the right.
    """
    marked = list(words)
    for number in range(len(words) - 1):
        goes_left = order[number] > order[number + 1]
        if page_runs_left and goes_left and _is_turned_at(words[number + 1], 0) is False:
            marked[number + 1] = _TO_LEFT + marked[number + 1]
        if not page_runs_left and not goes_left and _is_turned_at(words[number], -1) is True:
            marked[number] += _TO_RIGHT
    return marked


def _is_turned_at(word: str, end: int) -> bool | None:
    """Whether the first or the last of its letters and figures is a letter that is turned; None: it has neither."""
    kinds = [kind for letter in word if (kind := bidirectional(letter)) in _LETTERS | _STAYING]
    return kinds[end] in _LETTERS if kinds else None
