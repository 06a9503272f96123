"""Packs a list of words as the smallest automaton that accepts just these (Daciuk et al. 2000)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

_Node = tuple[bool, tuple[tuple[str, int], ...]]
"""Whether a word ends here, and for each letter that may follow the number of the next node."""


def packed(words: Iterable[str]) -> tuple[str, array[int]]:
    """Returns the letters of words and the edges of their automaton, as ``ocrdesk.engine.doubt.word_lists`` reads them.

    Args:
        words: In order, each once.
    """
    numbers: dict[_Node, int] = {}
    path: list[tuple[list[bool], list[tuple[str, int]]]] = [([False], [])]
    before = ""

    def finish(depth: int) -> None:
        while len(path) > depth + 1:
            (is_end,), edges = path.pop()
            number = numbers.setdefault((is_end, tuple(edges)), len(numbers))
            path[-1][1].append((before[len(path) - 1], number))

    for word in words:
        shared = 0
        while shared < min(len(word), len(before)) and word[shared] == before[shared]:
            shared += 1
        finish(shared)
        path.extend(([False], []) for _ in word[shared:])
        path[-1][0][0] = True
        before = word
    finish(0)
    nodes = [(False, tuple(path[0][1])), *numbers]
    letters = "".join(sorted({letter for _, edges in nodes for letter, _ in edges}))
    starts, at = [], 0
    for _, edges in nodes:
        starts.append(at)
        at += len(edges)
    if len(letters) > 256 or at >= 1 << 22:
        raise ValueError("too many letters or edges to be packed")
    out = array("I")
    for _, edges in nodes:
        for place, (letter, number) in enumerate(edges, start=1):
            is_end, following = nodes[number + 1]
            target = starts[number + 1] if following else 0
            out.append(letters.index(letter) | (place == len(edges)) << 8 | is_end << 9 | target << 10)
    return letters, out
