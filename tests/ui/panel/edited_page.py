"""Lines with doubtful words."""

from fakes import line

from ocrdesk.engine.document import Line, Reading, Word
from ocrdesk.engine.geometry import slices_of
from ocrdesk.engine.rivals import RivalLetter


def read(text: str, top: float, *doubtful: str, rivals: tuple[RivalLetter, ...] = ()) -> Line:
    """A line whose words were measured; some of them are doubtful."""
    whole = line(text, left=10, top=top, width=350, height=24, confidence=0.5 if doubtful else 0.99)
    words, place = [], 0
    for part in text.split():
        begin = text.index(part, place)
        place = begin + len(part)
        (polygon,) = slices_of(whole.polygon, [(begin / len(text), place / len(text))])
        is_doubtful = part in doubtful
        words.append(Word(part, 0.5 if is_doubtful else 0.99, polygon, rivals if is_doubtful else ()))
    return Line(text, whole.confidence, whole.polygon, tuple(words))


LINES = (
    read("17 Mill Lame", 20, "Lame", rivals=(RivalLetter(2, 1, "n", 0.6), RivalLetter(2, 1, "t", 0.3))),
    read("New York", 60),
    read("due on 4th Aprll", 100, "4th", "Aprll"),
)
READING = Reading(LINES, width=400, height=200)
