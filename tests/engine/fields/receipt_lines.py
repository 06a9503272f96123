"""Lines of receipts for tests, without a picture."""

from ocrdesk.engine.document import Line, Word

HEIGHT, LETTER, WIDTH = 20.0, 10.0, 400.0


def lines_of(*rows: str, confidence: float = 0.99) -> list[Line]:
    """Returns the lines of rows of which the cells are parted by ``|``: the last one stands at the right edge.

    A row that begins with ``^`` is printed large. A word between ``~`` is unsure.
    """
    lines: list[Line] = []
    for number, row in enumerate(rows):
        size = 1.5 if row.startswith("^") else 1.0
        cells = row.lstrip("^").split("|")
        for column, text in enumerate(cells):
            left = 10 + column * 130.0
            if column and column == len(cells) - 1:
                left = WIDTH - len(text) * LETTER
            lines.append(_line(text, left, number * 40.0, size, confidence))
    return lines


def _line(text: str, left: float, top: float, size: float, confidence: float) -> Line:
    words, place = [], left
    for part in text.split(" "):
        plain = part.strip("~")
        sure = 0.3 if part != plain else confidence
        words.append(Word(plain, sure, _polygon(place, top, len(plain) * LETTER, HEIGHT * size)))
        place += (len(plain) + 1) * LETTER
    plain = text.replace("~", "")
    polygon = _polygon(left, top, len(plain) * LETTER, HEIGHT * size)
    return Line(plain, min(word.confidence for word in words), polygon, tuple(words), (1,))


def _polygon(left: float, top: float, width: float, height: float):
    return (left, top), (left + width, top), (left + width, top + height), (left, top + height)
