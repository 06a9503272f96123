"""Which way text runs, and where letters that are read from right to left stand beside those that are not.

Texts are kept in the order in which they are read. Where their letters stand on paper follows from the bidirectional
algorithm of Unicode (UAX #9), as far as it concerns one line without control characters: print has none.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from unicodedata import bidirectional

_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Blocks of scripts that run from right to left. A text without any of their characters is soon told."""

_RIGHT_TO_LEFT, _NUMBERS = ("R", "AL"), ("EN", "AN")


def has_leftward(text: str) -> bool:
    """Whether a text may have letters that are read from right to left."""
    return not text.isascii() and _LEFTWARDS.search(text) is not None


def runs_left(text: str, page_does: bool | None = None) -> bool:
    """Whether a line or a paragraph is read from right to left.

    Where all letters run one way, so does the line. Where some run the other way, it goes as its page does: a
    sentence in Hebrew may begin with the name of a firm in Latin letters, and even consist of them for the most part.

    Args:
        text: Its text.
        page_does: Whether its page is read from right to left; None: that is not known, and most letters decide.
    """
    if not has_leftward(text):
        return False
    left, right = _counted([text])
    return left > 0 and (not right or (left >= right if page_does is None else page_does))


def mostly_runs_left(texts: Iterable[str]) -> bool:
    """Whether a page or a part of it is read from right to left: most of its letters are. Figures do not count."""
    some = list(texts)
    if not any(map(has_leftward, some)):
        return False
    left, right = _counted(some)
    return left > right


def _counted(texts: Iterable[str]) -> tuple[int, int]:
    """How many letters run to the left, and how many to the right."""
    kinds = [bidirectional(letter) for text in texts for letter in text]
    return sum(kind in _RIGHT_TO_LEFT for kind in kinds), kinds.count("L")


def order_on_paper(text: str, *, leftwards: bool) -> list[int]:
    """Returns the places of a text’s characters in the order in which these stand from left to right.

    Args:
        text: One line.
        leftwards: Whether it is read from right to left as a whole.
    """
    levels = _levels(text, int(leftwards))
    order = list(range(len(text)))
    for level in range(max(levels, default=0), 0, -1):
        runs = groupby(order, [its >= level for its in levels].__getitem__)
        order = [place for is_turned, run in runs for place in (reversed(list(run)) if is_turned else run)]
    return order


def in_turns(pieces: Sequence[str], *, leftwards: bool) -> list[int]:
    """Returns in which order pieces of a line are read, of which some may run against its direction.

    Runs of such pieces are read the other way round. A figure goes with the words of such a run that stand before it in
    their own direction, as in “Windows 10”; in a line that runs to the right, it does so only between two of them.

    Args:
        pieces: As they stand, in the direction in which the line is read.
        leftwards: Whether that is from right to left.
    """
    kinds = [_is_against(text, leftwards=leftwards) for text in pieces]
    order: list[int] = []
    for may_turn, some in groupby(range(len(pieces)), lambda place: kinds[place] is not False):
        run = list(some)
        against = [number for number, place in enumerate(run) if kinds[place]]
        if may_turn and against:
            first, end = 0 if leftwards else against[0], against[-1] + 1
            run = [*run[:first], *reversed(run[first:end]), *run[end:]]
        order += run
    return order


def _is_against(text: str, *, leftwards: bool) -> bool | None:
    """Whether a text runs against the direction of its line; None: it has no letters."""
    if not any(map(str.isalpha, text)):
        return None
    return runs_left(text) != leftwards


def runs_in(text: str, *, leftwards: bool) -> list[tuple[str, bool]]:
    """Returns the parts of a text that are of one direction, each with whether it belongs to what is read leftwards.

    Figures do where they stand among such letters, though their own digits are read from the left.

    Args:
        text: A line or a paragraph.
        leftwards: Whether it is read from right to left as a whole.
    """
    if not leftwards and not has_leftward(text):
        return [(text, False)] if text else []
    kinds = _kinds(text, int(leftwards))
    place, runs = 0, []
    for is_left, run in groupby(kinds, lambda kind: kind != "L"):
        count = len(list(run))
        runs.append((text[place : place + count], is_left))
        place += count
    return runs


def along(text: str, spans: Iterable[tuple[int, int]], *, leftwards: bool | None = None) -> list[tuple[float, float]]:
    """Returns where parts of a line begin and end from its left to its right, as if all letters were equally wide.

    Args:
        text: The text of the line.
        spans: Where the parts begin and end in the text.
        leftwards: Whether the line is read from right to left; None: as its letters say.
    """
    count = max(1, len(text))
    is_left = runs_left(text) if leftwards is None else leftwards
    if not is_left and not has_leftward(text):
        return [(start / count, end / count) for start, end in spans]
    places = [0] * len(text)
    for number, place in enumerate(order_on_paper(text, leftwards=is_left)):
        places[place] = number
    return [_extent(places, start, end, count) for start, end in spans]


def _extent(places: Sequence[int], start: int, end: int, count: int) -> tuple[float, float]:
    within = places[start:end]
    if within:
        return min(within) / count, (max(within) + 1) / count
    at = places[start] if start < len(places) else count
    return at / count, at / count


def _levels(text: str, base: int) -> list[int]:
    """The embedding level of each character: odd where it is read from right to left."""
    levels = {"L": 2 * base, "R": 1, "EN": 2, "AN": 2}
    return [levels[kind] for kind in _kinds(text, base)]


def _kinds(text: str, base: int) -> list[str]:
    """The class of each character: L, R, or that of a figure; all others go with those beside them, or the line."""
    kinds = _resolved([bidirectional(letter) or "L" for letter in text], base)
    place = 0
    before = "R" if base else "L"
    for is_neutral, run in groupby(list(kinds), lambda kind: kind not in ("L", "R", *_NUMBERS)):
        count = len(list(run))
        if is_neutral:  # N1, N2: as what is on both sides, else as the line
            following = kinds[place + count] if place + count < len(kinds) else "R" if base else "L"
            sides = {"L" if kind == "L" else "R" for kind in (before, following)}
            kinds[place : place + count] = [sides.pop() if len(sides) == 1 else "R" if base else "L"] * count
        place += count
        before = kinds[place - 1]
    return kinds


def _resolved(kinds: list[str], base: int) -> list[str]:
    """The classes of characters after the rules W1 to W7: marks as their letters, signs in numbers as these."""
    strong = before = "R" if base else "L"
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kind = before
        if kind in ("L", *_RIGHT_TO_LEFT):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        before = kinds[place] = kind
    for place in range(1, len(kinds) - 1):
        first, sign, second = kinds[place - 1 : place + 2]
        if first == second and ((sign in ("ES", "CS") and first == "EN") or (sign == "CS" and first == "AN")):
            kinds[place] = first
    place = 0
    for kind, run in groupby(list(kinds)):
        count = len(list(run))
        beside = kinds[max(0, place - 1) : place] + kinds[place + count : place + count + 1]
        if kind == "ET" and "EN" in beside:
            kinds[place : place + count] = ["EN"] * count
        place += count
    strong = "R" if base else "L"
    for place, kind in enumerate(kinds):
        if kind in ("L", *_RIGHT_TO_LEFT):
            strong = kinds[place] = "L" if kind == "L" else "R"
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
    return kinds
