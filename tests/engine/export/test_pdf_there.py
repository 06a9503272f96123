"""Words that readers find on a page already are not put there once more."""

import numpy as np
import pytest

from ocrdesk.engine.decode import ShownLetter
from ocrdesk.engine.export.pdf_there import TextThere

HEIGHT, WIDE = 10.0, 6.0


def letters(text: str, x: float = 0.0, y: float = 0.0) -> list[ShownLetter]:
    """Letters in a row; white takes its place."""
    return [
        ShownLetter(letter, x + WIDE * (place + 0.5), y + HEIGHT / 2)
        for place, letter in enumerate(text)
        if letter != " "
    ]


def words(text: str, x: float = 0.0, y: float = 0.0) -> list[tuple[str, np.ndarray]]:
    """The words of a line with their places."""
    found, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        left, right = x + WIDE * start, x + WIDE * (start + len(word))
        found.append((word, np.array([(left, y + HEIGHT), (right, y + HEIGHT), (right, y), (left, y)])))
        start += len(word)
    return found


@pytest.mark.parametrize(
    ("there", "read", "lacking"),
    [
        ("Dear Mrs Smith", "Dear Mrs Smith", []),
        ("Dear Mrs Smith", "Dear Mrs 5m1th", []),  # misread
        ("Received 1 May", "Received l May", []),
        ("Name:          ", "Name: Ashdown", ["Ashdown"]),  # filled in by hand
        ("Name:          ", "Name:          ", []),
        ("Efbs Nst Tnjui", "Dear Mrs Smith", ["Dear", "Mrs", "Smith"]),  # the file does not say what it shows
        ("ﬁnal oﬃce word", "final office word", []),
        ("םולש ברע בוט", "טוב ערב שלום", []),
        ("", "Dear Mrs Smith", ["Dear", "Mrs", "Smith"]),
    ],
)
def test_words_that_are_not_there_are_lacking(there, read, lacking):
    placed = words(read) if len(there) >= len(read) or not there else words(there)
    if placed and len(placed) == len(read.split()):
        placed = [(text, corners) for text, (_, corners) in zip(read.split(), placed, strict=True)]
    found = TextThere(letters(there)).lacking(placed)
    assert [text for (text, _), lacks in zip(placed, found, strict=True) if lacks] == lacking


def test_the_same_word_elsewhere_is_another_one():
    there = TextThere(letters("Total", y=0))
    assert there.lacking(words("Total", y=0)) == [False]
    assert there.lacking(words("Total", y=14)) == [True]
    assert there.lacking(words("Total", x=40)) == [True]


def test_a_line_that_stands_on_its_side():
    along, up = np.array((0.0, 1.0)), np.array((-1.0, 0.0))
    there = TextThere([ShownLetter(mark, *(WIDE * (n + 0.5) * along + 5 * up)) for n, mark in enumerate("Total")])
    corners = np.array([HEIGHT * up, 30 * along + HEIGHT * up, 30 * along, (0.0, 0.0)])
    assert there.lacking([("Total", corners)]) == [False]
