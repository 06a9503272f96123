"""Checks whether the embedded text of a PDF page is right and complete, and joins it with what is read."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Decoder, OwnText, Picture, Pixels, Sample
from ocrdesk.engine.document import Line, Reading, Rule
from ocrdesk.engine.facts import Fact, together
from ocrdesk.engine.geometry import Point, Polygon

LIKE = 0.8
"""Likeness from which embedded text and what is read in its place count as the same. All of 540 correct fonts,
including faint and small ones, reach 0.88; most fonts whose vowels are interchanged stay below. If one letter of five
is misread, 0.8 remains."""

SURE = 0.3
"""A sample that is read with less confidence proves nothing. Watermarks crossed by words have 0.17 when misread; of
other samples, one in a hundred has less than this."""

SHORTEST = 5
"""Fewer letters read than this prove nothing, unless all short pieces in the same font together have as many."""

DIGITS, LIKE_DIGITS = 4, 0.6
"""From this many on, the digits of a sample are compared separately, and count as the same from this likeness on: a
file may map its letters correctly but not its digits. If one digit of four is misread, 0.75 remains."""

BESIDE_TEXT, ALONE = 0.5, 0.9
"""What is read beside embedded text with less than the first confidence is taken for a picture; a single letter, which
any circle or box resembles, with less than the second."""

OVER, SAME = 0.5, 0.5
"""What is read is embedded text seen again if it shares at least the first part of its area with such text and is at
least this similar to it."""


Piece = tuple[str, str]
"""The letters and digits of a sample's text, and those that are read in its picture."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What an opened page has to be read.

    Attributes:
        own: Its embedded text, as far as that is right; or None.
        picture: What remains to be recognized; None if the embedded text is complete.
        turn: Degrees clockwise to turn the picture first; None: as its lines suggest.
        remark: What the user should know about the text, or None.
    """

    own: OwnText | None
    picture: Picture | None
    turn: int | None = None
    remark: str | None = None

    @property
    def rotation(self) -> int:
        """Degrees clockwise by which the file itself turns the stored page."""
        known = self.picture or self.own
        return known.rotation if known is not None else 0


def examined(
    stored: OwnText,
    path: Path,
    frame: int,
    decoder: Decoder,
    read_lines: Callable[[Sequence[Pixels]], Sequence[tuple[str, float]]],
) -> Opened:
    """Finds out how much of the embedded text of a page is right, and loads what else the page shows.

    Args:
        stored: The embedded text.
        path: The file.
        frame: 0-based number of the page in it.
        decoder: Opens the file.
        read_lines: Reads pictures of one line each; returns each text and how likely every letter of it is right.

    Raises:
        PageUnreadable, ReadingInterrupted, NoProcess: As in ``Decoder.load_page``.
    """
    distrusted = distrusted_fonts(stored.samples, read_lines)
    own = without_fonts(stored, distrusted)
    if not own.reading.lines:
        picture = decoder.load_page(path, frame, as_picture=True)
        assert isinstance(picture, Picture)
        return Opened(None, picture, None, together(own.remark, picture.remark, Fact.PDF_TEXT_UNTRUE()))
    beside = letters_beside(own)
    if not distrusted and not beside:
        return Opened(_with_rules(own), None, None, own.remark)
    rest = decoder.load_rest(path, frame, distrusted)
    # The page is turned to suit the embedded text or the rest, whichever is more.
    turn = own.reading.turn if beside < count_letters(own.reading.lines) else None
    return Opened(
        own, rest, turn, together(own.remark, rest.remark, Fact.PDF_TEXT_PARTLY_UNTRUE() if distrusted else None)
    )


def distrusted_fonts(
    samples: Sequence[Sample], read_lines: Callable[[Sequence[Pixels]], Sequence[tuple[str, float]]]
) -> frozenset[int]:
    """Returns the fonts whose text is not what is drawn, because some files map their letters wrongly.

    Args:
        samples: Pieces of the text.
        read_lines: Reads what is drawn in each.
    """
    of_font: dict[int, list[Sample]] = defaultdict(list)
    for sample in samples:
        of_font[sample.font].append(sample)
    pieces: dict[int, list[Piece]] = defaultdict(list)
    # On most pages one sample of each font is enough, with digits if the font has such a sample.
    first = [max(own, key=lambda sample: _digits_in(sample.text) >= DIGITS) for own in of_font.values()]
    _read_pieces(first, pieces, read_lines)
    proven = {font for font, found in pieces.items() if _is_proven(found, of_font[font])}
    seen = set(map(id, first))
    _read_pieces([it for it in samples if it.font not in proven and id(it) not in seen], pieces, read_lines)
    return frozenset(font for font, found in pieces.items() if _is_wrong(found))


def _digits_in(text: str) -> int:
    return sum(map(str.isdecimal, text))


def _read_pieces(
    samples: Sequence[Sample],
    pieces: dict[int, list[Piece]],
    read_lines: Callable[[Sequence[Pixels]], Sequence[tuple[str, float]]],
) -> None:
    if not samples:
        return
    for sample, (text, confidence) in zip(samples, read_lines([sample.pixels for sample in samples]), strict=True):
        said, read = _plain(sample.text), _plain(text)
        if confidence >= SURE and len(read) >= len(said) / 2:
            pieces[sample.font].append((said, read))


def _compared(pieces: Sequence[Piece]) -> tuple[list[list[Piece]], list[list[Piece]], list[list[Piece]]]:
    """Returns what is to be compared: whole pieces, with short ones taken together, then letters, then digits."""
    whole = [[piece] for piece in pieces if len(piece[1]) >= SHORTEST]
    short = [piece for piece in pieces if len(piece[1]) < SHORTEST]
    if sum(len(read) for _, read in short) >= SHORTEST:
        whole.append(short)
    letters = _parts(pieces, str.isalpha, SHORTEST)  # separately, because a correct number says nothing about them
    # If their numbers differ, letters such as O were taken for digits.
    numbers = _parts(pieces, str.isdecimal, DIGITS)
    return whole, letters, [[(said, read)] for [(said, read)] in numbers if len(said) == len(read)]


def _is_wrong(pieces: Sequence[Piece]) -> bool:
    """Whether all embedded text, letters or digits of a font differ from what is read in their place."""
    whole, letters, digits = _compared(pieces)
    return _are_unlike(whole, LIKE) or _are_unlike(letters, LIKE) or _are_unlike(digits, LIKE_DIGITS)


def _is_proven(pieces: Sequence[Piece], samples: Sequence[Sample]) -> bool:
    """Whether the text of a font is known to be right without reading its other samples."""
    whole, letters, digits = _compared(pieces)
    has_figures = any(_digits_in(sample.text) >= DIGITS for sample in samples)
    return bool(whole and letters and (digits or not has_figures)) and not _is_wrong(pieces)


def _parts(pieces: Sequence[Piece], is_part: Callable[[str], bool], least: int) -> list[list[Piece]]:
    """Returns only the letters or only the digits of those pieces that have enough of them."""
    parts = [("".join(filter(is_part, said)), "".join(filter(is_part, read))) for said, read in pieces]
    return [[part] for part in parts if min(map(len, part)) >= least]


def _are_unlike(found: Sequence[Sequence[Piece]], like: float) -> bool:
    return bool(found) and max(map(_likeness, found)) < like


def _likeness(pieces: Sequence[Piece]) -> float:
    """Returns the share of the embedded and the read text that is in both, in the same order within a piece."""
    blocks = [SequenceMatcher(None, *piece, autojunk=False).get_matching_blocks() for piece in pieces]
    alike = sum(block.size for found in blocks for block in found)
    return 2 * alike / sum(len(said) + len(read) for said, read in pieces)


def without_fonts(own: OwnText, fonts: Collection[int]) -> OwnText:
    """Returns the text without its lines in some fonts."""
    if not fonts:
        return own
    kept = [(line, font) for line, font in zip(own.reading.lines, own.fonts, strict=True) if font not in fonts]
    reading = replace(own.reading, lines=tuple(line for line, _ in kept))
    return replace(own, reading=reading, fonts=tuple(font for _, font in kept))


def letters_beside(own: OwnText) -> int:
    """Estimates how many letters the page shows that are not in its embedded text."""
    if own.rest is None:
        return 0
    from ocrdesk.engine.recognition.text_like import letters_in_rows  # needs OpenCV, which most pages do not

    share = own.rest.shape[1] / own.reading.width
    boxes = [_bounds(line.polygon) for line in own.reading.lines]
    return letters_in_rows(own.rest, share * np.array(boxes, np.float64).reshape(-1, 4))


def _with_rules(own: OwnText) -> OwnText:
    """Returns the text together with the rules on its page."""
    if own.rest is None:
        return own
    from ocrdesk.engine.recognition.rules import rules_of_drawing  # as above

    share = own.rest.shape[1] / own.reading.width
    rules = rules_of_drawing(own.rest, share, [line.polygon for line in own.reading.lines])
    return replace(own, reading=replace(own.reading, rules=rules))


def count_letters(lines: Sequence[Line]) -> int:
    """Counts the characters of lines, without whitespace."""
    return sum(len("".join(line.text.split())) for line in lines)


def joined(own: Reading, rest: Reading) -> Reading:
    """Joins the embedded text of a page with what was read besides; the lines are put in order when they are arranged.

    Args:
        own: The embedded text, which is only turned to suit ``rest``.
        rest: The reading of the page drawn without it. If it has less text, its doubtful lines are left out, because
            they may be pictures.
    """
    own = turned(own, rest.turn)
    known, read = count_letters(own.lines), count_letters(rest.lines)
    is_less = read < known
    boxes = np.array([_bounds(line.polygon) for line in own.lines], np.float64).reshape(-1, 4)
    more = [
        line
        for line in rest.lines
        if not (is_less and _may_be_a_picture(line)) and not _is_there(line, own.lines, boxes)
    ]
    unread = rest.unread * read / max(1, known + read)  # as a share of the whole page
    return replace(rest, lines=(*own.lines, *more), unread=unread)


def _may_be_a_picture(line: Line) -> bool:
    """Whether what was read may just as well be a drawing, a tick box, or a mark in a diagram."""
    least = BESIDE_TEXT if len(line.text) > 1 else ALONE
    return line.confidence < least or not any(letter.isalnum() for letter in line.text)


def _is_there(line: Line, own: Sequence[Line], boxes: npt.NDArray[np.float64]) -> bool:
    """Whether a line is embedded text that was read again."""
    left, top, right, bottom = _bounds(line.polygon)
    wide = np.minimum(boxes[:, 2], right) - np.maximum(boxes[:, 0], left)
    high = np.minimum(boxes[:, 3], bottom) - np.maximum(boxes[:, 1], top)
    shared = np.clip(wide, 0, None) * np.clip(high, 0, None) / max(1.0, (right - left) * (bottom - top))
    said = _plain("".join(known.text for known, part in zip(own, shared, strict=True) if part > 0))
    return float(shared.sum()) >= OVER and SequenceMatcher(None, said, _plain(line.text)).ratio() >= SAME


def turned(reading: Reading, turn: int) -> Reading:
    """Returns a reading of the same page with another turn, its lines and rules moved accordingly."""
    more = (turn - reading.turn) % 360
    if not more:
        return reading
    width, height = (reading.height, reading.width) if more in (90, 270) else (reading.width, reading.height)
    lines = tuple(replace(line, polygon=_turned_polygon(line.polygon, more, reading)) for line in reading.lines)
    rules = tuple(Rule(*_turned((rule.begin, rule.end), more, reading)) for rule in reading.rules)
    return Reading(lines, width, height, turn, rules=rules)


def _turned_polygon(polygon: Polygon, turn: int, page: Reading) -> Polygon:
    moved = _turned(polygon, turn, page)
    first = min(range(4), key=lambda place: sum(moved[place]))
    a, b, c, d = moved[first:] + moved[:first]
    return a, b, c, d


def _turned(points: Iterable[Point], turn: int, page: Reading) -> list[Point]:
    match turn:
        case 90:
            return [(page.height - y, x) for x, y in points]
        case 180:
            return [(page.width - x, page.height - y) for x, y in points]
        case 270:
            return [(y, page.width - x) for x, y in points]
        case _:
            return list(points)


def _bounds(polygon: Polygon) -> tuple[float, float, float, float]:
    xs, ys = zip(*polygon, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _plain(text: str) -> str:
    """Reduces a text to lower-case letters and digits without accents or ligatures, where readers differ."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in apart if letter.isalnum())
