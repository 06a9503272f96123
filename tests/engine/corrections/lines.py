"""Lines with words, as they are stored."""

from collections.abc import Sequence

from fakes import polygon

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.geometry import slices_of

WIDE = 10.0
"""Width of each letter."""


def measured(text: str, left: float = 0, top: float = 0, number: int = 0, confidence: float = 0.5) -> Line:
    """A line whose letters are equally wide, with its words."""
    place = polygon(left, top, WIDE * len(text), 20)
    words, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        (part,) = slices_of(place, [(start / len(text), (start + len(word)) / len(text))])
        words.append(Word(word, confidence, part))
        start += len(word)
    return Line(text, confidence, place, tuple(words), (number,))


def stacked(*texts: str, confidence: float = 0.5) -> list[Line]:
    """Lines one under the other."""
    return [measured(text, 0, 30 * number, number, confidence) for number, text in enumerate(texts)]


def texts_of(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines]


def lefts_of(line: Line) -> list[tuple[str, float, float]]:
    """Where the words of a line are, from left to right."""
    return [(word.text, round(word.polygon[0][0], 1), round(word.polygon[1][0], 1)) for word in line.words]
