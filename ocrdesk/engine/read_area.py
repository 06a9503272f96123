"""Reads a part of a page in which no line was found."""

from dataclasses import replace

from ocrdesk.engine.decode import Decoder, Pixels
from ocrdesk.engine.document import Line, Page, Word
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.layout.area import Area
from ocrdesk.engine.layout.arrangement import arrange
from ocrdesk.engine.recognition.languages import key_of
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.recognition.recognizer import Recognizer

LEAST_SURE = 0.5
"""Where no line is found, what is read in the area as one line counts only if it is at least so sure, 0 to 1."""


def read_area(page: Page, area: Area, decoder: Decoder, recognizers: RecognizerPool) -> Line:
    """Returns what is read in an area of a page as one line, in pixels of the upright page; its text may be empty.

    Args:
        page: A page that was read.
        area: Within the page, in pixels of the upright page.
        decoder: Opens its file.
        recognizers: Lends a recognizer.

    Raises:
        PageUnreadable, NoProcess: The file cannot be opened.
        RecognizerBroken: It cannot be read.
    """
    width, height = page.width or 1, page.height or 1
    picture = decoder.load_small(page.path, page.frame, page.turn, max(width, height)).pixels
    across, down = picture.shape[1] / width, picture.shape[0] / height
    left, top = max(0, round(area.left * across)), max(0, round(area.top * down))
    crop = picture[top : round(area.bottom * down), left : round(area.right * across)]
    whole: Polygon = (
        (round(area.left, 2), round(area.top, 2)),
        (round(area.right, 2), round(area.top, 2)),
        (round(area.right, 2), round(area.bottom, 2)),
        (round(area.left, 2), round(area.bottom, 2)),
    )
    if not crop.size:
        return Line("", 1.0, whole)
    recognizer = recognizers.lend()
    # A few words are too little to tell the language of their page from.
    key = key_of(page.language)
    found = _read(recognizer.as_wanted(None, [key] if key is not None else []), crop)
    recognizers.give_back(recognizer)

    def placed(polygon: Polygon) -> Polygon:
        a, b, c, d = (((x + left) / across, (y + top) / down) for x, y in polygon)
        return a, b, c, d

    words = [replace(word, polygon=placed(word.polygon)) for line in found for word in _words(line)]
    text = " ".join(line.text for line in found)
    return Line(text, min((line.confidence for line in found), default=1.0), whole, tuple(words))


def _read(recognizer: Recognizer, crop: Pixels) -> tuple[Line, ...]:
    reading = recognizer.read(crop, 0)
    if reading.lines:
        return tuple(arrange(reading.lines, rules=reading.rules).lines)
    ((text, sure),) = recognizer.read_lines([crop])
    height, width = crop.shape[:2]
    corners = ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height)))
    return (Line(text.strip(), sure, corners),) if text.strip() and sure >= LEAST_SURE else ()


def _words(line: Line) -> tuple[Word, ...]:
    return tuple(line.words) or (Word(line.text, line.confidence, line.polygon),)
