"""The words of a language: lists that come with the program, each loaded when it is first needed.

A list is an automaton of letters (``resources/make_word_lists.py`` packs it): half a million words are about 600 KB in
memory, are loaded in some milliseconds, and a word is looked up letter by letter.
"""

import lzma
import sys
from array import array
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

LETTER, LAST, END, TARGET = 0xFF, 1 << 8, 1 << 9, 10
"""An edge: the number of its letter, whether it is the last one of its node, whether a word may end with it, and from
which bit on the first edge of the node that it leads to; 0 for none."""


class WordList:
    """A list of words in lower case.

    Args:
        letters: All letters that occur.
        edges: The edges of all nodes, those of the first node first.
    """

    def __init__(self, letters: str, edges: "array[int]") -> None:
        self._numbers = {letter: number for number, letter in enumerate(letters)}
        self._edges = edges
        self._folded: list[str] = []

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        at, edge = 0, 0
        for place, letter in enumerate(word):
            number = self._numbers.get(letter)
            if number is None or (place and not at):
                return False
            edge = self._edges[at]
            while edge & LETTER != number:
                if edge & LAST:
                    return False
                at += 1
                edge = self._edges[at]
            at = edge >> TARGET
        return bool(edge & END)

    def has_folded(self, word: str, folded: Callable[[str], str]) -> bool:
        """Whether any of its words is this one once each letter is folded, as ``mussen`` is ``müssen``."""
        if not self._folded:
            self._folded = [folded(letter) for letter in self._numbers]
        forms = self._folded
        ways = [(0, 0)]
        while ways:
            at, place = ways.pop()
            while True:
                edge = self._edges[at]
                form = forms[edge & LETTER]
                if form and word.startswith(form, place):
                    behind = place + len(form)
                    if behind == len(word) and edge & END:
                        return True
                    if behind < len(word) and edge >> TARGET:
                        ways.append((edge >> TARGET, behind))
                if edge & LAST:
                    break
                at += 1
        return False

    def is_letter(self, letter: str) -> bool:
        """Whether any word has this letter."""
        return letter in self._numbers


def languages_in(folder: Path) -> list[str]:
    """Returns the languages of which there are lists in a folder."""
    return sorted(file.stem for file in folder.glob("*.xz"))


@lru_cache(maxsize=32)
def word_list(folder: Path, language: str) -> WordList | None:
    """Returns the list of a language, or None if there is none in the folder."""
    try:
        data = lzma.decompress((folder / f"{language}.xz").read_bytes())
    except FileNotFoundError:
        return None
    letters, _, packed = data.partition(b"\n")
    edges = array("I", packed)
    if sys.byteorder == "big":
        edges.byteswap()
    return WordList(letters.decode(), edges)
