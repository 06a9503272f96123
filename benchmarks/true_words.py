"""Says which words of a page were misread, by comparing them with the text that is printed there.

Quotes and dashes count as one each, and spaces beside punctuation do not count. Lines are looked for anywhere in the
text, the longest first, because pages may be read in another order than their text was written down in.
"""

import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ocrdesk.engine.written import is_ideographic

_SAME = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−─", "-")
    | {"…": "...", "·": ".", "•": ".", "。": ".", "、": ","}
)  # fmt: skip
_SLACK, _ALIKE, _SHORT = 3, 60, 3
"""How many letters a line may reach beyond where it was found; how alike it must be there, in percent; and from how
many letters on it is looked for although it is not there as it is."""


def misread(lines: Sequence[Sequence[str]], text: str, *, any_case: bool) -> list[list[bool]]:
    """Returns for each word of each line whether it is wrong.

    Args:
        lines: The words of the lines that were read.
        text: The text that is printed on the page.
        any_case: Whether capital and small letters are the same.
    """
    truth, spaces = _letters(text, any_case)
    left = list(truth)
    read = [[_letters(word, any_case)[0] for word in words] for words in lines]
    whole = ["".join(words) for words in read]
    total, before = max(1, sum(map(len, whole))), 0
    expected = []
    for line in whole:
        expected.append(before * len(truth) // total)
        before += len(line)
    wrong = [[True] * len(words) for words in read]
    for number in sorted(range(len(read)), key=lambda number: -len(whole[number])):
        places = _places(whole[number], "".join(left), expected[number])
        if places is not None:
            wrong[number] = _wrong(read[number], places, truth, spaces)
            for place in places:
                if place is not None:
                    left[place] = "\0"
    return wrong


def _letters(text: str, any_case: bool) -> tuple[str, set[int]]:
    """Returns a text without spaces, and before which of its letters one stood."""
    plain = unicodedata.normalize("NFKC", text.replace("\u00ad", "").translate(_SAME)).translate(_SAME)
    letters: list[str] = []
    spaces = {0}
    for letter in plain.casefold() if any_case else plain:
        if letter.isspace():
            spaces.add(len(letters))
        else:
            letters.append(letter)
    return "".join(letters), spaces


def _places(line: str, text: str, expected: int) -> list[int | None] | None:
    """Returns where each letter of a line is in a text, None for one that is not; or None if the line is not there."""
    exact = [place for place in range(len(text)) if text.startswith(line, place)] if line in text else []
    if exact:
        begin = min(exact, key=lambda place: abs(place - expected))
        return list(range(begin, begin + len(line)))
    if not _SHORT <= len(line) <= len(text):
        return None
    found = fuzz.partial_ratio_alignment(line, text)
    if found is None or found.score < _ALIKE:
        return None
    begins = range(max(0, found.dest_start - _SLACK), found.dest_start + _SLACK + 1)
    ends = range(found.dest_end - _SLACK, min(len(text), found.dest_end + _SLACK) + 1)
    begin, end = min(
        ((begin, end) for begin in begins for end in ends if begin < end),
        key=lambda it: (
            Levenshtein.distance(line, text[it[0] : it[1]]),
            abs(it[0] - found.dest_start) + abs(it[1] - found.dest_end),
        ),
    )
    places: list[int | None] = [None] * len(line)
    for step in Levenshtein.opcodes(line, text[begin:end]):
        if step.tag == "equal":
            places[step.src_start : step.src_end] = range(begin + step.dest_start, begin + step.dest_end)
    return places


def _wrong(words: Sequence[str], places: Sequence[int | None], truth: str, spaces: set[int]) -> list[bool]:
    """Returns which words of a line are not in the text as they were read, or are joined or cut there."""

    def is_apart(place: int) -> bool:
        if place in (0, len(truth)) or place in spaces:
            return True
        return any(not letter.isalnum() or is_ideographic(letter) for letter in truth[place - 1 : place + 1])

    found, at = [], 0
    for word in words:
        own = places[at : at + len(word)]
        at += len(word)
        first, last = (own[0], own[-1]) if own else (0, -1)
        if first is None or last is None or own != list(range(first, last + 1)):
            found.append(True)
            continue
        inner = range(first + 1, last + 1)
        is_parted = any(place in spaces and truth[place - 1 : place + 1].isalnum() for place in inner)
        found.append(bool(own) and (is_parted or not is_apart(first) or not is_apart(last + 1)))
    return found
