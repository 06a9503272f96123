"""Decodes the reader's output steps into letters, words and their positions (CTC, Graves et al. 2006)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np

from ocrdesk.engine.recognition.ppocr.sessions import Classes, Steps
from ocrdesk.engine.recognition.read_line import ReadLine, ReadWord
from ocrdesk.engine.rivals import RivalLetter
from ocrdesk.engine.written import is_ideographic

BLANK = 0

MOST_SURE, HALF_SURE = 0.985, 0.42
"""The confidence of a line without any doubt, and the doubt that halves it. They are fitted to 3,700 lines of real
pages, so that of the lines with a confidence of 0.7, seven in ten have every letter right."""

FAINTEST_LETTER = 1e-4

LEADER = 4
"""From this many marks in succession on, they are a leader, a row of dots or of asterisks: it does not matter how many
of them were read."""


_Rival = tuple[str, float]
"""Another character, empty for none, and how likely it is compared with what was read."""


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    confidence: float
    middle: float
    instead: _Rival | None = None
    before: _Rival | None = None


def best_path(steps: Steps, characters: Sequence[str]) -> ReadLine:
    """Decodes the likeliest class of each step: a run of one class is one letter, blanks separate letters.

    Args:
        steps: The reader's output for one line.
        characters: The character of each class; the first is the blank.
    """
    classes, confidences = steps.classes, steps.confidences
    changes = np.flatnonzero(np.diff(classes)) + 1
    starts = np.concatenate([[0], changes])
    ends = np.concatenate([changes, [len(classes)]])
    near = _near(steps, starts, ends, characters)
    letters = [
        _Letter(
            characters[classes[start]],
            float(confidences[start:end].max()),
            (start + end) / 2 / len(classes),
            near.get(start),
            near.get(starts[run - 1]) if run and classes[starts[run - 1]] == BLANK else None,
        )
        for run, (start, end) in enumerate(zip(starts, ends, strict=True))
        if classes[start] != BLANK
    ]
    after = near.get(starts[-1]) if classes[-1] == BLANK else None
    text = "".join(letter.text for letter in letters).strip()
    if not text:
        return ReadLine("", 0.0)
    printed = [letter for letter in letters if not letter.text.isspace()]
    clearness = sum(letter.confidence for letter in printed) / len(printed)
    return ReadLine(
        text, _sureness(printed), _words(letters, after), clearness, tuple(letter.middle for letter in printed)
    )


def _sureness(letters: Sequence[_Letter]) -> float:
    """Returns how likely all letters are right. It falls with the sum of their doubts, and so with a line's length."""
    runs = [list(run) for _, run in groupby(letters, key=lambda letter: letter.text.isalnum())]
    counted = [letter for run in runs if len(run) < LEADER or run[0].text.isalnum() for letter in run]
    doubt = -sum(math.log(max(letter.confidence, FAINTEST_LETTER)) for letter in counted or letters[:1])
    return MOST_SURE / (1 + max(0.0, doubt) / HALF_SURE)


def joined(pieces: Sequence[ReadLine], widths: Sequence[int]) -> ReadLine:
    """Joins pieces that stand side by side into one line.

    Args:
        pieces: What was read of each.
        widths: How long each is, in pixels.
    """
    if len(pieces) == 1:
        return pieces[0]
    words: list[ReadWord] = []
    middles: list[float] = []
    start, length = 0, sum(widths)
    for piece, width in zip(pieces, widths, strict=True):
        words += [
            replace(word, left=(start + word.left * width) / length, right=(start + word.right * width) / length)
            for word in piece.words
        ]
        middles += [(start + middle * width) / length for middle in piece.middles]
        start += width
    text = ""
    for piece in pieces:
        is_parted = text and piece.text and not (is_ideographic(text[-1]) and is_ideographic(piece.text[0]))
        text += (" " if is_parted else "") + piece.text
    letters = max(1, sum(len(piece.text) for piece in pieces))
    clearness = sum(piece.clearness * len(piece.text) for piece in pieces) / letters
    confidence = min((piece.confidence for piece in pieces if piece.text), default=0.0)
    return ReadLine(text, confidence, tuple(words), clearness, tuple(middles))


def _near(steps: Steps, starts: Classes, ends: Classes, characters: Sequence[str]) -> dict[int, _Rival]:
    """Returns the rivals of runs, by the steps at which these begin.

    The rival of a letter is that of its clearest step; if it is the blank, there may be no letter. The rival of a run
    of blanks is the likeliest letter that may be hidden there: one that touches the same letter would be one with it.
    """
    found: dict[int, _Rival] = {}
    classes, last = steps.classes, len(steps.classes) - 1
    for step in np.flatnonzero(steps.ratios).tolist():
        run = int(np.searchsorted(starts, step, "right")) - 1
        start, rival, ratio = int(starts[run]), int(steps.rivals[step]), float(steps.ratios[step])
        if classes[start] != BLANK:
            is_chosen = step == start + int(steps.confidences[start : ends[run]].argmax())
        else:
            touched = [classes[beside] for beside in (step - 1, step + 1) if 0 <= beside <= last]
            is_chosen = rival not in touched and ratio > found.get(start, ("", 0.0))[1]
        if is_chosen:
            found[start] = characters[rival], ratio
    return found


def _words(letters: list[_Letter], after: _Rival | None) -> tuple[ReadWord, ...]:
    """Splits letters into words at spaces; every Chinese or Japanese character is a word.

    The reader's steps only give the centre of a letter. A letter is taken to reach halfway to its neighbours, but no
    farther than half the usual distance between letters, because a space is wider than the letters beside it.
    """
    middles = [letter.middle for letter in letters]
    gaps = [after - before for before, after in pairwise(middles)]
    half = float(np.median(gaps)) / 2 if gaps else 0.5 - abs(0.5 - middles[0])
    words: list[ReadWord] = []
    begun: list[int] = []

    def finish() -> None:
        if begun:
            own = [letters[number] for number in begun]
            first, last = begun[0], begun[-1]
            reach_left = min(half, gaps[first - 1] / 2) if first else half
            reach_right = min(half, gaps[last] / 2) if last < len(gaps) else half
            words.append(
                ReadWord(
                    "".join(letter.text for letter in own),
                    _sureness(own),
                    max(0.0, own[0].middle - reach_left),
                    min(1.0, own[-1].middle + reach_right),
                    tuple(_rival_letters(letters, first, last, after)),
                )
            )
            begun.clear()

    for number, letter in enumerate(letters):
        if letter.text.isspace():
            finish()
        elif is_ideographic(letter.text):
            finish()
            begun.append(number)
            finish()
        else:
            begun.append(number)
    finish()
    return tuple(words)


def _rival_letters(letters: list[_Letter], first: int, last: int, after: _Rival | None) -> Iterator[RivalLetter]:
    """Yields the rivals within a word; what may be hidden after it is its own only where no other word begins."""
    for place, letter in enumerate(letters[first : last + 1]):
        if letter.before is not None:
            yield RivalLetter(place, 0, *letter.before)
        if letter.instead is not None:
            yield RivalLetter(place, 1, *letter.instead)
    if last + 1 < len(letters):
        after = letters[last + 1].before if letters[last + 1].text.isspace() else None
    if after is not None:
        yield RivalLetter(last + 1 - first, 0, *after)
