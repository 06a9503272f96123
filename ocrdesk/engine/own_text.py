"""The text that a PDF has itself: whether it is true and all of its page, and how it is joined with what is read."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Decoder, OwnText, Picture, Pixels, Sample
from ocrdesk.engine.document import Line, Point, Polygon, Reading, Rule
from ocrdesk.engine.facts import Fact, together

LIKE = 0.8
"""Text and what is read at its place are alike from here on: of 540 true fonts, faint and small ones among them, all
come to 0.88, and most with vowels in each other's place stay below. One letter of five that is misread leaves so much.
"""

SURE = 0.3
"""A sample that is read with less confidence proves nothing, as a watermark that words cross: those come to 0.17 where
they are misread. Of the others one in a hundred is read with less."""

SHORTEST = 5
"""Letters; fewer that are read prove nothing, unless there are as many together with other pieces in their font."""

DIGITS, LIKE_DIGITS = 4, 0.6
"""This many digits of a sample are compared by themselves, and are alike from here on: a file may tell the meaning of
the letters and not of the digits. One of four that is misread leaves 0.75."""

BESIDE_TEXT, ALONE = 0.5, 0.9
"""What is read beside a page's own text with less confidence is no text but some picture; and a letter alone, which
every circle and box is like, with less than the second."""

OVER, SAME = 0.5, 0.5
"""What is read on so much of the page's own text is that text once more, if it is so much like it."""


Piece = tuple[str, str]
"""What a sample says and what is read of it, letters and digits alone."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What there is to read of a page.

    Attributes:
        own: The text that its file has, as far as it is true; or None.
        picture: What is to be recognized; None where its own text is all.
        turn: Degrees clockwise by which the picture is to be turned first; None: as its lines say.
        remark: What a person should know of the text, or None.
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
    """Finds out what of the text that a file has of a page is true, and loads what the page shows besides.

    Args:
        stored: The text.
        path: The file.
        frame: 0-based number of the page in it.
        decoder: Opens the file.
        read_lines: Reads pictures of one line each, with how likely every letter is right.

    Raises:
        PageUnreadable, ReadingInterrupted, NoProcess: As ``Decoder.load_page``.
    """
    liars = lying_fonts(stored.samples, read_lines)
    own = without_fonts(stored, liars)
    if not own.reading.lines:
        picture = decoder.load_page(path, frame, as_picture=True)
        assert isinstance(picture, Picture)
        return Opened(None, picture, None, together(own.remark, picture.remark, Fact.PDF_TEXT_UNTRUE()))
    beside = letters_beside(own)
    if not liars and not beside:
        return Opened(_with_rules(own), None, None, own.remark)
    rest = decoder.load_rest(path, frame, liars)
    # What there is more of tells how the page is to be turned.
    turn = own.reading.turn if beside < count_letters(own.reading.lines) else None
    return Opened(own, rest, turn, together(own.remark, rest.remark, Fact.PDF_TEXT_PARTLY_UNTRUE() if liars else None))


def lying_fonts(
    samples: Sequence[Sample], read_lines: Callable[[Sequence[Pixels]], Sequence[tuple[str, float]]]
) -> frozenset[int]:
    """The fonts whose text is not what is drawn: what some files say of the meaning of their letters is wrong.

    Args:
        samples: Pieces of the text.
        read_lines: Reads what is drawn in each.
    """
    of_font: dict[int, list[Sample]] = defaultdict(list)
    for sample in samples:
        of_font[sample.font].append(sample)
    pieces: dict[int, list[Piece]] = defaultdict(list)
    # On most pages the first sample of each font proves all, if it is one with figures where there is any.
    first = [max(own, key=lambda sample: _digits_in(sample.text) >= DIGITS) for own in of_font.values()]
    _read_pieces(first, pieces, read_lines)
    proven = {font for font, found in pieces.items() if _is_proven(found, of_font[font])}
    seen = set(map(id, first))
    _read_pieces([it for it in samples if it.font not in proven and id(it) not in seen], pieces, read_lines)
    return frozenset(font for font, found in pieces.items() if _is_lie(found))


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
    """What is compared with each other: whole pieces, of which short ones count together, letters, and digits."""
    whole = [[piece] for piece in pieces if len(piece[1]) >= SHORTEST]
    short = [piece for piece in pieces if len(piece[1]) < SHORTEST]
    if sum(len(read) for _, read in short) >= SHORTEST:
        whole.append(short)
    letters = _parts(pieces, str.isalpha, SHORTEST)  # a number that is true does not speak for them
    # Where more or fewer are read than are said, it is letters such as O that were taken for digits.
    numbers = _parts(pieces, str.isdecimal, DIGITS)
    return whole, letters, [[(said, read)] for [(said, read)] in numbers if len(said) == len(read)]


def _is_lie(pieces: Sequence[Piece]) -> bool:
    """Whether nothing that is said is what is read at its place."""
    whole, letters, digits = _compared(pieces)
    return _are_unlike(whole, LIKE) or _are_unlike(letters, LIKE) or _are_unlike(digits, LIKE_DIGITS)


def _is_proven(pieces: Sequence[Piece], samples: Sequence[Sample]) -> bool:
    """Whether the text of a font is true whatever its other samples say."""
    whole, letters, digits = _compared(pieces)
    has_figures = any(_digits_in(sample.text) >= DIGITS for sample in samples)
    return bool(whole and letters and (digits or not has_figures)) and not _is_lie(pieces)


def _parts(pieces: Sequence[Piece], is_part: Callable[[str], bool], least: int) -> list[list[Piece]]:
    """The letters or the digits alone of those pieces that have enough of them."""
    parts = [("".join(filter(is_part, said)), "".join(filter(is_part, read))) for said, read in pieces]
    return [[part] for part in parts if min(map(len, part)) >= least]


def _are_unlike(found: Sequence[Sequence[Piece]], like: float) -> bool:
    return bool(found) and max(map(_likeness, found)) < like


def _likeness(pieces: Sequence[Piece]) -> float:
    """How much of all that is said and read is in both, in the same order within a piece."""
    blocks = [SequenceMatcher(None, *piece, autojunk=False).get_matching_blocks() for piece in pieces]
    alike = sum(block.size for found in blocks for block in found)
    return 2 * alike / sum(len(said) + len(read) for said, read in pieces)


def without_fonts(own: OwnText, fonts: Collection[int]) -> OwnText:
    """The text but for its lines in some fonts."""
    if not fonts:
        return own
    kept = [(line, font) for line, font in zip(own.reading.lines, own.fonts, strict=True) if font not in fonts]
    reading = replace(own.reading, lines=tuple(line for line, _ in kept))
    return replace(own, reading=reading, fonts=tuple(font for _, font in kept))


def letters_beside(own: OwnText) -> int:
    """About how many letters the page shows that are not among its own text."""
    if own.rest is None:
        return 0
    from ocrdesk.engine.recognition.text_like import letters_in_rows  # OpenCV; most pages need none of it

    share = own.rest.shape[1] / own.reading.width
    boxes = [_bounds(line.polygon) for line in own.reading.lines]
    return letters_in_rows(own.rest, share * np.array(boxes, np.float64).reshape(-1, 4))


def _with_rules(own: OwnText) -> OwnText:
    """The text with the rules drawn beside it."""
    if own.rest is None:
        return own
    from ocrdesk.engine.recognition.rules import rules_of_drawing  # as above

    share = own.rest.shape[1] / own.reading.width
    rules = rules_of_drawing(own.rest, share, [line.polygon for line in own.reading.lines])
    return replace(own, reading=replace(own.reading, rules=rules))


def count_letters(lines: Sequence[Line]) -> int:
    """The letters of lines without white."""
    return sum(len("".join(line.text.split())) for line in lines)


def joined(own: Reading, rest: Reading) -> Reading:
    """The own text of a page and what was read besides, upright as that was; the order comes with the arrangement.

    Args:
        own: Stays as it is.
        rest: Of the page drawn without that. Where it has less text than the own one it may be what a picture looks
            like, so that what is doubtful is left out.
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
    unread = rest.unread * read / max(1, known + read)  # of the whole page now
    return replace(rest, lines=(*own.lines, *more), unread=unread)


def _may_be_a_picture(line: Line) -> bool:
    """Whether what was read may as well be a drawing, a box to be ticked, or a mark in a diagram."""
    least = BESIDE_TEXT if len(line.text) > 1 else ALONE
    return line.confidence < least or not any(letter.isalnum() for letter in line.text)


def _is_there(line: Line, own: Sequence[Line], boxes: npt.NDArray[np.float64]) -> bool:
    """Whether a line is one of the own text, seen once more."""
    left, top, right, bottom = _bounds(line.polygon)
    wide = np.minimum(boxes[:, 2], right) - np.maximum(boxes[:, 0], left)
    high = np.minimum(boxes[:, 3], bottom) - np.maximum(boxes[:, 1], top)
    shared = np.clip(wide, 0, None) * np.clip(high, 0, None) / max(1.0, (right - left) * (bottom - top))
    said = _plain("".join(known.text for known, part in zip(own, shared, strict=True) if part > 0))
    return float(shared.sum()) >= OVER and SequenceMatcher(None, said, _plain(line.text)).ratio() >= SAME


def turned(reading: Reading, turn: int) -> Reading:
    """A reading on the page as another turn makes it upright."""
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
    """Letters and digits alone, small, without accents and without joined letters: readers differ in all of that."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in apart if letter.isalnum())
