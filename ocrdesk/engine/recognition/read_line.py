"""What a reader read of one line."""

from dataclasses import dataclass

from ocrdesk.engine.geometry import ALL_ACROSS, Across
from ocrdesk.engine.rivals import RivalLetter


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of a line.

    Attributes:
        text: Without spaces.
        confidence: How likely every letter is right, 0 to 1.
        left: Where it begins, as a fraction of the line's length, 0 to 1.
        right: Where it ends, likewise.
        rival_letters: What the reader nearly read at some of its letters.
        across: From where to where its ink reaches, as fractions of the line's height.
    """

    text: str
    confidence: float
    left: float
    right: float
    rival_letters: tuple[RivalLetter, ...] = ()
    across: Across = ALL_ACROSS


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What was read of a line.

    Attributes:
        text: Without spaces at its ends.
        confidence: How likely every letter is right, 0 to 1; 0 without text.
        words: In the order of the text, which in Hebrew and Arabic is from right to left.
        clearness: The reader's mean probability for its letters, 0 to 1: high wherever text is upright.
        middles: The centres of its letters from left to right, as fractions of the line's length, 0 to 1.
        unread: The fraction of the line that was not read, 0 to 1; 0 where that was not measured.
        known: The share of its letters that are in words of the reader's own dictionary, 0 to 1; 0 if it has none.
        has_places: Whether the reader saw where its words begin and end, and did not only guess.
    """

    text: str
    confidence: float
    words: tuple[ReadWord, ...] = ()
    clearness: float = 0.0
    middles: tuple[float, ...] = ()
    unread: float = 0.0
    known: float = 0.0
    has_places: bool = False
