"""Extracts the letters of a PDF page from its file, with their positions on the drawing of the page."""

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ocrdesk.engine.document import Line
from ocrdesk.engine.written import is_full_width, is_seen, searchable

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""

_INVISIBLE, _CLIPPED = 3, 7
_WIDE_GAP = 2.0
"""In letter heights: text farther apart than this is in different columns."""

_SPACE = 0.3
"""In letter heights: how much wider than usual the gap between two Chinese characters must be to be a space."""

_FINE = 1e7
"""Pixels of the longer side of the drawing used to compute positions: large, so that whole pixels are exact enough."""

_LEAST = 0.02
"""Least width and height of a drawn character, in points; PDFium reports half of that for what is not drawn."""

_PICTURE = 0.25
"""Share of a page's longer side: a letter larger than this, in a font whose letters are drawn like page content, is a
picture."""

_BEYOND_LATIN = 0x250
"""PDFium has its own shapes for letters with lower codes than this."""

_WHITE = 0x20
_REPLACEMENT = 0xFFFD
SOFT_HYPHEN = "\u00ad"


@dataclass(slots=True)  # not frozen: a page has thousands, and freezing doubles what it takes to make them
class Letter:
    """A character as it is drawn.

    Attributes:
        text: The character; a line feed where the file ends a line.
        box: Its bounding box on the page as drawn.
        turn: Degrees clockwise by which the page as drawn must be turned to make it upright.
        is_unknown: Whether the file does not say which character it is.
        part: The address of the page object that draws it; 0 if it is not drawn, as a space inferred from a gap.
        font: The number of its font, by first appearance on the page; −1 if it is not drawn.
        has_look: Whether it can be drawn; not if its font is neither in the file nor on this computer.
        is_mark: Whether it is more than whitespace. A soft hyphen may be, because older files use it for hyphens: only
            its ink shows that.
    """

    text: str
    box: Box
    turn: int
    is_unknown: bool
    part: int = 0
    font: int = -1
    has_look: bool = True
    is_mark: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_mark = self.text == SOFT_HYPHEN or is_seen(self.text)

    def at(self, box: Box) -> "Letter":
        """Returns the same letter with another box."""
        return Letter(self.text, box, self.turn, self.is_unknown, self.part, self.font, self.has_look)


class Placement:
    """Converts points of a page to pixels of its drawing.

    PDFium takes the boxes and the rotation of the page into account. It is only asked about three corners, on a drawing
    so large that whole pixels are exact.
    """

    def __init__(self, page: pdfium.PdfPage, width: int, height: int) -> None:
        """Asks PDFium for the three corners.

        Args:
            page: The page.
            width: Width of the drawing, in pixels.
            height: Height of the drawing, in pixels.
        """
        self.width, self.height = width, height
        sides = pdfium_c.FS_RECTF()
        pdfium_c.FPDF_GetPageBoundingBox(page, sides)
        left, bottom = sides.left, sides.bottom
        across, up = (sides.right - left) or 1.0, (sides.top - bottom) or 1.0
        fine = _FINE / max(width, height)
        x0, y0 = self._pixel(page, fine, left, bottom)
        x1, y1 = self._pixel(page, fine, left + across, bottom)
        x2, y2 = self._pixel(page, fine, left, bottom + up)
        self._x = (x1 - x0) / across, (x2 - x0) / up
        self._y = (y1 - y0) / across, (y2 - y0) / up
        self._start = (x0 - self._x[0] * left - self._x[1] * bottom, y0 - self._y[0] * left - self._y[1] * bottom)

    def _pixel(self, page: pdfium.PdfPage, fine: float, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        size = round(self.width * fine), round(self.height * fine)
        pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        return across.value * self.width / size[0], down.value * self.height / size[1]

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Returns the box of a rectangle of the page on the drawing."""
        (a, b), (c, d), (e, f) = self._x, self._y, self._start
        x1, y1 = a * left + b * bottom + e, c * left + d * bottom + f
        x2, y2 = a * right + b * top + e, c * right + d * top + f
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def address_of(part: object) -> int:
    """Returns the address that identifies an object of PDFium."""
    return ctypes.cast(part, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def letters_on(page: pdfium.PdfPage, text: pdfium.PdfTextPage, placement: Placement) -> list[Letter]:
    """Returns the characters of a page in the order of its file, except those that are not drawn or lie off the page.

    Pictures drawn as letters are left out, too: some files draw a whole scan as the only letter of a font.
    """
    return list(_letters(page, text, placement))


def _letters(page: pdfium.PdfPage, text: pdfium.PdfTextPage, placement: Placement) -> Iterator[Letter]:
    page_turn = page.get_rotation()
    rectangle = pdfium_c.FS_RECTF()
    largest = _PICTURE * max(page.get_size())
    shown: dict[int, tuple[bool, int]] = {}
    fonts: dict[int, int] = {}
    drawn_fonts, foreign_fonts = set[int](), set[int]()
    box = (0.0, 0.0, 0.0, 0.0)
    first_half = 0
    for index in range(text.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        if code in (10, 13):
            yield Letter("\n", box, 0, False)
            continue
        address, font = 0, -1
        if part := pdfium_c.FPDFText_GetTextObject(text, index):
            address = address_of(part)
            if address not in shown:
                is_seen = pdfium_c.FPDFTextObj_GetTextRenderMode(part) not in (_INVISIBLE, _CLIPPED)
                own_font = pdfium_c.FPDFTextObj_GetFont(part)
                own = address_of(own_font)
                if own not in fonts and not _has_outlines(part):
                    drawn_fonts.add(len(fonts))
                if own not in fonts and pdfium_c.FPDFFont_GetIsEmbedded(own_font) == 0:
                    foreign_fonts.add(len(fonts))
                shown[address] = is_seen, fonts.setdefault(own, len(fonts))
            is_seen, font = shown[address]
            if not is_seen or (font in drawn_fonts and max(_sides(text, index)) >= largest):
                continue
        if not pdfium_c.FPDFText_GetLooseCharBox(text, index, rectangle):
            continue
        if 0xD800 <= code < 0xDC00:  # a surrogate pair, for characters that do not fit into two bytes
            first_half = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((first_half - 0xD800) << 10) + (code - 0xDC00) if first_half else _REPLACEMENT
        first_half = 0
        box = placement.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        is_beside = not (0 <= box[0] + box[2] <= 2 * placement.width and 0 <= box[1] + box[3] <= 2 * placement.height)
        if is_beside and not chr(min(code, _REPLACEMENT)).isspace():  # PDFium places inferred spaces anywhere
            continue  # it is off the page
        angle = pdfium_c.FPDFText_GetCharAngle(text, index)
        turn = -round(np.degrees(max(angle, 0.0)) / 90) * 90 - page_turn  # PDFium's angle is clockwise, −1 if unknown
        if _means_nothing(code) and not _is_drawn(text, index):
            code = _WHITE
        is_unknown = code != _WHITE and (pdfium_c.FPDFText_HasUnicodeMapError(text, index) == 1 or _means_nothing(code))
        has_look = code < _BEYOND_LATIN or font not in foreign_fonts or _is_drawn(text, index)
        yield Letter(_character(code), box, turn % 360, is_unknown, address, font, has_look)


def _means_nothing(code: int) -> bool:
    """Whether a code is no character, or one for private use."""
    return code == _REPLACEMENT or 0xE000 <= code < 0xF900 or code >= 0xF0000


def _has_outlines(part: object) -> bool:
    """Whether the font of an object has outlines in a font file, not letters drawn like page content (Type 3)."""
    length = ctypes.c_size_t()
    return bool(pdfium_c.FPDFFont_GetFontData(pdfium_c.FPDFTextObj_GetFont(part), None, 0, length) and length.value)


def _is_drawn(text: pdfium.PdfTextPage, index: int) -> bool:
    """Whether a character leaves any ink."""
    return min(_sides(text, index)) > _LEAST


def _sides(text: pdfium.PdfTextPage, index: int) -> tuple[float, float]:
    """Returns the width and height of a character's ink, in points."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    return right.value - left.value, top.value - bottom.value


def _character(code: int) -> str:
    if code == 0x02:  # a hyphen at the end of a line
        return "-"
    if code > 0x10FFFF:  # files may contain it, but no character has such a code
        return chr(_REPLACEMENT)
    return chr(code) if code >= 32 and code not in (0xFFFE, 0xFFFF) else " "


def is_byte_swapped(marks: Sequence[Letter]) -> bool:
    """Whether Latin letters appear as Chinese ones: some programs write their tables in the wrong byte order."""
    foreign = [ord(letter.text) for letter in marks if ord(letter.text) > 0xFF]
    return 2 * len(foreign) > len(marks) and 2 * sum(code & 0xFF == 0 for code in foreign) > len(foreign)


def turn_of(letters: Sequence[Letter]) -> int:
    """Returns the degrees clockwise by which the page as drawn must be turned to make most letters upright."""
    turns = Counter(letter.turn for letter in letters if letter.is_mark)
    return turns.most_common(1)[0][0] if turns else 0


def runs_of(letters: Sequence[Letter], turn: int, placement: Placement) -> list[list[Letter]]:
    """Returns the letters of each text line, with their boxes on the page turned clockwise by ``turn``."""
    return [run for run in _runs(letters, turn, placement) if any(letter.is_mark for letter in run)]


def _runs(letters: Sequence[Letter], turn: int, placement: Placement) -> Iterator[list[Letter]]:
    width, height = placement.width, placement.height
    run: list[Letter] = []
    end, end_turn = (0.0, 0.0, 0.0, 0.0), turn
    for letter in letters:
        if letter.text == "\n":
            if end_turn == turn:  # in a line on its side, PDFium ends a line after each letter
                yield run
                run = []
            continue
        box = turned_box(letter.box, turn, width, height)
        if letter.is_mark:
            upright = box if letter.turn == turn else turned_box(letter.box, letter.turn, width, height)
            if run and (letter.turn != end_turn or _is_apart(letter.text, upright, end, run)):
                yield run
                run = []
            end, end_turn = upright, letter.turn
        if run or letter.is_mark:
            run.append(letter if box is letter.box else letter.at(box))
    yield run


def _is_apart(text: str, box: Box, end: Box, run: Sequence[Letter]) -> bool:
    """Whether a letter begins a new line and does not continue the run that ends at ``end``.

    Some files continue at the left of the same row. What is read from the right does so, but for jumps over words that
    are not: from one of its own letters to the next it is no farther than words are apart.
    """
    tall = max(box[3] - box[1], 1.0)
    if abs((box[1] + box[3]) - (end[1] + end[3])) > 1.4 * tall or box[0] - end[2] > _WIDE_GAP * tall:
        return True
    if end[0] - box[2] <= _WIDE_GAP * tall:
        return False
    last = next(letter.text for letter in reversed(run) if letter.is_mark)
    return all(map(_is_leftward, (text, last))) or not any(_is_leftward(letter.text) for letter in run)


def _is_leftward(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in ("R", "AL")


def turned_box(box: Box, turn: int, width: float, height: float) -> Box:
    """Returns a box on its page of ``width`` × ``height`` after the page is turned clockwise."""
    left, top, right, bottom = box
    match turn:
        case 90:
            return height - bottom, left, height - top, right
        case 180:
            return width - right, height - bottom, width - left, height - top
        case 270:
            return top, width - right, bottom, width - left
    return box


def line_of(run: Sequence[Letter]) -> Line:
    """Makes a text line of letters, at least one of which must be a mark."""
    left, top, right, bottom = bounds_of([letter.box for letter in run if letter.is_mark])
    return Line(text_of(run), 1.0, ((left, top), (right, top), (right, bottom), (left, bottom)))


def text_of(run: Sequence[Letter]) -> str:
    """Returns the text of a line, without whitespace at its ends and without characters that are never visible."""
    tight = _tight_places(run)
    parts = ["" if place in tight and letter.text.isspace() else letter.text for place, letter in enumerate(run)]
    return " ".join(searchable("".join(parts)).split())


def _tight_places(run: Sequence[Letter]) -> set[int]:
    """Returns the places of letters between two Chinese characters that are no farther apart than usual in this line.

    Spaces there do not count: some files store a space after each character, or letter-space a title.
    """
    if all(letter.text.isascii() for letter in run):  # a shortcut for most lines: this is called several times for each
        return set()
    marks = [place for place, letter in enumerate(run) if letter.is_mark]
    pairs = [pair for pair in pairwise(marks) if all(is_full_width(run[place].text) for place in pair)]
    gaps = [run[after].box[0] - run[before].box[2] for before, after in pairs]
    if not gaps:
        return set()
    most = median(gaps) + _SPACE * letter_height(run)
    return {
        place
        for (before, after), gap in zip(pairs, gaps, strict=True)
        if gap <= most
        for place in range(before + 1, after)
    }


def letter_height(run: Sequence[Letter]) -> float:
    """Returns the median height of the letters of a line, in pixels."""
    return max(1.0, median(letter.box[3] - letter.box[1] for letter in run if letter.is_mark))


def bounds_of(boxes: Sequence[Box]) -> Box:
    """Returns the bounding box of boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
